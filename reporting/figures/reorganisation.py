"""Units that moved between committees: when and by which decision, and the figures before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.figures.computing import compute_many
from reporting.figures.judging import judged_rows
from reporting.figures.model import Change, Period, Request, Result
from reporting.figures.requests import request as make_request
from reporting.figures.sentences import CERTAIN, NOT_CERTAIN
from reporting.figures.swedish import date_long, listed, lower_first, number
from reporting.figures.trend import change_between
from reporting.figures.wording import spelled
from reporting.measures.cohorts import months_later
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Kind
from reporting.snapshots.engine import Engine

_FEWEST_MONTHS, _MOST_MONTHS = 3, 12

_MOVES = """
    SELECT r.start, r.unit, u.name, before.committee, coalesce(old.name, before.committee),
           r.committee, coalesce(new.name, r.committee), coalesce(r.decision, '')
    FROM responsibilities AS r
    JOIN responsibilities AS before
        ON before.kommun = r.kommun AND before.unit = r.unit AND before.ended = r.start - INTERVAL 1 DAY
    JOIN units AS u ON u.kommun = r.kommun AND u.unit = r.unit
    LEFT JOIN committee AS old ON old.kommun = r.kommun AND old.code = before.committee
    LEFT JOIN committee AS new ON new.kommun = r.kommun AND new.code = r.committee
    WHERE before.committee <> r.committee AND r.start BETWEEN $first AND $last
    ORDER BY r.start, before.committee, r.committee, r.unit
"""


@dataclass(frozen=True)
class Handover:
    """Units that one committee handed over to another on a day. `units`: code and name of each; `decision` may be empty."""

    date: dt.date
    units: tuple[tuple[str, str], ...]
    before: str
    after: str
    before_name: str
    after_name: str
    decision: str

    @property
    def label(self) -> str:
        """What stands at its line in a chart: "KUN → SN"."""
        return f"{self.before} → {self.after}"

    @property
    def unit_codes(self) -> tuple[str, ...]:
        """The codes of the units."""
        return tuple(code for code, _ in self.units)


@dataclass(frozen=True)
class BeforeAndAfter:
    """The same measure on the same units for equally long before and after they moved."""

    handover: Handover
    before: Result
    after: Result
    change: Change


def handovers(engine: Engine, requests: Sequence[Request]) -> tuple[Handover, ...]:
    """Return the handovers that the requests' figures lived through, oldest first.

    They are those within the requests' periods, of units that have cases of the measure, and that the asked-for committees were a
    party to. A handover on the first day of the first period is among them: it is what the series begins with.
    """
    if not requests:
        return ()
    first, last = min(each.period.start for each in requests), max(each.period.end for each in requests)
    where = dict(requests[-1].where)
    rows = engine.rows(_MOVES, {"first": first, "last": min(last, engine.as_of)}).fetchall()
    units = _with_cases(engine, requests, {str(row[1]) for row in rows})
    units &= set(where.get(Dimension.UNIT, units))
    committees = set(where.get(Dimension.COMMITTEE, ()))
    moves: dict[Handover, list[tuple[str, str]]] = {}
    for day, unit, name, old, old_name, new, new_name, decision in rows:
        if unit in units and (not committees or committees & {old, new}):
            move = Handover(day, (), old, new, old_name, new_name, decision)
            moves.setdefault(move, []).append((unit, name))
    return tuple(replace(move, units=tuple(moved)) for move, moved in moves.items())


def _with_cases(engine: Engine, requests: Sequence[Request], units: set[str]) -> set[str]:
    """Return those of the units that have cases in some of the requests; no more requests are looked at than it takes."""
    found: set[str] = set()
    for each in requests:
        if found >= units:
            break
        rows = judged_rows(engine, each).rows("SELECT DISTINCT unit FROM judged WHERE unit IS NOT NULL")
        found |= units & {str(unit) for (unit,) in rows}
    return found


def before_and_after(engine: Engine, request: Request, handover: Handover) -> BeforeAndAfter | None:
    """Return the request's measure on the units that moved, for as many whole months before the move as after it.

    At most twelve, at least three; None when fewer have passed by the as-of date, when the measure looks at other days than the
    period's, or cannot be told by unit, and when one side has nothing to count. The figures before the move belong to the
    committee that handed the units over: whoever may not see those figures must get them as published.
    """
    measure = request.measure
    months = min(_MOST_MONTHS, _whole_months(handover.date, engine.as_of))
    if months < _FEWEST_MONTHS or request.cohort != request.period or Dimension.UNIT not in measure.dimensions:
        return None
    if measure.kind is Kind.DISTRIBUTION:
        return None
    where = {name: values for name, values in request.where if name != Dimension.COMMITTEE}
    where[Dimension.UNIT] = tuple(code for code in handover.unit_codes if code in where.get(Dimension.UNIT, (code,)))
    day = dt.timedelta(days=1)
    periods = (
        Period(months_later(handover.date, -months), handover.date - day),
        Period(handover.date, months_later(handover.date, months) - day),
    )
    asked = [make_request(measure, period=period, variant=request.variant, where=where) for period in periods]
    before, after = compute_many(engine, asked)
    if before.total.value is None or after.total.value is None:
        return None
    return BeforeAndAfter(handover, before, after, change_between(before, after))


def _whole_months(start: dt.date, last: dt.date) -> int:
    """How many whole months from `start` on are over by `last`, that day included."""
    months = 0
    while months_later(start, months + 1) - dt.timedelta(days=1) <= last and months < _MOST_MONTHS:
        months += 1
    return months


def handover_in_words(handover: Handover) -> str:
    """Return in Swedish what happened: "1 januari 2024 gick ansvaret för X över från A till B (beslut)."."""
    units = listed([name for _, name in handover.units])
    old, new = lower_first(handover.before_name), lower_first(handover.after_name)
    decision = f" ({handover.decision})" if handover.decision else ""
    return f"Den {date_long(handover.date)} gick ansvaret för {units} över från {old} till {new}{decision}."


def before_after_in_words(found: BeforeAndAfter) -> str:
    """Return in Swedish how the figures before and after compare, without saying that the move is why."""
    if found.before.total.suppressed or found.after.total.suppressed:
        return "Värdena före och efter flytten visas inte båda, för att inga små antal ska röjas."
    old, new = (_told(result) for result in (found.before, found.after))
    said = f"{found.before.period.label()[:1].upper()}{found.before.period.label()[1:]}: {old}. "
    said += f"{found.after.period.label()[:1].upper()}{found.after.period.label()[1:]}: {new}"
    tested = found.change.p is not None
    said += f"; {CERTAIN if found.change.certain else NOT_CERTAIN}." if tested else "."
    return f"{said} Att något ändrades efter flytten visar inte att flytten är orsaken."


def _told(result: Result) -> str:
    value = spelled(result.measure, result.total.value)
    if result.measure.kind is not Kind.SHARE:
        return value
    return f"{value} ({number(result.total.numerator)} av {number(result.total.denominator)})"
