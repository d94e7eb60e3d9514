"""An organisation inquiry as a paper: the alternatives, the matrices with their motives, what does not fit, and the cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from governance.models import Alternative, Inquiry
from governance.selectors.inquiries import Cell as Scored
from governance.selectors.inquiries import Matrix, weigh
from governance.selectors.inquiry_costs import compare, rates
from governance.wording import decimal_in_words
from reporting.documents.content import Block, Box, Boxes, Cell, Chapter, Cover, Document, Heading, Table, Text
from reporting.documents.papers import columns, municipality_name, paper_pdf, paragraphs
from reporting.figures.swedish import date_iso, date_long, kronor, number

KEYWORDS = "utredning, organisation, alternativ, kriterier, kostnad"
_FIRST_COLUMN = 24


def inquiry_pdf(inquiry: Inquiry, today: dt.date) -> bytes:
    """Return the inquiry, fetched `with_scores`, as it stands today. Raises RenderingFault."""
    document = inquiry_document(inquiry, municipality_name(), today)
    return paper_pdf("utredning", document, {"inquiry": inquiry.pk}, today)


def inquiry_document(inquiry: Inquiry, municipality: str, today: dt.date) -> Document:
    """Return the inquiry as a document."""
    weighing, numbers = weigh(inquiry), count(1)
    told: list[Block] = list(paragraphs(inquiry.question, "lead")) or [Text("Frågan är inte formulerad.", "lead")]
    told += _origin(inquiry)
    told += [block for alternative in inquiry.alternatives.all() for block in _alternative(alternative)]
    weighed: list[Block] = [_matrix(matrix, next(numbers)) for matrix in weighing.matrices]
    if weighing.warnings:
        weighed.append(Boxes((Box("Att se över", items=weighing.warnings),)))
    chapters = (
        Chapter("alternativ", "Fråga och alternativ", tuple(told)),
        Chapter("vagning", "Alternativen mot kriterierna", tuple(weighed), runs_on=True),
        Chapter("kostnad", "Kostnad", tuple(_cost(inquiry, numbers)), runs_on=True),
        Chapter("slutsats", "Slutsats", tuple(paragraphs(inquiry.conclusion)), runs_on=True),
    )
    return Document(_cover(inquiry, municipality, today), tuple(chapter for chapter in chapters if chapter.blocks))


def _alternative(alternative: Alternative) -> Iterator[Block]:
    yield Heading(f"Alternativ {alternative}", f"alternativ-{alternative.pk}")
    yield from paragraphs(alternative.description)
    if alternative.measures:
        yield Text(f"Skulle väga upp dess svagheter: {alternative.measures}")
    if alternative.excluded_after is not None:
        yield Text(f"Avfört efter matris {alternative.excluded_after}: {alternative.exclusion_motive}")


def _matrix(matrix: Matrix, place: int) -> Table:
    width = (100 - _FIRST_COLUMN) // max(len(matrix.alternatives), 1)
    head = columns(("Kriterium", _FIRST_COLUMN), *((f"Alternativ {one.number}", width) for one in matrix.alternatives))
    rows = [
        (Cell(f"{line.criterion.number}. {line.criterion.name}"), *(_scored(cell) for cell in line.cells))
        for line in matrix.lines
    ]
    if matrix.is_summed:
        sums = ("–" if total is None else decimal_in_words(total) for total in matrix.sums)
        rows.append((Cell("Summa", strong=True), *(Cell(total, strong=True) for total in sums)))
    caption = f"Matris {matrix.number}: poäng och motiv"
    return Table(place, f"matris-{matrix.number}", caption, head, tuple(rows), has_total=matrix.is_summed)


def _scored(cell: Scored) -> Cell:
    if cell.score is None:
        return Cell("saknas" if cell.expected else "avfört", small=True)
    return Cell(". ".join(part for part in (cell.score.label, cell.score.motive) if part), small=True)


def _cost(inquiry: Inquiry, numbers: Iterator[int]) -> Iterator[Block]:
    found = rates(inquiry)
    if not found:
        return
    rows = [
        (
            Cell(str(cost.alternative)),
            Cell(cost.name),
            Cell(_amount(cost.low, cost.high)),
            Cell(cost.get_per_place_display()),
            Cell(cost.source, small=True),
        )
        for rate in found
        for cost in rate.alternative.costs.all()
    ]
    head = columns(("Alternativ", 26), ("Kostnad", 14), ("Kronor i månaden", 24), ("Gäller", 16), ("Källa", 20))
    yield Table(next(numbers), "kostnader", "Vad alternativen kostar i månaden", head, tuple(rows))
    if inquiry.volume is not None:
        many = f"{decimal_in_words(inquiry.volume)} {inquiry.volume_unit or 'platser'}"
        lines = tuple((Cell(str(rate.alternative)), Cell(rate.at(inquiry.volume).in_kronor)) for rate in found)
        caption = f"Vad alternativen kostar i månaden vid {many}"
        yield Table(next(numbers), "kostnad-vid-volym", caption, columns(("Alternativ", 60), ("Kostnad", 40)), lines)
    for comparison in compare(inquiry, inquiry.volume):
        yield Text(" ".join(part for part in (comparison.break_even, comparison.at_volume) if part))


def _amount(low: Decimal, high: Decimal) -> str:
    return kronor(low) if low == high else f"{number(low)}–{kronor(high)}"


def _origin(inquiry: Inquiry) -> Iterator[Text]:
    decided = f"Daterad {date_iso(inquiry.decided_on)}." if inquiry.decided_on else ""
    source = f"Källa: {inquiry.source}." if inquiry.source else ""
    if said := " ".join(part for part in (decided, source) if part):
        yield Text(said, "note")


def _cover(inquiry: Inquiry, municipality: str, today: dt.date) -> Cover:
    return Cover(
        title="Utredning",
        subject=inquiry.title,
        committees=", ".join(str(committee) for committee in inquiry.committees.all()),
        municipality=municipality,
        registry_number="",
        version="",
        date=date_long(today),
        as_of="",
        snapshot="",
        keywords=KEYWORDS,
    )
