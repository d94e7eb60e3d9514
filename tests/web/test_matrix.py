"""Every page for every kind of reader: one table says who gets what, and a page that is not in it fails the test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cases.enums import DisposalArea
from cases.models import Disposal, ExpectedDelivery, WaitingDelivery
from committees.enums import Role
from committees.models import Committee, User
from reporting.documents.actions import queue_report
from reporting.documents.models import Report
from reporting.enums import ReportKind
from reporting.snapshots.models import Snapshot
from tests.web.town import KUN_KEY, SN_KEY, YEAR, person

pytestmark = pytest.mark.of_snapshots

PLACE = f"/SN/{YEAR}/"
MEASURE = f"{PLACE}matt/work_or_study_at_exit/"

# What each page asks for: "all" who can log in, "figures" or "cases" of SN, or the name of a permission.
PAGES: dict[str, tuple[str, str]] = {
    "home": ("/", "redirect"),
    "measure_home": ("/matt/", "redirect"),
    "account": ("/konto/", "all"),
    "account_password": ("/konto/losenord/", "all"),
    "overview": (PLACE, "all"),
    "overview_due": (f"{PLACE}bevakning/", "figures"),
    "measure_list": (f"{PLACE}matt/", "all"),
    "measure": (MEASURE, "figures"),
    "measure_file": (f"{MEASURE}utveckling.csv", "figures"),
    "measure_months_file": (f"{PLACE}matt/sfi_reach/manader.csv", "figures"),
    "measure_course_file": (f"{PLACE}matt/time_to_work/forlopp.csv", "figures"),
    "measure_split": (f"{MEASURE}uppdelning/?by=insats", "figures"),
    "measure_split_file": (f"{MEASURE}uppdelning.xlsx?by=insats", "figures"),
    "measure_method": (f"{MEASURE}metod/", "all"),
    "measure_cases": (f"{MEASURE}arenden/", "cases"),
    "measure_cases_file": (f"{MEASURE}arenden.csv", "cases"),
    "measure_left_out": (f"{MEASURE}utelamnade/", "cases"),
    "measure_left_out_file": (f"{MEASURE}utelamnade.xlsx", "cases"),
    "measure_comparisons": ("/jamforelse/", "all"),
    "report_list": ("/rapporter/", "all"),
    "report_new": ("/rapporter/ny/", "reports"),
    "report_detail": ("/rapporter/{report}/", "own report"),
    "report_pdf": ("/rapporter/{report}/rapport.pdf", "nobody yet"),
    "source_list": ("/underlag/", "deliveries"),
    "source_quality": ("/underlag/kvalitet/", "deliveries"),
    "source_quality_file": ("/underlag/kvalitet.xlsx", "deliveries"),
    "source_new": ("/underlag/leveranser/ny/", "deliver"),
    "source_waiting": ("/underlag/inlamningar/{waiting}/", "deliver"),
    "source_mapping": ("/underlag/inlamningar/{waiting}/koppla/{file}/", "deliver"),
    "source_accounts": ("/underlag/inlamningar/{waiting}/konton/{costs}/", "deliver"),
    "source_profiles": ("/underlag/profiler/", "deliver"),
    "source_profile": ("/underlag/profiler/lifecare-bistand/", "deliver"),
    "source_profile_new": ("/underlag/profiler/ny/", "deliver"),
    "source_profile_file": ("/underlag/profiler/lifecare-bistand.toml", "deliver"),
    "source_calendar": ("/underlag/kalender/", "deliver"),
    "source_expected_new": ("/underlag/kalender/ny/", "deliver"),
    "source_expected": ("/underlag/kalender/{expected}/", "deliver"),
    "source_acceptance": ("/underlag/varningar/inskrivningar/start_meeting_missing/uppstartsmöte/", "deliver"),
    "source_snapshot": ("/underlag/{snapshot}/", "deliveries"),
    "source_delivery": ("/underlag/leveranser/{delivery}/", "deliveries"),
    "source_delivery_file": ("/underlag/leveranser/{delivery}/varningar.csv", "deliver"),
    "access_log": ("/laslogg/", "log"),
    "extract": ("/registerutdrag/", "extracts"),
    "disposal_list": ("/gallring/", "disposal"),
    "disposal_proposal": ("/gallring/forslag/?omrade=sfi&ar=2010", "disposal"),
    "disposal_detail": ("/gallring/{disposal}/", "disposal"),
    "people_list": ("/personer/", "people"),
    "people_add": ("/personer/ny/", "people"),
    "people_role": ("/personer/{user}/roll/", "people"),
}
POSTED = {"logout", "people_end_role", "disposal_carry_out", "source_workbook"}
OPEN = {"login", "report_check"}
PUBLISHED_BY_OTHERS = {"measure_comparison", "measure_comparison_file"}
"""Kolada's figures, the same to all who log in: tests/comparison."""
OTHER_ROOMS = ("audit_", "steering_", "report_work", "public_report")
"""What begins like this is walked by tests of its own: audits, governance, reports on their way and public ones."""

