"""Many rows in and out, the database's own way: COPY on PostgreSQL, executemany and a streamed cursor on SQLite.

Both keep memory bounded: neither all the rows nor the whole file is held at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from django.db import connection
from django.db.models import Model

_ROWS_AT_A_TIME = 10_000


def copy_in(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Put the rows into the model's table and return how many they were.

    `columns` are database columns; a column left out gets what the table itself gives. Dates and numbers may come as Python
    values or as ISO text. Runs in the caller's transaction; raises what the database raises when a row breaks a constraint.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    if connection.vendor == "postgresql":
        return _copy_rows(f"COPY {table} ({names}) FROM STDIN", rows)
    marks = ", ".join(["%s"] * len(columns))
    return _execute_many(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def copy_out(sql: str, target: Path) -> None:
    """Write what the SELECT gives to the file as CSV: UTF-8, comma, a header of the column names.

    An unquoted empty field is NULL; text is always quoted, so that an empty text differs from it. Truth values come as the
    database writes them (`t`/`f` or `1`/`0`).
    """
    if connection.vendor == "postgresql":
        statement = f"COPY ({sql}) TO STDOUT WITH (FORMAT csv, HEADER, FORCE_QUOTE *)"
        with connection.cursor() as cursor, target.open("wb") as file, cursor.copy(statement) as chunks:
            for chunk in chunks:
                file.write(chunk)
        return
    with connection.cursor() as cursor, target.open("w", encoding="utf-8", newline="") as text:
        cursor.execute(sql)
        text.write(_csv_line(column[0] for column in cursor.description))
        while batch := cursor.fetchmany(_ROWS_AT_A_TIME):
            _write_lines(text, batch)


def _copy_rows(statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _execute_many(statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    iterator = iter(rows)
    while batch := list(itertools.islice(iterator, _ROWS_AT_A_TIME)):
        yield batch


def _write_lines(file: TextIO, rows: Iterable[Sequence[Any]]) -> None:
    file.writelines(_csv_line(row) for row in rows)


def _csv_line(values: Iterable[object]) -> str:
    return ",".join([_csv_field(value) for value in values]) + "\n"


def _csv_field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return str(value)
