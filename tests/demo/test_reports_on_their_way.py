"""The demonstration's reports: one decided on and published, others begun, all of them once."""

from __future__ import annotations

import pytest

from tests.demonstration import Demonstration

_ASK = """
from reporting.documents.models import BoardReport, Publication
from reporting.documents.work.selectors import missing_parts
for report in BoardReport.objects.order_by("pk"):
    owed = ",".join(sorted(part.spec.code for part in missing_parts(report)))
    writers = ",".join(sorted({str(part.writer) for part in report.parts.exclude(text="")}))
    print("REPORT", report.kind, report.state, report.editions.filter(status="ready").count(), owed or "-", writers, sep=";")
for publication in Publication.objects.all():
    print("PUBLISHED", publication.edition.kind, publication.year, sep=";")
"""


@pytest.fixture(scope="module")
def told(demonstration: Demonstration) -> list[list[str]]:
    """The lines of what is asked, each as its words."""
    return [line.split(";") for line in demonstration.run("shell", "--verbosity", "0", "-c", _ASK).splitlines()]


@pytest.fixture(scope="module")
def reports(told: list[list[str]]) -> dict[str, list[str]]:
    """What is told of each kind of report in each state: PDFs, what is owed, and writers; of two alike the last one."""
    return {f"{kind} {state}": rest for word, kind, state, *rest in told if word == "REPORT"}


def test_an_annual_report_has_gone_the_whole_way_with_its_memo_and_brief(reports: dict[str, list[str]]) -> None:
    pdfs, owed, writers = reports["helarsrapport published"]
    assert pdfs == "3"
    assert owed == "-"
    assert writers == "chef,sekreterare"


def test_it_is_published(told: list[list[str]]) -> None:
    assert [rest for word, *rest in told if word == "PUBLISHED"] == [["helarsrapport", "2024"]]


def test_others_are_half_written(reports: dict[str, list[str]]) -> None:
    _, owed, writers = reports["delarsrapport draft"]
    # Written but not marked as ready: it is owed still.
    assert "framat-text" in owed.split(",")
    assert "handelser-text" not in owed.split(",")
    assert writers == "chef"
    assert {"helarsrapport draft", "manadsblad draft"} <= reports.keys()
