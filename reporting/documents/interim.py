"""The figures of an interim report: each measure so far this year and last, its target, and a forecast for the year's end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.documents.aims import target_value
from reporting.documents.annual.questions import SERIES
from reporting.documents.annual.report import ReportFault
from reporting.documents.annual.setting import Numbering, bare, target_text
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.documents.parts import IndicatorPart, indicators
from reporting.figures.computing import compute_many
from reporting.figures.forecast import FEWEST_YEARS, Carried, Forecast, YearSoFar, forecast, linear, method_in_words
from reporting.figures.interim import interim_request, period_to
from reporting.figures.model import Period, Request, Result
from reporting.figures.publishing import publish
from reporting.figures.swedish import HIDDEN, NBSP, NO_DENOMINATOR, date_long, number
from reporting.figures.wording import amount_in_words, part_in_words, value_in_words
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.model import Kind, Measure, Unit
from reporting.snapshots.engine import Engine

ECONOMY = "budget_outcome"
OUTCOME = "outcome"
YEARS_BEFORE = 4
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
    """The figures of an interim report after disclosure control, up to `end`; `left_out`: measures told for whole years only."""

    end: dt.date
    rows: tuple[Row, ...]
    economy: Row
    left_out: tuple[str, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """Every figure, for the manifest."""
        return tuple(result for row in (*self.rows, self.economy) for result in (*row.results, *row.wholes))


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
    every = [request for _, _, requests in kept for request in requests]
    results = iter(publish(engine, compute_many(engine, every)))
    rows = []
    for measure, one, _ in kept:
        found = [next(results) for _ in range(2 * YEARS_BEFORE + 1)]
        rows.append(Row(measure, one, tuple(found[: YEARS_BEFORE + 1]), tuple(found[YEARS_BEFORE + 1 :])))
    *shown, economy = rows
    return Interim(end, tuple(row for row in shown if not row.results[-1].is_empty), economy, left_out)


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


def interim_chapter(found: Interim, numbers: Numbering) -> Chapter:
    """Return the chapter with the goals and the measures, its forecasts, and the economy."""
    lead = (
        f"Siffrorna gäller från årets början till och med {date_long(found.end)}. Mått som följer någon länge räknas på "
        "avslutade perioder eller på de tolv månader som slutar med perioden, aldrig på en del av ett kalenderår."
    )
    left_out = f"Redovisas bara för hela år: {'; '.join(found.left_out)}." if found.left_out else ""
    method = method_in_words([made for row in found.rows if (made := row.forecast)])
    texts = [Text(text, "note") for text in (method, left_out) if text]
    blocks: list[Block] = [Text(lead, "lead"), _table(found, numbers), *texts, _economy_table(found, numbers)]
    return Chapter("hittills", "Hittills i år", tuple(blocks))


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


def _economy_table(found: Interim, numbers: Numbering) -> Table:
    row = found.economy
    now = row.results[-1].total
    columns = (Column("Ekonomi", 60, numeric=False), Column("Belopp", 40))
    rows = [(Cell(part.label), Cell(part_in_words(part.unit, now.parts[part.name]))) for part in row.measure.parts]
    said, note = _economy_forecast(row, found.end)
    rows.append((Cell("Omräknat till helår"), Cell(said)))
    return Table(numbers.table(), "delar-ekonomi", "Ekonomi hittills, med prognos", columns, tuple(rows), note)


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
