"""Ways to the same page for another year, committee or snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reporting.figures.swedish import date_iso
from reporting.snapshots.models import Snapshot
from reporting.views.measure_page import Link
from reporting.views.place import SNAPSHOT_PARAMETER, Place, names_in_words, own_committees

_SNAPSHOTS_OFFERED = 8


@dataclass(frozen=True)
class Switches:
    """The links, each list with the page's own marked."""

    years: tuple[Link, ...]
    committees: tuple[Link, ...]
    snapshots: tuple[Link, ...]


def switches_of(place: Place, view: str, code: str = "") -> Switches:
    """Return the links from a page, `code` being its measure's. Costs one query."""
    return Switches(_years(place, view, code), _committees(place), _snapshots(place, view, code))


def _years(place: Place, view: str, code: str) -> tuple[Link, ...]:
    years = place.years if place.year in place.years else (*place.years, place.year)
    return tuple(Link(str(year), place.url(view, year=year, code=code), year == place.year) for year in years)


def _committees(place: Place) -> tuple[Link, ...]:
    """Return each committee, and the reader's own together; those that are not theirs open their published tables."""
    names = {committee.code: committee.name for committee in place.everyone}
    together = own_committees(place.access)
    wanted: list[tuple[str, ...]] = [(code,) for code in names]
    if len(together) > 1:
        wanted.insert(0, together)
    return tuple(
        Link(_label(place, codes, names), _address(place, codes), codes == place.committees) for codes in wanted
    )


def _label(place: Place, codes: tuple[str, ...], names: dict[str, str]) -> str:
    name = names_in_words([names[code] for code in codes])
    return name if replace(place, committees=codes).scope else f"{name} (publicerat)"


def _address(place: Place, codes: tuple[str, ...]) -> str:
    """Return the overview: a measure's page may not be open to the reader there."""
    return replace(place, committees=codes).url("overview")


def _snapshots(place: Place, view: str, code: str) -> tuple[Link, ...]:
    """Return the other snapshots; none for whoever sees only what is published, which rests on one."""
    if place.scope is None:
        return ()
    found = list(Snapshot.objects.kept().latest_first().defer("manifest")[:_SNAPSHOTS_OFFERED])
    links = []
    for snapshot in found:
        if snapshot.as_of.year <= place.year:
            continue
        label = f"{date_iso(snapshot.as_of)} {snapshot.label or snapshot.short_hash}"
        plain = replace(place, chosen=False)
        url = plain.url(view, query={SNAPSHOT_PARAMETER: snapshot.hash[:12]}, code=code)
        links.append(Link(label, url, snapshot.pk == place.snapshot.pk))
    return tuple(links)
