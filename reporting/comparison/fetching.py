"""Fetching what is new in Kolada: asked for once, kept with its time, and asked for again only when it may have changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from reporting.comparison.client import KoladaClient, Row
from reporting.comparison.loading import KoladaFault, take_in
from reporting.comparison.models import KoladaFetch, KoladaValue, Kpi, PeerGroup
from reporting.comparison.selectors import MUNICIPALITY_TYPE

STANDARD_KPIS = ("N31825", "N31002", "N40007", "U40455")
"""The key figures of the audit's comparison (measures.md, section 6)."""
COUNTRY = "0000"

_SETTLED_MONTH = 10
_ASK_AGAIN_AFTER = dt.timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """What to fetch. No municipalities: all of the country's. `again`: also what has been fetched and is settled."""

    kpis: Sequence[str]
    years: Sequence[int]
    municipalities: Sequence[str] = ()
    groups: Sequence[str] = ()
    choose: str | None = None
    again: bool = False


def fetch(
    client: KoladaClient, wanted: Wanted, *, progress: Callable[[int, int], None] | None = None
) -> dict[str, int]:
    """Fetch and store what is new, and return how many rows of each sort are new or changed, and `questions` asked for values.

    `progress` is told how many of the questions have been answered. Everything is stored together, or nothing. Raises KoladaFault
    when Kolada cannot be asked, or does not know what is asked for.
    """
    now = timezone.now()
    answers = _metadata(client, wanted)
    questions = _questions(wanted, _places(wanted, answers["municipalities"]), now)
    answers["values"] = []
    for done, (kpi, codes, years) in enumerate(questions, 1):
        for rows in client.values([kpi], codes, years):
            answers["values"] += rows
        if progress:
            progress(done, len(questions))
    # Nothing is written while the network is waited for.
    with transaction.atomic():
        counts = take_in(answers, group=wanted.choose, fetched_at=now)
        _note(questions, now)
    return {**counts, "questions": len(questions)}


def _metadata(client: KoladaClient, wanted: Wanted) -> dict[str, list[Row]]:
    kpis = client.kpis(wanted.kpis)
    if missing := sorted(set(wanted.kpis) - {str(row.get("id")) for row in kpis}):
        raise KoladaFault(f"Kolada har inget nyckeltal {', '.join(missing)}.")
    groups = client.groups(wanted.groups) if wanted.groups else []
    if missing := sorted(set(wanted.groups) - {str(row.get("id")) for row in groups}):
        raise KoladaFault(f"Kolada har ingen kommungrupp {', '.join(missing)}.")
    return {"kpis": kpis, "municipalities": client.municipalities(), "groups": groups}


def _places(wanted: Wanted, municipalities: Sequence[Row]) -> list[str]:
    """Return the codes to ask for: those wanted, or the country and all its municipalities."""
    known = {str(row.get("id")): row.get("type") for row in municipalities}
    if missing := sorted(set(wanted.municipalities) - set(known)):
        raise KoladaFault(f"Kolada har ingen kommun {', '.join(missing)}.")
    every = sorted(code for code, kind in known.items() if kind == MUNICIPALITY_TYPE or code == COUNTRY)
    return list(wanted.municipalities) or every


def is_settled(year: int, at: dt.datetime) -> bool:
    """Tell whether what Kolada said of a year at that time stands: final values come by the end of September the year after."""
    return at.date() >= dt.date(year + 1, _SETTLED_MONTH, 1)


def _questions(wanted: Wanted, places: Sequence[str], now: dt.datetime) -> list[tuple[str, list[str], list[int]]]:
    """Return what has to be asked: for each key figure the years, told together for the municipalities that lack the same."""
    asked = {
        (fetch.kpi_id, fetch.municipality_id, fetch.year): fetch.at
        for fetch in KoladaFetch.objects.filter(kpi__in=wanted.kpis, year__in=wanted.years)
    }
    questions = []
    for kpi in dict.fromkeys(wanted.kpis):
        lacking: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for place in dict.fromkeys(places):
            years = tuple(
                year
                for year in sorted(set(wanted.years))
                if wanted.again or _may_be_new(asked.get((kpi, place, year)), year, now)
            )
            if years:
                lacking[years].append(place)
        questions += [(kpi, codes, list(years)) for years, codes in sorted(lacking.items())]
    return questions


def _may_be_new(at: dt.datetime | None, year: int, now: dt.datetime) -> bool:
    return at is None or (not is_settled(year, at) and now - at >= _ASK_AGAIN_AFTER)


def _note(questions: Sequence[tuple[str, list[str], list[int]]], now: dt.datetime) -> None:
    fetches = [
        KoladaFetch(kpi_id=kpi, municipality_id=place, year=year, at=now)
        for kpi, places, years in questions
        for place in places
        for year in years
    ]
    KoladaFetch.objects.bulk_create(
        fetches,
        update_conflicts=True,
        unique_fields=["kpi", "municipality", "year"],
        update_fields=["at"],
        batch_size=500,
    )


def standard_kpis() -> list[str]:
    """Return the key figures fetched when none are named: the audit's, and others that have values here already."""
    kept = set(Kpi.objects.filter(pk__in=KoladaValue.objects.values("kpi")).values_list("pk", flat=True))
    return [*STANDARD_KPIS, *sorted(kept - set(STANDARD_KPIS))]


def standard_groups() -> list[str]:
    """Return the groups fetched when none are named: the one this municipality compares itself with."""
    return list(PeerGroup.objects.filter(chosen=True).values_list("pk", flat=True))
