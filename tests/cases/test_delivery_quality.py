"""Warnings are accepted for a while and come back; what is expected and has not come is known to be late."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.quality import accept_warnings, expect_delivery
from cases.deliveries.cells import CellFault
from cases.deliveries.checks.advice import OF_FILES, OF_ROWS
from cases.deliveries.checks.catalogue import catalogue
from cases.enums import DeliveryInterval
from cases.kinds import KINDS
from cases.models import Delivery, DeliveryWarning, ExpectedDelivery, WarningAcceptance
from cases.quality.accepted import is_accepted
from cases.quality.calendar import ended_periods, next_periods
from committees.append_only import NeverChanged
from committees.enums import Role
from committees.models import Change, Committee, RoleAssignment, User
from committees.municipality_file import MunicipalityFileFault
from governance.watch import watch_list
from reporting.figures.quality import punctuality_table, warnings_table
from tests.factories import deliver, setup_small_municipality

TODAY = timezone.localdate()
MISSING = {"kind": "inskrivningar", "check": "start_meeting_missing", "column": "uppstartsmöte"}
ADDRESS = ("source_acceptance", [*MISSING.values()])


@pytest.fixture
def steward(db: None) -> User:
    """Who delivers for the whole municipality."""
    setup_small_municipality()
    user = User.objects.create_user("leverantoren")
    RoleAssignment.objects.create(user=user, role=Role.DATA_STEWARD, start=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def delivery(steward: User) -> Delivery:
    """Twenty-five enrolments, five of them without a first meeting."""
    start = dt.date(2024, 1, 8)
    deliver(
        personer=[{"person": f"P{at}", "födelsedatum": dt.date(1990, 1, 1), "kön": "K"} for at in range(25)],
        inskrivningar=[
            {"inskrivning": f"I{at}", "person": f"P{at}", "enhet": "AME", "start": start}
            | {"uppstartsmöte": None if at < 5 else start}
            for at in range(25)
        ],
    )
    return Delivery.objects.get()


def _cells(label: str) -> list[str]:
    table = warnings_table([TODAY.year], TODAY)
    return [row[2].text for row in table.rows if [cell.text for cell in row[:2]] == ["Inskrivningar", label]]


def test_an_accepted_warning_is_set_apart_until_its_day_and_then_comes_back(
    client: Client, steward: User, delivery: Delivery
) -> None:
    client.force_login(steward)
    page = reverse("source_delivery", args=[delivery.pk])
    assert "Godtagna varningar" not in client.get(page).content.decode()
    assert _cells("med varning") == ["20\u00a0%"]
    name, named = ADDRESS
    said = {"reason": "Mötena förs inte i systemet än.", "expires": (TODAY + dt.timedelta(days=30)).isoformat()}
    assert client.post(reverse(name, args=named), said).status_code == 302
    shown = client.get(page).content.decode()
    before, _, after = shown.partition("<h2>Godtagna varningar</h2>")
    assert "Inget mer i leveransen såg ovanligt ut" in before
    assert "Mötena förs inte i systemet än." in after
    assert "leverantoren" in after
    assert (_cells("med varning"), _cells("med godtagen varning")) == (["0\u00a0%"], ["20\u00a0%"])
    assert "Mötena förs inte" in client.get(reverse("source_quality")).content.decode()
    expires = TODAY + dt.timedelta(days=30)
    assert DeliveryWarning.objects.filter(is_accepted(expires)).count() == 5
    assert not DeliveryWarning.objects.filter(is_accepted(expires + dt.timedelta(days=1))).exists()


def test_an_acceptance_is_ended_by_another_and_both_stay(steward: User, delivery: Delivery) -> None:
    accept_warnings(**MISSING, reason="A", expires=TODAY, by=steward)
    accept_warnings(**MISSING, reason="B", expires=TODAY - dt.timedelta(days=1), by=steward)
    assert not WarningAcceptance.objects.in_force(TODAY).exists()
    assert [(one.reason, one.by) for one in WarningAcceptance.objects.all()] == [("B", steward), ("A", steward)]
    assert Change.objects.filter(field="expires", why="B", by=steward).exists()
    with pytest.raises(NeverChanged):
        WarningAcceptance.objects.all().delete()


@pytest.mark.parametrize(
    "wrong",
    [{"reason": " "}, {"expires": TODAY + dt.timedelta(days=400)}, {"check": "end_in_future", "column": "slut"}],
)
def test_without_a_reason_for_too_long_or_for_what_never_was_nothing_is_accepted(
    steward: User, delivery: Delivery, wrong: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        accept_warnings(**{**MISSING, "reason": "A", "expires": TODAY, "by": steward, **wrong})  # type: ignore[arg-type]  # mixed values


def test_only_who_delivers_accepts_and_expects(steward: User, delivery: Delivery) -> None:
    other = User.objects.create_user("sekreteraren")
    with pytest.raises(PermissionDenied):
        accept_warnings(**MISSING, reason="A", expires=TODAY, by=other)
    with pytest.raises(PermissionDenied):
        expect_delivery(
            kind="besok", system="", interval=DeliveryInterval.MONTH, days=5, start=TODAY, ended=None, by=other
        )


def _expected(interval: str, start: dt.date, days: int = 10, **more: object) -> ExpectedDelivery:
    return ExpectedDelivery.objects.create(kind="inskrivningar", interval=interval, days=days, start=start, **more)


def _came(delivery: Delivery, day: dt.date) -> None:
    at = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    Delivery.objects.filter(pk=delivery.pk).update(at=at)


def test_a_delivery_brings_every_period_that_has_ended(delivery: Delivery) -> None:
    _expected("manad", dt.date(2024, 1, 15))
    _came(delivery, dt.date(2024, 3, 5))
    periods = ended_periods(dt.date(2024, 4, 20))
    assert [(str(one), one.due, one.days_late(dt.date(2024, 4, 20))) for one in periods] == [
        ("januari 2024", dt.date(2024, 2, 10), 24),
        ("februari 2024", dt.date(2024, 3, 10), -5),
        ("mars 2024", dt.date(2024, 4, 10), 10),
    ]
    [waited_for] = next_periods(dt.date(2024, 4, 20))
    assert (str(waited_for), waited_for.delivered) == ("mars 2024", None)


@pytest.mark.parametrize(
    ("interval", "names"),
    [("kvartal", ["kvartal 4 2023", "kvartal 1 2024"]), ("tertial", ["tertial 3 2023"]), ("ar", ["2023"])],
)
def test_periods_are_those_of_the_calendar(db: None, interval: str, names: list[str]) -> None:
    _expected(interval, dt.date(2023, 12, 1))
    assert [str(one) for one in ended_periods(dt.date(2024, 4, 20))] == names


def test_a_file_of_another_system_is_not_the_one_that_is_waited_for_and_what_ended_is_not_waited_for(
    delivery: Delivery,
) -> None:
    _came(delivery, dt.date(2024, 2, 5))
    _expected("manad", dt.date(2024, 1, 1), system="Lifecare", ended=dt.date(2024, 2, 20))
    assert [(str(one), one.delivered) for one in ended_periods(dt.date(2024, 6, 1))] == [("januari 2024", None)]


def test_what_is_late_is_counted_and_stands_on_the_watch_list(steward: User, delivery: Delivery) -> None:
    _expected("manad", dt.date(2024, 1, 1))
    _came(delivery, dt.date(2024, 3, 5))
    [row] = punctuality_table([2024], dt.date(2024, 4, 20)).rows
    assert [cell.text for cell in row] == ["Inskrivningar", "3", "1", "1", "1", "24"]
    secretary = User.objects.create_user("sekreteraren")
    committee = Committee.objects.get(code="SN")
    RoleAssignment.objects.create(user=secretary, role=Role.SECRETARY, committee=committee, start=dt.date(2020, 1, 1))
    [item] = [one for one in watch_list(secretary, [committee]) if one.kind == "leverans"]
    assert (item.title, item.due, item.ours) == ("Inskrivningar, mars 2024", dt.date(2024, 4, 10), False)
    assert not watch_list(steward, [committee])


def test_the_calendar_is_kept_on_the_web_and_its_changes_stay(client: Client, steward: User) -> None:
    client.force_login(steward)
    said = {"kind": "besok", "system": "", "interval": "manad", "days": "15", "start": "2024-01-01", "ended": ""}
    assert client.post(reverse("source_expected_new"), said).status_code == 302
    expected = ExpectedDelivery.objects.get()
    address = reverse("source_expected", args=[expected.pk])
    assert client.post(address, said | {"kind": "personer", "days": "20"}).status_code == 302
    expected.refresh_from_db()
    assert (expected.kind, expected.days) == ("besok", 20)
    assert "15 → 20" in client.get(address).content.decode()
    assert "försenad" in client.get(reverse("source_calendar")).content.decode()
    backwards = client.post(address, said | {"ended": "2023-01-01"}).content.decode()
    assert "Sista dagen kan inte vara före den första" in backwards


EXPECTED = """
[[vantad_leverans]]
slag = "stodmanader"
system = "Lifecare"
intervall = "manad"
dagar = 15
fran = 2024-01-01
"""


@pytest.mark.django_db
def test_the_calendar_is_part_of_the_municipalitys_own_file() -> None:
    setup_small_municipality(EXPECTED)
    setup_small_municipality(EXPECTED)
    assert str(ExpectedDelivery.objects.get()) == "Stödmånader ur Lifecare"
    with pytest.raises(MunicipalityFileFault, match="högst 366 dagar"):
        setup_small_municipality(EXPECTED.replace("15", "400"))


def test_every_check_says_why_it_is_there_and_how_to_mend_what_it_finds() -> None:
    assert {check.id for kind in KINDS for check in catalogue(kind)} == OF_ROWS.keys()


def test_so_does_every_fault_that_a_file_itself_can_have(project_root: Path) -> None:
    calls = (
        node
        for path in (project_root / "cases" / "deliveries").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "FileFault"
    )
    named = {call.args[1].value for call in calls if len(call.args) > 1 and isinstance(call.args[1], ast.Constant)}
    assert named | set(CellFault) <= OF_FILES.keys()
