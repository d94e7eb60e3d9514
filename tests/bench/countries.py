"""Countries for the tests of the bench: snapshot folders written from invented rows, a few people in each municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import duckdb

from bench.country.model import Country
from reporting.snapshots.tables import snapshot_tables
from reporting.snapshots.writing import write_manifest, write_table
from tests.measures.tiny import Rows, delivered_rows


def write_country(root: Path, municipalities: Mapping[str, Rows], as_of: dt.date) -> Country:
    """Write a folder for each municipality, by its code, masked as of the date; return the country."""
    for code, rows in municipalities.items():
        folder = root / code
        folder.mkdir(parents=True)
        own = {**rows, "municipality": [{**row, "code": code} for row in rows["municipality"]]}
        with duckdb.connect(":memory:") as connection:
            tables = {
                table.name: write_table(
                    connection, table, delivered_rows(connection, table, "delivered", own), folder, as_of=as_of
                )
                for table in snapshot_tables()
            }
        write_manifest(folder, as_of=as_of, municipality=code, tables=tables)
    return Country.open(root)
