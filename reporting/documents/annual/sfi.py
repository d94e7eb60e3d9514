"""SFI: who dropped out and why, and who was referred but never began."""

from __future__ import annotations

from reporting.charts.bars import BarValue, bars
from reporting.documents.annual.goals import target_line
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import (
    Numbering,
    definition_box,
    series_chart,
    series_table,
    what_it_says,
)
from reporting.documents.content import Block, Cell, Chapter, Chart, Column, Heading, Table, Text
from reporting.figures.model import CATEGORY, Figure
from reporting.figures.sentences import sentence
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number

_DROPOUT = "sfi_dropout"
_REASONS = "sfi_dropout_reasons"
_NOT_STARTED = "sfi_not_started"


def sfi_chapter(report: AnnualReport, numbers: Numbering) -> Chapter | None:
    """Return the chapter, None when the committees do not answer for SFI."""
    if report.figures.one(_DROPOUT).is_empty and report.figures.one(_NOT_STARTED).is_empty:
        return None
    blocks: list[Block] = [
        Text(_lead(report), "lead"),
        Heading("Avbrott", "sfi-avbrott"),
        what_it_says(report, _DROPOUT),
        series_chart(
            report,
            numbers,
            _DROPOUT,
            caption="Avbrott i sfi, procent av alla kursdeltaganden",
            target=target_line(report, _DROPOUT),
            note="Källa: kommunens egna uppgifter, räknat som SCB räknar. Det skuggade området är osäkerheten (95 %).",
        ),
        series_table(
            report,
            numbers,
            _DROPOUT,
            name="sfi-avbrott",
            caption="Avbrott i sfi, antal kursdeltaganden och procent",
            headings=("Avbrott", "Deltaganden", "Andel"),
        ),
        definition_box(report, _DROPOUT),
        *_reasons(report, numbers),
        Heading("Anvisade som inte började", "sfi-inte-borjat"),
        what_it_says(report, _NOT_STARTED),
        series_table(
            report,
            numbers,
            _NOT_STARTED,
            name="sfi-inte-borjat",
            caption="Anvisade till sfi som inte hade börjat i tid, antal anvisningar och procent",
            headings=("Började inte", "Anvisningar", "Andel"),
        ),
        definition_box(report, _NOT_STARTED),
    ]
    return Chapter("sfi", "Sfi", tuple(blocks))


def _lead(report: AnnualReport) -> str:
    total = report.figures.one(_DROPOUT).total
    said = (
        f"{number(total.value)} procent av kursdeltagandena slutade med avbrott {report.year}." if total.value else ""
    )
    groups = [group for group in report.figures.one(_REASONS).groups if group.value is not None]
    known = {group.key[CATEGORY]: group.value or 0 for group in groups}
    if {"arbete", "praktik"} <= known.keys():
        away = known["arbete"] + known["praktik"]
        said += f" {number(away)} procent av avbrotten berodde på att eleven fick arbete eller praktik."
    return said.strip() or sentence(report.figures.series(_DROPOUT))


def _reasons(report: AnnualReport, numbers: Numbering) -> list[Block]:
    result = report.figures.one(_REASONS)
    if result.is_empty:
        return []
    shown = sorted(result.groups, key=lambda group: (group.value is None, -(group.value or 0)))
    return [
        Heading("Orsaker till avbrott", "sfi-orsaker"),
        _reasons_chart(report, numbers, shown),
        _reasons_table(report, numbers, shown),
        definition_box(report, _REASONS),
    ]


def _label(report: AnnualReport, group: Figure) -> tuple[str, str]:
    categories = {category.code: category for category in report.figures.one(_REASONS).measure.categories}
    category = categories[str(group.key[CATEGORY])]
    return category.label, category.mark


def _reasons_chart(report: AnnualReport, numbers: Numbering, groups: list[Figure]) -> Chart:
    values = [
        BarValue(
            label=_label(report, group)[0],
            value=group.value,
            symbol=HIDDEN if group.suppressed else NO_DENOMINATOR,
        )
        for group in groups
    ]
    caption = f"Orsaker till avbrott i sfi {report.year}, procent av alla avbrott"
    told = ", ".join(f"{each.label} {each.symbol if each.value is None else number(each.value, 1)}" for each in values)
    svg = bars(values, number=lambda value: number(value, 1), alternative=f"Stapeldiagram. {caption}. {told}.")
    return Chart(
        numbers.chart(), caption, svg, "Källa: skolans registrering. .. betyder att antalet är litet och döljs."
    )


def _reasons_table(report: AnnualReport, numbers: Numbering, groups: list[Figure]) -> Table:
    columns = (
        Column("Orsak", 34, numeric=False),
        Column("Kan skolan påverka?", 34, numeric=False),
        Column("Avbrott", 16),
        Column("Procent", 16),
    )
    rows = []
    for group in groups:
        label, mark = _label(report, group)
        count = HIDDEN if group.suppressed else number(group.numerator or 0)
        share = HIDDEN if group.suppressed else number(group.value, 1)
        rows.append((Cell(label), Cell(mark[:1].upper() + mark[1:]), Cell(count), Cell(share)))
    total = report.figures.one(_REASONS).total
    whole = HIDDEN if total.suppressed else number(total.denominator or 0)
    rows.append((Cell("Alla avbrott"), Cell(""), Cell(whole), Cell(HIDDEN if total.suppressed else number(100, 1))))
    return Table(
        numbers.table(),
        "sfi-orsaker",
        f"Orsaker till avbrott i sfi {report.year}, antal och procent",
        columns,
        tuple(rows),
        "Indelningen i vad skolan kan påverka är kommunens egen.",
        has_total=True,
    )
