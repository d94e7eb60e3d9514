"""A case list is narrowed by what stands in it, adds up to the figure it came from, and never points out a protected person."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client

from committees.enums import Role
from committees.models import CaseAccess
from reporting.snapshots.models import Snapshot
from tests.web.town import YEAR, person

pytestmark = pytest.mark.of_snapshots

MEASURE = f"/SN/{YEAR}/matt/work_or_study_at_exit/"


@pytest.fixture
def manager(client: Client, town: Snapshot) -> Client:
    """A client logged in as SN's manager."""
    client.force_login(person("chef", Role.MANAGER, "SN"))
    return client


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_count_leads_to_the_cases_that_it_counts(manager: Client) -> None:
    page = manager.get(MEASURE).content.decode()
    assert f"/SN/{YEAR}/matt/work_or_study_at_exit/arenden/?met=ja" in page
    rows = rows_of(manager, f"{MEASURE}arenden.csv?met=ja")
    assert len(rows) == 3, "two listed and the row of the protected, which stands for one"
    assert [row["Varför"] for row in rows] == ["arbete utan stöd", "arbete utan stöd", ""]
    assert len(rows_of(manager, f"{MEASURE}arenden.csv?met=nej")) == 9


def test_a_reason_and_a_stretch_of_days_narrow_the_list_and_the_page_says_so(manager: Client) -> None:
    page = manager.get(f"{MEASURE}arenden/?reason=franvaro&ended_fran={YEAR}-10-15").content.decode()
    assert "Varför: frånvaro" in page
    assert f"Slut, från och med: {YEAR}-10-15" in page
    rows = rows_of(manager, f"{MEASURE}arenden.csv?reason=franvaro&ended_fran={YEAR}-10-15")
    assert {row["Varför"] for row in rows} == {"frånvaro"}
    assert rows_of(manager, f"{MEASURE}arenden.csv?ended_fran={YEAR}-10-16") == []


def test_a_case_is_found_by_a_part_of_its_key(manager: Client) -> None:
    rows = rows_of(manager, f"{MEASURE}arenden.csv?arende=sn-1")
    assert rows
    assert all(row["Avslut"].startswith("SN-1") for row in rows)


def test_a_value_that_no_case_has_gives_an_empty_list_and_a_way_out(manager: Client) -> None:
    page = manager.get(f"{MEASURE}arenden/?reason=finns_inte").content.decode()
    assert "passar urvalet" in page
    assert "Rensa urvalet" in page


def test_a_date_that_cannot_be_read_shows_no_cases_and_says_what_is_wrong(manager: Client) -> None:
    answer = manager.get(f"{MEASURE}arenden/?ended_fran=igår")
    assert answer.status_code == 200
    assert "Rätta det här" in answer.content.decode()
    assert "SN-0" not in answer.content.decode()
    assert not CaseAccess.objects.exists()
    assert manager.get(f"{MEASURE}arenden.csv?ended_fran=igår").status_code == 404


def test_the_protected_are_counted_where_figures_are_and_nowhere_else(manager: Client) -> None:
    in_numbers = rows_of(manager, f"{MEASURE}arenden.csv?met=ja")
    assert [row["Avslut"] for row in in_numbers if row["Avslut"].startswith("skyddad")] == ["skyddad (1 avslut)"]
    by_day = manager.get(f"{MEASURE}arenden/?ended_fran={YEAR}-01-01").content.decode()
    assert "skyddad (" not in by_day
    assert "aldrig visas för personer med skyddade uppgifter" in by_day


def test_no_narrowing_at_all_lists_a_protected_person_by_key_or_by_date(manager: Client) -> None:
    for narrowed in ("arende=SN-01", f"ended_fran={YEAR}-10-15&ended_till={YEAR}-10-15", "study_aid=saknas"):
        assert "SN-01" not in {row["Avslut"] for row in rows_of(manager, f"{MEASURE}arenden.csv?{narrowed}")}
        assert not any(
            row["Avslut"].startswith("skyddad") for row in rows_of(manager, f"{MEASURE}arenden.csv?{narrowed}")
        )


def test_what_the_list_was_narrowed_to_stands_in_the_log(manager: Client) -> None:
    manager.get(f"{MEASURE}arenden/?met=ja&arende=SN-1")
    looked = CaseAccess.objects.get()
    assert looked.filters["met"] == ["ja"]
    assert looked.filters["arende"] == ["SN-1"]


def test_a_list_and_a_series_are_handed_out_as_json_too(manager: Client) -> None:
    listed = json.loads(manager.get(f"{MEASURE}arenden.json?met=ja").content)
    assert len(listed) == 3
    assert CaseAccess.objects.count() == 1
    series = json.loads(manager.get(f"{MEASURE}utveckling.json").content)
    assert [one["period"]["end"][:4] for one in series] == [str(year) for year in range(YEAR - 4, YEAR + 1)]
    assert (series[-1]["total"]["numerator"], series[-1]["total"]["denominator"]) == (3, 12)
    split = json.loads(manager.get(f"{MEASURE}uppdelning.json?by=insats").content)
    assert sum(group["numerator"] for group in split["groups"]) == 3


def test_left_out_cases_are_reached_by_their_reason(manager: Client) -> None:
    page = manager.get(f"{MEASURE}utelamnade/?variant=resident").content.decode()
    assert "Inget är utelämnat" in page
