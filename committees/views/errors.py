"""The pages for what is not there and what is not allowed: they say why and where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _explanation(exception: Exception) -> str:
    """Return the Swedish sentence the exception was raised with; nothing for what the router or Django itself raised."""
    said = exception.args[0] if exception.args else ""
    return said if isinstance(said, str) and said.endswith(".") else ""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return render(request, "404.html", {"explained": _explanation(exception)}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render(request, "403.html", {"explained": _explanation(exception)}, status=403)
