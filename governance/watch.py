"""The watch list: everything a committee owes or is owed, by date. Each subject registers what it has to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from committees.models import Committee, User
from committees.permissions import Permission


@dataclass(frozen=True)
class WatchItem:
    """One thing with a date. `key` names it for good (mail and calendars recognise it by that).

    `kind` is its Swedish word ("åtgärd"), `ours` whether the committee owes it or is owed it, `owner` who answers for it. Where
    nobody does, those are reminded who hold `falls_to` for the committee.
    """

    key: str
    due: dt.date
    kind: str
    title: str
    url: str
    committee: Committee
    ours: bool = True
    owner: User | None = None
    falls_to: Permission = Permission.KEEP_REGISTERS


Provider = Callable[[User, Sequence[Committee]], Iterable[WatchItem]]
"""Gives what stands open for the committees and may be seen by the user; never more than that."""

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Let the watch list ask this provider too; return it."""
    _providers.append(provider)
    return provider


def watch_list(user: User, committees: Sequence[Committee]) -> list[WatchItem]:
    """Return everything open that the user may see of these committees, the nearest date first."""
    return sorted(_asked(user, committees), key=lambda item: (item.due, item.kind, item.title, item.key))


def _asked(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    for provider in _providers:
        yield from provider(user, committees)
