"""What has been published before is known: subtracting two publications never tells of a few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from reporting.figures.disclosure.protecting import findings, protect
from reporting.figures.disclosure.register import Entry
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.model import Figure, Period, Result
from tests.disclosure.publications import Case, result, with_persons

RULES = SmallNumbers(5)
Build = Callable[[list[Case]], list[Result]]


def exits(unit: str, *, work: int, other: int, kon: str = "K") -> list[Case]:
    """Return exits at a unit: so many to work, so many otherwise."""
    categories = ["A"] * work + ["E"] * other
    return [{"enhet": unit, "kon": kon, "category": category} for category in categories]


def as_registered(public: Sequence[Result], version: int = 1) -> list[Result]:
    """Return what the register gives back of what was published of a version of the data."""
    entry = Entry.of(("1489",), [replace(one, snapshots=(f"{version:064d}",)) for one in public])
    return [entry.result_of(document) for document in entry.documents]


def successive(*versions: Sequence[Case], build: Build) -> list[tuple[Result, ...]]:
    """Publish the same tables of one version of the data after the other; each is held to be proof."""
    before: list[list[Result]] = []
    found = []
    for version, cases in enumerate(versions, start=1):
        results = build(list(cases))
        earlier = [pair for public in before for pair in zip(results, public, strict=True)]
        public = protect(results, RULES, earlier).results
        assert findings(results, public, RULES, earlier) == []
        before.append(as_registered(public, version))
        found.append(public)
    return found


def by_unit(cases: list[Case]) -> list[Result]:
    """The exits to work or study, in total and by unit."""
    return [result(cases, by=("enhet",))]


def _counts(one: Result) -> Iterator[tuple[object, int]]:
    """Every count that a result tells, with what it is of."""
    for figure in (one.total, *one.groups):
        if not figure.suppressed:
            key = frozenset(figure.key.items())
            counts = {"num": figure.numerator, "den": figure.denominator, "persons": figure.persons}
            counts["rest"] = (figure.denominator or 0) - (figure.numerator or 0)
            yield from (((key, name), int(count)) for name, count in counts.items() if count is not None)


def differences(first: Sequence[Result], second: Sequence[Result]) -> list[int]:
    """Return what a reader gets who subtracts one publication from the other, cell by cell."""
    found = []
    for one, other in zip(first, second, strict=True):
        later = dict(_counts(other))
        found += [later[key] - count for key, count in _counts(one) if key in later]
    return found


def small(numbers: Sequence[int]) -> list[int]:
    """Return those that tell of a few."""
    return [number for number in numbers if 0 < abs(number) < RULES.limit]


def shown(one: Result) -> list[str]:
    """Return which of a result's figures are shown, by their key."""
    figures: list[Figure] = [one.total, *one.groups]
    return [next(iter(figure.key.values()), "total") or "" for figure in figures if not figure.suppressed]


FIRST = [*exits("a", work=20, other=30), *exits("b", work=15, other=25), *exits("c", work=30, other=10)]


def test_one_late_exit_is_not_told_by_subtracting_the_version_before() -> None:
    first, second = successive(FIRST, [*FIRST, *exits("a", work=1, other=0)], build=by_unit)
    assert shown(first[0]) == ["total", "a", "b", "c"]
    assert not small(differences(first, second))
    assert shown(second[0]) == ["b", "c"]


def test_a_change_of_many_is_shown_as_it_is() -> None:
    first, second = successive(FIRST, [*FIRST, *exits("a", work=6, other=7)], build=by_unit)
    assert shown(second[0]) == ["total", "a", "b", "c"]
    assert sorted(set(differences(first, second))) == [0, 6, 7, 13]


def test_what_has_not_changed_is_shown_again() -> None:
    first, second = successive(FIRST, FIRST, build=by_unit)
    assert second == first


def test_one_who_leaves_the_figure_is_no_more_told_than_one_who_comes() -> None:
    first, second = successive(FIRST, FIRST[1:], build=by_unit)
    assert not small(differences(first, second))


def test_a_change_in_what_is_left_of_the_denominator_is_weighed_in() -> None:
    # Six more to work and eight more in all: two more who did not go to work.
    first, second = successive(FIRST, [*FIRST, *exits("a", work=6, other=2)], build=by_unit)
    assert not small(differences(first, second))
    assert "a" not in shown(second[0])


