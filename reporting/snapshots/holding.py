"""Which snapshots hold rows about given persons or cases: asked for a register extract and before a disposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
from django.conf import settings

from cases.extracts.model import Section, Sought
from cases.kinds import KINDS, Kind
from reporting.snapshots.models import Snapshot
from reporting.snapshots.writing import quoted

Held = dict[Snapshot, dict[Kind, int]]
"""How many rows each snapshot has, by kind; what has none is not there."""


def snapshots_holding(wanted: Mapping[Kind, tuple[str, Iterable[str]]]) -> Held:
    """Return which snapshots hold rows whose field has one of the values; `wanted` gives field and values by kind."""
    held: Held = defaultdict(dict)
    snapshots = list(Snapshot.objects.latest_first())
    with duckdb.connect(":memory:", config={"threads": 1}) as engine:
        for kind, (field, values) in wanted.items():
            engine.register("sought", pa.table({"value": pa.array(sorted(values), pa.string())}))
            for snapshot, rows in _counted(engine, kind, field, snapshots):
                held[snapshot][kind] = rows
    return dict(held)


def _counted(
    engine: duckdb.DuckDBPyConnection, kind: Kind, field: str, snapshots: Sequence[Snapshot]
) -> list[tuple[Snapshot, int]]:
    found = []
    for snapshot in snapshots:
        path = Path(settings.SNAPSHOT_ROOT) / snapshot.hash / f"{kind.table}.parquet"
        if path.exists():
            sql = f"SELECT count(*) FROM read_parquet('{quoted(path)}') SEMI JOIN sought ON value = \"{field}\""
            ((rows,),) = engine.execute(sql).fetchall()
            if rows:
                found.append((snapshot, int(rows)))
    return found


def snapshots_of_person(sought: Sought) -> list[Section]:
    """Return the snapshots that hold the person, for a register extract."""
    wanted: dict[Kind, tuple[str, Iterable[str]]] = {}
    for kind in KINDS:
        if "person" in kind.fields:
            wanted[kind] = ("person", [sought.person])
        elif "enrolment" in kind.fields:
            wanted[kind] = ("enrolment", sought.enrolments)
    return [
        Section(
            title="Underlag",
            what="Ögonblicksbilder av uppgifterna, som siffror räknas ur. Frysta underlag ändras aldrig, bara gallras.",
            headings=("Underlag", "Per", "Fryst", "Rader om personen"),
            rows=tuple(
                (
                    snapshot.hash[:12],
                    snapshot.as_of.isoformat(),
                    "ja" if snapshot.frozen else "nej, tillfälligt",
                    ", ".join(f"{kind.label} {rows}" for kind, rows in counts.items()),
                )
                for snapshot, counts in snapshots_holding(wanted).items()
            ),
        )
    ]
