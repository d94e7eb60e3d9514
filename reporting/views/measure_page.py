"""What all pages of a measure share: the place, the question, the tabs, the choices of variant and selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from committees.permissions import Permission, Scope
from committees.views.guards import refuse
from reporting.figures.dimensions import label_of
from reporting.figures.model import CATEGORY, Figure, RequestFault
from reporting.measures.catalogue import UnknownMeasure
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine, engine_for
from reporting.snapshots.faults import SnapshotFault
from reporting.views.place import Place, place_of
from reporting.views.question import NOT_KNOWN, Question, question_of

SERIES_YEARS = 5
TABLE_FILES = ("csv", "xlsx", "json")
CHART_FILES = ("png", "svg")
"""The files of a page by their endings: of its table and of its chart."""


@dataclass(frozen=True)
class Link:
    """A link of a page: a tab, a variant, a dimension."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class MeasurePage:
    """One page of a measure for a reader who has the committee's figures."""

    place: Place
    measure: Measure
    question: Question
    view: str

    @cached_property
    def engine(self) -> Engine:
        """The engine of the place's snapshot."""
        return engine_for(self.place.snapshot)

    def url(
        self,
        view: str = "",
        *,
        query: Mapping[str, object] | None = None,
        year: int | None = None,
        ending: str = "",
    ) -> str:
        """Return the address of this or another page of the measure, with the same question unless `query` is given."""
        asked = self.question.query if query is None else query
        return self.place.url(view or self.view, code=self.measure.code, year=year, query=asked, ending=ending)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the series, the page's own last."""
        return tuple(range(self.place.year - SERIES_YEARS + 1, self.place.year + 1))

    @property
    def tabs(self) -> list[Link]:
        """The measure's pages that this reader may open."""
        query = {name: values for name, values in self.question.query.items() if name != "by"}
        split = {**query, "by": ["insats"]} if "insats" in self.measure.dimensions else query
        tabs = [("measure", "Utveckling", query), ("measure_split", "Uppdelning", split)]
        if self.place.case_scope:
            case_noun = self.measure.case.many.capitalize()
            tabs += [("measure_cases", case_noun, query), ("measure_left_out", "Utelämnade", query)]
        tabs.append(("measure_method", "Så räknas måttet", query))
        return [Link(label, self.url(view, query=asked), view == self.view) for view, label, asked in tabs]

    def cases_url(
        self,
        group: Figure | None = None,
        *,
        year: int | None = None,
        narrowed: Mapping[str, str] | None = None,
        left_out: bool = False,
    ) -> str:
        """Return the address of the cases behind a total or a group, `narrowed` by columns; empty for who may not see them."""
        if self.place.case_scope is None:
            return ""
        rest = {name: values for name, values in self.question.query.items() if name != "by"}
        key = {} if group is None else group.key
        chosen = {name: [value or NOT_KNOWN] for name, value in key.items() if name in self.question.by}
        category = key.get(CATEGORY)
        column = {CATEGORY: category} if category else {}
        query = {**rest, **chosen, **column, **(narrowed or {})}
        return self.url("measure_left_out" if left_out else "measure_cases", year=year, query=query)

    @property
    def list_url(self) -> str:
        """The address of all measures of the place."""
        return self.place.url("measure_list")

    @property
    def method_url(self) -> str:
        """The address of how the measure is counted."""
        return self.url("measure_method")

    @property
    def cleared_url(self) -> str:
        """The address of this page without the selection."""
        return self.url(
            query={name: self.question.query[name] for name in ("variant", "by") if name in self.question.query}
        )

    def files(self, narrowed: Mapping[str, object] | None = None) -> list[Link]:
        """Return the files that hold the table of this page."""
        return self._files(TABLE_FILES, {**self.question.query, **(narrowed or {})})

    @property
    def chart_files(self) -> list[Link]:
        """The files that hold the chart of this page."""
        return self._files(CHART_FILES, self.question.query)

    def files_of(self, view: str, endings: Sequence[str]) -> list[Link]:
        """Return the files with those endings of a part of the page that has an address of its own."""
        return [Link(ending.upper(), self.url(view, ending=ending)) for ending in endings]

    def _files(self, endings: Sequence[str], query: Mapping[str, object]) -> list[Link]:
        return [Link(ending.upper(), self.url(f"{self.view}_file", query=query, ending=ending)) for ending in endings]

    @property
    def variants(self) -> list[Link]:
        """The ways to count, as links to this page; none when there is only one."""
        if len(self.measure.variant_names) < 2:
            return []
        asked = self.question.variant or self.question.request(self.place.year).variant
        rest = {name: values for name, values in self.question.query.items() if name != "variant"}
        return [
            Link(self.measure.variant_label(name), self.url(query={**rest, "variant": [name]}), name == asked)
            for name in self.measure.variant_names
        ]

    @property
    def variant_label(self) -> str:
        """The way of counting in words."""
        return self.measure.variant_label(self.question.variant or self.question.request(self.place.year).variant)

    @property
    def selection_in_words(self) -> list[str]:
        """What the reader has narrowed the figures to: "Kön: Kvinna"."""
        return [
            f"{name_of(name)}: {', '.join(label_of(self.engine, name, value) for value in values)}"
            for name, values in self.question.selection.items()
        ]


def name_of(dimension: str) -> str:
    """Return a dimension's Swedish heading."""
    return Dimension(dimension).label


PlaceView = Callable[..., HttpResponse]


def with_place(view: PlaceView) -> Callable[..., HttpResponse]:
    """Decorate a view of a place: it gets the Place, or the reader a page that says what is missing or wrong.

    A RequestFault becomes 404 with its words, a SnapshotFault a page of its own.
    """

    @require_GET
    @wraps(view)
    def answered(request: UserRequest, committees: tuple[str, ...], year: int, **kwargs: Any) -> HttpResponse:
        place = place_of(request, committees, year)
        if place is None:
            return render(request, "reporting/no_snapshot.html")
        try:
            return view(request, place, **kwargs)
        except RequestFault as fault:
            raise Http404(str(fault)) from fault
        except SnapshotFault as fault:
            return render(request, "reporting/source_fault.html", {"fault": str(fault)}, status=500)

    return answered


def measure_of(code: str) -> Measure:
    """Return the measure; Http404, naming those that exist, when there is none."""
    try:
        return measure_named(code)
    except UnknownMeasure as unknown:
        raise Http404(str(unknown)) from unknown


def page_of(request: HttpRequest, place: Place, code: str, view: str, scope: Scope | None) -> MeasurePage:
    """Return the page that the request asks for within the scope. Raises PermissionDenied when there is none."""
    measure = measure_of(code)
    if scope is None:
        raise refuse(Permission.SEE_FIGURES)
    return MeasurePage(place, measure, question_of(measure, request.GET, scope), view)
