"""How judged rows become figures, by the kind of the measure.

Each kind names the sums it needs over a group of rows (`aggregates`) and makes figures of them. A group's sums come as a
mapping from those names to values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reporting.figures.durations import duration_sums, numbers_of
from reporting.figures.intervals import wilson
from reporting.figures.model import CATEGORY, Figure, PartFigure
from reporting.figures.parts import figures_of_parts, part_sums
from reporting.measures.dimensions import Dimension
from reporting.measures.inner import Count, Counting
from reporting.measures.model import Kind, Measure

Sums = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """One group of a split with the sums over its rows; `by_category`: the same within each category of a distribution.

    `adds_up`: whether the groups of the split make the total (see the function of that name).
    """

    key: Mapping[str, str | None]
    sums: Sums
    by_category: Mapping[str, Sums]
    adds_up: bool = False


ENROLMENT = "enrolment"
"""The column that names the enrolment that a row is a month of."""

_CASES = "count(*) FILTER (in_population)"
_MET = "count(*) FILTER (in_population AND met)"
_PERSONS = "count(DISTINCT person_key) FILTER (in_population)"
_PAID_PERSONS = "count(DISTINCT person_key) FILTER (in_population AND units > 0)"


def aggregates(measure: Measure) -> dict[str, str]:
    """Return the sums a measure needs, as name → SQL over the columns of `judged` in one municipality.

    A key stands for the same person, enrolment or result only there. Where a case is a person, no person has two rows.
    """
    sums = _sums_of(measure)
    if measure.case_is_person:
        return {name: sql.replace("count(DISTINCT person_key)", "count(*)") for name, sql in sums.items()}
    return sums


def _sums_of(measure: Measure) -> dict[str, str]:
    if measure.kind is Kind.RATIO:
        return {
            "amount": "round(fsum(amount) FILTER (in_population), 4)",
            "denominator": _ratio_denominator(measure),
            "persons": _PAID_PERSONS,
        }
    if measure.kind is Kind.DISTRIBUTION:
        return {"denominator": _CASES, "persons": _PERSONS}
    if measure.duration:
        return duration_sums(measure.duration)
    if measure.kind is Kind.PARTS:
        return part_sums(measure.parts) | {"persons": _PERSONS}
    return {"numerator": _MET, "denominator": _CASES, "persons": _PERSONS} | part_sums(measure.parts)


def rows_that_count(measure: Measure) -> str:
    """Return how many rows make a group one of a split, as SQL: those in the population, of a duration those with days."""
    return "count(days)" if measure.duration else _CASES


def _ratio_denominator(measure: Measure) -> str:
    if measure.distinct == "units":
        return "sum(units) FILTER (in_population)"
    if measure.distinct == "persons":
        return _PAID_PERSONS
    return f"len(list_distinct(flatten(list({measure.distinct}) FILTER (in_population))))"


def adds_up(measure: Measure, by: Sequence[str], *, cases_stand_once: bool) -> bool:
    """Return whether the groups of the split add up to the total, numerator and denominator both.

    A split where a case can stand in several groups never does. Distinct persons do only when split by what is the same for a
    person in every row, distinct enrolments also by what is the same in all the months of one, distinct results by all but the
    activities.
    """
    if measure.distinct in {"", "units"} or not by:
        return cases_stand_once
    fixed = {Dimension.SEX, Dimension.GROUND, Dimension.MUNICIPALITY}
    if measure.distinct != "persons":
        fixed |= {Dimension.UNIT, Dimension.REFERRER}
    if measure.distinct not in {"persons", ENROLMENT}:
        fixed |= {Dimension.COMMITTEE, Dimension.AGE, Dimension.NEWLY_ARRIVED, Dimension.YEAR, Dimension.MONTH}
    return cases_stand_once and set(by) <= fixed


def figures_of(measure: Measure, groups: Sequence[Group], population: Callable[[Group], int | None]) -> list[Figure]:
    """Return the figures of the groups, a distribution's with one for each category.

    `population` gives the adults that a count is a part of, or the inhabitants that a ratio's amount is divided by beside its own
    denominator; None where they are not known or not asked for.
    """
    if measure.kind is Kind.DISTRIBUTION:
        shares = [(group, category.code) for group in groups for category in measure.categories]
        ends = wilson(
            [
                (_number(group.by_category.get(code, {}), "denominator"), _number(group.sums, "denominator"))
                for group, code in shares
            ]
        )
        return [_category(group, code, *interval) for (group, code), interval in zip(shares, ends, strict=True)]
    if measure.kind is Kind.RATIO:
        return [_ratio(measure, group, population) for group in groups]
    if measure.duration:
        numbers = numbers_of(measure.duration, [group.sums for group in groups])
        return [_with_inner(group, told) for group, told in zip(groups, numbers, strict=True)]
    if measure.kind is Kind.PARTS:
        return _several(measure, groups)
    ends = wilson([(_number(group.sums, "numerator"), _number(group.sums, "denominator")) for group in groups])
    if measure.kind is Kind.COUNT:
        return [_count(group, population(group), *interval) for group, interval in zip(groups, ends, strict=True)]
    plain = [_share(group, *interval) for group, interval in zip(groups, ends, strict=True)]
    return [replace(share, parts=parts) for share, parts in zip(plain, _parts_of(measure, groups), strict=True)]


def total_of(measure: Measure, group: Group, population: Callable[[Group], int | None]) -> Figure:
    """Return the total: the whole population. A distribution's is all its cases, whatever their category."""
    if measure.kind is not Kind.DISTRIBUTION:
        return figures_of(measure, [group], population)[0]
    cases = _number(group.sums, "denominator")
    return _figure(group, group.sums, cases, cases, value=_percent(cases, cases))


