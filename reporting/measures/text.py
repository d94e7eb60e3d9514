"""The Swedish text of a definition, cut into the sections, paragraphs and tables that it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Table:
    """A table of the text: its heading row and its rows, cells as plain text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """What stands under one second-level heading. `blocks`: paragraphs and tables in order; `source`: its markdown."""

    title: str
    blocks: tuple[str | Table, ...]
    source: str

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs and list items, in order."""
        return tuple(block for block in self.blocks if isinstance(block, str))


def sections_of(text: str) -> tuple[Section, ...]:
    """Return the sections of a markdown text; what stands before the first heading has none and is left out."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    lines = text.splitlines()
    return tuple(
        _section(tokens[start:end], lines) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)
    )


def _section(tokens: Sequence[Token], lines: Sequence[str]) -> Section:
    mapped = [token.map for token in tokens if token.map]
    first, last = mapped[0][1], max(end for _, end in mapped)
    source = "\n".join(lines[first:last]).strip()
    return Section(title=tokens[1].content.strip(), blocks=tuple(_blocks(tokens[3:])), source=source)


def _blocks(tokens: Sequence[Token]) -> Iterator[str | Table]:
    header: list[str] | None = None
    rows: list[tuple[str, ...]] = []
    row: list[str] | None = None
    for token in tokens:
        if token.type == "table_open":
            header, rows = None, []
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            if header is None:
                header = row
            else:
                rows.append(tuple(row))
            row = None
        elif token.type == "table_close" and header is not None:
            yield Table(tuple(header), tuple(rows))
        elif token.type == "inline":
            if row is None:
                yield token.content.strip()
            else:
                row.append(token.content.strip())
