"""What every page of a measure shows around its own content, and its chart handed out as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse

from committees.middleware import UserRequest
from reporting.charts.canvas import Caption
from reporting.charts.measure_series import ALONE, Beside
from reporting.figures.model import Result
from reporting.views.charts import Chart
from reporting.views.measure_page import MeasurePage
from reporting.views.selection import SelectionForm
from reporting.views.sheets import answer_with_drawing, answer_with_picture
from reporting.views.switches import switches_of


def frame_of(request: UserRequest, page: MeasurePage) -> dict[str, Any]:
    """Return what every page of a measure shows."""
    return {
        "page": page,
        "place": page.place,
        "switches": switches_of(page.place, page.view, code=page.measure.code),
        "form": SelectionForm(request.GET, page=page),
        "case_filter": None,
        "narrowed": [],
    }


def drawing_of(name: str, chart: Chart | None, caption: Caption, ending: str) -> HttpResponse:
    """Return the chart with its caption inside as an SVG or PNG file; Http404 when there is nothing to draw."""
    if chart is None or chart.drawn is None:
        raise Http404("Det finns inget diagram att hämta här. Tabellen kan hämtas som csv, xlsx eller json.")
    canvas = chart.drawn()
    canvas.put_caption(caption)
    if ending == "png":
        return answer_with_picture(name, canvas.png())
    heading, told = chart.words
    return answer_with_drawing(name, canvas.svg(alternative=heading, told=told))


def caption_of(page: MeasurePage, results: Sequence[Result], *, split: str = "", beside: Beside = ALONE) -> Caption:
    """Return what a chart of the results says of itself in a file: what is counted, of whom and when, and by whom."""
    first, last = results[0].period, results[-1].period
    years = last.label() if first == last else f"{first.label()}–{last.label()}"
    counted = [page.variant_label] if page.variants else []
    selected = [page.place.name, years, *counted, *page.selection_in_words]
    told = ["kommunens egna uppgifter"]
    told += sorted({known.source for known in beside.history if known.source})
    told += ["Kolada"] if beside.peers or beside.country else []
    source = [f"Källa: {', '.join(told)}", f"Definition: {page.measure.source}"]
    if any(figure.suppressed for result in results for figure in (result.total, *result.groups)):
        source.append("Det som är markerat med .. är dolt för att det gäller få personer")
    return Caption(
        ", ".join(filter(None, (page.measure.name, split))), ". ".join(selected), ". ".join([*source, ""]).strip()
    )
