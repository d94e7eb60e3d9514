"""Texts and figures put together: a document whose chapters stand as a report's template says, with what people have written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.documents.content import Block, Chapter, Document, Heading, Prose, Text

_SHORT = 1_500
"""How many characters of texts a chapter may have and still follow on the same page as the one before."""
_TEXTS = (Prose, Text, Heading)


@dataclass(frozen=True)
class Figures:
    """The place of a chapter with figures, by its anchor; `heading`: what it is called where it is one of several."""

    anchor: str
    heading: str = ""


@dataclass(frozen=True)
class WrittenPart:
    """A part under its heading: a text, a table, or what the template has chosen to show."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class WrittenChapter:
    """A chapter as the template has it: its own parts, and places for figures, in order."""

    anchor: str
    title: str
    pieces: tuple[WrittenPart | Figures, ...]


def arranged(document: Document, written: Sequence[WrittenChapter]) -> Document:
    """Return the document with the written chapters among its own.

    Chapters with figures that no written chapter has a place for stay after the one they stood after. A written chapter without
    anything in it is left out. A few lines of text are given no page of their own, unless they are the first chapter.
    """
    own = {chapter.anchor: chapter for chapter in document.chapters}
    placed = {piece.anchor for chapter in written for piece in chapter.pieces if isinstance(piece, Figures)}
    followers = _followers(document, placed)
    chapters = list(followers.get("", ()))
    for chapter in written:
        if made := _chapter(chapter, own):
            chapters.append(made)
        for piece in chapter.pieces:
            if isinstance(piece, Figures):
                chapters += followers.get(piece.anchor, [])
    laid_out = (
        replace(chapter, runs_on=at > 0 and (chapter.runs_on or _is_short(chapter.blocks)))
        for at, chapter in enumerate(chapters)
    )
    return replace(document, chapters=tuple(laid_out))


def _followers(document: Document, placed: set[str]) -> dict[str, list[Chapter]]:
    """Return the chapters that have no place of their own by the anchor of the placed one that they follow."""
    found: dict[str, list[Chapter]] = {}
    before = ""
    for chapter in document.chapters:
        if chapter.anchor in placed:
            before = chapter.anchor
        else:
            found.setdefault(before, []).append(chapter)
    return found


def _chapter(written: WrittenChapter, own: dict[str, Chapter]) -> Chapter | None:
    """Return the chapter with its parts and figures; a lone part needs no heading besides the chapter's.

    Where several chapters with figures have come together, each keeps its anchor, on a heading of its own.
    """
    figures = [own[piece.anchor] for piece in written.pieces if isinstance(piece, Figures) and piece.anchor in own]
    blocks: list[Block] = []
    for piece in written.pieces:
        if isinstance(piece, WrittenPart):
            blocks += [Heading(piece.heading), *piece.blocks] if len(written.pieces) > 1 else piece.blocks
        elif piece.anchor in own:
            several = len(figures) > 1
            anchor = "" if own[piece.anchor] is figures[0] else piece.anchor
            blocks += [Heading(piece.heading, anchor)] if several else []
            blocks += own[piece.anchor].blocks
    if not blocks:
        return None
    first = figures[0] if figures else None
    return Chapter(
        first.anchor if first else written.anchor, written.title, tuple(blocks), first.runs_on if first else False
    )


def _is_short(blocks: Sequence[Block]) -> bool:
    """Tell whether the blocks are a few lines of text: no page for themselves, with most of it empty."""
    texts = [block.html if isinstance(block, Prose) else block.text for block in blocks if isinstance(block, _TEXTS)]
    return len(texts) == len(blocks) and sum(map(len, texts)) <= _SHORT
