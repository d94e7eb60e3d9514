"""Goals, targets, values by hand and explanations: who may, what is asked for, and what a new year carries over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from committees.enums import Role
from committees.models import Change, Committee, Unit, User
from committees.revising import Overtaken
from governance.actions.explanations import Answer, attest_value, change_value, explain, report_value
from governance.actions.goals import (
    Aim,
    Content,
    create_goal,
    create_indicator,
    drop_target,
    edit_goal,
    edit_indicator,
    set_target,
    settle_target,
)
from governance.actions.new_year import open_year
from governance.actions.scorecards import set_scorecard
from governance.enums import Comparator, Frequency, RiskCategory
from governance.models import Control, ControlPlan, Explanation, Goal, Indicator, ReportedValue, Risk, Target
from governance.selectors.indicators import indicator_parts
from governance.selectors.new_year import unset
from governance.selectors.scorecards import levels
from reporting.documents.aims import by_hand
from reporting.figures.model import Period
from reporting.figures.targets import Status
from tests.factories import setup_small_municipality
from tests.web.town import GOALS, person

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 3, 1)
COUNCIL = """
[[namnd]]
kod = "KF"
namn = "Kommunfullmäktige"
[[mal]]
kod = "KF-1"
namn = "Fler ska försörja sig själva"
namnd = "KF"
"""


@pytest.fixture
def secretary() -> User:
    setup_small_municipality(GOALS + COUNCIL)
    return person("sekreteraren", Role.SECRETARY, "SN")


@pytest.fixture
def sn(secretary: User) -> Committee:
    return Committee.objects.get(code="SN")


@pytest.fixture
def satisfied(secretary: User) -> Indicator:
    content = Content(name="Nöjda deltagare", unit="procent")
    return create_indicator(goals=Goal.objects.filter(code="M1"), content=content, by=secretary)


def reported(indicator: Indicator, by: User) -> ReportedValue:
    return report_value(
        indicator,
        committee=Committee.objects.get(code="SN"),
        period=Period.year(2024),
        value=Decimal(82),
        source="Enkät, 41 svar",
        by=by,
    )


def test_a_goal_serves_the_councils_goals_and_never_itself(secretary: User, sn: Committee) -> None:
    council = Goal.objects.visible_to(secretary).get(code="KF-1")
    below = create_goal(committee=sn, code="SN-9", name="Korta vägar", above=[council], by=secretary)
    assert list(below.above.all()) == [council]
    first = Goal.objects.get(code="M1")
    edit_goal(first, read_as=first.revision, name=first.name, above=[below], by=secretary)
    with pytest.raises(ValidationError, match="sig självt"):
        edit_goal(below, read_as=below.revision, name=below.name, above=[first], by=secretary)


def test_only_who_steers_the_committee_sets_its_goals(sn: Committee) -> None:
    for role, code in ((Role.AUDITOR, "SN"), (Role.SECRETARY, "KUN")):
        other = person(f"{role}{code}", role, code)
        with pytest.raises(PermissionDenied):
            create_goal(committee=sn, code="SN-9", name="Korta vägar", by=other)
        with pytest.raises(PermissionDenied):
            set_target(Indicator.objects.get(code="arbete"), year=2025, aim=Aim(">=", Decimal(1)), by=other)


def test_of_two_who_write_a_goal_the_second_is_shown_the_first_ones(secretary: User) -> None:
    goal = Goal.objects.get(code="M1")
    edit_goal(goal, read_as=1, name="Den förstas ord", by=secretary)
    with pytest.raises(Overtaken):
        edit_goal(goal, read_as=1, name="Den andras ord", by=secretary)
    assert Goal.objects.get(code="M1").name == "Den förstas ord"


def test_a_settled_target_changes_only_with_a_reason_that_is_kept(secretary: User) -> None:
    indicator = Indicator.objects.get(code="arbete")
    target = indicator.targets.get(year=2024)
    with pytest.raises(ValidationError, match="varför"):
        set_target(indicator, year=2024, aim=Aim(Comparator.AT_LEAST, Decimal(30)), read_as=1, by=secretary)
    aim = Aim(Comparator.AT_LEAST, Decimal("32.5"))
    set_target(indicator, year=2024, aim=aim, read_as=1, why="Nytt läge", by=secretary)
    change = Change.objects.of(target).get(why="Nytt läge")
    assert (change.before, change.after, change.why) == ("minst 35", "minst 32,5", "Nytt läge")
    drop_target(Target.objects.get(pk=target.pk), why="Mäts inte mer", by=secretary)
    assert Change.objects.of(indicator).get().before == "2024: minst 32,5"


def test_a_target_is_a_value_or_a_group_and_not_both_or_half(secretary: User) -> None:
    indicator = Indicator.objects.get(code="arbete")
    for aim in (
        Aim("<"),
        Aim("<", Decimal(1), "N31825", "Liknande"),
        Aim("<", kpi="N31825"),
        Aim("<", Decimal(1), "N1"),
    ):
        with pytest.raises(ValidationError):
            set_target(indicator, year=2025, aim=aim, by=secretary)
    relative = set_target(indicator, year=2025, aim=Aim("<", kpi="N31825", group="Liknande"), by=secretary)
    assert relative.is_relative


def test_an_indicator_by_hand_has_a_name_and_a_unit_and_does_not_turn_into_a_measured_one(
    satisfied: Indicator, secretary: User
) -> None:
    with pytest.raises(ValidationError, match="enhet"):
        create_indicator(goals=satisfied.goals.all(), content=Content(name="Utan enhet"), by=secretary)
    reported(satisfied, secretary)
    measured = Content(measure="work_or_study_at_exit")
    with pytest.raises(ValidationError, match="för hand"):
        edit_indicator(satisfied, read_as=1, goals=satisfied.goals.all(), content=measured, by=secretary)


def test_a_value_counts_when_another_than_the_reporter_has_attested_it(satisfied: Indicator, secretary: User) -> None:
    set_target(satisfied, year=2024, aim=Aim(Comparator.AT_LEAST, Decimal(80)), by=secretary)
    value = reported(satisfied, secretary)
    chief = person("chefen", Role.MANAGER, "SN")
    with pytest.raises(PermissionDenied):
        attest_value(value, read_as=1, by=secretary)
    assert _status(satisfied) == Status.NOT_MEASURED
    value = attest_value(value, read_as=1, by=chief)
    assert _status(satisfied) == Status.MET
    with pytest.raises(ValidationError, match="varför"):
        change_value(value, value=Decimal(60), source="Enkät", why="", read_as=2, by=secretary)
    changed = change_value(value, value=Decimal(60), source="Enkät", why="Fel fil", read_as=2, by=secretary)
    assert changed.attested_by is None
    assert _status(satisfied) == Status.NOT_MEASURED
    assert ("82", "60", "Fel fil") in Change.objects.of(value).values_list("before", "after", "why")


def _status(indicator: Indicator) -> Status | None:
    part = next(part for part in indicator_parts(["SN"], [2024]) if part.code == indicator.code)
    return by_hand(part, 2024)[0].status


def test_nobody_attests_their_own_value_not_even_a_chief(satisfied: Indicator) -> None:
    chief = person("chefen", Role.MANAGER, "SN")
    with pytest.raises(ValidationError, match="någon annan"):
        attest_value(reported(satisfied, chief), read_as=1, by=chief)


def test_a_missed_target_by_hand_lacks_an_explanation_until_it_has_one(satisfied: Indicator, secretary: User) -> None:
    set_target(satisfied, year=2024, aim=Aim(Comparator.MORE_THAN, Decimal(82)), by=secretary)
    attest_value(reported(satisfied, secretary), read_as=1, by=person("chefen", Role.MANAGER, "SN"))
    assert _lacks(satisfied)
    answer = Answer(text="Få svarade.", reason_for_none="Enkäten görs om i vår.")
    explain(
        satisfied, committee=Committee.objects.get(code="SN"), period=Period.year(2024), answer=answer, by=secretary
    )
    assert not _lacks(satisfied)


def _lacks(indicator: Indicator) -> bool:
    part = next(part for part in indicator_parts(["SN"], [2024]) if part.code == indicator.code)
    return by_hand(part, 2024)[0].lacks_explanation


@pytest.mark.parametrize(
    "answer",
    [
        Answer(text=" ", reason_for_none="Onödigt"),
        Answer(text="Få deltog."),
        Answer(text="Få deltog.", reason_for_none="  "),
    ],
)
def test_an_explanation_has_its_text_and_an_action_or_a_reason(answer: Answer, secretary: User, sn: Committee) -> None:
    indicator = Indicator.objects.get(code="arbete")
    with pytest.raises(ValidationError):
        explain(indicator, committee=sn, period=Period.year(2024), answer=answer, by=secretary)
    assert not Explanation.objects.exists()


def test_a_new_year_carries_goals_targets_and_the_plan_over_once_and_says_what_is_left(
    secretary: User, sn: Committee, satisfied: Indicator
) -> None:
    Goal.objects.filter(code="M1").update(last_year=2024)
    plan = ControlPlan.objects.create(committee=sn, year=2024)
    risk = Risk.objects.create(
        plan=plan, number=1, category=RiskCategory.LAW, description="Fel beslut", probability=2, consequence=3
    )
    Control.objects.create(risk=risk, title="Läs tio beslut", frequency=Frequency.YEARLY)
    carried = open_year(committee=sn, year=2025, by=secretary)
    assert (carried.goals, carried.targets, carried.risks, carried.controls) == (1, 1, 1, 1)
    again = open_year(committee=sn, year=2025, by=secretary)
    assert (again.goals, again.targets, again.risks) == (0, 0, 0)
    copied = Target.objects.get(year=2025)
    assert (copied.value, copied.copied) == (Decimal(35), True)
    left = {one.kind for one in unset(sn, 2025, DAY)}
    assert {"Målvärde kopierat från året innan", "Indikator utan målvärde", "Enhet utan styrkort"} <= left
    settle_target(copied, by=secretary)
    assert "Målvärde kopierat från året innan" not in {one.kind for one in unset(sn, 2025, DAY)}
    assert Target.objects.get(year=2024).value == Decimal(35)


def test_every_level_without_a_scorecard_stands_out_until_it_has_one(secretary: User, sn: Committee) -> None:
    without = {one.name for one in levels(sn, DAY) if one.card is None}
    assert {"Socialnämnden", "Socialförvaltningen", "Arbetsmarknadsenheten", "Integrationsenheten"} <= without
    assert "Svenska för invandrare" not in without
    unit = Unit.objects.get(code="AME")
    set_scorecard(committee=sn, unit=unit, indicators=Indicator.objects.all(), by=secretary)
    assert "Arbetsmarknadsenheten" not in {one.name for one in levels(sn, DAY) if one.card is None}
    with pytest.raises(Overtaken):
        set_scorecard(committee=sn, unit=unit, indicators=Indicator.objects.all(), read_as=9, by=secretary)
