"""What the overview says: indicators with status and trend, what moved, what is late, each activity's result, what to watch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from reporting.documents.aims import ByHand, by_hand
from reporting.documents.parts import IndicatorPart
from reporting.figures.computing import compute_many
from reporting.figures.dimensions import label_of
from reporting.figures.keeping import workbench
from reporting.figures.model import Figure, Result
from reporting.figures.swedish import date_long
from reporting.figures.targets import Status
from reporting.figures.trend import Trend
from reporting.figures.wording import (
    basis_in_words,
    count_in_words,
    interval_in_words,
    value_and_unit,
    value_in_words,
)
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.catalogue import measures
from reporting.snapshots.engine import Engine, engine_for
from reporting.views.charts import HALF, Chart, small_chart, split_chart
from reporting.views.indicators import Outcome, indicators_of, requests_for
from reporting.views.late import late_sheet, requests_of_late
from reporting.views.measure_page import SERIES_YEARS, MeasurePage
from reporting.views.moved import moved_sheet, requests_of_moves
from reporting.views.place import Place
from reporting.views.question import Question
from reporting.views.sheets import Cell, Column, Row, Sheet
from reporting.views.split import compared_groups, told_of_groups

_BY_ACTIVITY = ("work_or_study_at_exit", "cost_per_result")
_NUMBERS = ("Inget", "Ett", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio", "Tio", "Elva", "Tolv")


@dataclass(frozen=True)
class Card:
    """One indicator, as large as it is important."""

    name: str
    url: str
    value: str
    unit: str
    basis: str
    status: str
    status_label: str
    status_sign: str
    trend: str
    change: str
    before: int
    chart: str


@dataclass(frozen=True)
class Watch:
    """One thing to watch: in short what it is, the text and where it leads."""

    what: str
    text: str
    url: str


@dataclass(frozen=True)
class Summary:
    """Everything the overview shows. `by_hand` names the indicators that no measure gives and nobody has reported."""

    lead: str
    cards: tuple[Card, ...]
    moved: Sheet
    late: Sheet
    activities: Sheet | None
    told: str
    chart: Chart | None
    watch: tuple[Watch, ...]
    by_hand: tuple[str, ...]


def summary_of(place: Place) -> Summary:
    """Return the overview of a place that is the reader's own. All figures are asked for together."""
    scope = place.scope
    if scope is None:
        raise ValueError("only the published tables are this reader's")
    engine = engine_for(place.snapshot)
    years = range(place.year - SERIES_YEARS + 1, place.year + 1)
    measured, manual = indicators_of(place.committees, place.year)
    reported = [hand for indicator in manual for hand in by_hand(indicator, place.year)]
    hands = [hand for hand in reported if hand.reported]
    asked = [(indicator, measure, requests_for(indicator, measure, scope, years)) for indicator, measure in measured]
    by_activity = [
        Question(measure_named(code), None, ("insats",), {}, scope).request(place.year) for code in _BY_ACTIVITY
    ]
    moves, lates = requests_of_moves(place), requests_of_late(place)
    wanted = [one for _, _, requests in asked for one in requests]
    results = iter(compute_many(engine, [*wanted, *moves, *lates, *by_activity]))
    outcomes = [
        Outcome(indicator, measure, tuple(next(results) for _ in requests), indicator.targets.get(place.year))
        for indicator, measure, requests in asked
        if requests
    ]
    outcomes.sort(key=lambda outcome: outcome.target is None)
    moved, late = list(islice(results, len(moves))), list(islice(results, len(lates)))
    exits, costs = results
    return Summary(
        lead=lead_of([*outcomes, *hands], place.year),
        cards=(*(_card(place, outcome) for outcome in outcomes), *(_card_by_hand(hand) for hand in hands)),
        # Thirty tests of significance are worth keeping; the address tells whose links the sheet has.
        moved=workbench(engine).answers.get(
            ("moved", place.url("overview"), tuple(moves)), lambda: moved_sheet(place, moved)
        ),
        late=late_sheet(place, engine, late),
        activities=activity_sheet(place, engine, exits, costs),
        told=told_of_groups(engine, exits, compared_groups(engine, exits)),
        chart=split_chart(page_of_split(place, exits), exits, wide=HALF),
        watch=(*_watch(place, outcomes), *_unexplained([*outcomes, *hands]), *_reviews(place)),
        by_hand=tuple(hand.name for hand in reported if not hand.reported),
    )


def lead_of(outcomes: Sequence[Outcome | ByHand], year: int) -> str:
    """Return what happened, in a few sentences: how many targets are met, and what has certainly changed."""
    said = []
    with_target = [outcome for outcome in outcomes if outcome.target]
    if with_target:
        met = sum(outcome.status is Status.MET for outcome in with_target)
        form = "uppfyllda" if met > 1 else "uppfyllt"
        said.append(f"{_in_letters(met)} av {_in_letters(len(with_target)).lower()} mål är {form} {year}.")
    for wanted, word in ((Trend.FALLING, "lägre"), (Trend.RISING, "högre")):
        moved = [outcome.indicator.name for outcome in outcomes if outcome.trend is wanted]
        if moved:
            names = ", ".join(f"{name[:1].lower()}{name[1:]}" for name in moved)
            said.append(f"Statistiskt säkerställt {word} än {year - 1}: {names}.")
    if any(outcome.trend is Trend.UNCERTAIN for outcome in outcomes) and not any(
        outcome.trend.is_certain for outcome in outcomes
    ):
        said.append(f"Ingen av indikatorernas förändringar sedan {year - 1} är statistiskt säkerställd.")
    return " ".join(said)


