"""`manage.py undo_delivery ID`: take a delivery back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from cases.deliveries.undoing import UndoRefused, undo_delivery
from committees.commands import SwedishCommand, counted, input_fault


class Command(SwedishCommand):
    """Exit 0 when it is undone, 1 when there is no such delivery or something rests on it."""

    help = "Tar tillbaka en leverans: dess rader försvinner och de som den ersatte gäller igen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the delivery's number."""
        parser.add_argument("delivery", metavar="NUMMER", type=int, help="leveransens nummer")

    def handle(self, *_: Any, **options: Any) -> None:
        """Undo it and say what that did."""
        try:
            undone = undo_delivery(delivery_id=options["delivery"])
        except UndoRefused as refused:
            raise input_fault(str(refused)) from None
        self.stdout.write(
            f"Leverans {undone.delivery} är återtagen: {counted(undone.removed, 'rad borttagen', 'rader borttagna')}, "
            f"{counted(undone.restored, 'rad', 'rader')} gäller igen."
        )
        if undone.later:
            self.stdout.write(
                "Senare leveranser är kvar. Det de hade gemensamt med den återtagna räknades som oförändrat då: "
                "läs in dem igen om deras uppgifter ska gälla."
            )
