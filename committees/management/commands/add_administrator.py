"""`add_administrator NAME`: the first log-in of an installation, who gives everyone else theirs."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser

from committees.actions.people import add_person
from committees.commands import SwedishCommand, input_fault
from committees.enums import Role
from committees.models import User


class Command(SwedishCommand):
    """Exit 0: can log in; 1: the name is taken or the password is too weak, and nothing is changed; 2: wrong usage."""

    help = (
        "Skapar en administratör för hela kommunen. Lösenordet frågas efter, eller läses som en rad från standard in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the name."""
        parser.add_argument("name", metavar="ANVÄNDARNAMN", help="namnet som administratören loggar in med")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the log-in."""
        name: str = options["name"]
        if User.objects.filter(username__iexact=name).exists():
            raise input_fault(f"{name} har redan en inloggning. Välj ett annat användarnamn.")
        try:
            User.username_validator(name)
            add_person(username=name, password=_password(), role=Role.ADMINISTRATOR)
        except ValidationError as fault:
            raise input_fault(" ".join(fault.messages)) from fault
        self.stdout.write(f"{name} är administratör för hela kommunen och kan nu logga in.")


def _password() -> str:
    """Return the password, typed twice at a terminal so that a slip of the finger is noticed. It is never an argument."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Lösenord (minst 12 tecken): ")
    if first != getpass.getpass("Samma lösenord igen: "):
        raise input_fault("Lösenorden är inte lika. Ingen inloggning har skapats.")
    return first
