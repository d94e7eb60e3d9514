"""Reading a framework's TOML: everything that is wrong is said at once, in Swedish and with its line."""

from __future__ import annotations

import re
from functools import lru_cache

from audits.frameworks.evidence import read_evidence
from audits.frameworks.model import (
    HIGHEST_ORDER,
    Criterion,
    CriterionKind,
    FrameworkContent,
    Grade,
    GradedFor,
    Question,
    QuestionKind,
    Scale,
    Section,
)
from audits.models import FrameworkVersion
from committees.toml_tables import Fault, Table, TextFault, opened

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_WORD = 60
_LONGEST_NUMBER = 20


def read(text: str) -> FrameworkContent:
    """Return what the TOML says. Raises TextFault with everything that is wrong."""
    faults: list[Fault] = []
    content = _framework(opened(text, faults))
    if faults:
        raise TextFault(faults)
    return content


@lru_cache(maxsize=256)
def _read_once(sha256: str, text: str) -> FrameworkContent:
    del sha256
    return read(text)


def content_of(version: FrameworkVersion) -> FrameworkContent:
    """Return what a stored version says; a version is stored only when it can be read."""
    return _read_once(version.sha256, version.text)


def _framework(table: Table) -> FrameworkContent:
    code = table.text("kod", required=True, longest=60)
    if code and not _CODE.fullmatch(code):
        table.fault("”kod” får bara innehålla små bokstäver a–z, siffror och bindestreck.", "kod")
    title = table.text("titel", required=True, longest=250)
    origin = table.text("upphov", longest=150)
    note = table.text("anmarkning")
    noun = table.text("fragor_kallas", default="Revisionsfråga", longest=60)
    scale = _scale(table.table("skala"))
    criteria = _criteria(table)
    sections = _sections(table, scale, criteria)
    table.finish()
    return FrameworkContent(code, title, origin, note, noun, scale, tuple(criteria.values()), sections)


def _scale(table: Table) -> Scale:
    not_assessable = table.text("ej_bedomd", default="Kan ej bedömas", longest=_LONGEST_WORD)
    not_graded = table.text("ej_graderad", default="Ej graderad", longest=_LONGEST_WORD)
    grades: list[Grade] = []
    used = {not_assessable.casefold(), not_graded.casefold()}
    if len(used) < 2:
        table.fault("”ej_bedomd” och ”ej_graderad” är samma ord. De betyder olika saker.", "ej_bedomd")
    for entry in table.tables("grader", required=True):
        word = entry.text("ord", required=True, longest=_LONGEST_WORD)
        order = entry.whole("ordning", least=0, most=HIGHEST_ORDER)
        if word and word.casefold() in used:
            entry.fault(f"Ordet ”{word}” finns redan i skalan.", "ord")
        used.add(word.casefold())
        entry.finish()
        if order is not None:
            grades.append(Grade(word, order))
    orders = [grade.order for grade in grades]
    if orders not in (sorted(orders), sorted(orders, reverse=True)):
        table.fault(
            "Graderna ska stå i ordning, från bäst till sämst eller tvärtom, så att ”ordning” aldrig hoppar fram och tillbaka.",
            "grader",
        )
    table.finish()
    return Scale(tuple(grades), not_assessable, not_graded)


def _criteria(table: Table) -> dict[str, Criterion]:
    found: dict[str, Criterion] = {}
    for entry in table.tables("kriterier"):
        code = entry.text("kod", required=True, longest=40)
        title = entry.text("titel", required=True, longest=250)
        kind = entry.choice("slag", tuple(CriterionKind), required=True)
        designation = entry.text("beteckning", longest=100)
        valid_from, valid_to = entry.date("galler_fran"), entry.date("galler_till")
        replaced_by = entry.text("ersatts_av", longest=250)
        if valid_from and valid_to and valid_to < valid_from:
            entry.fault("Kriteriet slutar gälla innan det börjar.", "galler_till")
        if code in found:
            entry.fault(f"Kriteriet ”{code}” finns redan.", "kod")
        entry.finish()
        if code and kind:
            found[code] = Criterion(code, title, CriterionKind(kind), designation, valid_from, valid_to, replaced_by)
    return found


def _sections(table: Table, scale: Scale, criteria: dict[str, Criterion]) -> tuple[Section, ...]:
    found: list[Section] = []
    numbers: set[str] = set()
    for entry in table.tables("avsnitt", required=True):
        title = entry.text("rubrik", required=True, longest=250)
        questions = tuple(_question(one, scale, criteria, numbers) for one in entry.tables("fragor", required=True))
        entry.finish()
        found.append(Section(title, questions))
    return tuple(found)


def _question(table: Table, scale: Scale, criteria: dict[str, Criterion], numbers: set[str]) -> Question:
    number = table.text("nummer", required=True, longest=_LONGEST_NUMBER)
    if number and number in numbers:
        table.fault(f"Frågan ”{number}” finns redan. Varje fråga ska ha ett eget nummer.", "nummer")
    numbers.add(number)
    text = table.text("fraga", required=True)
    kind = QuestionKind(table.choice("slag", tuple(QuestionKind), default="graderad") or "graderad")
    each = table.choice("graderas_for", tuple(GradedFor), default="alla_tillsammans") or "alla_tillsammans"
    if table.has("graderas_for") and kind is not QuestionKind.GRADED:
        table.fault("Frågan graderas inte. Ta bort ”graderas_for” eller gör frågan graderad.", "graderas_for")
    short = table.text("kort", longest=100)
    guidance = table.text("vagledning")
    codes = table.texts("kriterier")
    for code in codes:
        if code not in criteria:
            table.fault(f"Kriteriet ”{code}” finns inte bland ramverkets kriterier.", "kriterier")
    graded = kind is QuestionKind.GRADED
    evidence = [read_evidence(one, scale=scale, graded=graded) for one in table.tables("underlag")]
    table.finish()
    return Question(
        number=number,
        text=text,
        kind=kind,
        graded_for=GradedFor(each),
        short=short,
        guidance=guidance,
        criteria=tuple(criteria[code] for code in codes if code in criteria),
        evidence=tuple(one for one in evidence if one is not None),
    )
