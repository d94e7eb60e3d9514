"""Reading a report template's TOML: everything that is wrong is said at once, in Swedish and with its line."""

from __future__ import annotations

import re
from functools import lru_cache

from committees.toml_tables import Fault, Table, TextFault, opened
from reporting.documents.models import ReportTemplateVersion
from reporting.documents.templates.model import (
    ChapterSpec,
    FigureContent,
    LeadTimes,
    PartKind,
    PartSpec,
    TemplateContent,
)
from reporting.documents.templates.reading_parts import chosen_part, written
from reporting.enums import ReportKind

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_LEAD_DAYS = 120
"""The longest lead time, in working days."""


def read(text: str) -> TemplateContent:
    """Return what the TOML says. Raises TextFault with everything that is wrong."""
    faults: list[Fault] = []
    content = _template(opened(text, faults))
    if faults:
        raise TextFault(faults)
    return content


@lru_cache(maxsize=64)
def _read_once(sha256: str, text: str) -> TemplateContent:
    del sha256
    return read(text)


def content_of(version: ReportTemplateVersion) -> TemplateContent:
    """Return what a stored version says; a version is stored only when it can be read."""
    return _read_once(version.sha256, version.text)


def _template(table: Table) -> TemplateContent:
    code = _code(table, longest=60)
    title = table.text("titel", required=True, longest=150)
    kind = table.choice("slag", ReportKind.written(), required=True)
    covers = table.text("omfattning", required=True, longest=600)
    joint = table.choice("flera_namnder", ("ja", "nej"), default="nej") == "ja"
    lead_times = _lead_times(table.table("tider")) if table.has("tider") else None
    used: set[str] = set()
    chapters = tuple(_chapter(entry, kind, used) for entry in table.tables("kapitel", required=True))
    if table.has("kapitel") and not any(chapter.parts for chapter in chapters):
        table.fault("Mallen har inga delar.", "kapitel")
    memo = _memo(table.table("tjansteskrivelse"), used) if table.has("tjansteskrivelse") else ()
    table.finish()
    return TemplateContent(code, title, kind, covers, joint, lead_times, chapters, memo)


def _memo(table: Table, used: set[str]) -> tuple[PartSpec, ...]:
    """Return the parts of the tjänsteskrivelse: texts, just one of them the proposed decision."""
    parts = tuple(_memo_part(entry, used) for entry in table.tables("delar", required=True))
    if sum(part.proposal for part in parts) != 1:
        table.fault('Tjänsteskrivelsen ska ha precis en del med forslag = "ja".', "delar")
    table.finish()
    return parts


def _memo_part(table: Table, used: set[str]) -> PartSpec:
    code = _unused(table, used)
    heading = table.text("rubrik", required=True, longest=150)
    proposal = table.choice("forslag", ("ja", "nej"), default="nej") == "ja"
    return _text_part(table, code, heading, proposal=proposal)


def _code(table: Table, *, longest: int) -> str:
    code = table.text("kod", required=True, longest=longest)
    if code and not _CODE.fullmatch(code):
        table.fault("”kod” får bara innehålla små bokstäver a–z, siffror och bindestreck.", "kod")
    return code


def _lead_times(table: Table) -> LeadTimes:
    names = ("datastopp", "textstopp", "beredning", "utskick")
    days = [table.whole(name, least=0, most=MOST_LEAD_DAYS) or 0 for name in names]
    if days != sorted(days, reverse=True):
        table.fault(
            "Stoppen ska komma i ordning: datastopp först, sedan textstopp, beredning och utskick.", "datastopp"
        )
    table.finish()
    return LeadTimes(*days)


def _chapter(table: Table, kind: str, used: set[str]) -> ChapterSpec:
    code = _unused(table, used)
    heading = table.text("rubrik", required=True, longest=150)
    parts = tuple(_part(entry, kind, used) for entry in table.tables("delar", required=True))
    table.finish()
    return ChapterSpec(code, heading, parts)


def _unused(table: Table, used: set[str]) -> str:
    code = _code(table, longest=60)
    if code in used:
        table.fault(f"Koden ”{code}” används redan av ett annat kapitel eller en annan del.", "kod")
    used.add(code)
    return code


def _part(table: Table, kind: str, used: set[str]) -> PartSpec:
    code = _unused(table, used)
    heading = table.text("rubrik", required=True, longest=150)
    of_kind = PartKind(table.choice("slag", tuple(PartKind), default=PartKind.TEXT) or PartKind.TEXT)
    if of_kind is PartKind.FIGURES:
        found = table.choice("innehall", FigureContent.of(kind) if kind else tuple(FigureContent), required=True)
        table.finish()
        return PartSpec(code, heading, of_kind, content=FigureContent(found) if found else None)
    if of_kind is PartKind.TEXT:
        return _text_part(table, code, heading)
    return chosen_part(table, PartSpec(code, heading, of_kind))


def _text_part(table: Table, code: str, heading: str, *, proposal: bool = False) -> PartSpec:
    spec = written(table, PartSpec(code, heading, PartKind.TEXT, proposal=proposal))
    table.finish()
    return spec
