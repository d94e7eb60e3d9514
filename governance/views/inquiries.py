"""Organisation inquiries: the register, and an inquiry's page with its matrices and what the alternatives cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from committees.middleware import UserRequest
from committees.models import Change
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import Writing, write
from governance.actions.inquiries import add_inquiry, change_inquiry
from governance.documents.inquiries import inquiry_pdf
from governance.filters.inquiries import InquiryFilter
from governance.forms.inquiries import InquiryForm, VolumeForm
from governance.models import Inquiry
from governance.policies import may_keep
from governance.selectors.inquiries import weigh, with_scores
from governance.selectors.inquiry_costs import compare, rates
from governance.tables.inquiries import InquiryTable
from governance.views.registers import Register, kept_or_404, leading_back, register_page
from reporting.views.papers import pdf_answer

REGISTER = Register("utredningar", "governance/inquiry_list.html", InquiryFilter, InquiryTable, "-decided_on")

_FIELDS = ("title", "question", "conclusion", "source", "decided_on", "owner", "volume", "volume_unit")

writing = leading_back("steering_inquiry")
"""How a part of it is written: the page leads back to it."""


@require_GET
@needs(Permission.SEE_STEERING)
def inquiry_list(request: UserRequest) -> HttpResponse:
    """Show the inquiries the reader may see, the latest first."""
    rows = with_scores(Inquiry.objects.visible_to(request.user))
    return register_page(request, rows, REGISTER, may_add=request.access.may(Permission.KEEP_REGISTERS))


@require_GET
@needs(Permission.SEE_STEERING)
def inquiry_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one inquiry: the matrices with their motives, what does not fit together, and the cost at a volume."""
    inquiry = inquiry_for(request, pk)
    asked = VolumeForm(request.GET if "antal" in request.GET else None)
    volume: Decimal | None = inquiry.volume
    if asked.is_valid() and asked.cleaned_data["antal"] is not None:
        volume = asked.cleaned_data["antal"]
    context = {
        "inquiry": inquiry,
        "weighing": weigh(inquiry),
        "volume": volume,
        "volume_form": asked,
        "rates": [(rate, rate.at(volume) if volume is not None else None) for rate in rates(inquiry)],
        "comparisons": compare(inquiry, volume),
        "may_keep": may_keep(request.access, inquiry.committees.all()),
        "changes": Change.objects.of(inquiry).select_related("by"),
    }
    return render(request, "governance/inquiry_detail.html", context)


@require_GET
@needs(Permission.SEE_STEERING)
def inquiry_paper(request: UserRequest, pk: int) -> HttpResponse:
    """Give the inquiry as a PDF."""
    inquiry = inquiry_for(request, pk)
    name = f"utredning-{pk}.pdf"
    return pdf_answer(request, lambda: inquiry_pdf(inquiry, timezone.localdate()), name, back="steering_inquiries")


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def inquiry_new(request: UserRequest) -> HttpResponse:
    """Enter an inquiry."""
    form = InquiryForm(request.POST or None, access=request.access)

    def save(values: dict[str, Any]) -> str:
        values.pop("read_as")
        add_inquiry(by=request.user, **values)
        return "Utredningen är införd. För nu in alternativen och kriterierna."

    back = reverse("steering_inquiries")
    return write(request, form, Writing("För in en utredning", "För in", back, "Utredningar"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def inquiry_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what is said of an inquiry."""
    inquiry = own_inquiry(request, pk)
    first = {name: getattr(inquiry, name) for name in _FIELDS} | {"committees": inquiry.committees.all()}
    form = InquiryForm(
        request.POST or None, access=request.access, owner=inquiry.owner, read_as=inquiry.revision, initial=first
    )

    def save(values: dict[str, Any]) -> str:
        change_inquiry(inquiry, by=request.user, **values)
        return "Sparat."

    return write(request, form, writing(inquiry, "Ändra utredningen", "Spara"), save)


def inquiry_for(request: UserRequest, pk: int) -> Inquiry:
    """Return the inquiry if the reader may see it; else there is no such page."""
    return get_object_or_404(with_scores(Inquiry.objects.visible_to(request.user)), pk=pk)


def own_inquiry(request: UserRequest, pk: int) -> Inquiry:
    """Return the inquiry if the reader may write in it. Raises PermissionDenied for who may only read it."""
    return kept_or_404(request, with_scores(Inquiry.objects.visible_to(request.user)), pk)
