"""Accepting warnings for a while, and the calendar of deliveries."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.quality import accept_warnings, expect_delivery
from cases.deliveries.checks.catalogue import check_named
from cases.enums import DeliveredFileKind, DeliveryInterval
from cases.forms.quality import AcceptanceForm, ExpectedDeliveryForm
from cases.models import ExpectedDelivery, WarningAcceptance
from cases.quality.accepted import is_known_warning
from cases.quality.calendar import next_periods
from committees.middleware import UserRequest
from committees.models import Change
from committees.permissions import Permission
from committees.views.guards import needs_everywhere
from committees.views.writing import Writing, write


@require_http_methods(["GET", "POST"])
@needs_everywhere(Permission.DELIVER)
def source_acceptance(request: UserRequest, kind: str, check: str, column: str) -> HttpResponse:
    """Accept the warnings of one check in one column until a day, or end that."""
    if not is_known_warning(kind=kind, check=check, column=column):
        raise Http404("Ingen leverans har en sådan varning.")
    earlier = WarningAcceptance.objects.filter(kind=kind, check_id=check, column=column).select_related("by")
    form = AcceptanceForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        accepted = accept_warnings(kind=kind, check=check, column=column, by=request.user, **values)
        if accepted.expires < timezone.localdate():
            return "Varningarna godtas inte längre."
        return f"Varningarna är godtagna till och med {accepted.expires.isoformat()}."

    found = check_named(kind, check, column)
    before = [("Vad som är ovanligt", f"{column}: väntat är {found.in_words}." if found else column)]
    if found:
        before += [("Varför det spelar roll", found.advice.why), ("Så rättas det", found.advice.mend)]
    before += [
        (
            f"Godtagen {timezone.localtime(one.at):%Y-%m-%d} av {one.by.username}",
            f"{one.reason} Till och med {one.expires}.",
        )
        for one in earlier
    ]
    label = DeliveredFileKind(kind).label.lower()
    writing = Writing(
        f"Godta varningar i {label}",
        "Spara",
        reverse("source_quality"),
        "Uppgifternas kvalitet",
        "Varningarna visas för sig så länge de är godtagna, i alla leveranser. Rader och siffror ändras inte.",
        tuple(before),
    )
    return write(request, form, writing, save)


@require_GET
@needs_everywhere(Permission.DELIVER)
def source_calendar(request: UserRequest) -> HttpResponse:
    """Show which files are expected, how often and by which day, and what is waited for next."""
    today = timezone.localdate()
    waited_for = {period.expected.pk: (period, period.days_late(today)) for period in next_periods(today)}
    lines = [(expected, *waited_for.get(expected.pk, (None, 0))) for expected in ExpectedDelivery.objects.all()]
    return render(request, "cases/source_calendar.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@needs_everywhere(Permission.DELIVER)
def source_expected(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """Say when a file is expected, or change that; what file it is stays."""
    expected = None if pk is None else get_object_or_404(ExpectedDelivery, pk=pk)
    first = {name: getattr(expected, name) for name in ExpectedDeliveryForm.base_fields} if expected else {}
    form = ExpectedDeliveryForm(request.POST or None, initial=first)
    if expected is not None:
        for name in ("kind", "system"):
            form.fields[name].disabled = True

    def save(values: dict[str, Any]) -> str:
        values |= {"interval": DeliveryInterval(values["interval"]), "system": values["system"].strip()}
        return f"{expect_delivery(by=request.user, **values)} står i kalendern."

    before = tuple(
        (f"{one.field_in_words}, {timezone.localtime(one.at):%Y-%m-%d}", f"{one.before or '–'} → {one.after or '–'}")
        for one in (Change.objects.of(expected) if expected else ())
    )
    title = f"Ändra: {expected}" if expected else "Vänta en fil"
    back = reverse("source_calendar")
    return write(request, form, Writing(title, "Spara", back, "Leveranskalender", before=before), save)
