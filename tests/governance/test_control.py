"""Internal control: planned, decided, reported, and never reported without its results."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import Change, Committee, User
from committees.workflows import MoveFault
from governance.actions import control_results
from governance.actions.actions import Promise
from governance.actions.control import add_control, add_risk, begin_plan, change_risk, move_plan
from governance.actions.control_results import act_on, change_result, record_result, report_measured
from governance.actions.handover import hand_over_all
from governance.enums import Cause, ControlOccasion, ControlOutcome, PlanState
from governance.figures import NoFigure, PinnedFigure
from governance.models import Control, ControlPlan, ControlResult
from governance.selectors.belongings import to_hand_over
from governance.selectors.causes import causes_of
from governance.selectors.control import matrix, period_of
from governance.watch import WatchItem, watch_list
from reporting.enums import ReportKind
from reporting.models import ReportPeriod
from reporting.snapshots.freezing import freeze
from tests.factories import deliver, setup_small_municipality
from tests.governance.test_figures import NOW
from tests.web.town import person

pytestmark = pytest.mark.django_db

DECIDED = dt.date(2024, 1, 23)
RISK = {"category": "cooperation", "description": "Samverkan försvagas", "probability": 2, "consequence": 4}


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


@pytest.fixture
def plan(secretary: User) -> ControlPlan:
    return begin_plan(committee=Committee.objects.get(code="SN"), year=2024, by=secretary)


def control(plan: ControlPlan, by: User, **fields: Any) -> Control:
    risk = plan.risks.first() or add_risk(plan, by=by, **RISK)
    return add_control(risk, by=by, **{"title": "Gemensamma möten hålls", "frequency": "yearly", **fields})


def measured(plan: ControlPlan, by: User) -> Control:
    return control(plan, by, measure="work_or_study_at_exit", comparator=">=", limit=41)


def watched_controls(user: User, committee: Committee) -> list[WatchItem]:
    return [item for item in watch_list(user, [committee]) if item.kind == "kontroll"]


def decided(plan: ControlPlan, by: User) -> ControlPlan:
    return move_plan(plan, name="decide", decided_on=DECIDED, paragraph="§ 4", by=by)


def result_of(control: Control, by: User, **fields: Any) -> ControlResult:
    facts = {"occasion": "annual", "performed_on": dt.date(2025, 1, 15), "outcome": "minor", **fields}
    return record_result(Control.objects.get(pk=control.pk), by=by, **facts)


def test_a_plan_is_decided_with_its_day_and_only_when_every_risk_is_watched(plan: ControlPlan, secretary: User) -> None:
    with pytest.raises(ValidationError, match="inga risker"):
        decided(plan, secretary)
    add_risk(plan, by=secretary, **RISK)
    with pytest.raises(ValidationError, match="Risk 1 har ingen kontroll"):
        decided(plan, secretary)
    control(plan, secretary)
    with pytest.raises(ValidationError, match="vilken dag"):
        move_plan(plan, name="decide", by=secretary)
    assert decided(plan, secretary).state == PlanState.DECIDED


def test_a_plan_is_reported_only_when_every_control_has_told_of_the_year(plan: ControlPlan, secretary: User) -> None:
    one = control(plan, secretary)
    current = decided(plan, secretary)
    result_of(one, secretary, occasion="interim")
    with pytest.raises(ValidationError, match="saknas för: Gemensamma möten hålls"):
        move_plan(current, name="report", by=secretary)
    result_of(one, secretary)
    assert move_plan(current, name="report", by=secretary).state == PlanState.REPORTED


def test_a_decided_plan_is_changed_only_as_a_draft_again_and_with_a_reason(plan: ControlPlan, secretary: User) -> None:
    control(plan, secretary)
    current = decided(plan, secretary)
    with pytest.raises(ValidationError, match="Gör om den till utkast"):
        add_risk(current, by=secretary, **RISK)
    with pytest.raises(MoveFault, match="varför"):
        move_plan(current, name="revise", by=secretary)
    draft = move_plan(current, name="revise", why="En risk saknas", by=secretary)
    assert (draft.state, draft.decided_on, draft.paragraph) == (PlanState.DRAFT, None, "")
    assert add_risk(draft, by=secretary, **RISK).number == 2


def test_another_committees_secretary_plans_nothing_here_and_sees_nothing(plan: ControlPlan, secretary: User) -> None:
    other = person("andra", Role.SECRETARY, "KUN")
    with pytest.raises(PermissionDenied):
        add_risk(plan, by=other, **RISK)
    with pytest.raises(MoveFault):
        decided(plan, other)
    assert not ControlPlan.objects.visible_to(other).exists()


def test_a_new_assessment_of_a_risk_needs_and_keeps_its_reason(plan: ControlPlan, secretary: User) -> None:
    risk = add_risk(plan, by=secretary, **RISK)
    with pytest.raises(ValidationError, match="varför"):
        change_risk(risk, read_as=1, by=secretary, probability=4)
    change_risk(risk, read_as=1, by=secretary, probability=4, why="Två möten ställdes in")
    kept = Change.objects.of(risk).get(field="probability", before="2")
    assert (kept.after, kept.why) == ("4", "Två möten ställdes in")


def test_the_matrix_has_every_cell_and_each_risk_in_its_own(plan: ControlPlan, secretary: User) -> None:
    risk = add_risk(plan, by=secretary, **RISK)
    lines = matrix([risk])
    assert [line.probability for line in lines] == [4, 3, 2, 1]
    filled = [cell for line in lines for cell in line.cells if cell.risks]
    assert sum(len(line.cells) for line in lines) == 16
    assert [(cell.probability, cell.consequence, cell.value) for cell in filled] == [(2, 4, 8)]


def test_a_measure_without_a_limit_is_no_control(plan: ControlPlan, secretary: User) -> None:
    with pytest.raises(ValidationError, match="hör ihop"):
        control(plan, secretary, measure="work_or_study_at_exit")


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = SimpleNamespace(as_of=dt.date(2025, 1, 31))
    monkeypatch.setattr(control_results, "latest_snapshot", lambda: snapshot)
    monkeypatch.setattr(control_results, "figure_of", lambda *_, **__: NOW)


@pytest.mark.usefixtures("figures")
def test_a_measured_control_reports_itself_and_is_commented_but_not_changed(plan: ControlPlan, secretary: User) -> None:
    measured(plan, secretary)
    current = decided(plan, secretary)
    (told,) = report_measured(current, occasion="annual", by=secretary)
    # 40,0 % against at least 41: less than five per cent of the limit is lacking.
    assert told.outcome == ControlOutcome.MINOR
    assert told.figure is not None
    assert told.figure["snapshot"] == NOW.snapshot
    assert report_measured(current, occasion="annual", by=secretary) == []
    with pytest.raises(ValidationError, match="inte att ändra"):
        change_result(told, read_as=1, outcome="passed", comment="", by=secretary)
    said = change_result(told, read_as=1, outcome="minor", comment="Väntat", by=secretary)
    assert (said.comment, said.figure) == ("Väntat", told.figure)
    with pytest.raises(ValidationError, match="rapporterar sig själv"):
        result_of(told.control, secretary, occasion="interim")


@pytest.mark.usefixtures("figures")
def test_a_control_that_cannot_be_measured_is_not_done_and_says_why(
    plan: ControlPlan, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: Any, **__: Any) -> None:
        raise NoFigure("Måttet mäts bara för hela år.")

    monkeypatch.setattr(control_results, "figure_of", none)
    measured(plan, secretary)
    (told,) = report_measured(decided(plan, secretary), occasion="interim", by=secretary)
    assert (told.outcome, told.comment) == (ControlOutcome.NOT_DONE, "Måttet mäts bara för hela år.")


def test_nothing_is_measured_before_there_are_data_of_the_period(plan: ControlPlan, secretary: User) -> None:
    measured(plan, secretary)
    with pytest.raises(ValidationError, match="2024-08-31"):
        report_measured(decided(plan, secretary), occasion="interim", by=secretary)


def test_a_deviation_gets_an_action_that_knows_what_caused_it(plan: ControlPlan, secretary: User) -> None:
    one = control(plan, secretary)
    decided(plan, secretary)
    with pytest.raises(ValidationError, match="Fler kan inte avvika"):
        result_of(one, secretary, checked=3, deviations=4)
    told = result_of(one, secretary, checked=10, deviations=4)
    promise = Promise(title="Boka mötena", cause=Cause.CONTROL, owner=secretary, due=dt.date(2025, 6, 30))
    action = act_on(told, promise=promise, by=secretary)
    assert [link.kind for link in causes_of(action, secretary)] == ["kontroll"]


def test_the_pages_plan_decide_and_report(client: Client, secretary: User) -> None:
    client.force_login(secretary)
    root = "/styrning/internkontroll/"
    assert "Påbörja den första" in client.get(root).content.decode()
    assert (
        client.post(f"{root}ny/", {"committee": Committee.objects.get(code="SN").pk, "year": 2024}).status_code == 302
    )
    plan = ControlPlan.objects.get()
    url = f"{root}{plan.pk}/"
    assert client.post(f"{url}risk/ny/", {**RISK, "read_as": 0}).status_code == 302
    risk = plan.risks.get()
    written = {"title": "Möten hålls", "frequency": "yearly", "owner": secretary.pk, "read_as": 0}
    assert client.post(f"{url}risk/{risk.pk}/kontroll/", written).status_code == 302
    assert client.post(f"{url}steg/decide/", {"decided_on": "2024-01-23", "paragraph": "§ 4"}).status_code == 302
    made = Control.objects.get()
    facts = {"occasion": "annual", "performed_on": "2025-01-15", "outcome": "minor", "checked": 10, "deviations": 4}
    assert client.post(f"{url}kontroll/{made.pk}/resultat/", {**facts, "read_as": 0}).status_code == 302
    result = ControlResult.objects.get()
    promised = {"title": "Boka mötena", "owner": secretary.pk, "due": "2025-06-30"}
    assert client.post(f"{url}resultat/{result.pk}/atgard/", promised).status_code == 302
    page = client.get(url).content.decode()
    assert "Risk 1, värde 8" in page
    assert "4 av 10 kontrollerade avvek" in page
    assert "Boka mötena" in page
    assert "inget underlag" in client.post(f"{url}matt/annual/", follow=True).content.decode()
    assert "2024" in client.get(f"{root}?fil=csv").content.decode("utf-8-sig")


def test_a_plan_with_many_risks_costs_no_more_questions(client: Client, plan: ControlPlan, secretary: User) -> None:
    for number in range(20):
        risk = add_risk(plan, by=secretary, **RISK)
        add_control(risk, by=secretary, title=f"Kontroll {number}", frequency="yearly")
    client.force_login(secretary)
    for url in ("/styrning/internkontroll/", f"/styrning/internkontroll/{plan.pk}/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) < 15


def test_what_has_no_result_is_watched_until_the_year_is_told(plan: ControlPlan, secretary: User) -> None:
    sn = plan.committee
    one = control(plan, secretary, frequency="half_yearly", owner=secretary)
    control(plan, secretary, title="Läs tio beslut")
    assert not list(watched_controls(secretary, sn))
    decided(plan, secretary)
    seen = {item.title: (item.due, item.owner) for item in watched_controls(secretary, sn)}
    assert seen == {
        "Gemensamma möten hålls (delårsrapport 2024)": (dt.date(2024, 8, 31), secretary),
        "Läs tio beslut (årsrapport 2024)": (dt.date(2024, 12, 31), None),
    }
    result_of(one, secretary, occasion="interim")
    assert "Gemensamma möten hålls (årsrapport 2024)" in {item.title for item in watched_controls(secretary, sn)}
    result_of(one, secretary)
    assert [item.title for item in watched_controls(secretary, sn)] == ["Läs tio beslut (årsrapport 2024)"]
    assert not list(watched_controls(person("andra", Role.SECRETARY, "KUN"), sn))


def test_the_municipalitys_own_interim_report_says_when_the_control_is_due(secretary: User) -> None:
    interim = {"kind": ReportKind.INTERIM, "statutory": True, "name": "Delår"}
    ReportPeriod.objects.create(code="halvar", end="06-30", **interim)
    assert period_of(2024, ControlOccasion.INTERIM).end == dt.date(2024, 6, 30)
    assert period_of(2024, ControlOccasion.ANNUAL).end == dt.date(2024, 12, 31)


def test_controls_are_handed_over_until_the_plan_is_reported(plan: ControlPlan, secretary: User) -> None:
    one = control(plan, secretary, owner=secretary)
    decided(plan, secretary)
    other = person("efterträdaren", Role.SECRETARY, "SN")
    [listed] = to_hand_over(other, owner=secretary)
    assert (listed.kind, listed.title, listed.due) == (
        "kontroll",
        "Gemensamma möten hålls (2024)",
        dt.date(2024, 12, 31),
    )
    hand_over_all(person=secretary, to=other, why="Har slutat", by=other)
    one.refresh_from_db()
    assert one.owner == other
    assert Change.objects.of(one).get(field="owner", why="Har slutat").before == "sekreteraren"
    result_of(one, other)
    move_plan(ControlPlan.objects.get(), name="report", by=other)
    assert not to_hand_over(other, owner=other)


def test_a_measured_control_tells_the_interim_report_and_the_year_from_the_snapshot(
    plan: ControlPlan, secretary: User
) -> None:
    """January to August 2 of 5 leave for work, September to December 4 of 5: 40 % and 60 % against at least 50."""
    results = ["arbete_osubventionerat"] * 2 + ["franvaro"] * 3 + ["arbete_osubventionerat"] * 4 + ["flyttat"]
    people = [{"person": f"P{number}", "födelsedatum": dt.date(1990, 1, 5), "kön": "K"} for number in range(10)]
    exits = [
        {
            "inskrivning": f"I{number}",
            "person": f"P{number}",
            "enhet": "AME",
            "start": dt.date(2024, 1, 8),
            "slut": dt.date(2024, 8 if number < 5 else 9, 30),
            "avslutsorsak": reason,
        }
        for number, reason in enumerate(results)
    ]
    deliver(personer=people, inskrivningar=exits)
    snapshot = freeze(as_of=dt.date(2025, 1, 31))
    control(plan, secretary, measure="work_or_study_at_exit", comparator=">=", limit=50)
    current = decided(plan, secretary)
    told = [report_measured(current, occasion=occasion, by=secretary)[0] for occasion in ControlOccasion]
    kept = [PinnedFigure.from_json(result.figure) for result in told]
    assert [(one.start, one.end, one.value) for one in kept if one] == [
        ("2024-01-01", "2024-08-31", 40),
        ("2024-01-01", "2024-12-31", 60),
    ]
    assert {one.snapshot for one in kept if one} == {snapshot.hash}
    assert [result.outcome for result in told] == [ControlOutcome.SERIOUS, ControlOutcome.PASSED]
