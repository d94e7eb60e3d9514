"""Each warning of the catalogue: silent where nothing is wrong, and said where something is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from audits.actions.audits import Body, add_source, revise_audit
from audits.actions.findings import add_observation, assess, recommend
from audits.actions.requests import ask_for
from audits.enums import SourceKind
from audits.models import Audit, AuditedBody
from audits.warnings import CATALOGUE, warnings_of
from tests.audits.building import Reviewers, committee, reviewers

pytestmark = pytest.mark.django_db
OLD_LAW, NEW_LAW = "Socialtjänstlagen (SFS 2001:453)", "Socialtjänstlagen (2025:400)"


def said(town: Reviewers, code: str) -> list[str]:
    return [caution.text for caution in warnings_of(town.fresh()) if caution.code == code]


def revise(town: Reviewers, **fields: object) -> Audit:
    audit = town.fresh()
    return revise_audit(audit, read_as=audit.revision, by=town.expert, why="Rättat", **fields)


def _ungraded(town: Reviewers) -> None:
    row = town.audit.assessments.get(question="2", body=town.body("KUN"))
    assess(
        audit=town.audit, question="2", body=town.body("KUN"), grade="", read_as=row.revision, why="Fel", by=town.expert
    )


def _without_text(town: Reviewers) -> None:
    row = town.audit.assessments.get(question="3")
    assess(audit=town.audit, question="3", grounds=" ", read_as=row.revision, by=town.expert)


def _without_grounds(town: Reviewers) -> None:
    row = town.audit.assessments.get(question="1")
    assess(audit=town.audit, question="1", grounds="", read_as=row.revision, by=town.expert)


def _without_source(town: Reviewers) -> None:
    add_observation(audit=town.audit, text="Någon sade det.", question="1", by=town.expert)


def _to_another(town: Reviewers) -> None:
    to = [Body(name="Kommunstyrelsen")]
    recommend(audit=town.audit, text="Samordna.", addressees=to, questions=["1"], by=town.expert)


def _from_no_question(town: Reviewers) -> None:
    recommend(audit=town.audit, text="Samordna.", addressees=[Body(committee("SN"))], by=town.expert)


def _weak_without_recommendation(town: Reviewers) -> None:
    row = town.audit.assessments.get(question="2", body=town.body("SN"))
    assess(
        audit=town.audit,
        question="2",
        body=town.body("SN"),
        grade="Bristfällig",
        read_as=row.revision,
        why="Nytt underlag",
        by=town.expert,
    )


def _other_committee(town: Reviewers) -> None:
    add_observation(
        audit=town.audit, text="Kultur- och fritidsnämndens rutin.", question="1", source="Rutinen", by=town.expert
    )


def _source_after_report(town: Reviewers) -> None:
    revise(town, report_date=date(2025, 3, 1))
    add_source(audit=town.audit, kind=SourceKind.DOCUMENT, text="Riktlinjer", dated=date(2025, 4, 1), by=town.expert)


def _evidence_after_report(town: Reviewers) -> None:
    revise(town, report_date=date(2025, 3, 1))
    ask_for(audit=town.audit, body=town.body("SN"), title="Rutinen", due=date(2025, 5, 1), by=town.expert)


def _response_before_report(town: Reviewers) -> None:
    revise(town, report_date=timezone.localdate())
    AuditedBody.objects.filter(pk=town.body("SN").pk).update(response_due=timezone.localdate() - timedelta(days=1))


CASES: list[tuple[str, Callable[[Reviewers], object], str]] = [
    ("ungraded_question", _ungraded, "Fråga 2 har ingen bedömning för Kultur- och utbildningsnämnden."),
    ("unanswered_description", _without_text, "Fråga 3 ska beskrivas men har ingen text."),
    ("grade_without_grounds", _without_grounds, "Fråga 1 är bedömd men saknar motivering."),
    ("observation_without_source", _without_source, "1 av iakttagelserna till fråga 1 saknar källa."),
    ("no_overall_grade", lambda town: revise(town, overall_grade=""), "Den samlade bedömningen saknas."),
    (
        "overall_outside_the_grades",
        lambda town: revise(town, overall_grade="Bristfällig"),
        "Den samlade bedömningen ”Bristfällig” är sämre än bedömningen av varje enskild fråga.",
    ),
    (
        "purpose_worded_differently",
        lambda town: revise(town, purpose_in_summary="Att bedöma om uppföljningen är effektiv."),
        "Syftet är formulerat olika i uppdraget och i sammanfattningen: ”ändamålsenlig” / ”effektiv”.",
    ),
    ("addressee_not_audited", _to_another, "Rekommendation 2 riktas till Kommunstyrelsen, som inte granskas."),
    ("recommendation_without_question", _from_no_question, "Rekommendation 2 är inte knuten till någon fråga."),
    (
        "weakness_without_recommendation",
        _weak_without_recommendation,
        "Fråga 2 är bedömd ”Bristfällig” men leder inte till någon rekommendation.",
    ),
    (
        "superseded_criterion",
        lambda town: revise(town, period_end=date(2025, 8, 31)),
        f"{OLD_LAW} slutade gälla 2025-06-30, under den granskade perioden och ersattes av {NEW_LAW} (fråga 1).",
    ),
    (
        "criterion_superseded_since",
        lambda town: revise(town, report_date=date(2025, 9, 1)),
        f"{OLD_LAW} gällde under perioden men inte längre vid rapportens datum. Den ersattes av {NEW_LAW}.",
    ),
    (
        "impossible_date",
        lambda town: revise(town, report_date=date(2024, 9, 26)),
        "Den granskade perioden slutar 2024-12-31, efter rapportens datum 2024-09-26.",
    ),
    ("impossible_date", _source_after_report, "Källan ”Riktlinjer” är daterad 2025-04-01, efter rapportens datum."),
    ("impossible_date", _evidence_after_report, "Underlaget ”Rutinen” begärs till 2025-05-01, efter rapportens datum."),
    (
        "unknown_committee",
        _other_committee,
        "I en iakttagelse till fråga 1 står ”Kultur- och fritidsnämnden”. Ingen av kommunens nämnder heter så.",
    ),
]


@pytest.mark.parametrize(("code", "wrong", "text"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)])
def test_what_goes_wrong_is_said_and_nothing_before(code: str, wrong: Callable[[Reviewers], object], text: str) -> None:
    town = reviewers()
    town.write_findings()
    revise(town, overall_grade="Godtagbar", purpose_in_summary="Att bedöma om uppföljningen är ändamålsenlig")
    assert said(town, code) == []
    wrong(town)
    assert text in said(town, code)


def test_a_grade_that_rests_on_no_observation_is_said() -> None:
    town = reviewers()
    town.write_findings()
    assert said(town, "grade_without_observation") == ["Fråga 2 är bedömd utan någon iakttagelse."]
    add_observation(audit=town.audit, text="Rutinen är klar.", question="2", source="Rutinen", by=town.expert)
    assert said(town, "grade_without_observation") == []


def test_a_response_asked_for_before_the_report_is_a_date_that_cannot_be() -> None:
    town = reviewers()
    town.write_findings()
    _response_before_report(town)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert any(text.startswith(f"Socialnämnden ska svara {yesterday}") for text in said(town, "impossible_date"))


def test_after_the_fact_check_it_is_missed_who_checked_the_facts() -> None:
    town = reviewers()
    town.prepare("completing")
    assert said(town, "no_fact_check") == ["Det framgår inte vilken funktion som har kontrollerat fakta."]
    add_source(audit=town.fresh(), kind=SourceKind.FACT_CHECK, text="Förvaltningschef", by=town.expert)
    assert said(town, "no_fact_check") == []


def test_every_warning_of_the_catalogue_has_its_test() -> None:
    tested = {case[0] for case in CASES} | {"grade_without_observation", "no_fact_check"}
    assert tested == set(CATALOGUE)
