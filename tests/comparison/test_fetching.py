"""Fetching from Kolada: every page, at most 25 ids at once, patient with a server in trouble, and never twice for nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reporting.comparison.client import KoladaClient
from reporting.comparison.fetching import Wanted, fetch, is_settled
from reporting.comparison.loading import KoladaFault
from reporting.comparison.models import KoladaFetch, KoladaMunicipality, KoladaValue, Kpi, PeerGroup
from tests.comparison.server import Kolada, serving

pytestmark = pytest.mark.django_db

CODES = [f"{1400 + number}" for number in range(30)]
YEARS = [2021, 2022, 2023]


def _value(code: str, year: int, number: float | None, **more: Any) -> dict[str, Any]:
    women = {"gender": "K", "value": 99.0, "status": "", "count": 1, "isdeleted": False}
    status = "" if number is not None else "Missing"
    total = {"gender": "T", "value": number, "status": status, "count": 1, "isdeleted": False, **more}
    order = [women, total] if int(code) % 2 else [total, women]
    return {"kpi": "U40455", "period": year, "municipality": code, "values": order}


@pytest.fixture
def kolada() -> Iterator[Kolada]:
    kpi = {
        "id": "U40455",
        "title": "Börjat arbeta eller studera",
        "description": "",
        "is_divided_by_gender": True,
        "municipality_type": "K",
        "publ_period": "2024",
        "publication_date": "2026-06-10",
        "prel_publication_date": None,
    }
    places = [{"id": code, "title": f"Kommun {code}", "type": "K"} for code in CODES]
    members = [{"member_id": code, "member_title": f"Kommun {code}"} for code in CODES[1:4]]
    values = [_value(code, year, float(int(code) - 1400 + year - 2021)) for code in CODES for year in YEARS]
    known = Kolada(
        kpis=[kpi],
        municipalities=[{"id": "0000", "title": "Riket", "type": "L"}, *places],
        groups=[{"id": "G1", "title": "Liknande kommuner, 2023", "members": members}],
        values=values,
    )
    with serving(known):
        yield known


def _fetch(kolada: Kolada, waits: list[float] | None = None, **wanted: Any) -> dict[str, int]:
    asked = Wanted(**{"kpis": ["U40455"], "years": YEARS, "groups": ["G1"], "choose": "G1", **wanted})
    with KoladaClient(f"{kolada.url}/v3", sleep=(waits if waits is not None else []).append) as client:
        return fetch(client, asked)


def test_everything_is_fetched_page_by_page_and_at_most_25_ids_at_once(kolada: Kolada) -> None:
    counts = _fetch(kolada)
    assert counts["values"] == len(CODES) * len(YEARS) * 2
    assert KoladaValue.objects.get(municipality="1407", year=2022, gender="T").value == 8.0
    assert {len(path.split("/")[6].split(",")) for path in kolada.asked_for_values} == {25, 6}
    assert Kpi.objects.get().published_on == dt.date(2026, 6, 10)
    assert PeerGroup.objects.get(chosen=True).members.count() == 3


def test_the_second_time_nothing_settled_is_asked_for_again(kolada: Kolada) -> None:
    _fetch(kolada)
    kolada.asked.clear()
    counts = _fetch(kolada)
    assert kolada.asked_for_values == []
    assert sum(counts.values()) == 0


def test_only_the_year_and_the_municipality_that_are_new_are_asked_for(kolada: Kolada) -> None:
    _fetch(kolada, years=[2021, 2022], municipalities=CODES[:2])
    kolada.asked.clear()
    _fetch(kolada, years=[2021, 2022, 2023], municipalities=CODES[:3])
    assert sorted(kolada.asked_for_values) == [
        "/v3/data/kpi/U40455/municipality/1400,1401/year/2023",
        "/v3/data/kpi/U40455/municipality/1402/year/2021,2022,2023",
    ]


def test_a_year_whose_values_may_still_change_is_asked_for_again_after_a_day(kolada: Kolada) -> None:
    this_year = timezone.localdate().year
    kolada.values = [_value("1400", this_year, None)]
    _fetch(kolada, years=[this_year], municipalities=["1400"])
    kolada.values = [_value("1400", this_year, 42.0)]
    kolada.asked.clear()
    _fetch(kolada, years=[this_year], municipalities=["1400"])
    assert kolada.asked_for_values == []
    KoladaFetch.objects.update(at=timezone.now() - dt.timedelta(days=2))
    _fetch(kolada, years=[this_year], municipalities=["1400"])
    assert KoladaValue.objects.get(gender="T").value == 42.0


def test_values_are_settled_when_october_of_the_next_year_has_come() -> None:
    assert not is_settled(2023, dt.datetime(2024, 9, 30, 12, tzinfo=dt.UTC))
    assert is_settled(2023, dt.datetime(2024, 10, 1, 12, tzinfo=dt.UTC))


def test_all_is_fetched_again_when_asked_and_what_was_withdrawn_is_let_go(kolada: Kolada) -> None:
    _fetch(kolada, municipalities=["1400"])
    kolada.values = [_value("1400", 2021, 5.0, isdeleted=True), _value("1400", 2022, None)]
    _fetch(kolada, municipalities=["1400"], again=True)
    assert not KoladaValue.objects.filter(year=2021, gender="T").exists()
    assert KoladaValue.objects.get(year=2022, gender="T").value is None


@pytest.mark.parametrize("trouble", ["429", "500", "503", "truncated", "gone"])
def test_a_server_in_trouble_is_asked_again_after_a_while(kolada: Kolada, trouble: str) -> None:
    kolada.troubles = [trouble, trouble]
    waits: list[float] = []
    _fetch(kolada, waits)
    assert KoladaValue.objects.count() == len(CODES) * len(YEARS) * 2
    assert waits == ([7.0, 7.0] if trouble == "429" else [1.0, 2.0])


def test_a_server_that_stays_in_trouble_is_left_and_nothing_is_kept(kolada: Kolada) -> None:
    kolada.troubles = ["", "", "", *["500"] * 6]
    waits: list[float] = []
    with pytest.raises(KoladaFault, match="går inte att nå just nu: svarskod 500"):
        _fetch(kolada, waits)
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert not KoladaMunicipality.objects.exists()


@pytest.mark.parametrize(("trouble", "said"), [("404", "kod 404"), ("list", "annat än väntat"), ("circle", "cirkel")])
def test_what_will_not_better_by_waiting_is_said_at_once(kolada: Kolada, trouble: str, said: str) -> None:
    kolada.troubles = [trouble] * 3
    waits: list[float] = []
    with pytest.raises(KoladaFault, match=said):
        _fetch(kolada, waits)
    assert waits == []


def test_pages_are_followed_at_our_own_base_whatever_host_the_answers_name(kolada: Kolada) -> None:
    kolada.host_in_answers = "https://elsewhere.example"
    assert _fetch(kolada)["values"] == len(CODES) * len(YEARS) * 2


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"kpis": ["N99999"]}, "inget nyckeltal N99999"),
        ({"groups": ["G9"]}, "ingen kommungrupp G9"),
        ({"municipalities": ["9999"]}, "ingen kommun 9999"),
    ],
)
def test_what_kolada_does_not_have_is_named(kolada: Kolada, wanted: dict[str, Any], said: str) -> None:
    with pytest.raises(KoladaFault, match=said):
        _fetch(kolada, **wanted)
    assert not Kpi.objects.exists()


def test_a_closed_port_is_told_in_words() -> None:
    waits: list[float] = []
    client = KoladaClient("http://127.0.0.1:9/v3", sleep=waits.append)
    with client, pytest.raises(KoladaFault, match="anslutningen bröts eller kunde inte öppnas"):
        client.municipalities()
    assert len(waits) == 5


def test_the_commands_fetch_and_compare(kolada: Kolada, capsys: pytest.CaptureFixture[str]) -> None:
    kolada.values = [row for row in kolada.values if (row["municipality"], row["period"]) != ("1402", 2023)]
    base = f"{kolada.url}/v3"
    call_command("fetch_kolada", base_url=base, kpi="U40455", group="G1", years="2021-2023")
    assert "Källa: Kolada" in capsys.readouterr().out
    call_command("compare", "U40455", municipality="1400", years="2021-2023", format="json")
    told = json.loads(capsys.readouterr().out)
    assert (told["kpi"], told["years"], told["own"]) == ("U40455", YEARS, [0.0, 1.0, 2.0])
    assert told["members"] == {"1401": [1.0, 2.0, 3.0], "1402": [2.0, 3.0, None], "1403": [3.0, 4.0, 5.0]}
    assert told["group_mean"] == [2.0, 3.0, 4.0]
    assert told["group_count"] == [3, 3, 2]
    assert told["national_mean"][:2] == [14.5, 15.5]
    assert told["national_count"] == [30, 30, 29]
    assert told["position"] == [{"place": 4, "of": 4}, {"place": 4, "of": 4}, {"place": 3, "of": 3}]
    call_command("compare", "U40455", municipality="1400", years="2022-2023")
    table = capsys.readouterr().out
    assert "Kommun 1402" in table
    assert "- = inget värde publicerat" in table


@pytest.mark.parametrize(
    ("options", "said", "code"),
    [
        ({"municipality": "1400", "years": "2023-2021"}, "kommer före", 2),
        ({"municipality": "1400", "years": "i fjol"}, "Skriv till exempel", 2),
        ({"municipality": "1499", "years": "2023"}, "inte hämtad", 1),
        ({"municipality": "1400", "group": "G9", "years": "2023"}, "De som finns är: G1", 1),
        ({"municipality": "1400", "years": "1999"}, "inga värden", 1),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(
    kolada: Kolada, options: dict[str, str], said: str, code: int
) -> None:
    _fetch(kolada)
    with pytest.raises(CommandError, match=said) as fault:
        call_command("compare", "U40455", **options)
    assert fault.value.returncode == code
