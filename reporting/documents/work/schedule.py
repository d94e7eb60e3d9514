"""When a report's period begins and ends, and the stops on the way to the meeting, worked out backwards from it."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from reporting.documents.models import ReportPeriod
from reporting.documents.templates.model import LeadTimes
from reporting.documents.work.workdays import working_days_before


@dataclass(frozen=True)
class Span:
    """The period a report is about, both days included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Schedule:
    """The last days for figures, for texts, for the preparation and for sending the papers."""

    data_stop: dt.date
    text_stop: dt.date
    preparation: dt.date
    dispatch: dt.date


STATUTORY_ENDS = ("06-30", "07-31", "08-31")
"""The statutory interim report covers at least half and at most two thirds of the year, from its start (LKBR 13:1)."""


MEETING_YEARS = range(2000, 2101)
"""The years that a meeting can be in; another is mistyped."""


def end_of(period: ReportPeriod, year: int) -> dt.date:
    """Return the period's last day in the year; the last of February is written 02-29 by some."""
    month, day = (int(part) for part in period.end.split("-"))
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def span_of(period: ReportPeriod, year: int) -> Span:
    """Return the period in the year: every report tells of the year so far (LKBR 13:1: from the start of the year)."""
    return Span(dt.date(year, 1, 1), end_of(period, year))


def month_before(data_stop: dt.date) -> Span:
    """Return the last whole month before the figures stop: what a monthly sheet is about, whenever in the month one meets."""
    end = data_stop.replace(day=1) - dt.timedelta(days=1)
    return Span(end.replace(day=1), end)


def schedule_before(meeting: dt.date, leads: LeadTimes) -> Schedule:
    """Return the stops before the meeting, counted in working days."""
    return Schedule(
        working_days_before(meeting, leads.data_stop),
        working_days_before(meeting, leads.text_stop),
        working_days_before(meeting, leads.preparation),
        working_days_before(meeting, leads.dispatch),
    )


def statutory_due(end: dt.date) -> dt.date:
    """Return the day by which the council and the auditors must have the statutory interim report: two months after its
    period's end (KL 11:16), counted to the day with the same number (lagen (1930:173) om beräkning av lagstadgad tid).
    """
    year, month = (end.year, end.month + 2) if end.month <= 10 else (end.year + 1, end.month - 10)
    return dt.date(year, month, min(end.day, calendar.monthrange(year, month)[1]))
