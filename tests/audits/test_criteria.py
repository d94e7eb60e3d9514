"""The criteria map: each question and recommendation, where the annual report answers it, and what it leaves open."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from audits.actions.frameworks import deliver_frameworks
from audits.parts import criterion_parts
from committees.enums import Role
from committees.models import Committee
from reporting.documents.annual import annual_report
from reporting.documents.annual.criteria import CHAPTERS, Verdict, answers
from reporting.documents.annual.pages import chapters_of
from reporting.documents.annual.questions import SERIES, SINGLE
from reporting.documents.content import Table
from reporting.documents.parts import CriterionPart, Topic
from reporting.snapshots.freezing import freeze
from tests.audits.building import person, reviewers
from tests.documents.conftest import deliver_exits, exits
from tests.documents.editions import annual_edition
from tests.factories import setup_small_municipality

PWC_4 = CriterionPart("Ramverk", "4", "Uppföljning", ("work_or_study_at_exit", "participants"))


def test_a_question_is_answered_wholly_partly_or_not_at_all() -> None:
    shown = {"work_or_study_at_exit": "Resultat vid avslut"}
    roles = CriterionPart("Ramverk", "1", "Roller", topics=(Topic.RESPONSIBILITY,))
    goals = CriterionPart("Ramverk", "2", "Mål", topics=(Topic.GOALS,), elsewhere=("policy eller strategi",))
    alone = CriterionPart("Ramverk", "5", "Samverkan", elsewhere=("forum",))
    found = answers([PWC_4, roles, goals, alone], shown, [Topic.RESPONSIBILITY, Topic.GOALS])
    assert [one.verdict for one in found] == [Verdict.PARTLY, Verdict.WHOLE, Verdict.PARTLY, Verdict.NOT]
    assert (found[0].places, found[0].measures) == (("Resultat vid avslut",), ("work_or_study_at_exit",))
    assert found[0].left == ("deltagare och besök",)
    assert found[3].left == ("forum",)
    both = answers([PWC_4], {**shown, "participants": "Revisionens frågor"}, [])
    assert [one.verdict for one in both] == [Verdict.WHOLE]


def test_every_measure_of_the_report_has_its_chapter_in_the_map() -> None:
    assert {code for _, codes in CHAPTERS.values() for code in codes} == {*SERIES, *SINGLE}


@pytest.mark.django_db
def test_questions_come_from_every_framework_and_recommendations_from_decided_audits_only() -> None:
    town = reviewers()
    town.prepare("submitted")
    before = criterion_parts(["SN"])
    assert all("Rekommendationer" not in one.origin for one in before)
    town.move("decide")
    [recommended] = [one for one in criterion_parts(["SN"]) if one.origin.startswith("Rekommendationer")]
    assert recommended.text == "Följ upp var och en varje månad."
    assert len(criterion_parts(["SN"])) == len(before) + 1
    assert len(criterion_parts(["KUN"])) == len(before)


def _town() -> list[Committee]:
    setup_small_municipality()
    deliver_exits([row for year in (2022, 2023) for row in exits(year, work=20, other=30, women=25)])
    deliver_frameworks()
    return list(Committee.objects.order_by("code"))


@pytest.mark.django_db
def test_the_report_says_where_each_question_of_both_audits_is_answered_and_shows_the_measures_it_lacks() -> None:
    committees = _town()
    snapshot = freeze(as_of=dt.date(2024, 1, 31), frozen=False)
    edition = annual_edition(committees, snapshot)
    [chapter] = [one for one in edition.document.chapters if one.anchor == "revisionens-fragor"]
    maps = [block for block in chapter.blocks if isinstance(block, Table) and block.name != "siffror-till-fragorna"]
    rows = {row[0].text: [cell.text for cell in row[1:]] for found in maps for row in found.rows}
    assert len(rows) == 16 + 6
    assert rows["1. Roller och ansvar"][:2] == ["Besvaras", "Ansvar och organisation"]
    assert rows["9. Insatsernas effekt"][0] == "Besvaras delvis"
    assert rows["5. Samverkan"] == ["Besvaras inte", "–", "–", "forum"]
    title = "|".join(re.escape(one.title) for one in edition.document.chapters)
    for _, where, *_ in rows.values():
        assert re.fullmatch(rf"–|({title})((, | och )({title}))*", where), where
    # Where no template names them, the map and the chapters have the same names.
    own = {
        one.anchor: one.title for one in chapters_of(annual_report(committees=committees, year=2023, snapshot=snapshot))
    }
    assert {own[anchor] for anchor in CHAPTERS if anchor in own} <= {title for title, _ in CHAPTERS.values()}
    [figures] = [
        block for block in chapter.blocks if isinstance(block, Table) and block.name == "siffror-till-fragorna"
    ]
    participants = next(row for row in figures.rows if row[0].text == "Deltagare och besök")
    assert [cell.text for cell in participants[2:4]] == ["50", "50"]


@pytest.mark.django_db
def test_the_page_shows_the_map_to_who_reads_the_committees_figures_only(client: Client) -> None:
    _town()
    freeze(as_of=dt.date(2024, 1, 31))
    client.force_login(person("sekreteraren", Role.SECRETARY, "KUN"))
    page = client.get("/KUN/2023/revisionens-fragor/").content.decode()
    assert "Roller och ansvar" in page
    assert 'href="/KUN/2023/matt/work_or_study_at_exit/"' in page
    assert 'href="/KUN/2023/revisionens-fragor/"' in client.get("/granskningar/").content.decode()
    assert client.get("/SN/2023/revisionens-fragor/").status_code == 403
