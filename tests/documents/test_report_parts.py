"""The parts that a template chooses: charts, measures, indicators and free tables, in every kind of report."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from audits.actions.frameworks import deliver_frameworks
from committees.models import Committee
from committees.toml_tables import TextFault
from reporting.documents.annual import ReportFault
from reporting.documents.annual.criteria import Verdict
from reporting.documents.chosen.drawing import split_chart, years_chart
from reporting.documents.content import Block, Boxes, Cell, Chapter, Chart, Column, Heading, Prose, Table, Text
from reporting.documents.layout import Edition, html_of
from reporting.documents.models import ReportTemplateVersion
from reporting.documents.templates.model import ChartForm
from reporting.documents.templates.reading import read
from reporting.documents.templates.storing import DELIVERED, deliver_templates, store_template
from reporting.documents.verifying import ReportFile, verify
from reporting.documents.work.answering import answers_in
from reporting.documents.work.composition import Composition
from reporting.documents.work.edition import edition_of_composition
from reporting.enums import ReportKind
from reporting.figures.model import Figure, Result
from reporting.figures.requests import request
from reporting.figures.swedish import HIDDEN
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.documents import work
from tests.documents.conftest import five_years
from tests.factories import setup_small_municipality

pytestmark = pytest.mark.of_snapshots

CODE = "work_or_study_at_exit"
PARTS = """
[[kapitel]]
kod = "valt"
rubrik = "Det vi har valt"
[[kapitel.delar]]
kod = "inledning"
rubrik = "Inledning"
vagledning = "Skriv."
[[kapitel.delar]]
kod = "linje"
rubrik = "Genom åren"
slag = "diagram"
matt = "work_or_study_at_exit"
[[kapitel.delar]]
kod = "efter-kon"
rubrik = "Kvinnor och män"
slag = "diagram"
matt = "work_or_study_at_exit"
efter = "kon"
[[kapitel.delar]]
kod = "stod"
rubrik = "Långvarigt bistånd"
slag = "matt"
matt = "long_term_support"
[[kapitel.delar]]
kod = "vidare"
rubrik = "De som gick vidare"
slag = "matt"
matt = "work_or_study_at_exit"
vagledning = "Vad beror det på?"
skribent = "chef"
[[kapitel.delar]]
kod = "urval"
rubrik = "Ett urval"
slag = "indikatorer"
matt = ["plan_coverage"]
indikatorer = ["vidare", "finns-inte"]
[[kapitel.delar]]
kod = "platser"
rubrik = "Platser"
slag = "tabell"
vagledning = "En rad för varje enhet."
kolumner = [{ rubrik = "Enhet" }, { rubrik = "Platser", tal = "ja" }, { rubrik = "Andel" }]
"""
HEAD = """
kod = "prov"
titel = "Prov"
slag = "{kind}"
omfattning = "Ett prov."
[tider]
datastopp = 4
textstopp = 3
beredning = 2
utskick = 1
"""
TEXTS = {
    "inledning": "Så gick det.",
    "vidare": "Färre platser än året före.",
    "platser": "AME | 12 | {{mått:work_or_study_at_exit}}\n\n| =1+1 | 7 | ingen |",
}


def template(kind: ReportKind) -> ReportTemplateVersion:
    return store_template(text=HEAD.format(kind=kind) + PARTS, by=None)


def composed(kind: ReportKind, committees: list[Committee], end: dt.date, **texts: str) -> Composition:
    return Composition(
        kind, "Prov 2023", template(kind), tuple(committees), dt.date(2023, 1, 1), end, texts={**TEXTS, **texts}
    )


def chapter_of(edition: Edition) -> Chapter:
    return next(one for one in edition.document.chapters if one.title == "Det vi har valt")


def under(chapter: Chapter) -> dict[str, tuple[Block, ...]]:
    """The blocks under each heading of the chapter."""
    found: dict[str, list[Block]] = {}
    for block in chapter.blocks:
        if isinstance(block, Heading):
            found[block.text] = []
        else:
            list(found.values())[-1].append(block)
    return {heading: tuple(blocks) for heading, blocks in found.items()}


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.fixture(scope="module")
def annual(django_db_setup: None, django_db_blocker: DjangoDbBlocker, snapshots_of_documents: Path) -> Edition:
    """A report of 2023 in which each kind of part stands once, and one measure twice; nothing of it is left in the database."""
    with django_db_blocker.unblock(), override_settings(SNAPSHOT_ROOT=snapshots_of_documents), transaction.atomic():
        committees = five_years()
        snapshot = freeze(as_of=dt.date(2024, 1, 31), frozen=False)
        made = edition_of_composition(composed(ReportKind.ANNUAL, committees, dt.date(2023, 12, 31)), snapshot)
        transaction.set_rollback(True)
    return made


def test_each_part_stands_where_the_template_has_it(annual: Edition) -> None:
    parts = under(chapter_of(annual))
    assert list(parts) == [
        "Inledning",
        "Genom åren",
        "Kvinnor och män",
        "Långvarigt bistånd",
        "De som gick vidare",
        "Ett urval",
        "Platser",
    ]
    assert [type(block) for block in parts["Genom åren"]] == [Chart]
    assert [type(block) for block in parts["De som gick vidare"]] == [Text, Chart, Table, Boxes, Prose]
    assert [chart.number for chart in annual.document.charts] == list(range(1, len(annual.document.charts) + 1))


def test_a_measure_says_what_its_figures_are_in_words_table_and_chart(annual: Edition) -> None:
    said, chart, table, how, _ = under(chapter_of(annual))["De som gick vidare"]
    assert isinstance(said, Text)
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    assert isinstance(how, Boxes)
    # 20 of 50 a year to 2022, then 12 of 40.
    assert "från 40,0" in said.text or "var 40,0" in said.text
    assert [row[:4] for row in cells(table)[-2:]] == [["2022", "20", "50", "40,0"], ["2023", "12", "40", "30,0"]]
    assert "2023 30,0" in chart.svg
    assert "Mål\u00a0≥\u00a040\u00a0%" in chart.svg
    assert how.boxes[0].title == "Så räknas måttet"


def test_a_split_of_which_everything_is_hidden_is_a_table_of_nothing_but_its_total(annual: Edition) -> None:
    [table] = under(chapter_of(annual))["Kvinnor och män"]
    assert isinstance(table, Table)
    # Three women, all of whom went on to work: hidden, and so are the men, who would tell it.
    assert [row[1:] for row in cells(table)[:2]] == [[HIDDEN] * 4] * 2
    assert cells(table)[2][1:3] == ["12", "40"]


def result(year: int, value: float | None, *groups: Figure) -> Result:
    total = Figure({}, value, 100 if value else None, value, suppressed=value is None)
    asked = request(CODE, year=year, by=("alder",) if groups else ())
    return Result(asked, dt.date(2024, 1, 31), ("x",), groups, total, {})


@pytest.mark.parametrize("form", list(ChartForm))
def test_what_is_hidden_stands_in_no_chart_and_no_words_of_one(form: ChartForm) -> None:
    hidden = Figure({}, 37, 100, 37.0, 30, 45).hidden()
    results = [result(2022, 41.0), replace(result(2023, 37.0), total=hidden)]
    chart = years_chart(results, form, None, ())
    groups = [replace(hidden, key={"alder": "–24"}), Figure({"alder": "25–34"}, 41, 100, 41.0, 35, 48)]
    bars = split_chart(result(2023, 41.0, *groups), lambda value: f"{value} år")
    assert chart is not None
    assert bars is not None
    for one, told in ((chart, f"2022 41,0, 2023 {HIDDEN}"), (bars, f"–24 år {HIDDEN}, 25–34 år 41,0")):
        assert told in one.svg
        assert "37" not in "".join(re.findall(r">([^<>]*)<", one.svg))


def test_a_table_of_chosen_indicators_has_targets_and_says_what_is_not_there(annual: Edition) -> None:
    table, missing = under(chapter_of(annual))["Ett urval"]
    assert isinstance(table, Table)
    assert isinstance(missing, Text)
    row = cells(table)[-1]
    assert row[2:4] == ["40,0\u00a0%", "30,0\u00a0%"]
    assert row[5:] == ["≥\u00a040", "✗ Ej uppfyllt"]
    assert "”finns-inte”" in missing.text


def test_a_free_table_has_its_rows_its_figures_and_a_file_without_formulas(annual: Edition) -> None:
    [table] = under(chapter_of(annual))["Platser"]
    assert isinstance(table, Table)
    assert cells(table) == [["AME", "12", "30,0\u00a0%"], ["=1+1", "7", "ingen"]]
    rows = list(csv.reader(io.StringIO(table.csv().decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Enhet", "Platser", "Andel"]
    assert rows[2][0].startswith("'=")
    assert annual.manifest["references"] == [{"part": "platser", "reference": CODE, "shown": "30,0\u00a0%"}]


@pytest.mark.django_db
def test_every_figure_of_the_parts_is_in_the_manifest_and_can_be_computed_again(
    annual: Edition, settings: Settings
) -> None:
    figures = cast("list[dict[str, Any]]", annual.manifest["figures"])
    shown = {(one["measure"], one["period"]["end"][:4], tuple(one["by"])) for one in figures}
    assert {("long_term_support", "2019", ()), (CODE, "2023", ("kon",))} <= shown
    assert len({repr(sorted((key, repr(one[key])) for key in one)) for one in figures}) == len(figures)
    files = {table.file_name: table.csv() for table in annual.document.tables}
    report = ReportFile("0" * 64, annual.manifest, files)
    found = verify(report, SnapshotFolder.open(Path(settings.SNAPSHOT_ROOT) / str(annual.manifest["snapshot"])))
    assert found.faults == []
    assert found.figures > 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [ReportKind.INTERIM, ReportKind.MONTHLY])
def test_a_report_of_a_part_of_a_year_has_the_same_parts_and_no_calendar_year_in_them(
    kind: ReportKind, committees: list[Committee]
) -> None:
    snapshot = freeze(as_of=dt.date(2023, 9, 30), frozen=False)
    edition = edition_of_composition(composed(kind, committees, dt.date(2023, 8, 31)), snapshot)
    parts = under(chapter_of(edition))
    table = next(block for block in parts["De som gick vidare"] if isinstance(block, Table))
    assert cells(table)[-1][:4] == ["Januari–augusti 2023", "12", "40", "30,0"]
    figures = cast("list[dict[str, Any]]", edition.manifest["figures"])
    now = [one for one in figures if one["period"]["end"] == "2023-08-31"]
    assert {one["variant"] for one in now if one["measure"] == "long_term_support"} <= {"rolling"}
    assert all(one.get("cohort", one["period"])["end"] <= "2023-08-31" for one in now)


@pytest.mark.django_db
def test_a_table_with_a_row_that_does_not_fill_its_columns_is_named_with_its_line() -> None:
    composition = composed(ReportKind.ANNUAL, [], dt.date(2023, 12, 31), platser="AME | 12 | x\nFält | 3")
    with pytest.raises(ReportFault, match="Rad 2 i ”Platser” har 2 celler, men tabellen har 3 kolumner"):
        edition_of_composition(composition, Snapshot())


@pytest.mark.django_db
def test_the_map_of_the_auditors_questions_names_the_chapters_as_the_template_does() -> None:
    setup_small_municipality()
    deliver_frameworks()
    composition = composed(ReportKind.INTERIM, list(Committee.objects.all()), dt.date(2023, 8, 31))
    by_number = {one.criterion.number: one for one in answers_in(composition, {CODE}) if CODE in one.criterion.measures}
    assert by_number
    assert {place for one in by_number.values() for place in one.places} == {"Det vi har valt"}
    other = [one for one in answers_in(composition, {"sfi_dropout"}) if "sfi_dropout" in one.criterion.measures]
    assert {one.measures for one in other} == {()}
    # Without a figure of it nothing is answered by it.
    unanswered = [one for one in answers_in(composition, ()) if CODE in one.criterion.measures]
    assert {(one.measures, one.verdict is Verdict.NOT) for one in unanswered} == {((), True)}


@pytest.mark.django_db
def test_who_writes_a_report_sees_what_auditors_ask_and_it_leaves_open(client: Client) -> None:
    work.prepare()
    deliver_frameworks()
    secretary = work.secretary_of("SN")
    client.force_login(secretary)
    report = work.interim(secretary)
    page = client.get(f"/rapporter/arbete/{report.pk}/revisionens-fragor/").content.decode()
    assert "Roller och ansvar" in page
    assert "besvaras inte. Att en fråga besvaras betyder" in page
    assert (
        f"/rapporter/arbete/{report.pk}/revisionens-fragor/"
        in client.get(f"/rapporter/arbete/{report.pk}/").content.decode()
    )


@pytest.mark.django_db
def test_a_free_table_is_written_in_the_editor_saved_while_unfinished_and_kept_only_whole(client: Client) -> None:
    work.prepare()
    secretary = work.secretary_of("SN")
    client.force_login(secretary)
    report = work.interim(secretary, template_version=template(ReportKind.INTERIM))
    page = f"/rapporter/arbete/{report.pk}/delar/platser/"
    editor = client.get(f"{page}skriv/").content.decode()
    assert " data-table" in editor
    assert "med | mellan cellerna: Enhet | Platser | Andel." in editor
    assert client.post(f"{page}spara/", {"text": "AME\t12", "read_as": 1}).status_code == 200
    assert "Rad 1 i ”Platser” har 2 celler" in client.get(page).content.decode()
    part = work.part(report, "platser")
    refused = client.post(f"{page}skriv/", {"text": part.text, "read_as": part.revision}).content.decode()
    assert "Rad 1 i ”Platser” har 2 celler, men tabellen har 3 kolumner." in refused
    done = client.post(f"{page}skriv/", {"text": "AME\t12\t<i>40</i>", "read_as": part.revision})
    assert done.status_code == 302
    assert work.part(report, "platser").text == "AME | 12 | <i>40</i>"
    assert "&lt;i&gt;40&lt;/i&gt;</td>" in client.get(page).content.decode()


def test_a_long_table_of_figures_stands_whole_in_its_file_and_with_its_first_rows_and_total_on_paper() -> None:
    rows = tuple((Cell(f"Enhet {at}"), Cell(str(at))) for at in range(1, 61))
    columns = (Column("Enhet", 50, numeric=False), Column("Antal", 50))
    table = Table(7, "enheter", "Enheterna", columns, rows, has_total=True)
    page = render_to_string(table.template, {"block": table})
    assert "Här står de 25 första av 60 rader och summan." in page
    assert "tabell-07-enheter.csv" in page
    assert page.count('scope="row"') == 26
    assert ">Enhet 60<" in page
    assert table.csv().count(b"\r\n") == 61
    words = replace(table, columns=(columns[0], replace(columns[1], numeric=False)))
    assert render_to_string(table.template, {"block": words}).count('scope="row"') == 60


def faults(parts: str, kind: ReportKind = ReportKind.ANNUAL) -> list[str]:
    with pytest.raises(TextFault) as caught:
        read(HEAD.format(kind=kind) + parts)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('matt = "long_term_support"', 'matt = "long_term"', "Måttet ”long_term” finns inte. De mått som finns är:"),
        ('efter = "kon"', 'efter = "hinder"', "kan inte delas efter ”hinder”. Det kan delas efter:"),
        ('efter = "kon"', 'efter = "kon"\ntyp = "linje"', "En uppdelning ritas med staplar."),
        ('matt = "long_term_support"', 'matt = "long_term_support"\nvariant = "ny"', "har inte varianten ”ny”."),
        ('kolumner = [{ rubrik = "Enhet" }', 'kolumner = [{ rubrik = "En|het" }', "får inte ha tecknet |"),
        ('indikatorer = ["vidare", "finns-inte"]', 'matte = "x"', "känns inte igen här"),
    ],
)
def test_what_a_part_cannot_show_is_said_with_its_line_and_what_there_is(before: str, after: str, said: str) -> None:
    [fault] = faults(PARTS.replace(before, after))
    assert re.match(r"Rad \d+: ", fault)
    assert said in fault


def test_a_measure_part_is_written_only_where_the_template_asks_for_a_text() -> None:
    content = read(HEAD.format(kind=ReportKind.ANNUAL) + PARTS)
    assert [part.code for part in content.texts] == ["inledning", "vidare", "platser"]
    assert [column.heading for column in content.part("platser").columns] == ["Enhet", "Platser", "Andel"]


@pytest.mark.django_db
def test_a_delivered_template_that_nobody_has_edited_gets_the_texts_that_come_later() -> None:
    old = (DELIVERED / "manadsblad.toml").read_text(encoding="utf-8").replace("Månadsblad", "Gammalt blad")
    first = store_template(text=old, by=None)
    newest = next(one for one in deliver_templates() if one.template.code == "manadsblad")
    assert (first.number, newest.number, newest.template.title) == (1, 2, "Månadsblad")
    assert newest in deliver_templates()


def test_long_reports_list_their_charts_and_tables_with_links_and_short_ones_do_not(annual: Edition) -> None:
    page = html_of(annual.document)
    assert 'href="#tabell-1"' in page
    assert 'id="tabell-1"' in page
    short = replace(annual.document, chapters=annual.document.chapters[:1])
    assert 'href="#tabell-1"' not in html_of(short)
