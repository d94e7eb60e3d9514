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
    anything in it is left out. The first chapter begins on a page of its own, whichever it is.
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
    first, rest = chapters[:1], chapters[1:]
    return replace(document, chapters=(*(replace(chapter, runs_on=False) for chapter in first), *rest))


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
    if not figures:
        return Chapter(written.anchor, written.title, tuple(blocks), runs_on=_is_short(blocks))
    return Chapter(figures[0].anchor, written.title, tuple(blocks), figures[0].runs_on)


def _is_short(blocks: Sequence[Block]) -> bool:
    """Tell whether the blocks are a few lines of text: no page for themselves, with most of it empty."""
    texts = [block.html if isinstance(block, Prose) else block.text for block in blocks if isinstance(block, _TEXTS)]
    return len(texts) == len(blocks) and sum(map(len, texts)) <= _SHORT
