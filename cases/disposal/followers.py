"""Who has to let go when rows are disposed of.

Snapshots rest on the rows and stand in a room above this one, which may not be imported here; they register themselves when the
application starts, as those who follow deliveries do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cases.disposal.proposing import Proposal
from cases.models import Disposal


class DisposalFollower(Protocol):
    """What a follower is asked and told. All texts are Swedish and shown to the user as they are."""

    def goes_with(self, proposal: Proposal) -> Sequence[str]:
        """What would go with the proposed rows, one line each."""

    def disposed(self, disposal: Disposal, proposal: Proposal) -> None:
        """Told inside the transaction that removes the rows, to let go of what holds them."""

    def faults(self, disposal: Disposal) -> Sequence[str]:
        """What should have gone with a disposal and is still there, one line each."""


_followers: list[DisposalFollower] = []


def register(follower: DisposalFollower) -> None:
    """Add a follower; the same one twice counts once."""
    if follower not in _followers:
        _followers.append(follower)


def followers() -> tuple[DisposalFollower, ...]:
    """Return the followers in the order they registered."""
    return tuple(_followers)
