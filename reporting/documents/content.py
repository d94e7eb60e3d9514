"""What a document is made of: chapters of blocks. Plain frozen values that a template lays out and tests can read.

Every number stands here as the reader sees it, after disclosure control: nothing later in the way to the PDF knows more.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from committees.csv_files import neutralised
from reporting.figures.swedish import MINUS, NBSP
from reporting.figures.symbols import legend_under

MOST_PRINTED = 40
"""Rows of a table of figures that paper shows; of a longer one it shows FIRST_PRINTED."""
FIRST_PRINTED = 25
MOST_TOGETHER, MOST_WORDS_TOGETHER = 28, 4
"""Rows of a table, of figures and of nothing but words, that are kept on one page."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its text, and how it is set.

    `status` is the key of a target status (met, nearly, not_met, not_measured). `picture` is an SVG that stands before the text.
    """

    text: str
    strong: bool = False
    status: str = ""
    picture: str = ""
    small: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its heading, whether its cells are figures (set to the right) and its width in percent of the table's."""

    heading: str
    width: int
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    """A table with one row of headings; the first cell of each row is the row's own heading.

    `name` names the embedded file, `caption` says what and in which unit, `note` stands under it. `may_divide`: it may go over
    to another page however short it is, for a paper of a page or two.
    """

    template: ClassVar[str] = "documents/table.html"
    number: int
    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    has_total: bool = False
    may_divide: bool = False

    def __post_init__(self) -> None:
        """Refuse a row that does not fill the columns."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"tabell {self.number}: en rad har {len(row)} celler och tabellen {len(self.columns)}")

    @property
    def label(self) -> str:
        """How the table is referred to."""
        return f"Tabell{NBSP}{self.number}"

    @property
    def anchor(self) -> str:
        """Its place in the document."""
        return f"tabell-{self.number}"

    @property
    def file_name(self) -> str:
        """The name of the embedded file."""
        return f"{self.file_stem}.csv"

    @property
    def file_stem(self) -> str:
        """The name of its file without the ending, as an address has it."""
        return f"tabell-{self.number:02d}-{self.name}"

    @property
    def head(self) -> tuple[tuple[Column, str], ...]:
        """The columns with the class that sets them."""
        return tuple((column, "number" if column.numeric else "text") for column in self.columns)

    @property
    def body(self) -> Iterator[tuple[Cell, tuple[tuple[Cell, str], ...]]]:
        """The rows: the heading cell, and the others with the class that sets them."""
        for row in self.rows:
            yield row[0], tuple(zip(row[1:], (style for _, style in self.head[1:]), strict=True))

    @property
    def is_long(self) -> bool:
        """Whether it may be divided between pages: rows of words are taller, and kept together they would leave pages empty."""
        return self.may_divide or len(self.rows) > (MOST_WORDS_TOGETHER if self.is_of_words else MOST_TOGETHER)

    @property
    def is_of_words(self) -> bool:
        """Whether no column holds figures."""
        return not any(column.numeric for column in self.columns)

    @property
    def is_cut(self) -> bool:
        """Whether paper shows its first rows only: a table of figures of more than a page; what is in words is read whole."""
        return len(self.rows) > MOST_PRINTED and not self.is_of_words

    @property
    def printed(self) -> Iterator[tuple[Cell, tuple[tuple[Cell, str], ...]]]:
        """The rows as paper has them, set as `body` sets them: of a long table the first ones, and its total."""
        for at, row in enumerate(self.body, start=1):
            if not self.is_cut or at <= FIRST_PRINTED or (self.has_total and at == len(self.rows)):
                yield row

    @property
    def cut_in_words(self) -> str:
        """What is said under a table that is cut: how much of it stands here, and where the whole is; empty for others."""
        if not self.is_cut:
            return ""
        total = " och summan" if self.has_total else ""
        shown = f"Här står de {FIRST_PRINTED} första av {len(self.rows)} rader{total}."
        return f"{shown} Hela tabellen finns i den bifogade filen {self.file_name}."

    @property
    def legend(self) -> str:
        """What the signs in the table mean, empty where there are none."""
        numeric = [column.numeric for column in self.columns]
        cells = ((cell.text, figures) for row in self.rows for cell, figures in zip(row, numeric, strict=True))
        return legend_under(cells, self.note)

    def csv(self) -> bytes:
        """Return the table as an embedded file: the same rows and columns, UTF-8 with BOM, semicolons, numbers without spaces."""
        written = io.StringIO()
        writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
        writer.writerow([plain(column.heading) for column in self.columns])
        for row in self.rows:
            writer.writerow([plain(cell.text) for cell in row])
        return b"\xef\xbb\xbf" + written.getvalue().encode()


def plain(text: str) -> object:
    """Return a number as a spreadsheet reads it ("-1234,5"); other text with ordinary spaces, and never as a formula."""
    bare = text.replace(NBSP, "").replace(MINUS, "-")
    if bare.lstrip("+-").replace(",", "", 1).isdigit():
        return bare.removeprefix("+")
    return neutralised(text.replace(NBSP, " "))


@dataclass(frozen=True)
class Text:
    """A paragraph. `style`: lead (opens a chapter), body, note."""

    template: ClassVar[str] = "documents/text.html"
    text: str
    style: str = "body"


@dataclass(frozen=True)
class Prose:
    """What somebody has written, as HTML of paragraphs, headings, lists, quotations and emphasis."""

    template: ClassVar[str] = "documents/prose.html"
    html: SafeString


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter; `anchor` makes it a place in the table of contents."""

    template: ClassVar[str] = "documents/heading.html"
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart with its caption above and its source below; its numbers stand in `table`, which it refers to."""

    template: ClassVar[str] = "documents/chart.html"
    number: int
    caption: str
    svg: str
    note: str = ""

    @property
    def label(self) -> str:
        """How the chart is referred to."""
        return f"Diagram{NBSP}{self.number}"

    @property
    def anchor(self) -> str:
        """Its place in the document."""
        return f"diagram-{self.number}"


@dataclass(frozen=True)
class Headline:
    """One figure writ large: value and unit, what it is, of how many, how it stands to its target and the year before."""

    value: str
    unit: str
    what: str
    basis: str
    against_target: str
    change: str
    status: str


@dataclass(frozen=True)
class Headlines:
    """The figures that open the report."""

    template: ClassVar[str] = "documents/headlines.html"
    headlines: tuple[Headline, ...]


@dataclass(frozen=True)
class Box:
    """A text set apart: how a measure is counted, what needs explaining. `items` are set as a list after the paragraphs."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Boxes:
    """One box over the page's width, or two beside each other."""

    template: ClassVar[str] = "documents/boxes.html"
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Definition:
    """A measure's place in the chapter on method: names and values in order."""

    template: ClassVar[str] = "documents/definition.html"
    title: str
    anchor: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[tuple[str, str], ...] = ()


