"""Taking a report on its way: steps, approvals, decisions and adjusted minutes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, write
from reporting.documents.models import BoardReport, BoardReportCommittee
from reporting.documents.work.demands import demands_seen, waive
from reporting.documents.work.moving import BY_COMMITTEE, WORKFLOW, adjust, approve, decide, move_report
from reporting.documents.work.policies import held_for_report, own_committees
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.work import board_report
from reporting.views.work_forms import AdjustmentForm, ApproveForm, DecisionForm, MoveForm, WaiverForm


def _writing(report: BoardReport, title: str, lead: str = "", **more: Any) -> Writing:
    return Writing(title, title, reverse("report_work", args=[report.pk]), report.title, lead, **more)


_LEADS = {
    "review": "Texterna låses, och underlaget fryses så att siffrorna alltid går att räkna om.",
    "return": "Texterna öppnas, och rapporten blir ett utkast igen.",
    "reopen": "Texterna öppnas. Den som har godkänt får göra det på nytt.",
    "refer_back": (
        "Skriv beslutet om återremiss och vad nämnden vill ha ändrat. Texterna öppnas. En nämnd som redan har beslutat får "
        "besluta på nytt."
    ),
    "withdraw": "En tillbakadragen rapport går inte att öppna igen. Skälet sparas.",
    "prepare": "Gör det när presidiet har gått igenom rapporten.",
    "publish": "Alla kan sedan läsa rapporten utan att logga in. Den ändras inte efteråt: en rättelse blir en ny version.",
    "archive": "Utfall gör ett paket med rapporten, siffrorna och godkännandena. Lämna det till kommunens arkiv.",
}


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def report_work_move(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Take a report a step on its way."""
    report = board_report(request, pk)
    if name in BY_COMMITTEE or name not in {move.name for move in WORKFLOW.moves}:
        raise Http404("Steget finns inte.")
    move = WORKFLOW.move(name)
    if move.permission not in held_for_report(request.user, report):
        raise refuse(move.permission)
    form = MoveForm(request.POST or None, initial={"read_as": report.revision})
    form.fields["why"].required = move.asks_why
    if not move.asks_why:
        del form.fields["why"]

    def save(values: dict[str, Any]) -> str:
        moved = move_report(report, name=name, read_as=values["read_as"], why=values.get("why", ""), by=request.user)
        return f"Läget är nu ”{moved.get_state_display()}”."

    return write(request, form, _writing(report, move.label, _LEADS[name]), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_waive(request: UserRequest, pk: int, key: str) -> HttpResponse:
    """Give the reason for going on without the explanation of an outcome."""
    report = board_report(request, pk)
    if Permission.MAKE_REPORTS not in held_for_report(request.user, report):
        raise refuse(Permission.MAKE_REPORTS)
    owing = demands_seen(report, snapshot=latest_snapshot(), user=request.user)
    demand = next((one for one in owing if one.part.key == key), None)
    if demand is None:
        raise Http404("Utfallet är förklarat, eller hör inte till rapporten.")
    form = WaiverForm(request.POST or None, initial={"reason": demand.waiver.reason if demand.waiver else ""})

    def save(values: dict[str, Any]) -> str:
        waiver = waive(report, demand, reason=values["reason"], by=request.user)
        return f"Rapporten får gå vidare utan en förklaring av ”{waiver.name}”. Skälet trycks i rapporten."

    lead = "En förklaring med en åtgärd är det som läsaren väntar sig. Gå bara vidare utan när den inte kan ges i tid."
    facts = (("Indikator", demand.part.name), ("Utfall", demand.part.value), ("Mål", demand.part.target or "–"))
    return write(request, form, _writing(report, "Gå vidare utan förklaring", lead, before=facts), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.APPROVE_REPORTS)
def report_work_approve(request: UserRequest, pk: int) -> HttpResponse:
    """Approve a report as it was read."""
    report = board_report(request, pk)
    if not own_committees(request.user, report, Permission.APPROVE_REPORTS):
        raise refuse(Permission.APPROVE_REPORTS)
    form = ApproveForm(request.POST or None, initial={"sha256": report.content_sha256})

    def save(values: dict[str, Any]) -> str:
        approved = approve(report, sha256=values["sha256"], by=request.user)
        return f"Du har godkänt rapporten. Läget är nu ”{approved.get_state_display()}”."

    lead = "Godkännandet sparas med ditt namn, tiden och kontrollsumman för just det innehåll du har läst."
    before = (("Kontrollsumma", report.content_sha256),)
    return write(request, form, _writing(report, "Godkänn rapporten", lead, before=before), save)


def _meeting(request: UserRequest, pk: int, code: str) -> BoardReportCommittee:
    """Return a committee's part in a report, for who keeps its minutes."""
    report = board_report(request, pk)
    meeting = get_object_or_404(report.meetings.select_related("committee"), committee__code=code)
    if meeting.committee not in own_committees(request.user, report, Permission.MAKE_REPORTS):
        raise refuse(Permission.MAKE_REPORTS)
    meeting.report = report
    return meeting


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_decide(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Record a committee's decision."""
    meeting = _meeting(request, pk, code)
    first = {"on": meeting.decided_on or meeting.meeting_on, "paragraph": meeting.paragraph}
    form = DecisionForm(request.POST or None, initial=first)
    if meeting.decided_on is None:
        del form.fields["why"]

    def save(values: dict[str, Any]) -> str:
        decide(meeting.report, committee=meeting.committee, by=request.user, **values)
        return f"Beslutet i {meeting.committee.name} är antecknat."

    return write(request, form, _writing(meeting.report, f"Anteckna beslut i {meeting.committee.name}"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_adjust(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Record that a committee's minutes have been adjusted."""
    meeting = _meeting(request, pk, code)
    form = AdjustmentForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        adjust(meeting.report, committee=meeting.committee, on=values["on"], by=request.user)
        return f"Justeringen i {meeting.committee.name} är antecknad."

    return write(request, form, _writing(meeting.report, f"Anteckna justering i {meeting.committee.name}"), save)
