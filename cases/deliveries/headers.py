"""Match a file's header row with the columns of its kind."""

from __future__ import annotations

import difflib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cases.deliveries.findings import FileFault, shown
from cases.kinds import Kind

_AS_WRITTEN_WITHOUT_DOTS = str.maketrans("åäö", "aao")


def normalised(header: str) -> str:
    """Return the header as headers are compared: without case, surrounding space, and with å, ä and ö written a, a and o."""
    return unicodedata.normalize("NFC", header).strip().casefold().translate(_AS_WRITTEN_WITHOUT_DOTS)


@dataclass(frozen=True)
class Layout:
    """Where a file has which column. `places`: field to position; `ignored`: headers of no such column, as they may be shown."""

    headers: tuple[str, ...]
    places: dict[str, int]
    ignored: tuple[str, ...]
    repeated: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many fields a row has."""
        return len(self.headers)

    def require(self, kind: Kind, row: int = 1) -> None:
        """Raise FileFault when a required column is missing from the header row, or one stands there twice."""
        if self.repeated:
            raise FileFault(
                f"varje kolumn en gång, men {_listed(self.repeated)} finns flera gånger.", "repeated_header", row=row
            )
        missing = [column.header for column in kind.columns if column.required and column.field not in self.places]
        if missing:
            raise FileFault(
                f"en rubrikrad med {_listed(missing)}, som saknas. {self._what_stands_there(missing)}",
                "header",
                row=row,
            )

    def _what_stands_there(self, missing: Sequence[str]) -> str:
        if not self.places:
            return f"Ingen rubrik känns igen: {_listed(self.ignored)}." if self.ignored else "Ingen rubrik känns igen."
        near = {
            header: difflib.get_close_matches(normalised(header), self.ignored, n=1, cutoff=0.6) for header in missing
        }
        hints = [f"Menas {header} där det står {found[0]}?" for header, found in near.items() if found]
        return " ".join([f"Rubriker som inte känns igen: {_listed(self.ignored)}.", *hints]) if self.ignored else ""


def layout_of(headers: Sequence[str], kind: Kind, columns: Mapping[str, str]) -> Layout:
    """Return what the header row says; empty headers at its end are no columns.

    `columns` are a source system's own headers (as headers are compared) with their fields, which go before ours: a field that
    one of them gives is not looked for under its canonical header too.
    """
    names = list(headers)
    while names and not names[-1].strip():
        names.pop()
    named = {columns.get(normalised(name)) for name in names}
    fields = {normalised(column.header): column.field for column in kind.columns if column.field not in named}
    found = [columns.get(normalised(name), fields.get(normalised(name))) for name in names]
    counts = Counter(field for field in found if field)
    return Layout(
        headers=tuple(names),
        places={field: place for place, field in enumerate(found) if field},
        ignored=tuple(shown(name) for name, field in zip(names, found, strict=True) if not field),
        repeated=tuple(kind.column(field).header for field, count in counts.items() if count > 1),
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"”{name}”" for name in names)
