"""A draft goes to another meeting: its stops follow, what it is about stays, and the law's last day is not passed in silence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from committees.models import Change, User
from committees.revising import Overtaken
from committees.workflows import MoveFault
from reporting.documents.models import BoardReport
from reporting.documents.work.moving import move_report
from reporting.documents.work.setting_up import reschedule
from tests.documents import work

# The Tuesday before the meeting, and one after 31 October, the law's last day.
EARLIER, LATE = dt.date(2024, 10, 15), dt.date(2024, 11, 19)


@pytest.fixture
def secretary(db: None) -> User:
    work.prepare()
    return work.secretary_of("SN")


def _move(report: BoardReport, by: User, day: dt.date, **more: str) -> BoardReport:
    fields = {"registry_number": report.registry_number, **more}
    meetings = {work.committee("SN"): day}
    return reschedule(report, meetings=meetings, read_as=report.revision, by=by, **fields)


def _changes(report: BoardReport) -> list[tuple[str, str, str]]:
    found = Change.objects.of(report).exclude(field="state").order_by("pk")
    return [(change.field, change.before, change.after) for change in found]


def test_the_stops_follow_the_meeting_and_the_period_stays(secretary: User) -> None:
    moved = _move(work.interim(secretary), secretary, EARLIER)
    # A week earlier, with no holiday between: each stop is a week earlier too.
    stops = (moved.data_stop, moved.text_stop, moved.preparation, moved.dispatch)
    assert stops == (dt.date(2024, 9, 17), dt.date(2024, 9, 24), dt.date(2024, 10, 1), dt.date(2024, 10, 8))
    assert (moved.start, moved.end, moved.due) == (dt.date(2024, 1, 1), work.REPORTED, dt.date(2024, 10, 31))
    assert moved.meetings.get().meeting_on == EARLIER
    assert _changes(moved) == [("sammanträde, Socialnämnden", "2024-10-22", "2024-10-15")]


def test_a_registry_number_that_comes_late_is_put_in(secretary: User) -> None:
    report = work.interim(secretary, registry_number="")
    numbered = _move(report, secretary, work.MEETING, registry_number=" SN 2024/118 ")
    assert numbered.registry_number == "SN 2024/118"
    assert _changes(numbered) == [("diarienummer", "", "SN 2024/118")]


def test_a_meeting_too_near_the_end_of_the_period_is_refused(secretary: User) -> None:
    report = work.interim(secretary)
    with pytest.raises(ValidationError, match="för nära periodens slut"):
        _move(report, secretary, dt.date(2024, 9, 10))
    assert report.meetings.get().meeting_on == work.MEETING


def test_a_meeting_after_the_laws_last_day_asks_for_a_reason_and_the_page_says_it_is_late(
    secretary: User, client: Client
) -> None:
    report = work.interim(secretary)
    with pytest.raises(ValidationError, match="senast 31 oktober 2024"):
        _move(report, secretary, LATE)
    late = _move(report, secretary, LATE, why="Nämnden återremitterade rapporten.")
    kept = Change.objects.of(late).get(field="sammanträde, Socialnämnden")
    assert kept.why == "Nämnden återremitterade rapporten."
    # It is late already: what else is changed needs no reason.
    _move(late, secretary, LATE, registry_number="SN 2024/200")
    client.force_login(secretary)
    assert "sammanträdet är senare" in client.get(reverse("report_work", args=[report.pk])).content.decode()


def test_only_its_secretary_moves_it_and_only_a_draft_is_moved(secretary: User) -> None:
    report = work.interim(secretary)
    with pytest.raises(PermissionDenied):
        _move(report, work.manager_of("SN"), EARLIER)
    work.write_all(report, secretary)
    work.snapshot()
    frozen = move_report(report, name="review", read_as=report.revision, by=secretary)
    with pytest.raises(MoveFault, match="Granskad"):
        _move(frozen, secretary, EARLIER)


def test_of_two_who_move_it_at_once_one_is_told(secretary: User) -> None:
    report = work.interim(secretary)
    _move(report, secretary, EARLIER)
    with pytest.raises(Overtaken):
        _move(report, secretary, work.MEETING, registry_number="SN 2024/200")


def test_another_committee_can_not_be_put_into_the_report(secretary: User) -> None:
    report = work.interim(secretary)
    meetings = {work.committee("SN"): EARLIER, work.committee("KUN"): EARLIER}
    moved = reschedule(report, meetings=meetings, registry_number="", read_as=report.revision, by=secretary)
    assert [meeting.committee.code for meeting in moved.meetings.all()] == ["SN"]


def test_the_page_begins_with_what_stands_and_says_what_another_saved(secretary: User, client: Client) -> None:
    report = work.interim(secretary)
    client.force_login(secretary)
    address = reverse("report_work_facts", args=[report.pk])
    page = client.get(address).content.decode()
    assert 'value="2024-10-22"' in page
    assert 'value="SN 2024/118"' in page
    posted = {
        "registry_number": "SN 2024/119",
        f"sammantrade_{work.committee('SN').pk}": EARLIER.isoformat(),
        "why": "",
        "read_as": report.revision,
    }
    assert client.post(address, posted).status_code == 302
    assert report.meetings.get().meeting_on == EARLIER
    other = client.post(address, {**posted, "registry_number": "SN 2024/120"})
    assert other.status_code == 409
    assert "SN 2024/119" in other.content.decode()
