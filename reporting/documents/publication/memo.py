"""The tjänsteskrivelse that goes with a report to the committee: what the department says of the matter, and what it proposes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from committees.models import Department
from reporting.documents.annual import Edition
from reporting.documents.content import LETTER, Block, Chapter, Cover, Document, Prose, Text
from reporting.documents.models import BoardReport
from reporting.documents.work.markdown import FiguresShown, html_of, references_in
from reporting.documents.work.policies import codes_of
from reporting.documents.work.references import Quotables, Reference
from reporting.documents.work.selectors import PartShown, memo_of
from reporting.enums import ReportKind
from reporting.figures.swedish import date_long, listed, lower_first

_ITEM = re.compile(r"^(?:[-*+]|\d+[.)])\s+")
_NEXT_SENTENCE = re.compile(r"(?<!\d)[.!?]\s+[A-ZÅÄÖ]")
_PROPOSES = "Förvaltningen föreslår att nämnden beslutar följande."
_KEPT = ("format", "municipality", "committees", "year", "registry_number", "version", "snapshot", "as_of")
_KEPT_OF_TEXTS = ("title", "period", "report_version", "content")


def proposed_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a proposed decision: one a line, without the signs of a list."""
    lines = (_ITEM.sub("", line.strip()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def proposal_faults(text: str) -> list[str]:
    """Return in Swedish what keeps a proposed decision from being carried out as it stands; empty when nothing does."""
    faults = []
    for sentence in proposed_sentences(text):
        if not sentence[0].isupper() or not sentence.endswith("."):
            faults.append(f"”{sentence}” är ingen hel mening: börja med stor bokstav och sluta med punkt.")
        elif _NEXT_SENTENCE.search(sentence):
            faults.append(f"”{sentence}” är flera meningar. Skriv en mening på varje rad, med en åtgärd i varje.")
    return faults


def proposal_of(report: BoardReport) -> str:
    """Return the proposed decision as it is written, empty while it is not."""
    memo = memo_of(report)
    parts = memo.parts if memo else ()
    return next((one.part.text for one in parts if one.spec.proposal and one.part), "")


def memo_edition(report: BoardReport, edition: Edition) -> Edition | None:
    """Return the memo that goes with the report's edition, None when its template has none. It is dated as the edition.

    References to figures in its texts show the edition's own.
    """
    memo = memo_of(report)
    if memo is None:
        return None
    figures: list[Mapping[str, object]] = list(edition.manifest.get("figures", []))  # type: ignore[call-overload]  # a manifest's figures are a list
    shown = Quotables.of(figures, end=report.end, codes=codes_of(report)).shown
    chapters = [_chapter(one, shown) for one in memo.parts if one.part and one.part.text]
    chapters.insert(-1, _enclosures(report)) if chapters else chapters.append(_enclosures(report))
    document = Document(letter_cover(report, edition, "Tjänsteskrivelse", _facts(report)), tuple(chapters), LETTER)
    asked = {Reference.read(raw).measure for one in memo.parts if one.part for raw in references_in(one.part.text)}
    told = [figure for figure in figures if figure["measure"] in asked]
    return replace(edition, document=document, manifest=letter_manifest(edition, ReportKind.MEMO, told))


def letter_cover(report: BoardReport, edition: Edition, name: str, facts: tuple[tuple[str, str], ...]) -> Cover:
    """Return the head of a paper that goes with the report: its name, the report's title, and what its head tells."""
    return replace(
        edition.document.cover,
        title=f"{name}: {lower_first(report.title)}",
        subject=f"{name} till {edition.document.cover.committees}",
        facts=facts,
        keywords=name.lower(),
    )


def letter_manifest(edition: Edition, kind: ReportKind, figures: list[Mapping[str, object]]) -> dict[str, object]:
    """Return the manifest of a paper that goes with the report, with those of its figures that the paper rests on."""
    kept = {name: edition.manifest[name] for name in (*_KEPT, *_KEPT_OF_TEXTS) if name in edition.manifest}
    versions = {str(figure["measure"]): figure["version"] for figure in figures}
    measures = [{"code": code, "version": version} for code, version in sorted(versions.items())]
    return {**kept, "kind": kind, "measures": measures, "figures": figures, "tables": []}


def department_names(report: BoardReport) -> str:
    """Return the departments under the report's committees, "Förvaltningen" when none is known."""
    names = Department.objects.filter(committees__in=report.committees.all()).distinct().values_list("name", flat=True)
    return listed(list(names)) if names else "Förvaltningen"


def _facts(report: BoardReport) -> tuple[tuple[str, str], ...]:
    committees = listed(list(report.committees.order_by("name").values_list("name", flat=True)))
    told = (
        ("Diarienummer", report.registry_number),
        ("Datum", date_long(report.preparation)),
        ("Avsändare", department_names(report)),
        ("Mottagare", committees),
    )
    return tuple((name, value) for name, value in told if value)


def _chapter(one: PartShown, shown: FiguresShown) -> Chapter:
    text = one.part.text if one.part else ""
    blocks: tuple[Block, ...]
    if one.spec.proposal:
        numbered = "\n".join(f"{at}. {sentence}" for at, sentence in enumerate(proposed_sentences(text), start=1))
        blocks = (Text(_PROPOSES), Prose(html_of(numbered, links=False, figures=shown)))
    else:
        blocks = (Prose(html_of(text, links=False, figures=shown)),)
    return Chapter(one.spec.code, one.spec.heading, blocks, runs_on=True)


def _enclosures(report: BoardReport) -> Chapter:
    version = f", version {report.version}" if report.version > 1 else ""
    return Chapter("bilagor", "Bilagor", (Text(f"{report.title}{version}."),), runs_on=True)
