"""How good the data is over time: what rows lack, what came with a warning, accepted or not, and what came late or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from cases.models import Delivery, DeliveryWarning
from cases.quality.accepted import acceptances, is_accepted
from cases.quality.calendar import next_periods
from committees.commands import counted
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from reporting.figures.quality import (
    ALL_ROWS,
    QualityCell,
    QualityTable,
    completeness_table,
    punctuality_table,
    warnings_table,
)
from reporting.figures.swedish import NO_DENOMINATOR, number
from reporting.snapshots.engine import engine_for
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.sheets import Cell, Column, Row, Sheet, answer_with_file

_YEARS = 5
_DELIVERIES = 24
_EMPTY = {NO_DENOMINATOR}


@require_GET
@needs(Permission.SEE_DELIVERIES)
def source_quality(request: UserRequest) -> HttpResponse:
    """Show how complete the latest snapshot is, what was taken with a warning, and what came late or has not come."""
    snapshot, today = latest_snapshot(), timezone.localdate()
    years = range(today.year - _YEARS + 1, today.year + 1)
    warned, punctual = warnings_table(years, today), punctuality_table(years, today)
    shown = {
        "snapshot": snapshot,
        "sheets": _sheets_of_kinds(_completeness(snapshot)) if snapshot else [],
        "warned": _sheet(warned) if warned.rows else None,
        "accepted": acceptances(today),
        "punctual": _sheet(punctual) if punctual.rows else None,
        "waited_for": _waited_for(today),
        "deliveries": _deliveries_sheet(today),
        "may_deliver": request.access.may_everywhere(Permission.DELIVER),
        "files": [
            {"label": ending.upper(), "url": reverse("source_quality_file", args=[ending])}
            for ending in ("csv", "xlsx")
        ],
    }
    return render(request, "reporting/source_quality.html", shown)


@require_GET
@needs(Permission.SEE_DELIVERIES)
def source_quality_file(request: UserRequest, ending: str) -> HttpResponse:
    """Return all of the completeness in one table as a file."""
    snapshot = latest_snapshot()
    if snapshot is None:
        raise Http404("Det finns inget underlag än.")
    return answer_with_file(_sheet(_completeness(snapshot)), ending)


def _completeness(snapshot: Snapshot) -> QualityTable:
    last = snapshot.as_of.year
    return completeness_table(engine_for(snapshot), range(last - _YEARS + 1, last + 1))


def _sheet(table: QualityTable) -> Sheet:
    columns = tuple(Column(heading, numeric=at >= table.text_columns) for at, heading in enumerate(table.headings))
    rows = tuple(Row(tuple(Cell(cell.text, cell.value) for cell in row)) for row in table.rows)
    return Sheet(f"kvalitet-{table.name}", table.caption, columns, rows)


def _sheets_of_kinds(table: QualityTable) -> list[Sheet]:
    """The table as one for each kind of file that has any rows, without the columns that say nothing of that kind."""
    kinds = [(kind, list(rows)) for kind, rows in groupby(table.rows, key=lambda row: row[0].text)]
    return [
        _sheet_of_kind(kind, rows, table)
        for kind, rows in kinds
        if {cell.text for row in rows for cell in row[table.text_columns :]} - _EMPTY
    ]


def _sheet_of_kind(kind: str, rows: Sequence[Sequence[QualityCell]], table: QualityTable) -> Sheet:
    all_rows = table.headings.index(ALL_ROWS)
    years = range(all_rows + 1, len(table.headings))
    has_years = any({row[at].text for row in rows} - _EMPTY for at in years)
    kept = [1, *(years if has_years else [all_rows])]
    columns = tuple(Column(table.headings[at], numeric=at >= table.text_columns) for at in kept)
    cells = tuple(Row(tuple(Cell(row[at].text, row[at].value) for at in kept)) for row in rows)
    return Sheet(f"kvalitet-{slugify(kind)}", kind.capitalize(), columns, cells)


def _waited_for(today: dt.date) -> Sheet:
    """What is expected next, or has not come, the nearest first."""
    columns = tuple(Column(heading, numeric=False) for heading in ("Leverans", "Period", "Senast", "Läge"))
    rows = tuple(
        Row(
            (
                Cell(str(period.expected)),
                Cell(str(period)),
                Cell(period.due.isoformat()),
                Cell(
                    f"Försenad {counted(days, 'dag', 'dagar')}" if (days := period.days_late(today)) > 0 else "Väntas"
                ),
            )
        )
        for period in next_periods(today)
    )
    return Sheet("kvalitet-vantade", "Väntade leveranser", columns, rows)


def _warned(condition: Q) -> Coalesce:
    """How many of a delivery's warnings the condition is true of."""
    found = DeliveryWarning.objects.filter(condition, delivery=OuterRef("pk")).order_by().values("delivery")
    return Coalesce(Subquery(found.annotate(count=Count("pk")).values("count")), 0)


def _deliveries_sheet(today: dt.date) -> Sheet:
    columns = (
        Column("Leverans", numeric=False),
        Column("Inläst", numeric=False),
        Column("Rader"),
        Column("Varningar"),
        Column("Varningar per 1 000 rader"),
        Column("Godtagna varningar"),
    )
    accepted = is_accepted(today)
    deliveries = (
        Delivery.objects.annotate(row_count=Coalesce(Sum("files__rows"), 0))
        .annotate(warning_count=_warned(~accepted), accepted_count=_warned(accepted))
        .order_by("-at", "-pk")
        .values_list("pk", "at", "row_count", "warning_count", "accepted_count")
    )
    rows = tuple(_delivery_row(*one) for one in deliveries[:_DELIVERIES])
    return Sheet("leveranser", "De senaste leveranserna", columns, rows)


def _delivery_row(pk: int, at: dt.datetime, rows: int, warnings: int, accepted: int) -> Row:
    rate = 1000 * warnings / rows if rows else None
    return Row(
        (
            Cell(f"Leverans {pk}", link=reverse("source_delivery", args=[pk])),
            Cell(timezone.localdate(at).isoformat()),
            Cell(number(rows), rows),
            Cell(number(warnings), warnings),
            Cell(NO_DENOMINATOR if rate is None else number(rate, 1), rate),
            Cell(number(accepted), accepted),
        )
    )
