"""What every request knows about who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from committees.models import User
from committees.permissions import Access, access_of, looked_up_once


class UserRequest(HttpRequest):
    """A request as views see it: someone is logged in, and `access` is what they may do today, looked up when first asked for."""

    user: User
    access: Access
    htmx: HtmxDetails


class AccessMiddleware:
    """Put `access` on the request. Stands after the middleware that tells who the user is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access = SimpleLazyObject(lambda: access_of(request.user))  # type: ignore[attr-defined]  # see UserRequest
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with looked_up_once():
            return self.get_response(request)
