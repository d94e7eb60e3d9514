"""What has changed in a draft since somebody last looked at it: figures, old and new and why, and texts of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from committees.models import User
from reporting.documents.models import BoardReport, DraftChanges, DraftFigures, DraftLook, ReportPart
from reporting.documents.templates.reading import content_of
from reporting.figures.swedish import listed, number

VISIT = dt.timedelta(minutes=30)
"""A look that comes later than this after the last one begins a new visit: what is told is told through a whole visit."""


@dataclass(frozen=True)
class Since:
    """What has changed since the reader's last visit, which was at `at`.

    Figures as publication.changes writes them, and the texts that others have written on, each with its heading.
    """

    at: dt.datetime
    figures: Sequence[Mapping[str, str]] = ()
    texts: Sequence[tuple[ReportPart, str]] = ()

    @property
    def is_something(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.figures or self.texts)

    @property
    def in_words(self) -> str:
        """How much it is: "4 siffror och 1 text"."""
        counted = [(len(self.figures), "siffra", "siffror"), (len(self.texts), "text", "texter")]
        return listed([f"{number(count)} {one if count == 1 else many}" for count, one, many in counted if count])


def look(report: BoardReport, shown: DraftFigures | None, *, by: User) -> Since | None:
    """Record that the figures were shown to the reader, and return what has changed; None at a first look.

    `shown` is None where the report has no figures to show the reader.
    """
    turned = _turned(report, shown, by, timezone.now())
    told = {name: getattr(turned, name) for name in ("seen_id", "seen_at", "before_id", "before_at")}
    if not DraftLook.objects.filter(report=report, user=by).update(**told):
        DraftLook.objects.get_or_create(report=report, user=by, defaults=told)
    return _since(turned, None)


def unread(report: BoardReport, latest: DraftFigures | None, *, by: User, parts: Sequence[ReportPart]) -> Since | None:
    """Return what the reader would be told if the draft was shown now, and record nothing; `parts`: the report's, now."""
    return _since(_turned(report, latest, by, timezone.now()), parts)


def _turned(report: BoardReport, shown: DraftFigures | None, user: User, now: dt.datetime) -> DraftLook:
    """Return the look as it is after this one.

    What was seen last in an earlier visit is what this visit compares with, from its first page to its last.
    """
    last = DraftLook.objects.filter(report=report, user=user).first()
    turned = DraftLook(report=report, user=user, seen=shown, seen_at=now)
    if last is None:
        return turned
    same_figures = last.seen_id == (shown.pk if shown else None)
    if now - last.seen_at > VISIT or (last.before_at is None and not same_figures):
        turned.before_id, turned.before_at = last.seen_id, last.seen_at
    else:
        turned.before_id, turned.before_at = last.before_id, last.before_at
    # A reader who is shown no figures for a while has not unseen those seen before.
    turned.seen_id = turned.seen_id or last.seen_id
    return turned


def _since(turned: DraftLook, parts: Sequence[ReportPart] | None) -> Since | None:
    if turned.before_at is None:
        return None
    changes = None
    if turned.before_id and turned.before_id != turned.seen_id:
        changes = DraftChanges.objects.filter(before=turned.before_id, after=turned.seen_id).first()
    if parts is None:
        parts = list(turned.report.parts.select_related("written_by").order_by("pk"))
    content = content_of(turned.report.template_version)
    texts = [
        (part, content.part(part.code).heading)
        for part in parts
        if part.written_at and part.written_at > turned.before_at and part.written_by_id != turned.user_id
    ]
    return Since(turned.before_at, changes.changed if changes else (), texts)
