"""The figures of an interim report: each measure so far this year and last, its target, and a forecast for the year's end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.documents.aims import target_value
from reporting.documents.annual.economy import ANCHOR as ECONOMY_ANCHOR
from reporting.documents.annual.economy import budget_table, outcome_in_words
from reporting.documents.annual.questions import SERIES
from reporting.documents.annual.report import ReportFault
from reporting.documents.annual.setting import Numbering, bare, target_text
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.documents.parts import IndicatorPart, indicators
from reporting.figures.computing import compute_many
from reporting.figures.dimensions import label_of
from reporting.figures.forecast import FEWEST_YEARS, Carried, Forecast, YearSoFar, forecast, linear, method_in_words
from reporting.figures.interim import interim_request, period_to
from reporting.figures.model import Period, Request, Result
from reporting.figures.publishing import publish
from reporting.figures.swedish import HIDDEN, NBSP, NO_DENOMINATOR, date_long, number
from reporting.figures.targets import status
from reporting.figures.wording import amount_in_words, value_in_words
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.model import Kind, Measure, Unit
from reporting.snapshots.engine import Engine

ECONOMY = "budget_outcome"
_NOTHING = "Det finns inga uppgifter om perioden som nämnden ansvarar för i underlaget."
OUTCOME = "outcome"
YEARS_BEFORE = 4
_UNIT = "enhet"
_TOLD = (Kind.SHARE, Kind.COUNT, Kind.RATIO)


@dataclass(frozen=True)
class Row:
    """A measure so far: `results` are of the same part of each year, oldest first, `wholes` of the earlier years in full."""

    measure: Measure
    indicator: IndicatorPart | None
    results: tuple[Result, ...]
    wholes: tuple[Result, ...]

    @property
    def name(self) -> str:
        """What the row is called: the indicator's name, or the measure's."""
        return self.indicator.name if self.indicator else self.measure.name

    @property
    def is_settled(self) -> bool:
        """Whether the whole year looks at the very cases that the part does, so that the value is the year's already."""
        return self.results[-2].request.cohort == self.wholes[-1].request.cohort

    @property
    def forecast(self) -> Forecast | None:
        """The year's end, None where it is settled already, hidden, or there are too few years to go by."""
        now = self.results[-1].total
        if self.is_settled or now.value is None:
            return None
        carried = Carried.DIFFERENCE if self.measure.unit is Unit.PERCENT else Carried.RATIO
        pairs = zip(self.results[:-1], self.wholes, strict=True)
        return forecast(now.value, [one for pair in pairs if (one := _so_far(*pair))], carried)


def _so_far(part: Result, whole: Result) -> YearSoFar | None:
    if part.total.value is None or whole.total.value is None:
        return None
    return YearSoFar(whole.period.end.year, part.total.value, whole.total.value)


