"""Reports: listing, making, following how far one has come, and fetching the PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.tables import show_page
from committees.views.guards import needs, refuse
from reporting.documents.actions import queue_report, report_file
from reporting.documents.models import Report
from reporting.documents.work.under_way import under_way
from reporting.enums import ReportKind, ReportStatus
from reporting.filters import ReportFilter
from reporting.forms import ReportForm
from reporting.snapshots.selectors import latest_snapshot
from reporting.tables import ReportTable, UnderWayTable
from reporting.views.place import last_full_year


@require_GET
def report_list(request: UserRequest) -> HttpResponse:
    """List the reports the reader writes for that are on their way, and the reports they may see, newest first."""
    reports = Report.objects.visible_to(request.user).prefetch_related("committees").defer("manifest")
    chosen = ReportFilter(request.GET, queryset=reports)
    table = ReportTable(chosen.qs, order_by=request.GET.getlist("sort") or "-created_at")
    show_page(table, request.GET.get("page"), rows=25)
    may_write = request.access.may(Permission.WRITE_REPORTS)
    ahead = None
    if may_write:
        ahead = UnderWayTable(under_way(request.user), prefix="v-", order_by=request.GET.getlist("v-sort"))
        show_page(ahead, request.GET.get("v-page"), rows=25)
    shown = {
        "filter": chosen,
        "table": table,
        "ahead": ahead,
        "may_make": request.access.may(Permission.MAKE_REPORTS),
        "may_write": may_write,
    }
    return render(request, "reporting/report_list.html", shown)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_new(request: UserRequest) -> HttpResponse:
    """Ask for a report; it is made by the worker, and its page tells when it is ready."""
    latest = latest_snapshot()
    if latest is None:
        return render(request, "reporting/no_snapshot.html")
    first = {
        "committees": request.access.committees_with(Permission.MAKE_REPORTS),
        "year": last_full_year(latest),
        "snapshot": latest.hash,
    }
    form = ReportForm(request.POST or None, access=request.access, initial=first)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["committees"])
        if not request.access.may_for(Permission.MAKE_REPORTS, [committee.code for committee in chosen]):
            raise refuse(Permission.MAKE_REPORTS)
        report = queue_report(
            kind=ReportKind.ANNUAL,
            committees=chosen,
            year=form.cleaned_data["year"],
            snapshot=form.cleaned_data["snapshot"],
            registry_number=form.cleaned_data["registry_number"],
            by=request.user,
        )
        messages.success(request, "Rapporten är beställd. Sidan visar när den är klar.")
        return redirect("report_detail", pk=report.pk)
    return render(request, "reporting/report_new.html", {"form": form})


def _report(request: UserRequest, pk: int) -> Report:
    reports = Report.objects.visible_to(request.user).select_related("snapshot", "created_by")
    return get_object_or_404(reports.prefetch_related("committees"), pk=pk)


@require_GET
def report_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one report: what it is about, how far it has come, the PDF."""
    report = _report(request, pk)
    template = "reporting/parts/report_status.html" if request.htmx else "reporting/report_detail.html"
    waiting = report.status in {ReportStatus.QUEUED, ReportStatus.RENDERING}
    return render(request, template, {"report": report, "waiting": waiting, "Status": ReportStatus})


@require_GET
def report_pdf(request: UserRequest, pk: int) -> FileResponse:
    """Hand out the PDF, in the browser or with `?spara=1` as a file."""
    report = _report(request, pk)
    if report.status != ReportStatus.READY:
        raise Http404("Rapporten är inte klar än.")
    committees = "-".join(committee.code.lower() for committee in report.committees.all())
    name = f"{report.kind}-{report.year}-{committees}-v{report.version}.pdf"
    return FileResponse(
        report_file(report).open("rb"),
        content_type="application/pdf",
        as_attachment="spara" in request.GET,
        filename=name,
    )