Block = Text | Prose | Heading | Chart | Table | Headlines | Boxes | Definition


@dataclass(frozen=True)
class Chapter:
    """A chapter: it begins on a page of its own unless `runs_on`."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    runs_on: bool = False

    @property
    def sections(self) -> tuple[Heading, ...]:
        """Its headings that have a place in the table of contents."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.anchor)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True)
class Cover:
    """What the cover says. `version`, `as_of` and `snapshot` are empty for a paper that rests on no snapshot.

    `facts`: what the head of a letter tells, names and values in order.
    """

    title: str
    subject: str
    committees: str
    municipality: str
    registry_number: str
    version: str
    date: str
    as_of: str
    snapshot: str
    keywords: str = "helårsrapport, uppföljning, arbetsmarknad, sfi, ekonomiskt bistånd"
    facts: tuple[tuple[str, str], ...] = ()


REPORT = "documents/report.html"
"""The layout with a cover and a table of contents."""
LETTER = "documents/letter.html"
"""The layout of a letter: its head and then its text, on as few pages as it takes."""


FEWEST_LISTED = 12
"""With fewer charts and tables than this a document has no list of them: the month's sheet has a handful."""


@dataclass(frozen=True)
class Document:
    """A whole document, ready to be laid out as `form` says."""

    cover: Cover
    chapters: tuple[Chapter, ...]
    form: str = REPORT

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in order."""
        return tuple(table for chapter in self.chapters for table in chapter.tables)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in order."""
        return tuple(block for chapter in self.chapters for block in chapter.blocks if isinstance(block, Chart))

    @property
    def listed(self) -> tuple[tuple[str, tuple[Chart, ...] | tuple[Table, ...]], ...]:
        """The charts and the tables under their headings, where there are so many that a reader needs a list to find one."""
        if len(self.charts) + len(self.tables) < FEWEST_LISTED:
            return ()
        return tuple((name, found) for name, found in (("Diagram", self.charts), ("Tabeller", self.tables)) if found)
