"""Every look at cases is written down, in the same transaction as the look."""

from __future__ import annotations

import pytest
from django.test import Client

from committees.enums import CasePurpose, Role
from committees.models import CaseAccess
from reporting.snapshots.models import Snapshot
from reporting.views.log_words import filters_in_words
from tests.web.town import SN_KEY, YEAR, person

MEASURE = f"/SN/{YEAR}/matt/work_or_study_at_exit/"


def test_each_way_of_looking_at_cases_is_logged_with_what_was_shown(client: Client, town: Snapshot) -> None:
    reader = person("sn", Role.AUDITOR, "SN")
    client.force_login(reader)
    client.get(f"{MEASURE}arenden/?insats=sprakpraktik")
    client.get(f"{MEASURE}utelamnade/")
    client.get(f"{MEASURE}arenden.csv")
    looks = list(CaseAccess.objects.order_by("pk"))
    assert [look.purpose for look in looks] == [CasePurpose.CASES, CasePurpose.LEFT_OUT, CasePurpose.EXPORT]
    assert {look.user for look in looks} == {reader}
    assert {look.measure for look in looks} == {"work_or_study_at_exit"}
    assert {look.snapshot for look in looks} == {town.hash}
    assert [committee.code for committee in looks[0].committees.all()] == ["SN"]
    assert looks[0].filters["insats"] == ["sprakpraktik"]
    assert looks[0].filters["namnd"] == ["SN"]
    assert looks[1].shown == []


def test_the_log_has_just_the_cases_that_were_on_the_page(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    page = client.get(f"{MEASURE}arenden/").content.decode()
    shown = CaseAccess.objects.get().shown
    assert len(shown) == 12
    assert [key for key in shown if key != "skyddad"] == sorted(key for key in shown if key.startswith(SN_KEY))
    assert all(key in page for key in shown)


def test_a_protected_person_is_never_listed_by_key(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    assert "SN-01" not in client.get(f"{MEASURE}arenden/").content.decode()
    assert "SN-01" not in client.get(f"{MEASURE}arenden.csv").content.decode()
    assert "skyddad" in client.get(f"{MEASURE}arenden/").content.decode()


def test_figures_alone_are_not_logged(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    for page in ("", "uppdelning/?by=insats", "metod/", "utveckling.csv"):
        client.get(f"{MEASURE}{page}")
    assert not CaseAccess.objects.exists()


def test_no_cases_are_shown_when_the_look_cannot_be_logged(
    client: Client, town: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_given: object) -> None:
        raise OSError("disken är full")

    monkeypatch.setattr("reporting.views.cases.log_case_access", fail)
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    for page in ("arenden/", "arenden.csv"):
        with pytest.raises(OSError, match="disken är full"):
            client.get(f"{MEASURE}{page}")


def test_an_auditor_reads_the_log_of_their_own_committee_and_an_administrator_all(
    client: Client, town: Snapshot
) -> None:
    client.force_login(person("lasaren", Role.SECRETARY, "SN"))
    client.get(f"{MEASURE}arenden/")
    seen = {}
    for name, role, committee in (
        ("sn-revisor", Role.AUDITOR, "SN"),
        ("kun-revisor", Role.AUDITOR, "KUN"),
        ("admin", Role.ADMINISTRATOR, None),
    ):
        client.force_login(person(name, role, committee))
        seen[name] = "lasaren" in client.get("/laslogg/").content.decode()
    assert seen == {"sn-revisor": True, "kun-revisor": False, "admin": True}


def test_the_log_says_in_words_what_the_cases_were_narrowed_to(client: Client, town: Snapshot) -> None:
    client.force_login(person("revisorn", Role.AUDITOR, "SN"))
    client.get(f"{MEASURE}arenden/?kon=K&insats=sprakpraktik&met=ja&attribution_date_fran=2024-03-01")
    log = client.get("/laslogg/").content.decode()
    for words in ("År: 2024", "Kön: Kvinna", "Insats: Språkpraktik", "Nämnd: Socialnämnden", "Datum, från: 2024-03-01"):
        assert words in log
    assert "Räknas i antalet: ja" in log


def test_what_a_filter_was_called_stands_when_the_measure_has_gone() -> None:
    assert filters_in_words("borttaget_matt", {"kon": ["K"]}) == ["kon: K"]


def test_the_row_of_the_protected_says_how_many_cases_it_stands_for(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    for page in ("arenden/", "arenden.csv"):
        assert "skyddad (1 avslut)" in client.get(f"{MEASURE}{page}").content.decode()


def test_a_cost_in_a_file_is_a_number_without_unit(client: Client, town: Snapshot) -> None:
    client.force_login(person("sn", Role.AUDITOR, "SN"))
    file = client.get(f"/SN/{YEAR}/matt/cost_per_result/arenden.csv").content.decode()
    assert len(file.splitlines()) > 1
    assert "kr" not in {word for line in file.splitlines()[1:] for word in line.replace("\xa0", " ").split()}
