"""Result at exit: where those who ended an activity went, and how that compares with similar municipalities."""

from __future__ import annotations

from collections.abc import Sequence

from reporting.charts.series import Line
from reporting.charts.stacked import Bar, stacked_shares
from reporting.comparison.selectors import Comparison, Mean
from reporting.documents.annual.comparison import comparison_table
from reporting.documents.annual.goals import target_line
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import (
    INTERVAL,
    Numbering,
    count_cell,
    count_word,
    definition_box,
    interval_cell,
    series_chart,
    value_cell,
    what_it_says,
)
from reporting.documents.content import Block, Cell, Chapter, Chart, Column, Heading, Table, Text
from reporting.figures.model import CATEGORY, Figure, Result
from reporting.figures.sentences import sentence
from reporting.figures.shifts import shift_between
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, listed, number

_CODE = "work_or_study_at_exit"
_SOURCE = "Källa: kommunens egna uppgifter, definition enligt Kolada"
_SPLITS = (("kon", "Kön"), ("nyanland", "Nyanländ"))


def outcome_chapter(report: AnnualReport, numbers: Numbering) -> Chapter | None:
    """Return the chapter, None when the committees had no exits to answer for in the year."""
    if report.figures.one("exit_results").is_empty:
        return None
    blocks: list[Block] = [
        Text(_lead(report), "lead"),
        _shares_chart(report, numbers),
        _shares_table(report, numbers),
        definition_box(report, "exit_results"),
        Heading("Till arbete eller studier", "till-arbete-eller-studier"),
        Text(" ".join(filter(None, (what_it_says(report, _CODE).text, _peers_in_words(report.comparison))))),
        *_comparison_blocks(report, numbers),
        _parts_table(report, numbers),
        definition_box(report, _CODE),
        Heading("Vilka som gick vidare", "vilka"),
        _groups_table(report, numbers),
    ]
    return Chapter("resultat", "Resultat vid avslut", tuple(blocks))


def _lead(report: AnnualReport) -> str:
    """Return which categories have certainly grown or shrunk since the first year of the series."""
    results = report.figures.series("exit_results")
    first, last = results[0], results[-1]
    grown: list[str] = []
    shrunk: list[str] = []
    for moved in shift_between(first, last).moved:
        before, now = number(moved.earlier.value, 1), number(moved.later.value, 1)
        told = f"{moved.category.label.lower()} (från {before} till {now} procent)"
        (grown if (moved.change.difference or 0) > 0 else shrunk).append(told)
    words = [f"{verb} för {listed(names)}" for names, verb in ((shrunk, "minskat"), (grown, "ökat")) if names]
    if not words:
        return sentence(report.figures.series(_CODE))
    return f"Sedan {first.period.label()} har andelen {' och '.join(words)}."


def _shares_of(result: Result) -> list[float | None]:
    return [_group_value(result, category.code) for category in result.measure.categories]


def _group_value(result: Result, code: str) -> float | None:
    group = result.group(**{CATEGORY: code})
    return group.value if group else None


def _shares_chart(report: AnnualReport, numbers: Numbering) -> Chart:
    results = report.figures.series("exit_results")
    names = [category.label for category in results[-1].measure.categories]
    bars = [
        Bar(
            label=result.period.label(),
            shares=tuple(_shares_of(result)),
            symbol=HIDDEN if any(group.suppressed for group in result.groups) else NO_DENOMINATOR,
        )
        for result in results
    ]
    caption = "Hur inskrivningar avslutades, procent av alla avslut"
    svg = stacked_shares(bars, names, number=number, alternative=_shares_in_words(caption, bars, names))
    return Chart(
        numbers.chart(), caption, svg, f"{_SOURCE} U40406–U40418. Siffrorna finns i tabellen under diagrammet."
    )


def _shares_in_words(caption: str, bars: Sequence[Bar], names: Sequence[str]) -> str:
    parts = [f"Staplar som var och en är hundra procent. {caption}."]
    for bar in bars:
        told = (
            f"{name} {bar.symbol if share is None else number(share)}"
            for name, share in zip(names, bar.shares, strict=True)
        )
        parts.append(f"{bar.label}: {', '.join(told)}.")
    return " ".join(parts)


def _shares_table(report: AnnualReport, numbers: Numbering) -> Table:
    results = report.figures.series("exit_results")
    categories = results[-1].measure.categories
    columns = (
        Column("År", 10, numeric=False),
        *(Column(f"{category.label}", 15) for category in categories),
        Column("Alla avslut", 15),
    )
    rows = []
    for result in results:
        now = result.period.end.year == report.year
        cells = []
        for category in categories:
            group = result.group(**{CATEGORY: category.code})
            cells.append(_count_and_share(group, strong=now))
        rows.append(
            (Cell(result.period.label()), *cells, count_cell(result.total, result.total.denominator, strong=now))
        )
    return Table(
        numbers.table(),
        "resultat-vid-avslut",
        "Resultat vid avslut, antal och procent av alla avslut",
        columns,
        tuple(rows),
        _exemption_note(report),
    )


def _count_and_share(group: Figure | None, *, strong: bool) -> Cell:
    if group is None or group.value is None:
        return Cell(HIDDEN if group and group.suppressed else NO_DENOMINATOR, strong=strong)
    return Cell(f"{number(group.numerator)} ({number(group.value, 1)})", strong=strong)


