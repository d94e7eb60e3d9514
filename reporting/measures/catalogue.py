"""The measures there are: every pair of files in the folders beside this module, read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reporting.measures.model import Measure
from reporting.measures.reading import read_definition

ROOT = Path(__file__).parent


class UnknownMeasure(Exception):
    """No measure has that code; the Swedish text names those that exist."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        """Keep the code and say which there are."""
        self.code = code
        super().__init__(f"Måttet ”{code}” finns inte. De mått som finns är: {', '.join(known)}.")


def read_catalogue(root: Path) -> dict[str, Measure]:
    """Read every definition under a folder, by subject and code; DefinitionFault at the first file that is wrong."""
    found = [read_definition(path) for path in sorted(root.glob("*/*.md"))]
    return {measure.code: measure for measure in sorted(found, key=lambda measure: measure.code)}


@cache
def _catalogue() -> dict[str, Measure]:
    return read_catalogue(ROOT)


def measures() -> tuple[Measure, ...]:
    """Return every measure, by code."""
    return tuple(_catalogue().values())


def measure(code: str) -> Measure:
    """Return the measure of that code; UnknownMeasure when there is none."""
    found = _catalogue()
    if code not in found:
        raise UnknownMeasure(code, tuple(found))
    return found[code]
