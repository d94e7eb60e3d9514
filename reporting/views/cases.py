"""The cases behind a figure and those left out of it: listed within the reader's own scope only, and each look logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

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
from reporting.figures.wording import period_in_words
from reporting.views.measure_page import MeasurePage, page_of, with_place
from reporting.views.measure_tables import excluded_sheet
from reporting.views.place import Place
from reporting.views.selection import SelectionForm
from reporting.views.sheets import Cell, Column, Row, Sheet, answer_with_file
from reporting.views.switches import switches_of

_ROWS_A_PAGE = 50


def _case_page(request: UserRequest, place: Place, code: str, view: str) -> MeasurePage:
    """Return the page within the scope of the reader's case permission. Raises PermissionDenied without it."""
    if place.case_scope is None:
        raise refuse(Permission.SEE_CASES)
    return page_of(request, place, code, view, place.case_scope)


def _log(page: MeasurePage, request: UserRequest, asked: Request, purpose: CasePurpose, shown: Sequence[str]) -> None:
    log_case_access(
        by=request.user,
        purpose=purpose,
        measure=page.measure.code,
        snapshot=page.place.snapshot.hash,
        committees=page.place.chosen_committees,
        filters={"variant": [asked.variant], "year": [str(page.place.year)], **dict(asked.where)},
        shown=shown,
    )


@transaction.atomic
def _list(request: UserRequest, page: MeasurePage, population: Population) -> HttpResponse:
    """Answer with a page of cases, logged in the same transaction: no record, no cases."""
    asked = page.question.request(page.place.year, by=())
    result = compute(page.engine, asked)
    left_out = population == "out"
    caption = f"{'Utelämnade' if left_out else page.measure.case.many.capitalize()}, {period_in_words(result)}"
    table = case_table(CaseQuery(page.engine, asked, population), caption=caption, order=request.GET.getlist("sort"))
    show_page(table, request.GET.get("page"), rows=_ROWS_A_PAGE)
    rows = [row.record for row in table.paginated_rows]
    _log(page, request, asked, CasePurpose.LEFT_OUT if left_out else CasePurpose.CASES, keys_of(rows))
    shown = {
        "page": page,
        "place": page.place,
        "switches": switches_of(page.place, page.view, code=page.measure.code),
        "result": result,
        "table": table,
        "left_out": left_out,
        "excluded": excluded_sheet(page, result),
        "form": SelectionForm(request.GET, page=page),
    }
    return render(request, "reporting/measure_cases.html", shown)


@transaction.atomic
def _file(request: UserRequest, page: MeasurePage, population: Population, ending: str) -> HttpResponse:
    """Answer with all the cases as a file, logged in the same transaction."""
    asked = page.question.request(page.place.year, by=())
    rows = CaseQuery(page.engine, asked, population)[:]
    headings = shown_columns(page.measure, population)
    words = Wording(page.engine, page.measure)
    sheet = Sheet(
        f"{page.measure.code}-{'utelamnade' if population == 'out' else 'arenden'}",
        page.measure.name,
        tuple(Column(heading) for heading in headings.values()),
        tuple(Row(tuple(Cell(words.in_row(name, row), _amount(name, row)) for name in headings)) for row in rows),
    )
    answer = answer_with_file(sheet, ending)
    _log(page, request, asked, CasePurpose.EXPORT, keys_of(rows))
    return answer


def _amount(name: str, row: Mapping[str, Any]) -> object:
    """Return the number that a file is to hold where the page words it with thousands and unit; None elsewhere."""
    return row[name] if name in {"amount", "units"} else None


@with_place
def measure_cases(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """List the cases that the figure counts."""
    return _list(request, _case_page(request, place, code, "measure_cases"), "in")


@with_place
def measure_left_out(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """List the cases that were left out, with the reason of each."""
    return _list(request, _case_page(request, place, code, "measure_left_out"), "out")


@with_place
def measure_cases_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the cases that the figure counts."""
    return _file(request, _case_page(request, place, code, "measure_cases"), "in", ending)


@with_place
def measure_left_out_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the cases that were left out."""
    return _file(request, _case_page(request, place, code, "measure_left_out"), "out", ending)
