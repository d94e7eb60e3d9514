"""Who wants to know when a delivery has been taken or undone.

What the delivered rows lead to stands in rooms above this one, which may not be imported here; they register themselves when the
application starts (`AppConfig.ready`).
"""

from __future__ import annotations

from typing import Protocol

from cases.models import Delivery


class DeliveryFollower(Protocol):
    """What a follower is told and asked. All texts are Swedish and shown to the user as they are."""

    def delivery_taken(self, delivery: Delivery) -> None:
        """Told once the delivery is committed; the delivery stands whatever happens here."""

    def undo_refusal(self, delivery: Delivery) -> str | None:
        """Why the delivery may not be undone, or None when nothing here rests on it. Asked inside the transaction."""

    def delivery_undone(self, delivery: Delivery) -> None:
        """Told inside the transaction that undoes, while the delivery still exists, to let go of what rests on it."""


_followers: list[DeliveryFollower] = []


def register(follower: DeliveryFollower) -> None:
    """Add a follower; the same one twice counts once."""
    if follower not in _followers:
        _followers.append(follower)


def followers() -> tuple[DeliveryFollower, ...]:
    """Return the followers in the order they registered."""
    return tuple(_followers)
