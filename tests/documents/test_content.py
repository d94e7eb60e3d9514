"""What an annual report says: plain words, whole tables, nothing hidden told anywhere, and everything in the files inside."""

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from committees.models import Committee
from reporting.documents.annual import AnnualReport, annual_report
from reporting.documents.annual.past import Past
from reporting.documents.annual.setting import Numbering, series_chart
from reporting.documents.annual.summary import targets_in_words
from reporting.documents.content import Cell, Chart, Column, Definition, Table
from reporting.documents.layout import MANIFEST_NAME, Edition, html_of
from reporting.figures.history import KnownBefore
from reporting.figures.reorganisation import Handover
from reporting.figures.swedish import HIDDEN
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.documents.conftest import deliver_exits, exits
from tests.documents.editions import annual_edition
from tests.factories import deliver, setup_small_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]

CODE = "work_or_study_at_exit"


@pytest.fixture
def report(committees: list[Committee], provisional: Snapshot) -> AnnualReport:
    """The joint annual report of 2023."""
    return annual_report(committees=committees, year=2023, snapshot=provisional, registry_number="SN 2024/1")


@pytest.fixture
def edition(committees: list[Committee], provisional: Snapshot) -> Edition:
    """The report set in pages."""
    return annual_edition(committees, provisional, registry_number="SN 2024/1")


def table(edition: Edition, name: str) -> Table:
    """Return the table with that name."""
    return next(each for each in edition.document.tables if each.name == name)


def row(found: Table, head: str) -> list[str]:
    """Return the cells of the row with that heading."""
    return next([cell.text for cell in cells[1:]] for cells in found.rows if cells[0].text == head)


def test_the_year_stands_on_a_page_in_words(edition: Edition) -> None:
    page = html_of(edition.document)
    assert "gick 30,0 procent till arbete eller studier" in page
    assert "Målvärdet är inte uppfyllt." in page
    assert "Målet minst 40 procent är inte uppfyllt." in page


def test_an_indicator_shows_three_years_its_target_its_status_and_n(edition: Edition) -> None:
    name = "Till arbete eller studier vid avslut"
    shown = row(table(edition, "mal-och-indikatorer"), name)
    assert shown == ["40,0", "40,0", "30,0", "≥\u00a040", "✗ Ej uppfyllt", "", "ingen säker förändring", "40"]


def test_the_result_at_exit_is_a_chart_with_its_table(edition: Edition) -> None:
    assert row(table(edition, "resultat-vid-avslut"), "2022") == [
        "20 (40,0)",
        "0 (0,0)",
        "0 (0,0)",
        "30 (60,0)",
        "0 (0,0)",
        "50",
    ]
    charts = [block for chapter in edition.document.chapters for block in chapter.blocks if isinstance(block, Chart)]
    assert "2022: Arbete 40, Studier 0, Annan myndighet 0, Slutfört uppdrag 60, Övrigt 0." in charts[0].svg


def test_the_series_draws_what_was_known_before_and_the_moves_of_units_as_the_page_does(report: AnnualReport) -> None:
    known = KnownBefore(2017, 41.5, None, None, "Årsbokslut 2017", "", None)
    moved = Handover(dt.date(2022, 1, 1), (("AME", "AME"),), "KUN", "SN", "Kultur", "Socialnämnden", "KF § 1")
    past = Past((known,), "Från tiden före systemet: 2017 41,5 procent.", (moved,))
    chart = series_chart(replace(report, pasts={"work_or_study_at_exit": past}), Numbering(), CODE, caption="Andel")
    assert "Före systemet: 2017 41,5." in chart.svg
    assert "Egen kommun: 2018 -, 2019 40,0" in chart.svg
    assert "KUN → SN" in chart.svg
    assert "Från tiden före systemet: 2017 41,5 procent. Den 1 januari 2022 gick ansvaret för AME över" in chart.note
    assert "Före systemet" not in series_chart(report, Numbering(), CODE, caption="Andel").svg


