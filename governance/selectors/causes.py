"""What caused an action or a commission: each subject that links to them tells, also the rooms above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from committees.models import User
from governance.models import Action, Commission

Caused = TypeVar("Caused", Action, Commission)


@dataclass(frozen=True)
class CauseLink:
    """One thing that an action answers, or that a commission was given because of.

    Its Swedish kind ("rekommendation"), what it is, and where it stands. `drop_url` is where the link is taken away; empty for
    who may not, or where it is done on the other's page.
    """

    kind: str
    title: str
    url: str
    drop_url: str = ""


@dataclass(frozen=True)
class CauseOffer:
    """A way to say what caused it: what the link says, and where it leads."""

    label: str
    url: str


_providers: dict[type, list[Callable[[Any, User], Iterable[CauseLink]]]] = defaultdict(list)
_offers: dict[type, list[Callable[[Any, User], Iterable[CauseOffer]]]] = defaultdict(list)


def register(of: type[Caused], provider: Callable[[Caused, User], Iterable[CauseLink]]) -> None:
    """Let the pages of actions, or of commissions, ask this provider: what caused the row, and the user may see."""
    _providers[of].append(provider)


def register_offer(of: type[Caused], offer: Callable[[Caused, User], Iterable[CauseOffer]]) -> None:
    """Let the pages of actions, or of commissions, offer the user this way to say what caused the row."""
    _offers[of].append(offer)


def causes_of(row: Action | Commission, user: User) -> list[CauseLink]:
    """Return everything that caused the row and that the user may see, in the order the subjects registered."""
    return [link for provider in _providers[type(row)] for link in provider(row, user)]


def offers_for(row: Action | Commission, user: User) -> list[CauseOffer]:
    """Return the ways the user has to say what caused the row."""
    return [way for offer in _offers[type(row)] for way in offer(row, user)]
