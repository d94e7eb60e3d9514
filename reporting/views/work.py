"""Reports on their way: the calendar, setting one up, its overview, and reading it whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from committees.middleware import UserRequest
from committees.models import Change, Committee
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import Writing, write
from reporting.documents.models import BoardReport, BoardReportCommittee, Publication, ReportPeriod, ReportTemplate
from reporting.documents.publication.newer import newer_figures
from reporting.documents.publication.papers import made_with
from reporting.documents.templates.reading import content_of
from reporting.documents.work.demands import demands_seen
from reporting.documents.work.drafts import draft_of
from reporting.documents.work.lead_times import lead_times_of, municipal_lead_times
from reporting.documents.work.meetings import meetings_of, proposed_meetings
from reporting.documents.work.moving import BY_COMMITTEE, moves_open_to
from reporting.documents.work.policies import held_for_report, own_committees, require_secretary
from reporting.documents.work.reading import is_figure, not_read_yet, read, record_look
from reporting.documents.work.selectors import calendar_of, edition_of_report, written_of
from reporting.documents.work.setting_up import Assignment, reschedule, set_up_correction, set_up_report
from reporting.enums import ReportKind, ReportState
from reporting.views.blocks import on_screen
from reporting.views.work_forms import CorrectionForm, FactsForm, SetUpForm


def board_report(request: UserRequest, pk: int) -> BoardReport:
    """Return a report the reader may see; 404 for others."""
    related = ("template_version__template", "snapshot", "created_by", "corrects")
    visible = BoardReport.objects.visible_to(request.user).select_related(*related).defer("snapshot__manifest")
    meetings = Prefetch("meetings", BoardReportCommittee.objects.select_related("committee", "approved_by"))
    return get_object_or_404(visible.prefetch_related(meetings), pk=pk)


def _year(request: UserRequest) -> int:
    asked = request.GET.get("ar", "")
    return int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else timezone.localdate().year


def _day(request: UserRequest) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        return None


@require_GET
@needs(Permission.WRITE_REPORTS)
def report_work_calendar(request: UserRequest) -> HttpResponse:
    """Show what the reader's committees are to report of a year, and how far each report has come."""
    year = _year(request)
    sheets = BoardReport.objects.visible_to(request.user).filter(kind=ReportKind.MONTHLY, end__year=year)
    context = {
        "year": year,
        "rows": calendar_of(request.user, year),
        "sheets": sheets.exclude(state=ReportState.WITHDRAWN).prefetch_related("meetings__committee"),
        "may_make": request.access.may(Permission.MAKE_REPORTS),
        "meetings": meetings_of(request.user, year),
        "makes_for": request.access.committees_with(Permission.MAKE_REPORTS),
        "today": timezone.localdate(),
        "lead_times": municipal_lead_times(),
    }
    return render(request, "reporting/report_work_calendar.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_new(request: UserRequest) -> HttpResponse:
    """Set up a report."""
    if not ReportTemplate.objects.exists():
        return redirect("report_work_templates")
    first, in_time = _first(request)
    form = SetUpForm(request.POST or None, access=request.access, initial=first, in_time=in_time)

    def save(values: dict[str, Any]) -> str:
        template: ReportTemplate = values["template"]
        wanted = Assignment(
            template.versions.order_by("-number")[0],
            form.meetings(),
            period=values["period"],
            year=values["year"],
            registry_number=values["registry_number"],
        )
        report = set_up_report(wanted, by=request.user)
        return f"”{report.title}” är upplagd. Texterna ska vara klara {report.text_stop.isoformat()}."

    lead = "Datumen för datastopp, texter, beredning och utskick räknas bakåt från sammanträdet."
    back = reverse("report_work_calendar")
    return write(request, form, Writing("Lägg upp en rapport", "Lägg upp rapporten", back, "Kalender", lead=lead), save)


def _first(request: UserRequest) -> tuple[dict[str, Any], Mapping[Committee, dt.date]]:
    """Return what the form begins with, and the next meeting that the report is in time for in each of the own committees.

    The form begins with the period that the address asks for, a template of its kind, and the meetings: of all the committees
    when the template is for several, else of the one that the address asks for or of the only one there is. The address may name
    the meeting's day too.
    """
    period = ReportPeriod.objects.filter(code=request.GET.get("period", "")).first()
    kind = period.kind if period else ReportKind.MONTHLY
    templates = ReportTemplate.objects.filter(kind=kind)
    # A template has its kind's own code before others of that kind.
    template = templates.filter(code=kind).first() or templates.first()
    year = _year(request)
    first = {"period": period.code if period else None, "template": template, "year": year}
    if template is None:
        return first, {}
    content = content_of(template.versions.order_by("-number")[0])
    own = list(Committee.objects.filter(code__in=request.access.committees_with(Permission.MAKE_REPORTS)))
    leads, today = lead_times_of(content), timezone.localdate()
    in_time = proposed_meetings(own, period=period, year=year, leads=leads, today=today)
    named = request.GET.get("namnd")
    chosen = {
        committee: day
        for committee, day in in_time.items()
        if content.joint or len(own) == 1 or committee.code == named
    }
    if day := _day(request):
        chosen = {committee: day for committee in own if committee.code == named}
    return {**first, **SetUpForm.first_days(chosen)}, in_time


@require_GET
@needs(Permission.SEE_FIGURES)
def report_work(request: UserRequest, pk: int) -> HttpResponse:
    """Show a report's overview: what is missing and who owes it, the way it has gone, and the steps that are open."""
    report = board_report(request, pk)
    held = held_for_report(request.user, report)
    chapters = written_of(report)
    moves = moves_open_to(request.user, report)
    edition = edition_of_report(report)
    draft = draft_of(report) if report.state in ReportState.in_writing() else None
    parts = [one.part for chapter in chapters for one in chapter.parts if one.part]
    changes = list(Change.objects.of(report).select_related("by"))
    context = {
        "report": report,
        "chapters": chapters,
        "draft": draft,
        "since": not_read_yet(report, draft, parts, by=request.user) if draft else None,
        "missing": [part for chapter in chapters for part in chapter.parts if part.is_missing],
        "demands": demands_seen(report, snapshot=draft.newest, user=request.user) if draft else [],
        "covers": content_of(report.template_version).covers,
        "moves": [move for move in moves if move.name not in BY_COMMITTEE],
        "may_approve": any(move.name == "approve" for move in moves),
        "own": own_committees(request.user, report, Permission.MAKE_REPORTS),
        "is_secretary": Permission.MAKE_REPORTS in held,
        "writes": request.access.may(Permission.WRITE_REPORTS),
        "later": None if draft else report.correction,
        "State": ReportState,
        "is_late": report.due and any(meeting.meeting_on > report.due for meeting in report.meetings.all()),
        "edition": edition,
        "newer": newer_figures(edition) if edition and report.state in ReportState.decided_on() else None,
        "papers": made_with(report),
        "publication": None if draft else Publication.objects.filter(report=report).first(),
        "changes": changes,
        "stepped_back": _stepped_back(report, changes),
    }
    return render(request, "reporting/report_work.html", context)


def _stepped_back(report: BoardReport, changes: list[Change]) -> Change | None:
    """Return the step that made the report a draft again or withdrew it, of its changes with the newest first; else None."""
    if report.state not in {ReportState.DRAFT, ReportState.WITHDRAWN}:
        return None
    # Setting a report up is logged as a step from nothing.
    return next((change for change in changes if change.field == "state" and change.before), None)


@require_GET
@needs(Permission.SEE_FIGURES)
def report_work_reading(request: UserRequest, pk: int) -> HttpResponse:
    """Show the whole report as it reads now, or as it was frozen. A page that waits for figures asks whether they are there."""
    report = board_report(request, pk)
    if request.htmx:
        return HttpResponse(status=204) if draft_of(report).is_being_made else HttpResponseClientRefresh()
    reading = read(report, by=request.user)
    chapters = [
        (chapter, on_screen(chapter), any(map(is_figure, chapter.blocks))) for chapter in reading.document.chapters
    ]
    context = {
        "report": report,
        "reading": reading,
        "chapters": chapters,
        "since": record_look(report, reading, by=request.user),
        "covers": content_of(report.template_version).covers,
    }
    return render(request, "reporting/report_work_reading.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_facts(request: UserRequest, pk: int) -> HttpResponse:
    """Move a draft's meetings, with the stops before them, and give it its registry number."""
    report = board_report(request, pk)
    require_secretary(report, by=request.user)
    form = FactsForm(request.POST or None, report=report)

    def save(values: dict[str, Any]) -> str:
        changed = reschedule(
            report,
            meetings=form.meetings(),
            registry_number=values["registry_number"],
            read_as=values["read_as"],
            why=values["why"],
            by=request.user,
        )
        return f"Uppgifterna är sparade. Texterna ska vara klara {changed.text_stop.isoformat()}."

    lead = "Flytta rapporten när ett sammanträde ändras eller nämnden återremitterar. Stoppen räknas om; perioden är densamma."
    back = reverse("report_work", args=[report.pk])
    title = "Ändra sammanträde och diarienummer"
    page = Writing(title, "Spara", back, report.title, lead, first_values=FactsForm.first_values)
    return write(request, form, page, save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_correction(request: UserRequest, pk: int) -> HttpResponse:
    """Set up the next version of a report that has been decided on."""
    report = board_report(request, pk)
    form = CorrectionForm(request.POST or None, report=report)

    def save(values: dict[str, Any]) -> str:
        corrected = set_up_correction(report, meetings=form.meetings(), why=values["why"], by=request.user)
        return f"Version {corrected.version} är upplagd som utkast. Den beslutade rapporten är oförändrad."

    back = reverse("report_work", args=[report.pk])
    lead = "Det som nämnden har beslutat om ändras inte. Rättelsen blir en ny version med ett eget beslut."
    return write(request, form, Writing("Rätta rapporten", "Lägg upp en ny version", back, report.title, lead), save)
