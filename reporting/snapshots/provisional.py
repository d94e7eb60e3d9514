"""The snapshot that is taken by itself after each delivery, so that pages show what was last delivered.

It is provisional: a newer one or the undoing of its delivery removes it. Only `freeze` and a report make it stay; it stays for a
while, too, when the figures of a draft rest on it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cases.kinds import KINDS, Column, ColumnType, Kind
from cases.models import Delivery
from committees.models import Municipality, User
from reporting.enums import ReportState
from reporting.snapshots.freezing import discard_folder, freeze
from reporting.snapshots.models import Snapshot

# Written down when an exit is registered, often months before they come: they do not show how far the data reaches.
_SAID_AHEAD = frozenset({"employed_from", "employed_to"})


class ProvisionalSnapshots:
    """Follows deliveries (`cases.deliveries.followers`)."""

    def delivery_taken(self, delivery: Delivery) -> None:
        """Take a provisional snapshot of the state after the delivery, and let the older ones go."""
        take_provisional(by=delivery.by)

    def undo_refusal(self, delivery: Delivery) -> str | None:
        """Say which frozen snapshot rests on the delivery, if any does."""
        resting = Snapshot.objects.frozen().filter(latest_delivery_id__gte=delivery.pk).latest_first().first()
        if resting is None:
            return None
        return (
            f"Leverans {delivery.pk} kan inte ångras: det frysta underlaget {resting.short_hash} per {resting.as_of} "
            "vilar på den. Läs in en rättelse i stället."
        )

    def delivery_undone(self, delivery: Delivery) -> None:
        """Remove the provisional snapshots that rest on the delivery; when the undoing is done, take one of what is left."""
        _remove(list(Snapshot.objects.provisional().filter(latest_delivery_id__gte=delivery.pk)))
        transaction.on_commit(take_provisional)


def take_provisional(*, by: User | None = None) -> Snapshot | None:
    """Take a provisional snapshot as of the last day the data reaches, and remove the older provisional ones.

    The date is the latest day on which something is recorded to have happened, not after today: with a later date follow-up
    windows would look elapsed although nothing is known of them. None when nothing has happened yet, or before the
    municipality is set up.
    """
    as_of = last_day_of_data()
    if as_of is None or not Municipality.objects.exists():
        return None
    snapshot = freeze(as_of=as_of, frozen=False, by=by)
    with transaction.atomic():
        # What a draft of a report shows, or somebody last saw of one, is still asked why its figures have changed.
        unused = Snapshot.objects.provisional().filter(reports__isnull=True).exclude(pk=snapshot.pk)
        _remove(list(unused.exclude(draft_figures__report__state__in=ReportState.in_writing())))
    return snapshot


def last_day_of_data() -> dt.date | None:
    """Return the latest day, today at most, on which the current rows say that something happened; None when none does."""
    today = timezone.localdate()
    days = (
        _last_day(kind, column, today)
        for kind in KINDS
        for column in kind.columns
        if column.known_from == column.field and column.field not in _SAID_AHEAD
    )
    return max((day for day in days if day is not None), default=None)


def _last_day(kind: Kind, column: Column, today: dt.date) -> dt.date | None:
    tomorrow = today + dt.timedelta(days=1)
    before = {ColumnType.MONTH: tomorrow.replace(day=1), ColumnType.YEAR: tomorrow.year}.get(column.type, tomorrow)
    rows = kind.model.objects.current().filter(**{f"{column.field}__lt": before})
    last = rows.order_by().aggregate(last=Max(column.field))["last"]
    if last is None:
        return None
    if column.type is ColumnType.YEAR:
        return dt.date(last, 12, 31)
    day: dt.date = last
    if column.type is ColumnType.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def _remove(snapshots: list[Snapshot]) -> None:
    for snapshot in snapshots:
        snapshot.delete()
        transaction.on_commit(partial(discard_folder, snapshot.hash))
