"""What the frame of every page shows: the municipality, the way around, and who is logged in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from committees.models import Municipality
from committees.permissions import Access, Permission


@dataclass(frozen=True)
class NavigationItem:
    """A link in the frame. `section` is what a page's view name begins with when it belongs under the link."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class _Registered:
    label: str
    section: str
    url_name: str
    permissions: frozenset[Permission]
    everywhere: bool


_registered: list[_Registered] = []


def register_navigation(
    label: str, *, section: str, url_name: str, permissions: Collection[Permission], everywhere: bool = False
) -> None:
    """Give the frame a link for those who hold one of the permissions; an upper room calls it when it is ready.

    `everywhere`: who holds it for a single committee has no use for the link.
    """
    _registered.append(_Registered(label, section, url_name, frozenset(permissions), everywhere))


def _items(request: HttpRequest, access: Access) -> list[NavigationItem]:
    """Return the links this person has a use for."""
    match = request.resolver_match
    section = (match.view_name if match else "").split(":")[0].split("_")[0]
    place = {}
    if match and {"committees", "year"} <= match.kwargs.keys():
        place = {"committees": match.kwargs["committees"], "year": match.kwargs["year"]}
    wanted = [
        ("Översikt", "overview", reverse("overview", kwargs=place) if place else reverse("home"), True),
        ("Mått", "measure", reverse("measure_list", kwargs=place) if place else reverse("measure_home"), True),
        *(
            (
                one.label,
                one.section,
                reverse(one.url_name),
                any(map(access.may_everywhere if one.everywhere else access.may, one.permissions)),
            )
            for one in _registered
        ),
        ("Rapporter", "report", reverse("report_list"), True),
        ("Underlag", "source", reverse("source_list"), access.may(Permission.SEE_DELIVERIES)),
        ("Läslogg", "access", reverse("access_log"), access.may(Permission.SEE_ACCESS_LOG)),
        ("Personer", "people", reverse("people_list"), access.may(Permission.MANAGE_PEOPLE)),
    ]
    return [NavigationItem(label, url, section == name) for label, name, url, shown in wanted if shown]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html shows around the page; nothing but the municipality for who is not logged in."""
    municipality = Municipality.objects.order_by("pk").first()
    shown: dict[str, Any] = {"municipality": municipality, "navigation": [], "role_in_words": ""}
    access: Access | None = getattr(request, "access", None)
    user = getattr(request, "user", None)
    if access is not None and user is not None and user.is_authenticated:
        shown["navigation"] = _items(request, access)
        shown["role_in_words"] = access.in_words()
    return shown
