"""Where in the figures a page is: committees, year and snapshot, as its address says, and what the reader may see there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from committees.middleware import UserRequest
from committees.models import Committee
from committees.permissions import Access, Permission, Scope
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_frozen_snapshot, latest_snapshot, snapshot_named

SNAPSHOT_PARAMETER = "underlag"
_YEARS_OFFERED = 7
_SNAPSHOTS_OFFERED = 8
_FIRST_YEAR = 2000


@dataclass(frozen=True)
class Place:
    """The committees (by code, sorted), the year and the snapshot of a page.

    `scope` is what the reader's figures are computed within; None for who sees only what is published. `chosen` tells whether the
    address names the snapshot, so that links keep it.
    """

    committees: tuple[str, ...]
    year: int
    snapshot: Snapshot
    access: Access
    everyone: tuple[Committee, ...]
    chosen: bool = False

    @cached_property
    def scope(self) -> Scope | None:
        """What the reader may compute within, None when only the published tables are theirs.

        Who may not read the cases may not narrow the figures either: the differences between filters tell of cases.
        """
        return self.access.scope(Permission.SEE_FIGURES, self.committees) if self.case_scope else None

    @cached_property
    def case_scope(self) -> Scope | None:
        """What the reader may see the cases of, None for none."""
        return self.access.scope(Permission.SEE_CASES, self.committees)

    @property
    def whole(self) -> Scope:
        """The committees in all their units: what the published tables are about, whoever reads them."""
        return Scope(self.committees)

    @property
    def name(self) -> str:
        """The committees in words: "Socialnämnden", "Kultur- och utbildningsnämnden och socialnämnden"."""
        first, *rest = (committee.name for committee in self.chosen_committees)
        return names_in_words([first, *(name[:1].lower() + name[1:] for name in rest)])

    @property
    def chosen_committees(self) -> tuple[Committee, ...]:
        """The place's committees, by name."""
        return tuple(committee for committee in self.everyone if committee.code in self.committees)

    @property
    def short_name(self) -> str:
        """The committees by their codes: "SN", "KUN och SN"."""
        return names_in_words(list(self.committees))

    @cached_property
    def snapshots(self) -> tuple[Snapshot, ...]:
        """The snapshots a reader is offered, the latest first. Costs one query."""
        return tuple(Snapshot.objects.kept().latest_first().defer("manifest")[:_SNAPSHOTS_OFFERED])

    @cached_property
    def published_year(self) -> int:
        """The year that committees' published tables are of: the last full one in the latest frozen snapshot."""
        frozen = next((one for one in self.snapshots if one.frozen), None) or latest_frozen_snapshot()
        return last_full_year(frozen or self.snapshot)

    @property
    def years(self) -> tuple[int, ...]:
        """The years a reader is offered, newest first: the last full ones in the snapshot."""
        last = last_full_year(self.snapshot)
        return tuple(range(last, last - _YEARS_OFFERED, -1))

    def url(
        self,
        name: str,
        *,
        code: str = "",
        ending: str = "",
        year: int | None = None,
        query: Mapping[str, object] | None = None,
    ) -> str:
        """Return the address of a page for this place, or for it in another year; `code` is a measure's, `ending` a file's."""
        asked = dict(query or {})
        if self.chosen:
            asked[SNAPSHOT_PARAMETER] = self.snapshot.hash[:12]
        place = {"committees": self.committees, "year": year or self.year}
        rest = {name: value for name, value in (("code", code), ("ending", ending)) if value}
        path = reverse(name, kwargs={**place, **rest})
        return f"{path}?{urlencode(asked, doseq=True)}" if asked else path


def names_in_words(names: list[str]) -> str:
    """Return names as a Swedish list."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def last_full_year(snapshot: Snapshot) -> int:
    """Return the last calendar year that had ended by the snapshot's date."""
    ended = (snapshot.as_of.month, snapshot.as_of.day) == (12, 31)
    return snapshot.as_of.year if ended else snapshot.as_of.year - 1


def chosen_snapshot(request: UserRequest) -> Snapshot | None:
    """Return the snapshot that the address names, else the latest, None when there is none at all.

    Raises Http404, saying why, for a name that no snapshot, or more than one, begins with, and for one that has been disposed of.
    """
    wanted = request.GET.get(SNAPSHOT_PARAMETER, "")
    if not wanted:
        return latest_snapshot()
    try:
        snapshot = snapshot_named(wanted[:64])
        snapshot.require_kept()
    except SnapshotFault as fault:
        raise Http404(str(fault)) from fault
    return snapshot


def own_committees(access: Access) -> tuple[str, ...]:
    """Return the committees whose figures this person starts with: all their own together, or else the first of them."""
    own = access.committees_with(Permission.SEE_FIGURES)
    if access.scope(Permission.SEE_FIGURES, own):
        return own
    return own[:1]


def place_of(request: UserRequest, committees: tuple[str, ...], year: int) -> Place | None:
    """Return the place the address names, None when nothing has been frozen yet.

    Raises Http404, saying why, for an unknown committee and for a year that is not whole in the snapshot.
    """
    everyone = tuple(Committee.objects.those_with_units_first())
    unknown = set(committees) - {committee.code for committee in everyone}
    if unknown:
        known = ", ".join(committee.code for committee in everyone)
        raise Http404(f"Det finns ingen nämnd med koden {', '.join(sorted(unknown))}. De som finns är: {known}.")
    snapshot = chosen_snapshot(request)
    if snapshot is None:
        return None
    if not _FIRST_YEAR <= year <= last_full_year(snapshot):
        raise Http404(
            f"Det finns inga årssiffror för {year}. Underlaget sträcker sig till {snapshot.as_of.isoformat()}, "
            f"så det senaste hela året är {last_full_year(snapshot)}."
        )
    return Place(committees, year, snapshot, request.access, everyone, SNAPSHOT_PARAMETER in request.GET)


def home_place(request: UserRequest) -> Place | None:
    """Return where this person starts: their own committees, or else the first one, in the last full year."""
    snapshot = chosen_snapshot(request)
    everyone = tuple(Committee.objects.those_with_units_first())
    if snapshot is None or not everyone:
        return None
    start = own_committees(request.access) or (everyone[0].code,)
    return Place(start, last_full_year(snapshot), snapshot, request.access, everyone)