ALL = {"all", "redirect"}
READERS: dict[str, tuple[Role, str | None, str | None, set[str]]] = {
    "secretary": (Role.SECRETARY, "SN", None, ALL | {"figures", "cases", "reports", "own report", "deliveries"}),
    "auditor": (Role.AUDITOR, "SN", None, ALL | {"figures", "cases", "own report", "deliveries", "log"}),
    "manager": (Role.MANAGER, "SN", None, ALL | {"figures", "cases", "own report"}),
    "unit manager": (Role.MANAGER, "SN", "AME", ALL | {"figures", "cases", "own report"}),
    "steward": (Role.DATA_STEWARD, None, None, ALL | {"deliver", "deliveries", "extracts", "disposal"}),
    "one committee's steward": (Role.DATA_STEWARD, "SN", None, ALL | {"deliveries"}),
    "administrator": (Role.ADMINISTRATOR, None, None, ALL | {"log", "people", "disposal"}),
    "other's secretary": (Role.SECRETARY, "KUN", None, ALL | {"reports", "deliveries"}),
    "other's auditor": (Role.AUDITOR, "KUN", None, ALL | {"deliveries", "log"}),
    "other's manager": (Role.MANAGER, "KUN", None, ALL),
    "former secretary": (Role.SECRETARY, "SN", "ended", ALL),
}


@pytest.fixture
def report(town: Snapshot) -> Report:
    """A queued report of SN."""
    committees = list(Committee.objects.filter(code="SN"))
    return queue_report(kind=ReportKind.ANNUAL, committees=committees, year=YEAR, snapshot=town)


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            yield str(pattern.name)


def test_every_address_is_in_the_matrix() -> None:
    names = {name for name in _names(get_resolver().url_patterns) if not name.startswith(OTHER_ROOMS)}
    assert names == set(PAGES) | POSTED | OPEN | PUBLISHED_BY_OTHERS


def _reader(name: str) -> User:
    role, committee, unit, _may = READERS[name]
    ended = date(2024, 6, 30) if unit == "ended" else None
    return person(name, role, committee, None if unit == "ended" else unit, ended)


def _disposal() -> Disposal:
    """A decision that is not carried out."""
    return Disposal.objects.create(
        area=DisposalArea.SFI,
        last_day=date(2010, 12, 31),
        body="Socialnämnden",
        decided_on=date(2024, 2, 1),
        paragraph="§ 14",
        persons=1,
        fingerprint="0" * 64,
        recorded_by=person("recorder", Role.ADMINISTRATOR),
    )


def test_each_reader_gets_just_the_pages_of_the_matrix(client: Client, town: Snapshot, report: Report) -> None:
    wrong = {}
    disposal = _disposal()
    waiting = WaitingDelivery.objects.create(by=person("sender", Role.DATA_STEWARD))
    file = waiting.files.create(kind="besok", name="besok.csv", size=1, place=uuid.uuid4())
    costs = waiting.files.create(kind="kostnader", name="bok.se", size=1, place=uuid.uuid4())
    awaited = ExpectedDelivery.objects.create(kind="besok", interval="manad", days=5, start=date(2024, 1, 1))
    for reader in READERS:
        user = _reader(reader)
        client.force_login(user)
        known = {"report": report.pk, "snapshot": town.hash, "delivery": town.latest_delivery_id, "user": user.pk}
        known |= {
            "disposal": disposal.pk,
            "waiting": waiting.pk,
            "file": file.pk,
            "expected": awaited.pk,
            "costs": costs.pk,
        }
        for name, (address, asks) in PAGES.items():
            got = client.get(address.format(**known)).status_code
            expected = _expected(asks, READERS[reader][3], of_a_report="{report}" in address)
            if got != expected:
                wrong[reader, name] = (got, expected)
    assert wrong == {}


