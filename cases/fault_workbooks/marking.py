"""Which cells of a file its faults are about: the sender's own columns, and those that the file lacks and needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cases.deliveries.checks.advice import OF_FILES, Advice, advice_on
from cases.deliveries.findings import Finding, Level
from cases.deliveries.headers import Layout, normalised
from cases.deliveries.rules import FileRules
from cases.kinds import Kind

_BETWEEN_KEYS = " + "


@dataclass(frozen=True)
class Mark:
    """One fault in a file with the places of its cells, none when the whole row is meant."""

    level: Level
    finding: Finding
    places: tuple[int, ...]

    @property
    def advice(self) -> Advice | None:
        """Why it is a fault and how to mend it."""
        return advice_on(self.finding.check)


@dataclass
class Marks:
    """The faults of a file by row. `added`: headers of columns that the file lacks, which stand after its own."""

    added: list[str] = field(default_factory=list)
    by_row: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    of_file: list[Mark] = field(default_factory=list)

    @property
    def in_order(self) -> list[Mark]:
        """All of them as a reader goes through the file."""
        return [*self.of_file, *(mark for row in sorted(self.by_row) for mark in self.by_row[row])]


def marks_of(found: Mapping[Level, Iterable[Finding]], kind: Kind, layout: Layout, rules: FileRules) -> Marks:
    """Return where the faults of a file stand."""
    marks = Marks()
    for level in (Level.ERROR, Level.WARNING):
        for finding in found[level]:
            mark = Mark(level, finding, _places(finding, kind, layout, rules, marks))
            if finding.row is None:
                marks.of_file.append(mark)
            else:
                marks.by_row[finding.row].append(mark)
    return marks


def _places(finding: Finding, kind: Kind, layout: Layout, rules: FileRules, marks: Marks) -> tuple[int, ...]:
    if finding.row is None or not finding.column:
        return ()
    if finding.check in OF_FILES:  # what is wrong with the file itself is said with the sender's header
        return (layout.headers.index(finding.column),) if finding.column in layout.headers else ()
    fields = {column.header: column.field for column in kind.columns}
    parts = [part for part in finding.column.split(_BETWEEN_KEYS) if part in fields]
    found = (_place(part, fields[part], layout, rules, marks) for part in parts)
    return tuple(place for place in found if place is not None)


def _place(header: str, name: str, layout: Layout, rules: FileRules, marks: Marks) -> int | None:
    """The place of a column, added when the file has none of it; None where the profile says that no such column is read."""
    if name in layout.places:
        return layout.places[name]
    if normalised(header) in rules.columns:
        return None
    if header not in marks.added:
        marks.added.append(header)
    return layout.width + marks.added.index(header)
