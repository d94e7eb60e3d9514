"""What `measure` and `measure_cases` have in common: the same options make the same request to the same snapshots."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from committees.commands import SwedishCommand, input_fault, usage_fault
from reporting.figures.model import Period, Request, RequestFault
from reporting.figures.requests import request
from reporting.figures.swedish import date_long
from reporting.measures.catalogue import UnknownMeasure, measure
from reporting.measures.reach import first_day_of_data
from reporting.snapshots.engine import Engine, engine_for, folder_of
from reporting.snapshots.faults import EngineMissing, SnapshotFault
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot, snapshot_named
from reporting.snapshots.spark.starting import spark_engine

_ENGINES = ("duckdb", "spark")


class MeasureCommand(SwedishCommand):
    """A command that asks a measure. Exit 1 when the snapshot cannot be used, 2 when what is asked for does not exist."""

    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options that make the question."""
        parser.add_argument("code", metavar="MÅTT", help="måttets kod, se kommandot measures")
        parser.add_argument("--year", type=_year, metavar="ÅR", help="ett kalenderår")
        parser.add_argument("--from", type=_date, dest="start", metavar="DATUM", help="periodens första dag")
        parser.add_argument("--to", type=_date, dest="end", metavar="DATUM", help="periodens sista dag")
        parser.add_argument("--as-of", type=_date, metavar="DATUM", help="räkna med det som var känt den dagen")
        parser.add_argument(
            "--by", type=_names, action="extend", default=[], metavar="EGENSKAP[,EGENSKAP]", help="dela upp på"
        )
        parser.add_argument("--variant", metavar="NAMN", help="ett annat sätt att räkna än det vanliga")
        parser.add_argument(
            "--where",
            type=_condition,
            action="append",
            default=[],
            metavar="EGENSKAP=VÄRDE",
            help="räkna bara dessa; kan upprepas, samma egenskap två gånger betyder endera",
        )
        parser.add_argument(
            "--snapshot",
            nargs="+",
            action="extend",
            default=[],
            metavar="UNDERLAG",
            help="kontrollsumma eller mapp; utan: det senaste",
        )
        parser.add_argument(
            "--engine", default=_ENGINES[0], metavar="MOTOR", help="vad som räknar: duckdb (förval) eller spark"
        )
        parser.add_argument("--publish", action="store_true", help="dölj små tal och anteckna vad som publiceras")

    def ask(self, options: Mapping[str, Any]) -> tuple[Engine, Request]:
        """Return the engine and the request that the options ask for."""
        if options["engine"] not in _ENGINES:
            raise usage_fault(f"Motorn ”{options['engine']}” finns inte här. De som finns är {', '.join(_ENGINES)}.")
        try:
            asked, period = measure(options["code"]), _period(options)
            engine = open_engine(options["snapshot"], options["as_of"], options["engine"])
            return engine, request(
                asked,
                year=options["year"],
                period=period,
                as_of=engine.as_of,
                variant=options["variant"],
                by=options["by"],
                where=options["where"],
            )
        except (UnknownMeasure, RequestFault, EngineMissing) as fault:
            raise usage_fault(str(fault)) from fault
        except SnapshotFault as fault:
            raise input_fault(str(fault)) from fault

    def tell_of_nothing(self, engine: Engine, request: Request) -> None:
        """Say on stderr why there is nothing to count in the period. That is an answer, not an error.

        A period before the data is no question: CommandError with exit code 1, since a dash would say that nothing had happened.
        """
        cases, label, day = request.measure.case.many, request.period.label(), date_long(engine.as_of)
        first = first_day_of_data(engine, request.measure)
        if first and request.period.end < first:
            raise input_fault(
                f"Perioden {label} ligger före uppgifterna i underlaget. De uppgifter som måttet {request.measure.code} "
                f"räknar på börjar {date_long(first)}."
            )
        if request.period.start > engine.as_of:
            text = f"Perioden {label} börjar efter den dag som underlaget visar, {day}. Där finns inget att räkna än."
        else:
            text = f"Underlaget har inga {cases} att räkna för {label}. Det visar vad som var känt {day}."
        self.stderr.write(text)


def open_engine(names: list[str], as_of: dt.date | None, engine: str = _ENGINES[0]) -> Engine:
    """Return an engine over the named snapshots: folders, which need no database, or hashes; without names the latest one.

    Raises SnapshotFault when one cannot be found, trusted or put together with the others, EngineMissing when this machine
    lacks what the engine needs.
    """
    absent = [name for name in names if "/" in name and not Path(name).is_dir()]
    if absent:
        raise SnapshotFault(f"Mappen {absent[0]} finns inte.")
    if engine == "spark":
        return spark_engine().open(_folders(names) or [folder_of(_latest())], as_of)
    if any(Path(name).is_dir() for name in names) or len(names) > 1:
        return Engine.open(_folders(names), as_of)
    return engine_for(snapshot_named(names[0]) if names else _latest(), as_of)


def _folders(names: list[str]) -> list[SnapshotFolder]:
    opened = iter(SnapshotFolder.open_all([name for name in names if Path(name).is_dir()]))
    return [next(opened) if Path(name).is_dir() else folder_of(snapshot_named(name)) for name in names]


def _latest() -> Snapshot:
    snapshot = latest_snapshot()
    if snapshot is None:
        raise SnapshotFault(
            "Det finns inget underlag än. Läs in filer med import_files, eller ange en mapp med --snapshot."
        )
    return snapshot


def _period(options: Mapping[str, Any]) -> Period | None:
    start, end = options["start"], options["end"]
    if (start is None) != (end is None):
        raise usage_fault("Ange både --from och --to, eller bara --year.")
    if start is None:
        return None
    if options["year"] is not None:
        raise usage_fault("Ange antingen --year eller --from och --to, inte båda.")
    if end < start:
        raise usage_fault(f"Perioden slutar {end} men börjar {start}.")
    return Period(start, end)


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"”{text}” är inget datum. Skriv det som 2024-01-31.") from None


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ArgumentTypeError(f"”{text}” är inget år. Skriv det som 2023.")
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _condition(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ArgumentTypeError(f"”{text}” är inget urval. Skriv det som kon=K.")
    return name.strip(), value.strip()
