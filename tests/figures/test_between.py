"""Comparing groups: what is told apart, what is too small, too alike or hidden, against tests reckoned by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from reporting.figures.between import GroupComparison, Stands, Verdict, between_groups, comparison_in_words
from reporting.figures.computing import compute
from reporting.figures.contingency import association
from reporting.figures.intervals import wilson
from reporting.figures.model import NO_KEY, Figure, Result
from reporting.figures.requests import request
from tests.figures.town import AS_OF, town

Counts = Mapping[str | None, tuple[int, int]]


def _figure(
    numerator: int, denominator: int, key: Mapping[str, str | None] = NO_KEY, *, adds_up: bool = True
) -> Figure:
    [(low, high)] = wilson([(numerator, denominator)])
    return Figure(key, numerator, denominator, 100 * numerator / denominator, low, high, adds_up=adds_up)


def _split(
    groups: Counts, total: tuple[int, int] | None = None, *, by: str = "kon", adds_up: bool = True, hidden: str = ""
) -> Result:
    figures = [_figure(*counts, {by: value}, adds_up=adds_up) for value, counts in groups.items()]
    shown = [figure.hidden() if figure.key[by] == hidden else figure for figure in figures]
    summed = total or (sum(count for count, _ in groups.values()), sum(size for _, size in groups.values()))
    asked = request("work_or_study_at_exit", year=2023, by=(by,))
    return Result(asked, AS_OF, ("a",), tuple(shown), _figure(*summed), {})


def _compared(result: Result) -> GroupComparison:
    found = between_groups(result)
    assert found is not None
    return found


def _stands(comparison: GroupComparison) -> list[Stands]:
    return [standing.stands for standing in comparison.standings]


def test_pearsons_chi_square_is_that_of_the_definition() -> None:
    # Expected 40 and 60 everywhere: 2·(10²/40 + 10²/60) = 25/3 with two degrees of freedom, so p = exp(−25/6).
    assert association([[30, 70], [50, 50], [40, 60]]) == pytest.approx(math.exp(-25 / 6))


def test_a_small_table_is_tested_exactly() -> None:
    # Fisher's tea: three of four right by chance, (16 + 1) of 70 ways, and as many the other way.
    assert association([[3, 1], [1, 3]]) == pytest.approx(34 / 70)


def test_a_small_table_of_several_groups_gives_the_same_answer_each_time() -> None:
    # Three twos, all of one sort in each but the last: 1/3 of the 90 tables with these margins are as uneven as can be.
    table = [[2, 0], [2, 0], [0, 2]]
    p = association(table)
    assert p == association([list(row) for row in table])
    # Six places for the two of the second sort: 15 ways, 3 of them within one group. All others are likelier.
    assert p == pytest.approx(3 / 15, abs=0.02)


def test_empty_rows_and_columns_are_no_groups() -> None:
    assert association([[5, 0], [7, 0]]) is None
    assert association([[5, 5], [0, 0]]) is None
    assert association([]) is None


def test_a_group_that_differs_is_named_and_so_is_its_side() -> None:
    found = _compared(_split({"a": (60, 100), "b": (20, 100), "c": (40, 100)}, by="insats"))
    assert found.verdict is Verdict.DIFFERENT
    assert _stands(found) == [Stands.HIGHER, Stands.LOWER, Stands.LIKE]


def test_groups_that_chance_can_explain_are_alike() -> None:
    found = _compared(_split({"a": (26, 100), "b": (30, 100), "c": (22, 100)}, by="insats"))
    assert found.verdict is Verdict.ALIKE
    assert _stands(found) == [Stands.LIKE] * 3
    # Expected 26 and 74: 2·4²·(1/26 + 1/74) = 1,663, two degrees of freedom.
    assert found.p == pytest.approx(math.exp(-16 / 26 - 16 / 74))


def test_many_groups_demand_more_of_each() -> None:
    # 18 of 40 against 80 of 320 has p ≈ 0,01 by itself; of nine groups one such is to be expected more often than 5 %.
    eight: Counts = {str(at): (10, 40) for at in range(8)}
    found = _compared(_split({"a": (18, 40), **eight}, by="insats"))
    assert found.standings[0].stands is Stands.LIKE
    assert found.standings[0].p == pytest.approx(9 * 0.0118, abs=0.03)


def test_a_group_is_too_small_when_fewer_than_five_of_a_sort_are_to_be_expected() -> None:
    # A share of 25 %: 19 cases give 4,75, 20 give 5.
    found = _compared(_split({"a": (10, 40), "b": (5, 20), "c": (4, 19)}, (25, 100), by="insats", adds_up=False))
    assert _stands(found) == [Stands.LIKE, Stands.LIKE, Stands.TOO_SMALL]


def test_a_comparison_of_small_groups_only_says_so() -> None:
    found = _compared(_split({"a": (3, 9), "b": (1, 8), "c": (2, 7)}, by="insats"))
    assert found.verdict is Verdict.TOO_SMALL


def test_two_groups_are_held_against_each_other_once() -> None:
    found = _compared(_split({"K": (30, 100), "M": (45, 100)}))
    # Pooled 37,5 %: z = (0,15 − 0,01)/√(0,375·0,625·2/100) = 2,04 with the correction for whole numbers, p = 4,1 %.
    assert found.p == pytest.approx(0.041, abs=0.001)
    assert found.standings[0].p == found.standings[1].p == found.p
    assert _stands(found) == [Stands.LOWER, Stands.HIGHER]


def test_those_who_had_an_activity_are_held_against_those_who_had_not() -> None:
    # In all 40 of 200. Both activities overlap: no test of all at once, and the others are total less the activity.
    found = _compared(_split({"a": (35, 100), "b": (30, 150)}, (40, 200), by="insats", adds_up=False))
    assert found.p is None
    assert _stands(found) == [Stands.HIGHER, Stands.LIKE]


def test_a_hidden_group_is_left_out_and_nothing_is_said_of_it() -> None:
    found = _compared(_split({"a": (60, 100), "b": (20, 100), "c": (3, 40)}, by="insats", hidden="c"))
    assert _stands(found) == [Stands.HIGHER, Stands.LOWER, Stands.HIDDEN]
    others = _split({"a": (60, 100), "b": (20, 100), "c": (20, 40)}, (83, 240), by="insats", hidden="c")
    assert _compared(others) == found


def test_the_group_that_is_not_known_is_no_group() -> None:
    found = _compared(_split({"K": (60, 100), "M": (20, 100), None: (30, 60)}))
    assert _stands(found)[-1] is Stands.NOT_TESTED


def test_the_months_of_few_persons_are_judged_as_few_persons() -> None:
    result = _split({"a": (60, 100), "b": (40, 100)}, by="insats")
    few = replace(result, total=replace(result.total, persons=20))
    assert _compared(result).verdict is Verdict.DIFFERENT
    assert _compared(few).verdict is Verdict.ALIKE


def test_costs_are_not_tested_and_neither_years_nor_a_single_unit_are_groups() -> None:
    engine = town()
    cost = compute(engine, request("cost_per_participant", year=2023, by=("insats",)))
    assert _compared(cost).verdict is Verdict.NOT_TESTED
    assert between_groups(compute(engine, request("work_or_study_at_exit", year=2023, by=("manad",)))) is None
    assert between_groups(compute(engine, request("work_or_study_at_exit", year=2023, by=("enhet",)))) is None
    assert between_groups(compute(engine, request("work_or_study_at_exit", year=2023, by=("kon", "alder")))) is None


def test_the_share_in_time_stands_for_a_median() -> None:
    waits = compute(town(), request("referral_lead_time", year=2023, by=("kon",)))
    assert _compared(waits).verdict in {Verdict.ALIKE, Verdict.TOO_SMALL, Verdict.TOO_FEW}


def test_distributions_are_compared_as_wholes() -> None:
    found = _compared(compute(town(), request("exit_results", year=2023, by=("kon",))))
    assert found.verdict is Verdict.DIFFERENT  # in the town the reason follows the person's number, and so does the sex
    assert {standing.stands for standing in found.standings} == {Stands.NOT_TESTED}


def _said(result: Result) -> str:
    return comparison_in_words(_compared(result), result, lambda value: f"Insats {value}")


def test_groups_that_stand_out_and_those_too_small_are_named() -> None:
    said = _said(_split({"a": (60, 100), "b": (20, 100), "c": (40, 100), "d": (3, 9)}, by="insats"))
    assert said == (
        "Statistiskt säkerställt högre andel än övriga tillsammans: Insats a. Statistiskt säkerställt lägre andel än övriga "
        "tillsammans: Insats b. För få för att bedöma: Insats d. Utfall är inte effekt: deltagarna skiljer sig åt."
    )


def test_groups_too_alike_to_tell_apart_are_said_to_be() -> None:
    assert _said(_split({"a": (26, 100), "b": (30, 100)}, by="insats")) == (
        "Skillnaderna mellan insatserna är inte statistiskt säkerställda. Utfall är inte effekt: deltagarna skiljer sig åt."
    )


def test_small_and_hidden_groups_are_told_without_their_numbers() -> None:
    said = _said(_split({"a": (3, 9), "b": (1, 8), "c": (2, 7)}, by="insats", hidden="b"))
    assert said == (
        "Det är för få avslut för att jämföra insatserna. Dolda grupper ingår inte i jämförelsen. "
        "Utfall är inte effekt: deltagarna skiljer sig åt."
    )
    alone = _said(_split({"K": (30, 100), "M": (3, 9)}, hidden="M"))
    assert alone == "För få av könen går att jämföra."


def test_a_difference_of_costs_is_not_said_to_be_more_than_chance() -> None:
    result = compute(town(), request("cost_per_participant", year=2023, by=("insats",)))
    assert _said(result).startswith("Skillnaderna mellan insatserna är inte prövade mot slumpen.")