def test_history_that_was_delivered_stands_in_chart_and_manifest(committees: list[Committee]) -> None:
    told = {"mått": CODE, "år": 2017, "värde": 41.5, "källa": "Årsbokslut 2017"}
    deliver(historik=[told])
    snapshot = freeze(as_of=dt.date(2024, 1, 31), frozen=False)
    found = annual_report(committees=committees, year=2023, snapshot=snapshot)
    assert "Källa: Årsbokslut 2017." in found.past(CODE).history_said
    assert [each.year for each in found.past(CODE).history] == [2017]
    shown = annual_edition(committees, snapshot).manifest["history"]
    assert shown == [{"measure": CODE, "year": 2017, "value": 41.5, "source": "Årsbokslut 2017"}]


def test_a_small_number_and_what_would_tell_it_are_hidden(edition: Edition) -> None:
    # Three women and nine men went to work: the three are few, and the nine would tell them.
    groups = table(edition, "vilka-som-gick-vidare")
    assert row(groups, "Kön: kvinna")[0] == HIDDEN
    assert row(groups, "Kön: man")[0] == HIDDEN
    assert row(groups, "Alla")[:2] == ["12", "40"]


def test_nothing_hidden_is_told_in_manifest_or_files(report: AnnualReport, edition: Edition) -> None:
    split = report.figures.one("work_or_study_at_exit", by=("kon",))
    assert [figure.suppressed for figure in split.groups] == [True, True]
    figures = json.dumps(edition.manifest["figures"])
    told = [
        figure
        for figure in json.loads(figures)
        if figure["measure"] == "work_or_study_at_exit" and figure["by"] == ["kon"]
    ]
    for group in told[0]["groups"]:
        assert {group[name] for name in ("numerator", "denominator", "value", "low", "high", "persons")} == {None}
    written = table(edition, "vilka-som-gick-vidare").csv().decode("utf-8-sig")
    assert "Kön: kvinna;..;..;..;.." in written


def test_every_table_is_inside_the_pdf_as_the_same_rows(edition: Edition) -> None:
    inside = PdfReader(io.BytesIO(edition.pdf())).attachments
    assert set(inside) == {MANIFEST_NAME, *(each.file_name for each in edition.document.tables)}
    for each in edition.document.tables:
        rows = list(csv.reader(io.StringIO(inside[each.file_name][0].decode("utf-8-sig")), delimiter=";"))
        assert rows[0] == [column.heading.replace("\u00a0", " ") for column in each.columns]
        assert len(rows) == len(each.rows) + 1


def test_the_manifest_says_what_the_report_rests_on(
    report: AnnualReport, edition: Edition, provisional: Snapshot
) -> None:
    inside = PdfReader(io.BytesIO(edition.pdf())).attachments
    manifest: dict[str, Any] = json.loads(inside[MANIFEST_NAME][0])
    assert (manifest["snapshot"], manifest["committees"], manifest["year"]) == (provisional.hash, ["KUN", "SN"], 2023)
    assert {"code": "exit_results", "version": 1} in manifest["measures"]
    assert len(manifest["figures"]) == len(report.figures.answers)


def test_a_committee_sees_only_what_it_answered_for(committees: list[Committee], provisional: Snapshot) -> None:
    # The labour-market unit was under KUN until the end of 2023; no aid has been paid, so KUN alone has no chapter on it.
    kun = [committee for committee in committees if committee.code == "KUN"]
    alone = annual_edition(kun, provisional)
    anchors = [chapter.anchor for chapter in alone.document.chapters]
    assert "resultat" in anchors
    assert "bistand" not in anchors


def test_the_report_says_that_a_unit_went_over_to_another_committee(edition: Edition) -> None:
    page = html_of(edition.document)
    assert (
        "gick över från Kultur- och utbildningsnämnden till Socialnämnden den 1 januari 2024 (KF 2023-10-25 §\u00a0190)."
        in page
    )


