"""The engine that measures ask: DuckDB in memory, filled from snapshot folders, shut off from everything else.

It holds the snapshot's tables under their names, `clock(as_of)`, and the documented views of `views/*.sql`. Every table has the
column `kommun` (the municipality's code), so that the snapshots of several municipalities can be asked together. A table is read,
and a view made, when something first asks for it: a question costs only what it needs.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
from django.conf import settings

from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.loading import MISSING, connection_to, definitions
from reporting.snapshots.models import Snapshot, short_hash

_WARM_ENGINES = 4
_ROWS_OF_A_PORTION = 20_000_000
"""A row takes some hundred bytes in memory, with the views made of it."""
_QUESTIONS_AT_ONCE = 2
_UNKNOWN_RELATION = re.compile(r"Table with name (\w+) does not exist")


class Answer(Protocol):
    """What an engine answers with."""

    @property
    def description(self) -> Any:
        """A sequence for each column, its name first."""

    def fetchone(self) -> Any:
        """The next row as a tuple, None when there is no more."""

    def fetchall(self) -> list[Any]:
        """The rows that are left, as tuples."""


class KeptRows(Protocol):
    """Rows that an engine has been asked to keep as a table."""

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Ask the table by its name (positional parameters) and return all rows. Safe to share between threads."""

    @property
    def types(self) -> Mapping[str, str]:
        """The columns, each with its DuckDB type."""


class _TemporaryTable:
    """Rows kept as a temporary table of a cursor of its own."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, name: str) -> None:
        self._cursor = cursor
        self._name = name
        self._lock = threading.Lock()

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._cursor.execute(sql, list(params)).fetchall()

    @cached_property
    def types(self) -> Mapping[str, str]:
        return {row[0]: row[1] for row in self.rows(f"DESCRIBE {self._name}")}


class _PassingRows:
    """Rows that are computed for each question to them, and kept nowhere."""

    def __init__(self, engine: Engine, name: str, sql: str, params: Mapping[str, object]) -> None:
        self._engine = engine
        self._named = f"WITH {name} AS ({sql})"
        self._all = f"SELECT * FROM {name} LIMIT 0"
        self._params = params

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        if params:
            raise ValueError("rows that pass are asked without parameters")
        return self._engine.rows(f"{self._named} {sql}", self._params).fetchall()

    @cached_property
    def types(self) -> Mapping[str, str]:
        answer = self._engine.rows(f"{self._named} {self._all}", self._params)
        return {column[0]: str(column[1]) for column in answer.description}


class Engine:
    """Answers questions about one or several snapshots as of one date. Safe to share between threads."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folders: Sequence[SnapshotFolder], as_of: dt.date
    ) -> None:
        self._connection = connection
        self._definitions = definitions(folders, as_of)
        self._made: set[str] = set()
        self._making = threading.RLock()
        self.folders = tuple(folders)
        self.as_of = as_of
        self.hashes: tuple[str, ...] = tuple(folder.hash for folder in folders)
        self.municipalities: tuple[str, ...] = tuple(folder.municipality for folder in folders)

    @classmethod
    def open(cls, folders: Sequence[SnapshotFolder], as_of: dt.date | None = None) -> Engine:
        """Return an engine over the folders that reaches nothing else than their files.

        Without `as_of` it is that of the snapshots, the earliest where they differ; an earlier one masks the rows anew.
        Raises SnapshotFault when it is later than a snapshot's, when two snapshots are of the same municipality, or when there
        is none.
        """
        day = _settled_as_of(folders, as_of)
        return cls(connection_to(folders, day), folders, day)

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> Answer:
        """Run the SQL and return its answer, ready to fetch from.

        Of `params` only those that the SQL names are given to it. Raises SnapshotFault when the SQL asks for a column that the
        snapshot lacks because it was frozen before the column existed; other faults of the SQL are DuckDB's own.
        """
        return self._cursor(sql, params)

    def keep(self, name: str, sql: str, params: Mapping[str, object] | None = None) -> KeptRows:
        """Run the SQL once, as `rows` does, and keep its rows as the table `name`, which only the returned object can ask.

        Of two columns of one name the first has it.
        """
        return _TemporaryTable(self._cursor(f"CREATE TEMPORARY TABLE {name} AS {sql}", params), name)

    def passing(self, name: str, sql: str, params: Mapping[str, object]) -> KeptRows:
        """Return the rows of the SQL under the name, as `keep` does, for a single question without parameters.

        They are computed with the question, which costs less than keeping them.
        """
        return _PassingRows(self, name, sql, params)

    @property
    def questions_at_once(self) -> int:
        """How many questions are answered sooner together than one after the other. More only take more memory."""
        return min(os.cpu_count() or 1, _QUESTIONS_AT_ONCE)

    def _cursor(self, sql: str, params: Mapping[str, object] | None) -> duckdb.DuckDBPyConnection:
        """Run the SQL on a cursor of its own, making on the way what it names and is not there yet."""
        given = _named(sql, params) if params else None
        while True:
            try:
                return self._connection.cursor().execute(sql, given)
            except duckdb.CatalogException as error:
                found = _UNKNOWN_RELATION.search(str(error))
                if not found or not self._made_now(found[1]):
                    raise
            except duckdb.InvalidInputException as error:
                _, lacking, rest = str(error).partition(MISSING)
                if not lacking:
                    raise
                raise SnapshotFault(lacking + rest.splitlines()[0]) from error

    def _made_now(self, name: str) -> bool:
        """Make the table or view of that name, with what it needs itself; False when there is no such thing."""
        with self._making:
            if name not in self._made and name in self._definitions:
                self._make(self._definitions[name](self._cursor))
                self._made.add(name)
            return name in self._made

    def _make(self, statement: str) -> None:
        """Run the statement of a table or view.

        A table made of columns that an older snapshot lacks is made a view instead: who asks it for other columns gets them.
        """
        try:
            self._cursor(statement, None)
        except SnapshotFault:
            self._cursor(statement.replace("CREATE TABLE", "CREATE VIEW", 1), None)

    def portions(self) -> Iterator[Engine]:
        """Return engines that together hold the same municipalities, each no more rows than fit in memory with ease.

        This one, when it is small enough; otherwise each is closed when the next is asked for.
        """
        portions = list(_portions(self.folders))
        if len(portions) == 1:
            yield self
            return
        for folders in portions:
            engine = Engine.open(folders, self.as_of)
            try:
                yield engine
            finally:
                engine.close()

    def close(self) -> None:
        """Let go of the memory. Asking afterwards raises duckdb.ConnectionException."""
        self._connection.close()


