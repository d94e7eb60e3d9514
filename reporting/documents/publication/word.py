"""A letter as a Word file (docx), for those whose case system wants one: the same headings and texts as its PDF.

It is accessible in its own right: real headings and lists, Swedish as its language, a title, numbered pages.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from reporting.documents.content import Document, Heading, Prose, Text
from reporting.documents.publication.data import packed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_LANGUAGE = "sv-SE"
_INK = "0B3B46"
_HEADINGS = {"h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = {"ul": "List Bullet", "ol": "List Number"}


def word_of(document: Document, *, moment: dt.datetime) -> bytes:
    """Return the letter as docx: the same letter gives the same bytes. Raises TypeError for a block that a letter never has."""
    import docx

    word = docx.Document()
    _set_up(word, document, moment)
    cover = document.cover
    word.add_paragraph(cover.municipality)
    word.add_heading(cover.title, level=1)
    for name, value in cover.facts:
        line = word.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(value)
    for chapter in document.chapters:
        word.add_heading(chapter.title, level=2)
        for block in chapter.blocks:
            _add(word, block)
    written = io.BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as made:
        return packed({name: made.read(name) for name in made.namelist()})


def _add(word: WordDocument, block: object) -> None:
    match block:
        case Text():
            word.add_paragraph(block.text)
        case Heading():
            word.add_heading(block.text, level=3)
        case Prose():
            _ProseWriter(word).feed(str(block.html))
        case _:
            raise TypeError(f"{type(block).__name__} has no place in a letter")


def _set_up(word: WordDocument, document: Document, moment: dt.datetime) -> None:
    """Set language, title, dates and typefaces, and number the pages "1 (2)"."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    about = word.core_properties
    about.title, about.subject, about.author = document.cover.title, document.cover.subject, document.cover.municipality
    about.language, about.keywords, about.comments = _LANGUAGE, document.cover.keywords, ""
    about.created = about.modified = moment.astimezone(dt.UTC).replace(tzinfo=None)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    word.styles["Normal"].font.size = Pt(11)
    for level in range(1, 7):
        word.styles[f"Heading {level}"].font.color.rgb = RGBColor.from_string(_INK)
    footer = word.sections[0].footer.paragraphs[0]
    _add_field(footer, "PAGE")
    footer.add_run(" (")
    _add_field(footer, "NUMPAGES")
    footer.add_run(")")


def _add_field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph.paragraph_format.element.append(field)


class _ProseWriter(HTMLParser):
    """Writes the HTML of a text (paragraphs, headings, lists, quotations, emphasis) as Word's own."""

    def __init__(self, word: WordDocument) -> None:
        super().__init__()
        self._word = word
        self._paragraph: Any = None
        self._lists: list[tuple[str, int | None]] = []
        self._styles: list[str] = []
        self._bold = self._italic = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self._paragraph = self._word.add_heading("", level=_HEADINGS[tag])
        elif tag in _LISTS:
            self._lists.append((_LISTS[tag], self._new_numbering() if tag == "ol" else None))
        elif tag == "li":
            self._begin_item()
        elif tag == "p" and not (self._lists and self._paragraph is not None):
            self._paragraph = self._word.add_paragraph(style=self._styles[-1] if self._styles else None)
        elif tag == "blockquote":
            self._styles.append("Quote")
        elif tag == "br" and self._paragraph is not None:
            self._paragraph.add_run().add_break()
        self._bold += tag == "strong"
        self._italic += tag == "em"

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS or tag in {"p", "li"}:
            self._paragraph = None
        elif tag in _LISTS:
            self._lists.pop()
        elif tag == "blockquote":
            self._styles.pop()
        self._bold -= tag == "strong"
        self._italic -= tag == "em"

    def handle_data(self, data: str) -> None:
        if self._paragraph is None:
            if not data.strip():
                return
            self._paragraph = self._word.add_paragraph()
        run = self._paragraph.add_run(data.replace("\n", " "))
        run.bold, run.italic = bool(self._bold) or None, bool(self._italic) or None

    def _begin_item(self) -> None:
        style, numbering = self._lists[-1]
        deeper = f" {len(self._lists)}" if 1 < len(self._lists) <= 3 else ""
        self._paragraph = self._word.add_paragraph(style=f"{style}{deeper}")
        if numbering is not None:
            properties = self._paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = numbering

    def _new_numbering(self) -> int:
        """Return a numbering that begins with 1: Word goes on from the list before otherwise."""
        style = self._word.styles["List Number"].element
        own = style.pPr.numPr.numId.val
        numbering = self._word.part.numbering_part.element
        abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == own)
        made = numbering.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)
