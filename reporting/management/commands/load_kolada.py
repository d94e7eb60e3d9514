"""`load_kolada PATH...`: take in files with Kolada's answers, for those whose network is closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from committees.commands import SwedishCommand, input_fault
from reporting.comparison.loading import KoladaFault, load_kolada_json

_NOUNS = {
    "municipalities": "kommuner",
    "kpis": "nyckeltal",
    "groups": "kommungrupper",
    "members": "medlemskap",
    "values": "värden",
}


class Command(SwedishCommand):
    """Exit 0: taken in; 1: the input has faults and nothing is stored."""

    help = "Läs in värden, nyckeltal, kommuner och kommungrupper från filer i samma form som Koladas svar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", metavar="FIL", nargs="+", type=Path, help="JSON-filer, eller mappar med sådana.")
        parser.add_argument("--group", metavar="ID", help="Gruppen som kommunen jämför sig med, till exempel G175906.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load_kolada_json(_files(options["paths"]), group=options["group"])
        except KoladaFault as fault:
            raise input_fault(str(fault)) from fault
        changed = [f"{count} {_NOUNS[name]}" for name, count in counts.items() if count]
        told = f"Inläst från Kolada: {', '.join(changed)}." if changed else "Allt fanns redan. Inget har ändrats."
        self.stdout.write(told)


def _files(paths: list[Path]) -> list[Path]:
    found = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not found:
        raise KoladaFault("Det finns inga JSON-filer att läsa.")
    return found
