"""Whoever adds up the rows of `measure_cases` gets the figure, its left-out counts, and its splits by one and two dimensions.

The rows are added up here in plain Python, as a reader would with the file. Protected persons are one row without dimensions in
the list, so nobody is protected here; `tests.figures.test_adding_up` holds that their row adds up to the total.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path

import pytest

from reporting.figures.cases import case_rows
from reporting.figures.computing import compute_many
from reporting.figures.dimensions import dimensions_of, makes_sense_together
from reporting.figures.model import CATEGORY, Figure, Result
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.measures.dimensions import Dimension
from reporting.measures.inner import Count, Counting, Summary
from reporting.measures.model import Kind, Measure
from reporting.snapshots.engine import Engine
from reporting.snapshots.folder import SnapshotFolder
from tests.demonstration import Demonstration
from tests.figures.town import AS_OF, town_rows
from tests.measures.tiny import tiny_engine
from tests.snapshots.older import rewritten

Case = Mapping[str, object]
Key = tuple[object, ...]

QUESTIONS = [(each, variant) for each in measures() for variant in each.variant_names]


@pytest.fixture(scope="module")
def town() -> Engine:
    """A small town without protected persons."""
    rows = town_rows()
    return tiny_engine({**rows, "person": [{**person, "protected": False} for person in rows["person"]]}, AS_OF)


@pytest.fixture(scope="module")
def demonstration_town(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The demonstration municipality, nobody in it protected."""
    open_to_all: Path = tmp_path_factory.mktemp("open") / "snapshot"
    source = demonstration.snapshot("2025-01-31")
    rewritten(source, open_to_all, {"person": "SELECT * REPLACE (FALSE AS protected) FROM this"})
    return Engine.open([SnapshotFolder.open(open_to_all)])


@pytest.mark.parametrize("measure", measures(), ids=lambda each: each.code)
def test_the_cases_add_up_to_the_figure_and_its_splits_with_the_newly_arrived(town: Engine, measure: Measure) -> None:
    names = [(dimension.value,) for dimension in dimensions_of(measure)]
    pairs = [pair for pair in _pairs(measure) if Dimension.NEWLY_ARRIVED in pair]
    _assert_cases_add_up(town, measure, next(iter(measure.variants)), [(), *names, *pairs])


@pytest.mark.slow
@pytest.mark.parametrize(("measure", "variant"), QUESTIONS, ids=lambda part: getattr(part, "code", part))
def test_the_cases_of_the_demonstration_add_up_to_the_figure_and_every_pair_of_splits(
    demonstration_town: Engine, measure: Measure, variant: str
) -> None:
    assert _assert_cases_add_up(demonstration_town, measure, variant, [(), *_pairs(measure)])


@pytest.mark.parametrize("measure", measures(), ids=lambda each: each.code)
def test_every_measure_can_be_split_by_newly_arrived_together_with_any_other(measure: Measure) -> None:
    known = dimensions_of(measure)
    assert Dimension.NEWLY_ARRIVED in known
    others = [other for other in known if other is not Dimension.NEWLY_ARRIVED]
    assert len(others) >= 5
    for other in others:
        assert request(measure, year=2023, by=(other, Dimension.NEWLY_ARRIVED)).by


def _pairs(measure: Measure) -> list[tuple[str, ...]]:
    names = [dimension.value for dimension in dimensions_of(measure)]
    return [pair for pair in combinations(names, 2) if makes_sense_together(*pair)]


def _assert_cases_add_up(engine: Engine, measure: Measure, variant: str, splits: Sequence[tuple[str, ...]]) -> int:
    """Hold that the listed cases give the splits and the left-out counts, and return how many cases there were."""
    table = case_rows(engine, request(measure, year=2023, variant=variant))
    cases = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    results = compute_many(engine, [request(measure, year=2023, variant=variant, by=split) for split in splits])
    left_out = Counter(str(case["reason"]) for case in cases if not case["in_population"])
    for result in results:
        assert result.excluded == left_out
        _assert_split(measure, result, cases)
    return len(cases)


