"""The delivery on its way: first as text, then as typed values, in a DuckDB that lives in memory and nowhere else.

For every kind there is `raw_<table>` while it is read and then `t_<table>`: `row`, the number in the file; `raw_<field>`, the
text as delivered (trimmed, NULL when empty); `<field>`, the value (NULL when the text is no such value); `row_key` and `content`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import duckdb
import pyarrow as pa

from cases.deliveries.people import People
from cases.deliveries.rules import Batch, DeliveredRows
from cases.deliveries.typing import literal, reference_join, typed
from cases.kinds import KINDS, PERSONS, Column, ColumnType, Kind
from cases.persons import MASK

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",  # nothing delivered is written to disk on its way
    "memory_limit": "50%",
}
# What has been written is kept compressed; DuckDB does that for a database that is attached, not for the one it begins with.
_OPENED = "ATTACH ':memory:' AS staged (COMPRESS)"
_USED = "USE staged"
_ROWS_AT_A_TIME = 100_000
_KEY_SEPARATOR = "chr(31)"  # a control character, which no delivered file may hold
_NOTHING = "chr(30)"


class Staging:
    """One delivery's DuckDB. Close it when done; everything in it is gone then."""

    def __init__(self, today: dt.date) -> None:
        """Open it, empty, cut off from files and network."""
        self.connection = duckdb.connect(":memory:", config=_SETTINGS)
        self.connection.execute(_OPENED)
        self.connection.execute(_USED)
        self.connection.execute("SET lock_configuration = true")
        self.people = People(today)
        self.today = today
        self._staged: list[Kind] = []

    def close(self) -> None:
        """Forget everything."""
        self.connection.close()

    def ranges(self, table: str) -> Iterator[str]:
        """Yield conditions on `row` that together cover the table, each a part small enough to hold in memory."""
        [(lowest, highest)] = self.connection.execute(f"SELECT min(row), max(row) FROM {table}").fetchall()
        if lowest is not None:
            for first in range(lowest, highest + 1, _ROWS_AT_A_TIME):
                yield f"row BETWEEN {first} AND {first + _ROWS_AT_A_TIME - 1}"

    def rows(self, sql: str, size: int) -> Iterator[list[tuple[object, ...]]]:
        """Yield what a SELECT gives, so many rows at a time; other queries may be asked meanwhile."""
        cursor = self.connection.cursor()
        cursor.execute(_USED)
        cursor.execute(sql)
        while batch := cursor.fetchmany(size):
            yield batch

    def put(self, table: str, columns: dict[str, Sequence[object]], types: dict[str, str]) -> None:
        """Create a small table from Python values; `types` are SQL types by column."""
        listed = ", ".join(f'"{name}" {sql_type}' for name, sql_type in types.items())
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} ({listed})")
        self.append(table, columns, types)

    def append(self, table: str, columns: dict[str, Sequence[object]], types: dict[str, str]) -> None:
        """Put more rows into such a table."""
        batch = pa.table({name: pa.array(columns[name]) for name in types})
        if not batch.num_rows:
            return
        casts = ", ".join(f'CAST("{name}" AS {sql_type})' for name, sql_type in types.items())
        self.connection.register("batch", batch)
        self.connection.execute(f"INSERT INTO {table} SELECT {casts} FROM batch")
        self.connection.unregister("batch")

    def read(self, kind: Kind, file: DeliveredRows, told: Callable[[int], object]) -> int:
        """Stage a file's rows as text and return how many they were; `told` gets each batch's number of rows."""
        self._staged.append(kind)
        fields = ", ".join(f'"{field}" VARCHAR' for field in (*kind.fields, "person_fault"))
        self.connection.execute(f"CREATE TABLE raw_{kind.table} (row INTEGER, {fields})")
        count = 0
        for batch in file.batches():
            self._stage(kind, tuple(file.layout.places), batch)
            count += len(batch.rows)
            told(len(batch.rows))
        return count

    def _stage(self, kind: Kind, fields: tuple[str, ...], batch: Batch) -> None:
        columns: dict[str, Sequence[object]] = {"row": batch.rows}
        for field, texts in zip(fields, batch.values, strict=True):
            match kind.column(field).type:
                case ColumnType.PERSON:
                    columns[field], columns["person_fault"] = self.people.identified(texts)
                case ColumnType.TEXT:
                    columns[field] = self.people.without_stray_numbers(kind.table, field, batch.rows, texts)
                case _:
                    columns[field] = [text.strip() for text in texts]
        arrays = {"row": pa.array(batch.rows, pa.int32())}
        arrays |= {name: pa.array(values, pa.string()) for name, values in columns.items() if name != "row"}
        self.connection.register("batch", pa.table(arrays))
        names = ", ".join(f'"{name}"' for name in arrays)
        self.connection.execute(f"INSERT INTO raw_{kind.table} ({names}) SELECT {names} FROM batch")
        self.connection.unregister("batch")

    def type_all(self, told: Callable[[float], object]) -> None:
        """Make `t_<table>` for every kind: of those read the typed rows, of the others an empty table.

        `told` is called as it goes with how much is done (0–1).
        """
        numbered = self.people.numbered
        self.put(
            "numbered",
            {
                "person": [person.key for person in numbered],
                "birth_date": [person.birth_date for person in numbered],
                "sex": [None if person.sex is None else person.sex.value for person in numbered],
            },
            {"person": "VARCHAR", "birth_date": "DATE", "sex": "VARCHAR"},
        )
        for kind in KINDS:
            self.connection.execute(_typed_table(kind))
        parts = {kind: list(self.ranges(f"raw_{kind.table}")) for kind in self._staged}
        done, of = 0, sum(map(len, parts.values()))
        for kind, ranges in parts.items():
            for part in ranges:
                self.connection.execute(f"INSERT INTO t_{kind.table} {_typed_rows(kind, part)}")
                done += 1
                told(done / of)
            self.connection.execute(f"DROP TABLE raw_{kind.table}")

    def add_persons_known_by_number(self) -> None:
        """Add a person row for each number in other files that neither personer.csv nor the stored persons have."""
        named = " UNION ALL ".join(
            f"SELECT person, row FROM t_{kind.table}"
            for kind in self._staged
            if kind is not PERSONS and "person" in kind.fields
        )
        if not named:
            return
        known = "SELECT person FROM t_person WHERE person IS NOT NULL UNION ALL SELECT person FROM stored_person"
        missing = (
            "SELECT min(row) AS row, person, any_value(birth_date) AS birth_date, any_value(sex) AS sex "
            f"FROM ({named}) JOIN numbered USING (person) WHERE person NOT IN ({known}) GROUP BY person"
        )
        empty = ", ".join(
            f'NULL::{column.type.sql} AS "{column.field}"'
            for column in PERSONS.columns
            if column.field not in {"person", "birth_date", "sex"}
        )
        self.connection.execute(
            "INSERT INTO t_person BY NAME "
            f"SELECT *, {row_key_sql(PERSONS)} AS row_key, {content_sql(PERSONS)} AS content "
            f"FROM (SELECT *, {empty} FROM ({missing}))"
        )


