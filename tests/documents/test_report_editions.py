"""The PDF of a report on its way: its texts among its figures, named by what was frozen, and read by those who may."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from committees.enums import Role
from committees.models import Committee, User
from committees.workflows import MoveFault
from reporting.documents.actions import report_file
from reporting.documents.annual import annual_report
from reporting.documents.annual.pages import chapters_of
from reporting.documents.content import Cell, Chapter, Column, Cover, Document, Heading, Prose, Table, Text
from reporting.documents.layout import html_of as html_of_document
from reporting.documents.models import BoardReport, Report
from reporting.documents.work.edition import edition_with_texts
from reporting.documents.work.markdown import html_of
from reporting.documents.work.moving import approve, move_report
from reporting.documents.work.selectors import edition_of_report
from reporting.documents.work.writing import mark_ready, write_text
from reporting.documents.written import Figures, WrittenChapter, WrittenPart, arranged
from reporting.enums import ReportStatus
from reporting.snapshots.models import Snapshot
from tests.documents import work
from tests.web.town import person

COVER = Cover("Titel", "Ämne", "Nämnden", "Kommunen", "", "1", "", "", "")
FIGURES = tuple(
    Chapter(anchor, anchor.title(), (Text(anchor),)) for anchor in ("aret", "mal", "sfi", "jamforelse", "bilaga")
)


def prose(text: str) -> WrittenPart:
    return WrittenPart(text, (Prose(html_of(text)),))


def test_texts_stand_where_the_template_has_them_and_no_figures_are_lost() -> None:
    written = [
        WrittenChapter("kapitel-aret", "Året", (prose("Sammanfattning"), Figures("aret"))),
        WrittenChapter("kapitel-handelser", "Händelser", (prose("Vad som hänt"),)),
        WrittenChapter("kapitel-tomt", "Tomt", ()),
        WrittenChapter("kapitel-sfi", "Sfi", (Figures("sfi"),)),
        WrittenChapter("kapitel-framat", "Framåt", (prose("Nästa år"),)),
    ]
    document = arranged(Document(COVER, FIGURES), written)
    assert [(chapter.anchor, chapter.title) for chapter in document.chapters] == [
        ("aret", "Året"),
        ("mal", "Mal"),
        ("kapitel-handelser", "Händelser"),
        ("sfi", "Sfi"),
        ("jamforelse", "Jamforelse"),
        ("bilaga", "Bilaga"),
        ("kapitel-framat", "Framåt"),
    ]
    heading, text, figures = document.chapters[0].blocks
    assert (heading, figures) == (Heading("Sammanfattning"), Text("aret"))
    assert isinstance(text, Prose)
    assert document.chapters[2].blocks == (Prose(html_of("Vad som hänt")),)


def test_a_few_lines_of_text_get_no_page_of_their_own_but_the_first_chapter_does() -> None:
    table = Table(1, "platser", "Platser", (Column("Enhet", 100),), ((Cell("AME"),),))
    parts = (prose("Kort."), prose("Också kort."), prose("Lång. " * 300), WrittenPart("Platser", (table,)))
    written = [WrittenChapter(f"kapitel-{at}", "Kapitel", (part,)) for at, part in enumerate(parts)]
    alone, after_figures = (
        arranged(Document(COVER, figures), written) for figures in ((), (Chapter("mal", "Mål", (table,)),))
    )
    assert [chapter.runs_on for chapter in alone.chapters] == [False, True, False, False]
    assert [chapter.runs_on for chapter in after_figures.chapters] == [False, True, True, False, False]


def test_a_link_is_written_out_on_paper() -> None:
    assert html_of("[SKR](https://skr.se/x)", links=False) == "<p>SKR (https://skr.se/x)</p>\n"


@pytest.fixture
def secretary(db: None) -> User:
    work.prepare()
    return work.secretary_of("SN")


@pytest.fixture
def frozen(secretary: User) -> BoardReport:
    report = work.interim(secretary)
    work.write_all(report, secretary)
    part = work.part(report, "ekonomi-text")
    text = (
        "# Prognos\n\nBudgeten *håller* med **tre** procent, se [lagen](https://lagen.nu/x).\n\n- ett\n- två\n\n> citat"
    )
    part = write_text(part, text=text, read_as=part.revision, by=secretary)
    mark_ready(part, read_as=part.revision, by=secretary)
    work.snapshot()
    report.refresh_from_db()
    return move_report(report, name="review", read_as=report.revision, by=secretary)


def test_the_worker_makes_the_pdf_of_just_what_was_frozen(frozen: BoardReport, secretary: User) -> None:
    edition = work.the_worker_makes_the_pdf(frozen)
    assert (edition.status, edition.error) == (ReportStatus.READY, "")
    reader = PdfReader(io.BytesIO(report_file(edition).read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Delårsrapport 2024" in text
    assert "Rapporten gäller nämndens ansvar" in text
    assert "lagen (https://lagen.nu/x)" in text
    assert "Text om framat-text." in text
    manifest = json.loads(reader.attachments["manifest.json"][0])
    assert manifest["content"] == frozen.content_sha256
    assert set(manifest["texts"]) == {part.code for part in frozen.parts.all()}
    assert edition_of_report(frozen) == edition


@pytest.mark.verapdf
@pytest.mark.slow
def test_verapdf_finds_both_standards_met_by_what_people_have_written(
    frozen: BoardReport, verapdf: list[str], record_property: Callable[[str, object], None]
) -> None:
    path = report_file(work.the_worker_makes_the_pdf(frozen))
    for flavour in ("ua1", "3a"):
        asked = [*verapdf, "--flavour", flavour, str(path)]
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        assert f"PASS {path}" in said, said
        record_property("verapdf", f"{flavour}: PASS delarsrapport-2024.pdf")


def test_nobody_approves_before_the_pdf_is_made_or_when_it_could_not_be(frozen: BoardReport) -> None:
    manager = work.manager_of("SN")
    with pytest.raises(MoveFault, match="inte klar än"):
        approve(frozen, sha256=frozen.content_sha256, by=manager)
    ordered = Report.objects.filter(board_report=frozen)
    ordered.update(status=ReportStatus.FAILED, error="Tecknet saknas.", finished_at=dt.datetime.now(dt.UTC))
    with pytest.raises(MoveFault, match=r"Tecknet saknas\."):
        approve(frozen, sha256=frozen.content_sha256, by=manager)


def test_a_pdf_that_waits_is_not_made_when_the_report_is_opened(frozen: BoardReport, secretary: User) -> None:
    draft = move_report(frozen, name="reopen", read_as=frozen.revision, why="En siffra till", by=secretary)
    assert draft.editions.get().status == ReportStatus.FAILED
    assert edition_of_report(draft) is None
    again = move_report(draft, name="review", read_as=draft.revision, by=secretary)
    edition = edition_of_report(again)
    assert edition is not None
    assert edition.status == ReportStatus.QUEUED


def test_the_pdf_of_an_undecided_report_is_read_only_by_those_who_write_it(frozen: BoardReport) -> None:
    assert Report.objects.visible_to(work.manager_of("SN")).count() == 1
    auditor = person("revisorn", Role.AUDITOR, "SN")
    assert Report.objects.visible_to(auditor).count() == 0
    assert not Report.objects.told().exists()
    BoardReport.objects.filter(pk=frozen.pk).update(state="published")
    assert Report.objects.visible_to(auditor).count() == 1
    assert Report.objects.told().count() == 1


def test_the_annual_report_has_its_texts_among_all_its_figures(
    committees: list[Committee], provisional: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.prepare()
    secretary = work.secretary_of("SN", "KUN")
    report = work.joint(secretary, 2023)
    work.write_all(report, secretary)
    gathered = annual_report(committees=committees, year=2023, snapshot=provisional)
    figures = Document(COVER, chapters_of(gathered))
    # Gathered once: it is the slow half, and the same both times.
    monkeypatch.setattr("reporting.documents.work.figures.annual_report", lambda **_asked: gathered)
    edition = edition_with_texts(report, provisional)
    chapters = edition.document.chapters
    assert {chapter.anchor for chapter in figures.chapters} <= {chapter.anchor for chapter in chapters}
    tables = edition.document.tables
    assert [table.number for table in tables] == list(range(1, len(tables) + 1))
    assert {table.name for table in figures.tables} <= {table.name for table in tables}
    assert (chapters[0].anchor, chapters[-1].anchor) == ("aret", "bilaga")
    page = html_of_document(edition.document)
    assert "Samlad uppföljning 2023" in page
    assert "nämndernas samlade ansvar" in page
    assert page.index("Text om aret-text.") < page.index("Text om samverkan-text.") < page.index("Text om framat-text.")
    assert edition.manifest["figures"]
