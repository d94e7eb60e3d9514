"""The demonstration's internal control says what the published audit says, is entered once, and reads as a paper."""

import datetime as dt
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from demo.accounts import add_accounts
from demo.steering_control import add_control_plans
from governance.documents.control import plan_document
from governance.enums import PlanState
from governance.models import ControlPlan, Routine
from governance.selectors.routines import conflicts, controls_in, with_watch
from reporting.documents.layout import html_of
from tests.demonstration import DEMO_PASSWORD

DAY = dt.date(2025, 1, 31)


@pytest.mark.django_db
def test_the_plans_and_routines_hold_the_facts_and_a_second_time_adds_nothing() -> None:
    call_command("setup_municipality", settings.BASE_DIR / "demo" / "kommun.toml", stdout=StringIO())
    add_accounts(DEMO_PASSWORD)
    assert add_control_plans() == 10
    assert add_control_plans() == 0

    routines = {routine.code: routine for routine in with_watch(Routine.objects.all())}
    assert all(routine.measure for routine in routines.values())
    assert len(conflicts(routines["manadsuppfoljning"])) == 2
    assert {code for code, routine in routines.items() if controls_in(routine, 2024)} == {"remiss"}

    plans = {plan.year: plan for plan in ControlPlan.objects.select_related("committee")}
    assert {year: plan.state for year, plan in plans.items()} == {2024: PlanState.DECIDED, 2025: PlanState.DRAFT}
    assert plans[2025].copied_from == plans[2024]

    paper = plan_document(plans[2024], "Provkommunen", DAY)
    assert [table.name for table in paper.tables] == ["risker", "riskmatris", "risk-2", "risk-1"]
    read = html_of(paper)
    assert "Socialnämnden beslutade planen 23 januari 2024, § 6." in read
    assert "9 av 20 kontrollerade avvek." in read
    assert "Åtgärd: Gör om remissformuläret så att hindret alltid anges, klar senast 2025-06-30" in read
    assert "som ska vara högst 14" in read
    assert "Planen är ett utkast" in html_of(plan_document(plans[2025], "Provkommunen", DAY))
