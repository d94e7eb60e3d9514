"""What a person gets who asks what is held about them, and that the number is forgotten on the way."""

from __future__ import annotations

import io
import logging
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from python_calamine import CalamineWorkbook

from cases.extracts.gathering import Extract, gather
from cases.extracts.model import Sought
from cases.extracts.taking import take_extract
from cases.persons import identify
from committees.actions.case_access import log_case_access
from committees.enums import CasePurpose, Role
from committees.models import CaseAccess, User
from reporting.snapshots.freezing import freeze
from tests.factories import deliver, person_number, setup_small_municipality
from tests.web.town import person

ASKING, OTHER = date(1990, 1, 1), date(1985, 5, 5)
REFERENCE = "SN 2024/77"


@pytest.fixture
def steward(db: None) -> User:
    """A municipality with two persons of two committees and a corrected row; its steward."""
    setup_small_municipality()
    asking, other = person_number(ASKING), person_number(OTHER)
    row = {"person": asking, "inskrivning": "I-1", "enhet": "AME", "start": date(2023, 1, 9)}
    deliver(
        inskrivningar=[row, row | {"inskrivning": "I-2", "person": other}],
        planer=[
            {"inskrivning": "I-1", "plan": "arbetsplan", "upprättad": date(2023, 2, 1)},
            {"inskrivning": "I-2", "plan": "arbetsplan", "upprättad": date(2023, 3, 3)},
        ],
        stodmanader=[{"hushåll": "H1", "person": asking, "månad": "2023-02", "belopp": "4500,50"}],
    )
    deliver(inskrivningar=[row | {"slut": date(2023, 6, 30), "avslutsorsak": "studier"}])
    return person("förvaltare", Role.DATA_STEWARD)


def _key(born: date) -> str:
    return identify(person_number(born), date(2024, 1, 1)).key


def _rows(extract: Extract, title: str) -> tuple[tuple[str, ...], ...]:
    return next((section.rows for section in extract.sections if section.title == title), ())


def test_an_extract_has_every_version_of_every_row_with_its_delivery(steward: User) -> None:
    extract = gather(_key(ASKING))
    enrolments = _rows(extract, "Inskrivningar")
    first, second = enrolments
    assert first[2] == f"nej, till leverans {second[0]}"
    assert second[2] == "ja"
    assert {"I-1", "2023-06-30", "Studier"} <= set(second)
    assert "2023-06-30" not in first
    assert [row[0] for row in _rows(extract, "Leveranser")] == [first[0], second[0]]
    assert "4500,50" in _rows(extract, "Stödmånader")[0]


def test_an_extract_says_nothing_of_anybody_else(steward: User) -> None:
    cells = {cell for section in gather(_key(ASKING)).sections for row in section.rows for cell in row}
    assert "2023-02-01" in cells
    assert not {"I-2", "2023-03-03", _key(OTHER)} & cells


def test_what_was_delivered_for_the_wrong_person_does_not_open_the_right_ones_plans(steward: User) -> None:
    moved = {"inskrivning": "I-1", "person": person_number(OTHER), "enhet": "AME", "start": date(2023, 1, 9)}
    deliver(inskrivningar=[moved])
    wrongly, rightly = gather(_key(ASKING)), gather(_key(OTHER))
    assert _rows(wrongly, "Inskrivningar")
    assert not _rows(wrongly, "Planer")
    assert len(_rows(rightly, "Planer")) == 2


def test_snapshots_that_hold_the_person_are_counted_row_by_row(steward: User) -> None:
    freeze(as_of=date(2024, 1, 31))
    ((_hash, as_of, frozen, rows),) = _rows(gather(_key(ASKING)), "Underlag")
    assert (as_of, frozen) == ("2024-01-31", "ja")
    assert rows == "personer 1, inskrivningar 1, planer 1, stödmånader 1"


def test_looks_at_the_persons_cases_and_earlier_extracts_are_listed(steward: User) -> None:
    for keys in (["I-1"], [f"{_key(ASKING)}/2023-02"], ["I-2"], ["I-10"]):
        log_case_access(
            by=steward, purpose=CasePurpose.CASES, measure="m", snapshot="s", committees=[], filters={}, shown=keys
        )
    take_extract(person=_key(ASKING), reference=REFERENCE, by=steward)
    looks = _rows(take_extract(person=_key(ASKING), reference=REFERENCE, by=steward), "Vem som har läst")
    assert [look[2] for look in looks] == ["Ärendelista", "Ärendelista", "Registerutdrag"]


@pytest.mark.parametrize(
    ("key", "named"), [("a", True), ("a/2023-01", True), ("AME/kurs/a", True), ("a-2", False), ("x/a/y", False)]
)
def test_a_case_is_known_by_its_key_whole_or_at_either_end(key: str, named: bool) -> None:
    assert Sought("p", frozenset(), frozenset({"a", "p"})).is_named_by(key) is named


def test_the_extract_itself_is_logged_with_its_matter_and_the_committees(steward: User) -> None:
    take_extract(person=_key(ASKING), reference=REFERENCE, by=steward)
    look = CaseAccess.objects.get()
    assert (look.user, look.purpose, look.filters) == (steward, CasePurpose.REGISTER_EXTRACT, {"ärende": [REFERENCE]})
    assert {committee.code for committee in look.committees.all()} == {"KUN", "SN"}


def test_asking_for_somebody_unknown_is_logged_too(steward: User) -> None:
    assert not take_extract(person="0" * 32, reference=REFERENCE, by=steward).found
    assert CaseAccess.objects.get().shown == ["0" * 32]


def test_a_steward_of_one_committee_takes_no_extract(steward: User) -> None:
    with pytest.raises(PermissionDenied):
        take_extract(person=_key(ASKING), reference=REFERENCE, by=person("sn", Role.DATA_STEWARD, "SN"))
    assert not CaseAccess.objects.exists()


def test_the_page_shows_the_extract_and_the_number_is_nowhere_after(
    client: Client, steward: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(steward)
    number = person_number(ASKING)
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/registerutdrag/", {"person": number, "reference": REFERENCE})
    page = answer.content.decode()
    assert "I-1" in page
    assert "no-store" in answer["Cache-Control"]
    assert not _tells(number, page)
    assert not _tells(number, str(client.session.items()))
    assert not _tells(number, caplog.text)
    assert not _tells(number, str(list(CaseAccess.objects.values())))


def _tells(number: str, text: str) -> bool:
    return number in text or number[2:] in text or f"{number[2:8]}-{number[8:]}" in text


def test_a_wrong_number_is_refused_without_being_shown(client: Client, steward: User) -> None:
    client.force_login(steward)
    number = person_number(ASKING)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    page = client.post("/registerutdrag/", {"person": wrong, "reference": number}).content.decode()
    assert "rätt kontrollsiffra" in page
    assert "Här får det inte stå något personnummer" in page
    assert wrong not in page
    assert not CaseAccess.objects.exists()


def test_the_file_has_a_sheet_for_each_part_and_is_logged(client: Client, steward: User) -> None:
    client.force_login(steward)
    asked = {"person": person_number(ASKING), "reference": REFERENCE, "svar": "fil"}
    answer = client.post("/registerutdrag/", asked)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names[:2] == ["Personer", "Inskrivningar"]
    assert "I-1" in book.get_sheet_by_name("Inskrivningar").to_python()[1]
    assert CaseAccess.objects.count() == 1
