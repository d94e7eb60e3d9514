"""The register of steering documents, as the secretary and the auditor meet it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import Committee, Unit, User
from governance.actions.documents import add_document
from governance.enums import DocumentKind
from governance.models import SteeringDocument
from governance.watch import watch_list
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client: Client) -> User:
    setup_small_municipality()
    user = person("sekreteraren", Role.SECRETARY, "SN")
    client.force_login(user)
    return user


def filled(**more: object) -> dict[str, object]:
    return {
        "title": "Riktlinjer för ekonomiskt bistånd",
        "kind": "guidelines",
        "committees": [Committee.objects.get(code="SN").pk],
        "units": [Unit.objects.get(code="AME").pk],
        "decided_by": Committee.objects.get(code="SN").pk,
        "decided_on": "2022-03-22",
        "paragraph": "§ 22",
        "review_by": "2023-12-31",
        "read_as": 0,
        **more,
    }


def test_a_document_is_entered_and_its_flaws_are_told(client: Client, secretary: User) -> None:
    assert client.post("/styrning/styrdokument/ny/", filled()).status_code == 302
    document = SteeringDocument.objects.get()
    page = client.get(f"/styrning/styrdokument/{document.pk}/").content.decode()
    assert "Beslutat 2022-03-22, men Arbetsmarknadsenheten hör till socialnämnden sedan 2024-01-01." in page
    assert "Dokumentet skulle ha setts över senast 2023-12-31." in page
    listed = client.get("/styrning/styrdokument/").content.decode()
    assert "Äldre än organisationen, Översyn försenad" in listed
    assert "Socialnämnden § 22" in client.get("/styrning/styrdokument/?fil=csv").content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"decided_on": ""}, "Ett beslut med paragraf har också ett datum."),
        ({"decided_by_name": "Enhetschefen"}, "inte båda"),
        ({"valid_from": "2024-01-01", "valid_to": "2023-01-01"}, "slutar gälla innan det börjar"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    client: Client, secretary: User, more: dict[str, object], said: str
) -> None:
    assert said in client.post("/styrning/styrdokument/ny/", filled(**more)).content.decode()
    assert not SteeringDocument.objects.exists()


def test_a_document_of_another_committee_is_not_entered(client: Client, secretary: User) -> None:
    other = [Committee.objects.get(code="KUN").pk]
    assert (
        "vars register du för" in client.post("/styrning/styrdokument/ny/", filled(committees=other)).content.decode()
    )
    assert not SteeringDocument.objects.exists()


def test_only_those_who_keep_the_register_change_it(client: Client, secretary: User) -> None:
    client.post("/styrning/styrdokument/ny/", filled())
    document = SteeringDocument.objects.get()
    client.force_login(person("chefen", Role.MANAGER, "SN"))
    assert client.get(f"/styrning/styrdokument/{document.pk}/").status_code == 200
    assert client.post(f"/styrning/styrdokument/{document.pk}/andra/", filled(title="Annat")).status_code == 403
    client.force_login(person("andra", Role.SECRETARY, "KUN"))
    assert client.get(f"/styrning/styrdokument/{document.pk}/").status_code == 404
    assert client.post(f"/styrning/styrdokument/{document.pk}/andra/", filled(title="Annat")).status_code == 404


def test_the_second_of_two_who_save_sees_both(client: Client, secretary: User) -> None:
    client.post("/styrning/styrdokument/ny/", filled())
    document = SteeringDocument.objects.get()
    url = f"/styrning/styrdokument/{document.pk}/andra/"
    assert client.post(url, filled(note="Den första", read_as=1)).status_code == 302
    answer = client.post(url, filled(note="Den andra", read_as=1))
    assert answer.status_code == 409
    assert "Den första" in answer.content.decode()
    document.refresh_from_db()
    assert document.note == "Den första"


def test_a_review_stands_on_the_watch_list_until_the_document_is_replaced(secretary: User) -> None:
    social = Committee.objects.get(code="SN")
    facts: dict[str, Any] = {"kind": DocumentKind.ROUTINE, "committees": [social], "by": secretary}
    old = add_document(title="Gammal rutin", review_by=dt.date(2025, 1, 31), **facts)
    assert [(item.title, item.due) for item in watch_list(secretary, [social])] == [
        ("Gammal rutin", dt.date(2025, 1, 31))
    ]
    old.replaced_by = add_document(title="Ny rutin", **facts)
    old.save()
    assert watch_list(secretary, [social]) == []


def test_a_long_register_costs_no_more_questions_than_a_short_one(client: Client, secretary: User) -> None:
    social = Committee.objects.get(code="SN")
    for number in range(60):
        add_document(title=f"Dokument {number}", kind=DocumentKind.PLAN, committees=[social], by=secretary)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/styrning/styrdokument/").status_code == 200
    assert len(queries) < 15
