"""`manage.py demo`: the demonstration municipality, loaded by the commands a municipality uses itself."""

from __future__ import annotations

import secrets
import tempfile
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import environ
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from committees.models import Municipality
from demo.accounts import ACCOUNTS, add_accounts
from demo.auditing import add_audits
from demo.generate import generate
from demo.reports import add_decided, add_drafts
from demo.steering import add_steering
from reporting.models import Snapshot

_CODE = "9999"
_DEMO = settings.BASE_DIR / "demo"


@dataclass(frozen=True)
class Freezing:
    """A day on which the demonstration freezes what was known, and what it calls it."""

    as_of: date
    label: str


FREEZINGS = (
    Freezing(date(2024, 1, 31), "Helår 2023"),
    Freezing(date(2024, 8, 31), "Delår 2024"),
    Freezing(date(2025, 1, 31), "Helår 2024"),
)
REPORT_YEAR = 2023
REPORT_COMMITTEES = ("KUN", "SN")
REPORT_REGISTRY_NUMBER = "KS 2024/118"
PEER_GROUP = "G175906"
"""The similar municipalities of Alingsås, whose published figures the demonstration is modelled on."""


def report_arguments(snapshot: str, out: Path) -> list[str]:
    """Return what `report` is asked for: the joint annual report, from the snapshot of that hash."""
    return [
        "helarsrapport",
        f"--committee={','.join(REPORT_COMMITTEES)}",
        f"--year={REPORT_YEAR}",
        f"--snapshot={snapshot}",
        f"--registry-number={REPORT_REGISTRY_NUMBER}",
        f"--out={out}",
    ]


class Command(BaseCommand):
    """Load everything, step by step, and tell how to log in. A second time nothing is added."""

    help = "Läser in demonstrationskommunen, fryser underlagen, skriver årsrapporten och lägger upp inloggningar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add where the report is written."""
        parser.add_argument(
            "--out",
            type=Path,
            default=settings.BASE_DIR / "out" / f"helarsrapport-{REPORT_YEAR}.pdf",
            help="filen som årsrapporten skrivs till",
        )

    def handle(self, *, out: Path, **_options: object) -> None:
        """Run the steps in order; each is a command of its own that stops with its own message."""
        if Municipality.objects.exclude(code=_CODE).exists():
            raise CommandError(
                "Databasen används redan för en annan kommun. Kör demonstrationen mot en tom databas (DATABASE_URL)."
            )
        self._head("Kommunens organisation, mål och gränser")
        self._run("setup_municipality", _DEMO / "kommun.toml")
        self._head("Leverans från verksamhetssystemen")
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder))
            self._import(folder)
        self._head("Underlag, frysta per datum")
        for freezing in FREEZINGS:
            self._run("freeze", "--as-of", freezing.as_of, "--label", freezing.label)
        self._head("Jämförelsevärden ur Kolada")
        self._run("load_kolada", *sorted((_DEMO / "kolada").glob("*.json")), "--group", PEER_GROUP)
        password = environ.Env().str("DEMO_PASSWORD", default="") or secrets.token_urlsafe(12)
        added = add_accounts(password)
        self._head("Styrning")
        self.stdout.write(f"{add_steering()} uppgifter om mål, åtgärder och kontroll lades in.")
        self._head("Granskningar")
        self.stdout.write(f"{add_audits()} granskningar med svar och uppföljning lades in.")
        self._head(f"Årsrapport {REPORT_YEAR}")
        out.parent.mkdir(parents=True, exist_ok=True)
        self._report(out)
        self._head("Rapporter på väg")
        self.stdout.write(
            f"{add_decided()} rapport togs hela vägen till publicering, {add_drafts()} lades upp som utkast."
        )
        self._head("Inloggningar")
        self._accounts(password, added)

    def _import(self, folder: str) -> None:
        """Import, and say in a line how many warnings there were: they are deliberate, and the web application lists them."""
        heard = StringIO()
        try:
            call_command("import_files", folder, stdout=self.stdout, stderr=heard)
        except (CommandError, SystemExit):
            self.stderr.write(heard.getvalue())
            raise
        self.stdout.write(heard.getvalue().partition("\n")[0])

    def _report(self, out: Path) -> None:
        snapshot = Snapshot.objects.frozen().filter(as_of=FREEZINGS[0].as_of).latest_first()[0]
        self._run("report", *report_arguments(snapshot.hash, out))

    def _accounts(self, password: str, added: int) -> None:
        width = max(len(account.username) for account in ACCOUNTS)
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username.ljust(width)}  {account.in_words}")
        if added or "DEMO_PASSWORD" in environ.Env.ENVIRON:
            self.stdout.write(f"Lösenord för alla: {password}")
        else:
            self.stdout.write("Inloggningarna fanns redan; lösenordet är det som visades när de lades upp.")

    def _head(self, text: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"\n{text}"))

    def _run(self, command: str, *arguments: object) -> None:
        call_command(command, *(str(argument) for argument in arguments), stdout=self.stdout, stderr=self.stderr)