def _portions(folders: Sequence[SnapshotFolder]) -> Iterator[Sequence[SnapshotFolder]]:
    """Share the folders out, in their order, so that those of a portion have few enough rows together."""
    portion: list[SnapshotFolder] = []
    rows = 0
    for folder in folders:
        if portion and rows + folder.rows > _ROWS_OF_A_PORTION:
            yield portion
            portion, rows = [], 0
        portion.append(folder)
        rows += folder.rows
    yield portion


def folder_of(snapshot: Snapshot) -> SnapshotFolder:
    """Open a snapshot's folder and check it against what the database remembers of it.

    Raises SnapshotDisposed when its rows have been disposed of, SnapshotFault when it is damaged.
    """
    snapshot.require_kept()
    return SnapshotFolder.open(Path(settings.SNAPSHOT_ROOT) / snapshot.hash, expected=snapshot.manifest)


def engine_for(snapshot: Snapshot, as_of: dt.date | None = None) -> Engine:
    """Return a warm engine for the snapshot, shared in the process; the least recently used ones are let go.

    The files are checked each time (quickly, when nothing on disk has moved), also when the engine is already warm.
    """
    folder = folder_of(snapshot)
    asked = (folder.path, folder.hash, as_of or folder.as_of)
    with _warm_lock:
        if asked not in _warm:
            _warm[asked] = Engine.open([folder], as_of)
        _warm.move_to_end(asked)
        while len(_warm) > _WARM_ENGINES:
            _warm.popitem(last=False)
        return _warm[asked]


_warm: OrderedDict[tuple[Path, str, dt.date], Engine] = OrderedDict()
_warm_lock = threading.Lock()


def _settled_as_of(folders: Sequence[SnapshotFolder], as_of: dt.date | None) -> dt.date:
    if not folders:
        raise SnapshotFault("Det finns inget underlag att räkna på.")
    municipalities = [folder.municipality for folder in folders]
    if len(set(municipalities)) < len(municipalities):
        raise SnapshotFault("Två av underlagen gäller samma kommun. Ange ett underlag för varje kommun.")
    earliest = min(folders, key=lambda folder: folder.as_of)
    if as_of is not None and as_of > earliest.as_of:
        raise SnapshotFault(
            f"Underlaget {short_hash(earliest.hash)} visar vad som var känt {earliest.as_of}. "
            f"Det kan inte användas för {as_of}, som är senare."
        )
    return as_of or earliest.as_of


def _named(sql: str, params: Mapping[str, object]) -> dict[str, Any]:
    wanted = _parameters_of(sql)
    return {name: value for name, value in params.items() if name in wanted}


@lru_cache(maxsize=256)
def _parameters_of(sql: str) -> frozenset[str]:
    """The same few texts are asked with again and again, and parsing one takes a tenth of the time of running it."""
    return frozenset(name for statement in duckdb.extract_statements(sql) for name in statement.named_parameters)
