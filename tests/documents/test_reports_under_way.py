"""The list of reports on their way: what each waits for, whose it is and by when."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import User
from reporting.documents.work.moving import WORKFLOW, adjust, approve, decide, move_report
from reporting.documents.work.setting_up import set_up_correction
from reporting.documents.work.under_way import UnderWay, under_way
from reporting.documents.work.writing import assign_writer, mark_ready, write_text
from reporting.enums import ReportState
from tests.documents import work
from tests.web.town import person

# Working days before Tuesday 22 October 2024, as the interim report's template has its lead times.
TEXT_STOP, PREPARATION = dt.date(2024, 10, 1), dt.date(2024, 10, 8)


@pytest.fixture
def secretary(db: None) -> User:
    work.prepare()
    return work.secretary_of("SN")


@pytest.fixture
def manager(secretary: User) -> User:
    return work.manager_of("SN")


def _only(user: User) -> UnderWay:
    [row] = under_way(user)
    return row


def _words(client: Client, address: str = "/rapporter/") -> str:
    page = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_draft_says_how_many_texts_it_waits_for_and_how_many_are_the_readers(secretary: User, manager: User) -> None:
    report = work.interim(secretary)
    for one in report.parts.all():
        assign_writer(one, writer=secretary, read_as=one.revision, by=secretary)
    before = _only(secretary)
    assert (before.step, before.by, before.own) == ("Lås och lämna till godkännande", TEXT_STOP, before.owed)
    theirs = work.part(report, "handelser-text")
    assign_writer(theirs, writer=manager, read_as=theirs.revision, by=secretary)
    assert (_only(secretary).own, _only(manager).own) == (before.owed - 1, 1)
    theirs = work.part(report, "handelser-text")
    written = write_text(theirs, text="Mycket hände.", read_as=theirs.revision, by=manager)
    assert _only(manager).own == 1
    mark_ready(written, read_as=written.revision, by=manager)
    assert (_only(manager).owed, _only(manager).own) == (before.owed - 1, 0)


def test_a_text_that_nobody_is_named_for_is_everybodys_who_writes(secretary: User, manager: User) -> None:
    report = work.interim(secretary)
    for one in report.parts.exclude(writer=None):
        assign_writer(one, writer=None, read_as=one.revision, by=secretary)
    row = _only(manager)
    assert row.own == row.owed > 0


def test_a_text_that_need_not_be_written_is_waited_for_only_when_it_is_begun(secretary: User) -> None:
    report = work.interim(secretary)
    before = _only(secretary).owed
    part = work.part(report, "tj-skickas")
    written = write_text(part, text="Kommunstyrelsen", read_as=part.revision, by=secretary)
    assert _only(secretary).owed == before + 1
    mark_ready(written, read_as=written.revision, by=secretary)
    assert _only(secretary).owed == before


def test_the_next_step_and_its_day_follow_the_report_to_the_archive(secretary: User, manager: User) -> None:
    report, sn = work.interim(secretary), work.committee("SN")
    work.write_all(report, secretary)
    work.snapshot()
    said = [_only(secretary)]
    report = work.as_if_made(move_report(report, name="review", read_as=report.revision, by=secretary))
    said.append(_only(secretary))
    report = approve(report, sha256=report.content_sha256, by=manager)
    said.append(_only(secretary))
    report = move_report(report, name="prepare", read_as=report.revision, by=secretary)
    said.append(_only(secretary))
    report = decide(report, committee=sn, on=work.MEETING, paragraph="87", by=secretary)
    said.append(_only(secretary))
    report = adjust(report, committee=sn, on=work.MEETING, by=secretary)
    said.append(_only(secretary))
    report = move_report(report, name="publish", read_as=report.revision, by=secretary)
    said.append(_only(secretary))
    assert [(row.step, row.by, row.owed) for row in said] == [
        ("Lås och lämna till godkännande", TEXT_STOP, 0),
        ("Godkänn", PREPARATION, 0),
        ("Markera som beredd", PREPARATION, 0),
        ("Anteckna beslut", work.MEETING, 0),
        ("Anteckna justering", None, 0),
        ("Publicera", None, 0),
        ("Arkivera", None, 0),
    ]
    move_report(report, name="archive", read_as=report.revision, by=secretary)
    assert under_way(secretary) == []


def test_a_joint_report_waits_for_the_meeting_of_the_committee_that_has_not_decided(db: None) -> None:
    work.prepare()
    both, heads = work.secretary_of("SN", "KUN"), work.manager_of("SN", "KUN")
    report = work.joint(both)
    work.write_all(report, both)
    work.snapshot(dt.date(2025, 1, 31))
    report = work.as_if_made(move_report(report, name="review", read_as=report.revision, by=both))
    report = approve(report, sha256=report.content_sha256, by=heads)
    report = move_report(report, name="prepare", read_as=report.revision, by=both)
    assert _only(both).by == dt.date(2025, 3, 11)
    decide(report, committee=work.committee("SN"), on=dt.date(2025, 3, 11), paragraph="31", by=both)
    assert (_only(both).step, _only(both).by) == ("Anteckna beslut", dt.date(2025, 3, 18))


def test_a_withdrawn_report_is_no_longer_listed(secretary: User) -> None:
    report = work.interim(secretary)
    move_report(report, name="withdraw", read_as=report.revision, why="Dubbel.", by=secretary)
    assert under_way(secretary) == []


def test_a_correction_stands_for_what_it_corrects(secretary: User, manager: User, client: Client) -> None:
    report = work.interim(secretary)
    work.write_all(report, secretary)
    work.snapshot()
    report = work.as_if_made(move_report(report, name="review", read_as=report.revision, by=secretary))
    report = work.published(report, secretary)
    later = {work.committee("SN"): dt.date(2024, 12, 10)}
    corrected = set_up_correction(report, meetings=later, why="Sena avslut.", by=secretary)
    assert _only(secretary).report == corrected
    client.force_login(secretary)
    assert "Delårsrapport 2024, version 2" in _words(client)


def test_the_most_urgent_stands_first_and_another_committees_reports_are_not_there(db: None) -> None:
    work.prepare()
    both = work.secretary_of("SN", "KUN")
    later, first = work.joint(both), work.interim(both)
    assert [row.report for row in under_way(both)] == [first, later]
    assert [row.report for row in under_way(work.person_in("kunsekr", "KUN"))] == [later]


def test_who_does_not_write_reports_sees_no_drafts(secretary: User, client: Client) -> None:
    work.interim(secretary)
    auditor = person("revisorn", Role.AUDITOR, "SN")
    assert under_way(auditor) == []
    client.force_login(auditor)
    page = _words(client)
    assert "På väg" not in page
    assert "Framtagna" in page


def test_the_page_says_what_is_missing_and_that_the_day_has_passed(secretary: User, client: Client) -> None:
    client.force_login(secretary)
    assert "Ingen rapport är på väg" in _words(client)
    work.interim(secretary)
    page = _words(client)
    owed = _only(secretary).owed
    assert f"Utkast {owed} texter saknas, {owed} är dina 2024-10-01 passerat" in page


@pytest.mark.parametrize("column", ["report", "-state", "by", "-by"])
def test_the_list_is_sorted_by_its_columns(secretary: User, client: Client, column: str) -> None:
    report = work.interim(secretary)
    client.force_login(secretary)
    assert report.title in _words(client, f"/rapporter/?v-sort={column}")


def test_the_list_costs_as_many_questions_for_one_report_as_for_two(client: Client, db: None) -> None:
    work.prepare()
    both = work.secretary_of("SN", "KUN")
    work.interim(both)
    client.force_login(both)
    client.get("/rapporter/")
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/rapporter/")
        asked.append(len(queries))
        if len(asked) == 1:
            work.joint(both)
    assert asked[0] == asked[1]


def test_every_state_but_the_last_ones_leads_on() -> None:
    onward = {state: WORKFLOW.onward(state) for state in ReportState}
    ends = {state for state, move in onward.items() if move is None}
    assert ends == {ReportState.ARCHIVED, ReportState.WITHDRAWN}
    assert [move.target for move in onward.values() if move] == [
        ReportState.REVIEWED,
        ReportState.APPROVED,
        ReportState.PREPARED,
        ReportState.DECIDED,
        ReportState.ADJUSTED,
        ReportState.PUBLISHED,
        ReportState.ARCHIVED,
    ]
