"""Profiles are listed, read, brought in and given out on the web, and a SIE file is mapped with all its codes in one place."""

import datetime as dt
from typing import BinaryIO, Literal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.actions.handing_in import work
from cases.actions.profiles import store_profile
from cases.deliveries.accounts import AccountRules, Patterns
from cases.enums import WaitingState
from cases.models import MappingProfile, WaitingDelivery
from cases.profiles.reading import read_profile
from cases.profiles.writing import profile_text
from cases.uploads.sealing import SealedFile
from committees.enums import Role
from committees.models import RoleAssignment, User
from tests.cases.test_accounts import HEAD, PROFILE, VOUCHERS
from tests.factories import setup_small_municipality


@pytest.fixture
def steward(db: None, client: Client) -> Client:
    """Who delivers for the whole municipality, logged in."""
    setup_small_municipality()
    user = User.objects.create_user("leverantoren")
    RoleAssignment.objects.create(user=user, role=Role.DATA_STEWARD, start=dt.date(2020, 1, 1))
    client.force_login(user)
    return client


def test_a_profile_is_brought_in_read_changed_and_given_out_as_it_was(steward: Client) -> None:
    new, shown = reverse("source_profile_new"), reverse("source_profile", args=["ekonomi"])
    file = SimpleUploadedFile("ekonomi.toml", b"\xef\xbb\xbf" + PROFILE.replace("\n", "\r\n").encode())
    assert steward.post(new, {"file": file, "text": "", "read_as": "0"}).status_code == 302
    page = steward.get(shown).content.decode()
    for said in ("Ekonomisystemet", "6000-6999", "gemensam", "sparad", "leverantoren"):
        assert said in page
    assert steward.get(reverse("source_profile_file", args=["ekonomi"])).content.decode().strip() == PROFILE.strip()
    begun = steward.get(f"{new}?fran=ekonomi").content.decode()
    assert 'value="1"' in begun
    changed = {"text": PROFILE.replace("Ekonomisystemet", "Annat system"), "read_as": "1"}
    assert steward.post(f"{new}?fran=ekonomi", changed).status_code == 302
    overtaken = steward.post(f"{new}?fran=ekonomi", {"text": PROFILE, "read_as": "1"}).content.decode()
    assert "har sparats medan du skrev" in overtaken
    listed = steward.get(reverse("source_profiles")).content.decode()
    assert "Annat system" in listed
    assert "lifecare-bistand" in listed
    assert "Ekonomisystemet" in steward.get(f"{shown}?version=1").content.decode()
    assert steward.get(f"{shown}?version=7").status_code == 404


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"text": PROFILE.replace('"kostnader"', '"kostnad"')}, "Rad 7"),
        ({"text": " "}, "Välj en fil eller skriv"),
        ({"file": SimpleUploadedFile("x.toml", b"\xff\xfe")}, "UTF-8"),
    ],
)
def test_a_profile_with_faults_is_not_stored_and_says_where(
    steward: Client, posted: dict[str, object], said: str
) -> None:
    assert said in steward.post(reverse("source_profile_new"), posted).content.decode()
    assert not MappingProfile.objects.exists()


def _handed_in(page: Client, profile: str = "") -> tuple[WaitingDelivery, str]:
    sie = (HEAD.format(type=4) + VOUCHERS).encode("cp437")
    page.post(reverse("source_new"), {"delivered": SimpleUploadedFile("bokforing.se", sie)})
    waiting = WaitingDelivery.objects.get()
    if profile:
        WaitingDelivery.objects.update(profile=store_profile(text=profile, by=None))
    return waiting, reverse("source_accounts", args=[waiting.pk, waiting.files.get().pk])


def test_a_sie_file_is_mapped_from_nothing_with_what_is_unsaid_in_one_place_and_taken(steward: Client) -> None:
    waiting, address = _handed_in(steward)
    columns = reverse("source_mapping", args=[waiting.pk, waiting.files.get().pk])
    assert steward.get(columns).headers["Location"] == address
    assert "20 Ansvar" in steward.get(address).content.decode()
    seen = steward.post(address, {"unit_dimension": "20", "activity_dimension": "22"}).content.decode()
    for code in ("5010", "3510", "4101", "555", "77"):
        assert f'value="{code}"' in seen
    assert "3\u00a0000,50\u00a0kr" in seen  # what stands on 5010
    said = {
        "unit_dimension": "20",
        "activity_dimension": "22",
        "pattern_accounts": ["5010", "3*", "6992", "6110", "7010"],
        "leads_accounts": ["direkt", "statsbidrag", "-", "", ""],
        "pattern_units": ["410*", "900"],
        "leads_units": ["AME", "-"],
        "pattern_activities": ["77"],
        "leads_activities": ["verkstad"],
    }
    seen = steward.post(address, said).content.decode()
    assert "Utelämnat" in seen
    assert "Kontot saknas i profilen" in seen
    assert 'value="4101"' not in seen  # 410* is about it
    assert 'value="555"' in seen
    answer = steward.post(address, {**said, "gor": "spara", "name": "ekonomi", "system": "Ekonomisystemet"})
    assert answer.status_code == 302
    [rules] = read_profile(MappingProfile.objects.get().text).files
    assert rules.accounts == AccountRules(
        "20",
        Patterns({"5010": "direkt", "3*": "statsbidrag", "6992": ""}),
        Patterns({"410*": "AME", "900": ""}),
        "22",
        Patterns({"77": "verkstad"}),
    )
    chosen = {f"kind_{waiting.files.get().pk}": "kostnader", "profile": "ekonomi", "gor": "kontrollera"}
    steward.post(reverse("source_waiting", args=[waiting.pk]), chosen)
    work(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.outcome["errors"]) == (WaitingState.CHECKED, [])
    assert waiting.outcome["files"][0]["accounts"]["read"] == 1500.5


def test_a_sie_mapping_begins_with_what_the_profile_says_and_faults_in_it_are_told(steward: Client) -> None:
    _, address = _handed_in(steward, PROFILE)
    seen = steward.get(address).content.decode()
    assert '<option value="20" selected>' in seen  # which the profile calls by its name
    assert 'value="6000-6999"' in seen
    assert 'value="7010"' in seen
    wrong = {"unit_dimension": "20", "pattern_accounts": "5 0", "leads_accounts": "direkt", "gor": "spara"}
    answer = steward.post(address, {**wrong, "name": "ekonomi", "system": "E"}).content.decode()
    assert "”5 0” ska vara en kod" in answer


def test_the_page_of_a_sie_mapping_reads_its_file_once(steward: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _, address = _handed_in(steward, PROFILE)
    opened, open_file = list[SealedFile](), SealedFile.open

    def noted(file: SealedFile, mode: Literal["rb"]) -> BinaryIO:
        opened.append(file)
        return open_file(file, mode)

    monkeypatch.setattr(SealedFile, "open", noted)
    assert "20 Ansvar" in steward.get(address).content.decode()
    assert len(opened) == 1


def test_what_is_said_of_accounts_is_written_as_it_is_read() -> None:
    rules = read_profile(PROFILE).rules("kostnader")
    assert read_profile(profile_text(name="a", system="A", rules=rules, before=PROFILE)).files == (rules,)
