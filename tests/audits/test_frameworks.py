"""Frameworks: written as TOML, refused with every fault and its line, kept in versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from audits.actions.frameworks import (
    DELIVERED,
    deliver_frameworks,
    store_framework,
)
from audits.frameworks.model import MeasureEvidence, QuestionKind, SampleEvidence
from audits.frameworks.reading import content_of, read
from audits.models import Framework, FrameworkVersion
from committees.append_only import NeverChanged
from committees.enums import Role
from committees.toml_tables import TextFault
from committees.versioned_texts import TextOvertaken
from tests.audits.building import FIVE_GRADES, person
from tests.factories import setup_small_municipality

KPMG = (DELIVERED / "kpmg-2024-integration.toml").read_text(encoding="utf-8")
PWC = (DELIVERED / "pwc-2019-integration.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    with pytest.raises(TextFault) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


def test_the_kpmg_framework_has_eleven_questions_one_of_them_descriptive_and_five_mapping_questions() -> None:
    questions = read(KPMG).questions
    kinds = [question.kind for question in questions]
    assert kinds.count(QuestionKind.MAPPING) == 5
    assert [one.number for one in questions if one.kind is not QuestionKind.MAPPING] == [str(n) for n in range(1, 12)]
    assert [one.number for one in questions if one.kind is QuestionKind.DESCRIPTIVE] == ["3"]
    assert [(grade.word, grade.order) for grade in read(KPMG).scale.grades] == [
        ("Ja", 3),
        ("I allt väsentligt", 2),
        ("Delvis", 1),
        ("Nej", 0),
    ]


def test_every_question_of_the_pwc_framework_is_graded_for_each_body() -> None:
    content = read(PWC)
    assert [question.number for question in content.questions] == ["R", "1", "2", "3", "4", "5"]
    assert all(question.is_graded_for_each for question in content.questions)
    assert content.scale.order("Säkerställer delvis") == 1


def test_the_social_services_act_of_2001_ended_in_june_2025() -> None:
    law = next(one for one in read(KPMG).criteria if one.code == "SoL")
    assert law.in_force_on(date(2025, 6, 30))
    assert not law.in_force_on(date(2025, 7, 1))


def test_a_scale_of_five_words_is_mapped_to_the_common_order_and_keeps_its_words() -> None:
    scale = read(FIVE_GRADES).scale
    assert scale.words == (
        "Mycket god",
        "God",
        "Godtagbar",
        "Svag",
        "Bristfällig",
        "Kan ej bedömas",
        "Ej graderad",
    )
    assert [scale.order(word) for word in scale.words] == [3, 3, 2, 1, 0, None, None]


@pytest.mark.parametrize(
    ("value", "word"), [(100, "Ja"), (95, "Ja"), (94.9, "I allt väsentligt"), (50, "Delvis"), (0, "Nej"), (None, "")]
)
def test_the_first_rule_that_fits_says_what_a_figure_speaks_for(value: float | None, word: str) -> None:
    question = read(KPMG).question("8")
    assert question is not None
    follow_up = question.evidence[0]
    assert isinstance(follow_up, MeasureEvidence)
    assert follow_up.speaks_for(value) == word


def test_a_question_names_the_sample_it_calls_for() -> None:
    question = read(KPMG).question("8")
    assert question is not None
    (sample,) = [one for one in question.evidence if isinstance(one, SampleEvidence)]
    assert sample.measure == "plan_coverage"
    assert len(sample.criteria) == 4


def test_every_fault_is_said_at_once_with_its_line() -> None:
    text = """kod = "Fel Kod"
titel = "Ett ramverk"

[skala]
[[skala.grader]]
ord = "Ja"
ordning = 4
[[skala.grader]]
ord = "ja"
ordning = 1

