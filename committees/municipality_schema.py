"""What a section of kommun.toml may hold: the declarations that check a file before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class KeyType(Enum):
    """What a value is; the value says it in Swedish, as what was expected."""

    TEXT = "en text"
    WHOLE = "ett heltal"
    NUMBER = "ett tal"
    YES_NO = "true eller false"
    DATE = "ett datum utan citattecken, till exempel 2024-01-31"
    TEXTS = "en lista av texter"
    TABLE = 'en tabell, till exempel { enhet = "SF" }'


@dataclass(frozen=True)
class Key:
    """One key of a section. `refers` names the section whose entries the value must be found among."""

    name: str
    type: KeyType = KeyType.TEXT
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    refers: str = ""
    longest: int = 0
    least: int | None = None
    pattern: str = ""
    pattern_says: str = ""


@dataclass(frozen=True)
class Fault:
    """Something wrong in the file: where, in which key, what stands there and what was expected. Swedish.

    `line` is the key's, or that of the table around it where the key is missing; 0 when nothing of it stands in the file.
    """

    place: str
    key: str
    value: str
    expected: str
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.place}, {self.key}" if self.key else self.place
        stands = f": ”{self.value}”" if self.value else ""
        line = f"Rad {self.line}: " if self.line else ""
        return f"{line}{where}{stands} – {self.expected}"


@dataclass
class Entry:
    """One entry of a section with its checked values; a key that was left out has its default. `parts`: its subsections."""

    place: str
    values: dict[str, Any]
    parts: dict[str, list[Entry]] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def fault(self, key: str, expected: str) -> Fault:
        """Return a fault in one of this entry's keys."""
        value = self.values.get(key)
        return Fault(self.place, key, "" if value is None else str(value), expected)


@dataclass
class Changes:
    """What applying a section did. `kept`: what exists but is not in the file; it stays. `notes`: what the reader should know."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *, created: bool, changed: bool) -> None:
        """Count one entry."""
        if created:
            self.created += 1
        elif changed:
            self.changed += 1
        else:
            self.unchanged += 1


def _nothing_more(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    del entries, file
    return []


@dataclass(frozen=True)
class Section:
    """One table of kommun.toml and the verbs that go with it.

    `identity`: the keys that tell entries apart. `existing` gives the identities already stored, which the file may refer to.
    `check` finds what the keys' own declarations cannot; `apply` stores the checked entries in the caller's transaction.
    `stored` gives the entries that are stored, as tables of the file, for sections that can be written out again.
    """

    name: str
    label: str
    keys: tuple[Key, ...]
    apply: Callable[[Sequence[Entry]], Changes]
    identity: tuple[str, ...] = ("kod",)
    many: bool = True
    required: bool = False
    parts: tuple[Part, ...] = ()
    existing: Callable[[], set[str]] = set
    check: Callable[[Sequence[Entry], MunicipalityFile], list[Fault]] = _nothing_more
    stored: Callable[[], list[dict[str, Any]]] | None = None


@dataclass(frozen=True)
class Part:
    """A list inside an entry, as [[enhet.ansvar]]."""

    name: str
    keys: tuple[Key, ...]


@dataclass
class MunicipalityFile:
    """The whole file, checked: the entries of every section."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)

    def codes(self, section: str) -> set[str]:
        """Return the codes of a section's entries in the file."""
        return {entry["kod"] for entry in self.entries.get(section, []) if "kod" in entry.values}
