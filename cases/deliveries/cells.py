"""How the cells of a workbook become texts such as a CSV file would have. Pure; knows nothing of Django.

Excel keeps fifteen significant digits, no leading zeros in numbers, and a month as the first of its days: what it does to what
somebody typed is undone here where it can be, and told where it cannot.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import cast

from cases.deliveries.forms import USUAL, Forms, Use

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

LONGEST_CELL = 32_767  # what Excel itself allows
_DIGITS_KEPT = 15
_PERSONAL_NUMBER = 10
_SHORTEST_PERSONAL_NUMBER = 7  # who was born in January 2000 has a number that begins with 0001
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class CellFault(StrEnum):
    """What can be wrong with a cell before anybody asks what it means."""

    ERROR = "error_cell"
    NO_VALUE = "formula_without_value"
    MERGED = "merged_cells"
    DIGITS_LOST = "digits_lost"
    CONTROL = "control_character"
    TOO_LONG = "long_cell"


def cell_text(cell: Cell, use: Use, forms: Forms = USUAL) -> str | CellFault:
    """Return the cell as a CSV file would have it, or what is wrong with it."""
    if isinstance(cell, str):
        text = _text(cell)
        return text if isinstance(text, CellFault) else forms.read(text, use)
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, int | float):
        return _number(cell, use)
    if isinstance(cell, dt.date):  # a datetime is a date too
        return _date(cell, use)
    return str(cell)


def column_texts(
    cells: Sequence[Cell], use: Use, forms: Forms = USUAL
) -> tuple[list[str], list[tuple[int, CellFault]]]:
    """Return a column's texts and the positions of what is wrong, where the text is empty; equal cells are looked at once.

    `forms` are for what is stored as text: a cell that is a number or a date says what it is.
    """
    types = set(map(type, cells))
    if types == {str} and not forms.apply_to(use) and _plain(set(cast("Sequence[str]", cells))):
        return list(cast("Sequence[str]", cells)), []
    if bool in types and len(types) > 1:  # True equals 1, and yet they are not the same text
        known = {(type(cell), cell): cell_text(cell, use, forms) for cell in cells}
        found = [known[type(cell), cell] for cell in cells]
    else:
        texts = {cell: cell_text(cell, use, forms) for cell in set(cells)}
        found = list(map(texts.__getitem__, cells))
    if CellFault not in set(map(type, found)):
        return found, []
    faults = [(place, text) for place, text in enumerate(found) if isinstance(text, CellFault)]
    return ["" if isinstance(text, CellFault) else text for text in found], faults


def _plain(texts: Collection[str]) -> bool:
    """Whether nothing is wrong with any of the texts; looking at them together is what makes large files quick."""
    return max(map(len, texts), default=0) <= LONGEST_CELL and not _CONTROL.search("".join(texts))


def cell_name(row: int, place: int) -> str:
    """Return a cell's name in a sheet: row 7 and place 27 (from 0) is AB7."""
    letters = ""
    number = place + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _text(text: str) -> str | CellFault:
    if len(text) > LONGEST_CELL:
        return CellFault.TOO_LONG
    return CellFault.CONTROL if _CONTROL.search(text) else text


def _number(number: float, use: Use) -> str | CellFault:
    if not abs(number) < 10**_DIGITS_KEPT:  # nor is what is no number less
        return CellFault.DIGITS_LOST
    if number == int(number):
        text = str(int(number))
        short = use is Use.PERSON and _SHORTEST_PERSONAL_NUMBER <= len(text) < _PERSONAL_NUMBER and number > 0
        return text.zfill(_PERSONAL_NUMBER) if short else text
    return format(Decimal(format(number, f".{_DIGITS_KEPT}g")), "f")


def _date(day: dt.date, use: Use) -> str:
    if isinstance(day, dt.datetime):
        if use not in {Use.DATE, Use.MONTH} and day.time() != dt.time():
            return day.isoformat(sep=" ", timespec="seconds")
        day = day.date()
    return day.strftime("%Y-%m") if use is Use.MONTH and day.day == 1 else day.isoformat()


def blank(cells: Sequence[Cell]) -> bool:
    """Whether a row has nothing in it but spaces. Asked of every row: the first cell mostly settles it."""
    first = cells[0] if cells else ""
    if first and not (isinstance(first, str) and first.isspace()):
        return False
    return not any(cell.strip() if isinstance(cell, str) else True for cell in cells)
