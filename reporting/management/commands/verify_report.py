"""`verify_report FILE.pdf`: whether every figure, file and hash of a report still agrees with what it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from committees.commands import FAULTY_INPUT, SwedishCommand, add_format, counted, input_fault
from reporting.documents.verifying import FileFault, ReportFile, Verification, read_report, verify
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.folder import SnapshotFolder


class Command(SwedishCommand):
    """Exit 0: everything that could be checked agrees; 1: something does not, each thing named; 2: wrong usage."""

    help = "Kontrollera en rapport: räkna om varje siffra ur underlaget och jämför filerna inuti med innehållsförteckningen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file and the options."""
        parser.add_argument("file", type=Path, metavar="FIL.pdf", help="rapporten")
        parser.add_argument(
            "--snapshot", type=Path, metavar="MAPP", help="underlagets mapp (förval: den som finns här)"
        )
        add_format(parser, "text", "json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file and say what was found."""
        try:
            report = read_report(options["file"])
            found = verify(report, self._folder(report, options["snapshot"]))
        except FileFault as fault:
            raise input_fault(str(fault)) from fault
        if options["format"] == "json":
            self.write_json(_document(report, found))
        else:
            self.stdout.write("\n".join(_lines(report, found)))
        if not found.agrees:
            raise SystemExit(FAULTY_INPUT)

    def _folder(self, report: ReportFile, given: Path | None) -> SnapshotFolder | SnapshotFault | None:
        """Open the snapshot's folder: None when none was named and it is not here, the fault when it cannot be trusted."""
        kept = Path(settings.SNAPSHOT_ROOT) / Path(str(report.manifest.get("snapshot", ""))).name
        path = given or kept
        if given is None and not path.is_dir():
            return None
        self.stderr.write(f"Räknar om siffrorna ur {path}.")
        try:
            return SnapshotFolder.open(path)
        except SnapshotFault as fault:
            return fault


def _document(report: ReportFile, found: Verification) -> dict[str, object]:
    return {
        "sha256": report.sha256,
        "snapshot": report.manifest["snapshot"],
        "agrees": found.agrees,
        "figures": found.figures,
        "hidden": found.hidden,
        "files": found.files,
        "faults": found.faults,
        "notes": found.notes,
    }


def _lines(report: ReportFile, found: Verification) -> list[str]:
    checked = (
        f"{counted(found.figures, 'siffra har räknats om', 'siffror har räknats om')}, "
        f"{counted(found.hidden, 'är dold och jämförs inte', 'är dolda och jämförs inte')}, "
        f"{counted(found.files, 'fil inuti rapporten har kontrollerats', 'filer inuti rapporten har kontrollerats')}."
    )
    verdict = (
        "Allt stämmer." if found.agrees else counted(len(found.faults), "sak stämmer inte:", "saker stämmer inte:")
    )
    return [f"SHA-256: {report.sha256}", checked, *found.notes, verdict, *(f"- {fault}" for fault in found.faults)]
