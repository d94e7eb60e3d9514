"""A decided report and the data that come after it: it stays, says so, and its next version lists what is another."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from pypdf import PdfReader

from committees.models import User
from reporting.documents.actions import report_file
from reporting.documents.models import BoardReport, NewerFigures, Report
from reporting.documents.publication.changes import text_changes
from reporting.documents.publication.correction import changes_in
from reporting.documents.publication.keeping import document_of
from reporting.documents.publication.newer import compare, newer_figures
from reporting.documents.templates.storing import deliver_templates
from reporting.documents.work.moving import move_report
from reporting.documents.work.setting_up import set_up_correction
from reporting.documents.work.writing import mark_ready, write_text
from reporting.snapshots.freezing import freeze
from reporting.snapshots.selectors import latest_snapshot
from tests.documents import work
from tests.documents.conftest import TARGETS, deliver_exits, exits
from tests.factories import setup_small_municipality

pytestmark = pytest.mark.of_snapshots

MEETING = dt.date(2023, 10, 24)


@pytest.fixture
def secretary(db: None) -> User:
    # A target that is met both times: what a missed one demands is tested elsewhere.
    setup_small_municipality(work.CALENDAR + TARGETS.replace("varde = 40", "varde = 10"))
    deliver_templates()
    deliver_exits([*exits(2022, work=20, other=30, women=50), *exits(2023, work=12, other=28, women=20)])
    freeze(as_of=dt.date(2023, 9, 30))
    return work.secretary_of("KUN")


def locked(report: BoardReport, by: User) -> tuple[BoardReport, Report]:
    """Freeze the report and let the worker make its PDF."""
    report = move_report(report, name="review", read_as=report.revision, by=by)
    return report, work.the_worker_makes_the_pdf(report)


def corrected_data() -> None:
    """Take the same exits again, eight of them now to work, and freeze what is then known."""
    deliver_exits(exits(2023, work=20, other=20, women=20))
    freeze(as_of=dt.date(2023, 11, 30))


def second_version(decided: BoardReport, by: User) -> BoardReport:
    meetings = {work.committee("KUN"): dt.date(2023, 12, 12)}
    second = set_up_correction(decided, meetings=meetings, why="Åtta avslut var fel registrerade.", by=by)
    for one in second.parts.select_related("report"):
        text = "Åtta personer till fick arbete." if one.code == "handelser-text" else one.text
        written = write_text(one, text=text, read_as=one.revision, by=by)
        mark_ready(written, read_as=written.revision, by=by)
    second.refresh_from_db()
    return second


def test_a_correction_leaves_what_was_decided_and_the_next_version_lists_old_and_new(
    secretary: User, client: Client
) -> None:
    draft = work.interim(secretary, meetings={work.committee("KUN"): MEETING}, year=2023, registry_number="")
    work.write_all(draft, secretary)
    draft.refresh_from_db()
    first, pdf = locked(draft, secretary)
    decided = work.published(first, secretary, on=MEETING)
    before = report_file(pdf).read_bytes()
    assert newer_figures(pdf) is None

    corrected_data()
    assert newer_figures(pdf) is None, "it is compared in the background first"
    newest = latest_snapshot()
    assert newest is not None
    found = compare(pdf, newest)
    change = next(one for one in found.changed if one["name"].endswith("januari–augusti 2023"))
    assert (change["before"], change["after"]) == ("30,0\u00a0% (12 av 40)", "50,0\u00a0% (20 av 40)")
    assert "rättats" in change["why"]

    client.force_login(secretary)
    for address in (f"/rapporter/arbete/{decided.pk}/", "/rapporter/offentligt/2023/delarsrapport-augusti-kun/v1/"):
        page = client.get(address).content.decode()
        assert "ger andra siffror än de som beslutades" in page
        assert "50,0\u00a0% (20 av 40)" in page
    assert NewerFigures.objects.count() == 1
    assert report_file(pdf).read_bytes() == before

    second, its_pdf = locked(second_version(decided, secretary), secretary)
    chapter = changes_in(document_of(its_pdf))
    assert chapter is not None
    assert chapter.title == "Ändringar sedan version 1"
    [table] = chapter.tables
    rows = [[cell.text for cell in row] for row in table.rows]
    assert [change["name"], change["before"], change["after"]] in [row[:3] for row in rows]
    reader = PdfReader(io.BytesIO(report_file(its_pdf).read_bytes()))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Åtta avslut var fel registrerade." in text
    assert "Åtta personer till fick arbete." in text
    assert table.file_name in reader.attachments
    page = client.get(f"/rapporter/arbete/{second.pk}/andringar/").content.decode()
    assert "Text om handelser-text." in page
    assert "50,0\u00a0% (20 av 40)" in page
    assert report_file(pdf).read_bytes() == before


def test_a_text_is_listed_by_the_passages_that_differ() -> None:
    before = {"a": "Ett\n\nTvå\n\nTre", "b": "Samma"}
    after = {"a": "Ett\n\n2\n\nTre\n\nFyra", "b": "Samma"}
    found = text_changes(before, after, {"a": "Inledning", "b": "Slut"})
    assert [(one.heading, one.before, one.after) for one in found] == [
        ("Inledning", ("Två",), ("2",)),
        ("Inledning", (), ("Fyra",)),
    ]
