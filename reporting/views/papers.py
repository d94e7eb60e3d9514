"""Answering with a paper as a PDF."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reporting.documents.pdf import RenderingFault


def pdf_answer(request: HttpRequest, make: Callable[[], bytes], name: str, *, back: str) -> HttpResponse:
    """Return the PDF, to be kept by nobody in between; where it could not be set, say why and lead back."""
    try:
        content = make()
    except RenderingFault as fault:
        messages.error(request, str(fault))
        return redirect(back)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"},
    )
