"""The tjänsteskrivelse that goes with a report to the committee: what the department says of the matter, and what it proposes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from committees.models import Department
from reporting.documents.content import LETTER, Block, Chapter, Cover, Document, Prose, Text
from reporting.documents.layout import Edition
from reporting.documents.templates.model import PartSpec
from reporting.documents.work.composition import Composition
from reporting.documents.work.markdown import FiguresShown, html_of, references_in
from reporting.documents.work.references import Quotables, Reference
from reporting.enums import ReportKind
from reporting.figures.swedish import date_long, listed, lower_first

_ITEM = re.compile(r"^(?:[-*+]|\d+[.)])\s+")
_NEXT_SENTENCE = re.compile(r"(?<!\d)[.!?]\s+[A-ZÅÄÖ]")
_PROPOSES = "Förvaltningen föreslår att nämnden beslutar följande."
_UNWRITTEN = "Den här delen är inte skriven."
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


def proposal_of(composition: Composition) -> str:
    """Return the proposed decision as it is written, empty while it is not."""
    return next((composition.texts.get(part.code, "") for part in composition.content.memo if part.proposal), "")


def shown_proposal(composition: Composition) -> tuple[str, ...]:
    """Return the sentences of the proposed decision; where nobody has written one, that each committee approves the report."""
    written = proposed_sentences(proposal_of(composition))
    return written or tuple(f"{one.name} godkänner ”{composition.title}”." for one in composition.committees)


def memo_edition(composition: Composition, edition: Edition) -> Edition | None:
    """Return the memo that goes with the report's edition, None when its template has none. It is dated as the edition.

    References to figures in its texts show the edition's own. A part that has to be written and is not says so.
    """
    memo = composition.content.memo
    if not memo:
        return None
    figures: list[Mapping[str, object]] = list(edition.manifest.get("figures", []))  # type: ignore[call-overload]  # a manifest's figures are a list
    shown = Quotables.of(figures, end=composition.end, codes=composition.codes).shown
    chapters = [
        _chapter(spec, composition, shown) for spec in memo if spec.required or composition.texts.get(spec.code)
    ]
    chapters.insert(-1, _enclosures(composition))
    cover = letter_cover(composition, edition, "Tjänsteskrivelse", _facts(composition, edition))
    asked = {
        Reference.read(raw).measure for spec in memo for raw in references_in(composition.texts.get(spec.code, ""))
    }
    told = [figure for figure in figures if figure["measure"] in asked]
    manifest = letter_manifest(edition, ReportKind.MEMO, told)
    return replace(edition, document=Document(cover, tuple(chapters), LETTER), manifest=manifest)


def letter_cover(composition: Composition, edition: Edition, name: str, facts: tuple[tuple[str, str], ...]) -> Cover:
    """Return the head of a paper that goes with the report: its name, the report's title, and what its head tells."""
    return replace(
        edition.document.cover,
        title=f"{name}: {lower_first(composition.title)}",
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


def names_of_committees(composition: Composition) -> str:
    """Return the committees in words, in order of their names."""
    return listed(sorted(committee.name for committee in composition.committees))


def department_names(composition: Composition) -> str:
    """Return the departments under the report's committees, "Förvaltningen" when none is known."""
    names = Department.objects.filter(committees__in=composition.committees).distinct().values_list("name", flat=True)
    return listed(list(names)) if names else "Förvaltningen"


def _facts(composition: Composition, edition: Edition) -> tuple[tuple[str, str], ...]:
    told = (
        ("Diarienummer", composition.registry_number),
        ("Datum", date_long(composition.prepared_on or edition.moment.date())),
        ("Avsändare", department_names(composition)),
        ("Mottagare", names_of_committees(composition)),
    )
    return tuple((name, value) for name, value in told if value)


def _chapter(spec: PartSpec, composition: Composition, shown: FiguresShown) -> Chapter:
    text = composition.texts.get(spec.code, "")
    blocks: tuple[Block, ...]
    if spec.proposal:
        numbered = "\n".join(f"{at}. {sentence}" for at, sentence in enumerate(shown_proposal(composition), start=1))
        blocks = (Text(_PROPOSES), Prose(html_of(numbered, links=False, figures=shown)))
    elif text:
        blocks = (Prose(html_of(text, links=False, figures=shown)),)
    else:
        blocks = (Text(_UNWRITTEN, "note"),)
    return Chapter(spec.code, spec.heading, blocks, runs_on=True)


def _enclosures(composition: Composition) -> Chapter:
    version = f", version {composition.version}" if composition.version > 1 else ""
    return Chapter("bilagor", "Bilagor", (Text(f"{composition.title}{version}."),), runs_on=True)
