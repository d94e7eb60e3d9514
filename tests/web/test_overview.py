"""The overview answers a manager's questions: are targets met, what moved for certain, what is late and where, what to watch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from committees.enums import Role
from committees.models import Committee, User
from reporting.documents import parts
from reporting.documents.parts import DuePart
from reporting.figures.model import Figure, Period, Request, Result
from reporting.measures.catalogue import measure
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from reporting.views.moved import moved_sheet
from reporting.views.place import Place
from tests.factories import deliver
from tests.web.town import YEAR, person

PLACE = f"/SN/{YEAR}/"


@pytest.fixture
def manager(client: Client, town: Snapshot) -> Client:
    """A client logged in as SN's manager."""
    client.force_login(person("chef", Role.MANAGER, "SN"))
    return client


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.replace("\xa0", " ")))


def test_status_and_trend_stand_apart_on_each_card(manager: Client) -> None:
    page = _words(manager.get(PLACE).content.decode())
    assert "Status ✗ Ej uppfyllt Trend Går inte att bedöma" in page


@pytest.fixture
def still_there(town: Snapshot) -> Snapshot:
    """Five more under SN since June 2024: three at AME and two at INT; one of each was followed up in December."""
    people = [f"Q{number}" for number in range(5)]
    deliver(
        personer=[{"person": name, "födelsedatum": date(1990, 1, 1), "kön": "K"} for name in people],
        inskrivningar=[
            {"inskrivning": f"SN-{name}", "person": name, "enhet": unit, "start": date(2024, 6, 3)}
            for name, unit in zip(people, ["AME", "AME", "AME", "INT", "INT"], strict=True)
        ],
        uppföljningar=[
            {"inskrivning": f"SN-{name}", "datum": date(2024, 12, 10), "slag": "uppfoljning"} for name in ("Q0", "Q3")
        ],
    )
    return freeze(as_of=date(2025, 1, 31), label="Med pågående")


def test_those_without_a_follow_up_in_the_last_month_are_counted_by_unit_and_lead_to_their_cases(
    client: Client, still_there: Snapshot
) -> None:
    client.force_login(person("chef", Role.MANAGER, "SN"))
    page = client.get(PLACE).content.decode()
    said = _words(page)
    assert "Utan uppföljning i december 3 5 Arbetsmarknadsenheten 2, Integrationsenheten 1" in said
    assert "Utan giltig genomförandeplan 5 5 Arbetsmarknadsenheten 3, Integrationsenheten 2" in said
    [link] = re.findall(r'href="(/SN/2024/matt/follow_up_compliance/arenden/[^"]+)"', page)
    listed = client.get(link.replace("&amp;", "&")).content.decode()
    assert {key for key in ("Q0", "Q1", "Q2", "Q3", "Q4") if f"SN-{key}/2024-12" in listed} == {"Q1", "Q2", "Q4"}


def test_when_nobody_is_late_the_page_says_so(client: Client, town: Snapshot) -> None:
    client.force_login(person("kun", Role.MANAGER, "KUN"))
    page = client.get("/KUN/2023/").content.decode()
    assert "Försenat eller utan insats, 31 december 2023" in page
    assert "Inget är försenat" in page


def _result(numerator: int, denominator: int, year: int, code: str = "work_or_study_at_exit") -> Result:
    share = 100 * numerator / denominator
    total = Figure({}, numerator, denominator, share, share - 5, share + 5, persons=denominator)
    asked = Request(measure(code), "kolada", Period.year(year))
    return Result(asked, date(YEAR + 1, 1, 31), ("x",), (), total, {})


def _place(town: Snapshot, user: User) -> Place:
    from committees.permissions import access_of

    return Place(("SN",), YEAR, town, access_of(user), tuple(Committee.objects.all()))


def test_only_a_certain_change_is_said_to_be_one_and_whether_it_is_for_the_better(town: Snapshot) -> None:
    place = _place(town, person("chef", Role.MANAGER, "SN"))
    # 69 of 182 against 25 of 127 is the drop that the published series has; 61 of 172 against 69 of 182 is within chance.
    certain = moved_sheet(place, [_result(69, 182, YEAR - 1), _result(25, 127, YEAR)])
    [row] = certain.rows
    assert [cell.text.replace("\xa0", " ") for cell in row.cells] == [
        "Till arbete eller studier vid avslut",
        "37,9 %",
        "19,7 %",
        "−18,2 procentenheter",
        "✗ sämre",
        "25 av 127",
    ]
    uncertain = moved_sheet(place, [_result(69, 182, YEAR - 1), _result(61, 172, YEAR)])
    assert uncertain.rows == ()
    assert uncertain.notes[0].startswith("Ett mått är prövat")


def test_what_steering_says_is_due_stands_on_the_overview_with_how_late_it_is(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()

    def source(user: User, committees: Sequence[Committee]) -> list[DuePart]:
        assert [committee.code for committee in committees] == ["SN"]
        assert user.username == "chef"
        return [
            DuePart(today + timedelta(days=3), "åtgärd", "Startmöten inom 14 dagar", "/styrning/1/"),
            DuePart(today - timedelta(days=12), "svar", "Rekommendation 5: individuell plan", "/styrning/2/"),
        ]

    monkeypatch.setattr(parts, "_due_sources", [source])
    within = manager.get(f"{PLACE}bevakning/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in within
    for page in (_words(within), _words(manager.get(f"{PLACE}bevakning/").content.decode())):
        assert "Försenad 12 dagar Svar: Rekommendation 5: individuell plan" in page
        assert "Åtgärd: Startmöten inom 14 dagar" in page
        assert page.index("Rekommendation 5") < page.index("Startmöten")
    assert f'href="{PLACE}bevakning/"' in manager.get(PLACE).content.decode()


def test_what_another_committee_owes_is_not_told(manager: Client) -> None:
    assert manager.get(f"/KUN/{YEAR}/bevakning/").status_code == 403


def test_a_definition_that_should_have_been_looked_over_is_something_to_watch(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Översyn försenad" not in manager.get(PLACE).content.decode()
    after_all = max(each.next_review for each in [measure("work_or_study_at_exit")]) + timedelta(days=1)
    monkeypatch.setattr("reporting.views.summary.timezone.localdate", lambda: after_all)
    assert "Översyn försenad" in manager.get(PLACE).content.decode()
