"""Steering documents and agreements: the register, a document's page, and keeping it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
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
from governance.actions.documents import add_document, change_document
from governance.filters.documents import DocumentFilter
from governance.forms.documents import DocumentForm
from governance.models import SteeringDocument
from governance.policies import may_keep
from governance.selectors.documents import age_in_years, findings, with_organisation
from governance.tables.documents import DocumentTable, decided_by
from governance.views.registers import Register, kept_or_404, leading_back, register_page

REGISTER = Register("styrdokument", "governance/document_list.html", DocumentFilter, DocumentTable, "title")

_FIELDS = (
    "title", "kind", "decided_by", "decided_by_name", "decided_on", "paragraph", "valid_from", "valid_to", "review_by",
    "counterparty", "replaced_by", "owner", "note",
)  # fmt: skip

_writing = leading_back("steering_document")


@require_GET
@needs(Permission.SEE_STEERING)
def document_list(request: UserRequest) -> HttpResponse:
    """Show the register that the reader may see, with what is wrong with each document today."""
    return register_page(request, _documents(request), REGISTER, may_add=request.access.may(Permission.KEEP_REGISTERS))


@require_GET
@needs(Permission.SEE_STEERING)
def document_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one document."""
    document = get_object_or_404(_documents(request), pk=pk)
    today = timezone.localdate()
    context = {
        "document": document,
        "decided_by": decided_by(document),
        "age": age_in_years(document, today),
        "findings": findings(document, today),
        "replaces": document.replaces.visible_to(request.user),
        "routines": document.routines.visible_to(request.user),
        "may_keep": may_keep(request.access, document.committees.all()),
        "changes": Change.objects.of(document).select_related("by"),
    }
    return render(request, "governance/document_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def document_new(request: UserRequest) -> HttpResponse:
    """Enter a document."""
    form = _form(request, None)

    def save(values: dict[str, Any]) -> str:
        values.pop("read_as")
        add_document(by=request.user, **values)
        return "Dokumentet är infört i registret."

    back = reverse("steering_documents")
    return write(request, form, Writing("För in ett dokument", "För in", back, "Styrdokument"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def document_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what the register says of a document."""
    document = kept_or_404(request, _documents(request), pk)
    form = _form(request, document)

    def save(values: dict[str, Any]) -> str:
        change_document(document, by=request.user, **values)
        return "Sparat."

    return write(request, form, _writing(document, "Ändra dokumentet", "Spara"), save)


def _documents(request: UserRequest) -> QuerySet[SteeringDocument]:
    return with_organisation(SteeringDocument.objects.visible_to(request.user))


def _form(request: UserRequest, document: SteeringDocument | None) -> DocumentForm:
    others = SteeringDocument.objects.visible_to(request.user).order_by("title")
    if document is None:
        return DocumentForm(request.POST or None, access=request.access, others=others)
    first = {name: getattr(document, name) for name in _FIELDS}
    first |= {"committees": document.committees.all(), "units": document.units.all()}
    return DocumentForm(
        request.POST or None,
        access=request.access,
        others=others.exclude(pk=document.pk),
        read_as=document.revision,
        owner=document.owner,
        initial=first,
    )
