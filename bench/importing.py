"""Taking a delivery, checks and all, against putting the same finished rows into the same tables in bulk."""

from __future__ import annotations

import io
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from bench.promises import Promise, ratio, seconds
from cases.kinds import KINDS
from cases.models import Delivery
from demo.generate import generate
from reporting.models import Snapshot

_ROUNDS = 3
_LIMIT = 5

Rows = Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]]


def measure() -> list[Promise]:
    """Import and put in by turns, so that both meet the same machine; the median of the rounds counts."""
    call_command("setup_municipality", str(settings.BASE_DIR / "demo" / "kommun.toml"), stdout=io.StringIO())
    ours, reference = [], []
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder))
        for _round in range(_ROUNDS):
            ours.append(
                seconds(lambda: call_command("import_files", folder, stdout=io.StringIO(), stderr=io.StringIO()))
            )
            rows = _finished_rows()
            _empty(rows)
            reference.append(seconds(partial(_put_in, rows)))
            _empty(rows)
            Snapshot.objects.provisional().delete()
            Delivery.objects.all().delete()
    name = f"import on {connection.vendor}, against bulk"
    return [ratio(name, ours=statistics.median(ours), reference=statistics.median(reference), limit=_LIMIT)]


def _finished_rows() -> Rows:
    """Return the rows of every table of delivered rows, as the database has them."""
    found = {}
    with connection.cursor() as cursor:
        for kind in KINDS:
            table = kind.model._meta.db_table
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def _empty(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in rows:
            cursor.execute(f"DELETE FROM {table}")


def _put_in(rows: Rows) -> None:
    """The database's own bulk way in one transaction: COPY on PostgreSQL, executemany on SQLite."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            names = ", ".join(f'"{column}"' for column in columns)
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in values:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
