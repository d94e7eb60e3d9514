"""The pages of goals, as those who use them meet them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import Committee, Unit, User
from governance.actions.actions import Promise, create_action
from governance.actions.goals import Content, create_indicator
from governance.actions.scorecards import set_scorecard
from governance.enums import Cause
from governance.figures import PinnedFigure
from governance.models import Action, Explanation, Goal, Indicator, ReportedValue, Target
from governance.selectors.causes import causes_of
from governance.watch import watch_list
from tests.factories import setup_small_municipality
from tests.web.town import GOALS, build_town, person

pytestmark = pytest.mark.django_db

DUE = dt.date(2025, 6, 30)


@pytest.fixture
def secretary() -> User:
    setup_small_municipality(GOALS)
    return person("sekreteraren", Role.SECRETARY, "SN")


def as_person(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def explanation_url(year: int = 2024) -> str:
    return f"/styrning/mal/indikator/{Indicator.objects.get(code='arbete').pk}/forklaring/SN/{year}/"


def test_a_missed_target_is_explained_with_an_action_that_pins_the_measure(client: Client) -> None:
    """One walk from the alarm to the action: the town's 25 percent against a target of 35."""
    build_town()
    secretary = person("sekreteraren", Role.SECRETARY, "SN")
    committee = Committee.objects.get(code="SN")
    as_person(client, secretary)
    page = client.get("/styrning/mal/").content.decode()
    assert "Förklaring saknas" in page
    assert "Ej uppfyllt" in page
    assert explanation_url() in page
    assert explanation_url() in {item.url for item in watch_list(secretary, [committee])}
    assert "Förklaring saknas" in client.get("/", follow=True).content.decode()
    filled = {
        "text": "Få platser i språkpraktiken.",
        "title": "Avtala om fler platser",
        "owner": secretary.pk,
        "due": "2025-09-30",
    }
    assert client.post(explanation_url(), {**filled, "due": ""}).status_code == 200
    assert client.post(explanation_url(), filled).status_code == 302
    action = Action.objects.get()
    explanation = Explanation.objects.get()
    assert action.baseline is not None
    assert explanation.figure is not None
    assert action.baseline["value"] == explanation.figure["value"] == pytest.approx(25)
    assert [link.url for link in causes_of(action, secretary)] == [explanation_url()]
    assert "Förklaring saknas" not in client.get("/styrning/mal/").content.decode()
    assert explanation_url() not in {item.url for item in watch_list(secretary, [committee])}
    assert "Förklaring saknas" not in client.get("/", follow=True).content.decode()
    file = client.get("/styrning/mal/?fil=csv").content.decode("utf-8-sig")
    assert "Få platser i språkpraktiken." in file
    unit = Unit.objects.get(code="AME")
    set_scorecard(committee=committee, unit=unit, indicators=Indicator.objects.all(), by=secretary)
    card = "/styrning/mal/styrkort/SN/enhet/AME/"
    chief = as_person(client, person("enhetschefen", Role.MANAGER, "SN", "AME"))
    assert "25,0" in chief.get(card).content.decode()
    assert "25,0" not in chief.get("/styrning/mal/").content.decode()
    assert "25,0" not in as_person(client, person("andra", Role.MANAGER, "SN", "INT")).get(card).content.decode()
    elected = as_person(client, person("revisorn", Role.ELECTED_AUDITOR, "SN"))
    assert "25,0" not in elected.get("/styrning/mal/").content.decode()


def test_the_second_to_explain_sees_the_first_ones_text(client: Client, secretary: User) -> None:
    as_person(client, secretary)
    url = explanation_url()
    assert client.post(url, {"text": "Den förstas", "reason_for_none": "Skäl"}).status_code == 302
    answer = client.post(url, {"text": "Den andras", "reason_for_none": "Annat skäl", "read_as": 0})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Den förstas" in page
    assert "Den andras" in page
    assert Explanation.objects.get().text == "Den förstas"


def test_who_belongs_elsewhere_finds_nothing_and_an_auditor_changes_nothing(client: Client, secretary: User) -> None:
    content = Content(name="Nöjda deltagare", unit="procent")
    hand = create_indicator(goals=Goal.objects.filter(code="M1"), content=content, by=secretary)
    goal, indicator = Goal.objects.get(code="M1"), Indicator.objects.get(code="arbete")
    addresses = [
        f"/styrning/mal/{goal.pk}/andra/",
        f"/styrning/mal/indikator/{indicator.pk}/andra/",
        f"/styrning/mal/indikator/{indicator.pk}/malvarde/2024/",
        f"/styrning/mal/indikator/{indicator.pk}/malvarde/2024/ta-bort/",
        f"/styrning/mal/indikator/{hand.pk}/varde/",
        explanation_url(),
        "/styrning/mal/styrkort/SN/namnd/SN/andra/",
        "/styrning/mal/nytt-ar/SN/2025/",
    ]
    filled = {
        "name": "X", "read_as": 1, "goals": [goal.pk], "comparator": ">=", "value": "1", "why": "x", "text": "x",
        "reason_for_none": "x", "indicators": [indicator.pk], "committee": goal.committee.pk, "year": 2024, "part": "helar",
        "source": "x",
    }  # fmt: skip
    other = as_person(client, person("andra", Role.SECRETARY, "KUN"))
    assert "M1" not in other.get("/styrning/mal/").content.decode()
    assert other.get("/styrning/mal/?namnd=SN").status_code == 404
    assert {other.post(address, filled).status_code for address in addresses} == {404}
    auditor = as_person(client, person("granskaren", Role.AUDITOR, "SN"))
    assert auditor.get(f"/styrning/mal/{goal.pk}/").status_code == 200
    assert auditor.get(explanation_url()).status_code == 200
    assert {auditor.post(address, filled).status_code for address in addresses} <= {403, 404}
    assert Goal.objects.get().name == goal.name
    assert Target.objects.get().value == 35
    assert not Explanation.objects.exists()
    assert not ReportedValue.objects.exists()


