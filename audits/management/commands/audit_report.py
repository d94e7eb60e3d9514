"""`audit_report ID --out FILE.pdf`: an audit's report as a PDF that can be published and archived."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from audits.documents.papers import report_pdf
from audits.enums import AuditState
from audits.models import Audit
from committees.commands import SwedishCommand, input_fault, refuse_to_write_to, usage_fault
from reporting.documents import storage
from reporting.documents.pdf import RenderingFault


class Command(SwedishCommand):
    """Exit 0: written; 1: the audit has no report to give, and nothing is left; 2: wrong usage."""

    help = "Skriver en beslutad gransknings rapport som PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the audit and the file."""
        parser.add_argument("id", type=int, metavar="ID", help="granskningens nummer, se audits")
        parser.add_argument(
            "--out", required=True, type=Path, metavar="FIL.pdf", help="filen som rapporten skrivs till"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Write the report."""
        audit = Audit.objects.select_related("framework_version__framework").filter(pk=options["id"]).first()
        if audit is None:
            raise usage_fault(f"Granskning {options['id']} finns inte. Kör audits för att se vilka som finns.")
        if audit.state not in AuditState.decided():
            raise input_fault(
                "Granskningen är inte beslutad. Rapporten går att skriva ut när revisorerna har beslutat."
            )
        refuse_to_write_to(options["out"])
        try:
            content = report_pdf(audit)
        except RenderingFault as fault:
            raise input_fault(str(fault)) from fault
        storage.write_whole(options["out"], content)
        self.stdout.write(f"Rapporten ”{audit}” är skriven till {options['out']}.")
