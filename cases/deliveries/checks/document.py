"""The catalogue of checks as a page for those who deliver files: docs/checks.md."""

from __future__ import annotations

from collections.abc import Iterator

from cases.deliveries.checks.catalogue import catalogue
from cases.deliveries.checks.model import Check
from cases.deliveries.findings import Level
from cases.kinds import KINDS, Kind

_HEAD = """# Kontroller av levererade filer

Alla kontroller görs på en gång och alla fel visas. Ett *fel* stoppar hela leveransen. En *varning* följer med den och visas som
datakvalitet. Först kontrolleras filen som sådan: att den är en textfil i UTF-8, Windows-1252 eller Latin-1 med rubrikrad, att
varje rad har lika många fält och att ingen rad är längre än en megabyte.

Sidan skrivs av `python manage.py delivery_checks`.
"""
_LEVELS = {Level.ERROR: "fel", Level.WARNING: "varning"}


def checks_document() -> str:
    """Return the page as Markdown, Swedish, in the order of the kinds and their columns."""
    return _HEAD + "".join(_section(kind) for kind in KINDS)


def _section(kind: Kind) -> str:
    lines = [f"\n## {kind.name}.csv\n", "| Kontroll | Nivå | Kolumn | Förväntat |", "|---|---|---|---|"]
    return "\n".join([*lines, *_rows(kind)]) + "\n"


def _rows(kind: Kind) -> Iterator[str]:
    columns: dict[tuple[str, Level, str], list[str]] = {}
    for check in catalogue(kind):
        columns.setdefault((check.id, check.level, _expected(check)), []).append(check.column)
    for (name, level, expected), found in columns.items():
        yield f"| `{name}` | {_LEVELS[level]} | {', '.join(found)} | {expected} |"


def _expected(check: Check) -> str:
    return (
        "ett giltigt personnummer eller samordningsnummer"
        if check.expected == "{detail}"
        else check.expected.replace("{detail}", "…")
    )
