"""How a measure has gone: history apart, others beside, moves of units, month by month, and the chart as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from committees.actions.people import assign_role
from committees.enums import Role
from committees.models import Committee, User
from reporting.comparison.models import KoladaMunicipality, KoladaValue, Kpi, PeerGroup
from reporting.enums import KoladaGender
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.factories import deliver
from tests.web.town import YEAR, person

pytestmark = pytest.mark.of_snapshots

MEASURE = f"/SN/{YEAR}/matt/work_or_study_at_exit/"
BOTH = f"/KUN+SN/{YEAR}/matt/work_or_study_at_exit/"


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.replace("\xa0", " ")))


def _of_both_committees() -> User:
    both = person("sekreterare", Role.SECRETARY, "SN")
    assign_role(person=both, role=Role.SECRETARY, committee=Committee.objects.get(code="KUN"))
    return both


@pytest.fixture
def manager(client: Client, town: Snapshot) -> Client:
    """A client logged in as SN's manager."""
    client.force_login(person("chef", Role.MANAGER, "SN"))
    return client


def test_a_move_is_told_with_its_decision_and_the_other_committees_figures_stay_theirs(manager: Client) -> None:
    page = manager.get(MEASURE).content.decode()
    assert "Den 1 januari 2024 gick ansvaret för Arbetsmarknadsenheten över" in page
    assert "KF 2023-10-25 § 190" in page
    assert "Siffrorna från tiden före hör till kultur- och utbildningsnämnden." in page
    assert 'href="/KUN/2024/"' in page
    assert "lika långt före som efter" not in page


def test_who_has_both_committees_sees_equally_long_before_and_after(client: Client, town: Snapshot) -> None:
    client.force_login(_of_both_committees())
    page = _words(client.get(BOTH).content.decode())
    assert "Före 2023 25,0 % 3 12" in page
    assert "Efter 2024 25,0 % 3 12" in page
    assert "visar inte att flytten är orsaken" in page


def test_what_was_known_before_stands_apart_with_its_source(client: Client, town: Snapshot) -> None:
    row = {
        "mått": "work_or_study_at_exit",
        "variant": "kolada",
        "år": 2017,
        "nämnd": "SN",
        "värde": 41.5,
        "källa": "Årsbokslut 2017",
        "namn_då": "Till arbete",
    }
    deliver(historik=[row])
    freeze(as_of=date(2025, 1, 31), label="Med historik")
    client.force_login(person("chef", Role.MANAGER, "SN"))
    page = _words(client.get(MEASURE).content.decode())
    assert (
        "Från tiden före systemet År Värde Antal Av Källa Hette då 2017 41,5 % - - Årsbokslut 2017 Till arbete" in page
    )
    rows = client.get(f"{MEASURE}utveckling.csv").content.decode("utf-8-sig")
    assert "41,5" not in rows


def _kolada() -> None:
    kpi = Kpi.objects.create(id="U40455", title="Börjat arbeta eller studera, andel (%)")
    group = PeerGroup.objects.create(id="G1", title="Liknande kommuner", chosen=True)
    for code, values in {"1400": (40.0, 30.0), "1401": (20.0, None)}.items():
        other = KoladaMunicipality.objects.create(id=code, title=f"Kommun {code}", type="K")
        group.members.create(municipality=other)
        for year, value in zip((YEAR - 1, YEAR), values, strict=True):
            KoladaValue.objects.create(
                kpi=kpi,
                municipality=other,
                year=year,
                gender=KoladaGender.TOTAL,
                value=value,
                fetched_at=timezone.now(),
            )


def test_others_stand_beside_the_own_figure_and_a_missing_year_is_missing(manager: Client) -> None:
    _kolada()
    page = _words(manager.get(MEASURE).content.decode())
    assert "SN, egna uppgifter – – – – 25,0 %" in page
    assert "Kommun 1401 - - - 20,0 -" in page
    assert "Liknande kommuner, medel (antal) - - - 30,0 (2) 30,0 (1)" in page


