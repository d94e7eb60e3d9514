"""Blocks that the papers of audits are made of: written text as paragraphs, columns of words, and how a grade is set."""

from __future__ import annotations

from audits.frameworks.model import HIGHEST_ORDER, Scale
from reporting.documents.content import Cell
from reporting.documents.papers import columns, paragraphs

__all__ = ["columns", "graded", "paragraphs"]


def graded(scale: Scale, word: str) -> Cell:
    """Return the cell of a grade: the firm's own word, coloured by its place in the common order."""
    order = scale.order(word)
    status = "not_measured"
    if order is not None:
        status = {0: "not_met", HIGHEST_ORDER: "met"}.get(order, "nearly")
    return Cell(word or "Ej graderad", status=status)
