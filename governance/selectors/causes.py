"""What caused an action: each subject that links to actions tells, also the rooms above."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from committees.models import User
from governance.models import Action


@dataclass(frozen=True)
class CauseLink:
    """One thing that an action answers: its Swedish kind ("rekommendation"), what it is, and where it stands."""

    kind: str
    title: str
    url: str


Provider = Callable[[Action, User], Iterable[CauseLink]]
"""Gives what links to the action and may be seen by the user."""

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Let an action's page ask this provider too; return it."""
    _providers.append(provider)
    return provider


def causes_of(action: Action, user: User) -> list[CauseLink]:
    """Return everything the action answers that the user may see, in the order the subjects registered."""
    return [link for provider in _providers for link in provider(action, user)]
