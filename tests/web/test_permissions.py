"""Who may do what: every role, for its own committee, another's, both together, and when it has ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from committees.enums import Role
from committees.models import User
from committees.permissions import Access, Held, Permission, Scope, access_of
from tests.factories import setup_small_municipality
from tests.web.town import person

# Written by hand from domain.md ("Users and what they come for"), not read from the code it checks.
STEERING = {"SEE_STEERING", "STEER", "MANAGE_ACTIONS", "MANAGE_CONTROL", "SEE_AUDITS", "RESPOND_TO_AUDITS"}
MAY = {
    Role.SECRETARY: {
        "SEE_FIGURES",
        "SEE_CASES",
        "SEE_DELIVERIES",
        "MAKE_REPORTS",
        "WRITE_REPORTS",
        "KEEP_REGISTERS",
        *STEERING,
    },
    Role.AUDITOR: {
        "SEE_FIGURES",
        "SEE_CASES",
        "SEE_DELIVERIES",
        "SEE_ACCESS_LOG",
        "SEE_STEERING",
        "CARRY_OUT_AUDITS",
    },
    Role.ELECTED_AUDITOR: {"SEE_FIGURES", "SEE_STEERING", "CARRY_OUT_AUDITS", "DECIDE_AUDITS"},
    Role.MANAGER: {"SEE_FIGURES", "SEE_CASES", "ATTEST", "WRITE_REPORTS", "APPROVE_REPORTS", *STEERING},
    Role.DATA_STEWARD: {"SEE_DELIVERIES", "DELIVER", "TAKE_EXTRACTS", "DISPOSE"},
    Role.ADMINISTRATOR: {"SEE_ACCESS_LOG", "MANAGE_PEOPLE", "DISPOSE"},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_do_just_what_its_work_asks_for(role: Role, permission: Permission) -> None:
    own = Access((Held(role, "SN"),))
    allowed = permission.name in MAY[role]
    assert own.may(permission) is allowed
    assert own.may_for(permission, ["SN"]) is allowed
    assert own.scope(permission, ["SN"]) == (Scope(("SN",)) if allowed else None)
    assert own.scope(permission, ["KUN"]) is None
    assert own.scope(permission, ["KUN", "SN"]) is None


@pytest.mark.parametrize("role", [Role.DATA_STEWARD, Role.ADMINISTRATOR])
def test_running_the_system_opens_no_committee(role: Role) -> None:
    whole = Access((Held(role),))
    assert whole.scope(Permission.SEE_CASES, ["SN"]) is None
    assert whole.scope(Permission.SEE_FIGURES, ["SN"]) is None
    assert whole.committees_with(Permission.SEE_FIGURES) == ()


def test_a_role_for_a_unit_opens_that_unit_only() -> None:
    narrowed = Access((Held(Role.MANAGER, "SN", "AME"),))
    assert narrowed.scope(Permission.SEE_CASES, ["SN"]) == Scope(("SN",), ("AME",))
    assert Scope(("SN",), ("AME",)).where() == (("namnd", ("SN",)), ("enhet", ("AME",)))
    assert not narrowed.may_for(Permission.SEE_CASES, ["SN"])


def test_a_unit_that_has_moved_does_not_open_its_time_under_the_other_committee() -> None:
    both = Access((Held(Role.MANAGER, "SN", "AME"), Held(Role.MANAGER, "KUN", "SFI")))
    assert both.scope(Permission.SEE_CASES, ["KUN", "SN"]) is None
    assert both.scope(Permission.SEE_CASES, ["KUN"]) == Scope(("KUN",), ("SFI",))


def test_roles_for_two_committees_open_them_together() -> None:
    both = Access((Held(Role.AUDITOR, "SN"), Held(Role.AUDITOR, "KUN")))
    assert both.scope(Permission.SEE_CASES, ["SN", "KUN"]) == Scope(("KUN", "SN"))


def test_two_different_roles_are_not_added_up_to_more_than_each_gives() -> None:
    mixed = Access((Held(Role.SECRETARY, "SN"), Held(Role.AUDITOR, "KUN")))
    assert mixed.scope(Permission.MAKE_REPORTS, ["KUN", "SN"]) is None
    assert mixed.scope(Permission.SEE_CASES, ["KUN", "SN"]) == Scope(("KUN", "SN"))


@pytest.fixture
def _organisation(db: None) -> None:
    setup_small_municipality()


@pytest.mark.usefixtures("_organisation")
def test_an_ended_role_gives_nothing_the_day_after_and_everything_its_last_day() -> None:
    today = timezone.localdate()
    ended = person("igar", Role.SECRETARY, "SN", ended=today - timedelta(days=1))
    last_day = person("idag", Role.SECRETARY, "SN", ended=today)
    assert access_of(ended) == Access()
    assert access_of(last_day).may(Permission.SEE_CASES)


@pytest.mark.usefixtures("_organisation")
def test_a_role_that_has_not_begun_gives_nothing_yet() -> None:
    user = person("snart", Role.SECRETARY, "SN")
    assert access_of(user, date(1999, 12, 31)) == Access()


@pytest.mark.usefixtures("_organisation")
def test_nobody_and_the_locked_out_may_do_nothing() -> None:
    user = person("avstangd", Role.SECRETARY, "SN")
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    assert access_of(user) == Access()
    assert access_of(AnonymousUser()) == Access()


@pytest.mark.usefixtures("_organisation")
def test_flags_on_the_user_give_nothing() -> None:
    user = User.objects.create_superuser(username="rot", password="words-that-only-tests-use")
    assert access_of(user) == Access()
