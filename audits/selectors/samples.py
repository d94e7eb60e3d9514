"""What a sample shows: for each criterion how many cases meet it, and what that says of the whole population."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Any

from audits.enums import Mark, SampleRule
from audits.models import Sample, SampleCriterion, SampleMark
from audits.sampling import Part, exact_interval, upper_limit, weighted


@dataclass(frozen=True)
class StratumResult:
    """What one part of the sample showed on one criterion."""

    name: str
    met: int
    not_met: int
    not_applicable: int
    looked_at: int


@dataclass(frozen=True)
class CriterionResult:
    """What the sample showed on one criterion. Shares are percent (0–100) of the cases that do not meet it.

    `deviation`, `low` and `high` are for the whole population and None until every case is marked, when none is applicable, and
    when a divided sample has cases the criterion is not applicable to. `limit` is the exact one-sided upper limit of an undivided
    attribute sample, `within` whether it is at most the tolerable deviation.
    """

    criterion: SampleCriterion
    met: int
    not_met: int
    not_applicable: int
    remaining: int
    strata: tuple[StratumResult, ...]
    deviation: float | None = None
    low: float | None = None
    high: float | None = None
    limit: float | None = None
    within: bool | None = None

    @property
    def needs_parts(self) -> bool:
        """Whether it must be read part by part: the weights of a divided sample do not hold for some of its cases only."""
        return len(self.strata) > 1 and self.not_applicable > 0


@dataclass(frozen=True)
class SampleResult:
    """What a sample showed. `marked` is how many cases have a mark for every criterion."""

    criteria: tuple[CriterionResult, ...]
    marked: int


def result_of(sample: Sample) -> SampleResult:
    """Return what the sample shows so far, in three queries."""
    criteria = list(sample.criteria.all())
    counts: dict[int, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    marks_of_case: Counter[int] = Counter()
    rows = SampleMark.objects.filter(item__sample=sample).values_list(
        "item_id", "criterion_id", "item__stratum", "mark"
    )
    for item, criterion, stratum, mark in rows:
        counts[criterion][stratum][mark] += 1
        marks_of_case[item] += 1
    marked = sum(1 for number in marks_of_case.values() if number == len(criteria))
    return SampleResult(tuple(_result(sample, one, counts[one.pk]) for one in criteria), marked)


def _result(sample: Sample, criterion: SampleCriterion, counts: dict[str, Counter[str]]) -> CriterionResult:
    strata = tuple(
        StratumResult(
            name,
            counts[name][Mark.MET],
            counts[name][Mark.NOT_MET],
            counts[name][Mark.NOT_APPLICABLE],
            counts[name].total(),
        )
        for name in sample.parameters["strata"]
    )
    met = sum(one.met for one in strata)
    not_met = sum(one.not_met for one in strata)
    not_applicable = sum(one.not_applicable for one in strata)
    remaining = sample.size - sum(one.looked_at for one in strata)
    result = CriterionResult(criterion, met, not_met, not_applicable, remaining, strata)
    return replace(result, **_said_of_all(sample, result))


def _said_of_all(sample: Sample, found: CriterionResult) -> dict[str, Any]:
    """Return what is said of the whole population: nothing before every case is looked at."""
    applicable = found.met + found.not_met
    if found.remaining or not applicable:
        return {}
    confidence = sample.parameters["confidence"]
    if len(found.strata) > 1:
        if found.not_applicable:
            return {}
        cases = sample.parameters["strata"]
        parts = [Part(one.name, cases[one.name]["cases"], one.looked_at, one.not_met) for one in found.strata]
        share, low, high = weighted(parts, confidence=confidence)
        return {"deviation": share * 100, "low": low * 100, "high": high * 100}
    population = None if found.not_applicable else sample.population_size
    low, high = exact_interval(found.not_met, applicable, confidence=confidence, population=population)
    said: dict[str, Any] = {"deviation": 100 * found.not_met / applicable, "low": low * 100, "high": high * 100}
    if sample.rule == SampleRule.ATTRIBUTE:
        limit = upper_limit(found.not_met, applicable, confidence=confidence, population=population)
        said |= {"limit": limit * 100, "within": limit <= sample.parameters["tolerable"] + 1e-9}
    return said