def row_key_sql(kind: Kind) -> str:
    """The canonical text of a row's key."""
    parts = ", ".join(f"coalesce(CAST(\"{field}\" AS VARCHAR), '')" for field in kind.key)
    return f"concat_ws({_KEY_SEPARATOR}, {parts})"


def content_sql(kind: Kind) -> str:
    """The hash of all a row says."""
    parts = ", ".join(f'coalesce(CAST("{field}" AS VARCHAR), {_NOTHING})' for field in kind.fields)
    return f"sha256(concat_ws({_KEY_SEPARATOR}, {parts}))"


def reading_sql(kind: Kind) -> str:
    """The SQL that reads the kind's texts: as long as it is the same, the same text is the same value."""
    return _typed_rows(kind, "true")


def _typed_table(kind: Kind) -> str:
    raws = ", ".join(f'"raw_{field}" VARCHAR' for field in kind.fields)
    values = ", ".join(f'"{column.field}" {column.type.sql}' for column in kind.columns)
    rest = "person_fault VARCHAR, row_key VARCHAR, content VARCHAR"
    return f"CREATE OR REPLACE TABLE t_{kind.table} (row INTEGER, {raws}, {values}, {rest})"


def _typed_rows(kind: Kind, part: str) -> str:
    """The rows of `raw_<table>` that the condition is true of, in the columns of `t_<table>`."""
    given = ", ".join(f'nullif("{column.field}", \'\') AS "{column.field}"' for column in kind.columns)
    raws = ", ".join(f'{_shown(column)} AS "raw_{column.field}"' for column in kind.columns)
    values = ", ".join(f'{_value(column)} AS "{column.field}"' for column in kind.columns)
    joins = "".join(reference_join(column, f'given."{column.field}"') for column in kind.columns)
    return (
        f"WITH given AS (SELECT row, {given}, person_fault FROM raw_{kind.table} WHERE {part}), "
        f"typed AS (SELECT row, {raws}, {values}, person_fault FROM given{joins}), "
        f"complete AS ({_COMPLETE_PERSONS if kind is PERSONS else 'SELECT * FROM typed'}) "
        f"SELECT *, {row_key_sql(kind)} AS row_key, {content_sql(kind)} AS content FROM complete"
    )


_COMPLETE_PERSONS = (
    "SELECT typed.* REPLACE (coalesce(numbered.birth_date, typed.birth_date) AS birth_date, "
    "coalesce(numbered.sex, typed.sex) AS sex) "
    "FROM typed LEFT JOIN numbered ON numbered.person = typed.person"
)


def _shown(column: Column) -> str:
    """The delivered text; of a person only that there was one."""
    if column.type is ColumnType.PERSON:
        return f"CASE WHEN coalesce(person, person_fault) IS NOT NULL THEN {literal(MASK)} END"
    return f'given."{column.field}"'


def _value(column: Column) -> str:
    text = f'given."{column.field}"'
    value = typed(column, text)
    if column.default is not None:
        return f"CASE WHEN {text} IS NULL THEN {literal(column.default)} ELSE {value} END"
    if column.unit_kind is not None:
        only = f"(SELECT code FROM only_unit WHERE kind = {literal(column.unit_kind)})"
        return f"CASE WHEN {text} IS NULL THEN {only} ELSE {value} END"
    return value
