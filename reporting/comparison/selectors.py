"""Comparing with others: a group of similar municipalities and the country's municipalities (measures.md, section 6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.db.models import Max, Min, Q

from reporting.comparison.models import KoladaMunicipality, KoladaValue, Kpi, PeerGroup
from reporting.enums import KoladaGender

MUNICIPALITY_TYPE = "K"
COUNTRY_SHARE = 0.9
"""So large a part of the country's municipalities must have been asked for before their mean is called the country's."""


@dataclass(frozen=True)
class Mean:
    """An unweighted mean and how many municipalities it is of; `value` is None when none has a value."""

    value: float | None
    count: int


@dataclass(frozen=True)
class Comparison:
    """One key figure over some years: the members' published values, their mean, and that of all municipalities known here.

    A missing value is None and takes no part in a mean; nothing is interpolated. `covers_country`: whether the values asked for
    are those of (nearly) all municipalities, so that their mean is the "medelkommun". `own`: the published values of the
    municipality that compares itself, empty when none was named.
    """

    kpi: str
    title: str
    years: tuple[int, ...]
    group: str
    members: Mapping[str, str]
    values: Mapping[str, tuple[float | None, ...]]
    group_means: tuple[Mean, ...]
    country_means: tuple[Mean, ...]
    covers_country: bool
    own: tuple[float | None, ...] = ()

    @property
    def country_name(self) -> str:
        """What the mean of all the municipalities is called: a country that was not asked for is not one."""
        return "Medelkommunen" if self.covers_country else "Hämtade kommuner"


def chosen_group() -> PeerGroup | None:
    """Return the group that this municipality compares itself with, None when none has been chosen."""
    return PeerGroup.objects.filter(chosen=True).first()


def comparison(kpi: str, *, group: PeerGroup, years: Sequence[int], own: str | None = None) -> Comparison | None:
    """Return the comparison for the years, None when nothing is known of the key figure. `own` is a municipality's code."""
    return next(iter(comparisons([kpi], group=group, years=years, own=own)), None)


def comparisons(
    kpis: Sequence[str], *, group: PeerGroup, years: Sequence[int], own: str | None = None
) -> tuple[Comparison, ...]:
    """Return the comparison of each key figure of which anything is known, in their order; see `comparison`.

    Costs three queries, however many key figures there are.
    """
    found = KoladaValue.objects.filter(
        kpi__in=kpis, gender=KoladaGender.TOTAL, municipality__type=MUNICIPALITY_TYPE, year__in=years
    ).values_list("kpi_id", "kpi__title", "municipality_id", "year", "value")
    titles: dict[str, str] = {}
    values: dict[str, dict[tuple[str, int], float | None]] = {}
    for kpi, title, municipality, year, value in found:
        titles[kpi] = title
        values.setdefault(kpi, {})[municipality, year] = value
    if not values:
        return ()
    members = {
        member.municipality_id: member.municipality.title
        for member in group.members.select_related("municipality").order_by("municipality__title")
    }
    country = KoladaMunicipality.objects.filter(type=MUNICIPALITY_TYPE).count()
    return tuple(
        _compared(Kpi(kpi, titles[kpi]), values[kpi], members, country, group=group, years=years, own=own)
        for kpi in kpis
        if kpi in titles
    )


def _compared(
    kpi: Kpi,
    values: Mapping[tuple[str, int], float | None],
    members: Mapping[str, str],
    country: int,
    *,
    group: PeerGroup,
    years: Sequence[int],
    own: str | None,
) -> Comparison:
    asked_for = {municipality for municipality, _ in values}
    return Comparison(
        kpi=kpi.pk,
        title=kpi.title,
        years=tuple(years),
        group=group.title,
        members=members,
        values={code: tuple(values.get((code, year)) for year in years) for code in members},
        group_means=tuple(_mean(values.get((code, year)) for code in members) for year in years),
        country_means=tuple(_mean(values.get((code, year)) for code in asked_for) for year in years),
        covers_country=len(asked_for) >= COUNTRY_SHARE * country,
        own=tuple(values.get((own, year)) for year in years) if own else (),
    )


def _mean(values: Iterable[float | None]) -> Mean:
    known = sorted(value for value in values if value is not None)
    return Mean(value=fmean(known) if known else None, count=len(known))


@dataclass(frozen=True)
class Known:
    """A key figure that has been fetched: the first and the last year with a value, and when it was last asked for."""

    kpi: Kpi
    first_year: int
    last_year: int
    fetched_at: dt.datetime


def known_kpis() -> list[Known]:
    """Return every key figure that some municipality has a value of here, by id. One query."""
    has_value = Q(values__value__isnull=False, values__gender=KoladaGender.TOTAL)
    found = Kpi.objects.filter(has_value).annotate(
        first_year=Min("values__year", filter=has_value),
        last_year=Max("values__year", filter=has_value),
        fetched_at=Max("values__fetched_at"),
    )
    return [Known(kpi, kpi.first_year, kpi.last_year, kpi.fetched_at) for kpi in found.order_by("pk")]


def position(found: Comparison, at: int) -> dict[str, int] | None:
    """Return where the own value of a year stands, counted from the highest, and among how many; None without a value.

    A place in a row and no verdict: whether high is good is for the reader to know.
    """
    own = found.own[at] if found.own else None
    if own is None:
        return None
    others = [values[at] for values in found.values.values() if values[at] is not None]
    higher = sum(value > own for value in others if value is not None)
    return {"place": higher + 1, "of": len(others) + 1}
