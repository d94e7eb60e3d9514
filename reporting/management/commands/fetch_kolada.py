"""`fetch_kolada`: fetch other municipalities' published values; what has been fetched and is settled is not asked for again."""

from __future__ import annotations

import re
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone
from tqdm import tqdm

from committees.commands import SwedishCommand, counted, input_fault, usage_fault
from reporting.comparison.client import KoladaClient
from reporting.comparison.fetching import Wanted, fetch, standard_groups, standard_kpis
from reporting.comparison.loading import KoladaFault

_YEARS_OF_A_COMPARISON = 5
_WORDS = {
    "municipalities": ("kommun", "kommuner"),
    "kpis": ("nyckeltal", "nyckeltal"),
    "groups": ("kommungrupp", "kommungrupper"),
    "members": ("medlemskap", "medlemskap"),
    "values": ("värde", "värden"),
}


class Command(SwedishCommand):
    """Exit 0: fetched; 1: Kolada cannot be reached or does not know what is asked for, and nothing is stored; 2: wrong usage."""

    help = "Hämta nyckeltal, kommuner, kommungrupper och värden från Kolada. Bara det som är nytt hämtas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--base-url", metavar="URL", default=settings.KOLADA_URL, help="Koladas adress, eller en spegel."
        )
        parser.add_argument(
            "--kpi", metavar="ID,…", help="Nyckeltal. Förval: revisionens fyra och de som redan hämtats."
        )
        parser.add_argument("--municipality", metavar="ID,…", help="Kommuner. Förval: landets alla.")
        parser.add_argument(
            "--group", metavar="ID,…", help="Kommungrupper. Den första blir den som kommunen jämför sig med."
        )
        parser.add_argument(
            "--years", metavar="ÅR-ÅR", help="Till exempel 2019-2023. Förval: de fem senaste hela åren."
        )
        parser.add_argument("--again", action="store_true", help="Hämta också det som redan är hämtat och fastställt.")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        groups = _listed(options["group"])
        wanted = Wanted(
            kpis=_listed(options["kpi"]) or standard_kpis(),
            years=years_of(options["years"]),
            municipalities=_listed(options["municipality"]),
            groups=groups or standard_groups(),
            choose=groups[0] if groups else None,
            again=options["again"],
        )
        try:
            with KoladaClient(options["base_url"]) as client, _Progress() as progress:
                counts = fetch(client, wanted, progress=progress.tell)
        except KoladaFault as fault:
            raise input_fault(str(fault)) from fault
        self.stdout.write(_told(counts))


class _Progress:
    """A bar on a terminal, nothing elsewhere."""

    def __enter__(self) -> _Progress:
        self._bar = tqdm(desc="Hämtar från Kolada", unit="fråga", disable=not sys.stderr.isatty(), file=sys.stderr)
        return self

    def __exit__(self, *raised: object) -> None:
        self._bar.close()

    def tell(self, done: int, of: int) -> None:
        self._bar.total = of
        self._bar.update(done - self._bar.n)


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def years_of(text: str | None) -> list[int]:
    """Return the years of "2019-2023" or "2023"; the last five full ones for None. Raises CommandError for anything else."""
    if text is None:
        last = timezone.localdate().year - 1
        return list(range(last - _YEARS_OF_A_COMPARISON + 1, last + 1))
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text.strip())
    if match is None:
        raise usage_fault(f"--years kan inte vara {text}. Skriv till exempel 2019-2023 eller 2023.")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise usage_fault(f"--years kan inte vara {text}: det sista året kommer före det första.")
    return list(range(first, last + 1))


def _told(counts: dict[str, int]) -> str:
    changed = [counted(counts[name], *words) for name, words in _WORDS.items() if counts[name]]
    if not changed:
        return "Inget nytt i Kolada."
    return f"Nytt eller ändrat från Kolada: {', '.join(changed)}. Källa: Kolada."