[[avsnitt]]
rubrik = "Första"
[[avsnitt.fragor]]
nummer = "1"
fraga = "Hur?"
kriterier = ["KL"]
kort_text = "Hur"
[[avsnitt.fragor]]
nummer = "1"
[[avsnitt.fragor.underlag]]
slag = "matt"
matt = "plan_coverag"
"""
    said = faults(text)
    assert said[0] == "Rad 1: ”kod” får bara innehålla små bokstäver a–z, siffror och bindestreck."
    assert "Rad 7: ”ordning” är 4 men ska vara ett heltal från 0 till 3." in said
    assert "Rad 9: Ordet ”ja” finns redan i skalan." in said
    assert "Rad 17: Kriteriet ”KL” finns inte bland ramverkets kriterier." in said
    assert "Rad 18: ”kort_text” känns inte igen här. Menade du ”kort”?" in said
    assert "Rad 20: Frågan ”1” finns redan. Varje fråga ska ha ett eget nummer." in said
    assert "Rad 19: ”fraga” saknas: en text inom citattecken." in said
    assert any(
        one.startswith("Rad 23: ”matt” är ”plan_coverag”") and "Menade du ”plan_coverage”?" in one for one in said
    )


def test_a_broken_toml_says_where() -> None:
    assert faults('kod = "x"\ntitel = "utan slut\n') == [
        "Rad 2: Det här är inte giltig TOML: något är fel vid tecken 19."
    ]


def test_lines_inside_long_texts_are_not_taken_for_keys() -> None:
    text = FIVE_GRADES.replace('upphov = "Provbyrån"', 'anmarkning = """\n[[avsnitt]]\nkod = 1\n"""\nupphof = "x"')
    (only,) = faults(text)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one.startswith("upphof"))
    assert only == f"Rad {line}: ”upphof” känns inte igen här. Menade du ”upphov”?"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('ord = "God"\nordning = 3', 'ord = "God"\nordning = 0', "Graderna ska stå i ordning"),
        ('talar_for = "God"', 'talar_for = "Fin"', "”talar_for” är ”Fin”"),
        ("minst = 90", 'kommentar = "x"', "”kommentar” känns inte igen"),
        ("galler_till = 2025-06-30", "galler_till = 2001-06-30", "slutar gälla innan det börjar"),
        ("galler_till = 2025-06-30", 'galler_till = "2025-06-30"', "ska vara ett datum utan citattecken"),
        ('slag = "beskrivande"', 'slag = "beskrivande"\ngraderas_for = "varje_organ"', "Frågan graderas inte"),
        ('matt = "follow_up_compliance"', 'matt = "follow_up_compliance"\nvariant = "hel"', "ingen variant ”hel”"),
        (
            'matt = "follow_up_compliance"',
            'matt = "follow_up_compliance"\nurval = { favoritfarg = "grön" }',
            "kan inte delas efter ”favoritfarg”",
        ),
    ],
)
def test_what_does_not_hang_together_is_refused(old: str, new: str, says: str) -> None:
    assert old in FIVE_GRADES
    assert any(says in one for one in faults(FIVE_GRADES.replace(old, new, 1)))


def test_a_rule_without_limit_can_only_stand_last() -> None:
    text = FIVE_GRADES.replace("minst = 90\n", "", 1)
    assert any("kan bara stå sist" in one for one in faults(text))


@pytest.mark.django_db
def test_an_edit_is_a_new_version_and_the_old_one_can_neither_change_nor_go() -> None:
    first = store_framework(text=FIVE_GRADES, by=None)
    text = FIVE_GRADES.replace("Är ansvaret för uppföljningen klart?", "Vet alla vem som följer upp?")
    second = store_framework(text=text, by=None)
    assert (first.number, second.number) == (1, 2)
    assert content_of(first).questions[1].text == "Är ansvaret för uppföljningen klart?"
    assert store_framework(text=text, by=None).pk == second.pk
    with pytest.raises(NeverChanged):
        FrameworkVersion.objects.filter(pk=first.pk).update(text="")
    with pytest.raises(NeverChanged):
        FrameworkVersion.objects.filter(pk=first.pk).delete()


@pytest.mark.django_db
def test_the_delivered_frameworks_are_stored_once_and_an_edited_one_is_left_alone() -> None:
    assert [version.framework.code for version in deliver_frameworks()] == [
        "kpmg-2024-integration",
        "pwc-2019-integration",
    ]
    setup_small_municipality()
    auditor = person("revisor", Role.AUDITOR, "SN")
    kept = Framework.objects.get(code="kpmg-2024-integration")
    text = KPMG.replace("Efter KPMG 2024", "Vår egen")
    edited = store_framework(text=text, by=auditor, of=kept, read_as=1)
    assert edited in deliver_frameworks()
    assert FrameworkVersion.objects.count() == 3


@pytest.mark.django_db
def test_two_who_edit_a_framework_at_once_lose_nothing() -> None:
    setup_small_municipality()
    auditor = person("revisor", Role.AUDITOR, "SN")
    store_framework(text=FIVE_GRADES, by=auditor)
    kept = Framework.objects.get()
    mine, theirs = FIVE_GRADES.replace("Provbyrån", "Min"), FIVE_GRADES.replace("Provbyrån", "Din")
    store_framework(text=theirs, by=auditor, of=kept, read_as=1)
    with pytest.raises(TextOvertaken) as caught:
        store_framework(text=mine, by=auditor, of=kept, read_as=1)
    assert 'upphov = "Din"' in caught.value.latest.text
    assert kept.versions.count() == 2


@pytest.mark.django_db
def test_only_auditors_write_frameworks_and_a_code_that_is_taken_stays_taken() -> None:
    setup_small_municipality()
    with pytest.raises(PermissionDenied):
        store_framework(text=FIVE_GRADES, by=person("chef", Role.MANAGER, "SN"))
    auditor = person("revisor", Role.AUDITOR, "SN")
    store_framework(text=FIVE_GRADES, by=auditor)
    with pytest.raises(TextFault, match="används redan"):
        store_framework(text=FIVE_GRADES.replace("Provbyrån", "Annan"), by=auditor)


def test_the_delivered_texts_are_in_their_folder() -> None:
    assert sorted(path.stem for path in Path(DELIVERED).glob("*.toml")) == [
        "kpmg-2024-integration",
        "pwc-2019-integration",
    ]