def _expected(asks: str, may: set[str], *, of_a_report: bool) -> int:
    if asks == "redirect":
        return 302
    if asks in may:
        return 200
    return 404 if of_a_report else 403


def test_who_is_not_logged_in_is_asked_to_log_in_everywhere(client: Client, town: Snapshot, report: Report) -> None:
    known = {"report": report.pk, "snapshot": town.hash, "delivery": town.latest_delivery_id, "user": 1, "disposal": 1}
    known |= {"waiting": 1, "file": 1, "expected": 1, "costs": 1}
    for address, _asks in PAGES.values():
        answer = client.get(address.format(**known))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/logga-in/")


_CASE_PAGES = (
    "arenden/",
    "arenden.csv",
    "utelamnade/",
    "utelamnade.csv",
    "",
    "uppdelning/?by=insats",
    "uppdelning/?by=enhet",
)
_TRICKS = (
    "",
    "?namnd=KUN",
    "?namnd=KUN&namnd=SN",
    "?namnd=saknas",
    "?enhet=AME",
    "?variant=resident",
    "?sort=-person_key",
)


def test_another_committees_cases_are_not_to_be_had_by_any_address(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    leaks, open_pages = [], []
    for committees, year in product(("SN", "KUN", "KUN+SN", "SN+KUN"), (2023, 2024)):
        for measure, page, trick in product(("work_or_study_at_exit", "cost_per_result"), _CASE_PAGES, _TRICKS):
            joined = trick.replace("?", "&") if "?" in page else trick
            address = f"/{committees}/{year}/matt/{measure}/{page}{joined}"
            answer = client.get(address)
            if KUN_KEY in answer.content.decode():
                leaks.append(address)
            if committees != "SN" and answer.status_code != 403:
                open_pages.append(address)
    assert leaks == []
    assert open_pages == []


def test_ones_own_cases_are_there(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    own = client.get(f"{MEASURE}arenden/").content.decode()
    assert SN_KEY in own


def test_a_role_for_a_unit_does_not_open_the_committees_other_units(client: Client, town: Snapshot) -> None:
    client.force_login(person("int", Role.MANAGER, "SN", "INT"))
    own = client.get(f"{MEASURE}arenden/")
    asked = client.get(f"{MEASURE}arenden/?enhet=AME")
    assert SN_KEY not in own.content.decode()
    assert asked.status_code == 403


def test_a_filter_beyond_the_role_is_refused_and_not_dropped(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    answer = client.get(f"{MEASURE}?namnd=KUN")
    assert answer.status_code == 403
    assert "utanför din roll" in answer.content.decode()


def test_of_another_committee_only_the_fixed_tables_are_shown(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.SECRETARY, "SN"))
    assert client.get(f"/KUN/{YEAR}/").status_code == 200
    assert _tables(client, f"/KUN/{YEAR}/?kon=K") == _tables(client, f"/KUN/{YEAR}/")
    assert client.get("/KUN/2023/").status_code == 403
    assert client.get(f"/KUN+SN/{YEAR}/").status_code == 403
    assert client.get(f"/KUN/{YEAR}/?underlag={town.hash[:12]}").status_code == 403


def _tables(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_reports_are_listed_for_their_own_committees_only(client: Client, report: Report) -> None:
    client.force_login(person("kun", Role.SECRETARY, "KUN"))
    assert f"/rapporter/{report.pk}/" not in client.get("/rapporter/").content.decode()


def test_nobody_makes_a_report_of_a_committee_that_is_not_theirs(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.SECRETARY, "SN"))
    other = Committee.objects.get(code="KUN")
    asked = {"committees": [other.code], "year": YEAR, "snapshot": town.hash, "registry_number": ""}
    answer = client.post("/rapporter/ny/", asked)
    assert answer.status_code == 200
    assert not Report.objects.exists()


def test_a_role_is_ended_only_by_an_administrator(client: Client, town: Snapshot) -> None:
    held = person("chefen", Role.MANAGER, "SN").assignments.get()
    client.force_login(person("sn", Role.SECRETARY, "SN"))
    assert client.post(f"/personer/roller/{held.pk}/avsluta/").status_code == 403
    client.force_login(person("admin", Role.ADMINISTRATOR))
    assert client.post(f"/personer/roller/{held.pk}/avsluta/").status_code == 302
    held.refresh_from_db()
    assert held.end is not None
