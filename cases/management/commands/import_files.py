"""`manage.py import_files PATH...`: one delivery of files, all or nothing."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import CommandParser
from tqdm import tqdm

from cases.actions.profiles import UnknownProfile, profile_named
from cases.deliveries.accounts_told import told
from cases.deliveries.findings import SHOWN, Finding
from cases.deliveries.progress import Clock, Progress, Step, spoken
from cases.deliveries.result import DeliveryResult, FileResult
from cases.deliveries.sources import NothingToTake, SourceFault, find_sources
from cases.deliveries.taking import NotFollowed, take_delivery
from committees.commands import SwedishCommand, add_format, counted, input_fault, usage_fault

logger = logging.getLogger(__name__)


class _Bar:
    """The bar on a terminal: what is done, the rows and the time left. Nothing where no terminal is."""

    def __init__(self) -> None:
        self._clock = Clock()
        self._bar = tqdm(
            total=_WHOLE, bar_format="{desc}: {percentage:3.0f} % |{bar}|{postfix}", disable=None, leave=False
        )

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def tell(self, progress: Progress) -> None:
        """Show it."""
        left = self._clock.seconds_left(progress.share)
        rows = counted(progress.rows, "rad", "rader")
        self._bar.set_description_str(_STEPS[progress.step], refresh=False)
        self._bar.set_postfix_str(rows if left is None else f"{rows}, {spoken(left)}", refresh=False)
        self._bar.update(round(progress.share * _WHOLE) - self._bar.n)


class Command(SwedishCommand):
    """Exit 0 when the files are taken or already were, 1 when they have faults (nothing stored), 2 for wrong usage."""

    help = "Läser in filer som en leverans: allt eller inget. Slaget framgår av filens namn eller skrivs SLAG=SÖKVÄG."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the paths and the ways to take them."""
        parser.add_argument("paths", nargs="+", metavar="SÖKVÄG", help="en mapp, en fil eller SLAG=SÖKVÄG")
        parser.add_argument("--profile", metavar="NAMN", help="översättning av rubriker och koder från ett källsystem")
        parser.add_argument(
            "--replace", action="store_true", help="avsluta också de rader som leveransen inte längre har"
        )
        parser.add_argument("--dry-run", action="store_true", help="läs och kontrollera, men spara ingenting")
        add_format(parser, "text", "json")

    def handle(self, *_: Any, **options: Any) -> None:
        """Take the delivery and say what became of it."""
        try:
            profile = profile_named(options["profile"]) if options["profile"] else None
            sources = find_sources(options["paths"])
        except (SourceFault, UnknownProfile) as fault:
            raise usage_fault(str(fault)) from None
        except NothingToTake as fault:
            if options["format"] == "json":
                self.write_json(DeliveryResult("refused", []).as_json() | {"message": str(fault)})
            raise input_fault(str(fault)) from None
        for name in sources.unknown:
            self.stderr.write(f"{name} är ingen känd fil och läses inte.")
        try:
            with _Bar() as bar:
                result = take_delivery(
                    files=sources.files,
                    by=None,
                    profile=profile,
                    replace=options["replace"],
                    dry_run=options["dry_run"],
                    told=bar.tell,
                )
        except NotFollowed as fault:
            logger.exception("The delivery is stored, what follows it failed")
            raise input_fault(str(fault)) from fault
        self._answer(result, as_json=options["format"] == "json")

    def _answer(self, result: DeliveryResult, *, as_json: bool) -> None:
        if as_json:
            self.write_json(result.as_json())
        elif result.status != "refused":
            self._tell(result)
        self._list("Varningar", result.warnings, result.warning_count)
        if result.status == "refused":
            self._list("Fel", result.errors, result.error_count)
            raise input_fault("Leveransen är inte inläst. Rätta felen och läs in alla filer igen.")

    def _tell(self, result: DeliveryResult) -> None:
        self.stdout.write(_HEADS[result.status].format(delivery=result.delivery))
        for file in result.files:
            self.stdout.write(_line(file))
            if file.ignored_columns:
                self.stdout.write(f"    kolumner som inte läses: {', '.join(file.ignored_columns)}")
            for line in told(file.accounts):
                self.stdout.write(f"    {line}")

    def _list(self, head: str, findings: list[Finding], count: int) -> None:
        if not count:
            return
        self.stderr.write(f"{head}: {count}")
        for finding in findings:
            self.stderr.write(f"  {finding}")
        if count > len(findings):
            self.stderr.write(f"  … och {count - len(findings)} till. De första {SHOWN} visas.")


_WHOLE = 1_000
_STEPS = {Step.READING: "Läser", Step.CHECKING: "Kontrollerar", Step.STORING: "Sparar"}
_HEADS = {
    "taken": "Leverans {delivery} är inläst.",
    "unchanged": "Inget nytt: allt i filerna är redan inläst. Ingenting har ändrats.",
    "checked": "Filerna har inga fel. De är kontrollerade men inte inlästa.",
}


def _line(file: FileResult) -> str:
    changes = [
        counted(file.new, "ny", "nya"),
        counted(file.changed, "ändrad", "ändrade"),
        counted(file.unchanged, "oförändrad", "oförändrade"),
    ]
    if file.ended:
        changes.append(counted(file.ended, "avslutad", "avslutade"))
    return f"  {file.file}: {counted(file.rows, 'rad', 'rader')} – {', '.join(changes)}"
