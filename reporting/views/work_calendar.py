"""Keeping the calendar of reports: report periods, the committees' meetings, the municipality's lead times, and all as a file."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.middleware import UserRequest
from committees.municipality_writing import written_out
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import Writing, refused, write
from reporting.documents.models import Meeting, ReportPeriod
from reporting.documents.templates.model import LeadTimes
from reporting.documents.work.lead_times import municipal_lead_times
from reporting.documents.work.meetings import add_meeting, remove_meeting, set_lead_times
from reporting.documents.work.periods import PeriodValues, keep_period
from reporting.views.work_forms import LeadTimesForm, MeetingForm, PeriodForm

_WRITTEN = ("kommun", "namnd", "rapportperiod", "rapporttider", "sammantrade")
"""The sections of the file: the calendar, and what it refers to and cannot be read without."""


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_meeting_new(request: UserRequest) -> HttpResponse:
    """Enter a meeting of one of the person's committees."""
    form = MeetingForm(request.POST or None, access=request.access)

    def save(values: dict[str, Any]) -> str:
        meeting = add_meeting(values["committee"], values["day"], by=request.user)
        return f"Sammanträdet {meeting.day.isoformat()} i {meeting.committee.name} är inlagt."

    return write(request, form, Writing("Lägg in ett sammanträde", "Lägg in", _calendar(), "Kalender"), save)


@require_POST
@needs(Permission.MAKE_REPORTS)
def report_work_meeting_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a meeting out of the calendar."""
    codes = request.access.committees_with(Permission.MAKE_REPORTS)
    meeting = get_object_or_404(Meeting.objects.select_related("committee"), pk=pk, committee__code__in=codes)

    def act() -> str:
        remove_meeting(meeting, by=request.user)
        return f"Sammanträdet {meeting.day.isoformat()} i {meeting.committee.name} är borttaget."

    return refused(request, act, f"{_calendar()}?ar={meeting.day.year}")


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_period(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """Enter a report period, or change one; its code stays."""
    period = None if pk is None else get_object_or_404(ReportPeriod, pk=pk)
    first = {name: getattr(period, name) for name in PeriodForm.base_fields} if period else {}
    form = PeriodForm(request.POST or None, initial=first)
    form.fields["code"].disabled = period is not None

    def save(values: dict[str, Any]) -> str:
        kept = keep_period(values.pop("code"), PeriodValues(**values), new=period is None, by=request.user)
        return f"Rapportperioden ”{kept.name}” är sparad. Rapporter som redan är upplagda behåller sina datum."

    title = f"Ändra rapportperioden ”{period.name}”" if period else "Lägg in en rapportperiod"
    return write(request, form, Writing(title, "Spara", _calendar(), "Kalender"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_lead_times(request: UserRequest) -> HttpResponse:
    """Set the municipality's lead times."""
    form = LeadTimesForm(request.POST or None, initial=asdict(municipal_lead_times()))

    def save(values: dict[str, Any]) -> str:
        set_lead_times(LeadTimes(**values), by=request.user)
        return "Tiderna är sparade. Rapporter som redan är upplagda behåller sina datum."

    lead = "Arbetsdagar före sammanträdet. En mall med egna tider följer dem i stället."
    return write(request, form, Writing("Kommunens tider", "Spara", _calendar(), "Kalender", lead), save)


@require_GET
@needs(Permission.MAKE_REPORTS)
def report_work_calendar_file(request: UserRequest) -> HttpResponse:
    """Give the calendar as kommun.toml; taken in again it changes nothing."""
    del request
    answer = HttpResponse(written_out(_WRITTEN), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="kalender.toml"'
    return answer


def _calendar() -> str:
    return reverse("report_work_calendar")
