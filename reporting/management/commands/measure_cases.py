"""`measure_cases`: the judged cases behind a figure, one row each."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser

from committees.commands import add_format, input_fault, usage_fault
from committees.csv_files import neutralised
from reporting.figures.cases import case_rows
from reporting.figures.model import RequestFault
from reporting.management.asking import MeasureCommand
from reporting.measures.dimensions import Dimension
from reporting.snapshots.faults import SnapshotFault


class Command(MeasureCommand):
    """Prints the cases. Several activity types of one case stand in one field with ; between them."""

    help = "Visar fallen bakom ett mått, ett fall per rad, också de utelämnade."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the question's options and the formats."""
        super().add_arguments(parser)
        add_format(parser, "csv", "json")

    def handle(self, *_: Any, **options: Any) -> None:
        """Judge the cases and print them."""
        if options["publish"]:
            raise usage_fault("Enskilda fall publiceras inte. --publish hör till kommandot measure.")
        engine, request = self.ask(options)
        try:
            table = case_rows(engine, request)
        except RequestFault as fault:
            raise usage_fault(str(fault)) from fault
        except SnapshotFault as fault:
            raise input_fault(str(fault)) from fault
        if not table.rows:
            self.tell_of_nothing(engine, request)
        joined = {at for at, name in enumerate(table.columns) if name in list(Dimension)}
        if options["format"] == "json":
            rows = [[_joined(value) if at in joined else value for at, value in enumerate(row)] for row in table.rows]
            self.write_json([_plain(dict(zip(table.columns, row, strict=True))) for row in rows])
            return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([_as_text(value) for value in row] for row in table.rows)


def _joined(value: object) -> object:
    """Several values in one field; nothing known is None."""
    if not isinstance(value, list):
        return value
    known = [str(item) for item in value if item is not None]
    return ";".join(known) if known else None


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: _as_json(value) for name, value in row.items()}


def _as_json(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _as_text(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return neutralised(_as_json(_joined(value)))
