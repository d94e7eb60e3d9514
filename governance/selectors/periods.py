"""The ends of the report periods on the watch list: that is when the committee is to say how the year goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.watch import WatchItem, register
from reporting.documents.work.schedule import end_of
from reporting.models import ReportPeriod


def next_end(period: ReportPeriod, today: dt.date) -> dt.date:
    """Return the first day, today or later, that the period ends on."""
    this = end_of(period, today.year)
    return this if this >= today else end_of(period, today.year + 1)


@register
def periods_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the next end of each report period, for the committees whose steering the user may see."""
    access = access_of(user)
    seen = access.committees_with(Permission.SEE_STEERING)
    page = reverse("report_work_calendar") if access.may(Permission.WRITE_REPORTS) else reverse("report_list")
    own = [committee for committee in committees if committee.code in seen]
    today = timezone.localdate()
    for period in ReportPeriod.objects.all():
        due = next_end(period, today)
        for committee in own:
            yield WatchItem(
                key=f"report-period-{period.code}-{due.year}-{committee.code}",
                due=due,
                kind="rapportperiod",
                title=f"{period.name} {due.year}: perioden slutar",
                url=page,
                committee=committee,
            )
