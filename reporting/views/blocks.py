"""A document's blocks on a screen: as on paper, but for what has to scroll there."""

from __future__ import annotations

from collections.abc import Iterable

from reporting.documents.content import Block, Chapter, Chart, Table

_TEMPLATES = {Table: "reporting/public/table.html", Chart: "reporting/public/chart.html"}


def on_screen(chapter: Chapter) -> list[tuple[str, Block]]:
    """Return the chapter's blocks, each with the template that shows it on a page."""
    return with_templates(chapter.blocks)


def with_templates(blocks: Iterable[Block]) -> list[tuple[str, Block]]:
    """Return the blocks, each with the template that shows it on a page."""
    return [(_TEMPLATES.get(type(block), block.template), block) for block in blocks]
