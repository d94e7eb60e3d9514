"""An undone delivery leaves the rows as if it had never come, whenever it came."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from cases.deliveries import followers
from cases.deliveries.undoing import UndoRefused, undo_delivery
from cases.models import DeliveredFile, Delivery, Enrolment, Person, Population
from tests.factories import deliver, person_number, setup_small_municipality

pytestmark = pytest.mark.django_db
CaptureCallbacks = Callable[..., AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def _municipality() -> None:
    setup_small_municipality()


@pytest.fixture(autouse=True)
def _no_followers_but_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "_followers", [])


def _population(count: int, year: int = 2020) -> int | None:
    return deliver(befolkning=[{"år": year, "antal": count, "antal_18plus": 1}]).delivery


def _undo(delivery: int | None) -> None:
    assert delivery is not None
    undo_delivery(delivery_id=delivery)


def _current() -> list[tuple[int, int]]:
    return list(Population.objects.filter(superseded_by=None).order_by("year").values_list("year", "inhabitants"))


def test_undoing_the_latest_brings_back_what_it_superseded() -> None:
    _population(100)
    latest = _population(200)
    _undo(latest)
    assert _current() == [(2020, 100)]
    assert (Delivery.objects.count(), DeliveredFile.objects.count()) == (1, 1)


def test_undoing_an_earlier_one_leaves_the_later_ones_standing() -> None:
    _population(100)
    middle = _population(200)
    latest = _population(300)
    _undo(middle)
    assert _current() == [(2020, 300)]
    _undo(latest)
    assert _current() == [(2020, 100)]


def test_undoing_the_first_leaves_what_came_after() -> None:
    first = _population(100)
    latest = _population(200)
    _undo(first)
    assert _current() == [(2020, 200)]
    _undo(latest)
    assert _current() == []


def test_undoing_a_replacement_brings_back_the_rows_it_ended() -> None:
    _population(100, 2020)
    deliver(befolkning=[{"år": year, "antal": 5, "antal_18plus": 1} for year in (2019, 2021)])
    replacement = deliver(
        replace=True, befolkning=[{"år": year, "antal": 5, "antal_18plus": 1} for year in (2019, 2021)]
    ).delivery
    assert [year for year, _ in _current()] == [2019, 2021]
    _undo(replacement)
    assert [year for year, _ in _current()] == [2019, 2020, 2021]


def test_a_row_that_was_ended_and_came_back_stays_as_it_came_back() -> None:
    _population(100)
    others = [{"år": year, "antal": 5, "antal_18plus": 1} for year in (2019, 2021)]
    replacement = deliver(replace=True, befolkning=others).delivery
    back = _population(150)
    _undo(replacement)
    assert (2020, 150) in _current()
    _undo(back)
    assert (2020, 100) in _current()


def test_a_person_whom_another_delivery_names_stays_known() -> None:
    person = person_number(date(1990, 1, 1))
    row = {"person": person, "enhet": "AME", "start": date(2023, 1, 1), "uppstartsmöte": date(2023, 1, 1)}
    first = deliver(inskrivningar=[row | {"inskrivning": "I1"}]).delivery
    second = deliver(inskrivningar=[row | {"inskrivning": "I2"}]).delivery
    _undo(first)
    assert (Person.objects.get().delivery_id, Enrolment.objects.get().enrolment) == (second, "I2")
    _undo(second)
    assert not Person.objects.exists()


def test_an_unknown_delivery_is_refused() -> None:
    with pytest.raises(UndoRefused, match="ingen leverans med nummer 99"):
        undo_delivery(delivery_id=99)


class _Follower:
    """Notes what it is told; refuses when it has a reason."""

    def __init__(self, reason: str | None = None) -> None:
        self.reason = reason
        self.told: list[str] = []

    def delivery_taken(self, delivery: Delivery) -> None:
        self.told.append(f"taken {delivery.pk}")

    def undo_refusal(self, delivery: Delivery) -> str | None:
        del delivery
        return self.reason

    def delivery_undone(self, delivery: Delivery) -> None:
        self.told.append(f"undone {delivery.pk}")


def test_a_delivery_that_something_rests_on_is_not_undone() -> None:
    delivery = _population(100)
    followers.register(_Follower("Underlaget är fryst."))
    with pytest.raises(UndoRefused, match="Underlaget är fryst"):
        _undo(delivery)
    assert _current() == [(2020, 100)]


def test_followers_hear_of_what_is_taken_and_undone(django_capture_on_commit_callbacks: CaptureCallbacks) -> None:
    follower = _Follower()
    followers.register(follower)
    with django_capture_on_commit_callbacks(execute=True):
        delivery = _population(100)
    with django_capture_on_commit_callbacks(execute=True):
        assert _population(100) is None
    _undo(delivery)
    assert follower.told == [f"taken {delivery}", f"undone {delivery}"]
