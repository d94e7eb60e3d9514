"""Finding snapshots."""

from __future__ import annotations

from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import Snapshot

_SHORTEST_PREFIX = 4


def latest_snapshot() -> Snapshot | None:
    """Return the snapshot with the highest as-of date, the newest of several; None when there is none that can be asked."""
    return Snapshot.objects.kept().latest_first().first()


def latest_frozen_snapshot() -> Snapshot | None:
    """Return the same of those that somebody has decided to freeze."""
    return Snapshot.objects.kept().frozen().latest_first().first()


def snapshot_named(name: str) -> Snapshot:
    """Return the snapshot whose hash begins with `name` (at least four characters).

    Raises SnapshotFault when none does, or more than one.
    """
    if len(name) < _SHORTEST_PREFIX:
        raise SnapshotFault(f"Ange minst {_SHORTEST_PREFIX} tecken av underlagets kontrollsumma.")
    found = list(Snapshot.objects.filter(hash__startswith=name.lower()).latest_first()[:2])
    if not found:
        raise SnapshotFault(f"Det finns inget underlag vars kontrollsumma börjar med {name}.")
    if len(found) > 1:
        raise SnapshotFault(f"Flera underlag har en kontrollsumma som börjar med {name}. Ange fler tecken.")
    return found[0]
