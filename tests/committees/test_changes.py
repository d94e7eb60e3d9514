"""The log of changes and saving at once: nothing written is lost, and nothing logged is unmade."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from committees.actions.changes import log_change, log_changes
from committees.append_only import NeverChanged
from committees.models import Change, Committee, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    return Committee.objects.create(code="SN", name="Socialnämnden")


def test_a_change_keeps_who_when_from_what_to_what_and_why(committee: Committee) -> None:
    anna = User.objects.create(username="sekreterare")
    log_change(
        committee, field="name", before="Socialnämnden", after="Omsorgsnämnden", by=anna, why="KF 2024-01-31 § 4"
    )
    change = Change.objects.of(committee).get()
    assert (change.field, change.before, change.after, change.why) == (
        "name", "Socialnämnden", "Omsorgsnämnden", "KF 2024-01-31 § 4",
    )  # fmt: skip
    assert change.by == anna
    assert change.at is not None


def test_what_did_not_change_is_not_logged(committee: Committee) -> None:
    made = log_changes(committee, before={"code": "SN", "name": "A"}, after={"code": "SN", "name": "B"}, by=None)
    assert [change.field for change in made] == ["name"]


def test_a_logged_change_is_never_changed_or_removed(committee: Committee) -> None:
    change = log_change(committee, field="name", before="A", after="B", by=None)
    assert change is not None
    with pytest.raises(NeverChanged):
        Change.objects.all().delete()
    with pytest.raises(NeverChanged):
        Change.objects.update(why="")
    with pytest.raises(NeverChanged):
        change.delete()


def test_the_database_refuses_a_change_of_the_log_that_goes_past_the_code(committee: Committee) -> None:
    log_change(committee, field="name", before="A", after="B", by=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE committees_change SET after = 'C'")
    assert Change.objects.get().after == "B"
