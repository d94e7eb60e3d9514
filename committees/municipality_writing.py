"""Write what is stored as kommun.toml, so that reading it changes nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from committees.municipality_file import all_sections
from committees.municipality_schema import Section


def written_out(names: Collection[str]) -> str:
    """Return the named sections as they are stored, in the file's order. Raises ValueError for one that cannot be written."""
    wanted = [section for section in all_sections() if section.name in names]
    if unwritable := {*names} - {section.name for section in wanted if section.stored}:
        raise ValueError(f"cannot be written out: {', '.join(sorted(unwritable))}")
    return "\n".join(line for section in wanted for line in _lines(section))


def _lines(section: Section) -> Iterator[str]:
    head = f"[[{section.name}]]" if section.many else f"[{section.name}]"
    for table in section.stored() if section.stored else ():
        yield from (head, *_pairs(table), "")


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} = {_value(value)}" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    # TOML's texts, numbers and truth values are written as JSON's, but for the one control character JSON lets through.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
