"""`audits [--format json]`: the decided audits, their grades and what became of their recommendations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from audits.selectors.overview import overview
from committees.commands import SwedishCommand, add_format, counted


class Command(SwedishCommand):
    """Shows audits from the elected auditors' decision on: what is still being written is nobody else's."""

    help = "Visar beslutade granskningar, deras bedömningar och vad som blev av rekommendationerna."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the formats."""
        add_format(parser, "table", "json")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the audits."""
        found = overview()
        if options["format"] == "json":
            self.write_json(found)
            return
        if not found:
            self.stdout.write("Det finns ingen beslutad granskning än.")
        for audit in found:
            self._write(audit)

    def _write(self, audit: dict[str, Any]) -> None:
        by = audit["firm"] or audit["commissioner"]
        self.stdout.write(
            f"{audit['id']}. {audit['framework']} ({by}, {audit['date']}): {audit['overall'] or 'ej graderad'}"
        )
        for row in audit["assessments"]:
            self.stdout.write(f"  fråga {row['question']}, {row['body']}: {row['grade'] or 'ej graderad'}")
        for row in audit["recommendations"]:
            self.stdout.write(
                f"  rekommendation {row['number']} till {', '.join(row['addressees'])}: "
                f"{row['committee_status'] or 'inte besvarad'}; {row['verified_status'] or 'inte verifierad'}; "
                f"{counted(row['actions'], 'åtgärd', 'åtgärder')}"
            )
        for body, day in audit["responses_due"].items():
            self.stdout.write(f"  svar från {body} senast {day}")
