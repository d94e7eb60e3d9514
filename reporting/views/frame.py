"""What every page of a measure shows around its own content, and its chart handed out as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from committees.middleware import UserRequest
from reporting.views.charts import Chart
from reporting.views.measure_page import MeasurePage
from reporting.views.selection import SelectionForm
from reporting.views.sheets import answer_with_drawing
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


def drawing_of(name: str, chart: Chart | None) -> HttpResponse:
    """Return the chart as an SVG file; Http404 when there is nothing to draw."""
    if chart is None:
        raise Http404("Det finns inget diagram att hämta här. Tabellen kan hämtas som csv, xlsx eller json.")
    return answer_with_drawing(name, chart.wide)
