"""How the parts that people write are stored and shown: texts, and free tables, which are texts of a row a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reporting.documents.content import Block, Cell, Column, Prose, Table, Text
from reporting.documents.templates.model import PartKind, PartSpec
from reporting.documents.work.markdown import (
    FiguresShown,
    cleaned,
    html_of,
    plain_of,
    references_in,
    references_in_plain,
)

_CELL = "|"


def as_stored(spec: PartSpec, text: str) -> str:
    """Return what has been written as it is stored: cleaned, a table pasted from a spreadsheet with its tabs as cells.

    Raises ValidationError as `cleaned` does.
    """
    return cleaned(text.replace("\t", f" {_CELL} ") if spec.kind is PartKind.TABLE else text)


def require_rows(spec: PartSpec, text: str) -> None:
    """Refuse a free table whose rows do not fill its columns. Raises ValidationError, in Swedish, naming every such line."""
    faults = list(row_faults(spec, text))
    if faults:
        raise ValidationError({"text": faults})


def row_faults(spec: PartSpec, text: str) -> Iterator[str]:
    """Yield in Swedish, with its line, each row of a free table that does not fill the columns; nothing for other parts."""
    if spec.kind is not PartKind.TABLE:
        return
    wanted = len(spec.columns)
    for at, cells in _rows(spec, text):
        if len(cells) != wanted:
            has = "1 cell" if len(cells) == 1 else f"{len(cells)} celler"
            yield f"Rad {at} i ”{spec.heading}” har {has}, men tabellen har {wanted} kolumner."


def written_blocks(spec: PartSpec, text: str, *, top: int, figures: FiguresShown) -> tuple[Block, ...]:
    """Return what has been written as it stands in the report, of an unfinished table what is wrong with it.

    Raises what `figures` raises.
    """
    if spec.kind is not PartKind.TABLE:
        return (Prose(html_of(text, top=top, links=False, figures=figures)),)
    faults = tuple(Text(fault, "note") for fault in row_faults(spec, text))
    if faults:
        return faults
    rows = tuple(tuple(Cell(plain_of(cell, figures)) for cell in cells) for _, cells in _rows(spec, text))
    widths = _widths(len(spec.columns))
    columns = tuple(
        Column(column.heading, width, numeric=column.numeric)
        for column, width in zip(spec.columns, widths, strict=True)
    )
    return (Table(0, spec.code, spec.heading, columns, rows),)


def references_in_part(spec: PartSpec, text: str) -> list[str]:
    """Return what each reference that is shown as a figure in the part asks for, in order."""
    if spec.kind is not PartKind.TABLE:
        return references_in(text)
    return [raw for _, cells in _rows(spec, text) for cell in cells for raw in references_in_plain(cell)]


def html_of_part(
    spec: PartSpec, text: str, *, top: int = 3, links: bool = True, figures: FiguresShown | None = None
) -> SafeString:
    """Return what has been written as HTML; a table that is not finished says in its place what is wrong with it."""
    if spec.kind is not PartKind.TABLE or not text:
        return html_of(text, top=top, links=links, figures=figures)
    faults = list(row_faults(spec, text))
    if faults:
        return format_html_join("", '<p class="fault">{}</p>', ((fault,) for fault in faults))
    heads = format_html_join("", '<th scope="col">{}</th>', ((column.heading,) for column in spec.columns))
    rows = format_html_join("", "<tr>{}</tr>", ((_row_html(spec, cells, figures),) for _, cells in _rows(spec, text)))
    return format_html(
        '<div class="table-scroll" role="region" aria-label="{}" tabindex="0"><table class="ds-table"><caption>{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        spec.heading,
        spec.heading,
        heads,
        rows,
    )


def _row_html(spec: PartSpec, cells: Sequence[str], figures: FiguresShown | None) -> SafeString:
    first, *others = (plain_of(cell, figures) for cell in cells)
    told = (
        (("number" if column.numeric else "text"), cell) for column, cell in zip(spec.columns[1:], others, strict=True)
    )
    return format_html('<th scope="row">{}</th>{}', first, format_html_join("", '<td class="{}">{}</td>', told))


def _rows(spec: PartSpec, text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each row with its line. A bar first and last on the line is its frame where there is a cell too many without it."""
    for at, line in enumerate(text.splitlines(), start=1):
        told = line.strip()
        if told:
            cells = told.split(_CELL)
            if len(cells) == len(spec.columns) + 2 and not cells[0] and not cells[-1]:
                cells = cells[1:-1]
            yield at, tuple(cell.strip() for cell in cells)


def _widths(count: int) -> Iterator[int]:
    """Yield the columns' widths in percent, the first somewhat wider: it names the row."""
    each = 100 // (count + 1) if count > 2 else 50
    yield 100 - each * (count - 1)
    yield from (each for _ in range(count - 1))
