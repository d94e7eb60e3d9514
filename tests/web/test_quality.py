"""The page of how good the data is: shares and never cases, for those who may see what the figures rest on."""

from __future__ import annotations

import pytest
from django.test import Client

from committees.enums import Role
from reporting.snapshots.models import Snapshot
from tests.web.town import person


@pytest.fixture
def steward(client: Client, town: Snapshot) -> Client:
    """A client logged in as the municipality's data steward."""
    client.force_login(person("förvaltare", Role.DATA_STEWARD))
    return client


def test_the_page_says_what_is_filled_in_and_how_much_was_taken_with_a_warning(steward: Client) -> None:
    page = steward.get("/underlag/kvalitet/").content.decode()
    assert "avslutsorsak (av dem med slut)" in page
    assert "Varningar per 1 000 rader" in page
    assert 'href="/underlag/kvalitet.csv"' in page


def test_of_few_rows_no_share_is_told(steward: Client) -> None:
    lines = steward.get("/underlag/kvalitet.csv").content.decode("utf-8-sig").splitlines()
    [courses] = [line for line in lines if line.startswith("sfi-deltaganden;resultat")]
    assert set(courses.split(";")[2:8]) <= {"–", ".."}


def test_without_a_delivery_the_page_says_what_to_wait_for(client: Client, db: None) -> None:
    client.force_login(person("förvaltare", Role.DATA_STEWARD))
    page = client.get("/underlag/kvalitet/").content.decode()
    assert "Inget underlag än" in page
    assert "Inga leveranser än" in page
