"""A large delivery as users hand it in, in a process of its own, against PostgreSQL's COPY of the same checked rows.

A million support months and a hundred thousand enrolments, as CSV and as workbooks. Memory is what the operating system has
counted at its highest; of a workbook the process that unpacks it counts too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from python_calamine import CalamineWorkbook

from bench.deliveries_written import KINDS, write_csv, write_workbooks
from bench.promises import Promise, ratio, seconds
from cases.models import Delivery

_SPEED = 4
_AGAIN = 0.1
_CALAMINE = 1.5
_MEMORY_CSV, _MEMORY_WORKBOOK = 700, 1_500


def measure() -> list[Promise]:
    """Take the delivery as CSV, again, and as workbooks; copy its rows in; read the workbooks with calamine alone."""
    call_command("setup_municipality", str(settings.BASE_DIR / "demo" / "kommun.toml"), verbosity=0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = write_csv(folder / "csv")
        write_workbooks(folder / "csv", folder / "xlsx")
        csv = _import(folder, "csv")
        again = _import(folder, "csv")
        copied = _copied_again(folder)
        _empty()
        workbook = _import(folder, "xlsx")
        read = sum(seconds(partial(_read, path)) for path in sorted((folder / "xlsx").iterdir()))
    return [
        ratio("a million rows taken, against COPY", ours=csv.took, reference=copied, limit=_SPEED).beside(
            csv.told(rows)
        ),
        ratio("the same files again, against the first time", ours=again.took, reference=csv.took, limit=_AGAIN),
        Promise("memory of taking them as CSV, at its peak", csv.memory, _MEMORY_CSV, "MB"),
        ratio("as workbooks", ours=workbook.took, reference=csv.took + _CALAMINE * read, limit=1)
        .beside(f"that is as CSV and {_CALAMINE} × calamine's {read:.2f} s")
        .beside(workbook.told(rows)),
        Promise("memory of taking them as workbooks, at its peak", workbook.memory, _MEMORY_WORKBOOK, "MB"),
    ]


class _Taken(NamedTuple):
    """What an import took: seconds by the clock, megabytes at its peak, and seconds of the processors."""

    took: float
    memory: float
    processor: float

    def told(self, rows: int) -> str:
        return f"{rows} rows, {self.processor:.1f} s of the processors beside the database's"


def _import(folder: Path, name: str) -> _Taken:
    """Import in a process of its own. Raises CalledProcessError when it is refused."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.taking", str(folder / name), str(folder / "said")],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return _Taken(*json.loads(done.stdout))


def _copied_again(folder: Path) -> float:
    """Copy the rows out to files, empty the tables and return how long COPY takes to load the same rows."""
    files = {kind.model._meta.db_table: folder / kind.name for kind in KINDS}
    with connection.cursor() as cursor:
        for table, path in files.items():
            with path.open("wb") as file, cursor.copy(f"COPY {table} TO STDOUT") as copy:
                file.writelines(copy)
        cursor.execute(f"TRUNCATE {', '.join(files)}")
        return sum(seconds(partial(_copy, table, path)) for table, path in files.items())


def _empty() -> None:
    """Leave neither deliveries nor what rests on them, so that the next import meets tables like the first one's."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Delivery._meta.db_table} CASCADE")


def _copy(table: str, path: Path) -> None:
    with connection.cursor() as cursor, path.open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        while chunk := file.read(1 << 20):
            copy.write(chunk)


def _read(path: Path) -> None:
    with CalamineWorkbook.from_path(path) as book:
        for _row in book.get_sheet_by_index(0).iter_rows():
            pass
