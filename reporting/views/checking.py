"""The public page where anybody can see whether a file is a report that was made here, byte for byte."""

from __future__ import annotations

import hashlib

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reporting.documents.verifying import LARGEST, registered


class CheckForm(forms.Form):
    """The file to check."""

    report = forms.FileField(
        label="Rapporten som PDF",
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": "Välj en fil.", "empty": "Filen är tom."},
    )


# Nothing is changed by it and nobody is known by it: a token would only ask for a cookie.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_check(request: HttpRequest) -> HttpResponse:
    """Compare the bytes of a file with the register of reports, and nothing else: what is inside it is not read.

    So the answer is the same for every file that is not a report of ours, whatever it holds.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        # Refused before a byte of it is read.
        return render(request, "reporting/report_check.html", {"form": CheckForm(), "too_large": True}, status=413)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    shown: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        sha256 = _hash(form.cleaned_data["report"])
        shown |= {"checked": True, "sha256": sha256, "report": registered(sha256)}
    return render(request, "reporting/report_check.html", shown)


def _hash(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()