def _assert_split(measure: Measure, result: Result, cases: Iterable[Case]) -> None:
    piles: dict[Key, list[Case]] = defaultdict(list)
    for case in cases:
        for key in _keys(case, result.by):
            piles[key].append(case)
    if not result.by:
        _assert_figure(measure, result.total, piles[()], result)
    if measure.kind is Kind.DISTRIBUTION:
        _assert_categories(result, piles)
    elif result.by:
        told = {key for key, pile in piles.items() if any(_tells(measure, case) for case in pile)}
        assert {tuple(figure.key[name] for name in result.by) for figure in result.groups} == told
        for figure in result.groups:
            _assert_figure(measure, figure, piles[tuple(figure.key[name] for name in result.by)], result)


def _keys(case: Case, by: Iterable[str]) -> Iterator[Key]:
    """The groups that the case stands in: several where it has several activities."""
    values = [case[name] for name in by]
    return product(*(value if isinstance(value, list) else [value] for value in values))


def _tells(measure: Measure, case: Case) -> bool:
    return case["days"] is not None and case["event"] is not None if measure.duration else bool(case["in_population"])


def _assert_figure(measure: Measure, figure: Figure, pile: list[Case], result: Result) -> None:
    counted = [case for case in pile if case["in_population"]]
    where = (result.request.variant, result.by, dict(figure.key))
    if measure.duration:
        _assert_duration(measure, figure, pile)
    elif measure.kind is Kind.PARTS:
        for part in measure.parts:
            found = figure.parts[part.name]
            assert (where, part.name, found.numerator or 0) == (where, part.name, _near(_counted(part.count, counted)))
            if part.of:
                assert (where, part.name, found.denominator) == (where, part.name, _counted(part.of, counted))
    elif measure.kind is Kind.RATIO:
        amount = sum(float(str(case["amount"])) for case in counted)
        assert (where, figure.numerator, figure.denominator) == (where, _near(amount), _units(measure, counted))
    elif measure.kind is Kind.DISTRIBUTION:
        assert (where, figure.denominator) == (where, len(counted))
    else:
        met = sum(case["met"] is True for case in counted)
        assert (where, figure.numerator, figure.denominator) == (where, met, len(counted))


def _assert_categories(result: Result, piles: Mapping[Key, list[Case]]) -> None:
    for figure in result.groups:
        pile = [case for case in piles[tuple(figure.key[name] for name in result.by)] if case["in_population"]]
        of_category = sum(case["category"] == figure.key[CATEGORY] for case in pile)
        assert (figure.numerator, figure.denominator) == (of_category, len(pile))


def _assert_duration(measure: Measure, figure: Figure, pile: list[Case]) -> None:
    assert measure.duration is not None
    timed = [case for case in pile if _tells(measure, case)]
    ended = [int(str(case["days"])) for case in timed if case["event"] in measure.duration.events]
    if measure.duration.summary is Summary.INCIDENCE:
        for days, part in figure.parts.items():
            assert (part.numerator, part.denominator) == (sum(each <= int(days) for each in ended), len(timed))
        return
    assert (figure.numerator, figure.denominator) == (len(ended), len(timed))
    for days, part in figure.within.items():
        old_enough = [case for case in timed if case["in_population"]]
        in_time = [case for case in old_enough if case["event"] in measure.duration.events
                   and int(str(case["days"])) <= int(days)]  # fmt: skip
        assert (part.numerator, part.denominator) == (len(in_time), len(old_enough))


def _counted(count: Count, cases: list[Case]) -> float:
    marked = [case for case in cases if case[count.column]]
    if count.how is Counting.SUM:
        return sum(float(str(case[count.column])) for case in marked)
    return len({case["person_key"] for case in marked}) if count.how is Counting.PERSONS else len(marked)


def _units(measure: Measure, cases: list[Case]) -> int:
    """Participant-days are added; persons are counted once each, and so are results, whose key begins with the enrolment."""
    if measure.distinct == "units":
        return sum(int(str(case["units"])) for case in cases)
    if measure.distinct == "persons":
        return len({case["person_key"] for case in cases if case["units"]})
    return len({str(case["unit_key"]).split("/", maxsplit=1)[0] for case in cases if case["reason"] == "result"})


def _near(value: float) -> object:
    return pytest.approx(value, abs=0.01)
