"""The watch list as one person reads it: whose committees, what stands open of them, and how near it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.watch import WatchItem, watch_list

SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Group:
    """What is equally near, the nearest first. `name` is for addresses, `title` for the reader."""

    name: str
    title: str
    items: Sequence[WatchItem]


def watched_committees(user: User) -> list[Committee]:
    """Return the committees whose watch list the user may read today: those whose steering they may see."""
    codes = access_of(user).committees_with(Permission.SEE_STEERING)
    return list(Committee.objects.filter(code__in=codes).order_by("code"))


def watched_by(user: User) -> list[WatchItem]:
    """Return everything open that the user may see today, the nearest date first; nothing for who has no role."""
    committees = watched_committees(user)
    return watch_list(user, committees) if committees else []


def grouped(items: Iterable[WatchItem], today: dt.date) -> list[Group]:
    """Return the items that are late, those due within 30 days from today, and the rest."""
    late: list[WatchItem] = []
    soon: list[WatchItem] = []
    later: list[WatchItem] = []
    for item in items:
        (late if item.due < today else soon if item.due <= today + SOON else later).append(item)
    return [
        Group("sena", "Försenat", late),
        Group("snart", "Inom 30 dagar", soon),
        Group("senare", "Senare", later),
    ]
