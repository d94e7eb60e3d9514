"""The ends of the report periods on the watch list: that is when the committee is to say how the year goes."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.watch import WatchItem, register
from reporting.models import ReportPeriod


def next_end(end: str, today: dt.date) -> dt.date:
    """Return the first day, today or later, that a period with this end (month-day, "08-31") ends on."""
    month, day = (int(part) for part in end.split("-"))
    this = _day(today.year, month, day)
    return this if this >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> dt.date:
    # The last of February is written 02-29 by some: other years it is the 28th.
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


@register
def periods_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the next end of each report period, for the committees whose steering the user may see."""
    seen = access_of(user).committees_with(Permission.SEE_STEERING)
    own = [committee for committee in committees if committee.code in seen]
    today = timezone.localdate()
    for period in ReportPeriod.objects.all():
        due = next_end(period.end, today)
        for committee in own:
            yield WatchItem(
                key=f"report-period-{period.code}-{due.year}-{committee.code}",
                due=due,
                kind="rapportperiod",
                title=f"{period.name} {due.year}: perioden slutar",
                url=reverse("report_list"),
                committee=committee,
            )
