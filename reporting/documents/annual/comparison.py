"""Beside other municipalities: what Kolada has published of the key figures that are followed here."""

from __future__ import annotations

from collections.abc import Sequence

from reporting.comparison.selectors import Comparison, Mean, position
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import OWN, Numbering
from reporting.documents.content import Block, Cell, Chapter, Column, Heading, Table, Text
from reporting.figures.swedish import MISSING, number


def comparison_chapter(report: AnnualReport, numbers: Numbering) -> Chapter | None:
    """Return a table for each key figure besides that of the results at exit, None when nothing has been fetched."""
    if not report.beside:
        return None
    blocks: list[Block] = [
        Text(
            "Kolada publicerar samma nyckeltal för alla kommuner. Här står kommunen bredvid sina liknande kommuner.",
            "lead",
        )
    ]
    for found in report.beside:
        own = [Cell(_shown(value), strong=True) for value in found.own]
        blocks += [
            Heading(f"{found.title} ({found.kpi})", f"jamforelse-{found.kpi.lower()}"),
            Text(_in_words(found)),
            comparison_table(numbers, f"jamforelse-{found.kpi.lower()}", found.title, found, own),
        ]
    return Chapter("jamforelse", "Jämförelse med andra kommuner", tuple(blocks))


def comparison_table(numbers: Numbering, name: str, caption: str, found: Comparison, own: Sequence[Cell]) -> Table:
    """Return own, each similar municipality, their mean and that of all over the years; what is missing is missing."""
    columns = (Column("Kommun", 40, numeric=False), *(Column(str(year), 12) for year in found.years))
    rows = [(Cell(OWN, strong=True), *own)]
    for code, municipality in found.members.items():
        rows.append((Cell(municipality), *(Cell(_shown(value)) for value in found.values[code])))
    rows.append((Cell(f"Liknande kommuner, medel av {len(found.members)}"), *map(_mean_cell, found.group_means)))
    rows.append((Cell(f"{found.country_name}, medel"), *map(_mean_cell, found.country_means)))
    asked = max(mean.count for mean in found.country_means)
    scope = (
        ""
        if found.covers_country
        else (
            f" Hämtade kommuner är de högst {number(asked)} kommuner vars värden har hämtats från Kolada, inte hela landet."
        )
    )
    return Table(
        numbers.table(),
        name,
        caption,
        columns,
        tuple(rows),
        (
            f"Gruppen är Koladas ”{found.group}”. Medelvärdena är ovägda; inom parentes står hur många kommuner som har ett "
            f"värde. - betyder att värdet saknas i Kolada; saknade värden räknas inte med och gissas inte.{scope} "
            f"Källa: Kolada {found.kpi}."
        ),
    )


def _in_words(found: Comparison) -> str:
    """Return what the latest year with an own value says: the value, the mean, and the place that is no verdict."""
    years = [at for at, value in enumerate(found.own) if value is not None]
    if not years:
        return "Kommunen har inget värde i Kolada de här åren."
    at = years[-1]
    place, mean = position(found, at), found.group_means[at]
    said = f"År {found.years[at]} hade kommunen {_shown(found.own[at])}"
    if mean.value is None or place is None:
        return f"{said}. Ingen av de liknande kommunerna har ett värde det året."
    return (
        f"{said}; medelvärdet i liknande kommuner var {number(mean.value, 1)}. Det är plats {place['place']} av {place['of']}, "
        "räknat från det högsta värdet. Platsen säger inte vad som är bra eller dåligt."
    )


def _shown(value: float | None) -> str:
    return MISSING if value is None else number(value, 1)


def _mean_cell(mean: Mean) -> Cell:
    return Cell(MISSING if mean.value is None else f"{number(mean.value, 1)} ({mean.count})")
