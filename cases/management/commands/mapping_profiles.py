"""`manage.py mapping_profiles`: the profiles by which files of source systems are read; brought in and given out as TOML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cases.actions.profiles import UnknownProfile, profile_named, profile_names, store_profile
from committees.commands import SwedishCommand, input_fault, usage_fault
from committees.toml_tables import TextFault


class Command(SwedishCommand):
    """Without options the names are listed. Exit 1 when a profile has faults (nothing stored), 2 for wrong usage."""

    help = "Listar profilerna för källsystemens filer, läser in en från en TOML-fil eller skriver ut en som TOML."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what can be done with profiles."""
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--import", metavar="FIL", dest="file", help="läs in profilen som en ny version")
        chosen.add_argument("--export", metavar="NAMN", help="skriv ut profilen som TOML")

    def handle(self, *_: Any, **options: Any) -> None:
        """List, bring in or give out."""
        if options["file"]:
            self._bring_in(Path(options["file"]))
        elif options["export"]:
            try:
                self.stdout.write(profile_named(options["export"]).text, ending="")
            except UnknownProfile as fault:
                raise usage_fault(str(fault)) from None
        else:
            for name in profile_names():
                self.stdout.write(name)

    def _bring_in(self, path: Path) -> None:
        try:
            profile = store_profile(text=path.read_text(encoding="utf-8"), by=None)
        except OSError:
            raise usage_fault(f"Filen {path} går inte att öppna.") from None
        except UnicodeDecodeError:
            raise input_fault(f"Filen {path} ska vara sparad som UTF-8.") from None
        except TextFault as fault:
            raise input_fault("\n".join(fault.messages)) from None
        self.stdout.write(f"Profilen {profile} är sparad.")
