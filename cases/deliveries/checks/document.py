"""The catalogue of checks as a page for those who deliver files: docs/checks.md."""

from __future__ import annotations

from collections.abc import Iterator

from cases.deliveries.checks.advice import OF_FILES, OF_ROWS
from cases.deliveries.checks.catalogue import catalogue
from cases.deliveries.findings import Level
from cases.kinds import KINDS, Kind

_HEAD = """# Kontroller av levererade filer

Alla kontroller görs på en gång och alla fel visas. Ett *fel* stoppar hela leveransen. En *varning* följer med den och visas som
datakvalitet; den kan godtas för en tid, med ett skäl. Först kontrolleras filen som sådan: att den är en textfil i UTF-8,
Windows-1252 eller Latin-1 med rubrikrad, att varje rad har lika många fält och att ingen rad är längre än en megabyte.

Sidan skrivs av `python manage.py delivery_checks`.
"""
_LEVELS = {Level.ERROR: "fel", Level.WARNING: "varning"}


def checks_document() -> str:
    """Return the page as Markdown, Swedish, in the order of the kinds and their columns."""
    return _HEAD + _files() + "".join(_section(kind) for kind in KINDS)


def _files() -> str:
    lines = ["\n## Filen som sådan\n", "| Kontroll | Nivå | Varför | Så rättas det |", "|---|---|---|---|"]
    lines += [f"| `{name}` | fel | {advice.why} | {advice.mend} |" for name, advice in OF_FILES.items()]
    return "\n".join(lines) + "\n"


def _section(kind: Kind) -> str:
    lines = [
        f"\n## {kind.name}.csv\n",
        "| Kontroll | Nivå | Kolumn | Förväntat | Varför | Så rättas det |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *_rows(kind)]) + "\n"


def _rows(kind: Kind) -> Iterator[str]:
    columns: dict[tuple[str, Level, str], list[str]] = {}
    for check in catalogue(kind):
        columns.setdefault((check.id, check.level, check.in_words), []).append(check.column)
    for (name, level, expected), found in columns.items():
        advice = OF_ROWS[name]
        yield f"| `{name}` | {_LEVELS[level]} | {', '.join(found)} | {expected} | {advice.why} | {advice.mend} |"
