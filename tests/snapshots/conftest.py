"""A municipality with a few rows, and snapshots of it."""

from __future__ import annotations

import pytest

from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.snapshots.rows import ROWS, SNAPSHOT_DAY, deliver, set_up


@pytest.fixture
def municipality(db: None) -> None:
    """Set up the municipality, without any rows."""
    set_up()


@pytest.fixture
def delivered(municipality: None) -> None:
    """Deliver the rows of `tests.snapshots.rows`."""
    deliver(ROWS)


@pytest.fixture
def snapshot(delivered: None) -> Snapshot:
    """Freeze them as of 2024-01-31."""
    return freeze(as_of=SNAPSHOT_DAY)
