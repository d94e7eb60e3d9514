"""The cases behind a figure and those left out of it: listed within the reader's own scope only, and each look logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render

from committees.access_wording import register_wording
from committees.actions.case_access import log_case_access
from committees.enums import CasePurpose
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.tables import show_page
from committees.views.guards import refuse
from reporting.case_list import CaseQuery, Wording, case_table, keys_of, shown_columns
from reporting.figures.cases import Population
from reporting.figures.computing import compute
from reporting.figures.model import Request
from reporting.figures.swedish import number
from reporting.figures.wording import period_in_words
from reporting.views.case_filter import CaseFilter
from reporting.views.log_words import filters_in_words
from reporting.views.measure_page import MeasurePage, page_of, with_place
from reporting.views.measure_tables import excluded_sheet
from reporting.views.place import Place
from reporting.views.selection import SelectionForm
from reporting.views.sheets import Cell, Column, Row, Sheet, answer_with_document, answer_with_file
from reporting.views.switches import switches_of

_ROWS_A_PAGE = 50

register_wording(filters_in_words)


@dataclass(frozen=True)
class CasePage:
    """A page of cases: the measure's page, which of the judged cases it lists, and how the list is narrowed."""

    request: UserRequest
    page: MeasurePage
    population: Population

    @cached_property
    def asked(self) -> Request:
        """The figure's own question, without a split."""
        return self.page.question.request(self.page.place.year, by=())

    @cached_property
    def filter(self) -> CaseFilter:
        """How the address narrows the list."""
        return CaseFilter(self.request.GET, page=self.page, asked=self.asked, population=self.population)

    @property
    def cases(self) -> CaseQuery:
        """The cases that the address asks for."""
        narrowings = tuple(self.filter.narrowings())
        return CaseQuery(self.page.engine, self.asked, self.population, narrowings=narrowings)

    @property
    def sheet_name(self) -> str:
        """The name of the list's file."""
        return f"{self.page.measure.code}-{'utelamnade' if self.population == 'out' else 'arenden'}"

    def log(self, purpose: CasePurpose, shown: Sequence[str]) -> None:
        """Record what was shown, and what the list was narrowed to."""
        log_case_access(
            by=self.request.user,
            purpose=purpose,
            measure=self.page.measure.code,
            snapshot=self.page.place.snapshot.hash,
            committees=self.page.place.chosen_committees,
            filters={
                "variant": [self.asked.variant],
                "year": [str(self.page.place.year)],
                **dict(self.asked.where),
                **self.filter.query,
            },
            shown=shown,
        )


def _case_page(request: UserRequest, place: Place, code: str, view: str) -> MeasurePage:
    """Return the page within the scope of the reader's case permission. Raises PermissionDenied without it."""
    if place.case_scope is None:
        raise refuse(Permission.SEE_CASES)
    return page_of(request, place, code, view, place.case_scope)


@transaction.atomic
def _list(listed: CasePage) -> HttpResponse:
    """Answer with a page of cases, logged in the same transaction: no record, no cases."""
    page, request = listed.page, listed.request
    result = compute(page.engine, listed.asked)
    left_out = listed.population == "out"
    table = None
    if listed.filter.is_valid():
        cases = listed.cases
        what = "Utelämnade" if left_out else page.measure.case.many.capitalize()
        caption = f"{what}, {period_in_words(result)}, {number(len(cases))} {'rad' if len(cases) == 1 else 'rader'}"
        table = case_table(cases, caption=caption, order=request.GET.getlist("sort"))
        show_page(table, request.GET.get("page"), rows=_ROWS_A_PAGE)
        rows = [row.record for row in table.paginated_rows]
        listed.log(CasePurpose.LEFT_OUT if left_out else CasePurpose.CASES, keys_of(rows))
    shown = {
        "page": page,
        "place": page.place,
        "switches": switches_of(page.place, page.view, code=page.measure.code),
        "result": result,
        "table": table,
        "left_out": left_out,
        "excluded": excluded_sheet(page, result),
        "form": SelectionForm(request.GET, page=page),
        "case_filter": listed.filter,
        "narrowed": listed.filter.in_words,
        "without_protected": listed.filter.leaves_out_protected,
        "files": page.files(listed.filter.query),
    }
    return render(request, "reporting/measure_cases.html", shown)


@transaction.atomic
def _file(listed: CasePage, ending: str) -> HttpResponse:
    """Answer with all the cases as a file, logged in the same transaction."""
    if not listed.filter.is_valid():
        raise Http404(" ".join(str(fault) for faults in listed.filter.errors.values() for fault in faults))
    page = listed.page
    rows = listed.cases[:]
    headings = shown_columns(page.measure, listed.population)
    words = Wording(page.engine, page.measure)
    sheet = Sheet(
        listed.sheet_name,
        page.measure.name,
        tuple(Column(heading) for heading in headings.values()),
        tuple(Row(tuple(Cell(words.in_row(name, row), _amount(name, row)) for name in headings)) for row in rows),
    )
    answer = (
        answer_with_document(sheet.name, _as_objects(sheet)) if ending == "json" else answer_with_file(sheet, ending)
    )
    listed.log(CasePurpose.EXPORT, keys_of(rows))
    return answer


def _as_objects(sheet: Sheet) -> list[dict[str, object]]:
    names = [column.heading for column in sheet.columns]
    return [dict(zip(names, (cell.exported for cell in row.cells), strict=True)) for row in sheet.rows]


def _amount(name: str, row: Mapping[str, Any]) -> object:
    """Return the number that a file is to hold where the page words it with thousands and unit; None elsewhere."""
    return row[name] if name in {"amount", "units"} else None


@with_place
def measure_cases(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """List the cases that the figure counts."""
    return _list(CasePage(request, _case_page(request, place, code, "measure_cases"), "in"))


@with_place
def measure_left_out(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """List the cases that were left out, with the reason of each."""
    return _list(CasePage(request, _case_page(request, place, code, "measure_left_out"), "out"))


@with_place
def measure_cases_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the cases that the figure counts."""
    return _file(CasePage(request, _case_page(request, place, code, "measure_cases"), "in"), ending)


@with_place
def measure_left_out_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the cases that were left out."""
    return _file(CasePage(request, _case_page(request, place, code, "measure_left_out"), "out"), ending)
