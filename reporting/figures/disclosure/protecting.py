"""Results as they may be published: small numbers hidden, and what would tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.figures.disclosure.auditing import Narrowed
from reporting.figures.disclosure.counting import Publication
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.disclosure.suppression import narrowed, suppress
from reporting.figures.disclosure.table import DisplayKey
from reporting.figures.disclosure.unfolding import folded, unfolded
from reporting.figures.model import CATEGORY, Figure, Result


@dataclass(frozen=True)
class Protected:
    """The results of one publication after disclosure control; `hidden` counts the figures and left-out numbers hidden in it."""

    results: tuple[Result, ...]
    primary: int
    secondary: int


def protect(results: Sequence[Result], rules: SmallNumbers) -> Protected:
    """Hide what must be hidden in results that are published together.

    Give all of them at once: totals, splits, years, measures and variants that are parts of each other. A hidden figure keeps
    only its key. Of what is shown, the number of persons and the marks are hidden where they are small or would tell others.
    """
    every = unfolded(results)
    publication = Publication(every, rules)
    decided = suppress(publication.table)
    shown = [_shown(result, publication, decided.hidden) for result in every]
    public = folded(results, _without_side_numbers(shown, rules))
    return Protected(tuple(public), primary=len(decided.primary), secondary=len(decided.secondary))


def findings(results: Sequence[Result], published: Sequence[Result], rules: SmallNumbers) -> list[Narrowed]:
    """Return what a reader of `published` could find out of what it hides of `results`: nothing, or it must not be published."""
    every = unfolded(results)
    publication = Publication(every, rules)
    told: set[DisplayKey] = set()
    for result, public in zip(every, unfolded(published), strict=True):
        pairs = zip((result.total, *result.groups), (public.total, *public.groups), strict=True)
        told |= {publication.display_of(result, figure) for figure, shown in pairs if not shown.suppressed}
        told |= {
            publication.display_of_reason(result, reason, count)
            for reason, count in result.excluded.items()
            if count is not None and public.excluded[reason] is not None
        }
    return narrowed(publication.table, set(publication.table.displays) - told)


def _shown(result: Result, publication: Publication, hidden: frozenset[DisplayKey]) -> Result:
    def seen(figure: Figure) -> Figure:
        return figure.hidden() if publication.display_of(result, figure) in hidden else figure

    excluded = {
        reason: None if count is None or publication.display_of_reason(result, reason, count) in hidden else count
        for reason, count in result.excluded.items()
    }
    return replace(
        result, total=seen(result.total), groups=tuple(seen(figure) for figure in result.groups), excluded=excluded
    )


def _without_side_numbers(results: Sequence[Result], rules: SmallNumbers) -> list[Result]:
    """Hide persons and marks that are small, differ by little from those of a wider figure, or stand beside hidden ones.

    They are no table of their own, so that more is hidden than must be: a split either tells them for all its groups or for none.
    """
    wider = _wider_numbers(results)
    return [_side_numbers_of(result, rules.limit_of(result.measure.code), wider) for result in results]


Numbers = Mapping[str, int | None]
_PERSONS = "persons"


def _side_numbers(figure: Figure) -> Numbers:
    return {_PERSONS: figure.persons, **{f"flag {name}": count for name, count in figure.flags.items()}}


def _key(result: Result, figure: Figure) -> frozenset[tuple[str, frozenset[str | None]]]:
    where = {name: frozenset[str | None](values) for name, values in result.request.where}
    own = {name: frozenset([value]) for name, value in figure.key.items() if name != CATEGORY}
    return frozenset((where | own).items())


def _wider_numbers(results: Iterable[Result]) -> Mapping[object, list[tuple[frozenset[object], Numbers]]]:
    found: dict[object, list[tuple[frozenset[object], Numbers]]] = defaultdict(list)
    for result in results:
        for figure in (result.total, *result.groups):
            if not figure.suppressed and CATEGORY not in figure.key:
                found[_about(result)].append((_key(result, figure), _side_numbers(figure)))
    return found


def _about(result: Result) -> object:
    return result.snapshots, result.as_of, result.measure.code, result.request.variant, result.request.cohort


def _side_numbers_of(
    result: Result, limit: int, wider: Mapping[object, list[tuple[frozenset[object], Numbers]]]
) -> Result:
    names = {name for figure in (result.total, *result.groups) for name in _side_numbers(figure)}
    others = wider[_about(result)]
    untold_total = {name for name in names if _tells(result, result.total, name, limit, others)}
    untold = {
        name
        for name in names
        if any(figure.suppressed or _tells(result, figure, name, limit, others) for figure in result.groups)
    }
    return replace(
        result,
        total=_without(result.total, untold_total),
        groups=tuple(_without(figure, untold) for figure in result.groups),
    )


def _tells(
    result: Result, figure: Figure, name: str, limit: int, others: Sequence[tuple[frozenset[object], Numbers]]
) -> bool:
    """Whether the number is small, or the difference to a wider figure's is."""
    if figure.suppressed:
        return True
    own = _side_numbers(figure).get(name) or 0
    key = _key(result, figure)
    gaps = [(numbers.get(name) or 0) - own for other, numbers in others if other < key]
    return any(0 < count < limit for count in (own, *gaps))


def _without(figure: Figure, untold: set[str]) -> Figure:
    if figure.suppressed:
        return figure
    flags = dict.fromkeys((name.removeprefix("flag ") for name in untold if name != _PERSONS), None)
    return replace(figure, persons=None if _PERSONS in untold else figure.persons, flags={**figure.flags, **flags})
