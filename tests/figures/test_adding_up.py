"""The figure, its splits and the list of cases behind it are the same rows, for every measure, variant and split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations

import pytest

from reporting.figures.cases import PROTECTED, case_rows
from reporting.figures.computing import compute, compute_many
from reporting.figures.dimensions import checked_split, dimensions_of
from reporting.figures.model import CATEGORY, Figure, Request, RequestFault, Result
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.measures.inner import Counting
from reporting.measures.model import Kind, Measure
from reporting.snapshots.engine import Engine
from tests.figures.town import town

YEAR = 2023
QUESTIONS = [(measure, variant) for measure in measures() for variant in measure.variant_names]
SENSELESS = ({"ar", "manad"}, {"insats", "utforare"})
SPLITS = [(measure, dimension.value) for measure in measures() for dimension in dimensions_of(measure)]


SEEN_IN_THE_TOWN = (
    *("application_to_decision", "referral_lead_time", "sfi_reach", "participants", "budget_outcome"),
    *("cost_per_participant", "cost_per_participant_day", "cost_per_result", "exit_results", "long_term_support"),
    *("not_returned_within_year", "sfi_dropout", "sfi_dropout_reasons", "sfi_not_started"),
    *("study_at_exit", "work_at_exit", "work_or_study_at_exit"),
)


def _id(value: object) -> str:
    return value.code if isinstance(value, Measure) else str(value)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return town()


def _cases(engine: Engine, question: Request) -> list[dict[str, object]]:
    table = case_rows(engine, question)
    assert table.total == len(table.rows)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _number(value: object) -> float:
    return float(value) if isinstance(value, bool | int | float | Decimal) else 0.0


def _denominator_of_ratio(measure: Measure, rows: Iterable[Mapping[str, object]]) -> float:
    """Participant-days are added; persons and results are counted once each."""
    open_rows = [row for row in rows if row["unit_key"] != PROTECTED and row["units"]]
    protected = sum(_number(row["units"]) for row in rows if row["unit_key"] == PROTECTED)
    if measure.code == "cost_per_participant_day":
        return protected + sum(_number(row["units"]) for row in open_rows)
    if measure.code == "cost_per_participant":
        return protected + len({row["person_key"] for row in open_rows})
    return protected + len({str(row["unit_key"]).split("/", maxsplit=1)[0] for row in open_rows})


def _sum(rows: Iterable[Mapping[str, object]], column: str) -> float:
    return sum(_number(row[column]) for row in rows if row["in_population"])


@pytest.mark.parametrize("code", SEEN_IN_THE_TOWN)
def test_the_town_has_cases_to_add_up(engine: Engine, code: str) -> None:
    total = compute(engine, request(code, year=YEAR)).total
    assert total.denominator or total.numerator


@pytest.mark.parametrize(("measure", "variant"), QUESTIONS, ids=_id)
def test_the_list_of_cases_adds_up_to_the_figure(engine: Engine, measure: Measure, variant: str) -> None:
    question = request(measure, year=YEAR, variant=variant)
    result, rows = compute(engine, question), _cases(engine, question)
    listed = [row for row in rows if row["unit_key"] != PROTECTED]
    left_out = Counter(str(row["reason"]) for row in listed if not row["in_population"])
    protected_left_out = sum(
        _number(row["units"]) - _number(row["in_population"])
        for row in rows
        if row["unit_key"] == PROTECTED and measure.kind is not Kind.RATIO
    )
    assert sum(count or 0 for count in result.excluded.values()) == left_out.total() + protected_left_out
    if measure.kind is Kind.RATIO:
        assert _sum(rows, "amount") == pytest.approx(result.total.numerator)
        assert _denominator_of_ratio(measure, rows) == result.total.denominator
        return
    if measure.duration:
        _assert_durations_add_up(measure, rows, result.total)
        return
    if measure.kind is Kind.PARTS:
        _assert_parts_add_up(measure, rows, result.total)
        return
    assert sum(_number(row["in_population"]) for row in rows) == result.total.denominator
    if measure.kind is Kind.DISTRIBUTION:
        categories = Counter(row["category"] for row in listed if row["in_population"])
        assert all(categories[figure.key[CATEGORY]] <= (figure.numerator or 0) for figure in result.groups)
        assert sum(figure.numerator or 0 for figure in result.groups) == result.total.denominator
    else:
        assert _sum(rows, "met") == result.total.numerator


def _assert_durations_add_up(measure: Measure, rows: list[dict[str, object]], total: Figure) -> None:
    """The protected are one row without days, so that the listed ones may be fewer than the figure by as many."""
    protected = sum(_number(row["units"]) for row in rows if row["unit_key"] == PROTECTED)
    timed = [row for row in rows if row["event"] is not None]
    assert measure.duration is not None
    ended = sum(row["event"] in measure.duration.events for row in timed)
    assert len(timed) <= (total.denominator or 0) <= len(timed) + protected
    assert ended <= (total.numerator or 0) <= ended + protected
    for share in total.within.values():
        assert sum(_number(row["in_population"]) for row in rows) == share.denominator


def _assert_parts_add_up(measure: Measure, rows: list[dict[str, object]], total: Figure) -> None:
    for part in measure.parts:
        if part.count.how is not Counting.PERSONS:
            found = sum(_number(row[part.count.column]) for row in rows if row["in_population"])
            assert found == pytest.approx(total.parts[part.name].numerator or 0)


@pytest.mark.parametrize(("measure", "dimension"), SPLITS, ids=_id)
def test_a_split_adds_up_to_the_total_or_says_that_it_does_not(
    engine: Engine, measure: Measure, dimension: str
) -> None:
    _assert_adds_up(compute(engine, request(measure, year=YEAR, by=(dimension,))))


@pytest.mark.parametrize("measure", measures(), ids=_id)
def test_every_pair_of_dimensions_adds_up_or_is_refused_with_those_that_do(engine: Engine, measure: Measure) -> None:
    pairs = list(combinations([dimension.value for dimension in dimensions_of(measure)], 2))
    refused = [pair for pair in pairs if set(pair) in SENSELESS]
    for pair in refused:
        with pytest.raises(RequestFault, match="Par som går"):
            checked_split(measure, pair)
    answered = [request(measure, year=YEAR, by=pair) for pair in pairs if pair not in refused]
    for result in compute_many(engine, answered):
        _assert_adds_up(result)


def _assert_adds_up(result: Result) -> None:
    assert result.groups or not (result.total.denominator or result.total.numerator)
    if not all(figure.adds_up for figure in result.groups):
        assert result.measure.kind is Kind.RATIO or {"insats", "utforare"} & set(result.by)
        return
    assert sum(figure.numerator or 0 for figure in result.groups) == pytest.approx(result.total.numerator or 0)
    assert _denominators(result.groups) == (result.total.denominator or 0)


def _denominators(groups: tuple[Figure, ...]) -> float:
    """A distribution repeats its group's denominator in every category."""
    found = {
        tuple((name, value) for name, value in figure.key.items() if name != CATEGORY): figure.denominator or 0
        for figure in groups
    }
    return sum(found.values())


@pytest.mark.parametrize("measure", measures(), ids=_id)
def test_asking_for_several_splits_at_once_gives_what_asking_one_by_one_does(engine: Engine, measure: Measure) -> None:
    questions = [request(measure, year=YEAR, by=(dimension.value,)) for dimension in dimensions_of(measure)]
    assert compute_many(engine, questions) == [compute(engine, question) for question in questions]


@pytest.mark.parametrize(("measure", "dimension"), SPLITS, ids=_id)
def test_a_group_is_the_figure_of_the_cases_that_have_its_value(
    engine: Engine, measure: Measure, dimension: str
) -> None:
    split = compute(engine, request(measure, year=YEAR, by=(dimension,)))
    for figure in split.groups:
        value = figure.key[dimension] or ""
        narrowed = compute(engine, request(measure, year=YEAR, where={dimension: value}))
        other = (
            next((group for group in narrowed.groups if group.key[CATEGORY] == figure.key[CATEGORY]), None)
            if (measure.kind is Kind.DISTRIBUTION)
            else narrowed.total
        )
        assert other is not None
        assert (other.numerator, other.denominator, other.value) == (figure.numerator, figure.denominator, figure.value)
