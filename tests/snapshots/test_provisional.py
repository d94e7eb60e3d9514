"""The snapshot taken by itself after a delivery: as far as the data reaches, and gone when it is no longer wanted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from cases.deliveries.followers import followers
from cases.models import Delivery, Visit
from reporting.documents.models import Report
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from reporting.snapshots.provisional import ProvisionalSnapshots, last_day_of_data, take_provisional
from tests.snapshots.rows import ROWS, SNAPSHOT_DAY, deliver

FOLLOWER = ProvisionalSnapshots()


def _folders() -> set[str]:
    return {path.name for path in Path(settings.SNAPSHOT_ROOT).iterdir() if path.is_dir()}


def test_deliveries_are_followed() -> None:
    assert any(isinstance(follower, ProvisionalSnapshots) for follower in followers())


def test_the_day_is_the_last_on_which_something_happened(delivered: None) -> None:
    # The person who moved on 1 March; the population of 2024 is known on 31 December 2024.
    assert last_day_of_data() == dt.date(2024, 12, 31)


def test_a_month_reaches_to_its_last_day(municipality: None) -> None:
    deliver({"cost": [ROWS["cost"][1]]})
    assert last_day_of_data() == dt.date(2024, 2, 29)


def test_an_employment_that_is_to_last_does_not_stretch_the_data(municipality: None) -> None:
    job = {"employed_from": dt.date(2023, 10, 1), "employed_to": dt.date(2025, 12, 31)}
    deliver({"enrolment": [ROWS["enrolment"][0] | job]})
    assert last_day_of_data() == dt.date(2023, 9, 1)


def test_persons_alone_make_a_snapshot_of_the_last_day_known_of_them(municipality: None) -> None:
    deliver({"person": [ROWS["person"][1]]})
    snapshot = take_provisional()
    assert snapshot is not None
    assert snapshot.as_of == dt.date(2024, 3, 1)


def test_an_assessment_without_referral_or_start_is_something_that_happened(municipality: None) -> None:
    deliver({"person": ROWS["person"][:1], "enrolment": [ROWS["enrolment"][3] | {"assessed": dt.date(2023, 5, 5)}]})
    snapshot = take_provisional()
    assert snapshot is not None


def test_a_delivery_before_the_municipality_is_set_up_waits_with_its_snapshot(db: None) -> None:
    deliver({"person": [ROWS["person"][1]]})
    assert take_provisional() is None


def test_what_lies_ahead_does_not_count(municipality: None) -> None:
    today = timezone.localdate()
    ahead = {
        "start": today - dt.timedelta(days=1),
        "ended": today + dt.timedelta(days=30),
        "exit_reason": "studier",
    }
    deliver({"enrolment": [ROWS["enrolment"][0] | ahead], "population": [ROWS["population"][0] | {"year": today.year}]})
    assert last_day_of_data() == today - dt.timedelta(days=1)


def test_nothing_is_taken_before_anything_has_happened(municipality: None) -> None:
    deliver({"person": [{"person": "p1", "birth_date": dt.date(1980, 5, 5)}]})
    assert take_provisional() is None
    assert not Snapshot.objects.exists()


def test_a_newer_one_takes_the_place_of_the_older(
    delivered: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        frozen = freeze(as_of=SNAPSHOT_DAY)
        older = take_provisional()
        newer_delivery = deliver({"person": [ROWS["person"][1] | {"moved": dt.date(2025, 1, 2)}]})
        FOLLOWER.delivery_taken(newer_delivery)
    newer = Snapshot.objects.get(frozen=False)
    assert older
    assert (newer.as_of, newer.latest_delivery) == (dt.date(2025, 1, 2), newer_delivery)
    assert set(Snapshot.objects.all()) == {frozen, newer}
    assert _folders() == {frozen.hash, newer.hash}


def test_one_that_a_report_rests_on_stays(
    delivered: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    older = take_provisional()
    assert older
    Report.objects.create(kind="helarsrapport", year=2023, snapshot=older)
    with django_capture_on_commit_callbacks(execute=True):
        FOLLOWER.delivery_taken(deliver({"person": [ROWS["person"][1] | {"moved": dt.date(2025, 1, 2)}]}))
    assert older in Snapshot.objects.all()
    assert older.hash in _folders()


def test_undoing_a_delivery_removes_its_provisional_snapshot_and_takes_one_of_what_is_left(
    delivered: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    left = take_provisional()
    delivery = deliver({"visit": [_visit()]})
    with django_capture_on_commit_callbacks(execute=True):
        FOLLOWER.delivery_taken(delivery)
    assert left
    assert Snapshot.objects.get() != left
    with django_capture_on_commit_callbacks(execute=True):
        assert FOLLOWER.undo_refusal(delivery) is None
        FOLLOWER.delivery_undone(delivery)
        Visit.objects.all().delete()
        delivery.delete()
    assert Snapshot.objects.get().hash == left.hash
    assert _folders() == {left.hash}


def _visit() -> dict[str, object]:
    return {"month": dt.date(2025, 1, 1), "unit": "AME", "activity_type": "kurs", "visits": 12}


def test_undoing_is_refused_while_a_frozen_snapshot_rests_on_the_delivery(delivered: None) -> None:
    first = Delivery.objects.get()
    frozen = freeze(as_of=SNAPSHOT_DAY)
    later = deliver({"visit": [_visit()]})
    refusal = FOLLOWER.undo_refusal(first)
    assert refusal is not None
    assert frozen.short_hash in refusal
    assert "2024-01-31" in refusal
    assert FOLLOWER.undo_refusal(later) is None


def test_a_snapshot_frozen_again_without_change_does_not_bind_the_later_delivery(delivered: None) -> None:
    freeze(as_of=SNAPSHOT_DAY)
    later = deliver({"visit": [_visit()]})
    freeze(as_of=SNAPSHOT_DAY)
    assert FOLLOWER.undo_refusal(later) is None
