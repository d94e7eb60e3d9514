"""The stops of reports on their way on the watch list: when figures, texts and papers are owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from committees.models import Committee, User
from governance.watch import WatchItem, register
from reporting.documents.work.selectors import stops_due


@register
def reports_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the stops ahead of the committees' reports that the user may see; who set the report up answers for them."""
    for stop in stops_due(user, committees):
        yield WatchItem(
            key=f"board-report-{stop.report.pk}-{stop.name}-{stop.committee.code}",
            due=stop.day,
            kind="rapport",
            title=f"{stop.report.title}: {stop.name}",
            url=reverse("report_work", args=[stop.report.pk]),
            committee=stop.committee,
            owner=stop.report.created_by,
        )
