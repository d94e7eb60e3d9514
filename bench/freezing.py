"""Freezing a large municipality on PostgreSQL against `COPY … TO STDOUT` of the same rows, and the memory it takes."""

from __future__ import annotations

import datetime as dt
import io
import statistics
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from bench.promises import Promise, peak_memory, ratio, seconds
from cases.models import Delivery, Enrolment, FollowUp, Person, SupportMonth
from committees.models import Unit
from reporting.snapshots.freezing import freeze
from reporting.snapshots.tables import snapshot_tables

_ROUNDS = 3
_LIMIT = 3
_MOST_MEGABYTES = 1500
_AS_OF = dt.date(2024, 12, 31)

# How many rows of each, and what a row number `n` makes of the columns: some are after the as-of date, some are open.
_TABLES: tuple[tuple[type[Model], int, dict[str, str]], ...] = (
    (
        Person,
        150_000,
        {
            "person": "md5(n::text)",
            "birth_date": "DATE '1950-01-01' + (n * 7919 % 20000)::int",
            "sex": "CASE n % 2 WHEN 0 THEN 'K' ELSE 'M' END",
            "received": "CASE n % 3 WHEN 0 THEN DATE '2018-01-01' + (n % 2500)::int END",
        },
    ),
    (
        Enrolment,
        300_000,
        {
            "enrolment": "'I' || n",
            "person": "md5((n % 150000 + 1)::text)",
            "unit": "(SELECT min(code) FROM {unit} WHERE kind = 'ame')",
            "start": "DATE '2018-01-01' + (n * 31 % 2600)::int",
            "ended": "CASE n % 5 WHEN 0 THEN NULL ELSE DATE '2018-03-01' + (n * 31 % 2600)::int END",
            "exit_reason": "CASE n % 5 WHEN 0 THEN NULL ELSE 'studier' END",
        },
    ),
    (
        FollowUp,
        700_000,
        {
            "enrolment": "'I' || (n % 300000 + 1)",
            "held": "DATE '2018-02-01' + (n * 13 % 2600)::int",
            "kind": "'uppfoljning'",
        },
    ),
    (
        SupportMonth,
        1_500_000,
        {
            "household": "'H' || n % 90000",
            "person": "md5((n % 150000 + 1)::text)",
            "month": "(DATE '2018-01-01' + (n / 150000 || ' month')::interval)::date",
            "amount": "1000 + n * 7 % 9000",
            "role": "'huvudsokande'",
            "unit": "(SELECT min(code) FROM {unit} WHERE kind = 'ekonomiskt_bistand')",
            "hinder": "CASE n % 3 WHEN 0 THEN 'sjukskriven' ELSE 'arbetslos_vantar' END",
        },
    ),
)


def measure() -> list[Promise]:
    """Freeze and copy out by turns, so that both meet the same machine; the median of the rounds counts."""
    call_command("setup_municipality", str(settings.BASE_DIR / "demo" / "kommun.toml"), stdout=io.StringIO())
    rows = _fill()
    reference, ours = [], []
    for back in range(_ROUNDS):
        reference.append(seconds(_copy_out))
        # Another day each time: a snapshot that is there already is not written again.
        ours.append(seconds(partial(freeze, as_of=_AS_OF - dt.timedelta(days=back))))
    name = "freezing on postgresql, against COPY"
    timed = ratio(name, ours=statistics.median(ours), reference=statistics.median(reference), limit=_LIMIT)
    return [
        timed,
        Promise("memory of freezing, at its peak", peak_memory() / 1e6, _MOST_MEGABYTES, "MB", f"{rows} rows"),
    ]


def _fill() -> int:
    delivery = Delivery.objects.create()
    with connection.cursor() as cursor:
        for model, count, columns in _TABLES:
            values = ", ".join(sql.format(unit=Unit._meta.db_table) for sql in columns.values())
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (row_key, content, source_row, delivery_id, {', '.join(columns)}) "
                f"SELECT n::text, md5(n::text), n, {delivery.pk}, {values} FROM generate_series(1, {count}) AS n"
            )
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return sum(count for _, count, _ in _TABLES)


def _copy_out() -> None:
    """What the database alone needs to hand the same rows over, thrown away as they come."""
    with connection.cursor() as cursor:
        for table in snapshot_tables():
            with cursor.copy(f"COPY ({table.source().query}) TO STDOUT") as chunks:
                for _chunk in chunks:
                    pass
