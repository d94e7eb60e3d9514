"""Texts that people write in TOML: values are taken out a table at a time, and what is wrong is said in Swedish with its line."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError

from committees.toml_lines import Lines, Path


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in a text. `line` is 0 when it has no place of its own."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"Rad {self.line}: {self.text}" if self.line else self.text


class TextFault(ValidationError):
    """A text cannot be taken. `faults` are all that is wrong with it, in the order they stand."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults; each is a message of its own."""
        self.faults = sorted(set(faults))
        super().__init__([str(fault) for fault in self.faults])


class Table:
    """One table of the document. What is asked for and wrong, and at the end what nobody asked for, lands in `faults`."""

    def __init__(self, values: dict[str, Any], path: Path, lines: Lines, faults: list[Fault]) -> None:
        """Look at the table that stands at the path."""
        self._values = values
        self._path = path
        self._lines = lines
        self._faults = faults
        self._asked: set[str] = set()

    def fault(self, text: str, key: str = "") -> None:
        """Note that something is wrong with a key, or with the table as a whole."""
        path = (*self._path, key) if key else self._path
        self._faults.append(Fault(self._lines.of(path) or 0, text))

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self._values

    def text(self, key: str, *, required: bool = False, default: str = "", longest: int = 0) -> str:
        """Return a text, its ends trimmed."""
        value = self._take(key, (str,), "en text inom citattecken", required=required)
        if value is None:
            return default
        trimmed = str(value).strip()
        if required and not trimmed:
            self.fault(f"”{key}” är tom.", key)
        if longest and len(trimmed) > longest:
            self.fault(f"”{key}” är för lång: högst {longest} tecken.", key)
        return trimmed

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._take(key, (list,), 'en lista av texter, till exempel ["KL", "SoL"]', required=required)
        if value is None:
            return ()
        if not all(isinstance(one, str) and one.strip() for one in value):
            self.fault(f'”{key}” ska vara en lista av texter, till exempel ["KL", "SoL"].', key)
            return ()
        return tuple(one.strip() for one in value)

    def date(self, key: str) -> dt.date | None:
        """Return a date."""
        value = self._take(key, (dt.date,), "ett datum utan citattecken, till exempel 2024-01-31")
        if isinstance(value, dt.datetime):
            self.fault(f"”{key}” ska vara ett datum utan klockslag, till exempel 2024-01-31.", key)
            return None
        return value if isinstance(value, dt.date) else None

    def number(self, key: str) -> float | None:
        """Return a number."""
        value = self._take(key, (int, float), "ett tal med decimalpunkt, till exempel 87.5")
        return None if value is None else float(value)

    def whole(self, key: str, *, least: int, most: int) -> int | None:
        """Return a whole number within the limits."""
        expected = f"ett heltal från {least} till {most}"
        value = self._take(key, (int,), expected, required=True)
        if value is None:
            return None
        if not least <= value <= most:
            self.fault(f"”{key}” är {value} men ska vara {expected}.", key)
            return None
        return int(value)

    def choice(self, key: str, choices: Collection[str], *, required: bool = False, default: str = "") -> str:
        """Return a text that is one of the choices."""
        value = self.text(key, required=required, default=default)
        if value and value not in choices:
            self.fault(
                f"”{key}” är ”{value}” men ska vara något av: {', '.join(choices)}.{_meant(value, choices)}", key
            )
            return ""
        return value

    def table(self, key: str) -> Table:
        """Return a table under this one, empty when it is missing."""
        value = self._take(key, (dict,), f"en tabell: [{key}]", required=True)
        return Table(value if value is not None else {}, (*self._path, key), self._lines, self._faults)

    def tables(self, key: str, *, required: bool = False) -> list[Table]:
        """Return the tables of a list under this one, in order."""
        value = self._take(key, (list,), f"en lista av tabeller: [[{key}]]", required=required)
        if value is None:
            return []
        if not all(isinstance(one, dict) for one in value):
            self.fault(f"”{key}” ska vara en lista av tabeller: [[{key}]].", key)
            return []
        return [Table(one, (*self._path, key, number), self._lines, self._faults) for number, one in enumerate(value)]

    def items(self, key: str) -> Iterator[tuple[str, Any]]:
        """Yield the keys and values of a table under this one whose keys are free."""
        value = self._take(key, (dict,), 'en tabell, till exempel { insats = ["sprakpraktik"] }')
        yield from (value or {}).items()

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.fault(f"”{key}” känns inte igen här.{_meant(key, self._asked)}", key)

    def _take(self, key: str, types: tuple[type, ...], expected: str, *, required: bool = False) -> Any:
        self._asked.add(key)
        if key not in self._values:
            if required:
                self.fault(f"”{key}” saknas: {expected}.")
            return None
        value = self._values[key]
        if not isinstance(value, types) or isinstance(value, bool):
            self.fault(f"”{key}” ska vara {expected}.", key)
            return None
        return value


def opened(text: str, faults: list[Fault]) -> Table:
    """Return the text's outermost table; what is wrong in it will land in `faults`. Raises TextFault when it is not TOML."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise TextFault([_syntax_fault(text, str(fault))]) from None
    return Table(values, (), Lines(text), faults)


def _syntax_fault(text: str, message: str) -> Fault:
    found = re.search(r"line (\d+), column (\d+)", message)
    if found:
        return Fault(int(found[1]), f"Det här är inte giltig TOML: något är fel vid tecken {found[2]}.")
    return Fault(max(1, len(text.splitlines())), "Det här är inte giltig TOML: texten slutar för tidigt.")


def _meant(written: str, known: Collection[str]) -> str:
    near = get_close_matches(written, sorted(known), n=1, cutoff=0.6)
    return f" Menade du ”{near[0]}”?" if near else ""
