"""Fixtures of the pages' tests."""

from __future__ import annotations

import pytest

from reporting.snapshots.models import Snapshot
from tests.web.town import build_town


@pytest.fixture
def town(db: None) -> Snapshot:
    """The small municipality, frozen as of 2025-01-31."""
    return build_town()
