"""The addresses of the application."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from committees.converters import CommitteesConverter
from committees.views import errors

register_converter(CommitteesConverter, "committees")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("committees.urls")),
    path("", include("cases.urls")),
    path("", include("governance.urls")),
    path("", include("audits.urls")),
    # Last, because the address of figures begins with any committee's code.
    path("", include("reporting.urls")),
]

handler403 = errors.forbidden
handler404 = errors.not_found
