"""Making a report: whole or not at all, on a snapshot it freezes, and the same report when it is asked for again."""

import datetime as dt
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError

from committees.models import Committee
from reporting.documents import storage
from reporting.documents.actions import make_report, queue_report, render_queued, report_file
from reporting.documents.annual import ReportFault
from reporting.documents.content import Document
from reporting.documents.layout import html_of
from reporting.documents.models import Report
from reporting.documents.pdf import RenderingFault
from reporting.documents.work.composition import figures_only
from reporting.documents.work.edition import edition_of_composition
from reporting.enums import ReportKind, ReportStatus
from reporting.snapshots.models import Snapshot
from tests.demonstration import Demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page stand for its PDF: what is tested is what becomes of the file, not how it looks."""

    def page_of(document: Document, manifest: Mapping[str, object], *, moment: dt.datetime) -> bytes:
        return f"%PDF-1.7 {moment} {json.dumps(manifest)} {html_of(document)}".encode()

    monkeypatch.setattr("reporting.documents.layout.pdf_of", page_of)


def make(committees: list[Committee], snapshot: Snapshot, year: int = 2023) -> Report:
    """Make the joint annual report."""
    return make_report(kind=ReportKind.ANNUAL, committees=committees, year=year, snapshot=snapshot)


def files() -> list[str]:
    """Return the names of everything kept among the reports."""
    return sorted(path.name for path in storage.folder().iterdir() if path.name != ".lock")


def kept(*reports: Report) -> list[str]:
    """Return the names of what is kept of the reports: each PDF, and what it says as data."""
    return sorted(f"{report.sha256}{suffix}" for report in reports for suffix in (".json.gz", ".pdf"))


@pytest.mark.usefixtures("quick")
def test_a_report_freezes_what_it_rests_on(committees: list[Committee], provisional: Snapshot) -> None:
    report = make(committees, provisional)
    kept = Snapshot.objects.get(pk=provisional.pk)
    assert kept.frozen
    assert report.status == ReportStatus.READY
    with pytest.raises(ProtectedError):
        kept.delete()


@pytest.mark.usefixtures("quick")
def test_the_same_report_asked_for_again_is_that_report(committees: list[Committee], provisional: Snapshot) -> None:
    first = make(committees, provisional)
    assert make(list(reversed(committees)), provisional) == first
    assert Report.objects.count() == 1
    assert files() == kept(first)


def test_a_lost_pdf_is_made_again_byte_for_byte(committees: list[Committee], provisional: Snapshot) -> None:
    first = make(committees, provisional)
    report_file(first).unlink()
    again = make(committees, provisional)
    assert again == first
    assert report_file(again).is_file()


@pytest.mark.usefixtures("quick")
def test_another_target_makes_a_new_version_and_leaves_the_old_one(
    committees: list[Committee], provisional: Snapshot, change_target: Callable[[int], None]
) -> None:
    first = make(committees, provisional)
    before = report_file(first).read_bytes()
    change_target(20)
    second = make(committees, provisional)
    assert (first.version, second.version) == (1, 2)
    assert report_file(first).read_bytes() == before
    assert first.sha256 != second.sha256


def test_a_year_without_data_leaves_nothing(committees: list[Committee], provisional: Snapshot) -> None:
    with pytest.raises(ReportFault, match="inga uppgifter för 2010"):
        make(committees, provisional, year=2010)
    assert not Report.objects.exists()
    assert not files()
    assert not Snapshot.objects.get(pk=provisional.pk).frozen


def test_a_year_that_has_not_ended_is_refused(committees: list[Committee], provisional: Snapshot) -> None:
    with pytest.raises(ReportFault, match="året är inte slut"):
        make(committees, provisional, year=2024)


def test_a_committee_that_answered_for_nothing_is_told_so(committees: list[Committee], provisional: Snapshot) -> None:
    with pytest.raises(ReportFault, match="Socialnämnden ansvarar för"):
        make([committee for committee in committees if committee.code == "SN"], provisional)


def test_a_failing_rendering_leaves_nothing(
    committees: list[Committee], provisional: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> bytes:
        raise RenderingFault("ett tecken saknas")

    monkeypatch.setattr("reporting.documents.layout.pdf_of", fail)
    with pytest.raises(RenderingFault):
        make(committees, provisional)
    assert not Report.objects.exists()
    assert not files()
    assert not Snapshot.objects.get(pk=provisional.pk).frozen


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "rapport.pdf"
    target.write_bytes(b"gammal")

    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.write_whole(target, b"ny")
    assert target.read_bytes() == b"gammal"
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.pdf"]


@pytest.mark.usefixtures("quick")
def test_what_a_killed_process_left_is_cleared_by_the_next_report(
    committees: list[Committee], provisional: Snapshot
) -> None:
    stuck = queue_report(kind=ReportKind.ANNUAL, committees=committees, year=2023, snapshot=provisional)
    Report.objects.filter(pk=stuck.pk).update(status=ReportStatus.RENDERING)
    (storage.folder() / f"{storage.UNFINISHED}abc").write_bytes(b"halv")
    (storage.folder() / f"{'a' * 64}.pdf").write_bytes(b"ingen vet om den")
    report = make(committees, provisional)
    stuck.refresh_from_db()
    assert files() == kept(report)
    assert stuck.status == ReportStatus.QUEUED


@pytest.mark.usefixtures("quick")
def test_a_report_whose_worker_was_killed_is_made_by_the_next(
    committees: list[Committee], provisional: Snapshot
) -> None:
    cut_off = queue_report(kind=ReportKind.ANNUAL, committees=committees, year=2023, snapshot=provisional)
    Report.objects.filter(pk=cut_off.pk).update(status=ReportStatus.RENDERING)
    render_queued(cut_off)
    cut_off.refresh_from_db()
    assert cut_off.status == ReportStatus.READY
    assert storage.is_whole(cut_off.sha256)


def test_a_queued_report_is_made_by_the_worker(committees: list[Committee], provisional: Snapshot) -> None:
    queued = queue_report(kind=ReportKind.ANNUAL, committees=committees, year=2023, snapshot=provisional)
    assert queued.status == ReportStatus.QUEUED
    assert not files()
    render_queued(queued)
    queued.refresh_from_db()
    assert (queued.status, queued.version) == (ReportStatus.READY, 1)
    assert report_file(queued).read_bytes().startswith(b"%PDF-1.7")


def test_a_queued_report_that_cannot_be_made_says_why(committees: list[Committee], provisional: Snapshot) -> None:
    queued = queue_report(kind=ReportKind.ANNUAL, committees=committees, year=2010, snapshot=provisional)
    render_queued(queued)
    queued.refresh_from_db()
    assert queued.status == ReportStatus.FAILED
    assert "inga uppgifter för 2010" in queued.error


@pytest.mark.usefixtures("quick")
def test_a_queued_report_is_made_once(committees: list[Committee], provisional: Snapshot) -> None:
    queued = queue_report(kind=ReportKind.ANNUAL, committees=committees, year=2023, snapshot=provisional)
    render_queued(queued)
    finished = Report.objects.get(pk=queued.pk).finished_at
    render_queued(queued)
    assert Report.objects.get(pk=queued.pk).finished_at == finished


def report_command(out: Path, **options: Any) -> str:
    """Run `report` and return what it printed."""
    printed = StringIO()
    given = {"kind": "helarsrapport", "committee": "KUN,SN", "year": 2023, **options}
    call_command("report", given.pop("kind"), **given, out=out, stdout=printed, stderr=StringIO())
    return printed.getvalue()


def test_the_command_writes_the_report_where_it_is_told(
    committees: list[Committee], provisional: Snapshot, tmp_path: Path
) -> None:
    out = tmp_path / "rapport.pdf"
    printed = report_command(out, registry_number="SN 2024/1")
    report = Report.objects.get()
    assert out.read_bytes() == report_file(report).read_bytes()
    assert report.sha256 in printed
    assert report.registry_number == "SN 2024/1"
    assert report.snapshot == provisional


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ({"year": 2010}, 1, "inga uppgifter"),
        ({"kind": "veckoblad"}, 2, "finns inte här"),
        ({"kind": "delarsrapport"}, 1, "ingen period för delårsrapporter"),
        ({"kind": "manadsblad", "period": "13"}, 1, "går inte att tyda"),
        ({"committee": "KUN,XX"}, 2, "XX finns inte. De nämnder som finns är: KUN, SN"),
        ({"snapshot": "ffffffff"}, 1, "inget underlag"),
        ({"period": "delar"}, 2, "ingen period"),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(
    committees: list[Committee], provisional: Snapshot, tmp_path: Path, options: dict[str, Any], code: int, said: str
) -> None:
    with pytest.raises(CommandError, match=said) as fault:
        report_command(tmp_path / "rapport.pdf", **options)
    assert fault.value.returncode == code
    assert not list(tmp_path.iterdir())
    assert not Report.objects.exists()


def test_the_command_writes_over_a_report_but_nothing_else(
    committees: list[Committee], provisional: Snapshot, tmp_path: Path
) -> None:
    letter, report = tmp_path / "brev.txt", tmp_path / "rapport.pdf"
    letter.write_text("Bästa nämnd")
    for place, said in ((letter, "ingen PDF"), (tmp_path, "vanlig fil"), (Path("/dev/null"), "vanlig fil")):
        with pytest.raises(CommandError, match=said):
            report_command(place)
    assert letter.read_text() == "Bästa nämnd"
    report.write_bytes(b"%PDF-1.7")
    report_command(report)
    assert len(report.read_bytes()) > 1000


def test_the_cover_says_what_is_told_of_whom_and_as_of_when(committees: list[Committee], provisional: Snapshot) -> None:
    wanted = figures_only(ReportKind.ANNUAL, committees, 2023, snapshot=provisional)
    edition = edition_of_composition(wanted, provisional)
    cover = edition.document.cover
    assert cover.title == "Samlad uppföljning 2023"
    assert cover.committees == "Kultur- och utbildningsnämnden och socialnämnden"
    assert cover.subject == wanted.content.covers
    # Never the day it is made: the same content gives the same bytes.
    assert edition.moment == dt.datetime(2024, 1, 31, 12, tzinfo=dt.UTC)
    assert cover.date == "31 januari 2024"


@pytest.mark.slow
def test_killing_the_rendering_at_any_moment_leaves_a_whole_report_or_none(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    reports = Path(demonstration.environment["MEDIA_ROOT"]) / "reports"
    before = sorted(path.name for path in reports.glob("*.pdf"))
    out = tmp_path / "rapport.pdf"
    asked = ("report", "helarsrapport", "--committee", "KUN", "--year", "2022", "--out", str(out))
    for seconds in (0.5, 1.5, 2.5, 3.5, 4.5, 5.5):
        process = subprocess.Popen(
            [sys.executable, "manage.py", *asked],
            cwd=demonstration.root,
            env=dict(demonstration.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = sorted(reports.glob("*.pdf"))
        assert all(path.stem == hashlib.sha256(path.read_bytes()).hexdigest() for path in found)
        if out.exists():
            assert hashlib.sha256(out.read_bytes()).hexdigest() in {path.stem for path in found}
        if len(found) > len(before):  # it was whole, and in its place, before it was killed
            break
        assert [path.name for path in found] == before
    demonstration.run(*asked)
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert len(list(reports.glob("*.pdf"))) == len(before) + 1
