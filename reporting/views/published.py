"""What everyone who can log in may see of a committee that is not theirs: its published tables, and no others.

They are the annual report's own tables, with its disclosure control, and they are fixed: one committee, the last full year, the
latest frozen snapshot. A choice of years, snapshots, committees or filters would let hidden numbers be found by comparing. It is
frozen because showing the tables publishes them, and publishing is decided: had a passer-by been shown the snapshot taken after a
delivery, the report on the next one would have to hide whatever had changed by a few since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied

from reporting.documents.annual.questions import SERIES, SINGLE, SPLITS
from reporting.documents.annual.report import AnnualReport, ReportFault, annual_report
from reporting.measures.catalogue import measure
from reporting.snapshots.selectors import latest_frozen_snapshot
from reporting.views.measure_page import MeasurePage
from reporting.views.measure_tables import series_sheet, split_sheet
from reporting.views.place import Place
from reporting.views.question import Question
from reporting.views.sheets import Sheet


@dataclass(frozen=True)
class PublishedTables:
    """The published tables of a committee, or in `missing` why there are none. `place` has the snapshot they rest on."""

    place: Place
    sheets: tuple[Sheet, ...]
    missing: str = ""


def published_tables(place: Place) -> PublishedTables:
    """Return the committee's published tables. Raises PermissionDenied, saying where they are, for anything but those."""
    if len(place.committees) > 1:
        raise PermissionDenied("Publicerade tabeller finns för en nämnd i taget. Välj en av nämnderna.")
    year = place.published_year
    if place.chosen or place.year != year:
        raise PermissionDenied(f"{place.name} är inte din nämnd. Du kan se dess publicerade tabeller för {year}.")
    frozen = latest_frozen_snapshot()
    if frozen is None:
        return PublishedTables(place, (), "Inget underlag är fryst än, så det finns inget att visa.")
    place = replace(place, snapshot=frozen)
    try:
        report = annual_report(committees=place.chosen_committees, year=place.year, snapshot=place.snapshot)
    except ReportFault:
        missing = (
            f"{place.name} ansvarade inte för någon enhet med uppgifter {place.year}, så det finns inget att visa."
        )
        return PublishedTables(place, (), missing)
    return PublishedTables(place, (*_series(place, report), *_splits(place, report)))


def _page(place: Place, code: str) -> MeasurePage:
    return MeasurePage(place, measure(code), Question(measure(code), None, (), {}, place.whole), "measure")


def _series(place: Place, report: AnnualReport) -> list[Sheet]:
    sheets = [series_sheet(_page(place, code), report.figures.series(code)) for code in SERIES]
    return sheets + [series_sheet(_page(place, code), [report.figures.one(code)]) for code in SINGLE]


def _splits(place: Place, report: AnnualReport) -> list[Sheet]:
    return [split_sheet(_page(place, code), report.figures.one(code, by=(name,))) for code, name in SPLITS]
