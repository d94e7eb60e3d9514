"""How a distribution has shifted between two periods: as a whole first, then which categories it is that have grown or shrunk."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.figures.contingency import association
from reporting.figures.model import CATEGORY, Change, Figure, Result
from reporting.figures.swedish import NBSP, listed, number
from reporting.figures.trend import SIGNIFICANCE, test_of_change
from reporting.measures.model import Category


@dataclass(frozen=True)
class Moved:
    """A category whose share has certainly changed: from one figure to another."""

    category: Category
    earlier: Figure
    later: Figure
    change: Change


@dataclass(frozen=True)
class Shift:
    """The change of a whole distribution. `p` is of the hypothesis that both periods are alike, None where it cannot be tested.

    `moved`: the categories that have certainly changed, adjusted for how many are compared (Holm 1979).
    """

    p: float | None
    certain: bool
    moved: tuple[Moved, ...]


def shift_between(before: Result, last: Result) -> Shift:
    """Return how the distribution of the totals has shifted; nothing is told of it where any category is hidden."""
    pairs = [(category, _of(before, category), _of(last, category)) for category in last.measure.categories]
    shown = [(category, old, new) for category, old, new in pairs if old is not None and new is not None]
    if len(shown) < len(pairs):
        return Shift(None, certain=False, moved=())
    p = association(
        [[int(figure.numerator or 0) for figure in row] for row in zip(*(pair[1:] for pair in shown), strict=True)]
    )
    certain = p is not None and p < SIGNIFICANCE
    return Shift(p, certain, tuple(_moved(shown)) if certain else ())


def _of(result: Result, category: Category) -> Figure | None:
    found = result.group(**{CATEGORY: category.code})
    return found if found and not found.suppressed and found.value is not None else None


def _moved(shown: list[tuple[Category, Figure, Figure]]) -> list[Moved]:
    from statsmodels.stats.multitest import multipletests

    tested = [
        Moved(category, old, new, change)
        for category, old, new in shown
        if (change := test_of_change(old, new)).p is not None
    ]
    rejected = multipletests([each.change.p or 0.0 for each in tested], alpha=SIGNIFICANCE, method="holm")[0]
    return [each for each, certain in zip(tested, rejected, strict=True) if certain]


def shift_in_words(before: Result | None, last: Result) -> str:
    """Return in Swedish what a distribution's last period says, and whether it differs from the one before."""
    now = last.period.label()
    figures = [(category, last.group(**{CATEGORY: category.code})) for category in last.measure.categories]
    if not last.total.denominator and not last.total.suppressed:
        return f"Det finns inget värde för {now}: inga {last.measure.case.many} att räkna på."
    if any(figure is None or figure.suppressed for _, figure in figures):
        return f"Alla delar visas inte för {now}, för att inga små antal ska röjas. Därför sägs inget om hur de har ändrats."
    shares = [(category, figure) for category, figure in figures if figure and figure.value is not None]
    most = max(figure.value or 0 for _, figure in shares)
    largest = listed([category.label.lower() for category, figure in shares if figure.value == most])
    said = f"Vanligast {now} var {largest}, {number(most, 1)}{NBSP}procent av {number(last.total.denominator)}."
    return said if before is None else f"{said} {_compared(before, last)}"


def _compared(before: Result, last: Result) -> str:
    earlier = before.period.label()
    found = shift_between(before, last)
    if found.p is None:
        return f"Fördelningen går inte att jämföra med {earlier}."
    if not found.certain:
        return f"Fördelningen skiljer sig inte på ett statistiskt säkerställt sätt från {earlier}."
    if not found.moved:
        return f"Fördelningen har ändrats sedan {earlier}, men ingen enskild del är statistiskt säkerställt större eller mindre."
    told = [_moved_in_words(moved) for moved in found.moved]
    return f"Fördelningen har ändrats sedan {earlier}: {listed(told)}. Skillnaderna är statistiskt säkerställda."


def _moved_in_words(moved: Moved) -> str:
    verb = "ökade" if (moved.change.difference or 0) > 0 else "minskade"
    old, new = number(moved.earlier.value, 1), f"{number(moved.later.value, 1)}{NBSP}procent"
    return f"{moved.category.label.lower()} {verb} från {old} till {new}"