def test_a_sum_of_what_was_told_before_is_known_as_well() -> None:
    # Of unit a the first version told work and study, each by itself. Both together are one more now.
    categories = {"a": "A" * 20 + "B" * 10 + "E" * 20, "b": "A" * 20 + "B" * 10 + "E" * 20}
    cases = [
        {"enhet": unit, "kon": "K", "category": category} for unit, all_of in categories.items() for category in all_of
    ]
    grown = [*cases, {"enhet": "a", "kon": "K", "category": "A"}]
    [told] = as_registered(protect([result(cases, "exit_results", by=("enhet",))], RULES).results)
    [again] = [result(grown, "exit_results", by=("enhet",))]
    [public] = protect([result(grown, by=("enhet",))], RULES, [(again, told)]).results
    assert not any(group.suppressed for group in told.groups)
    assert shown(public) == ["b"]


def test_what_was_left_of_a_total_is_known_though_nobody_told_it() -> None:
    # The first version told of all and of unit a. Now that the split says that b is the only other, it told of b as well.
    first = [*exits("a", work=30, other=30), *exits("b", work=20, other=20)]
    second = [*first, *exits("a", work=8, other=8), *exits("b", work=1, other=0)]
    told = as_registered(protect([result(first), result(first, where={"enhet": "a"})], RULES).results)
    before = list(zip([result(second), result(second, where={"enhet": "a"})], told, strict=True))
    split = result(second, by=("enhet",))
    [public] = protect([split], RULES, before).results
    assert "b" not in shown(public)


def test_a_small_net_change_of_the_total_is_hidden_also_where_each_part_changed_by_many() -> None:
    second_version = [*FIRST[6:], *exits("b", work=7, other=0)]
    first, second = successive(FIRST, second_version, build=by_unit)
    assert not small(differences(first, second))
    assert "total" not in shown(second[0])


def test_what_was_hidden_stays_hidden_although_it_has_grown() -> None:
    # c was hidden for its three, and b so that it could not be reckoned. Showing b now would tell what c was then.
    cases = [*exits("a", work=20, other=30), *exits("b", work=9, other=25), *exits("c", work=3, other=30)]
    first, second = successive(cases, [*cases, *exits("c", work=9, other=0)], build=by_unit)
    assert shown(first[0]) == ["total", "a"]
    assert shown(second[0]) == ["total", "a"]


def test_a_third_version_is_weighed_against_the_first_when_the_second_hid_the_figure() -> None:
    second_version = [*FIRST, *exits("a", work=3, other=0)]
    versions = successive(FIRST, second_version, [*second_version, *exits("a", work=1, other=0)], build=by_unit)
    assert not small(differences(versions[0], versions[2]))


def test_a_figure_that_is_unchanged_is_known_when_others_are_hidden() -> None:
    # The first publication told the total. Alone in the second, K must not be told: the three men are the rest of the total.
    cases = [*exits("a", work=30, other=30), *exits("a", work=3, other=20, kon="M")]
    whole, women = result(cases), result(cases, where={"kon": "K"})
    [told] = protect([whole], RULES).results
    [public] = protect([women], RULES, [(whole, told)]).results
    assert not told.total.suppressed
    assert public.total.suppressed


def test_what_another_publication_of_the_same_data_hid_stays_hidden() -> None:
    cases = [*exits("a", work=30, other=30), *exits("a", work=3, other=20, kon="M")]
    whole, split = result(cases), result(cases, by=("kon",))
    [hidden] = protect([split], RULES).results
    women = result(cases, where={"kon": "K"})
    [public] = protect([women], RULES, [(split, hidden)]).results
    assert not hidden.total.suppressed
    assert public.total.suppressed
    assert not protect([whole], RULES, [(split, hidden)]).results[0].total.suppressed


def test_published_again_after_others_it_is_the_same() -> None:
    cases = [*exits("a", work=20, other=30), *exits("b", work=9, other=25), *exits("c", work=3, other=30)]
    [first] = protect(by_unit(cases), RULES).results
    pairs = [(by_unit(cases)[0], first)]
    other = result(cases, by=("kon",))
    [second] = protect([other], RULES, pairs).results
    grown = [*cases, *exits("c", work=9, other=0)]
    before = zip((by_unit(grown)[0], result(grown, by=("kon",))), as_registered([first, second]), strict=True)
    [third] = as_registered(protect(by_unit(grown), RULES, list(before)).results, 2)
    # Of the data of the first publication, everything that was told since is told by the register.
    pairs += [(other, second), (by_unit(cases)[0], third)]
    assert protect(by_unit(cases), RULES, pairs).results == (first,)


EXEMPT = SmallNumbers(5, exemptions=frozenset({"exit_results"}))


