"""The texts of reports on their way on the watch list: each falls to its writer, by the text stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Concat

from committees.models import Committee, User
from committees.permissions import Permission
from governance.watch import OpenRow, WatchItem, once, open_rows, register_rows
from reporting.documents.models import BoardReport, ReportPart
from reporting.documents.templates.reading import content_of
from reporting.documents.work.selectors import is_owed, meetings_ahead
from reporting.enums import ReportState

_EMPTY = " "
"""Ends the note of a text that nobody has begun."""


def _unfinished(user: User, committees: Sequence[Committee]) -> QuerySet[Any]:
    """Return the texts of the committees' drafts that are not marked ready; the note is the part's code."""
    drafts = meetings_ahead(user, committees).filter(report__state__in=ReportState.in_writing())
    return open_rows(
        ReportPart.objects.filter(ready_by__isnull=True, report__meetings__in=drafts.values("pk")),
        day="report__text_stop",
        title="report__title",
        committee="report__meetings__committee",
        owner="writer",
        about="report",
        note=Concat(F("code"), Case(When(text="", then=Value(_EMPTY)), default=Value(""))),
    )


def _told(rows: Sequence[OpenRow], _user: User, _committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield each text that the report cannot go on without, once; where nobody is named it falls to who makes the report."""
    found = once([row for row in rows if row.committee is not None])
    reports = BoardReport.objects.select_related("template_version__template").in_bulk({row.about for row in found})
    for row in found:
        code = row.note.removesuffix(_EMPTY)
        spec = content_of(reports[row.about].template_version).part(code)
        owed = is_owed(spec, begun=not row.note.endswith(_EMPTY))
        if owed and row.day is not None and row.committee is not None:
            yield WatchItem(
                key=f"report-part-{row.pk}",
                due=row.day,
                kind="text",
                title=f"{row.title}: {spec.heading}",
                page=("report_work_part", (row.about, code)),
                committee=row.committee,
                owner=row.owner,
                falls_to=Permission.MAKE_REPORTS,
            )


register_rows(_unfinished, _told)
