"""What tables need: links that keep a page's filters, and the class of a cell."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.http import HttpRequest

register = template.Library()

_DAY = re.compile(r"\d{4}-\d\d-\d\d\b")


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


@register.simple_tag
def cell_class(column: Any, cell: object) -> str:
    """Return the class of a table's cell: the column's own, and "day" where the cell is a date, which is never broken."""
    own = str(column.attrs.get("td", {}).get("class", ""))
    return f"{own} day".strip() if _DAY.match(str(cell)) else own