def test_a_move_without_a_decision_and_a_mandate_renewed_are_told_as_they_are(
    report: AnnualReport, committees: list[Committee], provisional: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page_of(told: AnnualReport) -> str:
        monkeypatch.setattr("reporting.documents.work.figures.annual_report", lambda **_asked: told)
        return html_of(annual_edition(committees, provisional).document)

    first, second = (each for each in report.responsibilities if each.unit == report.responsibilities[0].unit)
    undecided = replace(report, responsibilities=(first, replace(second, decision="")))
    page = page_of(undecided)
    assert "gick över från" in page
    assert "()" not in page
    renewed = replace(report, responsibilities=(first, replace(second, committee=first.committee)))
    assert "gick över från" not in page_of(renewed)


def test_a_formula_in_a_table_is_no_formula_in_its_file() -> None:
    harmful = Table(
        1,
        "prov",
        "Prov",
        (Column("=1+1", 50, numeric=False), Column("n", 50)),
        ((Cell("=HYPERLINK(1)"), Cell("−3,5")),),
    )
    assert harmful.csv().decode("utf-8-sig").splitlines() == ["'=1+1;n", "'=HYPERLINK(1);-3,5"]


def test_a_number_in_a_file_is_one_a_spreadsheet_reads() -> None:
    numbers = Table(1, "prov", "Prov", (Column("a", 50), Column("b", 50)), ((Cell("1\u00a0234,5"), Cell("+12")),))
    assert numbers.csv().decode("utf-8-sig").splitlines()[1] == "1234,5;12"


def test_a_row_that_does_not_fill_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="celler"):
        Table(1, "prov", "Prov", (Column("a", 50), Column("b", 50)), ((Cell("1"),),))


def test_only_what_the_report_has_figures_for_is_defined(edition: Edition) -> None:
    method = next(chapter for chapter in edition.document.chapters if chapter.anchor == "metod")
    defined = [block.anchor for block in method.blocks if isinstance(block, Definition)]
    assert "matt-work-or-study-at-exit" in defined
    assert "matt-long-term-support" not in defined


EXEMPTION = """
[[rojandeundantag]]
matt = "exit_results"
niva = "kommun"
skal = "Publiceras av Kolada på samma nivå"
beslut = "SN 2024-01-23 § 4"
"""


@pytest.mark.parametrize(("codes", "work", "printed"), [("KUN SN", 3, True), ("KUN", 3, False), ("KUN SN", 12, False)])
def test_an_exemption_is_printed_only_where_a_small_number_is_shown_by_it(
    db: None, codes: str, work: int, printed: bool
) -> None:
    setup_small_municipality(EXEMPTION)
    deliver_exits(exits(2023, work=work, other=28, women=20))
    snapshot = freeze(as_of=dt.date(2024, 1, 31), frozen=False)
    chosen = list(Committee.objects.filter(code__in=codes.split()).order_by("code"))
    page = html_of(annual_edition(chosen, snapshot).document)
    assert ("beslut om undantag från röjandekontrollen" in page) is printed
    assert ("Undantaget från röjandekontrollen ovan" in page) is printed


@pytest.mark.parametrize(
    ("met", "of_all", "said"),
    [
        (0, 2, "Inget av två målvärden är uppfyllt."),
        (1, 2, "Ett av två målvärden är uppfyllt."),
        (2, 3, "Två av tre målvärden är uppfyllda."),
    ],
)
def test_how_many_targets_are_met_is_said_in_good_swedish(met: int, of_all: int, said: str) -> None:
    assert targets_in_words(met, of_all) == said


def test_routines_are_told_by_month_and_by_enrolment(edition: Edition) -> None:
    # Forty were enrolled February to June, five months each, and nobody was followed up.
    assert row(table(edition, "uppfoljning"), "2023") == ["0", "200", "0,0", "0", "40", "0,0"]
    assert "Uppföljning varje månad" in html_of(edition.document)


def test_activities_are_compared_with_the_reservation_that_outcome_is_not_effect(edition: Edition) -> None:
    assert "Utfall är inte effekt: deltagarna skiljer sig åt." in html_of(edition.document)
