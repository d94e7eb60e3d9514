"""Reading what evidence a question calls for."""

from __future__ import annotations

from audits.frameworks.model import (
    ControlEvidence,
    DocumentEvidence,
    Evidence,
    ForumEvidence,
    MeasureEvidence,
    Rule,
    SampleEvidence,
    Scale,
)
from committees.toml_tables import Table
from governance.enums import DocumentKind
from reporting.measures.catalogue import measures
from reporting.measures.model import Measure

DOCUMENT_KINDS = {
    "reglemente": DocumentKind.REGULATIONS,
    "delegationsordning": DocumentKind.DELEGATION,
    "policy": DocumentKind.POLICY,
    "riktlinjer": DocumentKind.GUIDELINES,
    "rutin": DocumentKind.ROUTINE,
    "plan": DocumentKind.PLAN,
    "avtal": DocumentKind.AGREEMENT,
}
"""The kinds of steering documents by the words they have in a framework's text."""

_KINDS = ("matt", "styrdokument", "forum", "kontroll", "stickprov")


def read_evidence(table: Table, *, scale: Scale, graded: bool) -> Evidence | None:
    """Return the evidence that a table asks for, None when it cannot be told; the faults are noted with the table."""
    kind = table.choice("slag", _KINDS, required=True)
    found: Evidence | None = None
    if kind == "matt":
        found = _measure(table, scale, graded=graded)
    elif kind == "styrdokument":
        word = table.choice("dokumentslag", tuple(DOCUMENT_KINDS), required=True)
        about = table.text("beskrivning", longest=300)
        words = table.texts("ord")
        found = DocumentEvidence(DOCUMENT_KINDS[word], about, words=words) if word else None
    elif kind == "forum":
        found = ForumEvidence(table.text("beskrivning", required=True, longest=300), words=table.texts("ord"))
    elif kind == "kontroll":
        found = ControlEvidence(table.text("beskrivning", required=True, longest=300), words=table.texts("ord"))
    elif kind == "stickprov":
        found = _sample(table)
    if kind:
        table.finish()
    return found


def _known_measure(table: Table) -> Measure | None:
    known = {measure.code: measure for measure in measures()}
    code = table.choice("matt", tuple(known), required=True)
    return known.get(code)


def _measure(table: Table, scale: Scale, *, graded: bool) -> MeasureEvidence | None:
    measure = _known_measure(table)
    variant = table.text("variant")
    selection = _selection(table, measure)
    rules = _rules(table, scale)
    if rules and not graded:
        table.fault("Frågan graderas inte. Ta bort ”regler” eller gör frågan graderad.", "regler")
    if measure is None:
        return None
    if variant and variant not in measure.variants:
        table.fault(
            f"Måttet {measure.code} har ingen variant ”{variant}”. Det finns: {', '.join(measure.variants)}.", "variant"
        )
    return MeasureEvidence(measure.code, variant, selection, rules)


def _selection(table: Table, measure: Measure | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, values in table.items("urval"):
        listed = [values] if isinstance(values, str) else values
        if not isinstance(listed, list) or not listed or not all(isinstance(one, str) for one in listed):
            table.fault(f"Urvalet på ”{name}” ska vara en text eller en lista av texter.", "urval")
            continue
        if measure is not None and name not in measure.dimensions:
            dimensions = ", ".join(measure.dimensions)
            table.fault(f"Måttet {measure.code} kan inte delas efter ”{name}”, bara efter: {dimensions}.", "urval")
        found[name] = tuple(listed)
    return found


def _rules(table: Table, scale: Scale) -> tuple[Rule, ...]:
    found: list[Rule] = []
    words = tuple(grade.word for grade in scale.grades)
    entries = table.tables("regler")
    for number, entry in enumerate(entries, start=1):
        word = entry.choice("talar_for", words, required=True)
        at_least, at_most = entry.number("minst"), entry.number("hogst")
        if at_least is None and at_most is None and number < len(entries):
            entry.fault("Regeln saknar gräns och gäller därför alltid. En sådan regel kan bara stå sist.")
        if at_least is not None and at_most is not None and at_least > at_most:
            entry.fault("”minst” är större än ”hogst”.", "minst")
        entry.finish()
        found.append(Rule(word, at_least, at_most))
    return tuple(found)


def _sample(table: Table) -> SampleEvidence | None:
    measure = _known_measure(table)
    criteria = table.texts("kriterier", required=True)
    about = table.text("beskrivning", longest=300)
    return SampleEvidence(measure.code, criteria, about) if measure else None
