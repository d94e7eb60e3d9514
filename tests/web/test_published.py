"""Who has no role in a committee gets its published tables, and no other figure by whatever address."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.fixtures import Settings

from committees.enums import Role
from reporting.figures.dimensions import values_of
from reporting.figures.publishing import REGISTER
from reporting.measures.catalogue import measures
from reporting.measures.dimensions import Dimension
from reporting.snapshots.engine import engine_for
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.web.town import YEAR, person

pytestmark = pytest.mark.of_snapshots

OPEN = {"measure_method", "measure_list"}
"""How a measure is counted, without figures, is for everyone who can log in."""


@pytest.fixture
def stranger(client: Client, town: Snapshot) -> Client:
    """Somebody of another committee than the one that is asked for."""
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    return client


def test_every_switch_leads_to_a_page_that_the_reader_may_see(stranger: Client, town: Snapshot) -> None:
    for start in (f"/SN/{YEAR}/", f"/SN/{YEAR - 1}/", f"/KUN/{YEAR}/", f"/SN/{YEAR}/matt/sfi_dropout/"):
        page = stranger.get(start).content.decode()
        switches = re.findall(r'href="([^"]+)"', page.partition('class="switches"')[2].partition("</details>")[0])
        answers = {address: stranger.get(address.replace("&amp;", "&")).status_code for address in switches}
        assert {address for address, status in answers.items() if status != 200} == set(), start
        assert f"/KUN/{YEAR}/" in answers


def _pages(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, list[str]]]:
    """Yield the pages of a place by name, with what else than the place their address holds."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _pages(pattern.url_patterns)
        elif "committees" in pattern.pattern.converters and "code" in pattern.pattern.converters:
            yield str(pattern.name), sorted(set(pattern.pattern.converters) - {"committees", "year", "code"})


PAGES = dict(_pages(get_resolver().url_patterns))


def _addresses(page: str, committees: str, code: str) -> list[str]:
    place = {"committees": tuple(committees.split("+")), "year": YEAR, "code": code}
    endings = ("csv", "xlsx", "json", "svg") if "ending" in PAGES[page] else ("",)
    return [reverse(page, kwargs={**place, **({"ending": one} if one else {})}) for one in endings]


def _filters(snapshot: Snapshot) -> Mapping[str, list[str]]:
    """Return every value of every dimension, as an address asks for it."""
    engine = engine_for(snapshot)
    return {name.value: [*values_of(engine, name), "saknas"] for name in Dimension}


def test_no_page_or_file_of_any_measure_of_another_committee_has_a_figure(stranger: Client) -> None:
    names = [name for name in PAGES if name not in OPEN]
    assert len(names) >= 8
    asked = [(page, "KUN", one.code) for page in names for one in measures()]
    asked += [(page, "KUN+SN", "exit_results") for page in names]
    answered = {address: stranger.get(address).status_code for one in asked for address in _addresses(*one)[:1]}
    assert {address for address, status in answered.items() if status not in {403, 404}} == set()
    assert [status for status in answered.values() if status == 403]


def test_no_filter_opens_a_page_that_is_not_open_without_it(stranger: Client, town: Snapshot) -> None:
    values = _filters(town)
    single = [f"{name}={value}" for name, every in values.items() for value in every]
    pairs = list(itertools.combinations(values, 2))
    narrowed = [f"{one}={values[one][0]}&{other}={values[other][-1]}" for one, other in pairs]
    asked = [
        *itertools.product(["measure"], single),
        *itertools.product(["measure_split_file"], [f"by={one},{other}" for one, other in pairs]),
        *itertools.product(["measure_file"], [*narrowed, "variant=resident", "variant=unsubsidised"]),
        *itertools.product(["measure_cases", "measure_left_out_file"], [query for query in single if "K" in query]),
    ]
    opened = [
        f"{address}?{query}"
        for page, query in asked
        for address in _addresses(page, "KUN", "work_or_study_at_exit")[:1]
        if stranger.get(f"{address}?{query}").status_code != 403
    ]
    assert opened == []


def test_a_filter_changes_nothing_in_the_published_tables(stranger: Client, town: Snapshot) -> None:
    plain = _tables(stranger, f"/KUN/{YEAR}/")
    for name, every in _filters(town).items():
        for value in (every[0], every[-1]):
            assert _tables(stranger, f"/KUN/{YEAR}/?{name}={value}&by=kon&variant=resident") == plain


def test_ones_own_pages_narrowed_never_reach_beyond_ones_own(stranger: Client, town: Snapshot) -> None:
    values = _filters(town)
    for name, value in (("namnd", "KUN"), ("namnd", "saknas")):
        for page in ("measure", "measure_split", "measure_cases"):
            [address] = _addresses(page, "SN", "work_or_study_at_exit")
            assert stranger.get(f"{address}?by=kon&{name}={value}").status_code == 403
    [split] = _addresses("measure_split", "SN", "work_or_study_at_exit")
    for by in ("namnd", "enhet"):
        sheet = stranger.get(f"{split}?by={by}").context["sheet"]
        headings = {row.cells[0].text for row in sheet.rows}
        assert "Kultur- och utbildningsnämnden" not in headings
        assert headings
    assert set(values["namnd"]) >= {"KUN", "SN"}


def test_who_may_not_read_the_cases_may_not_narrow_the_figures(client: Client, town: Snapshot) -> None:
    client.force_login(person("vald", Role.ELECTED_AUDITOR, "SN"))
    for page in ("measure", "measure_split", "measure_file", "measure_cases"):
        for query in ("", "?kon=K", "?by=enhet"):
            assert client.get(f"{_addresses(page, 'SN', 'exit_results')[0]}{query}").status_code == 403
    assert "publicerade tabeller" in _tables(client, f"/SN/{YEAR}/")


def test_the_published_tables_rest_on_a_frozen_snapshot_and_say_which(stranger: Client, town: Snapshot) -> None:
    before = _tables(stranger, f"/KUN/{YEAR}/")
    later = freeze(as_of=date(2025, 2, 28), frozen=False)
    assert _tables(stranger, f"/KUN/{YEAR}/") == before
    assert town.short_hash in before
    assert later.short_hash not in before


def test_showing_the_published_tables_enters_them_in_the_register(
    client: Client, town: Snapshot, settings: Settings
) -> None:
    folder = settings.SNAPSHOT_ROOT / REGISTER
    client.force_login(person("kun", Role.AUDITOR, "KUN"))
    for _ in range(2):
        _tables(client, f"/SN/{YEAR}/")
        assert len(list(folder.glob("*.json"))) == 1


def test_a_committee_that_has_nothing_to_show_publishes_nothing(stranger: Client, settings: Settings) -> None:
    assert "ansvarade inte för någon enhet" in _tables(stranger, f"/KUN/{YEAR}/")
    assert not list((settings.SNAPSHOT_ROOT / REGISTER).glob("*.json"))


def test_without_a_frozen_snapshot_nothing_is_published(stranger: Client, town: Snapshot) -> None:
    Snapshot.objects.filter(pk=town.pk).update(frozen=False)
    assert "Inget underlag är fryst än" in _tables(stranger, f"/KUN/{YEAR}/")


def _tables(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]
