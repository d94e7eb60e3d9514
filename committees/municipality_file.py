"""kommun.toml – the municipality's own set-up: read, checked whole, and stored all or nothing.

The sections belong to the apps whose things they set up. Each app declares its own in a `municipality_sections.py` that is
discovered here, as Django discovers its admin.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule

from committees.municipality_checking import check_file
from committees.municipality_schema import Changes, Fault, MunicipalityFile, Section
from committees.toml_lines import Lines

_MODULE = "municipality_sections"


class MunicipalityFileFault(Exception):
    """The file cannot be taken. `faults` are all that is wrong with it, in Swedish."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults; the text is one a line."""
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True)
class SetupResult:
    """What a set-up did, section by section in the order they were stored."""

    changes: dict[str, Changes]

    @property
    def nothing_changed(self) -> bool:
        """Whether everything already stood as in the file."""
        return not any(change.created or change.changed for change in self.changes.values())


@cache
def all_sections() -> tuple[Section, ...]:
    """Return the sections of every app, the lowest room's first: what is stored may refer to what was stored before it."""
    found: list[Section] = []
    for config in reversed(list(apps.get_app_configs())):
        if module_has_submodule(config.module, _MODULE):
            found += import_module(f"{config.name}.{_MODULE}").SECTIONS
    return tuple(found)


def read_file(path: Path) -> MunicipalityFile:
    """Read and check the file. Raises MunicipalityFileFault with everything that is wrong."""
    raw, lines = _parsed(path)
    file, faults = check_file(raw, all_sections(), lines)
    if faults:
        raise MunicipalityFileFault(faults)
    return file


def set_up(path: Path) -> SetupResult:
    """Store what the file says, all or nothing. What is stored but not in the file stays; the same file twice changes nothing.

    Raises MunicipalityFileFault, with nothing stored, when the file has faults.
    """
    with transaction.atomic():
        file = read_file(path)
        changes = {section.name: section.apply(file.entries[section.name]) for section in all_sections()}
    return SetupResult(changes)


def _parsed(path: Path) -> tuple[dict[str, Any], Lines]:
    """Return what the file says, and on which lines."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), Lines(text)
    except UnicodeDecodeError:
        expected = "ska vara sparad som UTF-8."
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"line (\d+), column (\d+)", str(fault))
        where = f" på rad {line[1]}, tecken {line[2]}" if line else " i slutet"
        expected = f"är inte giltig TOML: något är fel{where}."
    raise MunicipalityFileFault([Fault(path.name, "", "", expected)])
