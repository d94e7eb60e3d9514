"""Take the persons out of what was read, before anything is staged: what goes on is a hash, never a number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cases.persons import MASK, Identity, identify, numbers_in

# Quick and generous: what it lets through is looked at closely, and almost nothing is.
_PERHAPS_A_NUMBER = re.compile(r"\d{6}[-+ ‐‑–−]?\d{4}", re.ASCII)
_NOBODY = Identity()


@dataclass(frozen=True)
class StrayNumber:
    """A place outside the person columns where a number stands. `certain`: its form alone gives it away."""

    table: str
    row: int
    field: str
    key: str
    certain: bool


class People:
    """The persons of one delivery. Holds the delivered texts as long as the delivery is read, and no longer."""

    def __init__(self, today: dt.date) -> None:
        """Resolve two-digit years as of `today`."""
        self._today = today
        self._known: dict[str, Identity] = {}
        self.stray: list[StrayNumber] = []

    def identified(self, texts: Sequence[str]) -> tuple[list[str | None], list[str | None]]:
        """Return the keys and the faults (Swedish: what was expected) of a person column; both None where it is empty."""
        known = self._known
        for text in set(texts) - known.keys():
            known[text] = identify(text, self._today) if text.strip() else _NOBODY
        found = [known[text] for text in texts]
        return [identity.key or None for identity in found], [identity.fault or None for identity in found]

    def without_stray_numbers(self, table: str, field: str, rows: Sequence[int], texts: Sequence[str]) -> list[str]:
        """Return a column where no numbers belong, trimmed, with those that stand there all the same noted and masked."""
        kept = [text.strip() for text in texts]
        for place, text in enumerate(kept):
            if len(text) >= 10 and _PERHAPS_A_NUMBER.search(text):
                found = numbers_in(text, self._today)
                self.stray += [StrayNumber(table, rows[place], field, key, certain) for key, certain in found]
                kept[place] = f"{MASK}{rows[place]}" if any(certain for _, certain in found) else text
        return kept

    @property
    def numbered(self) -> list[Identity]:
        """Those whose number gave birth date and sex, each once."""
        return list({person.key: person for person in self._known.values() if person.birth_date}.values())
