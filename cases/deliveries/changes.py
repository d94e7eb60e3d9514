"""What a delivery changes: new, changed, unchanged and ended rows, found by comparing keys and contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.deliveries.staging import Staging
from cases.deliveries.stored import bring_named_persons
from cases.kinds import KINDS, PERSONS, ColumnType, Kind

_ROWS_AT_A_TIME = 10_000
# Both databases read these as text, and text is the quickest way to them.
_AS_TEXT = {ColumnType.DATE, ColumnType.MONTH, ColumnType.AMOUNT, ColumnType.NUMBER}


@dataclass(frozen=True)
class Counts:
    """How many rows of a kind a delivery leaves how."""

    new: int
    changed: int
    unchanged: int
    ended: int

    @property
    def nothing(self) -> bool:
        """Whether everything stays as it was."""
        return not (self.new or self.changed or self.ended)


def mark_ended(staging: Staging, replaced: Iterable[Kind]) -> None:
    """Create `ended_<table>` for every kind: of the replaced ones the stored rows the delivery no longer has, else empty.

    Rows are ended between the earliest and the latest date of the key that the delivery has; where the key has no date, all. A
    person that remaining rows name stays: without the birth date those rows would fall out of every figure.
    """
    chosen = set(replaced)
    # Persons last: who is still named depends on what is ended elsewhere.
    for kind in sorted(KINDS, key=lambda kind: kind is PERSONS):
        condition = _no_longer_there(staging, kind) if kind in chosen else "false"
        staging.connection.execute(
            f"CREATE OR REPLACE TABLE ended_{kind.table} AS SELECT id, row_key FROM stored_{kind.table} WHERE {condition}"
        )


def _no_longer_there(staging: Staging, kind: Kind) -> str:
    missing = f"row_key NOT IN (SELECT row_key FROM t_{kind.table})"
    if kind is PERSONS:
        bring_named_persons(staging)
        named = " UNION ALL ".join(
            [
                "SELECT person FROM named_person",
                *(f"SELECT person FROM t_{other.table}" for other in KINDS if _names(other)),
            ]
        )
        return f"{missing} AND person NOT IN (SELECT person FROM ({named}) WHERE person IS NOT NULL)"
    if kind.range_field is None:
        return missing
    field, table = kind.range_field, f"t_{kind.table}"
    return (
        f'{missing} AND "{field}" BETWEEN (SELECT min("{field}") FROM {table}) AND (SELECT max("{field}") FROM {table})'
    )


def _names(kind: Kind) -> bool:
    return kind is not PERSONS and any(column.type is ColumnType.PERSON for column in kind.columns)


def counts(staging: Staging, kind: Kind) -> Counts:
    """Return what becomes of the kind's rows."""
    row = staging.connection.execute(
        "SELECT count(*) FILTER (stored.row_key IS NULL), count(*) FILTER (stored.content <> t.content), "
        "count(*) FILTER (stored.content = t.content), "
        f"(SELECT count(*) FROM ended_{kind.table}) "
        f"FROM t_{kind.table} AS t LEFT JOIN stored_{kind.table} AS stored USING (row_key)"
    ).fetchone() or (0, 0, 0, 0)
    return Counts(*row)


def superseded(staging: Staging, kind: Kind) -> list[int]:
    """Return the ids of the stored versions that the delivery changes or ends."""
    rows = staging.connection.execute(
        f"SELECT stored.id FROM stored_{kind.table} AS stored JOIN t_{kind.table} AS t USING (row_key) "
        f"WHERE stored.content <> t.content UNION ALL SELECT id FROM ended_{kind.table} ORDER BY 1"
    ).fetchall()
    return [row[0] for row in rows]


def versions(staging: Staging, kind: Kind, delivery_id: int) -> Iterator[tuple[object, ...]]:
    """Yield the new versions as rows for the kind's table, in the order of `version_columns`."""
    fields = ", ".join(
        f't."{column.field}"' + ("::VARCHAR" if column.type in _AS_TEXT else "") for column in kind.columns
    )
    for part in staging.ranges(f"t_{kind.table}"):
        relation = staging.connection.sql(
            f"SELECT t.row_key, t.content, t.row, {delivery_id}::BIGINT, {fields} "
            f"FROM t_{kind.table} AS t LEFT JOIN stored_{kind.table} AS stored USING (row_key) "
            f"WHERE t.{part} AND (stored.row_key IS NULL OR stored.content <> t.content) ORDER BY t.row"
        )
        for batch in relation.to_arrow_reader(_ROWS_AT_A_TIME):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def version_columns(kind: Kind) -> tuple[str, ...]:
    """The database columns of a version, as `versions` gives them."""
    return ("row_key", "content", "source_row", "delivery_id", *kind.fields)
