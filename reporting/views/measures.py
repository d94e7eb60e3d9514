"""The pages of a measure: how it has gone and how it is counted; and the list of all measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from reporting.charts.measure_series import Beside
from reporting.comparison.selectors import Comparison
from reporting.documents.parts import TargetPart
from reporting.figures.computing import compute_many
from reporting.figures.model import Result
from reporting.figures.sentences import sentence, uncertainty
from reporting.measures.catalogue import measures
from reporting.snapshots.engine import engine_for
from reporting.views.charts import years_chart
from reporting.views.course import (
    STRETCH_TABLES,
    Stretch,
    beside,
    course_of,
    history_sheet,
    month_by_month,
    moves_of,
)
from reporting.views.frame import caption_of, drawing_of, frame_of
from reporting.views.indicators import targets_of
from reporting.views.measure_page import CHART_FILES, MeasurePage, page_of, with_place
from reporting.views.measure_tables import SUBJECTS, excluded_sheet, list_sheet, series_sheet
from reporting.views.method import method_of
from reporting.views.peers import peers_of, peers_sheet
from reporting.views.place import Place, home_place
from reporting.views.question import Question
from reporting.views.sheets import answer_with_document, answer_with_file
from reporting.views.switches import switches_of


@require_GET
def measure_home(request: UserRequest) -> HttpResponse:
    """Send the reader to the measures of their own committees."""
    place = home_place(request)
    if place is None:
        return render(request, "reporting/no_snapshot.html")
    return redirect(place.url("measure_list"))


@with_place
def measure_list(request: UserRequest, place: Place) -> HttpResponse:
    """List every measure with the year's figure, or only the definitions for who has no role in the committee."""
    results: dict[str, Result] = {}
    if place.scope:
        questions = [Question(measure, None, (), {}, place.scope) for measure in measures()]
        found = compute_many(engine_for(place.snapshot), [question.request(place.year) for question in questions])
        results = {result.measure.code: result for result in found}
    sheets = [
        list_sheet(place, subject, [measure for measure in measures() if measure.subject == subject], results)
        for subject in SUBJECTS
        if any(measure.subject == subject for measure in measures())
    ]
    shown = {"place": place, "sheets": sheets, "switches": switches_of(place, "measure_list")}
    return render(request, "reporting/measure_list.html", shown)


def _years(page: MeasurePage) -> list[Result]:
    return compute_many(page.engine, [page.question.request(year, by=()) for year in page.years])


def _around(
    page: MeasurePage, results: list[Result], targets: Mapping[int, TargetPart], peers: Sequence[Comparison]
) -> Beside:
    return beside(page, [result.request for result in results], targets.get(page.place.year), peers)


@with_place
def measure_series(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """Show how the measure has gone over the years."""
    page = page_of(request, place, code, "measure", place.scope)
    results, targets, peers = _years(page), targets_of(page), peers_of(page)
    around = _around(page, results, targets, peers)
    said = sentence(results)
    chart = years_chart(page, results, around, told=said)
    shown = {
        **frame_of(request, page),
        "result": results[-1],
        "said": said,
        "uncertainty": uncertainty(results[-1].total),
        "chart": chart,
        "sheet": series_sheet(page, results, targets),
        "history": history_sheet(page, around.history),
        "moves": moves_of(page, around.handovers),
        "months": month_by_month(page),
        "course": course_of(page),
        "peers": [peers_sheet(page, found, results) for found in peers],
        "excluded": excluded_sheet(page, results[-1]),
        "files": page.files(),
        "chart_files": page.chart_files,
    }
    return render(request, "reporting/measure_series.html", shown)


@with_place
def measure_series_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the table of the years as a file."""
    page = page_of(request, place, code, "measure", place.scope)
    results = _years(page)
    if ending in CHART_FILES:
        around = _around(page, results, targets_of(page), peers_of(page))
        chart = years_chart(page, results, around, told=sentence(results), linked=False)
        return drawing_of(f"{page.measure.code}-utveckling", chart, caption_of(page, results, beside=around), ending)
    sheet = series_sheet(page, results, targets_of(page))
    if ending == "json":
        return answer_with_document(sheet.name, [result.as_json() for result in results])
    return answer_with_file(sheet, ending)


@with_place
def measure_months_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the months, as a drawing or as the table behind it."""
    page = page_of(request, place, code, "measure", place.scope)
    return _stretch_file(month_by_month(page), ending)


@with_place
def measure_course_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the course of a duration, as a drawing or as the table behind it."""
    page = page_of(request, place, code, "measure", place.scope)
    return _stretch_file(course_of(page), ending)


def _stretch_file(found: Stretch | None, ending: str) -> HttpResponse:
    if found is None or ending not in {*CHART_FILES, *STRETCH_TABLES}:
        raise Http404("Det finns inget sådant diagram eller sådan tabell att hämta här.")
    if ending in CHART_FILES:
        return drawing_of(found.sheet.name, found.chart, found.captioned(), ending)
    return answer_with_file(found.sheet, ending)


@with_place
def measure_method(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """Show how the measure is counted, in words and as the SQL that is run. Open to everyone who can log in."""
    page = page_of(request, place, code, "measure_method", place.scope or place.whole)
    shown = {**frame_of(request, page), **method_of(page)}
    return render(request, "reporting/measure_method.html", shown)
