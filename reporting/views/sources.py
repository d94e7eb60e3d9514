"""What the figures rest on: snapshots and the deliveries in them."""

from __future__ import annotations

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.deliveries.accounts_told import told
from cases.models import Delivery
from cases.quality.accepted import acceptances, is_accepted
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.tables import show_page
from committees.views.guards import needs, needs_everywhere
from reporting.snapshots.models import Snapshot
from reporting.tables import DeliveryTable, SnapshotTable, WarningTable
from reporting.views.sheets import answer_with_file
from reporting.views.warnings import accepted_by_kind, warnings_by_kind, warnings_one_by_one


@require_GET
@needs(Permission.SEE_DELIVERIES)
def source_list(request: UserRequest) -> HttpResponse:
    """List the snapshots and the deliveries, newest first."""
    snapshots = SnapshotTable(
        Snapshot.objects.latest_first().annotate(report_count=Count("reports")).defer("manifest"),
        prefix="u-",
        order_by=request.GET.getlist("u-sort"),
    )
    show_page(snapshots, request.GET.get("u-page"), rows=20)
    deliveries = DeliveryTable(
        Delivery.objects.select_related("by").annotate(
            file_count=Count("files"), new=Sum("files__new"), changed=Sum("files__changed"), ended=Sum("files__ended")
        ),
        prefix="l-",
        order_by=request.GET.getlist("l-sort") or "-at",
    )
    show_page(deliveries, request.GET.get("l-page"), rows=20)
    shown = {
        "snapshots": snapshots,
        "deliveries": deliveries,
        "may_deliver": request.access.may_everywhere(Permission.DELIVER),
    }
    return render(request, "reporting/source_list.html", shown)


@require_GET
@needs(Permission.SEE_DELIVERIES)
def source_snapshot(request: UserRequest, fingerprint: str) -> HttpResponse:
    """Show one snapshot: its fingerprint, tables and the reports that rest on it."""
    snapshot = get_object_or_404(Snapshot.objects.select_related("by", "latest_delivery", "disposal"), hash=fingerprint)
    reports = snapshot.reports.visible_to(request.user).prefetch_related("committees")
    tables = [
        {"name": name, "rows": facts["rows"], "sha256": facts["sha256"]}
        for name, facts in sorted(snapshot.manifest["tables"].items())
    ]
    shown = {"snapshot": snapshot, "tables": tables, "reports": reports}
    return render(request, "reporting/source_snapshot.html", shown)


@require_GET
@needs(Permission.SEE_DELIVERIES)
def source_delivery(request: UserRequest, pk: int) -> HttpResponse:
    """Show one delivery: its files, what they changed, and what was taken although it looked odd, or how much of it."""
    delivery = get_object_or_404(Delivery.objects.select_related("by", "profile").prefetch_related("files"), pk=pk)
    today = timezone.localdate()
    accepted = is_accepted(today)
    # A warning tells of one case, whichever committee's it is: only who delivers for the whole municipality reads them singly.
    row_by_row = request.access.may_everywhere(Permission.SEE_DELIVERIES)
    warnings = None
    if row_by_row:
        warnings = WarningTable(delivery.warnings.exclude(accepted), order_by=request.GET.getlist("sort"))
        show_page(warnings, request.GET.get("page"), rows=50)
    may_accept = request.access.may_everywhere(Permission.DELIVER)
    counted = {
        "open": warnings_by_kind(delivery.warnings.exclude(accepted), may_accept=may_accept),
        "accepted": accepted_by_kind(delivery.warnings.filter(accepted), acceptances(today), may_accept=may_accept),
    }
    accounts = [(file.name, told(file.accounts)) for file in delivery.files.all() if file.accounts]
    files = [
        {"label": ending.upper(), "url": reverse("source_delivery_file", args=[pk, ending])}
        for ending in ("csv", "xlsx")
    ]
    shown = {"delivery": delivery, "warnings": warnings, "counted": counted, "accounts": accounts, "files": files}
    return render(request, "reporting/source_delivery.html", shown)


@require_GET
@needs_everywhere(Permission.SEE_DELIVERIES)
def source_delivery_file(request: UserRequest, pk: int, ending: str) -> HttpResponse:
    """Return a delivery's warnings one by one as a file, for who reads them so: to be sent to where the rows can be mended."""
    delivery = get_object_or_404(Delivery, pk=pk)
    return answer_with_file(warnings_one_by_one(delivery, timezone.localdate()), ending)
