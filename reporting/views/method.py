"""A measure's text as a page shows it."""

from __future__ import annotations

from functools import cache

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from reporting.measures.model import Measure


@cache
def method_html(measure: Measure) -> SafeString:
    """Return the definition's Swedish text as HTML; tables get the page's own look and scroll on narrow screens.

    The text is one of the product's own files. Raw HTML in it is shown as text all the same.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    rendered: str = markdown.render(measure.text)
    rendered = rendered.replace(
        "<table>", '<div class="table-scroll" role="region" aria-label="Tabell" tabindex="0"><table class="ds-table">'
    ).replace("</table>", "</table></div>")
    rendered = rendered.replace("<th>", '<th scope="col">')
    return SafeString(rendered)
