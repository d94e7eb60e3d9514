"""The calendar of deliveries: which file is expected for which period, by which day, and whether it came.

A delivery that is taken after a period's end brings that period and all before it: what a system exports is what it knows. Files
in which nothing is new are no delivery, so they are not counted as one here either.
"""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dateformat import format as formatted

from cases.enums import DeliveryInterval
from cases.models import DeliveredFile, ExpectedDelivery


@dataclass(frozen=True)
class ExpectedPeriod:
    """One period that an expected file covers. `delivered`: the day it came, None when it has not."""

    expected: ExpectedDelivery
    start: dt.date
    end: dt.date
    delivered: dt.date | None

    @property
    def due(self) -> dt.date:
        """The last day it is in time."""
        return self.end + dt.timedelta(days=self.expected.days)

    def days_late(self, today: dt.date) -> int:
        """Return by how many days it was late, or is today when it has not come; 0 or less when it is not late."""
        return ((self.delivered or today) - self.due).days

    def __str__(self) -> str:
        """Return the period in words: "mars 2025", "kvartal 1 2025"."""
        match self.expected.interval:
            case DeliveryInterval.MONTH:
                return formatted(self.start, "F Y")
            case DeliveryInterval.YEAR:
                return str(self.start.year)
        part = (self.start.month - 1) // DeliveryInterval(self.expected.interval).months + 1
        name = "kvartal" if self.expected.interval == DeliveryInterval.QUARTER else "tertial"
        return f"{name} {part} {self.start.year}"


def ended_periods(today: dt.date) -> list[ExpectedPeriod]:
    """Return every expected period that has ended, by expectation and in order of time."""
    return [period for one in _with_periods(today) for period in one if period.end < today]


def next_periods(today: dt.date) -> list[ExpectedPeriod]:
    """Return for each expectation the first period that has not come, the nearest due first; it may not have ended yet."""
    waited_for = (next((period for period in one if period.delivered is None), None) for one in _with_periods(today))
    return sorted((period for period in waited_for if period is not None), key=lambda period: period.due)


def _with_periods(today: dt.date) -> Iterator[list[ExpectedPeriod]]:
    everything = list(ExpectedDelivery.objects.all())
    delivered = _days_of_delivery({expected.kind for expected in everything})
    for expected in everything:
        days = sorted(
            day
            for (kind, system), found in delivered.items()
            if kind == expected.kind and expected.system in {"", system}
            for day in found
        )
        yield list(_periods(expected, days, today))


def _days_of_delivery(kinds: set[str]) -> Mapping[tuple[str, str], set[dt.date]]:
    found: dict[tuple[str, str], set[dt.date]] = defaultdict(set)
    files = DeliveredFile.objects.filter(kind__in=kinds).order_by()  # no kinds: no question to the database
    for kind, system, at in files.values_list("kind", "delivery__profile__system", "delivery__at"):
        found[kind, system or ""].add(timezone.localdate(at))
    return found


def _periods(expected: ExpectedDelivery, days: Sequence[dt.date], today: dt.date) -> Iterator[ExpectedPeriod]:
    """The periods from the expectation's first day to the one that is running, `days` being when such a file came."""
    months = DeliveryInterval(expected.interval).months
    start = dt.date(expected.start.year, (expected.start.month - 1) // months * months + 1, 1)
    while start <= today:
        last = start.month + months - 1
        end = dt.date(start.year, last, calendar.monthrange(start.year, last)[1])
        if expected.ended is not None and end > expected.ended:
            return
        at = bisect_right(days, end)
        yield ExpectedPeriod(expected, start, end, days[at] if at < len(days) else None)
        start = end + dt.timedelta(days=1)
