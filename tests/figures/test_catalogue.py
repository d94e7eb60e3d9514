"""A measure is two files, read strictly: what is wrong with them is said, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting.measures.catalogue import UnknownMeasure, measure, measures, read_catalogue
from reporting.measures.reading import DefinitionFault, read_definition

HEAD = """---
code: provmatt
version: 1
kind: share
name: Prov
numerator: de som räknas
denominator: alla
unit: percent
better: higher
source: egen
why: för att pröva
answers: ingen
next_review: 2030-01-31
case: {en: fall, flera: fall}
dimensions: [kon, alder]
activities: none
---
"""
TEXT = """## Så räknas måttet

Vi räknar **alla**.

## Exempel: ett fall

| fall | räknas |
|---|---|
| F1 | ja |
"""


def _written(folder: Path, head: str = HEAD, *, sql: bool = True) -> Path:
    subject = folder / "prov"
    subject.mkdir(exist_ok=True)
    path = subject / "provmatt.md"
    path.write_text(head + TEXT, encoding="utf-8")
    if sql:
        path.with_suffix(".sql").write_text("SELECT 1", encoding="utf-8")
    return path


def test_adding_a_measure_is_adding_two_files(tmp_path: Path) -> None:
    _written(tmp_path)
    found = read_catalogue(tmp_path)["provmatt"]
    assert (found.subject, found.sql, found.variant_names) == ("prov", "SELECT 1", ("standard",))
    assert [section.title for section in found.sections] == ["Så räknas måttet", "Exempel: ett fall"]
    [table] = found.examples[0].tables
    assert (table.header, table.rows) == (("fall", "räknas"), (("F1", "ja"),))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: 1", "version: ett", "heltal"),
        ("kind: share", "kind: andel", "share, count"),
        ("next_review: 2030-01-31", "next_review: snart", "datum"),
        ("[kon, alder]", "[kon, skostorlek]", "skostorlek"),
        ("activities: none", "activities: none\nfarg: röd", "farg"),
        ("name: Prov\n", "", "”name” saknas"),
        ("code: provmatt", "code: annat", "filen heter"),
        ("activities: none", "activities: none\nvariants: {a: {label: A, cohort: igår}}", "igår"),
        ("activities: none", "activities: none\ndefault_variant: b", "standard"),
        ("activities: none", "activities: none\ncategories: {A: Arbete}", "fördelning"),
        ("activities: none", "activities: none\ndistinct: units", "kvot"),
        ("case: {en: fall, flera: fall}", "case: fall", "flera"),
        ("kind: share", "kind: [share", "går inte att läsa"),
    ],
)
def test_a_fault_in_a_definition_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = _written(tmp_path, HEAD.replace(old, new))
    with pytest.raises(DefinitionFault, match=said.replace("[", r"\[")):
        read_definition(path)


def test_a_new_version_says_what_it_changed_and_from_when(tmp_path: Path) -> None:
    change = "{version: 2, since: 2031-01-01, what: Praktik räknas inte längre.}"
    head = HEAD.replace("version: 1", "version: 2").replace("activities:", f"changes: [{change}]\nactivities:")
    found = read_definition(_written(tmp_path, head))
    assert [(one.version, one.since.year, one.what) for one in found.changes] == [
        (2, 2031, "Praktik räknas inte längre.")
    ]
    with pytest.raises(DefinitionFault, match="varje version efter den första"):
        read_definition(_written(tmp_path, HEAD.replace("version: 1", "version: 2")))


def test_a_key_figure_to_compare_with_names_a_variant_that_exists(tmp_path: Path) -> None:
    head = HEAD.replace("activities:", "kolada: {N31825: standard, N31824: ~}\nactivities:")
    assert dict(read_definition(_written(tmp_path, head)).kolada) == {"N31825": "standard", "N31824": ""}
    with pytest.raises(DefinitionFault, match="nämner ”annan”"):
        read_definition(_written(tmp_path, head.replace("standard", "annan")))


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    head = HEAD.replace("version: 1", "version: 0").replace("unit: percent", "unit: euro")
    with pytest.raises(DefinitionFault) as caught:
        read_definition(_written(tmp_path, head, sql=False))
    assert len(caught.value.faults) == 3


def test_a_definition_without_its_head_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionFault, match="---"):
        read_definition(_written(tmp_path, "## Text\n"))


def test_an_unknown_measure_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownMeasure, match="exit_results"):
        measure("finns_ej")


@pytest.mark.parametrize("code", [each.code for each in measures()])
def test_every_measure_says_how_it_is_counted_and_what_it_does_not_say(code: str) -> None:
    found = measure(code)
    assert found.section("Så räknas måttet")
    assert found.section("Vad måttet inte säger")
