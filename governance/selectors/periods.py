"""The ends of the report periods on the watch list: that is when the committee is to say how the year goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.watch import OpenRow, WatchItem, open_rows, register_rows
from reporting.documents.work.schedule import end_of
from reporting.models import ReportPeriod


def next_end(period: ReportPeriod, today: dt.date) -> dt.date:
    """Return the first day, today or later, that the period ends on."""
    this = end_of(period, today.year)
    return this if this >= today else end_of(period, today.year + 1)


def _all(_user: User, _committees: Sequence[Committee]) -> QuerySet[ReportPeriod]:
    """Return every report period: the municipality's calendar is no secret."""
    return open_rows(ReportPeriod.objects.all(), title="name", note=Concat("code", Value(" "), "end"))


def _told(rows: Sequence[OpenRow], user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the next end of each report period, for the committees whose steering the user may see."""
    access = access_of(user)
    seen = access.committees_with(Permission.SEE_STEERING)
    page = "report_work_calendar" if access.may(Permission.WRITE_REPORTS) else "report_list"
    today = timezone.localdate()
    for row in rows:
        code, _, end = row.note.rpartition(" ")
        due = next_end(ReportPeriod(end=end), today)
        for committee in committees:
            if committee.code in seen:
                yield WatchItem(
                    key=f"report-period-{code}-{due.year}-{committee.code}",
                    due=due,
                    kind="rapportperiod",
                    title=f"{row.title} {due.year}: perioden slutar",
                    page=(page, ()),
                    committee=committee,
                )


register_rows(_all, _told)
