"""`manage.py setup_municipality kommun.toml`: the municipality's own set-up, all or nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from committees.commands import SwedishCommand, add_format, counted, input_fault, usage_fault
from committees.municipality_file import MunicipalityFileFault, SetupResult, all_sections, set_up


class Command(SwedishCommand):
    """Exit 0 when the file is stored, 1 with every fault on stderr and nothing stored, 2 when there is no such file."""

    help = "Läser in kommunens inställningar från kommun.toml. Samma fil två gånger ändrar ingenting."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file and the format."""
        parser.add_argument("file", metavar="FIL", type=Path, help="kommun.toml")
        add_format(parser, "text", "json")

    def handle(self, *_: Any, **options: Any) -> None:
        """Store the file and say what it changed."""
        path: Path = options["file"]
        if not path.is_file():
            raise usage_fault(f"Filen {path} finns inte.")
        try:
            result = set_up(path)
        except MunicipalityFileFault as fault:
            self._refuse(path, fault, as_json=options["format"] == "json")
        if options["format"] == "json":
            self.write_json({"status": "unchanged" if result.nothing_changed else "stored"} | _counts(result))
        else:
            self._tell(path, result)

    def _refuse(self, path: Path, fault: MunicipalityFileFault, *, as_json: bool) -> None:
        if as_json:
            self.write_json({"status": "refused", "errors": [asdict(each) for each in fault.faults]})
        count = len(fault.faults)
        head = (
            f"{path.name} har {count} fel. Ingenting har ändrats."
            if count > 1
            else f"{path.name} har ett fel. Ingenting har ändrats."
        )
        raise input_fault("\n".join([head, *(f"  {each}" for each in fault.faults)])) from None

    def _tell(self, path: Path, result: SetupResult) -> None:
        if result.nothing_changed:
            self.stdout.write(f"Allt i {path.name} stämmer redan. Ingenting har ändrats.")
        else:
            self.stdout.write(f"{path.name} är inläst:")
        for section in all_sections():
            change = result.changes[section.name]
            if change.created or change.changed:
                self.stdout.write(
                    f"  {section.label}: {counted(change.created, 'ny', 'nya')}, "
                    f"{counted(change.changed, 'ändrad', 'ändrade')}, "
                    f"{counted(change.unchanged, 'oförändrad', 'oförändrade')}"
                )
            for note in change.notes:
                self.stdout.write(f"  {note}")
            if change.kept:
                self.stdout.write(f"  {section.label} som inte står i filen är kvar: {', '.join(change.kept)}")


def _counts(result: SetupResult) -> dict[str, Any]:
    return {"sections": {name: asdict(change) for name, change in result.changes.items()}}
