"""The memo and the brief that go with a report: what the committee decides on, and the report on one page."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from committees.models import User
from committees.workflows import MoveFault
from reporting.documents.actions import report_file
from reporting.documents.models import BoardReport, Report
from reporting.documents.publication.memo import proposal_faults
from reporting.documents.publication.papers import made_with
from reporting.documents.verifying import read_report, verify
from reporting.documents.work.moving import move_report
from reporting.documents.work.writing import mark_ready, write_text
from reporting.snapshots.selectors import latest_snapshot
from tests.documents import work

pytestmark = pytest.mark.of_snapshots

PROPOSAL = """- Socialnämnden godkänner delårsrapporten per den 31 augusti 2024.
- Socialnämnden överlämnar delårsrapporten till kommunfullmäktige."""


@pytest.fixture
def secretary(db: None) -> User:
    work.prepare()
    return work.secretary_of("SN")


@pytest.fixture
def draft(secretary: User) -> BoardReport:
    report = work.interim(secretary)
    work.write_all(report, secretary)
    work.snapshot()
    return write(report, "tj-beslut", PROPOSAL, secretary)


def write(report: BoardReport, code: str, text: str, by: User) -> BoardReport:
    """Write a part anew and mark it ready."""
    part = work.part(report, code)
    part = write_text(part, text=text, read_as=part.revision, by=by)
    mark_ready(part, read_as=part.revision, by=by)
    report.refresh_from_db()
    return report


def made(report: BoardReport, by: User) -> dict[str, Report]:
    """Freeze the report, let the worker make its papers and return them by kind."""
    frozen = move_report(report, name="review", read_as=report.revision, by=by)
    edition = work.the_worker_makes_the_pdf(frozen)
    assert edition.error == ""
    return made_with(frozen)


def said(report: Report) -> str:
    reader = PdfReader(io.BytesIO(report_file(report).read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_memo_and_brief_are_made_with_the_report_and_known_by_the_register(
    draft: BoardReport, secretary: User, client: Client
) -> None:
    papers = made(draft, secretary)
    memo, brief = papers["tjansteskrivelse"], papers["kortversion"]
    text = said(memo)
    for expected in ("SN 2024/118", "Socialförvaltningen", "Barnperspektivet", "Text om tj-barn.", "Bilagor"):
        assert expected in text
    assert "Socialnämnden godkänner delårsrapporten per den 31 augusti 2024." in text
    assert "Socialnämnden överlämnar" in said(brief)
    assert len(PdfReader(io.BytesIO(report_file(brief).read_bytes())).pages) == 1
    for paper in papers.values():
        file = SimpleUploadedFile("x.pdf", report_file(paper).read_bytes(), "application/pdf")
        assert "Filen är rapporten, oförändrad" in client.post("/kontrollera/", {"report": file}).content.decode()
        found = verify(read_report(report_file(paper)), None)
        assert found.faults == [f"Underlaget {memo.snapshot.hash} finns inte här, så siffrorna kan inte räknas om."]
    assert latest_snapshot() == memo.snapshot

    client.force_login(secretary)
    word = client.get(f"/rapporter/arbete/{draft.pk}/tjansteskrivelse.docx").content
    assert client.get(f"/rapporter/arbete/{draft.pk}/tjansteskrivelse.docx").content == word
    document = docx.Document(io.BytesIO(word))
    headings = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Heading 2"]
    assert headings[:3] == ["Sammanfattning av ärendet", "Ärendet", "Förvaltningens bedömning"]
    numbered = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "List Number"]
    assert numbered[0] == "Socialnämnden godkänner delårsrapporten per den 31 augusti 2024."
    about = document.core_properties
    assert (about.language, about.title) == ("sv-SE", "Tjänsteskrivelse: delårsrapport 2024")
    styles = zipfile.ZipFile(io.BytesIO(word)).read("word/styles.xml").decode()
    assert 'w:lang w:val="sv-SE"' in styles


def test_a_brief_is_one_page_however_long_the_report_is(draft: BoardReport, secretary: User) -> None:
    long = "\n".join(f"Socialnämnden uppdrar åt förvaltningen att {'följa upp ' * 40}punkt {at}." for at in range(30))
    brief = made(write(draft, "tj-beslut", long, secretary), secretary)["kortversion"]
    assert len(PdfReader(io.BytesIO(report_file(brief).read_bytes())).pages) == 1
    assert "Alla står i tjänsteskrivelsen" in said(brief)


@pytest.mark.parametrize(
    ("proposal", "fault"),
    [
        ("att godkänna rapporten", "ingen hel mening"),
        ("Nämnden godkänner rapporten", "sluta med punkt"),
        ("Nämnden godkänner rapporten. Nämnden skickar den till fullmäktige.", "flera meningar"),
    ],
)
def test_a_proposal_that_cannot_be_carried_out_as_it_stands_is_named(proposal: str, fault: str) -> None:
    assert fault in " ".join(proposal_faults(proposal))
    assert (
        proposal_faults("1. Nämnden godkänner rapporten enligt 6 kap. 6 § kommunallagen.\n2. Ärendet avslutas.") == []
    )


def test_a_report_with_such_a_proposal_is_not_sent_for_approval(draft: BoardReport, secretary: User) -> None:
    draft = write(draft, "tj-beslut", "att godkänna", secretary)
    with pytest.raises(MoveFault, match="går inte att verkställa"):
        move_report(draft, name="review", read_as=draft.revision, by=secretary)


@pytest.mark.verapdf
@pytest.mark.slow
def test_verapdf_finds_both_standards_met_by_memo_and_brief(
    draft: BoardReport, secretary: User, verapdf: list[str], record_property: Callable[[str, object], None]
) -> None:
    for kind, paper in made(draft, secretary).items():
        for flavour in ("ua1", "3a"):
            asked = [*verapdf, "--flavour", flavour, str(report_file(paper))]
            told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
            assert "PASS" in told, told
            record_property("verapdf", f"{flavour}: PASS {kind}")
