"""A measure's figure split by one or two dimensions: as bars, as a table to sort, and what may be said of the groups."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from committees.middleware import UserRequest
from reporting.figures.between import GroupComparison, between_groups, comparison_in_words
from reporting.figures.computing import compute
from reporting.figures.dimensions import label_of, makes_sense_together
from reporting.figures.keeping import workbench
from reporting.figures.model import Result
from reporting.measures.dimensions import Dimension
from reporting.snapshots.engine import Engine
from reporting.views.charts import split_chart
from reporting.views.frame import caption_of, drawing_of, frame_of
from reporting.views.measure_page import CHART_FILES, Link, MeasurePage, name_of, page_of, with_place
from reporting.views.measure_tables import split_sheet
from reporting.views.place import Place, names_in_words
from reporting.views.sheets import Sheet, answer_with_document, answer_with_file, sorted_by

SORT_PARAMETER = "sort"


def _split(page: MeasurePage) -> Result | None:
    """Return the split that the address asks for, None when it asks for none."""
    return compute(page.engine, page.question.request(page.place.year)) if page.question.by else None


def _splits(page: MeasurePage) -> list[Link]:
    """Return the dimensions the measure can be split by, as links."""
    rest = {name: values for name, values in page.question.query.items() if name != "by"}
    first = page.question.by[:1]
    names = [dimension.value for dimension in page.measure.dimensions if dimension is not Dimension.MUNICIPALITY]
    return [Link(name_of(name), page.url(query={**rest, "by": [name]}), (name,) == first) for name in names]


def _second_splits(page: MeasurePage) -> list[Link]:
    """Return the dimensions that make sense beside the first, as links; none before the first is chosen."""
    if not page.question.by:
        return []
    first, *second = page.question.by
    rest = {name: values for name, values in page.question.query.items() if name != "by"}
    links = [Link("inget mer", page.url(query={**rest, "by": [first]}), not second)]
    for dimension in page.measure.dimensions:
        if dimension is not Dimension.MUNICIPALITY and makes_sense_together(first, dimension.value):
            url = page.url(query={**rest, "by": [f"{first},{dimension.value}"]})
            links.append(Link(dimension.label, url, [dimension.value] == second))
    return links


def compared_groups(engine: Engine, result: Result) -> GroupComparison | None:
    """Return how the groups of a split stand to each other, None where that cannot be said; kept while the engine lives."""
    kept: tuple[GroupComparison | None] = workbench(engine).answers.get(
        ("groups compared", result.request), lambda: (between_groups(result),)
    )
    return kept[0]


def told_of_groups(engine: Engine, result: Result, compared: GroupComparison | None) -> str:
    """Return what may be said of the groups of a split beside each other, empty where nothing may."""
    if compared is None:
        return ""
    return comparison_in_words(compared, result, lambda value: label_of(engine, result.by[0], value))


def _sorted(request: UserRequest, page: MeasurePage, sheet: Sheet) -> Sheet:
    return sorted_by(
        sheet,
        request.GET.get(SORT_PARAMETER, ""),
        lambda order: page.url(query={**page.question.query, SORT_PARAMETER: [order]}),
    )


@with_place
def measure_split(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """Show the year's figure split by one or two dimensions."""
    page = page_of(request, place, code, "measure_split", place.scope)
    result = _split(page)
    compared = compared_groups(page.engine, result) if result else None
    said = told_of_groups(page.engine, result, compared) if result else ""
    chart = split_chart(page, result, told=said) if result else None
    shown = {
        **frame_of(request, page),
        "result": result,
        "splits": _splits(page),
        "seconds": _second_splits(page),
        "said": said,
        "chart": chart,
        "sheet": _sorted(request, page, split_sheet(page, result, compared)) if result else None,
        "files": page.files(),
        "chart_files": page.chart_files,
    }
    return render(request, "reporting/measure_split.html", shown)


@with_place
def measure_split_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the table of a split as a file."""
    page = page_of(request, place, code, "measure_split", place.scope)
    result = _split(page)
    if result is None:
        raise Http404("Välj först vad tabellen ska delas upp på.")
    if ending in CHART_FILES:
        name, chart = f"{page.measure.code}-{'-'.join(result.by)}", split_chart(page, result, linked=False)
        split = f"uppdelat på {names_in_words([name_of(one).lower() for one in result.by])}"
        return drawing_of(name, chart, caption_of(page, [result], split=split), ending)
    sheet = split_sheet(page, result, compared_groups(page.engine, result))
    if ending == "json":
        return answer_with_document(sheet.name, result.as_json())
    return answer_with_file(sheet, ending)
