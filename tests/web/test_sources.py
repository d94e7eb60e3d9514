"""What the lists under the figures show, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cases.models import Delivery
from committees.enums import Role
from reporting.snapshots.models import Snapshot
from tests.factories import deliver, setup_small_municipality
from tests.web.town import YEAR, person

OVERLAPPING = "ETT-ÄRENDE"


@pytest.fixture
def delivery(db: None) -> Delivery:
    """A delivery with a warning that names a case and its date."""
    setup_small_municipality()
    stay = {"person": "P1", "enhet": "AME"}
    deliver(
        personer=[{"person": "P1", "födelsedatum": date(1990, 1, 1), "kön": "K"}],
        inskrivningar=[
            {**stay, "inskrivning": OVERLAPPING, "start": date(2024, 1, 8), "slut": None},
            {**stay, "inskrivning": "ETT-ANNAT", "start": date(2024, 3, 4), "slut": None},
        ],
    )
    return Delivery.objects.get()


@pytest.mark.parametrize(
    ("role", "committee"), [(Role.SECRETARY, "KUN"), (Role.AUDITOR, "SN"), (Role.DATA_STEWARD, "SN")]
)
def test_warnings_are_counted_but_tell_of_no_case_within_one_committee(
    client: Client, delivery: Delivery, role: Role, committee: str
) -> None:
    client.force_login(person("läsare", role, committee))
    page = client.get(f"/underlag/leveranser/{delivery.pk}/").content.decode()
    assert "Inskrivningar" in page[page.index("<h2>Varningar") :]
    assert OVERLAPPING not in page
    assert "2024-03-04" not in page
    assert client.get(f"/underlag/leveranser/{delivery.pk}/varningar.csv").status_code == 403


def test_who_delivers_for_the_whole_municipality_reads_each_warning(client: Client, delivery: Delivery) -> None:
    client.force_login(person("förvaltare", Role.DATA_STEWARD))
    page = client.get(f"/underlag/leveranser/{delivery.pk}/").content.decode()
    assert OVERLAPPING in page
    assert "2024-03-04" in page
    lines = client.get(f"/underlag/leveranser/{delivery.pk}/varningar.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Fil;Rad;Kolumn;Värde;Väntat är")
    assert any(line.startswith("Inskrivningar;3;start;2024-03-04;") and OVERLAPPING in line for line in lines)


@pytest.mark.parametrize("number", ["999", "0", "-1", "x", "9" * 5000])
def test_a_page_number_that_does_not_exist_gives_the_nearest_page(client: Client, town: Snapshot, number: str) -> None:
    client.force_login(person("revisor", Role.AUDITOR, "SN"))
    for address in (
        f"/underlag/?u-page={number}&l-page={number}",
        f"/underlag/leveranser/{town.latest_delivery_id}/?page={number}",
        f"/rapporter/?page={number}",
        f"/laslogg/?page={number}",
        f"/SN/{YEAR}/matt/work_or_study_at_exit/arenden/?page={number}",
    ):
        assert client.get(address).status_code == 200, address
