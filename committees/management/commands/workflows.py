"""`manage.py workflows`: the ways of work of the house as a document, for docs/workflows.md."""

from __future__ import annotations

from typing import Any

from committees.commands import SwedishCommand
from committees.workflows import document, registered


class Command(SwedishCommand):
    """Print docs/workflows.md."""

    help = "Skriver ut alla arbetsflöden: lägen, steg och vem som får ta dem."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the document to standard output."""
        del args, options
        self.stdout.write(document(registered()), ending="")
