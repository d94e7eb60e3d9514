"""What the figures rest on: snapshots and the deliveries in them."""

from __future__ import annotations

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from cases.models import Delivery
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from reporting.snapshots.models import Snapshot
from reporting.tables import DeliveryTable, SnapshotTable, WarningTable


@require_GET
@needs(Permission.SEE_DELIVERIES)
def source_list(request: UserRequest) -> HttpResponse:
    """List the snapshots and the deliveries, newest first."""
    snapshots = SnapshotTable(
        Snapshot.objects.latest_first().annotate(report_count=Count("reports")).defer("manifest"),
        prefix="u-",
        order_by=request.GET.getlist("u-sort"),
    )
    snapshots.paginate(page=request.GET.get("u-page", 1), per_page=20)
    deliveries = DeliveryTable(
        Delivery.objects.select_related("by").annotate(
            file_count=Count("files"), new=Sum("files__new"), changed=Sum("files__changed"), ended=Sum("files__ended")
        ),
        prefix="l-",
        order_by=request.GET.getlist("l-sort") or "-at",
    )
    deliveries.paginate(page=request.GET.get("l-page", 1), per_page=20)
    return render(request, "reporting/source_list.html", {"snapshots": snapshots, "deliveries": deliveries})


@require_GET
@needs(Permission.SEE_DELIVERIES)
def source_snapshot(request: UserRequest, fingerprint: str) -> HttpResponse:
    """Show one snapshot: its fingerprint, tables and the reports that rest on it."""
    snapshot = get_object_or_404(Snapshot.objects.select_related("by", "latest_delivery"), hash=fingerprint)
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
    """Show one delivery: its files, what they changed, and what was taken although it looked odd."""
    delivery = get_object_or_404(Delivery.objects.select_related("by").prefetch_related("files"), pk=pk)
    warnings = WarningTable(delivery.warnings.all(), order_by=request.GET.getlist("sort"))
    warnings.paginate(page=request.GET.get("page", 1), per_page=50)
    return render(request, "reporting/source_delivery.html", {"delivery": delivery, "warnings": warnings})
