"""The pages that show this municipality beside others: what was published, what is missing, and never a verdict."""

import re

import pytest
from django.test import Client

from committees.enums import Role
from committees.models import Municipality
from reporting.comparison.loading import load_kolada_json
from tests.comparison.test_kolada import LATER, METADATA, answer, value
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

VALUES = answer(
    *(value("1489", year, 30.0 + year - 2020) for year in (2020, 2021, 2022)),
    value("1494", 2022, 40.0),
    value("2417", 2022, 20.0),
    value("2417", 2021, None),
)


def _words(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode().replace("\xa0", " ")))


@pytest.fixture
def manager(client: Client) -> Client:
    """A client logged in as SN's manager in the municipality 1489."""
    setup_small_municipality()
    Municipality.objects.update(code="1489")
    client.force_login(person("chef", Role.MANAGER, "SN"))
    return client


@pytest.fixture
def _fetched() -> None:
    load_kolada_json([*METADATA, VALUES], group="G1", fetched_at=LATER)


def test_where_nothing_is_fetched_the_page_says_how_to_fetch_it(manager: Client) -> None:
    assert "fetch_kolada" in _words(manager.get("/jamforelse/").content)


@pytest.mark.usefixtures("_fetched")
def test_every_key_figure_stands_with_its_latest_year_and_leads_to_its_page(manager: Client) -> None:
    page = manager.get("/jamforelse/")
    assert 'href="/jamforelse/U40455/"' in page.content.decode()
    assert "U40455 Börjat arbeta eller studera 2022 32,0 30,0 2 av 3" in _words(page.content)


@pytest.mark.usefixtures("_fetched")
def test_five_years_show_own_each_peer_the_means_of_how_many_and_the_position(manager: Client) -> None:
    page = _words(manager.get("/jamforelse/U40455/").content)
    assert "Kommun 2018 2019 2020 2021 2022" in page
    assert "Hela kommunen, i Kolada - - 30,0 31,0 32,0" in page
    assert "Plats från högsta värdet - - 1 av 1 1 av 1 2 av 3" in page
    assert "Lidköping - - - - 40,0" in page
    assert "Boxholm - - - - -" in page
    assert "Liknande kommuner, medel (antal) - - - - 30,0 (2)" in page
    assert "Källa: Kolada U40455, hämtat 1 september 2024" in page


@pytest.mark.usefixtures("_fetched")
def test_the_years_can_end_earlier_and_the_file_follows(manager: Client) -> None:
    page = manager.get("/jamforelse/U40455/?till=2021").content
    assert "Kommun 2017 2018 2019 2020 2021" in _words(page)
    [link] = re.findall(r'href="(/jamforelse/U40455\.csv[^"]*)"', page.decode())
    lines = manager.get(link).content.decode("utf-8-sig").splitlines()
    assert lines[0].split(";")[:6] == ["Kommun", "2017", "2018", "2019", "2020", "2021"]
    assert lines[1].split(";")[4:6] == ["30,0", "31,0"]


@pytest.mark.usefixtures("_fetched")
def test_the_chart_is_a_picture_that_says_its_years_its_group_and_its_source(manager: Client) -> None:
    page = manager.get("/jamforelse/U40455/?till=2021").content.decode()
    [png, svg] = re.findall(r'href="(/jamforelse/U40455\.(?:png|svg)[^"]*)"', page)
    drawing = manager.get(svg)
    said = _words(drawing.content)
    assert "jamforelse-U40455.svg" in drawing["Content-Disposition"]
    for told in ("2017–2021", "Liknande kommuner:", "Källa: Kolada U40455, hämtat 1 september 2024."):
        assert told in said
    assert manager.get(png).content.startswith(b"\x89PNG")


@pytest.mark.usefixtures("_fetched")
@pytest.mark.parametrize("query", ["?till=1850", "?till=sju", "?grupp=G0", "?grupp='"])
def test_what_there_is_not_is_said_and_shows_no_figures(manager: Client, query: str) -> None:
    page = manager.get(f"/jamforelse/U40455/{query}")
    assert page.status_code == 200
    assert "Lidköping" not in _words(page.content)


@pytest.mark.usefixtures("_fetched")
def test_a_key_figure_that_has_not_been_fetched_says_how_to(manager: Client) -> None:
    page = manager.get("/jamforelse/N12345/")
    assert page.status_code == 404
    assert "fetch_kolada --kpi N12345" in _words(page.content)


def test_nobody_reads_them_without_logging_in(client: Client) -> None:
    assert client.get("/jamforelse/").status_code == 302
