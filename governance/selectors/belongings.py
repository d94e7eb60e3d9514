"""What somebody answers for and has not finished, subject by subject: it is handed over when they leave."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone

from committees.models import Committee, RoleAssignment, User


@dataclass(frozen=True)
class Belonging:
    """One thing somebody answers for. `give` makes another answer for it, by whom and why; it raises as actions do."""

    kind: str
    title: str
    url: str
    committee: Committee
    owner: User
    due: dt.date | None
    give: Callable[[User, User, str], object]


@dataclass(frozen=True)
class Holder:
    """A person, how much they answer for, and whether they still hold a role today."""

    person: User
    count: int
    has_role: bool


Provider = Callable[[User], Iterable[Belonging]]
"""Gives everything open with an owner that the asking user may hand over; never more than that."""

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Let the handover ask this provider too; return it."""
    _providers.append(provider)
    return provider


def to_hand_over(reader: User, *, owner: User | None = None) -> list[Belonging]:
    """Return what the reader may hand over, of everybody or of one owner: what is due first, then what has no day."""
    found = (one for provider in _providers for one in provider(reader))
    own = [one for one in found if owner is None or one.owner == owner]
    return sorted(own, key=lambda one: (one.due or dt.date.max, one.kind, one.title))


def holders(reader: User) -> list[Holder]:
    """Return those who answer for something the reader may hand over, those without a role first."""
    counts = Counter(one.owner for one in to_hand_over(reader))
    held = RoleAssignment.objects.in_force(timezone.localdate()).filter(user__in=list(counts), user__is_active=True)
    working = set(held.values_list("user_id", flat=True))
    found = [Holder(person, count, person.pk in working) for person, count in counts.items()]
    return sorted(found, key=lambda one: (one.has_role, one.person.username))
