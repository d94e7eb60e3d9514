"""`manage.py sweep_uploads`: remove files that have waited too long. The worker does it by itself; this is for schedulers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cases.actions.handing_in import sweep_handed_in
from committees.commands import SwedishCommand, counted


class Command(SwedishCommand):
    """Exit 0, also when there is nothing to remove."""

    help = "Tar bort filer som lämnades in för mer än 72 timmar sedan."

    def handle(self, *_: Any, **options: Any) -> None:
        """Sweep and say how much went."""
        del options
        self.stdout.write(f"{counted(sweep_handed_in(now=timezone.now()), 'inlämning', 'inlämningar')} borttagna.")
