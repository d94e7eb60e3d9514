"""The demonstration's steering, subject by subject, through the actions that people use. Each subject adds what is not there."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from demo.steering_actions import add_actions
from demo.steering_control import add_control_plans
from demo.steering_goals import add_goals
from demo.steering_registers import add_registers

SUBJECTS: tuple[Callable[[], int], ...] = (add_goals, add_registers, add_control_plans, add_actions)
"""Each adds what its subject lacks and returns how much that was, so that a second time adds nothing."""


@transaction.atomic
def add_steering() -> int:
    """Add what is not there of every subject and return how much that was. The accounts and a snapshot must be there."""
    return sum(add() for add in SUBJECTS)
