"""The year on a page: what a member of the council reads when there is time for one page."""

from __future__ import annotations

from reporting.documents.annual.goals import Standing, indicator_table, standings
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import Numbering, bare, count_word, difference_in_words, upper_first
from reporting.documents.content import Block, Box, Boxes, Chapter, Headline, Headlines, Text
from reporting.figures.model import Result
from reporting.figures.swedish import number, percentage_points
from reporting.figures.targets import Status
from reporting.figures.trend import change_between, extreme
from reporting.figures.wording import basis_in_words, value_and_unit
from reporting.measures.model import Unit

_HEADLINES = (
    ("work_or_study_at_exit", "till arbete eller studier efter avslutad insats"),
    ("not_returned_within_year", "har inte ansökt om ekonomiskt bistånd igen inom ett år"),
    ("long_term_support", "personer med långvarigt ekonomiskt bistånd"),
    ("cost_per_result", "per deltagare som gick till arbete eller studier"),
)
_STATES = {Status.MET: "uppfyllt", Status.NEARLY: "nästan uppfyllt", Status.NOT_MET: "inte uppfyllt"}


def summary_chapter(report: AnnualReport, numbers: Numbering) -> Chapter:
    """Return the chapter: a lead, four figures writ large, goals and indicators, and what to know."""
    found = standings(report)
    blocks: list[Block] = [Text(_lead(report, found), "lead"), Headlines(_headlines(report, found))]
    if found:
        blocks.append(indicator_table(report, numbers, found))
    return Chapter("aret", "Året på en sida", (*blocks, Boxes(_boxes(report, found))))


def _lead(report: AnnualReport, found: list[Standing]) -> str:
    sentences = []
    results = report.figures.series("work_or_study_at_exit")
    if results[-1].total.value is not None:
        share = number(results[-1].total.value, 1)
        said = f"Av dem som avslutade en insats {report.year} gick {share} procent till arbete eller studier"
        edge = extreme(results)
        sentences.append(f"{said}, den {edge.word} andelen sedan {edge.first}." if edge else f"{said}.")
    judged = [standing for standing in found if standing.status is not Status.NOT_MEASURED]
    if len(judged) == 1:
        sentences.append(f"Målvärdet är {_STATES[judged[0].status]}.")
    elif judged:
        met = sum(standing.status is Status.MET for standing in judged)
        sentences.append(targets_in_words(met, len(judged)))
    return " ".join(sentences) or f"Rapporten visar hur det gick {report.year}."


def targets_in_words(met: int, judged: int) -> str:
    """Return how many of several targets are met: "Ett av två målvärden är uppfyllt."."""
    count = count_word(met, neuter=True) if met else "inget"
    said = "uppfyllda" if met > 1 else "uppfyllt"
    return f"{upper_first(count)} av {count_word(judged, neuter=True)} målvärden är {said}."


def _headlines(report: AnnualReport, found: list[Standing]) -> tuple[Headline, ...]:
    by_measure = {standing.indicator.measure: standing for standing in found if not standing.indicator.selection}
    headlines = []
    for code, what in _HEADLINES:
        results = report.figures.series(code)
        if results[-1].is_empty:
            continue
        value, unit = value_and_unit(results[-1].measure, results[-1].total)
        standing = by_measure.get(code)
        headlines.append(
            Headline(
                value=value,
                unit=unit,
                what=what,
                basis=_basis(results[-1]),
                against_target=_against_target(standing),
                change=_since_last_year(results),
                status=standing.status.value if standing and standing.target else "",
            )
        )
    return tuple(headlines)


def _basis(result: Result) -> str:
    basis = basis_in_words(result.measure, result.total)
    if result.total.suppressed:
        return basis
    if result.measure.code == "long_term_support":
        return f"{basis} vuxna mottagare"
    return f"{basis} resultat" if result.measure.code == "cost_per_result" else basis


def _against_target(standing: Standing | None) -> str:
    if standing is None or not standing.target_in_words or standing.status is Status.NOT_MEASURED:
        return ""
    return f"Målet {standing.target_in_words} är {_STATES[standing.status]}."


def _since_last_year(results: list[Result]) -> str:
    before, last = results[-2], results[-1]
    change = change_between(before, last)
    if change.difference is None:
        return ""
    year = before.period.label()
    if bare(last.measure, before.total.value) == bare(last.measure, last.total.value):
        return f"Oförändrat sedan {year}."
    if change.p is not None and not change.certain:
        return f"Ingen säker förändring sedan {year}."
    if last.measure.unit is not Unit.PERCENT:
        certain = ", en säker förändring" if change.certain else ""
        return f"{upper_first(difference_in_words(last.measure, change.difference))} än {year}{certain}."
    if not change.certain:
        return f"Ingen säker förändring sedan {year}."
    word = "ökning" if change.difference > 0 else "minskning"
    return f"Säker {word} med {percentage_points(abs(change.difference))} sedan {year}."


def _boxes(report: AnnualReport, found: list[Standing]) -> tuple[Box, ...]:
    missed = [standing for standing in found if standing.status in {Status.NOT_MET, Status.NEARLY}]
    items = tuple(
        f"{standing.indicator.name}: {standing.value}, målet är {standing.target_in_words}." for standing in missed
    )
    targets = Box(
        "Målvärden som inte nåddes" if missed else "Målvärden",
        () if missed else ("Inga målvärden som kunde mätas har missats.",),
        items,
    )
    limit = number(report.small_number_limit)
    known = (
        "Utfall är inte effekt: konjunkturen och vilka som deltar påverkar också.",
        f"Antal under {limit} döljs (..), och det som annars skulle avslöja dem.",
        *(
            ("Arbetsmarknad och sfi redovisas av den nämnd som ansvarade vid varje tid.",)
            if report.order.is_joint
            else ()
        ),
    )
    return targets, Box("Att veta när du läser", (), known)
