"""A delivery's warnings: by what they are of, which tells of no case, with who has accepted which; and one by one, for a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count, QuerySet
from django.urls import reverse

from cases.deliveries.checks.advice import advice_on
from cases.deliveries.checks.catalogue import check_named
from cases.enums import DeliveredFileKind
from cases.models import Delivery, DeliveryWarning, WarningAcceptance
from cases.quality.accepted import acceptances
from reporting.figures.swedish import number
from reporting.views.sheets import Cell, Column, Row, Sheet

_HEADINGS = (
    Column("Fil", numeric=False),
    Column("Kolumn", numeric=False),
    Column("Väntat är", numeric=False),
    Column("Varningar"),
)
_MAY = Column("Godta", numeric=False)


def warnings_by_kind(warnings: QuerySet[DeliveryWarning], *, may_accept: bool) -> Sheet:
    """Return how many there are of each, with the way to accept them for who may."""
    rows = tuple(
        Row((*cells, *((Cell("Godta", link=_address(*key)),) if may_accept else ())))
        for key, cells in _counted(warnings)
    )
    columns = (*_HEADINGS, _MAY) if may_accept else _HEADINGS
    return Sheet("varningar", "Varningar efter slag", columns, rows)


def accepted_by_kind(
    warnings: QuerySet[DeliveryWarning], by_whom: Iterable[WarningAcceptance], *, may_accept: bool
) -> Sheet:
    """Return how many there are of each that is accepted, with who accepted it, why and until when."""
    held = {(one.kind, one.check_id, one.column): one for one in by_whom}
    columns = (*_HEADINGS, *(Column(heading, numeric=False) for heading in ("Skäl", "Godtagna av", "Till och med")))
    rows = []
    for key, cells in _counted(warnings):
        one = held[key]
        until = Cell(one.expires.isoformat(), link=_address(*key) if may_accept else "")
        rows.append(Row((*cells, Cell(one.reason), Cell(one.by.username), until)))
    return Sheet("godtagna-varningar", "Godtagna varningar", columns, tuple(rows))


def warnings_one_by_one(delivery: Delivery, today: dt.date) -> Sheet:
    """Return every warning of a delivery with its row, who may have accepted it, and how it is mended; for a file."""
    held = {(one.kind, one.check_id, one.column): one for one in acceptances(today)}
    headings = ("Fil", "Rad", "Kolumn", "Värde", "Väntat är", "Varför det spelar roll", "Så rättas det", "Godtagen")
    columns = tuple(Column(heading, numeric=heading == "Rad") for heading in headings)
    rows = []
    for warning in delivery.warnings.iterator():
        advice = advice_on(warning.check_id)
        accepted = held.get((warning.kind, warning.check_id, warning.column))
        texts = (advice.why, advice.mend) if advice else ("", "")
        rows.append(
            Row(
                (
                    Cell(DeliveredFileKind(warning.kind).label),
                    Cell(number(warning.row), warning.row),
                    *map(Cell, (warning.column, warning.value, warning.message, *texts)),
                    Cell(f"{accepted.reason} Till och med {accepted.expires}." if accepted else ""),
                )
            )
        )
    return Sheet(f"varningar-{delivery.pk}", f"Varningar i {delivery}", columns, tuple(rows))


def _counted(warnings: QuerySet[DeliveryWarning]) -> Iterator[tuple[tuple[str, str, str], tuple[Cell, ...]]]:
    found = warnings.order_by("kind", "column", "check_id").values_list("kind", "check_id", "column")
    for kind, check, column, count in found.annotate(count=Count("pk")):
        known = check_named(kind, check, column)
        yield (
            (kind, check, column),
            (
                Cell(DeliveredFileKind(kind).label),
                Cell(column),
                Cell(known.in_words if known else ""),
                Cell(number(count), count),
            ),
        )


def _address(kind: str, check: str, column: str) -> str:
    return reverse("source_acceptance", args=[kind, check, column])
