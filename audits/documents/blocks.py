"""Blocks that the papers of audits share: written text as paragraphs, and how a grade is set."""

from __future__ import annotations

from collections.abc import Iterator

from audits.frameworks.model import HIGHEST_ORDER, Scale
from reporting.documents.content import Cell, Column, Text


def paragraphs(text: str, style: str = "body") -> Iterator[Text]:
    """Yield what somebody wrote, a block for each of its lines that says something."""
    for line in text.splitlines():
        if line.strip():
            yield Text(line.strip(), style)


def graded(scale: Scale, word: str) -> Cell:
    """Return the cell of a grade: the firm's own word, coloured by its place in the common order."""
    order = scale.order(word)
    status = "not_measured"
    if order is not None:
        status = {0: "not_met", HIGHEST_ORDER: "met"}.get(order, "nearly")
    return Cell(word or "Ej graderad", status=status)


def columns(*told: tuple[str, int]) -> tuple[Column, ...]:
    """Return columns of words: heading and width in percent."""
    return tuple(Column(heading, width, numeric=False) for heading, width in told)