def test_a_secretary_sets_goals_indicators_targets_and_values_in_the_application(
    client: Client, secretary: User
) -> None:
    as_person(client, secretary)
    committee = Committee.objects.get(code="SN")
    client.post("/styrning/mal/nytt/", {"committee": committee.pk, "code": "SN-2", "name": "Nöjda deltagare"})
    goal = Goal.objects.get(code="SN-2")
    client.post("/styrning/mal/indikator/ny/", {"goals": [goal.pk], "name": "Nöjda enligt enkät", "unit": "procent"})
    indicator = Indicator.objects.get(manual=True)
    root = f"/styrning/mal/indikator/{indicator.pk}/"
    client.post(f"{root}malvarde/2024/", {"comparator": ">=", "value": "79,5", "read_as": 0})
    value = {"committee": committee.pk, "year": 2024, "part": "helar", "value": "82", "source": "Enkät"}
    client.post(f"{root}varde/", value)
    page = client.get(root).content.decode()
    assert "minst 79,5" in page
    assert "väntar på attest" in page
    as_person(client, person("chefen", Role.MANAGER, "SN"))
    reported = ReportedValue.objects.get()
    stale = client.post(f"/styrning/mal/varde/{reported.pk}/attestera/", {"read_as": 9}, follow=True)
    assert "Någon annan har sparat" in stale.content.decode()
    client.post(f"/styrning/mal/varde/{reported.pk}/attestera/", {"read_as": 1})
    reported.refresh_from_db()
    assert reported.attested_by is not None
    assert reported.end == dt.date(2024, 12, 31)


def test_the_new_year_and_the_scorecards_are_reached_and_carried_out(client: Client, secretary: User) -> None:
    as_person(client, secretary)
    year = 2025
    assert "saknar styrkort" in client.get("/styrning/mal/styrkort/?namnd=SN").content.decode()
    card = "/styrning/mal/styrkort/SN/enhet/AME/"
    client.post(f"{card}andra/", {"indicators": [Indicator.objects.get().pk], "read_as": 0})
    assert "arbete" in client.get(card).content.decode()
    assert client.post(f"/styrning/mal/nytt-ar/SN/{year}/").status_code == 302
    page = client.get(f"/styrning/mal/nytt-ar/SN/{year}/").content.decode()
    assert "Målvärde kopierat från året innan" in page
    pk = Indicator.objects.get().pk
    client.post(f"/styrning/mal/indikator/{pk}/malvarde/{year}/faststall/", {"namnd": "SN"})
    assert not Target.objects.get(year=year).copied


def test_a_hundred_goals_cost_no_more_questions_than_one(client: Client, secretary: User) -> None:
    as_person(client, secretary)
    with CaptureQueriesContext(connection) as of_one:
        client.get("/styrning/mal/")
    committee = Committee.objects.get(code="SN")
    goals = Goal.objects.bulk_create(Goal(code=f"G{n}", name=f"Mål {n}", committee=committee) for n in range(100))
    indicators = Indicator.objects.bulk_create(
        Indicator(code=f"i{n}", name=f"Indikator {n}", unit="st", manual=True) for n in range(100)
    )
    for goal, indicator in zip(goals, indicators, strict=True):
        indicator.goals.add(goal)
    with CaptureQueriesContext(connection) as of_a_hundred:
        assert "Indikator 99" in client.get("/styrning/mal/").content.decode()
    assert len(of_a_hundred) <= len(of_one) < 17


def test_an_action_entered_afterwards_is_held_to_what_was_known_when_it_was_decided() -> None:
    build_town()
    secretary, sn = person("sekreteraren", Role.SECRETARY, "SN"), Committee.objects.get(code="SN")
    pinned = []
    for decided_on in (dt.date(2025, 1, 30), dt.date(2025, 2, 18), None):
        promise = Promise(
            "Fler praktikplatser", Cause.RISK, secretary, DUE, measure="work_or_study_at_exit", decided_on=decided_on
        )
        figure = PinnedFigure.from_json(create_action(committee=sn, promise=promise, by=secretary).baseline)
        pinned.append(figure and figure.as_of)
    assert pinned == [None, "2025-01-31", "2025-01-31"]
    late = Promise("Fler praktikplatser", Cause.RISK, secretary, DUE, decided_on=dt.date(2999, 1, 1))
    with pytest.raises(ValidationError, match="har inte kommit"):
        create_action(committee=sn, promise=late, by=secretary)
