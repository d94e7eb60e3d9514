"""The cases of a measure's population as something to draw from: each case once, in an order that never depends on the engine."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.figures.dimensions import check_open_values, dimensions_of, label_of
from reporting.figures.judging import condition, judged_rows
from reporting.figures.model import Request, RequestFault
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine

NO_STRATA = ""
"""What is asked for when the population is not to be divided."""


@dataclass(frozen=True)
class PopulationCase:
    """A case to draw from. `person` is the pseudonym of the person it is about, empty where it has none; `stratum` in words."""

    key: str
    person: str
    stratum: str


@dataclass(frozen=True)
class CasesToDraw:
    """The cases of a population in the order of their keys, and how many were left out since a person in them is protected."""

    cases: tuple[PopulationCase, ...]
    protected: int


def divisions_of(measure: Measure) -> tuple[Dimension, ...]:
    """Return the dimensions that divide a measure's cases into parts that do not overlap."""
    return tuple(one for one in dimensions_of(measure) if not one.fans_out and one is not Dimension.MUNICIPALITY)


def cases_to_draw(engine: Engine, request: Request, *, strata: str = NO_STRATA) -> CasesToDraw:
    """Return the cases counted by the request, by key; a case is left out when anybody in it has a protected identity.

    Raises RequestFault for a dimension that does not divide the measure's cases, and for values that are not in the snapshot.
    """
    if strata and strata not in divisions_of(request.measure):
        raise RequestFault(f"Ärendena i måttet {request.measure.code} går inte att dela upp efter ”{strata}”.")
    check_open_values(engine, request.where)
    judged = judged_rows(engine, request)
    judged.check([*(name for name, _ in request.where), *([strata] if strata else [])])
    kept, params = condition(request.where)
    part = f"min(CAST({strata} AS VARCHAR))" if strata else "NULL"
    found = judged.rows(
        f"SELECT unit_key, coalesce(min(person_key), ''), {part}, bool_or(protected)"
        f" FROM judged WHERE {kept} AND in_population GROUP BY unit_key ORDER BY unit_key",
        params,
    )
    labels = {value: label_of(engine, strata, value) for value in {row[2] for row in found}} if strata else {None: ""}
    cases = sorted(
        (PopulationCase(str(key), str(person), labels[value]) for key, person, value, hidden in found if not hidden),
        key=lambda case: case.key,
    )
    return CasesToDraw(tuple(cases), sum(1 for row in found if row[3]))