def _exemption_note(report: AnnualReport) -> str:
    """Return the recorded decision that lets totals below the limit stand, word for word; empty where none is shown by it."""
    found = next((exemption for exemption in report.exemptions if exemption.measure == "exit_results"), None)
    shown = [
        group for result in report.figures.series("exit_results") for group in result.groups if not group.suppressed
    ]
    if found is None or all(
        (group.numerator or report.small_number_limit) >= report.small_number_limit for group in shown
    ):
        return ""
    return (
        "Totaler för hela kommunen visas även när antalet är litet, enligt beslut om undantag från röjandekontrollen: "
        f"{found.decision}. Skäl: {found.reason}. Undantaget gäller också mått som bygger på kategorierna, men inga uppdelningar."
    )


def _comparison_blocks(report: AnnualReport, numbers: Numbering) -> list[Block]:
    found = report.comparison
    target = target_line(report, _CODE)
    if found is None:
        chart = series_chart(
            report, numbers, _CODE, caption="Till arbete eller studier vid avslut, procent", target=target
        )
        return [chart, Text("Jämförelse med liknande kommuner saknas: ingen jämförelsegrupp är vald.", "note")]
    chart = series_chart(
        report,
        numbers,
        _CODE,
        caption="Till arbete eller studier vid avslut jämfört med andra kommuner, procent",
        target=target,
        beside=(
            _mean_line("Liknande kommuner", found.group_means),
            _mean_line(found.country_name, found.country_means),
        ),
        note=(
            "Det skuggade området är osäkerheten (95 %). Liknande kommuner och "
            f"{found.country_name.lower()}: ovägda medelvärden av de kommuner som har ett värde. Källa: Kolada {found.kpi}."
        ),
    )
    own = [value_cell(result, strong=True) for result in report.figures.series(_CODE)]
    caption = "Till arbete eller studier vid avslut i liknande kommuner, procent"
    return [chart, comparison_table(numbers, "liknande-kommuner", caption, found, own)]


def _peers_in_words(found: Comparison | None) -> str:
    """Return what the latest year of the comparison says, and of how many municipalities; empty without a comparison."""
    if found is None:
        return ""
    mean, year = found.group_means[-1], found.years[-1]
    if mean.value is None:
        return f"Ingen av de {count_word(len(found.members))} liknande kommunerna har ett värde för {year} i Kolada."
    return (
        f"I liknande kommuner var medelvärdet {number(mean.value, 1)} procent {year}. "
        f"Av de {count_word(len(found.members))} kommunerna i gruppen har {count_word(mean.count)} ett värde för året."
    )


def _mean_line(name: str, means: Sequence[Mean]) -> Line:
    return Line(name=name, values=tuple(mean.value for mean in means))


def _parts_table(report: AnnualReport, numbers: Numbering) -> Table:
    columns = (
        Column("År", 12, numeric=False),
        Column("Till arbete", 15),
        Column("Till studier", 15),
        Column("Arbete eller studier", 20),
        Column("Alla avslut", 14),
        Column(INTERVAL, 24),
    )
    rows = []
    for work, study, both in zip(
        *(report.figures.series(code) for code in ("work_at_exit", "study_at_exit", _CODE)), strict=True
    ):
        now = both.period.end.year == report.year
        rows.append(
            (
                Cell(both.period.label()),
                *(_count_and_share(result.total, strong=now) for result in (work, study, both)),
                count_cell(both.total, both.total.denominator, strong=now),
                interval_cell(both.total),
            )
        )
    note = "Undantaget från röjandekontrollen ovan gäller också här." if _exemption_note(report) else ""
    return Table(
        numbers.table(),
        "till-arbete-eller-studier",
        "Till arbete eller studier vid avslut, antal och procent",
        columns,
        tuple(rows),
        note,
    )


def _group_row(name: str, result: Result, figure: Figure) -> tuple[Cell, ...]:
    return (
        Cell(name),
        count_cell(figure, figure.numerator),
        count_cell(figure, figure.denominator),
        value_cell(result, figure),
        interval_cell(figure),
    )


def _groups_table(report: AnnualReport, numbers: Numbering) -> Table:
    columns = (
        Column("Grupp", 34, numeric=False),
        Column("Till arbete eller studier", 20),
        Column("Alla avslut", 14),
        Column("Andel, procent", 12),
        Column(INTERVAL, 20),
    )
    rows = []
    for dimension, heading in _SPLITS:
        result = report.figures.one(_CODE, by=(dimension,))
        for group in result.groups:
            label = report.label(dimension, group.key[dimension])
            rows.append(_group_row(f"{heading}: {label[:1].lower()}{label[1:]}", result, group))
    total = report.figures.one(_CODE)
    rows.append(_group_row("Alla", total, total.total))
    names = listed([heading.lower() for _, heading in _SPLITS])
    return Table(
        numbers.table(),
        "vilka-som-gick-vidare",
        f"Till arbete eller studier {report.year} efter {names}, antal och procent",
        columns,
        tuple(rows),
        "Nyanländ är den som togs emot i kommunen högst 24 månader före avslutet.",
        has_total=True,
    )
