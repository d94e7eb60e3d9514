"""What was known of a measure before the system: published figures with their sources, never mixed into a computed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.figures.dimensions import label_of
from reporting.figures.keeping import workbench
from reporting.figures.model import Request
from reporting.figures.swedish import listed, lower_first
from reporting.figures.wording import spelled
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine

_ROWS = """
    SELECT year, variant, committee, CAST(value AS DOUBLE), CAST(numerator AS DOUBLE), CAST(denominator AS DOUBLE),
           source, name_then
    FROM history WHERE measure = $measure ORDER BY year
"""


@dataclass(frozen=True)
class KnownBefore:
    """A figure of one year as somebody published it then, in the measure's unit (percent 0–100, persons, kronor).

    `committee`: the code of the committee it is of, None for the whole municipality. `name_then`: what it was called.
    """

    year: int
    value: float
    numerator: float | None
    denominator: float | None
    source: str
    name_then: str
    committee: str | None


def history_before(engine: Engine, request: Request, *, before: int) -> tuple[KnownBefore, ...]:
    """Return what is known of the years before `before`, oldest first, for the very population that the request asks for.

    That is the request's variant (rows that name none are of the default) and its committee. For the whole municipality it is the
    figure of the whole, or of the one committee that reported any. A request narrowed in other ways has no history.
    """
    asked = {name: set(values) for name, values in request.where}
    committees = asked.pop(Dimension.COMMITTEE, set())
    if asked:
        return ()
    rows = [row for row in _all_rows(engine, request) if row.year < before]
    if committees and not committees >= _ever_responsible(engine):
        [*one] = committees
        return tuple(row for row in rows if len(one) == 1 and row.committee == one[0])
    return tuple(_of_the_whole(rows))


def _all_rows(engine: Engine, request: Request) -> list[KnownBefore]:
    measure = request.measure
    defaults = {None, "", measure.default_variant[0]}
    wanted = defaults if request.variant in defaults else {request.variant}
    found = engine.rows(_ROWS, {"measure": measure.code}).fetchall()
    return [
        KnownBefore(int(year), value, numerator, denominator, source, name_then or "", committee)
        for year, variant, committee, value, numerator, denominator, source, name_then in found
        if variant in wanted
    ]


def _of_the_whole(rows: Sequence[KnownBefore]) -> list[KnownBefore]:
    by_year: dict[int, list[KnownBefore]] = {}
    for row in rows:
        by_year.setdefault(row.year, []).append(row)
    chosen = []
    for year in sorted(by_year):
        whole = [row for row in by_year[year] if row.committee is None]
        candidates = whole or by_year[year]
        chosen += candidates if len(candidates) == 1 else []
    return chosen


def _ever_responsible(engine: Engine) -> set[str]:
    def asked() -> frozenset[str]:
        return frozenset(row[0] for row in engine.rows("SELECT DISTINCT committee FROM responsibilities").fetchall())

    return set(workbench(engine).answers.get("committees ever responsible", asked))


def history_in_words(engine: Engine, measure: Measure, known: Sequence[KnownBefore]) -> str:
    """Return in Swedish what was known before the system and who said it; empty when there is nothing."""
    if not known:
        return ""
    told = [f"{row.year} {spelled(measure, row.value)}" for row in known]
    sources = list(dict.fromkeys(row.source for row in known))
    names = [name for name in dict.fromkeys(row.name_then for row in known) if name]
    called = f" Måttet kallades då {listed([f'”{name}”' for name in names])}." if names else ""
    committees = [code for code in dict.fromkeys(row.committee for row in known) if code]
    whose = f" Uppgifterna är från {_named(engine, committees)}." if committees else ""
    return (
        f"Från tiden före systemet: {listed(told)}. Värdena är inte beräknade här och kan ha räknats på annat sätt. "
        f"Källa: {listed(sources)}.{whose}{called}"
    )


def _named(engine: Engine, committees: Sequence[str]) -> str:
    return listed([lower_first(label_of(engine, Dimension.COMMITTEE, code)) for code in committees])
