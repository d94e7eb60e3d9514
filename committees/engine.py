"""Opening DuckDB in memory, the same way everywhere."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

Setting = str | bool | int | float | list[str]


def in_memory(settings: Mapping[str, Setting]) -> duckdb.DuckDBPyConnection:
    """Return a new, empty database in memory, which writes nothing by itself.

    Left alone DuckDB draws a bar on standard output when a query takes more than two seconds, also where that is a pipe and
    what goes there is to be one JSON document.
    """
    return duckdb.connect(":memory:", config={"enable_progress_bar": "false", **settings})
