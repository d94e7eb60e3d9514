"""What is late: follow-ups, plans, reviews and people waiting on the last day looked at, by unit, each leading to its cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from reporting.figures.dimensions import label_of
from reporting.figures.model import Figure, Period, Request, RequestFault, Result
from reporting.figures.narrowing import NO, YES
from reporting.figures.swedish import date_long, number
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.dimensions import Dimension
from reporting.measures.swedish_dates import MONTHS
from reporting.snapshots.engine import Engine
from reporting.views.place import Place
from reporting.views.question import Question
from reporting.views.sheets import Cell, Column, Row, Sheet


@dataclass(frozen=True)
class _Watched:
    """A measure whose cases on one side are late. `late`: YES when those that count are the late ones, NO when the others are."""

    code: str
    what: str
    late: str
    last_month: bool = False


_WATCHED = (
    _Watched("follow_up_compliance", "Utan uppföljning i {month}", NO, last_month=True),
    _Watched("plan_coverage", "Utan giltig genomförandeplan", NO),
    _Watched("six_month_review", "Utan sexmånadersprövning", YES),
    _Watched("long_sick_leave", "Sjuka längre än en månad", YES),
    _Watched("establishment_overdue", "Mer än två år i etablering", YES),
    _Watched("low_hours", "Under sex timmar i veckan", YES),
    _Watched("need_without_activity", "Behov av insats men ingen insats", YES),
)


def requests_of_late(place: Place) -> list[Request]:
    """Return a request by unit for each measure that watches; what this reader's role cannot ask is left out."""
    if place.scope is None:
        return []
    found = []
    for watched in _WATCHED:
        measure = measure_named(watched.code)
        if Dimension.UNIT not in measure.dimensions:
            continue
        selection = {"manad": (_last_month(place),)} if watched.last_month else {}
        try:
            found.append(Question(measure, None, ("enhet",), selection, place.scope).request(place.year))
        except (RequestFault, PermissionDenied):
            continue
    return found


def _last_month(place: Place) -> str:
    return f"{place.year}-12"


def late_sheet(place: Place, engine: Engine, results: Sequence[Result]) -> Sheet:
    """Return how many are late of what, and where; `results` answer `requests_of_late`. What nobody is late with is left out."""
    watched = {one.code: one for one in _WATCHED}
    found = [(watched[result.measure.code], result) for result in results]
    late = [(one, result, _late(one, result.total)) for one, result in found]
    rows = [
        Row(
            (
                Cell(one.what.format(month=MONTHS[11])),
                Cell(number(count), count, link=_cases(place, one)),
                Cell(number(result.total.denominator), result.total.denominator),
                Cell(_where(engine, one, result)),
            )
        )
        for one, result, count in late
        if count
    ]
    day = date_long(Period.year(place.year).end)
    columns = (
        Column("Vad", numeric=False),
        Column("Antal"),
        Column("Av"),
        Column("Var", numeric=False),
    )
    return Sheet("forsenat", f"Försenat eller utan insats, {day}", columns, tuple(rows))


def _late(watched: _Watched, figure: Figure) -> int:
    """Return how many of a figure's cases are late; none of a figure that is hidden."""
    met, every = int(figure.numerator or 0), int(figure.denominator or 0)
    return met if watched.late == YES else every - met


def _where(engine: Engine, watched: _Watched, result: Result) -> str:
    """Return the units with anybody late, most first: "Arbetsmarknadsenheten 12, Integrationsenheten 5"."""
    counts = [(_late(watched, group), label_of(engine, "enhet", group.key["enhet"])) for group in result.groups]
    return ", ".join(f"{name} {number(count)}" for count, name in sorted(counts, key=lambda one: -one[0]) if count)


def _cases(place: Place, watched: _Watched) -> str:
    if place.case_scope is None:
        return ""
    query: Mapping[str, object] = {"met": watched.late}
    if watched.last_month:
        query = {**query, "manad": [_last_month(place)]}
    return place.url("measure_cases", code=watched.code, query=query)
