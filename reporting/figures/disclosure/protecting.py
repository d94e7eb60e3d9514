"""Results as they may be published: small numbers hidden, and what would tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.figures.disclosure.auditing import Narrowed
from reporting.figures.disclosure.publication import Publication
from reporting.figures.disclosure.remembering import Pair
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.disclosure.side_numbers import without_telling
from reporting.figures.disclosure.suppression import narrowed, suppress
from reporting.figures.disclosure.table import DisplayKey
from reporting.figures.disclosure.unfolding import folded, unfolded, unfolded_pairs
from reporting.figures.model import Figure, Result


@dataclass(frozen=True)
class Protected:
    """The results of one publication after disclosure control; `hidden` counts the figures and left-out numbers hidden in it."""

    results: tuple[Result, ...]
    primary: int
    secondary: int


def protect(results: Sequence[Result], rules: SmallNumbers, earlier: Sequence[Pair] = ()) -> Protected:
    """Hide what must be hidden in results that are published together, when `earlier` is known already.

    Give all of them at once: totals, splits, years, measures and variants that are parts of each other. A hidden figure keeps
    only its key. Of what is shown, the number of persons and the marks are hidden where they are small or would tell others.
    """
    every, before = unfolded(results), [pair for again, public in earlier for pair in unfolded_pairs(again, public)]
    publication = Publication(every, rules, before)
    decided = suppress(publication.table)
    shown = [_shown(result, publication, decided.hidden) for result in every]
    public = folded(results, without_telling(shown, rules, before))
    return Protected(tuple(public), primary=len(decided.primary), secondary=len(decided.secondary))


def findings(
    results: Sequence[Result], published: Sequence[Result], rules: SmallNumbers, earlier: Sequence[Pair] = ()
) -> list[Narrowed]:
    """Return what a reader of `published` and of `earlier` could find out of what is hidden of `results`.

    Nothing, or it must not be published.
    """
    every, before = unfolded(results), [pair for again, public in earlier for pair in unfolded_pairs(again, public)]
    publication = Publication(every, rules, before)
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
