"""Texts of reports: a small Markdown, what may stand in it, and how it is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from cases.persons import numbers_in
from reporting.documents.work.references import PATTERN

LONGEST = 40_000
"""Characters in one part: some fifteen pages."""
_TOP_HEADING = 3
"""The level of a part's own first heading: the report's chapters are level 2."""
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
_KEPT_CONTROLS = "\n"
_WORD = re.compile(r"\s+|\S+")
_REFERENCE = "reference"

_CODE_OR_REFERENCE = re.compile(
    rf"(?P<code>(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|{PATTERN.pattern}", re.IGNORECASE
)
"""In a line as it stands: a code span, which is text whatever is in it, or a reference."""

FiguresShown = Callable[[str], str]
"""From what a reference asks for to what stands in the text. Raises ReferenceFault."""


@cache
def _parser() -> MarkdownIt:
    """Paragraphs, headings, lists, quotations, emphasis and links, and references to figures. HTML is text, and pictures and
    tables have their own parts. A line that is typed is a line: those the decision is sent to stand one on each.
    """
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.disable(["html_block", "html_inline", "image", "code", "fence"])
    parser.inline.ruler.before("emphasis", _REFERENCE, _reference)
    parser.add_render_rule(_REFERENCE, _rendered)
    return parser


def _rendered(_: object, tokens: Sequence[Token], at: int, *_given: object) -> str:
    return escapeHtml(tokens[at].content)


def _reference(state: StateInline, *silent: bool) -> bool:
    """Take a reference as one piece, before its signs are read as emphasis."""
    found = PATTERN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not any(silent):
        token = state.push(_REFERENCE, "", 0)
        token.content, token.info = found[0], found[1].strip()
    state.pos = found.end()
    return True


def references_in(text: str) -> list[str]:
    """Return what each reference in the text asks for, in order."""
    if "{{" not in text:
        return []
    return [one.info for token in _parser().parse(text) for one in token.children or () if one.type == _REFERENCE]


def cleaned(text: str) -> str:
    """Return the text as it is stored: one kind of line end, composed letters, no control or direction marks.

    Raises ValidationError, in Swedish, for a text that is too long, names a personal number or has signs the report cannot be
    set in.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    # Each sign is looked up once: a text is cleaned every time it is saved as somebody types.
    marks = [sign for sign in set(text) if sign not in _KEPT_CONTROLS and unicodedata.category(sign) in {"Cc", "Cf"}]
    text = text.translate(dict.fromkeys(map(ord, marks)))
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    if len(text) > LONGEST:
        raise ValidationError(
            {
                "text": f"Texten är för lång: {len(text)} tecken, och en del får ha högst {LONGEST}. Dela upp eller korta den."
            }
        )
    if any(certain for _, certain in numbers_in(text, timezone.localdate())):
        raise ValidationError(
            {"text": "Texten innehåller ett personnummer. Ta bort det: en rapport ska inte peka ut någon."}
        )
    foreign = [sign for sign in dict.fromkeys(text) if not _can_be_set(sign)]
    if foreign:
        shown = " ".join(foreign[:10])
        raise ValidationError(
            {"text": f"De här tecknen går inte att sätta i rapporten: {shown} Ta bort eller ersätt dem."}
        )
    return text


def _can_be_set(sign: str) -> bool:
    """Whether the report's typeface has the sign: European letters, digits, punctuation; no emoji or other pictures."""
    category = unicodedata.category(sign)
    if category[0] == "L":
        return unicodedata.name(sign, "").startswith(_SCRIPTS) or ord(sign) < 0x250
    return (category[0] in "NPZS" and ord(sign) < 0x2300 and category != "Nl") or sign == "\n"


def plain_of(text: str, figures: FiguresShown | None = None) -> str:
    """Return a line as it stands, with its figures but in code; no other mark in it is read. Raises what `figures` raises."""
    if figures is None:
        return text
    return _CODE_OR_REFERENCE.sub(lambda found: found[0] if found["code"] else figures(_asked(found)), text)


def references_in_plain(text: str) -> list[str]:
    """Return what each reference that `plain_of` gives a figure for asks for, in order."""
    return [_asked(found) for found in _CODE_OR_REFERENCE.finditer(text) if not found["code"]]


def _asked(found: re.Match[str]) -> str:
    """Return what the reference asks for: the last group, as in PATTERN."""
    return str(found.groups()[-1]).strip()


def html_of(
    text: str, *, top: int = _TOP_HEADING, links: bool = True, figures: FiguresShown | None = None
) -> SafeString:
    """Return the text as HTML: only the tags of paragraphs, headings, lists, quotations, emphasis and links.

    `top` is the level of the first heading. Without `links` an address is written out after what leads to it, as on paper.
    `figures` gives what stands for a reference; without it references stand as they are written. Raises what it raises.
    """
    parser = _parser()
    tokens = parser.parse(text)
    level = top - 1
    for token in tokens:
        if token.type == "heading_open":
            # No level is skipped, whatever was written: who listens to the text finds the way by its headings.
            level = min(level + 1, int(token.tag[1]) - 1 + top, 6)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"
        if token.type == "inline" and not links:
            token.children = list(_written_out(token.children or ()))
        for one in token.children or ():
            if figures and one.type == _REFERENCE:
                one.content = figures(one.info)
    # The parser escapes everything that is not its own tags, and refuses addresses that run programs.
    return SafeString(parser.renderer.render(tokens, parser.options, {}))


def _written_out(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens of a line with each link's address in brackets after its text."""
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            yield Token("text", "", 0, content=f" ({address})")
        else:
            yield token


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """Return the later text in pieces, in order: ("same", …), ("removed", …) and ("added", …), word by word."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[tuple[str, str]] = []
    for what, i, j, k, m in SequenceMatcher(a=old, b=new).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(("removed", "".join(old[i:j])))
        if k < m:
            pieces.append(("added", "".join(new[k:m])))
    return pieces
