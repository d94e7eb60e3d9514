"""The economy of a part of a year: outcome against budget so far, and the whole year as it would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reporting.documents.annual.economy import ANCHOR, budget_table, outcome_in_words
from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Chapter, Table, Text
from reporting.documents.so_far.figures import SPLITS, Interim, Row
from reporting.figures.forecast import FEWEST_YEARS, Carried, YearSoFar, forecast, linear, method_in_words
from reporting.figures.model import Result
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, date_long, number
from reporting.figures.wording import amount_in_words

OUTCOME = "outcome"
_NAMES = {"enhet": "ekonomi-enheter", "insats": "ekonomi-insatser"}
"""What the table of each split is called."""


def economy_chapter(found: Interim, numbers: Numbering, *, splits: Sequence[str] = SPLITS) -> Chapter:
    """Return the chapter with a table for each of the splits; where no cost is delivered it says so."""
    now = found.economy.results[-1]
    if now.is_empty:
        nothing = (
            "Inga kostnader är inlästa för nämndens enheter hittills i år, så utfallet kan inte ställas mot budget."
        )
        return Chapter(ANCHOR, "Ekonomi", (Text(nothing, "lead"),))
    tables = (_table(found, one, numbers) for one in found.splits if one.request.by[0] in splits)
    blocks: tuple[Block, ...] = (Text(outcome_in_words(now), "lead"), *tables, *_whole_year(found))
    return Chapter(ANCHOR, "Ekonomi", blocks, runs_on=True)


def _whole_year(found: Interim) -> tuple[Text, ...]:
    """Return the year as it would be, nothing where the period is the whole of it."""
    if found.economy.is_settled:
        return ()
    said, note = _economy_forecast(found.economy, found.end)
    return (Text(f"Utfallet omräknat till helår: {said}."), *([Text(note, "note")] if note else []))


def _table(found: Interim, split: Result, numbers: Numbering) -> Table:
    [dimension] = split.request.by
    rows = [(found.labels[dimension, group.key[dimension]], group) for group in split.groups]
    caption = f"Utfall mot budget till och med {date_long(found.end)} efter {dimension}, tkr"
    return budget_table(numbers, _NAMES[dimension], caption, dimension, rows, split.total)


def _economy_forecast(row: Row, end: dt.date) -> tuple[str, str]:
    """Return the year's outcome as it would be, and how it was reckoned."""
    now = row.results[-1].total.parts[OUTCOME]
    if now.suppressed:
        return HIDDEN, ""
    if now.value is None:
        return NO_DENOMINATOR, ""
    earlier = []
    for part, whole in zip(row.results[:-1], row.wholes, strict=True):
        pair = part.total.parts[OUTCOME].value, whole.total.parts[OUTCOME].value
        if pair[0] is not None and pair[1] is not None:
            earlier.append(YearSoFar(whole.period.end.year, pair[0], pair[1]))
    made = forecast(now.value, earlier, Carried.RATIO)
    if made:
        ends = f"{amount_in_words(made.low)}–{amount_in_words(made.high)}"
        return f"{amount_in_words(made.value)} ({ends})", method_in_words([made])
    straight = amount_in_words(linear(now.value, end.month))
    few = f"färre än {number(FEWEST_YEARS)} tidigare år att gå efter"
    return (
        straight,
        f"Omräkningen är rak: resten av året antas kosta lika mycket i månaden. Det finns {few}, så intervall saknas.",
    )
