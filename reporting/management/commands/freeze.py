"""`freeze`: keep what was known on a day, for ever."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from committees.commands import SwedishCommand, add_format, input_fault
from reporting.figures.swedish import date_long, number
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.freezing import check_target, freeze, write_out
from reporting.snapshots.models import Snapshot
from reporting.snapshots.tables import snapshot_tables


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"”{text}” är inget datum. Skriv det som 2024-01-31.") from None


class Command(SwedishCommand):
    """Freezes the current data as of a date. Output and exit codes are an outer contract (commands)."""

    help = "Fryser det som var känt en viss dag, så att siffrorna kan räknas fram igen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--as-of", type=_date, required=True, metavar="DATUM", help="dagen, som 2024-01-31")
        parser.add_argument("--label", default="", metavar="TEXT", help="vad underlaget ska kallas")
        parser.add_argument("--out", type=Path, metavar="MAPP", help="skriv också underlaget till en mapp")
        add_format(parser, "text", "json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Freeze, copy out when asked to, and say what came of it."""
        try:
            if options["out"]:
                check_target(options["out"])
            snapshot = freeze(as_of=options["as_of"], label=options["label"])
            if options["out"]:
                write_out(snapshot, options["out"])
        except SnapshotFault as fault:
            raise input_fault(str(fault)) from fault
        if options["format"] == "json":
            self.write_json(_as_json(snapshot))
        else:
            self.stdout.write(_as_text(snapshot, options["out"]))


def _as_json(snapshot: Snapshot) -> dict[str, object]:
    tables = {
        name: {"rows": entry["rows"], "sha256": entry["sha256"]}
        for name, entry in sorted(snapshot.manifest["tables"].items())
    }
    return {"snapshot": snapshot.hash, "as_of": snapshot.as_of.isoformat(), "tables": tables}


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
