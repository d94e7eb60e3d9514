"""Keeping tests that share something costly in one process of pytest-xdist."""

import pytest
from _pytest.nodeid import NodeId


def keep_in_one_process(item: pytest.Item, group: str) -> None:
    """Let one worker run all tests of the group.

    What pytest-xdist's own marker does, by the name that pytest 9.2 reads: xdist 3.8 sets one that it no longer does.
    """
    if hasattr(item.config, "workerinput"):
        item._id = NodeId.parse(f"{item.nodeid}@{group}")  # noqa: SLF001  # no public name for it
