"""`manage.py delivery_checks`: the page that lists every check of delivered files."""

from __future__ import annotations

from typing import Any

from cases.deliveries.checks.document import checks_document
from committees.commands import SwedishCommand


class Command(SwedishCommand):
    """Write docs/checks.md with `python manage.py delivery_checks > docs/checks.md`."""

    help = "Skriver ut alla kontroller av levererade filer, som sidan docs/checks.md."

    def handle(self, *_: Any, **__: Any) -> None:
        """Write the page to stdout."""
        self.stdout.write(checks_document(), ending="")
