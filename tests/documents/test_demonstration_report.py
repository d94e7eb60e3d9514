"""The demonstration's annual report for 2023: the published figures in words, by both standards, byte for byte."""

import itertools
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.demonstration import Demonstration


@pytest.fixture(scope="module")
def text(demonstration: Demonstration) -> str:
    """Everything that is written in the report, with ordinary spaces between words."""
    pages = (page.extract_text() for page in PdfReader(demonstration.report).pages)
    return re.sub(r"\s+", " ", " ".join(pages).replace("\u00a0", " "))


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_finds_both_standards_met(
    demonstration: Demonstration, verapdf: list[str], flavour: str, record_property: Callable[[str, object], None]
) -> None:
    asked = [*verapdf, "--flavour", flavour, str(demonstration.report)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    record_property("verapdf", f"{flavour}: {said.split()[0] if said else 'no answer'} helarsrapport-2023.pdf")
    assert said.startswith("PASS"), said


def test_the_report_asked_for_again_is_the_same_bytes(demonstration: Demonstration, tmp_path: Path) -> None:
    again = tmp_path / "igen.pdf"
    demonstration.run(
        *("report", "helarsrapport", "--committee", "SN,KUN", "--year", "2023", "--registry-number", "KS 2024/118"),
        *("--snapshot", demonstration.frozen["2024-01-31"], "--out", str(again)),
    )
    assert again.read_bytes() == demonstration.report.read_bytes()


def test_the_cover_says_whose_report_it_is(text: str) -> None:
    for said in (
        "Samlad uppföljning 2023",
        "Kultur- och utbildningsnämnden och socialnämnden",
        "Exempelstads kommun",
        "Diarienummer KS 2024/118",
        "Version 1, 31 januari 2024",
    ):
        assert said in text


@pytest.mark.parametrize(
    "said",
    [
        "gick 19,7 procent till arbete eller studier, den lägsta andelen sedan 2019",
        "25 av 127",
        "21 (16,5) 4 (3,1)",
        "115 (39,8)",
        "89 av 127",
        "70,1 %",
        "av 412 vuxna mottagare",
        "49 procent av avbrotten",
        "Variant: hela året (avslutade året före)",
        "SN 2024-01-23 § 4",
        "Publiceras av Kolada på samma nivå",
        "den 1 januari 2024 (KF 2023-10-25 § 190)",
    ],
)
def test_the_published_figures_and_the_decisions_behind_them_are_said(text: str, said: str) -> None:
    assert said in text


def test_every_page_has_its_number_of_all(demonstration: Demonstration) -> None:
    pages = PdfReader(demonstration.report).pages
    for number, page in enumerate(pages[1:], start=2):
        assert f"{number} ({len(pages)})" in page.extract_text()


def test_missing_values_of_other_municipalities_are_said_to_be_missing(text: str) -> None:
    assert "Boxholm - - - - -" in text
    assert "Lidköping 31,0 38,8 37,3 46,5 56,5" in text


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
# A4's width less the margin of 24 mm that every page but the cover has, in points.
_RIGHT_EDGE = (210 - 24) / 25.4 * 72
_Word = tuple[float, float, float, float, str]


def _pages(pdf: Path) -> list[list[_Word]]:
    """Return the words of each page with their boxes (left, top, right, bottom, in points)."""
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    found = [_WORD.findall(page) for page in said.split("<page ")[1:]]
    return [
        [(float(left), float(top), float(right), float(bottom), word) for left, top, right, bottom, word in page]
        for page in found
    ]


def _collisions(page: list[_Word]) -> Iterator[str]:
    """Yield what is printed over something else, or beyond the margin. Lines may touch; letters may not."""
    for one, other in itertools.combinations(page, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        if across > 1 and down > 3.5:
            yield f"{one[4]} over {other[4]}"
    yield from (f"{word} beyond the margin" for _, _, right, _, word in page if right > _RIGHT_EDGE + 1)


def test_no_word_is_printed_over_another_or_beyond_the_margin(demonstration: Demonstration, tmp_path: Path) -> None:
    with demonstration.copy(tmp_path / "kopia") as town:
        for kind in ("delarsrapport", "manadsblad"):
            town.run("report", kind, "--committee", "SN", "--year", "2024", "--out", str(tmp_path / f"{kind}.pdf"))
        town.run("audit_report", "1", "--out", str(tmp_path / "granskning.pdf"))
    published = Path(demonstration.environment["MEDIA_ROOT"]).rglob("*.pdf")
    wrong = [
        f"{pdf.name}, page {number}: {said}"
        for pdf in [*tmp_path.glob("*.pdf"), *published]
        for number, page in enumerate(_pages(pdf), start=1)
        for said in _collisions(page)
    ]
    assert wrong == []
