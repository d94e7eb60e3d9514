"""The canonical rows of a table and their hash: what a snapshot *is*, whatever wrote its files.

A row is written as its columns' values in the declared order, each as the number of bytes, a colon and the text (`-` where the
value is unknown, so that an empty text differs from it), and ends with a line feed. Dates are ISO, truth values `true` and
`false`, decimals have all the places of their type. The rows come in the canonical order, after a head that names the table, its
columns and their types.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

import duckdb
import pyarrow as pa

_ROWS_AT_A_TIME = 100_000


def rows_hash(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[tuple[str, str]], source: str
) -> tuple[int, str]:
    """Return the number of rows in `source` and the SHA-256 of them; the source gives them in canonical order.

    `columns`: those that are hashed, each with its DuckDB type. The rows are streamed: memory does not grow with them.
    """
    digest = hashlib.sha256(_canonical_json([table, [list(column) for column in columns]]) + b"\n")
    result = connection.sql(f"SELECT {_row_text(columns)} AS row FROM {source}")
    count = 0
    for batch in result.to_arrow_reader(_ROWS_AT_A_TIME):
        digest.update(_bytes_of(batch.column(0)))
        count += batch.num_rows
    return count, digest.hexdigest()


def snapshot_hash(*, version: int, as_of: str, tables: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the hash of a snapshot: over the format's version, the as-of date and each table's rows and hash."""
    content = {name: [entry["rows"], entry["sha256"]] for name, entry in tables.items()}
    return hashlib.sha256(_canonical_json({"format": version, "as_of": as_of, "tables": content})).hexdigest()


def _canonical_json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _row_text(columns: Sequence[tuple[str, str]]) -> str:
    """A row as one text; `concat` takes an unknown value, whose length is written as a dash, for nothing."""
    parts = [part for name, sql_type in columns for part in _field_parts(name, sql_type)]
    return f"concat({', '.join([*parts, 'chr(10)'])})"


def _field_parts(name: str, sql_type: str) -> tuple[str, str]:
    text = f'"{name}"' if sql_type == "VARCHAR" else f'CAST("{name}" AS VARCHAR)'
    return f"coalesce(strlen({text}) || ':', '-')", text


def _bytes_of(column: pa.Array) -> memoryview:
    """Return the bytes of all the texts, one after the other, without copying them."""
    texts = column.cast(pa.large_string())
    if not len(texts):
        return memoryview(b"")
    _, offsets, data = cast("list[pa.Buffer]", texts.buffers())
    ends = memoryview(offsets).cast("q")
    return memoryview(data)[ends[texts.offset] : ends[texts.offset + len(texts)]]
