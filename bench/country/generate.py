"""Write a synthetic country: a snapshot folder for each municipality.

Usage: python -m bench.country.generate --enrolments 5000000 --municipalities 290 --out DIR [--seed 1] [--processes 2]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    import pyarrow as pa

AS_OF = dt.date(2024, 12, 31)
MUNICIPALITIES = 290
MONTHS_OF_AID = 5.2
"""Rows of aid for each enrolment: 26 million for 5 million."""

_FIRST_CODE = 7001
_FEWEST = 40


@dataclass(frozen=True)
class Place:
    """One municipality to write: its code, how many enrolments it has, and where its folder goes."""

    code: str
    enrolments: int
    folder: Path
    seed: int


def generate(
    out: Path, *, enrolments: int, municipalities: int = MUNICIPALITIES, seed: int = 1, processes: int = 1
) -> None:
    """Write so many enrolments in so many municipalities to `out/<code>/`. The same arguments give the same snapshots.

    A municipality written already is left alone, so that an interrupted generation goes on where it stopped.
    """
    places = [place for place in _places(out, enrolments, municipalities, seed) if not place.folder.exists()]
    places.sort(key=lambda place: -place.enrolments)
    if processes == 1:
        for place in places:
            write(place)
        return
    with ProcessPoolExecutor(processes, initializer=_set_up) as pool:
        for _done in pool.map(write, places):
            pass


def write(place: Place) -> None:
    """Write one municipality's folder, which gets its name when it is whole."""
    import duckdb

    from reporting.snapshots.tables import snapshot_tables
    from reporting.snapshots.writing import write_manifest, write_table

    work = place.folder.with_name(f".{place.code}")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    rows = rows_of(place)
    entries = {}
    with duckdb.connect(":memory:", config={"threads": 1}) as engine:
        for table in snapshot_tables():
            found = rows.pop(table.name)
            if found.column_names != list(table.names):
                raise ValueError(f"{table.name} has {found.column_names}, declared are {table.names}")
            engine.register("drawn", found)
            columns = ", ".join(f'CAST("{name}" AS {sql_type}) AS "{name}"' for name, sql_type in table.columns)
            entries[table.name] = write_table(engine, table, f"(SELECT {columns} FROM drawn)", work, as_of=AS_OF)
            engine.unregister("drawn")
    write_manifest(work, as_of=AS_OF, municipality=place.code, tables=entries)
    work.rename(place.folder)


def rows_of(place: Place) -> dict[str, pa.Table]:
    """Draw all the tables of a municipality, not yet masked as of the date."""
    from bench.country.draw import Draw
    from bench.country.enrolments import Enrolments, activities, follow_ups, pauses, plans
    from bench.country.organisation import Organisation
    from bench.country.people import People
    from bench.country.sfi import sfi_tables
    from bench.country.support import Households, Sizes

    draw = Draw(place.seed, int(place.code))
    organisation = Organisation.drawn(draw, place.code, place.enrolments)
    sizes = Sizes.drawn(draw, place.enrolments)
    people = People.drawn(
        draw,
        enrolments=place.enrolments,
        aided_adults=int(sizes.adults.sum()),
        children=int(sizes.children.sum()),
    )
    enrolments = Enrolments.drawn(draw, people, organisation, place.enrolments)
    households = Households.drawn(draw, people, sizes)
    return {
        **organisation.tables(),
        **organisation.economy(draw, place.enrolments),
        "enrolment": enrolments.table(organisation),
        "activity": activities(draw, enrolments, organisation),
        "plan": plans(draw, enrolments),
        "follow_up": follow_ups(draw, enrolments),
        "pause": pauses(draw, enrolments),
        "support_case": households.cases(),
        "support_month": households.months(round(MONTHS_OF_AID * place.enrolments)),
        **sfi_tables(draw, people, place.enrolments),
        "person": people.table(),
    }


def _places(out: Path, enrolments: int, municipalities: int, seed: int) -> Iterator[Place]:
    """Share the enrolments between municipalities as unequal as a country's are."""
    from bench.country.draw import Draw

    weights = Draw(seed, municipalities).generator.lognormal(0, 1.1, municipalities)
    shared = (weights / weights.sum() * max(0, enrolments - _FEWEST * municipalities)).astype(int) + _FEWEST
    shared[shared.argmax()] += max(0, enrolments - int(shared.sum()))
    for number, count in enumerate(shared):
        code = str(_FIRST_CODE + number)
        yield Place(code, int(count), out / code, seed)


def totals(out: Path) -> Mapping[str, int]:
    """Return how many rows each table of the country has, by its manifests."""
    import json

    counted: dict[str, int] = {}
    for path in out.glob("*/manifest.json"):
        for table, entry in json.loads(path.read_text())["tables"].items():
            counted[table] = counted.get(table, 0) + entry["rows"]
    return counted


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def main() -> int:
    """Generate by the command line and say how many rows there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enrolments", type=int, required=True)
    parser.add_argument("--municipalities", type=int, default=MUNICIPALITIES)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    _set_up()
    generate(
        asked.out,
        enrolments=asked.enrolments,
        municipalities=asked.municipalities,
        seed=asked.seed,
        processes=asked.processes,
    )
    for table, rows in sorted(totals(asked.out).items()):
        print(f"{table:24}{rows:>12,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
