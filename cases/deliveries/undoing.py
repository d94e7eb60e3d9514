"""Undo a delivery: its versions go and what they superseded comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Min, QuerySet

from cases.deliveries.followers import followers
from cases.deliveries.locking import wait_for_turn
from cases.deliveries.recognising import forget_fingerprints
from cases.kinds import KINDS, PERSONS, Kind
from cases.models import Delivery, Person

_AT_A_TIME = 500


class UndoRefused(Exception):
    """The delivery cannot be undone; the text says why, in Swedish."""


@dataclass(frozen=True)
class Undone:
    """What undoing did: `removed` versions went, `restored` are current again. `later`: whether newer deliveries remain."""

    delivery: int
    removed: int
    restored: int
    later: bool


def undo_delivery(*, delivery_id: int) -> Undone:
    """Undo the delivery, the latest or an earlier one.

    A version that a later delivery superseded in its turn leaves its place to the one before it. A person whom other deliveries
    name stays known. Raises UndoRefused when there is no such delivery or something rests on it.
    """
    with transaction.atomic():
        wait_for_turn()
        delivery = Delivery.objects.filter(pk=delivery_id).first()
        if delivery is None:
            raise UndoRefused(f"Det finns ingen leverans med nummer {delivery_id}.")
        for follower in followers():
            if reason := follower.undo_refusal(delivery):
                raise UndoRefused(reason)
        for follower in followers():
            follower.delivery_undone(delivery)
        _hand_over_persons(delivery)
        outcomes = [_undo_kind(kind, delivery) for kind in KINDS]
        later = Delivery.objects.filter(pk__gt=delivery.pk).exists()
        delivery.delete()
        forget_fingerprints()
    return Undone(
        delivery_id, sum(removed for removed, _ in outcomes), sum(restored for _, restored in outcomes), later
    )


def _hand_over_persons(delivery: Delivery) -> None:
    """Let the earliest other delivery that names a person have the row that only this delivery brought.

    Such a delivery brought no row of its own because the person was known already.
    """
    brought: QuerySet[Any] = Person.objects.filter(delivery=delivery, superseded_by=None)
    known_before = Person.objects.filter(superseded_by=delivery).values("row_key")
    keys = list(brought.exclude(row_key__in=known_before).values_list("person", flat=True))
    for start in range(0, len(keys), _AT_A_TIME):
        chunk = keys[start : start + _AT_A_TIME]
        by_heir: dict[int, set[str]] = {}
        for person, heir in _heirs(chunk, delivery).items():
            by_heir.setdefault(heir, set()).add(person)
        for heir, persons in by_heir.items():
            brought.filter(person__in=persons).update(delivery_id=heir)


def _heirs(persons: list[str], delivery: Delivery) -> dict[str, int]:
    heirs: dict[str, int] = {}
    for kind in _naming_kinds():
        named: QuerySet[Any] = kind.model.objects.exclude(delivery=delivery)
        rows = named.filter(person__in=persons).order_by()
        for person, first in rows.values_list("person").annotate(first=Min("delivery_id")):
            heirs[person] = min(first, heirs.get(person, first))
    return heirs


def _naming_kinds() -> Iterator[Kind]:
    return (kind for kind in KINDS if kind is not PERSONS and "person" in kind.fields)


def _undo_kind(kind: Kind, delivery: Delivery) -> tuple[int, int]:
    """Remove the kind's versions of the delivery and return how many went and how many are current again."""
    versions = kind.model.objects
    _pass_on(kind, delivery)
    removed, _ = versions.filter(delivery=delivery).delete()
    before = versions.filter(superseded_by=delivery)
    for row_key, later in _recreated_later(kind, delivery).items():
        before.filter(row_key=row_key).update(superseded_by_id=later)
    return removed, before.update(superseded_by=None)


def _pass_on(kind: Kind, delivery: Delivery) -> None:
    """What this delivery superseded is superseded by what superseded this delivery's own version."""
    table = connection.ops.quote_name(kind.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET superseded_by_id = own.superseded_by_id FROM "
            f"(SELECT row_key, superseded_by_id FROM {table} "
            "WHERE delivery_id = %s AND superseded_by_id IS NOT NULL) AS own "
            f"WHERE {table}.superseded_by_id = %s AND {table}.row_key = own.row_key",
            [delivery.pk, delivery.pk],
        )


def _recreated_later(kind: Kind, delivery: Delivery) -> dict[str, int]:
    """The rows that this delivery ended and a later one brought anew, with the first such delivery."""
    ended = kind.model.objects.filter(superseded_by=delivery).values("row_key")
    later = kind.model.objects.filter(delivery__gt=delivery, row_key__in=ended).order_by()
    return dict(later.values_list("row_key").annotate(first=Min("delivery_id")))
