"""Checking a report: what agrees is said to agree, and everything that has been changed is named."""

import datetime as dt
import io
import json
import shutil
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from pypdf import PdfWriter
from pytest_django.fixtures import Settings

from cases.enums import DisposalArea
from cases.models import Disposal
from committees.models import Committee, User
from reporting.documents.actions import make_report, report_file
from reporting.documents.content import Document
from reporting.documents.layout import MANIFEST_NAME, embedded_files
from reporting.documents.models import Report, ReportPeriod
from reporting.documents.verifying import LARGEST, read_report, verify
from reporting.enums import ReportKind
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.factories import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]

PERIODS = {ReportKind.ANNUAL: "", ReportKind.INTERIM: "delar", ReportKind.MONTHLY: "2023-06"}
OF_A_PART = pytest.mark.parametrize("report", [ReportKind.INTERIM, ReportKind.MONTHLY], indirect=True)
OF_EACH_KIND = pytest.mark.parametrize("report", list(PERIODS), indirect=True)

Files = dict[str, bytes]
Change = Callable[[Files, dict[str, Any]], None]


def _pdf(files: Mapping[str, bytes]) -> bytes:
    """Return an empty page with the files inside."""
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    for name, content in files.items():
        writer.add_attachment(name, content)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _with_few_on_support() -> Snapshot:
    """Return a snapshot with three adults, too few to be told, who have had support for every month of a year and more."""
    people = ["S1", "S2", "S3"]
    months = [dt.date(2022 + at // 12, at % 12 + 1, 1).strftime("%Y-%m") for at in range(5, 20)]
    deliver(
        personer=[{"person": one, "födelsedatum": "1985-05-05", "kön": "K"} for one in people],
        stodmanader=[
            {"hushåll": one, "person": one, "månad": month, "belopp": 5000, "roll": "huvudsokande"}
            for one in people
            for month in months
        ],
    )
    return freeze(as_of=dt.date(2024, 1, 31), frozen=False)


@pytest.fixture
def report(
    committees: list[Committee],
    provisional: Snapshot,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Report:
    """The joint annual report, or that of another kind; an empty page stands for its pages, for the files inside are read."""

    def with_files(document: Document, manifest: Mapping[str, object], *, moment: dt.datetime) -> bytes:
        return _pdf({file.name: file.content for file in embedded_files(document, manifest)})

    monkeypatch.setattr("reporting.documents.layout.pdf_of", with_files)
    kind = getattr(request, "param", ReportKind.ANNUAL)
    if kind is not ReportKind.ANNUAL:
        provisional = _with_few_on_support()
    if kind is ReportKind.INTERIM:
        ReportPeriod.objects.create(code="delar", name="Delårsrapport", kind=kind, end="08-31", statutory=True)
    return make_report(kind=kind, committees=committees, year=2023, snapshot=provisional, period=PERIODS[kind])


@pytest.fixture
def changed(report: Report, tmp_path: Path) -> Callable[[Change], Path]:
    """Return a way to write the report's file again with its files or manifest changed."""
    from pypdf import PdfReader

    def write(change: Change) -> Path:
        files = {name: one[0] for name, one in PdfReader(report_file(report)).attachments.items()}
        manifest = json.loads(files.pop(MANIFEST_NAME))
        change(files, manifest)
        path = tmp_path / "rapport.pdf"
        path.write_bytes(_pdf({MANIFEST_NAME: json.dumps(manifest).encode(), **files}))
        return path

    return write


def check(path: Path, **options: Any) -> dict[str, Any]:
    """Run the command and return its answer; its exit code must say the same."""
    out, code = StringIO(), 0
    try:
        call_command("verify_report", str(path), format="json", stdout=out, stderr=StringIO(), **options)
    except SystemExit as left:
        code = int(str(left.code))
    found: dict[str, Any] = json.loads(out.getvalue())
    assert code == (0 if found["agrees"] else 1)
    return found


def _first_shown(manifest: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        figure["total"] for figure in manifest["figures"] if (figure["total"]["numerator"] or 0) > 0
    )
    return found


def test_a_report_agrees_with_the_snapshot_it_rests_on(report: Report) -> None:
    found = check(report_file(report))
    assert found["agrees"], found["faults"]
    assert found["figures"] > 20
    assert found["hidden"] > 0
    assert found["files"] > 3
    assert found["notes"] == []


def _one_more(_: Files, manifest: dict[str, Any]) -> None:
    _first_shown(manifest)["numerator"] += 1


def _tell_a_hidden(number: int) -> Change:
    def tell(_: Files, manifest: dict[str, Any]) -> None:
        told = (one for figure in manifest["figures"] for one in (*figure["groups"], figure["total"]))
        next(one for one in told if one["suppressed"])["numerator"] = number

    return tell


def _rename_a_group(_: Files, manifest: dict[str, Any]) -> None:
    figure = next(one for one in manifest["figures"] if len(one["groups"]) > 1 and one["by"])
    # Not the first group: that one gets its hidden number told.
    figure["groups"][-1]["key"][figure["by"][0]] = "påhittad"


def _change_a_file(files: Files, _: dict[str, Any]) -> None:
    files[sorted(files)[0]] += b"x"


def _take_a_file_out(files: Files, _: dict[str, Any]) -> None:
    del files[sorted(files)[0]]


def _put_a_file_in(files: Files, _: dict[str, Any]) -> None:
    files["annat.csv"] = b"a"


def test_every_figure_that_was_changed_is_named(changed: Callable[[Change], Path], report: Report) -> None:
    def change(files: Files, manifest: dict[str, Any]) -> None:
        for one in (_one_more, _tell_a_hidden(3), _rename_a_group):
            one(files, manifest)

    was = _first_shown(dict(report.manifest))["numerator"]
    faults = check(changed(change))["faults"]
    for text in (
        f"täljare {was + 1} i rapporten, {was} i underlaget",
        "ska vara dold",
        "påhittad: finns i rapporten men inte i underlaget",
        "finns i underlaget men inte i rapporten",
        "Filen är inte den som gjordes här",
    ):
        assert any(text in fault for fault in faults), (text, faults)


def test_every_file_inside_that_was_changed_is_named(changed: Callable[[Change], Path]) -> None:
    for change, text in (
        (_change_a_file, "är ändrad"),
        (_take_a_file_out, "saknas inuti"),
        (_put_a_file_in, "annat.csv hör inte till rapporten"),
    ):
        faults = verify(read_report(changed(change)), None).faults
        assert any(text in fault for fault in faults), (text, faults)


@OF_A_PART
def test_what_was_changed_in_a_report_of_a_part_of_a_year_is_named(
    report: Report, changed: Callable[[Change], Path]
) -> None:
    found = check(report_file(report))
    assert found["agrees"], found["faults"]
    assert found["figures"] > 10
    assert found["hidden"] > 0
    was = _first_shown(dict(report.manifest))["numerator"]

    def everything(files: Files, manifest: dict[str, Any]) -> None:
        for one in (_one_more, _tell_a_hidden(3), _change_a_file, _put_a_file_in):
            one(files, manifest)

    faults = check(changed(everything))["faults"] + check(changed(_take_a_file_out))["faults"]
    for text in (
        f"täljare {was + 1} i rapporten, {was} i underlaget",
        "ska vara dold",
        "är ändrad",
        "annat.csv hör inte till rapporten",
        "saknas inuti",
        "Filen är inte den som gjordes här",
    ):
        assert any(text in fault for fault in faults), (text, faults)


@OF_EACH_KIND
def test_a_snapshot_that_was_changed_is_named_and_the_files_inside_are_still_held(
    report: Report, changed: Callable[[Change], Path], settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "kopia"
    shutil.copytree(Path(settings.SNAPSHOT_ROOT) / report.snapshot.hash, folder)
    file = folder / "enrolment.parquet"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    found = check(report_file(report), snapshot=folder)
    [fault] = found["faults"]
    assert "kan inte räknas om" in fault
    assert str(file) in fault
    assert found["figures"] == 0
    both = check(changed(_change_a_file), snapshot=folder)["faults"]
    assert any("är ändrad" in one for one in both), both
    assert any(str(file) in one for one in both), both


def _dispose_of(snapshot: Snapshot) -> None:
    """Note that the snapshot has gone by decision."""
    disposal = Disposal.objects.create(
        area=DisposalArea.values[0],
        last_day=dt.date(2019, 12, 31),
        body="Socialnämnden",
        decided_on=dt.date(2024, 3, 1),
        paragraph="§ 9",
        persons=1,
        fingerprint="0" * 64,
        recorded_by=User.objects.create(username="förvaltare"),
    )
    Snapshot.objects.filter(pk=snapshot.pk).update(disposal=disposal)


def test_what_cannot_be_checked_here_is_said(report: Report, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(report_file(report).read_bytes())
    Report.objects.all().delete()
    found = check(path)
    assert found["agrees"]
    assert any("finns inte i registret" in note for note in found["notes"])
    settings.SNAPSHOT_ROOT = tmp_path / "tom"
    found = check(path)
    assert [fault for fault in found["faults"] if "kan inte räknas om" in fault] == found["faults"] != []
    _dispose_of(Snapshot.objects.get())
    found = check(path)
    assert found["faults"] == []
    assert any("Underlaget är gallrat" in note and "Socialnämnden 2024-03-01 § 9" in note for note in found["notes"])
    assert found["files"] > 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ingen PDF"),
        (b"hej", "ingen PDF"),
        (b"%PDF-1.7 och sedan inget", "skadad"),
        (_pdf({}), "ingen rapport"),
        (_pdf({MANIFEST_NAME: b"{"}), "skadad"),
        (_pdf({MANIFEST_NAME: b"[]"}), "annan version"),
        (_pdf({MANIFEST_NAME: b'{"format": 99}'}), "annan version"),
        (_pdf({MANIFEST_NAME: b'{"format": 1, "snapshot": "x"}'}), "inte hel"),
        (_pdf({MANIFEST_NAME: b'{"format": 1, "snapshot": "../../x", "kind": [], "year": {}}'}), "inte hel"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        check(path)


def _upload(client: Client, content: bytes) -> str:
    answer = client.post("/kontrollera/", {"report": SimpleUploadedFile("rapport.pdf", content)})
    assert not answer.cookies
    return answer.content.decode()


def test_anybody_sees_whether_a_file_is_the_report_unchanged_and_nothing_else(
    client: Client, report: Report, changed: Callable[[Change], Path]
) -> None:
    content = report_file(report).read_bytes()
    page = _upload(client, content)
    assert "Filen är rapporten, oförändrad" in page
    assert report.sha256 in page
    answers = {_upload(client, changed(_tell_a_hidden(guess)).read_bytes()) for guess in range(1, 5)}
    assert len(answers) == 1
    assert "Filen är ingen rapport härifrån" in answers.pop()


@pytest.mark.parametrize(("content", "said"), [(b"", "Filen är tom"), (None, "Välj en fil")])
def test_the_page_says_what_it_needs(client: Client, db: None, content: bytes | None, said: str) -> None:
    sent = {} if content is None else {"report": SimpleUploadedFile("tom.pdf", content)}
    assert said in client.post("/kontrollera/", sent).content.decode()
    assert "Kontrollera en rapport" in client.get("/kontrollera/").content.decode()


def test_a_file_that_is_far_too_large_is_refused_before_it_is_read(client: Client, db: None) -> None:
    answer = client.post(
        "/kontrollera/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(LARGEST + 1)
    )
    assert answer.status_code == 413
    assert "för stor" in answer.content.decode()