def _several(measure: Measure, groups: Sequence[Group]) -> list[Figure]:
    """The figures with their parts inside; the first part stands as the value."""
    figures = []
    for group, parts in zip(groups, _parts_of(measure, groups), strict=True):
        first = parts[measure.parts[0].name]
        values = {name: getattr(first, name) for name in ("numerator", "denominator", "value", "low", "high")}
        figures.append(_with_inner(group, {**values, "parts": parts}))
    return figures


def _parts_of(measure: Measure, groups: Sequence[Group]) -> list[dict[str, PartFigure]]:
    split = list(groups[0].key) if groups else []
    stand_once = all(group.adds_up for group in groups)

    def counted_once(count: Count) -> bool:
        counting = replace(measure, distinct=what_is_distinct(count))
        return adds_up(counting, split, cases_stand_once=stand_once)

    return figures_of_parts(measure.parts, [group.sums for group in groups], counted_once)


def what_is_distinct(count: Count) -> str:
    """Return what a part counts the different ones of, as `Measure.distinct` says it; empty where it counts cases or amounts."""
    return "persons" if count.how is Counting.PERSONS else count.key


def _with_inner(group: Group, numbers: Mapping[str, Any]) -> Figure:
    plain = _figure(group, group.sums, 0, 0, value=None)
    return replace(plain, **numbers)


def _share(group: Group, low: float | None, high: float | None) -> Figure:
    numerator, denominator = _number(group.sums, "numerator"), _number(group.sums, "denominator")
    value = _percent(numerator, denominator)
    return _figure(group, group.sums, numerator, denominator, value=value, low=low, high=high)


def _category(group: Group, code: str, low: float | None, high: float | None) -> Figure:
    sums = group.by_category.get(code, {})
    numerator, denominator = _number(sums, "denominator"), _number(group.sums, "denominator")
    labelled = Group({**group.key, CATEGORY: code}, group.sums, {}, group.adds_up)
    return _figure(labelled, sums, numerator, denominator, value=_percent(numerator, denominator), low=low, high=high)


def _count(group: Group, adults: int | None, low: float | None, high: float | None) -> Figure:
    numerator, denominator = _number(group.sums, "numerator"), _number(group.sums, "denominator")
    extra = {
        "share": _percent(numerator, denominator),
        "share_low": low,
        "share_high": high,
        "of_population": _percent(numerator, adults) if adults and denominator else None,
    }
    value = numerator if denominator else None
    return _figure(group, group.sums, numerator, denominator, value=value, extra=extra)


def _ratio(measure: Measure, group: Group, population: Callable[[Group], int | None]) -> Figure:
    amount, denominator = float(group.sums.get("amount") or 0), _number(group.sums, "denominator")
    extra: dict[str, float | None] = {}
    if measure.per_inhabitant:
        inhabitants = population(group)
        extra["per_inhabitant"] = amount / inhabitants if inhabitants and denominator else None
    value = amount / denominator if denominator else None
    return _figure(group, group.sums, amount, denominator, value=value, extra=extra)


def _figure(
    group: Group,
    flagged: Sums,
    numerator: float,
    denominator: int,
    *,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    extra: Mapping[str, float | None] | None = None,
) -> Figure:
    return Figure(
        key=group.key,
        numerator=numerator,
        denominator=denominator,
        value=value,
        low=low,
        high=high,
        persons=_number(group.sums, "persons"),
        adds_up=group.adds_up,
        flags=dict(sorted(Counter(flag for flags in flagged.get("flags") or [] for flag in flags).items())),
        extra=extra or {},
    )


def _number(sums: Sums, name: str) -> int:
    return int(sums.get(name) or 0)


def _percent(numerator: int, denominator: int) -> float | None:
    return 100 * numerator / denominator if denominator else None
