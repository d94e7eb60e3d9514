"""Hold a read kommun.toml against its declarations: every fault at once, each with its place, key, value and expectation."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from committees.municipality_schema import Entry, Fault, Key, KeyType, MunicipalityFile, Section
from committees.toml_lines import Lines, Path

_WHOLE_FILE = "filen"


def check_file(
    raw: Mapping[str, Any], sections: Sequence[Section], lines: Lines
) -> tuple[MunicipalityFile, list[Fault]]:
    """Return the file's entries and all faults, with their `lines`. With faults the entries are not fit to be stored."""
    faults = _unknown(raw, [section.name for section in sections], _WHOLE_FILE, "avsnittet")
    file = MunicipalityFile()
    for section in sections:
        file.entries[section.name] = _entries(raw.get(section.name), section, faults)
    for section in sections:
        entries = file.entries[section.name]
        faults += _repeated(section, entries)
        faults += _dangling(section, entries, file, sections)
        faults += section.check(entries, file)
    paths = dict(_paths(file, sections))
    return file, [replace(fault, line=_line(fault, paths, lines)) for fault in faults]


def _paths(file: MunicipalityFile, sections: Sequence[Section]) -> Iterator[tuple[str, Path]]:
    """Yield where in the file each place that a fault can name stands."""
    yield _WHOLE_FILE, ()
    for section in sections:
        yield _head(section), (section.name,)
        for number, entry in enumerate(file.entries[section.name]):
            path: Path = (section.name, number) if section.many else (section.name,)
            yield entry.place, path
            for name, rows in entry.parts.items():
                yield from ((row.place, (*path, name, at)) for at, row in enumerate(rows))


def _line(fault: Fault, paths: Mapping[str, Path], lines: Lines) -> int:
    path = (*paths[fault.place], *([fault.key] if fault.key else []))
    # A list of tables has no line of its own; its first table has.
    return lines.of(path) or lines.of((*path, 0)) or 0


def _head(section: Section) -> str:
    return f"[[{section.name}]]" if section.many else f"[{section.name}]"


def _unknown(table: Mapping[str, Any], known: Sequence[str], place: str, noun: str) -> list[Fault]:
    return [
        Fault(place, name, "", f"{noun} känns inte igen.{_suggestion(name, known)}")
        for name in table
        if name not in known
    ]


def _suggestion(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" Menas {near[0]}?" if near else f" De som finns är {', '.join(known)}."


def _entries(found: Any, section: Section, faults: list[Fault]) -> list[Entry]:
    head = _head(section)
    if found is None:
        if section.required:
            faults.append(Fault(head, "", "", "avsnittet saknas och måste finnas."))
        return []
    tables = found if section.many else [found]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        faults.append(Fault(head, "", "", f"ska skrivas {head} på en egen rad, med sina nycklar under."))
        return []
    return [
        _entry(table, section, _place(head, section, number, table), faults)
        for number, table in enumerate(tables, start=1)
    ]


def _place(head: str, section: Section, number: int, table: Mapping[str, Any]) -> str:
    name = " ".join(str(table[key]) for key in section.identity if key in table)
    return f"{head} nr {number} ({name})" if section.many and name else f"{head} nr {number}" if section.many else head


def _entry(table: Mapping[str, Any], section: Section, place: str, faults: list[Fault]) -> Entry:
    part_names = [part.name for part in section.parts]
    entry = _checked({k: v for k, v in table.items() if k not in part_names}, section.keys, place, faults)
    for part in section.parts:
        rows = table.get(part.name, [])
        head = f"[[{section.name}.{part.name}]]"
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            faults.append(Fault(place, part.name, "", f"ska skrivas {head} på en egen rad, med sina nycklar under."))
            rows = []
        entry.parts[part.name] = [
            _checked(row, part.keys, f"{place}, {head} nr {number}", faults) for number, row in enumerate(rows, start=1)
        ]
    return entry


def _checked(table: Mapping[str, Any], keys: Sequence[Key], place: str, faults: list[Fault]) -> Entry:
    faults += _unknown(table, [key.name for key in keys], place, "nyckeln")
    values: dict[str, Any] = {}
    for key in keys:
        if key.name not in table:
            values[key.name] = key.default
            if key.required:
                faults.append(Fault(place, key.name, "", "nyckeln saknas och måste finnas."))
            continue
        value = table[key.name].strip() if isinstance(table[key.name], str) else table[key.name]
        expected = _expectation(key, value)
        values[key.name] = key.default if expected else value
        if expected:
            faults.append(Fault(place, key.name, _shown(value), expected))
    return Entry(place, values)


def _shown(value: Any) -> str:
    return str(value)[:80]


def _expectation(key: Key, value: Any) -> str:
    """Say what was expected in the value's stead, or nothing when it is right."""
    if not _is(key.type, value):
        return f"ska vara {key.type.value}."
    if key.choices and value not in key.choices:
        return f"ska vara något av {', '.join(key.choices)}."
    if isinstance(value, str):
        return _text_expectation(key, value)
    if key.least is not None and isinstance(value, int | float) and value < key.least:
        return f"ska vara minst {key.least}."
    if isinstance(value, int) and not isinstance(value, bool) and key.longest and value > key.longest:
        return f"får vara högst {key.longest}."
    return ""


def _text_expectation(key: Key, value: str) -> str:
    if not value:
        return "får inte vara tom."
    if key.longest and len(value) > key.longest:
        return f"får ha högst {key.longest} tecken."
    if key.pattern and not re.fullmatch(key.pattern, value):
        return key.pattern_says
    return ""


def _is(kind: KeyType, value: Any) -> bool:
    if isinstance(value, bool):  # which Python also counts as a number
        return kind is KeyType.YES_NO
    if kind is KeyType.DATE:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if kind is KeyType.NUMBER:
        return isinstance(value, int | float) and abs(value) < 1e10
    if kind is KeyType.TEXTS:
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    return isinstance(value, {KeyType.TEXT: str, KeyType.WHOLE: int, KeyType.TABLE: dict}.get(kind, bool))


def _repeated(section: Section, entries: Iterable[Entry]) -> list[Fault]:
    """Entries that say they are the same; codes that differ only in case would be the same to a delivered file."""
    seen: dict[tuple[str, ...], Entry] = {}
    faults = []
    for entry in entries if section.many else ():
        identity = tuple(str(entry[key]).casefold() for key in section.identity)
        if identity in seen and all(entry[key] is not None for key in section.identity):
            faults.append(entry.fault(section.identity[0], f"finns redan i {seen[identity].place}."))
        seen.setdefault(identity, entry)
    return faults


def _dangling(
    section: Section, entries: Sequence[Entry], file: MunicipalityFile, sections: Sequence[Section]
) -> list[Fault]:
    """What refers to an entry that is neither in the file nor stored."""
    by_name = {other.name: other for other in sections}
    pairs = [(entry, section.keys) for entry in entries]
    pairs += [(row, part.keys) for entry in entries for part in section.parts for row in entry.parts[part.name]]
    faults = []
    known: dict[str, set[str]] = {}
    for entry, keys in pairs:
        for key in keys:
            if not key.refers or entry[key.name] is None:
                continue
            if key.refers not in known:
                known[key.refers] = file.codes(key.refers) | by_name[key.refers].existing()
            wanted = entry[key.name] if key.type is KeyType.TEXTS else [entry[key.name]]
            faults += [
                Fault(
                    entry.place, key.name, code, f"finns inte bland [[{key.refers}]], varken i filen eller sedan förut."
                )
                for code in wanted
                if code not in known[key.refers]
            ]
    return faults
