"""What stands in the PDF's tables stands in its data, and what is hidden stands nowhere: not in a chart, sentence or caption."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from committees.models import Committee
from reporting.documents.content import Block, Document, Heading, Table, Text
from reporting.documents.layout import html_of
from reporting.documents.work.edition import edition_of_composition
from reporting.enums import ReportKind
from reporting.figures.publishing import REGISTER
from reporting.figures.swedish import HIDDEN
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.documents.conftest import TARGETS, deliver_exits, exits
from tests.documents.test_report_parts import composed
from tests.factories import setup_small_municipality

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

KINDS = pytest.mark.parametrize(
    ("kind", "end"),
    [
        (ReportKind.ANNUAL, dt.date(2023, 12, 31)),
        (ReportKind.INTERIM, dt.date(2023, 8, 31)),
        (ReportKind.MONTHLY, dt.date(2023, 6, 30)),
    ],
)
_NUMBER = re.compile(r"\S*\d\S*")


def _printed(pdf: bytes, tmp_path: Path) -> str:
    """Return what pdftotext reads in the PDF, in the order it is written, with single spaces."""
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(found.split())


def _apart(text: str) -> str:
    """Return the text with the ends of each interval apart: in print a line may end between them."""
    return text.replace("–", "– ")


def _words(text: str) -> list[str]:
    return " ".join(text.split()).split(" ")


def _begins(block: Block) -> str:
    """Return how a block begins in print, empty for one that is not told by its first words."""
    match block:
        case Table():
            return " ".join(_words(f"{block.label}. {block.caption}"))
        case Text() | Heading():
            return " ".join(_words(block.text)[:6])
    return ""


def _tables_in_print(document: Document, printed: str) -> Iterator[tuple[Table, str]]:
    """Yield each table with what is printed from its caption to where its rows end."""
    # A letter has no table of contents to pass by.
    at = max(printed.find("Innehåll"), 0)
    for table in document.tables:
        start = printed.index(_begins(table), at) + len(_begins(table))
        last = " ".join(_words(table.rows[-1][-1].text)) if table.rows else ""
        row = " ".join(_words(table.rows[-1][0].text)) if table.rows else ""
        end = printed.index(last, printed.index(row, start) + len(row)) + len(last)
        yield table, printed[start:end]
        at = end


def _numbers_of(table: Table) -> set[str]:
    """Return every number of the embedded file as it may be printed: as it stands, and with its thousands apart."""
    content = table.csv().decode("utf-8-sig")
    cells = [_apart(cell) for row in csv.reader(io.StringIO(content), delimiter=";") for cell in row]
    found = {word for cell in cells for word in _words(cell.replace("-", "\u2212") if cell[:1] == "-" else cell)}
    for cell in cells:
        whole, comma, rest = cell.lstrip("-").partition(",")
        if whole.isdigit():
            apart = f"{int(whole):,}".replace(",", " ") + comma + rest
            found |= set(_words(f"\u2212{apart}" if cell.startswith("-") else apart)) | set(_words(f"+{apart}"))
    return found


@KINDS
def test_every_number_that_pdftotext_finds_in_a_table_stands_in_its_embedded_file(
    committees: list[Committee], provisional: Snapshot, tmp_path: Path, kind: ReportKind, end: dt.date
) -> None:
    edition = edition_of_composition(composed(kind, committees, end, platser="AME | 12 | 40"), provisional)
    printed = _printed(edition.pdf(), tmp_path)
    looked_at = 0
    for table, text in _tables_in_print(edition.document, printed):
        known = _numbers_of(table)
        missing = [word for word in _NUMBER.findall(_apart(text)) if word not in known]
        assert missing == [], f"{table.label} {table.caption}"
        looked_at += len(_NUMBER.findall(text))
    assert looked_at > (100 if kind is ReportKind.ANNUAL else 20)


def _page(kind: ReportKind, end: dt.date, women: int) -> str:
    """Return the report, as the page its PDF is made of, when so many of those who went to work in 2023 were women."""
    rows = [row for year in range(2021, 2023) for row in exits(year, work=20, other=30, women=50)]
    deliver_exits([*rows, *exits(2023, work=12, other=28, women=women)])
    snapshot = freeze(as_of=dt.date(2024, 1, 31), frozen=False)
    shutil.rmtree(Path(settings.SNAPSHOT_ROOT) / REGISTER, ignore_errors=True)
    said = "Kvinnor: {{mått:work_or_study_at_exit; kon=K}}, {{mått:work_or_study_at_exit; kon=K; visa=antal}}."
    wanted = composed(kind, list(Committee.objects.order_by("code")), end, inledning=said)
    page = html_of(edition_of_composition(wanted, snapshot).document)
    return page.replace(snapshot.hash, "").replace(snapshot.short_hash, "")


@KINDS
def test_the_report_is_the_same_whatever_a_hidden_number_is(kind: ReportKind, end: dt.date) -> None:
    setup_small_municipality(TARGETS)
    three, two = _page(kind, end, women=3), _page(kind, end, women=2)
    assert "<svg" in three
    assert f"Kvinnor: {HIDDEN}" in three
    assert three == two
