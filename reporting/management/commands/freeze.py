"""`freeze`: keep what was known on a day, for ever."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.figures.swedish import date_long, number
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.freezing import check_target, freeze, write_out
from reporting.snapshots.models import Snapshot
from reporting.snapshots.tables import snapshot_tables


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} är inget datum. Skriv det som 2024-01-31.") from None


class Command(BaseCommand):
    """Freezes the current data as of a date. Output and exit codes are an outer contract (commands)."""

    help = "Fryser det som var känt en viss dag, så att siffrorna kan räknas fram igen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--as-of", type=_date, required=True, metavar="DATUM", help="dagen, som 2024-01-31")
        parser.add_argument("--label", default="", metavar="TEXT", help="vad underlaget ska kallas")
        parser.add_argument("--out", type=Path, metavar="MAPP", help="skriv också underlaget till en mapp")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="hur resultatet skrivs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Freeze, copy out when asked to, and say what came of it."""
        try:
            if options["out"]:
                check_target(options["out"])
            snapshot = freeze(as_of=options["as_of"], label=options["label"])
            if options["out"]:
                write_out(snapshot, options["out"])
        except SnapshotFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(_as_json(snapshot) if options["format"] == "json" else _as_text(snapshot, options["out"]))


def _as_json(snapshot: Snapshot) -> str:
    tables = {
        name: {"rows": entry["rows"], "sha256": entry["sha256"]}
        for name, entry in sorted(snapshot.manifest["tables"].items())
    }
    document = {"snapshot": snapshot.hash, "as_of": snapshot.as_of.isoformat(), "tables": tables}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _as_text(snapshot: Snapshot, out: Path | None) -> str:
    lines = [f"Underlaget {snapshot.short_hash} är fryst per {date_long(snapshot.as_of)}."]
    if snapshot.label:
        lines.append(f"Benämning: {snapshot.label}")
    counts = [
        (table.kind.label, number(snapshot.manifest["tables"][table.name]["rows"]))
        for table in snapshot_tables()
        if table.kind is not None
    ]
    width = max(len(count) for _, count in counts)
    lines += [f"  {count:>{width}} {label}" for label, count in counts if count != "0"]
    if out:
        lines.append(f"Underlaget är också skrivet till {out}.")
    return "\n".join(lines)
