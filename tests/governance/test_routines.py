"""Routines, who answers for them, controls made from them in one step, and what every committee has settled."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.enums import Role
from committees.models import Change, Committee, User
from committees.revising import Overtaken
from governance.actions.control import control_from, move_plan
from governance.actions.coverage import Settled, settle_aspect
from governance.actions.documents import add_document
from governance.actions.goals import create_goal
from governance.actions.routines import add_routine, change_routine, drop_party, name_party
from governance.enums import Aspect, DocumentKind, RoutineTask
from governance.models import Control, ControlPlan, CoverageEntry, Routine
from governance.selectors.coverage import coverage
from governance.selectors.routines import conflicts, controls_in, with_watch
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

RISK = {"category": "law", "description": "Ingen följer upp", "probability": 3, "consequence": 3}
DAY = dt.date(2024, 6, 1)


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


@pytest.fixture
def sn(secretary: User) -> Committee:
    return Committee.objects.get(code="SN")


@pytest.fixture
def routine(secretary: User, sn: Committee) -> Routine:
    name = "Uppföljning minst en gång i månaden"
    return add_routine(committee=sn, code="manad", name=name, measure="follow_up_compliance", by=secretary)


def looked_at(routine: Routine) -> Routine:
    return with_watch(Routine.objects.all()).get(pk=routine.pk)


def test_two_who_answer_for_the_same_follow_up_are_a_conflict_and_so_is_nobody(
    routine: Routine, secretary: User
) -> None:
    assert conflicts(looked_at(routine)) == ["Det framgår inte vem som följer upp."]
    first = name_party(routine, task=RoutineTask.FOLLOW_UP, party="Arbetsmarknadsenheten", by=secretary)
    assert conflicts(looked_at(routine)) == []
    name_party(routine, task=RoutineTask.FOLLOW_UP, party="Integrationsenheten", by=secretary)
    assert conflicts(looked_at(routine)) == [
        "Följer upp: både Arbetsmarknadsenheten och Integrationsenheten anges som ansvariga."
    ]
    with pytest.raises(ValidationError, match="står redan"):
        name_party(routine, task=RoutineTask.FOLLOW_UP, party="Integrationsenheten", by=secretary)
    drop_party(first, why="Rutinen är förtydligad", by=secretary)
    assert conflicts(looked_at(routine)) == []
    kept = Change.objects.of(routine).get(before="Arbetsmarknadsenheten: Följer upp")
    assert (kept.after, kept.why) == ("", "Rutinen är förtydligad")


def test_only_those_who_keep_the_committees_registers_write_in_it(routine: Routine, sn: Committee) -> None:
    other = person("andra", Role.SECRETARY, "KUN")
    assert not Routine.objects.visible_to(other).exists()
    with pytest.raises(PermissionDenied):
        change_routine(routine, read_as=1, name="Något annat", by=other)
    with pytest.raises(PermissionDenied):
        settle_aspect(Settled(DAY), committee=sn, year=2024, aspect=Aspect.RESPONSIBILITY, by=other)


def test_the_second_to_save_a_routine_is_told(routine: Routine, secretary: User) -> None:
    change_routine(routine, read_as=1, name="En gång i månaden", by=secretary)
    with pytest.raises(Overtaken):
        change_routine(routine, read_as=1, name="Varje månad", by=secretary)


def test_a_routine_becomes_a_control_in_one_step_until_the_plan_is_decided(routine: Routine, secretary: User) -> None:
    made = control_from(
        committee=routine.committee,
        year=2024,
        by=secretary,
        new_risk=RISK,
        routine=routine,
        title="x",
        frequency="yearly",
    )
    assert (made.risk.plan.year, made.risk.number, made.routine) == (2024, 1, routine)
    again = control_from(
        committee=routine.committee,
        year=2024,
        by=secretary,
        risk=made.risk,
        new_risk=RISK,
        title="Läs tio planer",
        criterion="Följs rutinerna?",
        frequency="yearly",
    )
    assert again.risk == made.risk
    assert controls_in(looked_at(routine), 2024) == [made]
    assert controls_in(looked_at(routine), 2025) == []
    with pytest.raises(ValidationError, match="annan plan"):
        control_from(
            committee=routine.committee,
            year=2025,
            by=secretary,
            risk=made.risk,
            new_risk=RISK,
            title="y",
            frequency="yearly",
        )
    move_plan(ControlPlan.objects.get(year=2024), name="decide", decided_on=DAY, by=secretary)
    with pytest.raises(ValidationError, match="Gör om den till utkast"):
        control_from(committee=routine.committee, year=2024, by=secretary, new_risk=RISK, title="z", frequency="yearly")


def settled(user: User, code: str, year: int = 2024) -> dict[str, bool]:
    [line] = [one for one in coverage(user, year, DAY) if one.committee.code == code]
    return {cell.aspect.value: cell.is_settled for cell in line.cells}


def test_the_matrix_is_read_from_the_registers(secretary: User, sn: Committee) -> None:
    nothing = {"responsibility": False, "sub_goal": False, "action_plan": False}
    assert settled(secretary, "SN") == settled(secretary, "KUN") == nothing
    plan: dict[str, Any] = {"title": "Handlingsplan", "kind": DocumentKind.PLAN, "by": secretary}
    add_document(committees=[sn], **plan)
    assert settled(secretary, "SN") == nothing, "an undated plan is not an adopted one"
    add_document(committees=[sn], decided_on=dt.date(2024, 2, 1), valid_to=dt.date(2024, 12, 31), **plan)
    above = create_goal(committee=sn, code="M1", name="Fler i arbete", by=secretary)
    assert settled(secretary, "SN") == nothing | {"action_plan": True}
    create_goal(committee=sn, code="M2", name="Fler i studier", above=[above], by=secretary)
    assert settled(secretary, "SN") == nothing | {"action_plan": True, "sub_goal": True}
    assert not settled(secretary, "SN", 2025)["action_plan"], "the plan has lapsed"
    assert settled(secretary, "KUN") == nothing


def test_a_decision_entered_by_hand_counts_and_changes_only_with_a_reason(secretary: User, sn: Committee) -> None:
    cell: dict[str, Any] = {"committee": sn, "year": 2024, "aspect": Aspect.RESPONSIBILITY, "by": secretary}
    entry = settle_aspect(Settled(DAY, "KF § 190"), **cell)
    assert settled(secretary, "SN")["responsibility"]
    with pytest.raises(ValidationError, match="varför"):
        settle_aspect(Settled(), read_as=entry.revision, **cell)
    settle_aspect(Settled(), read_as=entry.revision, why="Beslutet är upphävt", **cell)
    assert not settled(secretary, "SN")["responsibility"]
    with pytest.raises(Overtaken):
        settle_aspect(Settled(DAY), read_as=entry.revision, why="x", **cell)


def test_the_pages_from_a_routine_to_its_control_and_the_matrix(client: Client, secretary: User, sn: Committee) -> None:
    client.force_login(secretary)
    root, year = "/styrning/rutiner/", timezone.localdate().year
    assert "För in rutinerna" in client.get(root).content.decode()
    written = {
        "committee": sn.pk,
        "code": "halvar",
        "name": "Halvårsöversyn",
        "measure": "six_month_review",
        "read_as": 0,
    }
    assert client.post(f"{root}ny/", written).status_code == 302
    routine = Routine.objects.get()
    url = f"{root}{routine.pk}/"
    assert f"Ingen kontrollerar rutinen {year}" in client.get(url).content.decode()
    assert "Halvårsöversyn</a>" in client.get("/styrning/tackning/").content.decode()
    assert client.post(f"{url}ansvarig/", {"task": "follow_up", "party": "Enheten"}).status_code == 302
    assert client.post(f"{url}andra/", {"name": "Översyn efter sex månader", "read_as": 1}).status_code == 302
    routine.refresh_from_db()
    assert routine.name == "Översyn efter sex månader"
    Routine.objects.filter(pk=routine.pk).update(measure="six_month_review")
    made = {**RISK, "title": "Översynen görs", "year": year, "frequency": "yearly", "comparator": ">=", "limit": "90"}
    assert client.post(f"{url}kontroll/", made).status_code == 302
    control = Control.objects.get()
    assert (control.routine, control.measure, control.limit) == (routine, "six_month_review", Decimal(90))
    assert "Ingen kontrollerar" not in client.get(url).content.decode()
    asked = client.get("/styrning/internkontroll/kriterium/SN/", {"kriterium": "Följs kostnaden upp?"})
    assert 'value="Följs kostnaden upp?"' in asked.content.decode()
    entry = f"/styrning/tackning/SN/{year}/responsibility/"
    assert client.post(entry, {"settled_on": "2024-01-23", "reference": "§ 4", "read_as": 0}).status_code == 302
    assert CoverageEntry.objects.get().reference == "§ 4"
    assert client.get("/styrning/tackning/KUN/2024/responsibility/").status_code == 403


def test_many_routines_cost_no_more_questions(client: Client, secretary: User, sn: Committee) -> None:
    for number in range(20):
        routine = add_routine(committee=sn, code=f"r{number}", name=f"Rutin {number}", by=secretary)
        name_party(routine, task="follow_up", party="Enheten", by=secretary)
    client.force_login(secretary)
    assert "Rutin 7" in client.get("/styrning/rutiner/?fil=csv").content.decode("utf-8-sig")
    for url in ("/styrning/rutiner/", "/styrning/tackning/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) < 15