def test_a_page_with_everything_on_it_keeps_to_fifteen_questions(
    manager: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    _kolada()
    manager.get(MEASURE)
    with django_assert_max_num_queries(15):
        assert manager.get(MEASURE).status_code == 200


def test_others_are_not_drawn_beside_what_is_counted_in_another_way(manager: Client) -> None:
    _kolada()
    assert "egna uppgifter – " in _words(manager.get(MEASURE).content.decode())
    for query in ("?variant=resident", "?kon=K"):
        page = manager.get(f"{MEASURE}{query}").content.decode()
        assert "Kommun 1401" in page
        assert "SN, egna uppgifter" not in page


def test_the_chart_is_a_file_of_its_own_without_links_into_the_application(manager: Client) -> None:
    answer = manager.get(f"{MEASURE}utveckling.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "work_or_study_at_exit-utveckling.svg" in answer["Content-Disposition"]
    assert answer.content.startswith(b"<svg ")
    assert ">Till arbete eller studier vid avslut</title>" in answer.content.decode()
    assert b"<a " not in answer.content
    assert b"/SN/" not in answer.content
    assert ">Källa: kommunens egna uppgifter" in answer.content.decode()


def test_the_chart_is_a_picture_for_slides_two_pixels_to_the_point(manager: Client) -> None:
    assert f"{MEASURE}utveckling.png" in manager.get(MEASURE).content.decode()
    answer = manager.get(f"{MEASURE}utveckling.png")
    assert answer["Content-Type"] == "image/png"
    assert "work_or_study_at_exit-utveckling.png" in answer["Content-Disposition"]
    assert answer.content.startswith(b"\x89PNG")
    # In the header of a PNG the width stands in bytes 16 to 20: 640 points and 12 on each side.
    assert int.from_bytes(answer.content[16:20], "big") == 2 * (640 + 24)


def test_a_measure_without_values_has_no_chart_to_fetch(manager: Client) -> None:
    answer = manager.get(f"/SN/{YEAR}/matt/sfi_completed/utveckling.svg")
    assert answer.status_code == 404
    assert "inget diagram" in answer.content.decode()


def test_the_years_and_months_are_drawn_with_their_numbers_in_a_table(client: Client, town: Snapshot) -> None:
    people = [f"M{number:02}" for number in range(24)]
    ends = [date(year, month, 20) for year in (2023, 2024) for month in range(1, 13)]
    reasons = ["arbete_osubventionerat" if number % 3 else "franvaro" for number in range(24)]
    deliver(
        personer=[{"person": name, "födelsedatum": date(1990, 1, 1), "kön": "K"} for name in people],
        inskrivningar=[
            {"inskrivning": f"X-{name}", "person": name, "enhet": "AME", "start": date(2022, 6, 1), "slut": end}
            | {"avslutsorsak": reason}
            | ({"anställning_från": end} if reason.startswith("arbete") else {})
            for name, end, reason in zip(people, ends, reasons, strict=True)
        ],
    )
    freeze(as_of=date(2025, 1, 31), label="Varje månad")
    client.force_login(_of_both_committees())
    page = client.get(BOTH).content.decode()
    assert "Månad för månad" in page
    assert "De 24 månaderna varierar kring" in _words(page)
    assert f"/KUN+SN/{YEAR}/matt/work_or_study_at_exit/arenden/?manad={YEAR}-02&amp;met=ja" in page
    assert f'href="{BOTH}manader.png"' in page
    drawing = client.get(f"{BOTH}manader.svg").content.decode()
    assert "<a " not in drawing
    for told in ("månad för månad", "Medel", "Källa: kommunens egna uppgifter"):
        assert told in _words(drawing)
    assert client.get(f"{BOTH}manader.png").content.startswith(b"\x89PNG")
    lines = client.get(f"{BOTH}manader.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 24


def test_the_course_of_a_duration_is_a_picture_and_a_table_to_fetch(manager: Client) -> None:
    address = f"/SN/{YEAR}/matt/time_to_work/"
    assert f'href="{address}forlopp.svg"' in manager.get(address).content.decode()
    drawing = manager.get(f"{address}forlopp.svg")
    assert "time_to_work-forlopp.svg" in drawing["Content-Disposition"]
    assert "förloppet" in _words(drawing.content.decode())
    assert manager.get(f"{address}forlopp.png").content.startswith(b"\x89PNG")
    head = manager.get(f"{address}forlopp.csv").content.decode("utf-8-sig").splitlines()[0]
    assert head.split(";")[:4] == ["Dagar", "Andel", "Kvar", "Framme"]
    for absent in (f"{address}forlopp.pdf", f"{MEASURE}forlopp.svg"):
        assert manager.get(absent).status_code == 404
