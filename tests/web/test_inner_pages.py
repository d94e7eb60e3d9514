"""The pages of measures whose figures have figures inside: medians, shares after so many days, parts."""

from __future__ import annotations

import pytest
from django.test import Client

from committees.enums import Role
from reporting.snapshots.models import Snapshot
from tests.web.town import YEAR, person

pytestmark = pytest.mark.of_snapshots

HEADINGS = {
    "referral_lead_time": ["Median", "Antal i tid"],
    "application_to_decision": ["Median", "Medel"],
    "time_to_work": ["Efter 365 dagar", "Kvar då"],
    "participants": ["Inskrivna någon gång", "På arbetsplats", "Besök i öppna verksamheter"],
    "sfi_reach": ["Anvisade", "Godkända på en kurs"],
    "budget_outcome": ["Utfall", "Avvikelse (plus är bättre än budget)"],
}


@pytest.fixture
def manager(client: Client, town: Snapshot) -> Client:
    """A client logged in as SN's manager."""
    client.force_login(person("chef", Role.MANAGER, "SN"))
    return client


def test_every_page_of_such_a_measure_opens_and_names_its_figures(manager: Client) -> None:
    for code, headings in HEADINGS.items():
        base = f"/SN/{YEAR}/matt/{code}/"
        series = manager.get(base)
        assert series.status_code == 200, code
        assert not [name for name in headings if name not in series.content.decode()], code
        for view in ("uppdelning/?by=enhet", "metod/", "arenden/", "utelamnade/"):
            answer = manager.get(base + view)
            assert answer.status_code == 200, (code, view)


def test_the_cases_show_the_days_and_what_ended_them(manager: Client) -> None:
    page = manager.get(f"/SN/{YEAR}/matt/time_to_work/arenden/").content.decode()
    assert "Dagar" in page
    assert "Händelse" in page


def test_the_list_of_measures_shows_their_values(manager: Client) -> None:
    page = manager.get(f"/SN/{YEAR}/matt/").content.decode()
    assert "Tid till arbete eller studier" in page
    assert "Deltagare och besök" in page
