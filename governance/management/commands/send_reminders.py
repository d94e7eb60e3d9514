"""`send_reminders`: mail people what they answer for that is near or late."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from committees.commands import SwedishCommand, input_fault
from governance.actions.reminders import send_reminders


class Command(SwedishCommand):
    """Exit 0: all sent; 1: the mail server refused some, which are tried again the next time."""

    help = "Skickar påminnelser med e-post om det som snart ska vara klart eller är försenat."

    def handle(self, *_: Any, **__: Any) -> None:
        """Send them and say how many letters that was."""
        sending = send_reminders(today=timezone.localdate())
        self.stdout.write("1 brev skickades." if sending.sent == 1 else f"{sending.sent} brev skickades.")
        if sending.refused:
            names = ", ".join(person.username for person in sending.refused)
            raise input_fault(f"E-postservern tog inte emot brev till {names}. De skickas nästa gång kommandot körs.")
