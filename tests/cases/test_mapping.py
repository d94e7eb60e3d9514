"""A file of another system is mapped on the web: columns suggested, the outcome seen at once, and kept as a profile."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cases.actions.handing_in import work
from cases.actions.profiles import store_profile
from cases.deliveries.forms import Forms
from cases.deliveries.headers import normalised
from cases.deliveries.rules import FileRules, as_compared
from cases.enums import WaitingState
from cases.kinds import KINDS, kind_named
from cases.models import MappingProfile, WaitingDelivery
from cases.profiles.reading import codes_of, read_profile
from cases.profiles.suggesting import suggested
from cases.profiles.writing import profile_text
from committees.enums import Role
from committees.models import RoleAssignment, User
from tests.factories import person_number, setup_small_municipality

NUMBER = person_number(dt.date(1979, 11, 30), 119)
FILE = f"""Uttag ur systemet
Akt;Personnr;Avser månad;Summa;Status;Handläggare
H1;{NUMBER};2023-01;1 000;Sökande;X
H1;LOKAL-7;2023-02;1 000,50;Sökande;X
"""
MONTHS = kind_named("stodmanader")


@pytest.fixture
def waiting(db: None, client: Client) -> WaitingDelivery:
    """The file, handed in by a steward who is logged in."""
    setup_small_municipality()
    user = User.objects.create_user("leverantoren")
    RoleAssignment.objects.create(user=user, role=Role.DATA_STEWARD, start=dt.date(2020, 1, 1))
    client.force_login(user)
    client.post(reverse("source_new"), {"delivered": SimpleUploadedFile("stodmanader.csv", FILE.encode())})
    return WaitingDelivery.objects.get()


def _address(waiting: WaitingDelivery) -> str:
    return reverse("source_mapping", args=[waiting.pk, waiting.files.get().pk])


def _said(**more: str | list[str]) -> dict[str, str | list[str]]:
    fields = ["household", "person", "month", "amount", "role", ""]
    return {"skip": "1"} | {f"column_{place}": field for place, field in enumerate(fields)} | more


def test_a_file_is_mapped_seen_and_its_profile_used(client: Client, waiting: WaitingDelivery) -> None:
    first = client.post(_address(waiting), {"skip": "1", "gor": "las-om"}).content.decode()
    assert "Avser månad" in first
    assert '<option value="month" selected>' in first
    seen = client.post(_address(waiting), _said(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in seen
    for shown in ("<td>2023-02</td>", "<td>1000,50</td>", 'value="Sökande"', "•••"):
        assert shown in seen
    assert NUMBER[2:10] not in first + seen
    assert "LOKAL-7" not in first + seen

    codes = {"word_role": ["Sökande"], "code_role": ["huvudsokande"]}
    seen = client.post(_address(waiting), _said(**codes), headers={"HX-Request": "true"}).content.decode()
    assert "De första 2 raderna har inga fel" in seen
    answer = client.post(_address(waiting), _said(**codes, gor="spara", name="system-x", system="System X"))
    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert str(waiting.profile) == "system-x, version 1"

    chosen = {f"kind_{waiting.files.get().pk}": "stodmanader", "profile": "system-x", "gor": "kontrollera"}
    client.post(reverse("source_waiting", args=[waiting.pk]), chosen)
    work(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == WaitingState.CHECKED
    assert [found["check"] for found in waiting.outcome["errors"]] == [
        "person_unknown"
    ]  # the local id, which no file explains
    again = client.get(_address(waiting)).content.decode()
    assert '<option value="household" selected>' in again
    assert '<option value="huvudsokande" selected>' in again


def test_columns_are_suggested_before_anybody_has_said_anything(client: Client, waiting: WaitingDelivery) -> None:
    client.post(_address(waiting), {"skip": "1", "gor": "las-om"})
    plain = SimpleUploadedFile("stodmanader.csv", FILE.partition("\n")[2].encode())
    client.post(reverse("source_new"), {"delivered": plain})
    page = client.get(_address(WaitingDelivery.objects.latest("pk"))).content.decode()
    for field in ("household", "person", "month", "amount"):
        assert f'<option value="{field}" selected>' in page


def test_a_profile_that_cannot_be_is_not_saved_and_says_why(client: Client, waiting: WaitingDelivery) -> None:
    twice = _said(column_0="person", gor="spara", name="system-x", system="System X")
    page = client.post(_address(waiting), twice).content.decode()
    assert "Två rubriker leder till ”person”" in page
    page = client.post(_address(waiting), _said(dates="D/M", gor="las-om")).content.decode()
    assert "”D/M” är ingen form" in page
    assert not MappingProfile.objects.exists()


def test_what_a_profile_says_of_other_files_stays_when_one_is_mapped_anew() -> None:
    before = profile_text(name="a", system="A", rules=FileRules("personer", {"pnr": "person"}))
    after = profile_text(name="a", system="A", rules=FileRules("besok", {"nr": "visits"}), before=before)
    again = profile_text(name="a", system="A", rules=FileRules("besok", {"no": "visits"}), before=after)
    assert [(rules.kind, rules.columns) for rules in read_profile(again).files] == [
        ("personer", {"pnr": "person"}),
        ("besok", {"no": "visits"}),
    ]


@pytest.mark.django_db
def test_a_profile_saved_anew_is_a_version_of_the_one_there_was() -> None:
    store_profile(text=profile_text(name="a", system="A", rules=FileRules("besok")), by=None)
    second = store_profile(text=profile_text(name="a", system="A", rules=FileRules("besok", skip=2)), by=None)
    assert second.version == 2


def test_headers_are_recognised_by_name_by_custom_and_by_likeness() -> None:
    headers = ["Person-nr", "BELOPP", "Summa", "Avser", "Hushall", "utbetalld", "", "Handläggare"]
    assert suggested(headers, MONTHS) == ["person", "amount", "", "month", "household", "paid", "", ""]


_WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)


@st.composite
def _rules(draw: st.DrawFn) -> FileRules:
    kind = draw(st.sampled_from(KINDS))
    headers = draw(st.lists(_WORD.map(normalised), max_size=4, unique=True))
    fields = draw(st.permutations(kind.fields))
    codes = {
        column.field: draw(
            st.dictionaries(_WORD.map(as_compared), st.sampled_from(codes_of(column)), min_size=1, max_size=3)
        )
        for column in kind.columns
        if codes_of(column)
    }
    forms = Forms(
        draw(st.sampled_from(["", "DD.MM.ÅÅÅÅ"])),
        draw(st.sampled_from(["", "MM/ÅÅÅÅ"])),
        ",",
        draw(st.sampled_from(["", "."])),
    )
    columns = dict(zip(headers, fields, strict=False))
    return FileRules(kind.name, columns, codes, forms, draw(st.sampled_from(["", "Blad 1"])), draw(st.integers(0, 100)))


@given(_rules())
def test_what_is_written_as_a_profile_is_read_as_it_was(rules: FileRules) -> None:
    assert read_profile(profile_text(name="a", system="A", rules=rules)).files == (rules,)


def test_what_a_profile_says_of_accounts_stays_when_its_columns_are_mapped() -> None:
    before = profile_text(name="a", system="A", rules=FileRules("kostnader", {"belopp": "outcome"}))
    accounts = '[fil.sie]\ndimension_enhet = "1"\n\n[fil.sie.konton]\n"5000-5999" = "direkt"\n'
    with_accounts = before.replace("[fil.kolumner]", f"{accounts}[fil.kolumner]")
    after = profile_text(name="a", system="A", rules=FileRules("kostnader", {"summa": "outcome"}), before=with_accounts)
    assert after.rstrip().endswith(accounts.rstrip())
    assert "belopp" not in after
