"""The papers of audits, and the commands that scripts rely on."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.actions.responses import set_status
from audits.actions.verifications import verify
from audits.documents.follow_up import answer_of, register_document
from audits.documents.report import report_of
from audits.enums import AuditState
from audits.models import Addressee, AuditedBody
from audits.selectors.register import register_of
from reporting.documents.layout import html_of
from tests.audits.building import NONSENSE, reviewers
from tests.audits.test_results import an_action, answer, decided

pytestmark = pytest.mark.django_db


def listed() -> list[dict[str, object]]:
    """What `audits --format json` says."""
    heard = StringIO()
    call_command("audits", "--format", "json", stdout=heard)
    found: list[dict[str, object]] = json.loads(heard.getvalue())
    return found


def test_the_command_lists_grades_for_every_body_and_what_became_of_the_recommendations() -> None:
    town, addressee = decided()
    response = answer(town, addressee)
    an_action(town, response)
    set_status(response, status="ongoing", read_as=response.revision, by=town.secretary)
    verify(addressee, status="partly", grounds="Delvis på plats.", audit=town.fresh(), by=town.expert)
    due = AuditedBody.objects.get(committee__code="SN").response_due
    assert due is not None
    assert listed() == [
        {
            "id": town.audit.pk,
            "framework": "fem-grader",
            "commissioner": "Kommunens revisorer",
            "firm": "Provbyrån",
            "date": timezone.localdate().isoformat(),
            "overall": None,
            "assessments": [
                {"question": "1", "body": "SN", "grade": "Svag", "order": 1},
                {"question": "1", "body": "KUN", "grade": "Svag", "order": 1},
                {"question": "2", "body": "SN", "grade": "God", "order": 3},
                {"question": "2", "body": "KUN", "grade": "God", "order": 3},
                {"question": "3", "body": "SN", "grade": None, "order": None},
                {"question": "3", "body": "KUN", "grade": None, "order": None},
            ],
            "recommendations": [
                {
                    "number": "1",
                    "addressees": ["SN"],
                    "committee_status": "Pågår",
                    "verified_status": "Delvis åtgärdad",
                    "actions": 1,
                }
            ],
            "responses_due": {"SN": due.isoformat()},
        }
    ]


def test_an_audit_that_is_not_decided_is_neither_listed_nor_printed(tmp_path: Path) -> None:
    town = reviewers()
    town.prepare(AuditState.SUBMITTED)
    assert listed() == []
    out = tmp_path / "rapport.pdf"
    with pytest.raises(CommandError) as refused:
        call_command("audit_report", str(town.audit.pk), "--out", str(out))
    assert refused.value.returncode == 1
    assert not out.exists()
    with pytest.raises(CommandError) as unknown:
        call_command("audit_report", "999999", "--out", str(out))
    assert unknown.value.returncode == 2


def test_the_report_shows_each_question_with_the_firms_own_words() -> None:
    town, _ = decided()
    text = html_of(report_of(town.fresh(), "Provstad"))
    for said in (
        "Följs var och en upp varje månad?",
        "Svag",
        "Mindre än hälften följs upp.",
        "Följ upp var och en varje månad.",
        "Till nämnderna.",
        "Socialtjänstlagen",
    ):
        assert said in text
    scale = "Skalan: Mycket god, God, Godtagbar, Svag och Bristfällig."
    assert scale in text


def test_the_letter_is_not_in_the_paper_before_the_auditors_have_decided() -> None:
    town = reviewers()
    town.prepare(AuditState.FACT_CHECK)
    text = html_of(report_of(town.fresh(), "Provstad"))
    assert "Till nämnderna." not in text
    assert "utkast" in text


def test_the_report_is_the_same_pdf_each_time(tmp_path: Path) -> None:
    town, _ = decided()
    first, second = tmp_path / "en.pdf", tmp_path / "tva.pdf"
    for out in (first, second):
        call_command("audit_report", str(town.audit.pk), "--out", str(out), stdout=StringIO())
    assert first.read_bytes().startswith(b"%PDF-")
    assert first.read_bytes() == second.read_bytes()


def test_the_answer_and_the_register_say_what_is_promised_and_what_is_not() -> None:
    town, addressee = decided()
    response = answer(town, addressee)
    today = timezone.localdate()
    text = html_of(answer_of(town.fresh(), town.body("SN"), "Provstad", today))
    assert "Nämnden inför en månadslista." in text
    assert "Ingen åtgärd är upplagd." in text
    an_action(town, response)
    text = html_of(answer_of(town.fresh(), town.body("SN"), "Provstad", today))
    assert "Månadslista, klar senast 2099-06-30" in text
    rows = list(register_of(town.secretary).select_related("recommendation__audit", "committee"))
    assert "Följ upp var och en varje månad." in html_of(register_document(rows, "Provstad", today))


def test_a_draft_reaches_nobody_on_paper(client: Client) -> None:
    town = reviewers()
    town.prepare(AuditState.DRAFT)
    assert not Addressee.objects.filter(recommendation__audit__state=AuditState.DECIDED).exists()
    for user in (town.secretary, town.other_secretary, town.steward):
        client.force_login(user)
        assert client.get(reverse("audit_paper", args=[town.audit.pk])).status_code == 404
        register = client.get(reverse("audit_recommendations"), {"fil": "csv"}).content.decode()
        assert NONSENSE not in register
