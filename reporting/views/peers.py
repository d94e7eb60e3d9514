"""Beside others: what Kolada publishes of the measure's key figures for similar municipalities and the country."""

from __future__ import annotations

from collections.abc import Sequence

from reporting.comparison.selectors import Comparison, Mean, chosen_group, comparisons, position
from reporting.figures.model import Result
from reporting.figures.swedish import MISSING, number
from reporting.figures.wording import value_in_words
from reporting.measures.model import Unit
from reporting.views.measure_page import MeasurePage
from reporting.views.sheets import Cell, Column, Row, Sheet


def peers_of(page: MeasurePage) -> tuple[Comparison, ...]:
    """Return the comparisons of the measure's key figures over the page's years; none without a chosen group or values."""
    if not page.measure.kolada:
        return ()
    group = chosen_group()
    if group is None:
        return ()
    [own] = page.engine.municipalities
    return comparisons(list(page.measure.kolada), group=group, years=page.years, own=own)


def is_the_same_thing(page: MeasurePage, found: Comparison) -> bool:
    """Tell whether the page's own values and the key figure's are the same thing: its variant, all cases, in percent."""
    asked = page.question.request(page.place.year, by=()).variant
    return (
        page.measure.unit is Unit.PERCENT
        and page.measure.kolada.get(found.kpi) == asked
        and not page.question.selection
    )


def peers_sheet(page: MeasurePage, found: Comparison, results: Sequence[Result]) -> Sheet:
    """Return own, similar and all municipalities as rows over the years; a missing year is missing."""
    rows = []
    if is_the_same_thing(page, found):
        own = [Cell(value_in_words(page.measure, result.total), result.total.value) for result in results]
        rows.append(Row((Cell(f"{page.place.short_name}, egna uppgifter"), *own), "current"))
    return comparison_sheet(f"{page.measure.code}-kolada-{found.kpi}", found, rows)


def comparison_sheet(name: str, found: Comparison, before: Sequence[Row] = ()) -> Sheet:
    """Return what Kolada has of the key figure for this municipality, the similar ones and the country's, over the years.

    `before`: rows of other figures to be seen beside them.
    """
    rows = [*before]
    if any(value is not None for value in found.own):
        rows.append(Row((Cell("Hela kommunen, i Kolada"), *_values(found.own)), "current"))
        rows.append(Row((Cell("Plats från högsta värdet"), *_places(found))))
    rows += [Row((Cell(name), *_values(found.values[code]))) for code, name in found.members.items()]
    rows.append(Row((Cell("Liknande kommuner, medel (antal)"), *_means(found.group_means)), "total"))
    rows.append(Row((Cell(f"{found.country_name}, medel (antal)"), *_means(found.country_means))))
    columns = (Column("Kommun", numeric=False), *(Column(str(year)) for year in found.years))
    return Sheet(name, f"{found.title}, {found.kpi}", columns, tuple(rows), _notes(found))


def _places(found: Comparison) -> list[Cell]:
    places = [position(found, at) for at in range(len(found.years))]
    return [Cell(f"{place['place']} av {place['of']}" if place else MISSING) for place in places]


def _values(values: Sequence[float | None]) -> list[Cell]:
    return [Cell(MISSING if value is None else number(value, 1), value) for value in values]


def _means(means: Sequence[Mean]) -> list[Cell]:
    return [
        Cell(MISSING if mean.value is None else f"{number(mean.value, 1)} ({mean.count})", mean.value) for mean in means
    ]


def _notes(found: Comparison) -> tuple[str, ...]:
    asked = max(mean.count for mean in found.country_means)
    scope = (
        ""
        if found.covers_country
        else f" Hämtade kommuner är de högst {number(asked)} vars värden har hämtats från Kolada, inte hela landet."
    )
    said = (
        f"Gruppen är Koladas ”{found.group}”. Medelvärdena är ovägda; inom parentes står hur många kommuner som har ett värde. "
        f"Platsen i gruppen räknas från det högsta värdet och säger inte vad som är bra eller dåligt. "
        f"- betyder att värdet saknas i Kolada: det räknas inte med och gissas inte.{scope} Källa: Kolada {found.kpi}."
    )
    return (said,)
