"""The register extract: a number is posted, turned into a hash and forgotten, and what is held is shown or saved as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cases.extracts.taking import take_extract
from cases.extracts.workbook import workbook
from cases.forms.extracts import ExtractForm
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs_everywhere

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AS_FILE = "fil"


@sensitive_post_parameters("person")
@sensitive_variables("form")
@require_http_methods(["GET", "POST"])
@cache_control(no_store=True, private=True)
@needs_everywhere(Permission.TAKE_EXTRACTS)
def extract(request: UserRequest) -> HttpResponse:
    """Ask whom it is about, and answer with the extract as a page or a file. The number is in no address and no answer."""
    form = ExtractForm(request.POST or None)
    taken = None
    if request.method == "POST" and form.is_valid():
        taken = take_extract(
            person=form.cleaned_data["person"], reference=form.cleaned_data["reference"], by=request.user
        )
        if request.POST.get("svar") == _AS_FILE:
            response = HttpResponse(workbook(taken), content_type=_XLSX)
            response["Content-Disposition"] = 'attachment; filename="registerutdrag.xlsx"'
            return response
    return render(request, "cases/extract.html", {"form": form, "extract": taken})
