"""Ways to the same page for another year, committee or snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reporting.figures.swedish import date_iso
from reporting.views.measure_page import Link
from reporting.views.place import SNAPSHOT_PARAMETER, Place, names_in_words, own_committees


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
    """Return the years; of another committee the one that its published tables are of."""
    if place.scope is None:
        return (Link(str(place.year), place.url(view, code=code), current=True),)
    years = place.years if place.year in place.years else (*place.years, place.year)
    return tuple(Link(str(year), place.url(view, year=year, code=code), year == place.year) for year in years)


def _committees(place: Place) -> tuple[Link, ...]:
    """Return each committee, and the reader's own together; those that are not theirs lead to their published tables."""
    names = {committee.code: committee.name for committee in place.everyone}
    together = own_committees(place.access)
    wanted: list[tuple[str, ...]] = [(code,) for code in names]
    if len(together) > 1:
        wanted.insert(0, together)
    published = replace(place, year=place.published_year, chosen=False)
    return tuple(_committee(place, codes, names, published) for codes in wanted)


def _committee(place: Place, codes: tuple[str, ...], names: dict[str, str], published: Place) -> Link:
    """Return the way to the overview: a measure's page may not be open to the reader there."""
    name, own = names_in_words([names[code] for code in codes]), replace(place, committees=codes)
    if own.scope:
        return Link(name, own.url("overview"), codes == place.committees)
    return Link(f"{name} (publicerat)", replace(published, committees=codes).url("overview"), codes == place.committees)


def _snapshots(place: Place, view: str, code: str) -> tuple[Link, ...]:
    """Return the other snapshots; none for whoever sees only what is published, which rests on one."""
    if place.scope is None:
        return ()
    links = []
    for snapshot in place.snapshots:
        if snapshot.as_of.year <= place.year:
            continue
        label = f"{date_iso(snapshot.as_of)} {snapshot.label or snapshot.short_hash}"
        plain = replace(place, chosen=False)
        url = plain.url(view, query={SNAPSHOT_PARAMETER: snapshot.hash[:12]}, code=code)
        links.append(Link(label, url, snapshot.pk == place.snapshot.pk))
    return tuple(links)
