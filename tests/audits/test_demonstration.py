"""The demonstration's audits: the facts of the two published ones, and the whole life of a recommendation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from audits.actions.moves import addressed_bodies
from audits.documents.papers import answer_pdf, register_pdf, report_pdf
from audits.models import Audit
from audits.selectors.overview import overview
from audits.selectors.register import Standing, register_of
from committees.models import User
from demo.accounts import add_accounts
from demo.auditing import add_audits
from tests.verapdf import assert_meets_both_standards

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KPMG_GRADES = {
    "1": "Ja",
    "2": "Ja",
    "3": None,
    "4": "Delvis",
    "5": "Ja",
    "6": "I allt väsentligt",
    "7": "Delvis",
    "8": "Delvis",
    "9": "Delvis",
    "10": "Nej",
    "11": "Nej",
    "K1": None,
    "K2": None,
    "K3": None,
    "K4": None,
    "K5": None,
}


@pytest.fixture
def _accounts(db: None) -> None:
    """The demonstration's municipality and its people."""
    call_command("setup_municipality", str(settings.BASE_DIR / "demo" / "kommun.toml"), verbosity=0)
    add_accounts("words-that-only-tests-use")


@pytest.mark.usefixtures("_accounts")
def test_the_published_audits_have_their_facts_and_the_recommendations_their_lives() -> None:
    assert add_audits() == 3
    assert add_audits() == 0
    told = {audit["framework"]: audit for audit in overview()}
    kpmg, pwc = told["kpmg-2024-integration"], told["pwc-2019-integration"]
    assert (kpmg["firm"], kpmg["date"], kpmg["overall"]) == ("KPMG", "2024-09-26", "Delvis")
    for body in ("SN", "KUN"):
        assert {row["question"]: row["grade"] for row in kpmg["assessments"] if row["body"] == body} == KPMG_GRADES
    assert [row["addressees"] for row in kpmg["recommendations"]] == [["SN", "KUN"], *[["SN"]] * 6]
    assert {row["body"]: row["grade"] for row in pwc["assessments"] if row["question"] == "R"} == {
        "KS": "Säkerställer delvis",
        "SN": "Säkerställer",
    }
    assert [row["addressees"] for row in pwc["recommendations"]] == [["KS"]] * 4 + [["SN"]]
    assert pwc["responses_due"] == {"KS": "2019-07-30", "SN": "2019-07-30"}
    rows = register_of(User.objects.get(username="fortroendevald")).select_related("recommendation__audit", "committee")
    assert {row.standing for row in rows} >= {
        Standing.TAKEN_OVER,
        Standing.SETTLED,
        Standing.UNANSWERED,
        Standing.WITHOUT_ACTION,
        Standing.ONGOING,
    }
    follow_up = Audit.objects.get(follows__isnull=False)
    assert [body.code for body in addressed_bodies(follow_up)] == ["SN"]


@pytest.mark.verapdf
@pytest.mark.usefixtures("_accounts")
def test_verapdf_finds_both_standards_met_by_every_paper_of_audits(
    tmp_path: Path, verapdf: list[str], record_property: Callable[[str, object], None]
) -> None:
    add_audits()
    kpmg = Audit.objects.get(framework_version__framework__code="kpmg-2024-integration")
    elected = User.objects.get(username="fortroendevald")
    rows = register_of(elected).select_related("recommendation__audit", "committee")
    papers = {"register": register_pdf(list(rows)), "svar": answer_pdf(kpmg, kpmg.bodies.all()[0])}
    for audit in Audit.objects.select_related("framework_version__framework"):
        papers[f"rapport-{audit.pk}-{audit.framework_version.framework.code}"] = report_pdf(audit)
    assert_meets_both_standards(papers, "audits", folder=tmp_path, verapdf=verapdf, record=record_property)
