"""A measure's text as a page shows it."""

from __future__ import annotations

import re
from functools import cache
from itertools import count

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from reporting.measures.model import Measure

_TABLE = '<div class="table-scroll" role="region" aria-label="Tabell {}" tabindex="0"><table class="ds-table">'


@cache
def method_html(measure: Measure) -> SafeString:
    """Return the definition's Swedish text as HTML; tables get the page's own look and scroll on narrow screens.

    The text is one of the product's own files. Raw HTML in it is shown as text all the same.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    rendered: str = markdown.render(measure.text)
    numbers = count(1)
    rendered = re.sub("<table>", lambda _: _TABLE.format(next(numbers)), rendered)
    return SafeString(rendered.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">'))
