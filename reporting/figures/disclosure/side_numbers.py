"""What stands beside a figure's counts: distinct persons, and how many cases carry each mark.

They are no tables of their own, so that more is hidden than must be: a split either tells them for all its groups or for none.
They are hidden where they are small, where they differ by few from those of a wider figure, of another measure of the family, of
neighbouring days or of what has been published before, and beside a hidden figure.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.figures.disclosure.families import family_of
from reporting.figures.disclosure.neighbours import are_neighbours
from reporting.figures.disclosure.remembering import Pair
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.model import CATEGORY, Figure, Period, Result

Numbers = Mapping[str, int | None]
Told = Mapping[str, int]
Slice = frozenset[tuple[str, frozenset[str | None]]]

_PERSONS = "persons"
_FLAG = "flag "


@dataclass(frozen=True)
class _Stated:
    """The side numbers that a figure tells, and whose they are."""

    measure: tuple[str, str]
    days: Period
    split: Slice
    numbers: Told
    is_earlier: bool


def without_telling(results: Sequence[Result], rules: SmallNumbers, earlier: Sequence[Pair] = ()) -> list[Result]:
    """Return the results, whose figures have been hidden already, without the side numbers that would tell too much."""
    beside = _Beside(results, rules, earlier)
    return [beside.protected(result) for result in results]


class _Beside:
    """All side numbers of a publication, with those that earlier ones have told."""

    def __init__(self, results: Sequence[Result], rules: SmallNumbers, earlier: Sequence[Pair]) -> None:
        self.rules = rules
        self.stated: dict[str, list[_Stated]] = {}
        self.before: dict[Hashable, list[Result]] = {}
        for result in results:
            self._note(result, is_earlier=False)
        for _, public in earlier:
            self._note(public, is_earlier=True)
            self.before.setdefault(_question(public), []).append(public)

    def protected(self, result: Result) -> Result:
        names = {name for figure in _figures(result) for name in _side_numbers(figure)}
        before = self.before.get(_question(result), [])
        untold_total = {name for name in names if self._hides(result, [result.total], name, before)}
        untold = {name for name in names if self._hides(result, result.groups, name, before)}
        return replace(
            result,
            total=_without(result.total, untold_total),
            groups=tuple(_without(figure, untold) for figure in result.groups),
        )

    def _hides(self, result: Result, figures: Sequence[Figure], name: str, before: Sequence[Result]) -> bool:
        """Whether these figures are not to tell their numbers of that name: as before, when they have been published before."""
        if any(figure.suppressed for figure in figures):
            return True
        earlier = [told for public in before if (told := _both(public, figures, name))]
        if any(all(was == now for was, now in told) for told in earlier):
            return False
        if any(was is None for told in earlier for was, _ in told):
            return True
        return any(self._tells(result, figure, name) for figure in figures)

    def _tells(self, result: Result, figure: Figure, name: str) -> bool:
        """Whether the number is small, or the difference to another that is known."""
        limit = self.rules.limit_of(result.measure.code)
        own = _side_numbers(figure).get(name) or 0
        here = _Stated(_about(result), result.request.cohort, _split_of(result, figure), {}, is_earlier=False)
        others = (
            stated.numbers[name]
            for stated in self.stated.get(family_of(result.measure.code), ())
            if name in stated.numbers and _can_be_subtracted(stated, here, name)
        )
        return 0 < own < limit or any(0 < abs(own - other) < limit for other in others)

    def _note(self, result: Result, *, is_earlier: bool) -> None:
        noted = self.stated.setdefault(family_of(result.measure.code), [])
        for figure in _figures(result):
            if not figure.suppressed and CATEGORY not in figure.key:
                numbers = {name: number for name, number in _side_numbers(figure).items() if number is not None}
                split = _split_of(result, figure)
                noted.append(_Stated(_about(result), result.request.cohort, split, numbers, is_earlier))


def _can_be_subtracted(stated: _Stated, here: _Stated, name: str) -> bool:
    """Whether the difference would tell something: to a wider figure, another measure, neighbouring days or earlier data."""
    if stated.measure != here.measure:
        return name == _PERSONS and (stated.days, stated.split) == (here.days, here.split)
    if stated.days != here.days:
        return stated.split == here.split and are_neighbours(stated.days, here.days)
    if stated.is_earlier:
        return stated.split <= here.split or here.split <= stated.split
    return stated.split < here.split


def _question(result: Result) -> Hashable:
    asked = result.request
    return asked.measure.code, asked.variant, asked.period, asked.by, asked.where


def _about(result: Result) -> tuple[str, str]:
    return result.measure.code, result.request.variant


def _figures(result: Result) -> Iterator[Figure]:
    yield result.total
    yield from result.groups


def _side_numbers(figure: Figure) -> Numbers:
    return {_PERSONS: figure.persons, **{f"{_FLAG}{name}": count for name, count in figure.flags.items()}}


def _both(public: Result, figures: Sequence[Figure], name: str) -> list[tuple[int | None, int | None]]:
    """Return the number of that name as published and as it is, for each of the figures that was published."""
    found = []
    for figure in figures:
        same = public.group(**figure.key) if figure.key else public.total
        numbers = {} if same is None else _side_numbers(same)
        if name in numbers:
            found.append((numbers[name], _side_numbers(figure).get(name)))
    return found


def _split_of(result: Result, figure: Figure) -> Slice:
    where = {name: frozenset[str | None](values) for name, values in result.request.where}
    own = {name: frozenset([value]) for name, value in figure.key.items() if name != CATEGORY}
    return frozenset((where | own).items())


def _without(figure: Figure, untold: set[str]) -> Figure:
    if figure.suppressed:
        return figure
    flags = dict.fromkeys((name.removeprefix(_FLAG) for name in untold if name != _PERSONS), None)
    return replace(figure, persons=None if _PERSONS in untold else figure.persons, flags={**figure.flags, **flags})
