"""Who may do what, as data: a role gives permissions, an assignment gives them for a committee or one of its units.

Case data of one committee is secret to another (OSL 26 kap.), also inside a municipality; so every question here is asked for
named committees, and the answer is a `Scope` to compute within, never a bare yes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from django.utils import timezone

from committees.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committees.models import RoleAssignment, User


class Permission(Enum):
    """What a page or an action asks for. The value says it to the user."""

    SEE_FIGURES = "se alla siffror"
    SEE_CASES = "läsa ärenden"
    SEE_DELIVERIES = "se underlag och leveranser"
    DELIVER = "lämna in leveranser"
    SEE_ACCESS_LOG = "läsa loggen över vem som läst ärenden"
    MAKE_REPORTS = "ta fram rapporter"
    WRITE_REPORTS = "skriva i nämndens rapporter"
    APPROVE_REPORTS = "godkänna rapporter för förvaltningen"
    MANAGE_PEOPLE = "ge och avsluta roller"
    SEE_STEERING = "se mål, åtgärder, uppdrag och intern kontroll"
    STEER = "sätta mål, rapportera värden och förklara utfall"
    ATTEST = "attestera värden som andra har rapporterat"
    MANAGE_ACTIONS = "lägga upp och följa upp åtgärder"
    MANAGE_CONTROL = "planera och rapportera intern kontroll"
    KEEP_REGISTERS = "föra register över uppdrag, styrdokument, forum och utredningar"
    SEE_AUDITS = "läsa granskningar av den egna nämnden"
    RESPOND_TO_AUDITS = "kommentera och besvara granskningar"
    CARRY_OUT_AUDITS = "genomföra granskningar"
    DECIDE_AUDITS = "besluta om granskningar"
    TAKE_EXTRACTS = "ta fram registerutdrag"
    DISPOSE = "gallra uppgifter"


ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    # The secretary answers for the figures being right: she follows them to the cases and the left-out lists.
    Role.SECRETARY: frozenset(
        {
            Permission.SEE_FIGURES,
            Permission.SEE_CASES,
            Permission.SEE_DELIVERIES,
            Permission.MAKE_REPORTS,
            Permission.WRITE_REPORTS,
            Permission.SEE_STEERING,
            Permission.STEER,
            Permission.MANAGE_ACTIONS,
            Permission.MANAGE_CONTROL,
            Permission.KEEP_REGISTERS,
            Permission.SEE_AUDITS,
            Permission.RESPOND_TO_AUDITS,
        }
    ),
    # The auditor reads everything within the scope and changes nothing but the audit; what an engagement is, audits/ says.
    Role.AUDITOR: frozenset(
        {
            Permission.SEE_FIGURES,
            Permission.SEE_CASES,
            Permission.SEE_DELIVERIES,
            Permission.SEE_ACCESS_LOG,
            Permission.SEE_STEERING,
            Permission.CARRY_OUT_AUDITS,
        }
    ),
    # Those the council has elected decide on an audit; the experts carry it out for them.
    Role.ELECTED_AUDITOR: frozenset(
        {Permission.SEE_FIGURES, Permission.SEE_STEERING, Permission.CARRY_OUT_AUDITS, Permission.DECIDE_AUDITS}
    ),
    Role.MANAGER: frozenset(
        {
            Permission.SEE_FIGURES,
            Permission.SEE_CASES,
            Permission.SEE_STEERING,
            Permission.STEER,
            Permission.ATTEST,
            Permission.WRITE_REPORTS,
            Permission.APPROVE_REPORTS,
            Permission.MANAGE_ACTIONS,
            Permission.MANAGE_CONTROL,
            Permission.SEE_AUDITS,
            Permission.RESPOND_TO_AUDITS,
        }
    ),
    # The steward and the administrator run the system; neither needs to see a case to do it. What one person has asked to see
    # of themselves is the exception: a steward of the whole municipality takes it out, and the log says so.
    Role.DATA_STEWARD: frozenset(
        {Permission.SEE_DELIVERIES, Permission.DELIVER, Permission.TAKE_EXTRACTS, Permission.DISPOSE}
    ),
    Role.ADMINISTRATOR: frozenset({Permission.SEE_ACCESS_LOG, Permission.MANAGE_PEOPLE, Permission.DISPOSE}),
}


@dataclass(frozen=True)
class Scope:
    """The committees, and if the role is narrowed the units, that a person's figures and cases are computed within."""

    committees: tuple[str, ...]
    units: tuple[str, ...] = ()

    def where(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the filters every request of this person must carry, in the form figures take them."""
        filters = [("namnd", self.committees)]
        if self.units:
            filters.append(("enhet", self.units))
        return tuple(filters)


@dataclass(frozen=True)
class Held:
    """One assignment in force, as codes. `committee` None: the whole municipality's set-up; `unit` None: all its units.

    `place` is the unit, committee or municipality in words.
    """

    role: Role
    committee: str | None = None
    unit: str | None = None
    place: str = field(default="Hela kommunen", compare=False)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may."""
        return ROLE_PERMISSIONS[self.role]

    @property
    def permissions_in_words(self) -> list[str]:
        """What the role may, in Swedish and always in the same order."""
        return [permission.value for permission in Permission if permission in self.permissions]


@dataclass(frozen=True)
class Access:
    """All that one person may do today."""

    held: tuple[Held, ...] = ()

    def in_words(self) -> str:
        """Return the first role as "Nämndsekreterare · Socialnämnden", and how many more there are."""
        if not self.held:
            return "Ingen roll"
        more = len(self.held) - 1
        return f"{self.held[0].role.label} · {self.held[0].place}" + (f" och {more} till" if more else "")

    def may(self, permission: Permission) -> bool:
        """Tell whether the person has the permission for anything at all."""
        return any(permission in one.permissions for one in self.held)

    def may_everywhere(self, permission: Permission) -> bool:
        """Tell whether the permission holds for the whole municipality."""
        return any(permission in one.permissions and one.committee is None for one in self.held)

    def committees_with(self, permission: Permission) -> tuple[str, ...]:
        """Return the codes of the committees the permission holds for, sorted."""
        return tuple(
            sorted({one.committee for one in self.held if permission in one.permissions and one.committee is not None})
        )

    def scope(self, permission: Permission, committees: Iterable[str]) -> Scope | None:
        """Return what the person may compute within for exactly these committees, None when they may not.

        Several committees together need unnarrowed roles: a unit moves between committees, so a role for a unit under one of
        them must not open that unit's time under the other.
        """
        wanted = tuple(sorted(set(committees)))
        narrowed: set[str] = set()
        for code in wanted:
            units = self._units(permission, code)
            if units is None:
                return None
            narrowed |= units
        if not wanted or (narrowed and len(wanted) > 1):
            return None
        return Scope(wanted, tuple(sorted(narrowed)))

    def may_for(self, permission: Permission, committees: Iterable[str]) -> bool:
        """Tell whether the permission holds for all of the committees together, in all their units."""
        scope = self.scope(permission, committees)
        return scope is not None and not scope.units

    def _units(self, permission: Permission, committee: str) -> set[str] | None:
        """Return the units the permission is narrowed to, empty for all of them, None without the permission."""
        fitting = [one for one in self.held if permission in one.permissions and one.committee == committee]
        if not fitting:
            return None
        if any(one.unit is None for one in fitting):
            return set()
        return {one.unit for one in fitting if one.unit is not None}


def held_by(assignments: Iterable[RoleAssignment]) -> Access:
    """Return the access that these assignments give together."""
    return Access(
        tuple(
            Held(
                Role(one.role),
                one.committee.code if one.committee else None,
                one.unit.code if one.unit else None,
                str(one.unit or one.committee or "Hela kommunen"),
            )
            for one in assignments
        )
    )


_looked_up: ContextVar[dict[tuple[int, dt.date], Access] | None] = ContextVar("looked_up", default=None)


@contextmanager
def looked_up_once() -> Iterator[None]:
    """Look each person's access up once while a page is read: nothing that is only read changes what somebody may do."""
    token = _looked_up.set({})
    try:
        yield
    finally:
        _looked_up.reset(token)


def access_of(user: User | AnonymousUser, day: dt.date | None = None) -> Access:
    """Return what the user may do on the day, today if none is given; nothing for who is not logged in.

    Costs one query, and within `looked_up_once` one for each person and day.
    """
    if not user.is_authenticated or not user.is_active:
        return Access()
    known, asked = _looked_up.get(), (user.pk, day or timezone.localdate())
    if known is not None and asked in known:
        return known[asked]
    from committees.models import RoleAssignment

    in_force = RoleAssignment.objects.in_force(asked[1]).filter(user_id=user.pk)
    found = held_by(in_force.select_related("committee", "unit").order_by("pk"))
    if known is not None:
        known[asked] = found
    return found