@dataclass(frozen=True)
class Interim:
    """The figures of a report of a part of a year after disclosure control, up to `end`.

    `left_out`: measures told for whole years only. `units`: the economy by unit, their names in `labels`.
    """

    end: dt.date
    rows: tuple[Row, ...]
    economy: Row
    units: Result
    labels: Mapping[str | None, str]
    left_out: tuple[str, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """Every figure, for the manifest; none where there is nothing but what nobody has delivered."""
        rows = (*self.rows, *(() if self.economy.results[-1].is_empty else (self.economy,)))
        found = tuple(result for row in rows for result in (*row.results, *row.wholes))
        return (*found, self.units) if self.economy in rows else found


def interim_figures(
    engine: Engine, codes: Sequence[str], end: dt.date, where: Mapping[str, tuple[str, ...]]
) -> Interim:
    """Compute and protect the figures of the committees from New Year to `end`, as one publication.

    Raises ReportFault when the snapshot does not reach so far.
    """
    if end > engine.as_of:
        raise ReportFault(
            f"Det går inte att göra en delårsrapport till och med {date_long(end)}: underlaget har uppgifter till och med "
            f"{date_long(engine.as_of)}. Välj ett senare underlag."
        )
    asked: list[tuple[Measure, IndicatorPart | None]] = [
        (measure_named(one.measure), one) for one in indicators(codes, [end.year]) if one.measure
    ]
    plain = {measure.code for measure, one in asked if one and not one.selection}
    asked += [(measure_named(code), None) for code in SERIES if code not in plain]
    told = [(measure, one) for measure, one in asked if measure.kind in _TOLD]
    questions = [(measure, one, _requests(measure, one, end, where)) for measure, one in told]
    left_out = tuple(measure.name for measure, _, requests in questions if not requests)
    kept = [(measure, one, requests) for measure, one, requests in questions if requests]
    kept.append((measure_named(ECONOMY), None, _requests(measure_named(ECONOMY), None, end, where)))
    units = replace(kept[-1][2][YEARS_BEFORE], by=(_UNIT,))
    every = [*(request for _, _, requests in kept for request in requests), units]
    results = iter(publish(engine, compute_many(engine, every)))
    rows = []
    for measure, one, _ in kept:
        found = [next(results) for _ in range(2 * YEARS_BEFORE + 1)]
        rows.append(Row(measure, one, tuple(found[: YEARS_BEFORE + 1]), tuple(found[YEARS_BEFORE + 1 :])))
    *shown, economy = rows
    by_unit = next(results)
    labels = {group.key[_UNIT]: label_of(engine, _UNIT, group.key[_UNIT]) for group in by_unit.groups}
    told_now = tuple(row for row in shown if not row.results[-1].is_empty)
    return Interim(end, told_now, economy, by_unit, labels, left_out)


def _requests(
    measure: Measure, indicator: IndicatorPart | None, end: dt.date, where: Mapping[str, tuple[str, ...]]
) -> list[Request]:
    """Return the same part of each year, and then the earlier years in full; none of a measure that is for whole years only."""
    years = range(end.year - YEARS_BEFORE, end.year + 1)
    periods = [period_to(end, year) for year in years] + [Period.year(year) for year in years[:-1]]
    wanted = indicator.variant if indicator else ""
    narrowed = {**where, **(indicator.selection if indicator else {})}
    found = (interim_request(measure, period, wanted=wanted, where=narrowed) for period in periods)
    return [request for request in found if request is not None]


def interim_chapters(found: Interim, numbers: Numbering) -> tuple[Chapter, ...]:
    """Return the goals and measures with their forecasts, and the economy."""
    return (_hitherto(found, numbers), _economy(found, numbers))


def monthly_chapters(found: Interim, numbers: Numbering) -> tuple[Chapter, ...]:
    """Return the key figures of a month's sheet with their targets and how they stand, and the economy."""
    blocks: tuple[Block, ...] = (Text(_lead(found), "lead"),)
    blocks += (_key_figures(found, numbers),) if found.rows else (Text(_NOTHING),)
    return (Chapter("nyckeltal", "Nyckeltal", blocks), _economy(found, numbers))


def _lead(found: Interim) -> str:
    return (
        f"Siffrorna gäller från årets början till och med {date_long(found.end)}. Mått som följer någon länge räknas på "
        "avslutade perioder eller på de tolv månader som slutar med perioden, aldrig på en del av ett kalenderår."
    )


def _hitherto(found: Interim, numbers: Numbering) -> Chapter:
    left_out = f"Redovisas bara för hela år: {'; '.join(found.left_out)}." if found.left_out else ""
    method = method_in_words([made for row in found.rows if (made := row.forecast)])
    texts = [Text(text, "note") for text in (method, left_out) if text]
    table = _table(found, numbers) if found.rows else Text(_NOTHING)
    return Chapter("hittills", "Hittills i år", (Text(_lead(found), "lead"), table, *texts))


def _economy(found: Interim, numbers: Numbering) -> Chapter:
    now = found.economy.results[-1]
    if now.is_empty:
        nothing = (
            "Inga kostnader är inlästa för nämndens enheter hittills i år, så utfallet kan inte ställas mot budget."
        )
        return Chapter(ECONOMY_ANCHOR, "Ekonomi", (Text(nothing, "lead"),))
    said, note = _economy_forecast(found.economy, found.end)
    rows = [(found.labels[group.key[_UNIT]], group) for group in found.units.groups]
    caption = f"Utfall mot budget till och med {date_long(found.end)} efter enhet, tkr"
    blocks: list[Block] = [
        Text(outcome_in_words(now), "lead"),
        budget_table(numbers, "ekonomi-enheter", caption, _UNIT, rows, now.total),
        Text(f"Utfallet omräknat till helår: {said}."),
    ]
    return Chapter(ECONOMY_ANCHOR, "Ekonomi", (*blocks, *([Text(note, "note")] if note else [])), runs_on=True)


def _key_figures(found: Interim, numbers: Numbering) -> Table:
    year = found.end.year
    columns = (
        Column("Nyckeltal", 28, numeric=False),
        Column("Räknas på", 28, numeric=False),
        Column(f"Samma tid {year - 1}", 11),
        Column(f"Hittills {year}", 11),
        Column("Mål för året", 9),
        Column("Mot målet", 13, numeric=False),
    )
    rows = tuple(
        (
            Cell(row.name),
            Cell(_counted_on(row)),
            Cell(value_in_words(row.measure, row.results[-2].total)),
            Cell(value_in_words(row.measure, row.results[-1].total), strong=True),
            Cell(_target(row, year)),
            Cell(_against_target(row, year)),
        )
        for row in found.rows
    )
    note = (
        "Mot målet: hur värdet hittills står sig mot årets mål. Kostnader för hela året jämförs inte med en del av det."
    )
    return Table(numbers.table(), "nyckeltal", "Nyckeltal hittills i år", columns, rows, note)


def _against_target(row: Row, year: int) -> str:
    """Return how the value so far stands to the year's target; amounts and hidden values are not held against it."""
    target = row.indicator.targets.get(year) if row.indicator else None
    if target is None or row.measure.unit is Unit.KRONOR:
        return NO_DENOMINATOR
    found = status(row.results[-1].total.value, target.comparator, target_value(target, year))
    return f"{found.sign} {found.label}"


def _table(found: Interim, numbers: Numbering) -> Table:
    year = found.end.year
    columns = (
        Column("Indikator eller mått", 28, numeric=False),
        Column("Räknas på", 20, numeric=False),
        Column(f"Samma tid {year - 1}", 12),
        Column(f"Hittills {year}", 12),
        Column("Mål för året", 10),
        Column("Prognos för året", 18),
    )
    rows = tuple(
        (
            Cell(row.name),
            Cell(_counted_on(row)),
            Cell(value_in_words(row.measure, row.results[-2].total)),
            Cell(value_in_words(row.measure, row.results[-1].total), strong=True),
            Cell(_target(row, year)),
            Cell(_forecast_in_words(row)),
        )
        for row in found.rows
    )
    note = "”klart” betyder att årets värde redan är avgjort. – som prognos betyder att tidigare år är för få att gå efter."
    return Table(numbers.table(), "delar-indikatorer", "Så går det hittills, med prognos", columns, rows, note)


def _counted_on(row: Row) -> str:
    request = row.results[-1].request
    window = request.cohort.label()
    many = len(row.measure.variants) > 1
    return f"{window} ({row.measure.variant_label(request.variant)})" if many else window


def _target(row: Row, year: int) -> str:
    target = row.indicator.targets.get(year) if row.indicator else None
    wanted = target_value(target, year)
    return target_text(target, wanted / 1000 if wanted is not None and row.measure.unit is Unit.KRONOR else wanted)


def _forecast_in_words(row: Row) -> str:
    if row.results[-1].total.suppressed:
        return HIDDEN
    if row.is_settled:
        return "klart"
    made = row.forecast
    if made is None:
        return NO_DENOMINATOR
    value, low, high = (bare(row.measure, each) for each in (made.value, made.low, made.high))
    unit = {Unit.PERCENT: f"{NBSP}%", Unit.KRONOR: f"{NBSP}tkr"}.get(row.measure.unit, "")
    return f"{value}{unit} ({low}–{high})"


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
