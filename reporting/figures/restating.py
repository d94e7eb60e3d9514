"""Why a figure is another now than it was: the cases that have come, been settled, been changed or gone between two snapshots."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from reporting.figures.judging import condition, judged_rows
from reporting.figures.model import Request
from reporting.figures.swedish import listed, number
from reporting.snapshots.engine import Engine

_OUTCOMES = ("met", "category", "days", "event", "amount", "units")


@dataclass(frozen=True)
class Differences:
    """How many cases a figure rests on now and not then, or otherwise than then.

    `came`: not delivered then. `settled`: known then but left out, say since their follow-up was still going on. `changed`:
    counted then as now, with another outcome. `gone`: counted then, and since taken away or left out.
    """

    came: int
    settled: int
    changed: int
    gone: int


def differences(then: Engine, now: Engine, request: Request) -> Differences:
    """Compare the judged cases of the request in two snapshots. Raises SnapshotFault when one of them cannot answer it."""
    (known, counted), (_, counted_now) = _cases(then, request), _cases(now, request)
    new = counted_now.keys() - counted.keys()
    return Differences(
        came=len(new - known),
        settled=len(new & known),
        changed=sum(counted[key] != counted_now[key] for key in counted.keys() & counted_now.keys()),
        gone=len(counted.keys() - counted_now.keys()),
    )


def _cases(engine: Engine, request: Request) -> tuple[set[str], dict[str, list[object]]]:
    """Return the keys of all judged cases, and those in the population with what they count as."""
    judged = judged_rows(engine, request)
    judged.check(name for name, _ in request.where)
    kept, params = condition(request.where)
    outcomes = [name for name in _OUTCOMES if name in judged.columns]
    counted: dict[str, list[object]] = {}
    known = set()
    columns = ", ".join(["CAST(unit_key AS VARCHAR)", "in_population", *outcomes])
    # A cost has a row for each activity of a person: what a case counts as is all its rows, in an order that is theirs.
    for key, is_in, *outcome in judged.rows(f"SELECT {columns} FROM judged WHERE {kept} ORDER BY ALL", params):
        known.add(key)
        if is_in:
            counted.setdefault(key, []).append(tuple(outcome))
    return known, counted


def differences_in_words(found: Differences, *, limit: int | None = None) -> str:
    """Return in Swedish why the figure differs.

    Numbers are told only where none of them is below the limit, and never without one, as when the figure itself is hidden:
    any of them, taken from the difference of two figures, would tell the others.
    """
    counts = [count for count in astuple(found) if count]
    told = limit is not None and bool(counts) and min(counts) >= limit
    words = [
        _said(found.came, "som levererades senare", told=told),
        _said(found.settled, "vars uppföljning då inte var klar", told=told),
        _said(found.changed, "som har rättats eller fått ett annat utfall", told=told),
        _said(found.gone, "som har tagits bort eller inte längre räknas", told=told),
    ]
    kept = [word for word in words if word]
    return f"Ärenden {listed(kept)}." if kept else "Ärendena är desamma; något annat i underlaget har ändrats."


def _said(count: int, what: str, *, told: bool) -> str:
    if not count:
        return ""
    return f"{what} ({number(count)})" if told else what
