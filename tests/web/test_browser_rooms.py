"""Every page of steering, and of deliveries, disposal and extracts, in a real browser: axe finds nothing, nothing is cut off."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cases.enums import DisposalArea
from cases.models import Delivery, Disposal, ExpectedDelivery, WaitingDelivery
from committees.enums import Role
from committees.models import Committee, Unit, User
from governance.actions.actions import Promise, create_action
from governance.actions.commissions import Party, give_commission
from governance.actions.control import add_risk, begin_plan, control_from, move_plan
from governance.actions.control_results import record_result
from governance.actions.documents import add_document
from governance.actions.explanations import report_value
from governance.actions.forums import add_forum, note_meeting
from governance.actions.goals import Aim, Content, create_goal, create_indicator, set_target
from governance.actions.inquiries import add_inquiry, set_score, write_alternative, write_cost, write_criterion
from governance.actions.routines import add_routine, name_party
from governance.enums import Cause, CommissionEventKind, Comparator, DocumentKind, PartyRole
from governance.models import ControlPlan, ControlResult, RoutineParty
from reporting.figures.model import Period
from tests.browsing import WIDTHS, look, opened_by
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = dt.date(2024, 12, 1)
POSTED = {
    "steering_reminders",
    "steering_calendar_revoke",
    "steering_target_settle",
    "steering_value_attest",
    "steering_cost_remove",
    "steering_control_measured",
}
"""Addresses of buttons, without a page."""
FILES = {"steering_calendar", "steering_inquiry_paper", "steering_control_plan_paper"}


def _registers(by: User, sn: Committee) -> dict[str, int]:
    """Enter one of each thing that the registers have; return their keys by the part of the address that names them."""
    parties: list[Party] = [(PartyRole.GIVER, "Kommunstyrelsen"), (PartyRole.RECEIVER, sn)]
    commission = give_commission(parties=parties, by=by, title="Samordna", due=DAY, background="Två nämnder.")
    commission.events.create(kind=CommissionEventKind.values[0], on=DAY, text="Redovisat muntligt.", by=by)
    paper = add_document(
        committees=[sn], units=Unit.objects.all(), by=by, title="Rutin", kind=DocumentKind.ROUTINE, review_by=DAY
    )
    forum = add_forum(committees=[sn], by=by, name="Samråd", interval_months=1, start=dt.date(2024, 1, 1))
    note_meeting(forum, held_on=DAY, minutes="", by=by)
    promise = Promise("Ring alla", Cause.RISK, by, DAY, measure="follow_up_compliance")
    return {
        "uppdrag": commission.pk,
        "styrdokument": paper.pk,
        "forum": forum.pk,
        "atgarder": create_action(committee=sn, promise=promise, by=by).pk,
    }


def _goals(by: User, sn: Committee) -> dict[str, int]:
    goal = create_goal(committee=sn, code="SN-1", name="Fler till arbete", by=by)
    hand = create_indicator(goals=[goal], content=Content(name="Nöjda", unit="procent"), by=by)
    set_target(hand, year=2024, aim=Aim(Comparator.AT_LEAST, Decimal(50)), by=by)
    value = report_value(hand, committee=sn, period=Period.year(2024), value=Decimal(40), source="Enkät", by=by)
    return {"mal": goal.pk, "indikator": hand.pk, "varde": value.pk}


def _inquiry(by: User, sn: Committee) -> dict[str, int]:
    inquiry = add_inquiry(committees=[sn], by=by, title="Ny organisation", question="Vem ska göra vad?", volume=10)
    one, two = (write_alternative(inquiry, number=number, name=f"Väg {number}", by=by) for number in "12")
    criterion = write_criterion(inquiry, matrix=1, number=1, name="Helhet", scale="0\n1\n2\n3", by=by)
    set_score(one, criterion, label="3", motive="Hålls ihop.", by=by)
    cost = write_cost(one, name="Plats", low=Decimal(1), high=Decimal(2), per_place=True, by=by)
    write_cost(two, name="Hus", low=Decimal(15), high=Decimal(15), per_place=False, by=by)
    return {"utredningar": inquiry.pk, "alternativ": one.pk, "kriterium": criterion.pk, "kostnad": cost.pk}


def _control(by: User, sn: Committee) -> dict[str, int]:
    """A routine in conflict, a decided plan with a result, and a draft."""
    name = "Uppföljning minst en gång i månaden"
    routine = add_routine(committee=sn, code="manad", name=name, measure="follow_up_compliance", by=by)
    for party in ("Arbetsmarknadsenheten", "Integrationsenheten"):
        name_party(routine, task="follow_up", party=party, by=by)
    risk = {"category": "cooperation", "description": "Samverkan försvagas", "probability": 2, "consequence": 4}
    facts: dict[str, Any] = {"title": "Mötena blir av", "frequency": "yearly", "owner": by, "routine": routine}
    control = control_from(committee=sn, year=2024, by=by, new_risk=risk, **facts)
    move_plan(ControlPlan.objects.get(), name="decide", decided_on=dt.date(2024, 1, 23), paragraph="§ 4", by=by)
    control.refresh_from_db()
    record_result(control, occasion="annual", performed_on=DAY, outcome="minor", checked=8, deviations=3, by=by)
    draft = begin_plan(committee=sn, year=2025, by=by)
    return {
        "rutiner": routine.pk,
        "ansvarig": RoutineParty.objects.earliest("pk").pk,
        "internkontroll": control.risk.plan_id,
        "kontroll": control.pk,
        "resultat": ControlResult.objects.get().pk,
        "utkast": draft.pk,
        "risk": add_risk(draft, by=by, **risk).pk,
    }


def _steering(names: set[str], known: Mapping[str, int], colleague: User) -> dict[str, str]:
    """Return each address of steering that has a page, by its name."""
    fixed: dict[str, object] = {
        "committee": "SN", "kind": "namnd", "code": "SN", "year": 2024, "month": 8, "aspect": "responsibility",
        "name": "start",
    }  # fmt: skip
    made = {}
    for pattern in _patterns(get_resolver().url_patterns):
        name = str(pattern.name)
        if name not in names:
            continue
        parts = [part for part in str(pattern.pattern).split("/") if part]
        wanted = dict(fixed)
        for before, part in itertools.pairwise(parts):
            if part.startswith("<int:") and part[5:-1] not in fixed:
                wanted[part[5:-1]] = colleague.pk if before == "overlamning" else known[before]
        if name == "steering_control_plan_move":
            wanted["name"] = "report"
        if name in {"steering_risk", "steering_risk_new", "steering_control_new"}:
            wanted["pk"] = known["utkast"]
        made[name] = reverse(name, kwargs={key: wanted[key] for key in pattern.pattern.converters})
    return made


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def _walk(browser: Browser, site: str, user: User, addresses: Mapping[str, str], width: int) -> dict[str, object]:
    """Look at every address as the user; return what is wrong, by address."""
    page, faults = opened_by(browser, site, user, width), dict[str, object]()
    for address in addresses.values():
        look(page, address, width, faults)
    return faults


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_cut_off_on_any_page_of_steering(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    setup_small_municipality()
    by, sn = person("sekreteraren", Role.SECRETARY, "SN"), Committee.objects.get(code="SN")
    colleague = person("chefen", Role.MANAGER, "SN")
    create_action(committee=sn, promise=Promise("Lämna över", Cause.RISK, colleague, DAY), by=by)
    makers: tuple[Callable[[User, Committee], dict[str, int]], ...] = (_registers, _goals, _inquiry, _control)
    known = {part: pk for make in makers for part, pk in make(by, sn).items()}
    every = {str(one.name) for one in _patterns(get_resolver().url_patterns) if str(one.name).startswith("steering_")}
    addresses = _steering(every - POSTED - FILES, known, colleague)
    assert set(addresses) == every - POSTED - FILES
    assert _walk(browser, live_server.url, by, addresses, width) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_cut_off_where_files_are_handed_in_and_people_disposed_of(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    setup_small_municipality()
    steward = person("forvaltaren", Role.DATA_STEWARD)
    waiting = WaitingDelivery.objects.create(by=steward)
    file = waiting.files.create(kind="besok", name="besok.csv", size=1, place=uuid.uuid4())
    costs = waiting.files.create(kind="kostnader", name="bok.se", size=1, place=uuid.uuid4())
    expected = ExpectedDelivery.objects.create(kind="besok", interval="manad", days=5, start=dt.date(2024, 1, 1))
    disposal = Disposal.objects.create(
        area=DisposalArea.SFI,
        last_day=dt.date(2010, 12, 31),
        body="Socialnämnden",
        decided_on=dt.date(2024, 2, 1),
        paragraph="§ 14",
        persons=1,
        fingerprint="0" * 64,
        recorded_by=person("antecknaren", Role.ADMINISTRATOR),
    )
    warned = {"kind": "inskrivningar", "check_id": "start_meeting_missing", "column": "uppstartsmöte"}
    Delivery.objects.create().warnings.create(**warned, row=1, value="", message="Saknas.")
    addresses = {
        "source_acceptance": reverse("source_acceptance", args=[*warned.values()]),
        **{name: reverse(name) for name in ("source_new", "source_profiles", "source_profile_new", "source_calendar")},
        **{name: reverse(name) for name in ("source_expected_new", "source_quality", "extract", "disposal_list")},
        "source_waiting": reverse("source_waiting", args=[waiting.pk]),
        "source_mapping": reverse("source_mapping", args=[waiting.pk, file.pk]),
        "source_accounts": reverse("source_accounts", args=[waiting.pk, costs.pk]),
        "source_profile": reverse("source_profile", args=["lifecare-bistand"]),
        "source_expected": reverse("source_expected", args=[expected.pk]),
        "disposal_proposal": f"{reverse('disposal_proposal')}?omrade=sfi&ar=2010",
        "disposal_detail": reverse("disposal_detail", args=[disposal.pk]),
    }
    assert _walk(browser, live_server.url, steward, addresses, width) == {}