def _exempt(*versions: list[Case]) -> list[list[Result]]:
    """Publish the categories and their measures for version after version, under the decision that lets totals through."""
    before: list[list[Result]] = []
    found = []
    for version, cases in enumerate(versions, start=1):
        results = [result(cases, "exit_results"), result(cases)]
        earlier = [pair for public in before for pair in zip(results, public, strict=True)]
        public = protect(results, EXEMPT, earlier).results
        assert findings(results, public, EXEMPT, earlier) == []
        before.append(as_registered(public, version))
        found.append(list(public))
    return found


def _of_categories(**counts: int) -> list[Case]:
    return [{"enhet": "a", "kon": "K", "category": category} for category, n in counts.items() for _ in range(n)]


def test_a_decision_lets_a_small_number_through_and_not_a_small_change_of_it() -> None:
    first, same, second = _exempt(
        _of_categories(A=21, B=4, C=6, D=50, E=46),
        _of_categories(A=21, B=4, C=6, D=50, E=46),
        _of_categories(A=22, B=4, C=12, D=50, E=46),
    )
    assert [group.numerator for group in first[0].groups] == [21, 4, 6, 50, 46]
    assert same == first
    assert second[0].groups[0].suppressed
    assert second[1].total.suppressed
    assert not small(differences(first[1:], second[1:]))


def _months(first: int, last: int, year: int = 2023) -> Period:
    after = dt.date(year + (last == 12), last % 12 + 1, 1)
    return Period(dt.date(year, first, 1), after - dt.timedelta(days=1))


def _people(count: int, of: int) -> list[Case]:
    return exits("a", work=count, other=of - count)


@pytest.mark.parametrize("code", ["long_term_support", "participants_of_plan"])
def test_rolling_windows_a_month_apart_do_not_tell_the_few_between(code: str) -> None:
    asked = {"long_term_support": ("long_term_support", "rolling"), "participants_of_plan": ("workplace_share", None)}
    name, variant = asked[code]
    august, september = _months(1, 8), _months(1, 9)
    first = result(_people(60, 150), name, variant=variant, period=august)
    second = result(_people(62, 150), name, variant=variant, period=september)
    together = protect([first, second], RULES).results
    assert [one.total.suppressed for one in together].count(True) == 1
    [told] = protect([first], RULES).results
    again = result(_people(60, 150), name, variant=variant, period=august)
    [public] = protect([second], RULES, [(again, told)]).results
    assert public.total.suppressed


def test_windows_that_overlap_do_not_tell_the_days_that_only_one_of_them_has() -> None:
    # July 2022–June 2023 had 50 of 90, the calendar year 45 of 80. With the first half year told, the rest can be reckoned.
    year, broken = Period.year(2023), Period(dt.date(2022, 7, 1), dt.date(2023, 6, 30))
    half = Period(dt.date(2022, 7, 1), dt.date(2022, 12, 31))
    results = [
        result(_people(50, 90), period=broken),
        result(_people(40, 80), period=year),
        result(_people(12, 40), period=half),
        result(_people(2, 30), period=_months(7, 12)),
    ]
    public = protect(results, RULES).results
    assert findings(results, public, RULES) == []
    assert public[3].total.suppressed
    assert [one.total.suppressed for one in public[:3]].count(True) >= 1


def test_one_year_and_the_next_are_compared_as_they_are() -> None:
    years = [
        result(_people(60 + year % 3, 150), "long_term_support", period=Period.year(year)) for year in (2021, 2022)
    ]
    assert list(protect(years, RULES).results) == years


def test_the_number_of_persons_does_not_tell_of_a_few_either() -> None:
    # Six more cases, but of two persons only.
    grown = [*FIRST, *exits("a", work=6, other=0)]
    old, new = result(FIRST), result(grown)
    old, new = _with_total_persons(old, 100), _with_total_persons(new, 102)
    [told] = protect([old], RULES).results
    [public] = protect([new], RULES, [(new, told)]).results
    assert told.total.persons == 100
    assert (public.total.numerator, public.total.persons) == (71, None)


def _with_total_persons(one: Result, persons: int) -> Result:
    return replace(one, total=with_persons(one.total, persons))


def test_left_out_cases_are_weighed_in_like_others() -> None:
    build = [{"window_open": 12, "withdrawn": 20}, {"window_open": 14, "withdrawn": 20}]
    old, new = (result(FIRST, "sfi_not_started", excluded=excluded) for excluded in build)
    [told] = protect([old], RULES).results
    [public] = protect([new], RULES, [(new, told)]).results
    assert told.excluded == {"window_open": 12, "withdrawn": 20}
    assert public.excluded == {"window_open": None, "withdrawn": 20}
