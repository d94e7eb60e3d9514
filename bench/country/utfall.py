"""Our own answers: every measure as `measure CODE --snapshot DIR… --by kommun` computes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.country.model import Answers, Country, Numbers
from reporting.figures.computing import compute_many
from reporting.figures.model import Figure, PartFigure, Result
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.measures.inner import Summary
from reporting.measures.model import Kind
from reporting.snapshots.engine import Engine
from reporting.snapshots.folder import SnapshotFolder

_SPLIT = "kommun"


def figures(country: Country, years: Sequence[int]) -> Answers:
    """Return every measure for each year by municipality; the folders are checked against their manifests first."""
    engine = Engine.open(SnapshotFolder.open_all([folder for _, folder in country.folders]))
    asked = [request(measure, year=year, by=[_SPLIT]) for year in years for measure in measures()]
    answers: Answers = {year: {} for year in years}
    for result in compute_many(engine, asked):
        answers[result.period.start.year][result.measure.code] = _by_municipality(result)
    engine.close()
    return answers


def _by_municipality(result: Result) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {}
    for figure in result.groups:
        code = figure.key[_SPLIT]
        if code is None:
            raise ValueError(f"{result.measure.code} has a case without municipality")
        found.setdefault(code, {}).update(_numbers(result, figure))
    return found


def _numbers(result: Result, figure: Figure) -> Iterator[tuple[str, float | None]]:
    """Name the numbers of a figure as the package's text does."""
    measure = result.measure
    if measure.kind is Kind.DISTRIBUTION:
        yield from ((str(figure.key["category"]), figure.numerator), ("denominator", figure.denominator))
    elif measure.kind is Kind.PARTS:
        yield from _parts(figure)
    elif measure.duration and measure.duration.summary is Summary.INCIDENCE:
        yield "denominator", figure.denominator
        for day, share in figure.parts.items():
            yield from ((day, share.value), (f"{day}.numerator", share.numerator))
            yield f"{day}.at_risk", _number(share, "at_risk")
    elif measure.duration:
        yield from figure.extra.items()
        within = next(iter(figure.within.values()))
        yield from (("within", within.numerator), ("within.of", within.denominator))
    else:
        yield from (("numerator", figure.numerator), ("denominator", figure.denominator))


def _parts(figure: Figure) -> Iterator[tuple[str, float | None]]:
    for name, part in figure.parts.items():
        yield name, part.numerator
        if part.denominator is not None:
            yield f"{name}.of", part.denominator


def _number(part: PartFigure, name: str) -> float | None:
    value = part.extra[name]
    return value if isinstance(value, int | float) else None
