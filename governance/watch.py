"""The watch list: everything a committee owes or is owed, by date. Each subject registers what it has to say.

What a subject can tell from the database alone it gives as a query (`register_rows`); all those queries are asked as one, so that
the list costs the database as much with thirty subjects as with one. What has to be computed it gives itself (`register`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.urls import reverse

from committees.models import Committee, User
from committees.permissions import Permission


@dataclass(frozen=True)
class WatchItem:
    """One thing with a date. `key` names it for good (mail and calendars recognise it by that).

    `kind` is its Swedish word ("åtgärd"), `page` where it stands: the name of an address and what is in it. `ours` tells whether
    the committee owes it or is owed it, `owner` who answers for it. Where nobody does, those are reminded who hold `falls_to` for
    the committee.
    """

    key: str
    due: dt.date
    kind: str
    title: str
    page: tuple[str, tuple[object, ...]]
    committee: Committee
    ours: bool = True
    owner: User | None = None
    falls_to: Permission = Permission.KEEP_REGISTERS

    @cached_property
    def url(self) -> str:
        """The address of its page. Made when it is asked for: a list of thousands shows a few."""
        name, arguments = self.page
        return reverse(name, args=arguments)


class OpenRow(NamedTuple):
    """What a query tells of one thing that stands open.

    `about` is the key of what its page is about, `owner` carries its key and name only, `note` is the subject's word to itself.
    """

    pk: int
    about: int
    day: dt.date | None
    title: str
    committee: Committee | None
    owner: User | None
    note: str


Provider = Callable[[User, Sequence[Committee]], Iterable[WatchItem]]
"""Gives what stands open for the committees and may be seen by the user; never more than that."""

Ask = Callable[[User, Sequence[Committee]], QuerySet[Any]]
"""Returns a query of `open_rows`: what stands open for the committees and may be seen by the user; never more than that."""

Tell = Callable[[Sequence[OpenRow], User, Sequence[Committee]], Iterable[WatchItem]]
"""Makes items of what the query found."""

_COLUMNS = ("source", "pk", "about", "day", "title", "committee", "owner", "owner_name", "note")

_providers: list[Provider] = []
_sources: list[tuple[Ask, Tell]] = []


def register(provider: Provider) -> Provider:
    """Let the watch list ask this provider too; return it."""
    _providers.append(provider)
    return provider


def register_rows(ask: Ask, tell: Tell) -> None:
    """Let the watch list ask this query too, together with all others."""
    _sources.append((ask, tell))


def open_rows(
    found: QuerySet[Any],
    *,
    title: str | Combinable,
    committee: str = "",
    day: str | Combinable = "",
    owner: str = "",
    about: str = "pk",
    pk: str = "pk",
    note: str | Combinable = "",
) -> QuerySet[Any]:
    """Return the query with the columns of OpenRow: each a field's path or an expression, empty for what the subject has not."""
    nobody, no_day = Cast(Value(None), BigIntegerField()), Cast(Value(None), DateField())
    named = {
        "pk": F(pk),
        "about": F(about),
        "day": _expression(day) if day else no_day,
        "title": _expression(title),
        "committee": F(committee) if committee else nobody,
        "owner": F(owner) if owner else nobody,
        "owner_name": F(f"{owner}__username") if owner else Value("", output_field=CharField()),
        "note": _expression(note) if note else Value("", output_field=CharField()),
    }
    rows: QuerySet[Any] = found.order_by().annotate(**{f"watch_{name}": value for name, value in named.items()})
    return rows


def _expression(path: str | Combinable) -> Any:
    return F(path) if isinstance(path, str) else path


def once(rows: Sequence[OpenRow]) -> list[OpenRow]:
    """Return each thing once: with the first of its committees by name, where it concerns several."""
    chosen: dict[int, OpenRow] = {}
    for row in sorted(rows, key=lambda row: str(row.committee)):
        chosen.setdefault(row.pk, row)
    return list(chosen.values())


def simple(
    kind: str, address: str, *, key: str, ours: bool = True, falls_to: Permission = Permission.KEEP_REGISTERS
) -> Tell:
    """Return how rows are told that need nothing but the kind's word and the name of their page."""

    def tell(rows: Sequence[OpenRow], user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
        for row in rows:
            if row.day is not None and row.committee is not None:
                place = (address, (row.about,))
                yield WatchItem(
                    f"{key}-{row.pk}", row.day, kind, row.title, place, row.committee, ours, row.owner, falls_to
                )

    return tell


def watch_list(user: User, committees: Sequence[Committee]) -> list[WatchItem]:
    """Return everything open that the user may see of these committees, the nearest date first."""
    return sorted(_asked(user, committees), key=lambda item: (item.due, item.kind, item.title, item.key))


def _asked(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    for provider in _providers:
        yield from provider(user, committees)
    found = _rows(user, committees)
    for number, (_, tell) in enumerate(_sources):
        yield from tell(found[number], user, committees)


def _rows(user: User, committees: Sequence[Committee]) -> dict[int, list[OpenRow]]:
    """Return what every source's query found, by its place among them: one question to the database for all."""
    columns = [f"watch_{name}" for name in _COLUMNS]
    first, *others = (
        ask(user, committees).annotate(watch_source=Cast(Value(number), BigIntegerField())).values_list(*columns)
        for number, (ask, _) in enumerate(_sources)
    )
    by_pk = {committee.pk: committee for committee in committees}
    people: dict[int, User] = {}
    rows: dict[int, list[OpenRow]] = defaultdict(list)
    for source, pk, about, day, title, committee, owner, name, note in first.union(*others, all=True):
        if owner is not None and owner not in people:
            people[owner] = User.from_db(DEFAULT_DB_ALIAS, ("id", "username"), (owner, name))
        rows[source].append(OpenRow(pk, about, day, title, by_pk.get(committee), people.get(owner), note))
    return rows
