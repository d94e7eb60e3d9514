"""What everyone who can log in may see of a committee that is not theirs: its published tables, and no others.

They are the annual report's own tables, with its disclosure control, and they are fixed: one committee, the last full year, the
latest snapshot. A choice of years, snapshots, committees or filters would let hidden numbers be found by comparing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from reporting.documents.annual.questions import SERIES, SINGLE, SPLITS
from reporting.documents.annual.report import AnnualReport, ReportFault, annual_report
from reporting.measures.catalogue import measure
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.measure_page import MeasurePage
from reporting.views.measure_tables import series_sheet, split_sheet
from reporting.views.place import Place, last_full_year
from reporting.views.question import Question
from reporting.views.sheets import Sheet


@dataclass(frozen=True)
class PublishedTables:
    """The published tables of a committee, or in `missing` why there are none."""

    sheets: tuple[Sheet, ...]
    missing: str = ""


def published_tables(place: Place) -> PublishedTables:
    """Return the committee's published tables. Raises PermissionDenied, saying where they are, for anything but those."""
    latest = latest_snapshot()
    if len(place.committees) > 1:
        raise PermissionDenied("Publicerade tabeller finns för en nämnd i taget. Välj en av nämnderna.")
    if place.chosen or latest != place.snapshot or place.year != last_full_year(place.snapshot):
        raise PermissionDenied(
            f"{place.name} är inte din nämnd. Du kan se dess publicerade tabeller för {last_full_year(latest or place.snapshot)}."
        )
    try:
        report = annual_report(committees=place.chosen_committees, year=place.year, snapshot=place.snapshot)
    except ReportFault:
        missing = (
            f"{place.name} ansvarade inte för någon enhet med uppgifter {place.year}, så det finns inget att visa."
        )
        return PublishedTables((), missing)
    return PublishedTables((*_series(place, report), *_splits(place, report)))


def _page(place: Place, code: str) -> MeasurePage:
    return MeasurePage(place, measure(code), Question(measure(code), None, (), {}, place.whole), "measure")


def _series(place: Place, report: AnnualReport) -> list[Sheet]:
    sheets = [series_sheet(_page(place, code), report.figures.series(code)) for code in SERIES]
    return sheets + [series_sheet(_page(place, code), [report.figures.one(code)]) for code in SINGLE]


def _splits(place: Place, report: AnnualReport) -> list[Sheet]:
    return [split_sheet(_page(place, code), report.figures.one(code, by=(name,))) for code, name in SPLITS]
