"""How good the data is, as plain tables for pages and reports: what is filled in, what came with a warning, what came late.

No cell tells of few rows: shares are of at least twenty, in whole percent, so that the tables may be published as they are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils import timezone

from cases.enums import DeliveredFileKind
from cases.models import DeliveredFile, Delivery, DeliveryWarning
from cases.quality.accepted import is_accepted
from cases.quality.calendar import ExpectedPeriod, ended_periods
from reporting.figures.completeness import Completeness, Filled, completeness
from reporting.figures.swedish import HIDDEN, NBSP, NO_DENOMINATOR, number
from reporting.snapshots.engine import Engine

FEW = 20
"""Of fewer rows than this no share is told: it would say more of single people than of how the data is kept."""
ALL_ROWS = "Alla rader"
COMPLETENESS = "ifyllda"
"""The name of the table of what is filled in."""


@dataclass(frozen=True)
class QualityCell:
    """A cell as a reader sees it, and the value for a file where that is another."""

    text: str
    value: object = None


@dataclass(frozen=True)
class QualityTable:
    """A table: the first `text_columns` columns are words, the others numbers. `name` names its file."""

    name: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[QualityCell, ...], ...]
    note: str = ""
    text_columns: int = 1


def quality_tables(engine: Engine, *, last_year: int, today: dt.date, years: int = 5) -> tuple[QualityTable, ...]:
    """Return the tables that have anything in them, for so many years up to and including the last."""
    wanted = range(last_year - years + 1, last_year + 1)
    tables = (
        completeness_table(engine, wanted),
        warnings_table(wanted, today),
        punctuality_table(wanted, today),
    )
    return tuple(table for table in tables if table.rows)


def completeness_table(engine: Engine, years: Sequence[int]) -> QualityTable:
    """Return how many percent of the rows that ought to have a value have one, for every field that a measure uses."""
    places = (None, *years)
    rows = tuple(
        (
            QualityCell(one.kind.label),
            QualityCell(_name(one)),
            *(_filled(one.years.get(year)) for year in places),
        )
        for one in completeness(engine)
    )
    return QualityTable(
        COMPLETENESS,
        "Ifyllda uppgifter, procent",
        ("Slag", "Uppgift", ALL_ROWS, *map(str, years)),
        rows,
        f"Året är det då raden började gälla. Där färre än {FEW} rader borde ha uppgiften visas ingen andel.",
        text_columns=2,
    )


def warnings_table(years: Sequence[int], today: dt.date) -> QualityTable:
    """Return what share of the rows delivered in a year were taken with a warning, those with an accepted one apart."""
    delivered, accepted = _rows_by_year(), is_accepted(today)
    open_, closed = _touched_by_year(~accepted), _touched_by_year(accepted)
    rows = []
    for kind, name in DeliveredFileKind.choices:
        wanted = [(kind, year) for year in years]
        for label, touched, needed in (("med varning", open_, delivered), ("med godtagen varning", closed, closed)):
            if any(needed.get(place) for place in wanted):
                cells = (_touched(delivered.get(place, 0), touched.get(place, 0)) for place in wanted)
                rows.append((QualityCell(name), QualityCell(label), *cells))
    return QualityTable(
        "varningar",
        "Rader som lästes in med en varning, procent",
        ("Slag", "Rader", *map(str, years)),
        tuple(rows),
        "Året är det då filen lästes in. En varning är godtagen när någon har godtagit den med ett skäl, och bara så länge som "
        f"det gäller. Där färre än {FEW} rader lästes in visas ingen andel.",
        text_columns=2,
    )


def punctuality_table(years: Sequence[int], today: dt.date) -> QualityTable:
    """Return for each expected file how many deliveries were due in the years, and how many of them came in time, late or not."""
    due: dict[str, list[ExpectedPeriod]] = defaultdict(list)
    for period in ended_periods(today):
        if period.due.year in years and (period.due < today or period.delivered):
            due[str(period.expected)].append(period)
    rows = tuple((QualityCell(name), *_punctual(periods, today)) for name, periods in due.items())
    return QualityTable(
        "leveranser",
        f"Leveranser mot kalendern {years[0]}–{years[-1]}"
        if len(years) > 1
        else f"Leveranser mot kalendern {years[0]}",
        ("Leverans", "Väntade", "I tid", "Sena", "Saknas", "Längsta försening, dagar"),
        rows,
        "En leverans räknas för varje period som den väntas för. Den som läses in efter en periods slut gäller också "
        "perioderna före.",
    )


def _name(found: Completeness) -> str:
    name = found.column.header.replace("_", " ")
    return f"{name} ({found.of_whom})" if found.of_whom else name


def _filled(found: Filled | None) -> QualityCell:
    if found is None or found.share is None:
        return QualityCell(NO_DENOMINATOR)
    if found.rows < FEW:
        return QualityCell(HIDDEN)
    share = int(found.share)  # rounded down: 100 means every row
    return QualityCell(f"{number(share)}{NBSP}%", share)


def _touched(rows: int, touched: int) -> QualityCell:
    if not rows:
        return QualityCell(NO_DENOMINATOR)
    if rows < FEW:
        return QualityCell(HIDDEN)
    share = min(100, -(-100 * touched // rows))  # rounded up: 0 means not one row
    return QualityCell(f"{number(share)}{NBSP}%", share)


def _rows_by_year() -> Mapping[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = defaultdict(int)
    files = DeliveredFile.objects.order_by().values_list("kind", "delivery__at").annotate(sum=Sum("rows"))
    for kind, at, rows in files:
        found[kind, timezone.localdate(at).year] += rows
    return found


def _touched_by_year(condition: Q) -> Mapping[tuple[str, int], int]:
    """How many rows have such a warning, by kind and year of delivery."""
    year_of = {pk: timezone.localdate(at).year for pk, at in Delivery.objects.order_by().values_list("pk", "at")}
    found: dict[tuple[str, int], int] = defaultdict(int)
    counted = (
        DeliveryWarning.objects.filter(condition)
        .order_by()
        .values_list("delivery", "kind")
        .annotate(rows=Count("row", distinct=True))
    )
    for delivery, kind, rows in counted:
        found[kind, year_of[delivery]] += rows
    return found


def _punctual(periods: Sequence[ExpectedPeriod], today: dt.date) -> tuple[QualityCell, ...]:
    late = [period for period in periods if period.days_late(today) > 0]
    missing = [period for period in late if period.delivered is None]
    counts = (len(periods), len(periods) - len(late), len(late) - len(missing), len(missing))
    longest = max((period.days_late(today) for period in late), default=0)
    return tuple(QualityCell(number(count), count) for count in (*counts, longest))
