"""How good the data is: what the rows lack year by year, and how much of each delivery was taken with a warning."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Delivery, DeliveryWarning
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from reporting.figures.completeness import Completeness, Filled, completeness
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number
from reporting.snapshots.engine import engine_for
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.sheets import Cell, Column, Row, Sheet, answer_with_file

_YEARS = 5
_FEW = 20
"""Of fewer rows than this no share is told: it would say more of single people than of how the data is kept."""
_DELIVERIES = 24


@require_GET
@needs(Permission.SEE_DELIVERIES)
def source_quality(request: UserRequest) -> HttpResponse:
    """Show how complete the latest snapshot is, kind by kind, and how much of the latest deliveries carried a warning."""
    snapshot = latest_snapshot()
    shown = {
        "snapshot": snapshot,
        "sheets": _sheets(snapshot) if snapshot else [],
        "deliveries": _deliveries_sheet(),
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
    return answer_with_file(_all_in_one(snapshot), ending)


def _years(snapshot: Snapshot) -> list[int]:
    return list(range(snapshot.as_of.year - _YEARS + 1, snapshot.as_of.year + 1))


def _sheets(snapshot: Snapshot) -> list[Sheet]:
    years = _years(snapshot)
    found = completeness(engine_for(snapshot))
    return [
        _sheet(kind.label.capitalize(), kind.name, list(of_kind), years)
        for kind, of_kind in groupby(found, key=lambda one: one.kind)
    ]


def _sheet(caption: str, name: str, found: list[Completeness], years: list[int]) -> Sheet:
    has_years = any(year is not None for one in found for year in one.years)
    columns = (
        Column("Uppgift", numeric=False),
        *((Column(str(year)) for year in years) if has_years else (Column("Alla rader"),)),
    )
    places: list[int | None] = [*years] if has_years else [None]
    rows = tuple(Row((Cell(_heading(one)), *(_share(one.years.get(year)) for year in places))) for one in found)
    return Sheet(f"kvalitet-{name}", caption, columns, rows)


def _all_in_one(snapshot: Snapshot) -> Sheet:
    years = _years(snapshot)
    columns = (
        Column("Slag", numeric=False),
        Column("Uppgift", numeric=False),
        Column("Alla rader"),
        *(Column(str(year)) for year in years),
    )
    rows = tuple(
        Row(
            (
                Cell(one.kind.label),
                Cell(_heading(one)),
                *(_share(one.years.get(year)) for year in (None, *years)),
            )
        )
        for one in completeness(engine_for(snapshot))
    )
    return Sheet("kvalitet", "Ifyllda uppgifter, procent", columns, rows)


def _heading(found: Completeness) -> str:
    name = found.column.header.replace("_", " ")
    return f"{name} ({found.of_whom})" if found.of_whom else name


def _share(found: Filled | None) -> Cell:
    if found is None or found.share is None:
        return Cell(NO_DENOMINATOR)
    if found.rows < _FEW:
        return Cell(HIDDEN)
    # Rounded down: 100 means every row.
    share = int(found.share)
    return Cell(f"{number(share)} %", share)


def _deliveries() -> QuerySet[Delivery]:
    warned = (
        DeliveryWarning.objects.filter(delivery=OuterRef("pk"))
        .order_by()
        .values("delivery")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Delivery.objects.annotate(
        row_count=Coalesce(Sum("files__rows"), 0), warning_count=Coalesce(Subquery(warned), 0)
    ).order_by("-at", "-pk")


def _deliveries_sheet() -> Sheet:
    columns = (
        Column("Leverans", numeric=False),
        Column("Inläst", numeric=False),
        Column("Rader"),
        Column("Varningar"),
        Column("Varningar per 1 000 rader"),
    )
    rows = tuple(_delivery_row(one) for one in _deliveries()[:_DELIVERIES])
    return Sheet("leveranser", "De senaste leveranserna", columns, rows)


def _delivery_row(delivery: Delivery) -> Row:
    rows, warnings = delivery.row_count, delivery.warning_count  # type: ignore[attr-defined]  # annotated above
    rate = 1000 * warnings / rows if rows else None
    day = timezone.localdate(delivery.at).isoformat()
    return Row(
        (
            Cell(f"Leverans {delivery.pk}", link=reverse("source_delivery", args=[delivery.pk])),
            Cell(day),
            Cell(number(rows), rows),
            Cell(number(warnings), warnings),
            Cell(NO_DENOMINATOR if rate is None else number(rate, 1), rate),
        )
    )
