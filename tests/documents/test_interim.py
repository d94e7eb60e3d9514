"""The figures of an interim report: this year and last so far, target and forecast, and no part of a year taken for a whole."""

from __future__ import annotations

import datetime as dt

import pytest

from committees.models import Committee
from reporting.documents.annual import ReportFault
from reporting.documents.annual.report import rows_of
from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Table, Text
from reporting.documents.so_far.economy import economy_chapter
from reporting.documents.so_far.figures import Interim, interim_figures
from reporting.documents.so_far.goals import interim_chapters
from reporting.measures.cohorts import Period
from reporting.snapshots.engine import engine_for
from reporting.snapshots.freezing import freeze
from tests.factories import deliver

pytestmark = pytest.mark.of_snapshots

END = dt.date(2023, 8, 31)
CODE = "work_or_study_at_exit"


@pytest.fixture
def found(committees: list[Committee]) -> Interim:
    """The figures of both committees by 31 August 2023."""
    engine = engine_for(freeze(as_of=dt.date(2023, 9, 30), frozen=False))
    codes = [committee.code for committee in committees]
    return interim_figures(engine, codes, END, rows_of(engine, codes))


@pytest.mark.django_db
def test_an_indicator_stands_with_last_year_its_target_and_a_forecast(found: Interim) -> None:
    chapter, _ = interim_chapters(found, Numbering())
    table = next(block for block in chapter.blocks if isinstance(block, Table) and block.name == "delar-indikatorer")
    row = next(cells for cells in table.rows if cells[4].text == "≥\u00a040")
    # All exits of these years came in June, so from August to December nothing moved in any of the four years before.
    told = [cell.text for cell in row[1:]]
    assert told[0].startswith("januari–augusti 2023")
    assert told[1:] == ["40,0\u00a0%", "30,0\u00a0%", "≥\u00a040", "30,0\u00a0% (30,0–30,0)"]
    note = " ".join(block.text for block in chapter.blocks if isinstance(block, Text))
    assert "2019, 2020, 2021 och 2022" in note
    assert "aldrig på en del av ett kalenderår" in note


@pytest.mark.django_db
def test_no_figure_of_the_report_counts_ten_months_in_a_calendar_year(found: Interim) -> None:
    long_term = [each for each in found.results if each.measure.code == "long_term_support"]
    assert {each.request.variant for each in long_term} <= {"rolling"}
    this_year = [each.request.cohort for each in found.results if each.period.end == END]
    assert all(cohort.end <= END and cohort != Period.year(2023) for cohort in this_year)


@pytest.mark.django_db
def test_a_snapshot_that_does_not_reach_the_end_is_refused(committees: list[Committee]) -> None:
    engine = engine_for(freeze(as_of=dt.date(2023, 6, 30), frozen=False))
    with pytest.raises(ReportFault, match="Välj ett senare underlag"):
        interim_figures(engine, ["KUN", "SN"], END, {})


@pytest.mark.django_db
def test_the_economy_is_told_by_unit_and_by_activity_on_the_same_total(committees: list[Committee]) -> None:
    deliver(
        kostnader=[
            {"månad": f"2023-0{month}", "enhet": "AME", "insats": "sprakpraktik", "slag": "direkt", "utfall": "100000"}
            for month in (2, 3)
        ]
    )
    engine = engine_for(freeze(as_of=dt.date(2023, 9, 30), frozen=False))
    codes = [committee.code for committee in committees]
    told = interim_figures(engine, codes, END, rows_of(engine, codes))
    tables = {block.name: block for block in economy_chapter(told, Numbering()).blocks if isinstance(block, Table)}
    for name in ("ekonomi-enheter", "ekonomi-insatser"):
        [group, total] = tables[name].rows
        assert (group[1].text, total[1].text) == ("200", "200")
    [short] = [one for one in economy_chapter(told, Numbering(), splits=("enhet",)).blocks if isinstance(one, Table)]
    assert short.name == "ekonomi-enheter"
