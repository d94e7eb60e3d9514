"""What committees say of the outcomes that are to be explained, as reports print it: also what was said the last time before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Cell, Column, Table
from reporting.documents.parts import ExplanationPart, IndicatorPart
from reporting.figures.model import Period
from reporting.figures.swedish import NO_DENOMINATOR


@dataclass(frozen=True)
class Explained:
    """An outcome that is to be explained: what it is called, its value and target in words, and what is said of it."""

    name: str
    value: str
    target: str
    indicator: IndicatorPart


def explanations_table(found: Sequence[Explained], period: Period, numbers: Numbering) -> Table | None:
    """Return what is said of the outcomes, which nobody has explained, and what became of what was said before.

    None when there are none.
    """
    rows = tuple(row for one in found for row in _rows(one, period))
    if not rows:
        return None
    columns = (
        Column("Utfall som ska förklaras", 20, numeric=False),
        Column("Utfall och mål", 15, numeric=False),
        Column("Nämndens förklaring", 23, numeric=False),
        Column("Åtgärd, eller skäl till ingen", 20, numeric=False),
        Column("Förra gången, och hur åtgärden står", 22, numeric=False),
    )
    since = "året före" if period.is_calendar_year else "samma tid året före"
    note = f"Ett utfall ska förklaras när målet inte är uppfyllt eller när det säkert har blivit sämre sedan {since}."
    return Table(numbers.table(), "forklaringar", f"Förklaringar av utfallet {period.label()}", columns, rows, note)


def _rows(one: Explained, period: Period) -> Iterator[tuple[Cell, ...]]:
    said = f"{one.value}, mål {one.target}" if one.target else one.value
    first = (Cell(one.name), Cell(said))
    before = Cell(" ".join(map(_before, one.indicator.said_before(period.end))) or NO_DENOMINATOR, small=True)
    given = one.indicator.explanations.get(period.end, ())
    if not given:
        yield (*first, Cell("Saknas", strong=True), Cell(NO_DENOMINATOR), before)
    for each in given:
        yield (*first, Cell(each.text), Cell(each.answer), before)


def _before(said: ExplanationPart) -> str:
    """Return what was said the last time, of which period, and the action with how it stands."""
    end = "" if said.text.endswith((".", "!", "?")) else "."
    return f"{said.period[:1].upper()}{said.period[1:]}: {said.text}{end} {said.answer}"