def _in_letters(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _card(place: Place, outcome: Outcome) -> Card:
    value, unit = value_and_unit(outcome.measure, outcome.latest.total)
    basis = basis_in_words(outcome.measure, outcome.latest.total)
    status = outcome.status
    return Card(
        name=outcome.indicator.name,
        url=place.url("measure", code=outcome.measure.code, query=_query(outcome.indicator)),
        value=value,
        unit=unit,
        basis=f"{basis} · mål {outcome.target_in_words}" if outcome.target else f"{basis} · inget mål",
        status=status or "no_target",
        status_label=status.label if status else "Inget mål",
        status_sign=status.sign if status else "·",
        trend=outcome.trend.label,
        change=outcome.change_in_words,
        before=place.year - 1,
        chart=small_chart(outcome.measure, outcome.results, outcome.wanted),
    )


def _card_by_hand(hand: ByHand) -> Card:
    status = hand.status
    return Card(
        name=hand.name,
        url=hand.indicator.url,
        value=hand.value,
        unit=hand.indicator.unit,
        basis=f"rapporterat för hand · mål {hand.target_in_words}"
        if hand.target
        else "rapporterat för hand · inget mål",
        status=status or "no_target",
        status_label=status.label if status else "Inget mål",
        status_sign=status.sign if status else "·",
        trend=hand.trend.label,
        change="",
        before=hand.year - 1,
        chart="",
    )


def _query(indicator: IndicatorPart) -> dict[str, list[str]]:
    """Return the indicator's own way of asking, as the measure's page takes it."""
    query = {name: list(values) for name, values in indicator.selection.items()}
    return {**query, "variant": [indicator.variant]} if indicator.variant else query


def activity_sheet(place: Place, engine: Engine, exits: Result, costs: Result) -> Sheet | None:
    """Return the result of each activity: exits, to work or studies with its interval, cost per result. None without exits."""
    if not exits.groups:
        return None
    rows = []
    for group in exits.groups:
        code = group.key["insats"]
        cost = costs.group(insats=code)
        name = label_of(engine, "insats", code)
        link = _cases(place, exits, code) if place.case_scope else ""
        rows.append(Row((Cell(name, link=link), *_activity_cells(exits, group, costs, cost))))
    rows.append(Row((Cell("Samtliga"), *_activity_cells(exits, exits.total, costs, costs.total)), "total"))
    columns = (
        Column("Insats", numeric=False),
        Column("Avslut"),
        Column("Till arbete eller studier"),
        Column("95 % osäkerhet"),
        Column("Kostnad per resultat"),
    )
    note = "En person kan ha haft flera insatser. Årets kostnad har också köpt resultat andra år."
    return Sheet("resultat-per-insats", f"Resultat per insats {place.year}", columns, tuple(rows), (note,))


def _activity_cells(exits: Result, group: Figure, costs: Result, cost: Figure | None) -> tuple[Cell, ...]:
    return (
        Cell(count_in_words(group.denominator, hidden=group.suppressed), group.denominator),
        Cell(value_in_words(exits.measure, group), group.value),
        Cell(interval_in_words(group)),
        Cell(value_in_words(costs.measure, cost), cost.value) if cost else Cell("–"),
    )


def _cases(place: Place, exits: Result, code: str | None) -> str:
    return place.url("measure_cases", code=exits.measure.code, query={"insats": code or "saknas"})


def page_of_split(place: Place, result: Result) -> MeasurePage:
    """Return the page of the measure on which the split stands, for the links of its chart."""
    if place.scope is None:
        raise ValueError("only the published tables are this reader's")
    return MeasurePage(
        place, result.measure, Question(result.measure, None, result.by, {}, place.scope), "measure_split"
    )


def _watch(place: Place, outcomes: Sequence[Outcome]) -> Iterator[Watch]:
    """Give what is missed first, then what cannot be judged, then what is still open."""
    for wanted in (Status.NOT_MET, Status.NEARLY, Status.NOT_MEASURED):
        for outcome in outcomes:
            if outcome.status is wanted:
                value = value_in_words(outcome.measure, outcome.latest.total)
                url = place.url("measure", code=outcome.measure.code, query=_query(outcome.indicator))
                yield Watch(f"Mål: {wanted.label.lower()}", _against_target(outcome, value), url)
    for outcome in outcomes:
        waiting = outcome.latest.excluded.get("window_open")
        if waiting:
            noun = outcome.measure.case.one if waiting == 1 else outcome.measure.case.many
            query = {**_query(outcome.indicator), "reason": ["window_open"]}
            url = place.url("measure_left_out", code=outcome.measure.code, query=query)
            text = f"{outcome.indicator.name}: {waiting} {noun} väntar på att uppföljningstiden ska gå ut."
            yield Watch("Inte klart", text, url)


def _unexplained(outcomes: Sequence[Outcome | ByHand]) -> Iterator[Watch]:
    """Give the outcomes that the committee should explain and has not."""
    for outcome in outcomes:
        if outcome.lacks_explanation:
            said = f"{outcome.indicator.name}: {outcome.value_in_words} är inte förklarat."
            yield Watch("Förklaring saknas", said, outcome.indicator.url)


def _against_target(outcome: Outcome, value: str) -> str:
    if outcome.status is Status.NOT_MEASURED:
        return f"{outcome.indicator.name}: värde saknas, målet är {outcome.target_in_words}."
    return f"{outcome.indicator.name}: {value}, målet är {outcome.target_in_words}."


def _reviews(place: Place) -> Iterator[Watch]:
    """Give the definitions that should have been looked over by now."""
    today = timezone.localdate()
    for measure in measures():
        if measure.next_review < today:
            url = place.url("measure_method", code=measure.code)
            yield Watch(
                "Översyn försenad", f"{measure.name}: skulle ha setts över {date_long(measure.next_review)}.", url
            )
