"""A delivered file's own rows, as its sender wrote them: what goes back to the sender must be the sender's. No Django."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from cases.deliveries.headers import Layout


@dataclass(frozen=True)
class Unread:
    """Stands where a cell cannot be read as it is, so that it is not taken for an empty one."""


UNREAD = Unread()
OwnCell = str | int | float | bool | dt.date | dt.datetime | Unread | None
"""A cell as it is; None is an empty one."""


class OwnFile(Protocol):
    """A file that can give its own rows: its header's row, its sheet (empty for a text file), and every row there is."""

    layout: Layout

    @property
    def header_row(self) -> int:
        """The number of the row with the headers."""

    @property
    def sheet(self) -> str:
        """The sheet's name, empty where there are none."""

    def own_rows(self) -> Iterator[tuple[int, list[OwnCell]]]:
        """Yield every row with its number, from the first on. Raises FileFault when the file cannot be read to its end."""


def as_sent(cell: object) -> object:
    """Return a workbook's cell as it is sent between processes as JSON; `as_received` undoes it."""
    if isinstance(cell, dt.datetime):
        return {"time": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    return cell if isinstance(cell, str | bool | int | float) else str(cell)


def as_received(sent: object) -> OwnCell:
    """Return the cell that was sent."""
    if isinstance(sent, dict):
        if "time" in sent:
            return dt.datetime.fromisoformat(sent["time"])
        return dt.date.fromisoformat(sent["day"]) if "day" in sent else UNREAD
    if isinstance(sent, str | bool | int | float):
        return None if sent == "" else sent
    return None
