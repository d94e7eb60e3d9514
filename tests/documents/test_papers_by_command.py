"""The memo and the brief by command: of the report on its way, and where the calendar has none of the report's own figures."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pypdf import PdfReader

from committees.models import Committee
from reporting.documents.models import Report
from reporting.snapshots.models import Snapshot
from tests.documents import work

pytestmark = pytest.mark.of_snapshots


@pytest.fixture
def snapshot(db: None) -> Snapshot:
    """One person's enrolment at SN's unit since 2023, known up to 15 September 2024."""
    work.prepare()
    return work.snapshot()


def report(kind: str, out: Path, **options: object) -> str:
    """Run the command and return what the paper says."""
    call_command(
        "report",
        kind,
        out=out,
        **{"committee": "SN", "year": 2024, **options},
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )
    return " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())


def test_a_brief_and_a_memo_are_made_of_the_figures_where_no_report_is_set_up(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    brief = report("kortversion", tmp_path / "kort.pdf", period="delar")
    assert "Kortversion: delårsrapport 2024" in brief
    assert "Mål som inte nås hittills" in brief
    assert "Inget utfall kräver förklaring." in brief
    assert "Socialnämnden godkänner ”Delårsrapport 2024”." in brief
    assert len(PdfReader(tmp_path / "kort.pdf").pages) == 1
    memo = report("tjansteskrivelse", tmp_path / "skrivelse.pdf", period="delar")
    for said in (
        "Barnperspektivet Den här delen är inte skriven.",
        "Avsändare Socialförvaltningen",
        "15 september 2024",
    ):
        assert said in memo
    assert "Socialnämnden godkänner ”Delårsrapport 2024”." in memo
    # Nobody has to say to whom the decision is sent.
    assert "Beslutet skickas till" not in memo
    kept = Report.objects.filter(board_report=None, period_code="delar").order_by("kind")
    assert [one.kind for one in kept] == ["kortversion", "tjansteskrivelse"]


def test_the_same_paper_is_not_made_twice_and_agrees_with_its_snapshot(snapshot: Snapshot, tmp_path: Path) -> None:
    out = tmp_path / "kort.pdf"
    report("kortversion", out, period="delar")
    first = out.read_bytes()
    report("kortversion", out, period="delar")
    assert out.read_bytes() == first
    assert Report.objects.get().version == 1
    told = io.StringIO()
    call_command("verify_report", str(out), format="json", stdout=told, stderr=io.StringIO())
    assert json.loads(told.getvalue())["agrees"] is True


def test_the_year_is_what_is_told_of_without_a_period_and_each_committee_of_several_decides(
    tmp_path: Path, db: None
) -> None:
    work.prepare()
    work.snapshot(dt.date(2025, 1, 31))
    both = ",".join(Committee.objects.filter(code__in=["SN", "KUN"]).values_list("code", flat=True))
    memo = report("tjansteskrivelse", tmp_path / "skrivelse.pdf", committee=both)
    assert "Tjänsteskrivelse: samlad uppföljning 2024" in memo
    names = Committee.objects.filter(code__in=["SN", "KUN"]).order_by("name").values_list("name", flat=True)
    for name in names:
        assert f"{name} godkänner ”Samlad uppföljning 2024”." in memo


def test_a_report_in_the_calendar_is_what_the_papers_tell_of(snapshot: Snapshot, tmp_path: Path) -> None:
    secretary = work.secretary_of("SN")
    draft = work.interim(secretary)
    work.write_all(draft, secretary)
    memo = report("tjansteskrivelse", tmp_path / "skrivelse.pdf")
    assert "Barnperspektivet Text om tj-barn." in memo
    assert "SN 2024/118" in memo
    assert Report.objects.get().board_report == draft


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"period": "finns-inte"}, "Det finns ingen delårsperiod som heter ”finns-inte”"),
        ({"year": 2024}, "underlaget"),
        ({"period": "manad"}, "ingen delårsperiod"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(
    snapshot: Snapshot, tmp_path: Path, asked: dict[str, object], fault: str
) -> None:
    with pytest.raises(CommandError, match=fault):
        report("kortversion", tmp_path / "kort.pdf", **asked)
    assert not (tmp_path / "kort.pdf").exists()
    assert not Report.objects.exists()


@pytest.mark.verapdf
@pytest.mark.slow
def test_verapdf_finds_both_standards_met_by_papers_without_texts(
    snapshot: Snapshot, tmp_path: Path, verapdf: list[str], record_property: Callable[[str, object], None]
) -> None:
    for kind in ("kortversion", "tjansteskrivelse"):
        out = tmp_path / f"{kind}.pdf"
        report(kind, out, period="delar")
        for flavour in ("ua1", "3a"):
            asked = [*verapdf, "--flavour", flavour, str(out)]
            told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
            assert "PASS" in told, told
            record_property("verapdf", f"{flavour}: PASS {kind} utan texter")
