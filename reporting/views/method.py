"""How a measure is counted, as a page shows it: its text, who answers for it, its versions, and the question that is run."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count

from django.utils import timezone
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from reporting.figures.dimensions import judged_rows_sql
from reporting.figures.judging import parameters
from reporting.figures.swedish import date_iso
from reporting.measures.model import Measure
from reporting.views.measure_page import MeasurePage
from reporting.views.sheets import Cell, Column, Row, Sheet

_TABLE = '<div class="table-scroll" role="region" aria-label="Tabell {}" tabindex="0"><table class="ds-table">'
_PARAMETERS = {
    "period_start": "Periodens första dag",
    "period_end": "Periodens sista dag",
    "cohort_start": "Första dagen som fallen hämtas från",
    "cohort_end": "Sista dagen som fallen hämtas från",
    "as_of": "Underlagets sista dag",
    "looked_at": "Dagen som måttet ser på: periodens sista, eller underlagets om den är tidigare",
    "month_end": "Sista dagen i den senaste månad som var slut den dagen",
}


@cache
def method_html(measure: Measure) -> SafeString:
    """Return the definition's Swedish text as HTML; tables get the page's own look and scroll on narrow screens.

    The text is one of the product's own files. Raw HTML in it is shown as text all the same.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    rendered: str = markdown.render(measure.text)
    numbers = count(1)
    rendered = re.sub("<table>", lambda _: _TABLE.format(next(numbers)), rendered)
    return SafeString(rendered.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">'))


def method_of(page: MeasurePage) -> Mapping[str, object]:
    """Return what the page of a measure's method shows."""
    measure = page.measure
    return {
        "measure": measure,
        "text": method_html(measure),
        "overdue": measure.next_review < timezone.localdate(),
        "versions": versions_sheet(measure),
        "parameters": _parameters_sheet(page),
        "whole_sql": judged_rows_sql(measure),
    }


def versions_sheet(measure: Measure) -> Sheet | None:
    """Return the versions of the definition, the newest first, with what each changed; None while there is only one."""
    if not measure.changes:
        return None
    rows = [
        Row((Cell(str(change.version)), Cell(date_iso(change.since)), Cell(change.what)))
        for change in reversed(measure.changes)
    ]
    rows.append(Row((Cell("1"), Cell("från början"), Cell("Den första definitionen."))))
    columns = (Column("Version", numeric=False), Column("Gäller från", numeric=False), Column("Ändring", numeric=False))
    return Sheet(f"{measure.code}-versioner", "Definitionens versioner", columns, tuple(rows))


def changes_in(measure: Measure, years: Sequence[int]) -> tuple[str, ...]:
    """Return, as sentences, the changes of the definition that fall in the years: the series has a break there."""
    return tuple(
        f"Definitionen ändrades {date_iso(change.since)} (version {change.version}): {change.what}"
        for change in measure.changes
        if change.since.year in years
    )


def _parameters_sheet(page: MeasurePage) -> Sheet:
    """Return the values that the question is run with for the page's year and variant."""
    found = parameters(page.engine, page.question.request(page.place.year, by=()))
    rows = [
        Row((Cell(f"${name}"), Cell(_PARAMETERS.get(name, "Måttets eget val")), Cell(_value(value))))
        for name, value in found.items()
        if re.search(rf"\${name}\b", page.measure.sql)
    ]
    columns = (
        Column("Namn i frågan", numeric=False),
        Column("Vad det är", numeric=False),
        Column("Värde", numeric=False),
    )
    return Sheet(
        f"{page.measure.code}-varden", f"Värden som frågan körs med för {page.place.year}", columns, tuple(rows)
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return date_iso(value) if isinstance(value, dt.date) else str(value)
