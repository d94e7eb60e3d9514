"""`report KIND --committee CODE[,CODE] --year YEAR --out FILE.pdf`: a report as a PDF that can be published and archived."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from committees.commands import SwedishCommand, input_fault, refuse_to_write_to, usage_fault
from committees.models import Committee
from reporting.documents import storage
from reporting.documents.actions import FAULTS, make_paper, make_report, report_file
from reporting.documents.models import Report
from reporting.documents.publication.papers import PAPERS
from reporting.enums import ReportKind
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot, snapshot_named

_KINDS = ", ".join(ReportKind.values)


class Command(SwedishCommand):
    """Exit 0: written; 1: it cannot be made of this data, and nothing is left; 2: wrong usage."""

    help = "Gör en rapport som PDF för en nämnd, eller en samlad uppföljning för flera. Underlaget låses."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the kind and the options."""
        parser.add_argument("kind", metavar="SLAG", help=f"rapportens slag: {_KINDS}")
        parser.add_argument("--committee", required=True, metavar="KOD[,KOD]", help="nämnden eller nämnderna")
        parser.add_argument("--year", required=True, type=int, metavar="ÅR", help="kalenderåret")
        parser.add_argument(
            "--period", metavar="NAMN", help="rapportperioden i kommunens kalender, för månadsblad månaden (2023-08)"
        )
        parser.add_argument("--snapshot", metavar="KONTROLLSUMMA", help="underlaget (förval: det senaste)")
        parser.add_argument("--registry-number", default="", metavar="DNR", help="diarienumret på framsidan")
        parser.add_argument(
            "--out", required=True, type=Path, metavar="FIL.pdf", help="filen som rapporten skrivs till"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the report and write it out."""
        _refuse_other_kinds(options["kind"], options["period"])
        committees = _committees(options["committee"])
        refuse_to_write_to(options["out"])
        snapshot = _snapshot(options["snapshot"])
        self.stderr.write(f"Gör rapporten ur underlaget {snapshot.short_hash}, per {snapshot.as_of}.")
        try:
            report = _made(options, committees, snapshot)
        except FAULTS as fault:
            raise input_fault(str(fault)) from fault
        storage.write_whole(options["out"], report_file(report).read_bytes())
        self.stdout.write(f"{report} är skriven till {options['out']}.\nSHA-256: {report.sha256}")


def _made(options: dict[str, Any], committees: list[Committee], snapshot: Snapshot) -> Report:
    asked: dict[str, Any] = {
        "kind": options["kind"],
        "committees": committees,
        "year": options["year"],
        "snapshot": snapshot,
        "period": options["period"] or "",
    }
    if options["kind"] in PAPERS:
        return make_paper(**asked)
    return make_report(registry_number=options["registry_number"], **asked)


def _refuse_other_kinds(kind: str, period: str | None) -> None:
    if kind not in ReportKind.values:
        raise usage_fault(f"Rapporter av slaget {kind} finns inte här. De som finns är: {_KINDS}.")
    if kind == ReportKind.ANNUAL and period:
        raise usage_fault("En helårsrapport gäller hela året och har ingen period. Ta bort --period.")


def _committees(codes: str) -> list[Committee]:
    wanted = [code.strip() for code in codes.split(",") if code.strip()]
    found = {committee.code: committee for committee in Committee.objects.filter(code__in=wanted)}
    unknown = [code for code in wanted if code not in found]
    if unknown or not wanted:
        known = ", ".join(Committee.objects.order_by("code").values_list("code", flat=True))
        named = f"Nämnden {', '.join(unknown)} finns inte." if unknown else "Ange minst en nämnd."
        raise usage_fault(f"{named} De nämnder som finns är: {known or 'inga, läs in kommun.toml först'}.")
    return list(found.values())


def _snapshot(name: str | None) -> Snapshot:
    try:
        found = snapshot_named(name) if name else latest_snapshot()
    except SnapshotFault as fault:
        raise input_fault(str(fault)) from fault
    if found is None:
        raise input_fault("Det finns inget underlag än. Läs in filer med import_files först.")
    return found
