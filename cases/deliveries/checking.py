"""Run the checks: the conditions of a kind in one counting query, then a query only for what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cases.deliveries.checks.across import NOW_VIEWS, NUMBER_IN_TEXT
from cases.deliveries.checks.catalogue import across_row_checks, within_row_checks
from cases.deliveries.checks.model import Check
from cases.deliveries.findings import SHOWN, Finding, Level, in_order, shown
from cases.deliveries.staging import Staging
from cases.kinds import Kind

_BATCH = 10_000


@dataclass
class Findings:
    """What was found so far: the first of each check's (`shown` of them), and how many there are in all."""

    files: Mapping[str, str]
    shown: int = SHOWN
    found: dict[Level, list[Finding]] = field(default_factory=lambda: {level: [] for level in Level})
    counts: dict[Level, int] = field(default_factory=lambda: dict.fromkeys(Level, 0))
    warned: list[Check] = field(default_factory=list)

    def add(self, level: Level, finding: Finding) -> None:
        """Add one that no check of rows found."""
        self.found[level].append(finding)
        self.counts[level] += 1

    def first(self, level: Level) -> list[Finding]:
        """Return the first of them, as a reader goes through the files."""
        return in_order(self.found[level])[: self.shown]


def check_within_rows(staging: Staging, kinds: Iterable[Kind], findings: Findings) -> None:
    """Look at every row by itself."""
    for kind in kinds:
        checks = within_row_checks(kind)
        counted = _counted(staging, kind, [check for check in checks if check.condition])
        for check in checks:
            count = counted.get(check) if check.condition else _count(staging, check)
            _note(staging, check, count or 0, findings)


def check_across_rows(staging: Staging, kinds: Iterable[Kind], findings: Findings) -> None:
    """Hold the rows against each other, the other files and what is stored."""
    _put_stray_numbers(staging)
    for view in NOW_VIEWS:
        staging.connection.execute(view)
    for kind in kinds:
        for check in across_row_checks(kind):
            if check.id == NUMBER_IN_TEXT and not staging.people.stray:
                continue
            _note(staging, check, _count(staging, check), findings)


def warnings_found(staging: Staging, findings: Findings) -> Iterator[Finding]:
    """Yield every warning of the checks, however many."""
    for check in findings.warned:
        for rows in staging.rows(f"{check.rows_sql} ORDER BY row", _BATCH):
            yield from (_finding(check, row, findings) for row in rows)


def _put_stray_numbers(staging: Staging) -> None:
    stray = staging.people.stray
    staging.put(
        "stray",
        {
            "kind": [number.table for number in stray],
            "row": [number.row for number in stray],
            "field": [number.field for number in stray],
            "key": [number.key for number in stray],
            "certain": [number.certain for number in stray],
        },
        {"kind": "VARCHAR", "row": "INTEGER", "field": "VARCHAR", "key": "VARCHAR", "certain": "BOOLEAN"},
    )


def _counted(staging: Staging, kind: Kind, checks: Sequence[Check]) -> dict[Check, int]:
    counts = ", ".join(f"count(*) FILTER ({check.condition})" for check in checks)
    row = staging.connection.execute(f"SELECT {counts} FROM t_{kind.table}").fetchone()
    return dict(zip(checks, row or (), strict=True))


def _count(staging: Staging, check: Check) -> int:
    row = staging.connection.execute(f"SELECT count(*) FROM ({check.rows_sql})").fetchone()
    return int(row[0]) if row else 0


def _note(staging: Staging, check: Check, count: int, findings: Findings) -> None:
    if not count:
        return
    findings.counts[check.level] += count
    if check.level is Level.WARNING:
        findings.warned.append(check)
    rows = staging.connection.execute(f"{check.rows_sql} ORDER BY row LIMIT {findings.shown}").fetchall()
    findings.found[check.level] += [_finding(check, row, findings) for row in rows]


def _finding(check: Check, row: Sequence[object], findings: Findings) -> Finding:
    number, value, detail = row
    return Finding(
        kind=check.kind.name,
        file=findings.files.get(check.kind.name, check.kind.name),
        row=number if isinstance(number, int) else None,
        column=check.column,
        value="" if value is None else shown(str(value)),
        expected=check.expected.replace("{detail}", shown(str(detail))),
        check=check.id,
    )
