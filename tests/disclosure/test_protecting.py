"""What is hidden when figures are published, and what is not."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from reporting.figures.disclosure.protecting import findings, protect
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.model import Figure, Period, Result
from tests.disclosure.publications import Case, result, with_persons

RULES = SmallNumbers(5)
EXEMPT = SmallNumbers(5, exemptions=frozenset({"exit_results"}))


def cases(*groups: tuple[str, str, int]) -> list[Case]:
    """Return cases from (value of kon and enhet as "K/a", category, how many)."""
    return [
        {"kon": place.split("/")[0], "enhet": place.split("/")[-1], "category": category}
        for place, category, count in groups
        for _ in range(count)
    ]


def is_study(case: Case) -> bool:
    """Whether the exit is of category B."""
    return case["category"] == "B"


def is_work(case: Case) -> bool:
    """Whether the exit is of category A."""
    return case["category"] == "A"


def published(*results: Result, rules: SmallNumbers = RULES) -> tuple[Result, ...]:
    """Protect them as one publication, and hold that it is proof."""
    public = protect(results, rules).results
    assert findings(results, public, rules) == []
    return public


def hidden(one: Result) -> list[str]:
    """Return the keys of the hidden groups."""
    return ["/".join(str(value) for value in figure.key.values()) for figure in one.groups if figure.suppressed]


def test_large_numbers_are_published_as_they_are() -> None:
    given = result(cases(("K", "A", 20), ("K", "E", 30), ("M", "A", 15), ("M", "E", 40)), by=("kon",))
    assert published(given) == (given,)


@pytest.mark.parametrize(
    ("numerator", "denominator", "is_hidden"),
    [(4, 20, True), (5, 20, False), (0, 20, False), (16, 20, True), (15, 20, False), (20, 20, False), (4, 4, True)],
)
def test_a_total_is_hidden_when_it_its_complement_or_its_whole_is_small(
    numerator: int, denominator: int, is_hidden: bool
) -> None:
    given = result(cases(("K", "A", numerator), ("K", "E", denominator - numerator)))
    assert published(given)[0].total.suppressed is is_hidden


def test_a_hidden_figure_tells_nothing_but_its_key() -> None:
    given = result(cases(("K", "A", 2), ("K", "E", 30), ("M", "A", 15), ("M", "E", 40)), by=("kon",))
    figure = published(given)[0].groups[0]
    assert figure == Figure(
        key={"kon": "K"}, numerator=None, denominator=None, value=None, suppressed=True, extra={"share": None}
    )


def test_the_only_small_group_takes_another_with_it_when_the_total_would_tell() -> None:
    given = result(
        cases(*[(unit, "A", count) for unit, count in (("a", 3), ("b", 9), ("c", 20))], *[(u, "E", 40) for u in "abc"]),
        by=("enhet",),
    )
    public = published(given)[0]
    assert hidden(public) == ["a", "b"]
    assert not public.total.suppressed


def test_two_small_groups_whose_sum_is_small_take_a_third_with_them() -> None:
    given = result(
        cases(*[(unit, "A", count) for unit, count in (("a", 1), ("b", 2), ("c", 20))], *[(u, "E", 40) for u in "abc"]),
        by=("enhet",),
    )
    assert hidden(published(given)[0]) == ["a", "b", "c"]


def test_a_small_category_of_a_distribution_takes_another_with_it() -> None:
    given = result(cases(("K", "A", 21), ("K", "B", 4), ("K", "C", 8), ("K", "D", 30), ("K", "E", 40)), "exit_results")
    public = published(given)[0]
    assert hidden(public) == ["B", "C"]
    assert not public.total.suppressed


def test_a_measure_that_is_part_of_another_does_not_tell_what_the_other_hides() -> None:
    exits = cases(("K", "A", 21), ("K", "B", 4), ("K", "C", 30), ("K", "D", 30), ("K", "E", 42))
    both, work = result(exits), result(exits, "work_at_exit", met=is_work)
    study = result(exits, "study_at_exit", met=is_study)
    assert sum(one.total.suppressed for one in published(both, work)) == 1
    public = published(both, work, study)
    assert public[2].total.suppressed
    assert public[0].total.suppressed or public[1].total.suppressed


def test_the_same_figure_is_hidden_wherever_it_stands() -> None:
    exits = cases(("K/a", "A", 3), ("M/b", "A", 20), ("K/a", "E", 20), ("M/b", "E", 20))
    women = result(exits, where={"kon": "K"})
    public = published(result(exits, by=("kon",)), women)
    assert public[1].total.suppressed


def test_what_a_filter_leaves_out_is_not_told_by_the_difference() -> None:
    exits = cases(("K", "A", 30), ("K", "E", 30), ("M", "A", 3), ("M", "E", 20))
    public = published(result(exits), result(exits, where={"kon": "K"}))
    assert [one.total.suppressed for one in public].count(True) == 1


def test_the_few_who_moved_are_not_told_by_the_difference_between_two_variants() -> None:
    exits = cases(("K", "A", 11), ("K", "B", 6), ("K", "E", 33))
    resident = result(exits[:-3], variant="resident", excluded={"moved": 2, "deceased": 1})
    public = published(result(exits), resident)
    assert public[1].excluded == {"moved": None, "deceased": None}
    assert any(one.total.suppressed for one in public)


def test_the_months_do_not_tell_what_the_year_hides() -> None:
    whole, part = cases(("K", "A", 33), ("K", "E", 60)), cases(("K", "A", 30), ("K", "E", 40))
    to_november = Period(dt.date(2023, 1, 1), dt.date(2023, 11, 30))
    public = published(result(whole), result(part, period=to_november))
    assert [one.total.suppressed for one in public].count(True) == 1


def test_years_that_have_nothing_to_do_with_each_other_stand_for_themselves() -> None:
    few, many = cases(("K", "A", 3), ("K", "E", 60)), cases(("K", "A", 30), ("K", "E", 40))
    public = published(result(few, period=Period.year(2022)), result(many))
    assert [one.total.suppressed for one in public] == [True, False]


def test_a_small_number_of_left_out_cases_is_hidden_and_a_large_one_is_not() -> None:
    given = result(cases(("K", "A", 20), ("K", "E", 30)), "sfi_not_started", excluded={"moved": 3, "window_open": 12})
    assert published(given)[0].excluded == {"moved": None, "window_open": 12}


def test_an_exempt_total_is_published_with_the_measures_its_categories_make() -> None:
    exits = cases(("K", "A", 21), ("K", "B", 4), ("K", "C", 30), ("K", "D", 30), ("K", "E", 42))
    results = [result(exits), result(exits, "study_at_exit", met=is_study), result(exits, "exit_results")]
    assert list(published(*results, rules=EXEMPT)) == results


@pytest.mark.parametrize("others", [1, 2, 3])
def test_a_split_of_an_exempt_total_is_never_exempt(others: int) -> None:
    exits = cases(("K", "B", 4 - others), ("M", "B", others), ("K", "E", 70), ("M", "E", 53))
    public = published(result(exits, "study_at_exit", met=is_study, by=("kon",)), rules=EXEMPT)[0]
    assert (public.total.numerator, hidden(public)) == (4, ["K", "M"])


def test_where_one_group_has_all_of_an_exempt_total_the_others_do_not_tell() -> None:
    exits = cases(("K", "B", 4), ("K", "E", 70), ("M", "E", 53))
    public = published(result(exits, "study_at_exit", met=is_study, by=("kon",)), rules=EXEMPT)[0]
    assert (public.total.numerator, hidden(public)) == (4, ["K", "M"])


def test_the_exemption_holds_for_whole_years_and_for_the_variant_that_is_published_elsewhere() -> None:
    exits = cases(("K", "B", 4), ("K", "E", 70))
    half = Period(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    assert published(result(exits, "study_at_exit", met=is_study, period=half), rules=EXEMPT)[0].total.suppressed
    resident = result(exits, "study_at_exit", met=is_study, variant="resident")
    assert published(resident, rules=EXEMPT)[0].total.suppressed
    assert published(result(exits, "study_at_exit", met=is_study, where={"kon": "K"}), rules=EXEMPT)[0].total.suppressed


def test_a_measure_may_have_a_limit_of_its_own() -> None:
    given = result(cases(("K", "A", 7), ("K", "E", 30)))
    stricter = SmallNumbers(5, limits={"work_or_study_at_exit": 10})
    assert not published(given)[0].total.suppressed
    assert published(given, rules=stricter)[0].total.suppressed


def test_a_figure_of_few_persons_is_hidden_however_many_their_cases() -> None:
    given = result(cases(("K", "A", 20), ("K", "E", 20)))
    few = replace(given, total=with_persons(given.total, 4))
    assert published(few)[0].total.suppressed


def _flagged(one: Result, counts: Sequence[int], total: int) -> Result:
    groups = (
        replace(group, flags={"preliminary": count} if count else {})
        for group, count in zip(one.groups, counts, strict=True)
    )
    return replace(one, groups=tuple(groups), total=replace(one.total, flags={"preliminary": total}))


def test_a_small_number_of_marks_is_hidden_in_the_whole_split() -> None:
    exits = cases(("K", "A", 20), ("M", "A", 20), ("X", "A", 20), ("K", "E", 20), ("M", "E", 20), ("X", "E", 20))
    public = published(_flagged(result(exits, by=("kon",)), (8, 1, 0), 9))[0]
    assert [dict(group.flags) for group in public.groups] == [{"preliminary": None}] * 3
    assert dict(public.total.flags) == {"preliminary": 9}
    assert [group.numerator for group in public.groups] == [20, 20, 20]


def test_the_persons_of_the_other_groups_do_not_tell_those_of_a_hidden_one() -> None:
    units = [("a", "A", 3), ("b", "A", 9), ("c", "A", 20), *[(unit, "E", 40) for unit in "abc"]]
    public = published(result(cases(*units), by=("enhet",)))[0]
    assert [group.persons for group in public.groups] == [None, None, None]
    assert public.total.persons == 152


def test_the_same_publication_is_always_protected_the_same_way() -> None:
    units = [(f"{unit}", "A", 3 + number % 9) for number, unit in enumerate("abcdefgh")]
    given = result(cases(*units, *[(unit, "E", 30) for unit in "abcdefgh"]), by=("enhet",))
    assert {repr(protect([given], RULES)) for _ in range(3)} == {repr(protect([given], RULES))}


def test_a_table_of_three_hundred_cells_takes_less_than_two_seconds() -> None:
    table = [
        {
            "enhet": f"{row:02}",
            "alder": f"{column:02}",
            "category": "A" if number < 3 + (row * 7 + column * 11) % 40 else "E",
        }
        for row in range(20)
        for column in range(15)
        for number in range(60)
    ]
    results = [result(table, by=by) for by in (("enhet",), ("alder",), ("enhet", "alder"))]
    protect(results[:1], RULES)
    began = time.process_time()
    public = protect(results, RULES)
    assert time.process_time() - began < 2
    assert public.primary > 10
    assert findings(results, public.results, RULES) == []


def test_the_proof_finds_what_was_hidden_too_little() -> None:
    given = result(
        cases(*[(unit, "A", count) for unit, count in (("a", 3), ("b", 9), ("c", 20))], *[(u, "E", 40) for u in "abc"]),
        by=("enhet",),
    )
    careless = replace(given, groups=(given.groups[0].hidden(), *given.groups[1:]))
    found = findings([given], [careless], RULES)
    assert {(one.low, one.high) for one in found} >= {(None, 3)}
