"""The workbook of a file with its faulty cells marked: made for the moment from the sealed file, and never stored."""

from __future__ import annotations

from collections.abc import Sequence

from cases.deliveries.as_they_are import OwnFile
from cases.deliveries.findings import FileFault, Finding, Level
from cases.deliveries.opening import opened_as_it_is
from cases.deliveries.rules import FileRules
from cases.deliveries.sources import SourceFile
from cases.deliveries.taking import look_at_delivery
from cases.fault_workbooks.marking import marks_of
from cases.fault_workbooks.writing import MOST_CELLS, TooLarge, written
from cases.models import MappingProfile
from cases.profiles.model import CANONICAL
from cases.profiles.reading import read_profile

MOST_FAULTS = 20_000
"""Of each level; the rest are seen when these are mended."""


class NoWorkbook(Exception):
    """A workbook cannot be made of the file; Swedish, with what to do instead."""


def fault_workbook(
    *, file: SourceFile, files: Sequence[SourceFile], profile: MappingProfile | None, replace: bool
) -> bytes:
    """Return the file as a workbook (XLSX) with its faults marked: the sender's own headers and all rows, each at its number.

    Mended in the marked cells only it can be handed in as it is, by the same profile. Raises NoWorkbook when the file has no
    rows to mark, cannot be read to its end, or is too large.
    """
    result = look_at_delivery(files=files, profile=profile, replace=replace, shown=MOST_FAULTS)
    found = {Level.ERROR: _of(file, result.errors), Level.WARNING: _of(file, result.warnings)}
    if not any(found.values()):
        raise NoWorkbook("Filen har inga fel att märka ut.")
    rules = (read_profile(profile.text) if profile else CANONICAL).rules(file.kind.name)
    try:
        with opened_as_it_is(file.content, file.kind, rules) as own:
            marks = marks_of(found, file.kind, own.layout, rules)
            more = max(result.error_count - len(result.errors), 0)
            return written(own, marks, title=_title(own, rules, file), more=more)
    except FileFault as fault:
        raise NoWorkbook(
            f"Felen går inte att märka ut i en arbetsbok, för filen går inte att läsa. Väntat är {fault.expected}"
        ) from fault
    except TooLarge:
        raise NoWorkbook(
            f"Filen är för stor för en arbetsbok: högst {MOST_CELLS:,} celler går.".replace(",", "\u00a0")
            + " Dela upp filen, eller rätta felen i systemet den kommer från."
        ) from None
    except OSError:
        raise NoWorkbook("Filen går inte längre att läsa. Lämna in den igen.") from None


def _of(file: SourceFile, findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.kind == file.kind.name]


def _title(own: OwnFile, rules: FileRules, file: SourceFile) -> str:
    """The sheet's name, by which it is found when it comes back."""
    return own.sheet or rules.sheet or file.kind.name
