"""How complete the data is: only where a value is to be expected, and only what measures use."""

from __future__ import annotations

import datetime as dt

import pytest

from reporting.figures.completeness import Completeness, Filled, completeness
from reporting.snapshots.engine import Engine
from tests.figures.town import town_rows
from tests.measures.tiny import tiny_engine

AS_OF = dt.date(2025, 1, 31)


def _day(year: int, month: int) -> dt.date:
    return dt.date(year, month, 15)


def _enrolment(code: str, start: dt.date | None, **more: object) -> dict[str, object]:
    return {"enrolment": code, "person": "P1", "unit": "AME", "start": start, **more}


def _course(code: str, ended: dt.date | None, **more: object) -> dict[str, object]:
    return {"participation": code, "person": "P1", "start": _day(2023, 1), "ended": ended, **more}


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], Completeness]:
    rows = {
        **town_rows(),
        "person": [
            {"person": "P1", "received": _day(2022, 5), "sex": "K"},
            {"person": "P2", "received": _day(2022, 5), "ground": "kvot"},
            {"person": "P3", "protected": True},
        ],
        "enrolment": [
            _enrolment(
                "1", _day(2023, 2), referred=_day(2022, 12), ended=_day(2023, 6), exit_reason="arbete_osubventionerat"
            ),
            _enrolment("2", _day(2023, 3), ended=_day(2024, 6)),
            _enrolment("3", _day(2024, 3), referrer="socialtjanst"),
            _enrolment("4", None, referred=_day(2024, 4)),
        ],
        "activity": [],
        "plan": [],
        "follow_up": [],
        "pause": [],
        "sfi_participation": [
            _course("1", _day(2023, 6), result="godkand", after_year="arbete"),
            _course("2", _day(2023, 7), result="godkand"),
            _course("3", _day(2024, 6), result="godkand"),
            _course("4", _day(2023, 6), result="avbrott"),
            _course("5", None),
        ],
    }
    engine: Engine = tiny_engine(rows, AS_OF)
    return {(one.kind.table, one.column.field): one for one in completeness(engine)}


def test_the_year_is_that_in_which_the_row_began_to_count(found: dict[tuple[str, str], Completeness]) -> None:
    assert found["enrolment", "referrer"].years == {2022: Filled(1, 0), 2023: Filled(1, 0), 2024: Filled(2, 1)}


def test_a_referral_has_a_date_in_every_row(found: dict[tuple[str, str], Completeness]) -> None:
    assert found["enrolment", "referred"].years == {2022: Filled(1, 1), 2023: Filled(1, 0), 2024: Filled(2, 1)}


def test_an_exit_reason_is_expected_of_those_who_have_left(found: dict[tuple[str, str], Completeness]) -> None:
    asked = found["enrolment", "exit_reason"]
    assert asked.years == {2022: Filled(1, 1), 2023: Filled(1, 0)}
    assert asked.of_whom == "av dem med slut"


def test_a_ground_is_expected_of_those_received(found: dict[tuple[str, str], Completeness]) -> None:
    assert found["person", "ground"].years == {None: Filled(2, 1)}
    assert found["person", "sex"].years == {None: Filled(3, 1)}


def test_a_result_after_a_year_is_expected_of_the_passed_when_the_year_has_gone(
    found: dict[tuple[str, str], Completeness],
) -> None:
    assert found["sfi_participation", "after_year"].years == {2023: Filled(2, 1)}
    assert found["sfi_participation", "dropout_reason"].years == {2023: Filled(1, 0)}


def test_where_nothing_is_an_answer_nothing_is_missing(found: dict[tuple[str, str], Completeness]) -> None:
    assert not {("person", "protected"), ("enrolment", "study_aid"), ("plan", "valid_to"), ("person", "moved")} & set(
        found
    )


def test_what_no_measure_uses_is_not_asked_for(found: dict[tuple[str, str], Completeness]) -> None:
    assert ("history", "name_then") not in found
