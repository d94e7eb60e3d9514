"""Publications to protect: counted here from a list of cases, with the measures of the catalogue, without a database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from reporting.figures.model import Figure, Period, Result
from reporting.figures.requests import request
from reporting.measures.model import Kind

Case = Mapping[str, str]
Key = Mapping[str, str | None]

AS_OF = dt.date(2025, 1, 31)


def is_work_or_study(case: Case) -> bool:
    """Whether the exit is of category A or B."""
    return case["category"] in {"A", "B"}


def result(
    cases: Sequence[Case],
    code: str = "work_or_study_at_exit",
    *,
    by: Sequence[str] = (),
    met: Callable[[Case], bool] = is_work_or_study,
    variant: str | None = None,
    period: Period | None = None,
    where: Mapping[str, str] | None = None,
    excluded: Mapping[str, int] | None = None,
) -> Result:
    """Count the cases as the product would: a total, a group for each value that has cases, a figure for each category."""
    asked = request(code, period=period or Period.year(2023), variant=variant, by=by, where=where or {})
    kept = [case for case in cases if all(case[name] == value for name, value in (where or {}).items())]
    own: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for case in kept if by else ():
        own[tuple(case[name] for name in by)].append(case)
    groups: list[Figure] = []
    for values, members in sorted(own.items()):
        key = dict(zip(by, values, strict=True))
        groups += _figures(asked.measure.kind, [c.code for c in asked.measure.categories], key, members, met)
    if not by and asked.measure.kind is Kind.DISTRIBUTION:
        groups = _figures(asked.measure.kind, [c.code for c in asked.measure.categories], {}, kept, met)
    total = _figure({}, len(kept) if asked.measure.kind is Kind.DISTRIBUTION else sum(map(met, kept)), len(kept))
    return Result(asked, AS_OF, ("0" * 64,), tuple(groups), total, dict(excluded or {}))


def with_persons(figure: Figure, persons: int) -> Figure:
    """Return the figure with another number of persons."""
    return replace(figure, persons=persons)


def _figures(
    kind: Kind, categories: Sequence[str], key: Key, cases: Sequence[Case], met: Callable[[Case], bool]
) -> list[Figure]:
    if kind is not Kind.DISTRIBUTION:
        return [_figure(key, sum(map(met, cases)), len(cases))]
    counts = {code: sum(case["category"] == code for case in cases) for code in categories}
    return [_figure({**key, "category": code}, count, len(cases)) for code, count in counts.items()]


def _figure(key: Key, numerator: int, denominator: int) -> Figure:
    value = 100 * numerator / denominator if denominator else None
    return Figure(key, numerator, denominator, value, low=0.0, high=100.0, persons=denominator, extra={"share": value})
