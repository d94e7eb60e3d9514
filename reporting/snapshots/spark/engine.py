"""The same tables, views and measures, computed by Spark: for more than one machine's memory holds.

Every statement is the one that DuckDB runs, turned into Spark's words (`dialect`). DuckDB is still there for what only the one
who asks has to know: which files there are and which columns each of them has.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import unquote, urlsplit

import duckdb
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame
from pyspark.sql import functions as spark

from reporting.snapshots.engine import Engine
from reporting.snapshots.faults import EngineFault, SnapshotFault
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.loading import MISSING
from reporting.snapshots.spark.dialect import Params, duckdb_row, duckdb_type, statement
from reporting.snapshots.spark.session import session

_HELD_BY_DUCKDB = {
    "clock": "SELECT * FROM clock",
    "snapshot_files": "SELECT path, CAST(kommun AS VARCHAR) AS kommun FROM snapshot_files",
}
_numbers = count(1)


@dataclass(frozen=True)
class SparkAnswer:
    """The rows of an answer, in their order."""

    columns: tuple[str, ...]
    _rows: Iterator[tuple[Any, ...]]

    @property
    def description(self) -> list[tuple[str]]:
        """The columns, as a database cursor tells them."""
        return [(name,) for name in self.columns]

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, None when there is no more."""
        return next(self._rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""
        return list(self._rows)


class SparkRows:
    """Rows kept by Spark, in the memory and on the disks of its machines, until the engine is closed."""

    def __init__(self, engine: SparkEngine, name: str, frame: DataFrame) -> None:
        """Name the rows, which are kept, by a name of their own; questions call them `name`."""
        self._engine = engine
        self._names = {name: f"{name}_{next(_numbers)}"}
        self.types = {field.name: duckdb_type(field.dataType.simpleString()) for field in frame.schema}
        frame.createOrReplaceTempView(self._names[name])

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Ask the rows by their name (positional parameters) and return the answer."""
        return self._engine.answer(sql, params, self._names).fetchall()


class SparkEngine(Engine):
    """Answers the same questions as Engine, with the same rows. What Spark fails to do is told as an EngineFault."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folders: Sequence[SnapshotFolder], as_of: dt.date
    ) -> None:
        """Connect to Spark, EngineMissing when it does not start. `connection` reads about the files."""
        super().__init__(connection, folders, as_of)
        self._session = session().newSession()
        self._lacking: set[str] = set()
        self._tables: list[DataFrame] = []
        for name, sql in _HELD_BY_DUCKDB.items():
            self._session.createDataFrame(connection.sql(sql).to_arrow_table()).createOrReplaceTempView(name)

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> SparkAnswer:
        """Run the SQL, which is DuckDB's, and return its answer."""
        return self.answer(sql, params or {}, {})

    def keep(self, name: str, sql: str, params: Mapping[str, object] | None = None) -> SparkRows:
        """Run the SQL and keep its rows, spread over Spark's machines, for questions to the table `name`."""
        with _told_in_swedish():
            return SparkRows(self, name, self._persisted(self._frame(sql, params or {}, {})))

    def passing(self, name: str, sql: str, params: Mapping[str, object]) -> SparkRows:
        """Keep the rows here too: in a kept table columns have one name each, which Spark asks for."""
        return self.keep(name, sql, params)

    @property
    def questions_at_once(self) -> int:
        """One: Spark shares it out among its machines itself."""
        return 1

    def answer(self, sql: str, params: Params, tables: Mapping[str, str]) -> SparkAnswer:
        """Return the answer to a question in which some tables have other names here."""
        with _told_in_swedish():
            frame = self._frame(sql, params, tables)
            return SparkAnswer(tuple(frame.columns), iter([duckdb_row(row) for row in frame.collect()]))

    def close(self) -> None:
        """Let go of what Spark keeps; Spark itself goes with the process."""
        for table in self._tables:
            table.unpersist()
        super().close()

    def _persisted(self, frame: DataFrame) -> DataFrame:
        """Compute the rows once, when they are first read, and keep them."""
        self._tables.append(frame.persist())
        return frame

    def _frame(self, sql: str, params: Params, tables: Mapping[str, str]) -> DataFrame:
        wanted = statement(sql, params, tables=tables)
        for name in wanted.tables:
            self._ensure(name)
        lacked = self._lacked_by(wanted.select)
        if lacked:
            raise SnapshotFault(lacked)
        frame = _as_table(self._session.sql(wanted.select))
        return frame if wanted.only is None else frame.select([name for name in frame.columns if name in wanted.only])

    def portions(self) -> Iterator[Engine]:
        """Return this one: how many rows fit is for Spark to know."""
        yield self

    def _ensure(self, name: str) -> None:
        """Make the table or view of that name, with what it needs itself, unless it is there or no such thing.

        A table made of columns that an older snapshot lacks is made a view instead: who asks it for other columns gets them.
        """
        with self._making:
            if name in self._made or name not in self._definitions:
                return
            wanted = statement(self._definitions[name](self._cursor), files=self._files)
            for needed in wanted.tables - {name}:
                self._ensure(needed)
            self._lacking |= wanted.errors
            frame = self._session.sql(wanted.select)
            if wanted.is_table and not self._lacked_by(wanted.select):
                frame = self._persisted(frame)
            frame.createOrReplaceTempView(name)
            self._made.add(name)

    def _lacked_by(self, select: str) -> str | None:
        """Return what the SELECT would read and an older snapshot lacks, in Swedish.

        An error in SQL is raised for each row that is read, so where no row is, only the plan tells.
        """
        if not self._lacking:
            return None
        plan = str(self._session.sql(f"EXPLAIN {select}").collect()[0][0])
        return next((text for text in sorted(self._lacking) if text in plan), None)

    def _files(self, paths: tuple[str, ...]) -> str:
        """Return the name of a view of the Parquet files' rows, which tells in `filename` where each comes from."""
        frame = self._session.read.option("mergeSchema", len(paths) > 1).parquet(*paths)
        written = [urlsplit(address).path for address in frame.inputFiles()]
        if {unquote(path) for path in written} != set(paths):
            raise EngineFault(f"Spark hittar inte just de filer som underlaget består av: {', '.join(paths)}")
        names = self._session.createDataFrame(pa.table({"written": written, "filename": list(map(unquote, written))}))
        this = spark.parse_url(spark.col("_metadata.file_path"), spark.lit("PATH"))
        known = spark.coalesce("filename", spark.raise_error(spark.lit("a file without a name")))
        frame = frame.withColumn("written", this).join(spark.broadcast(names), "written", "left").drop("written")
        name = f"files_{next(_numbers)}"
        frame.withColumn("filename", known).createOrReplaceTempView(name)
        return name


def _as_table(frame: DataFrame) -> DataFrame:
    """Return the rows as a table of DuckDB's would have them: of columns with one name the first has it, none without a type."""
    seen = Counter[str]()
    names = []
    for name in frame.columns:
        names.append(f"{name}_{seen[name]}" if seen[name] else name)
        seen[name] += 1
    frame = frame.toDF(*names)
    untyped = {
        field.name: spark.col(field.name).cast("int") for field in frame.schema if field.dataType.typeName() == "void"
    }
    return frame.withColumns(untyped) if untyped else frame


@contextmanager
def _told_in_swedish() -> Iterator[None]:
    try:
        yield
    except (PySparkException, Py4JError) as error:
        _, lacking, rest = str(error).partition(MISSING)
        if lacking:
            raise SnapshotFault(lacking + rest.splitlines()[0].partition(" SQLSTATE")[0]) from error
        cause = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise EngineFault(f"Spark kunde inte räkna: {cause}") from error
