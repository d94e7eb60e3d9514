"""Links that keep a page's filters."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

register = template.Library()


@register.simple_tag
def query_with(request: HttpRequest, *pairs: object) -> str:
    """Return the page's query string with names and values put in, given in turn; an empty value takes the name away."""
    query = request.GET.copy()
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        if value in (None, ""):
            query.pop(str(name), None)
        else:
            query[str(name)] = str(value)
    return f"?{query.urlencode()}"
