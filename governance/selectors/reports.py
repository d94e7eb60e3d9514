"""The stops of reports on their way on the watch list: when figures, texts and papers are owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from committees.models import Committee, User
from governance.watch import Ask, OpenRow, Tell, WatchItem, open_rows, register_rows
from reporting.documents.models import BoardReport
from reporting.documents.work.selectors import STOPS_AHEAD, meetings_ahead


def _ahead(stop: str) -> Ask:
    def ask(user: User, committees: Sequence[Committee]) -> QuerySet[Any]:
        """Return the stop of the committees' open reports that the user may see; who set the report up answers for it."""
        states = STOPS_AHEAD[stop]
        found = meetings_ahead(user, committees).filter(report__state__in=states, **{f"report__{stop}__isnull": False})
        return open_rows(
            found,
            pk="report",
            about="report",
            day=f"report__{stop}",
            title="report__title",
            committee="committee",
            owner="report__created_by",
        )

    return ask


def _told(stop: str) -> Tell:
    name = str(BoardReport._meta.get_field(stop).verbose_name)  # type: ignore[union-attr]  # a plain field

    def tell(rows: Sequence[OpenRow], _user: User, _committees: Sequence[Committee]) -> Iterator[WatchItem]:
        for row in rows:
            if row.day is not None and row.committee is not None:
                yield WatchItem(
                    key=f"board-report-{row.pk}-{name}-{row.committee.code}",
                    due=row.day,
                    kind="rapport",
                    title=f"{row.title}: {name}",
                    page=("report_work", (row.about,)),
                    committee=row.committee,
                    owner=row.owner,
                )

    return tell


for _stop in STOPS_AHEAD:
    register_rows(_ahead(_stop), _told(_stop))
