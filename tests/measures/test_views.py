"""The views that definitions ask, and the lists that definitions repeat from the declarations of the delivered files."""

from __future__ import annotations

import datetime as dt

import pytest

from cases.enums import EXIT_CATEGORY, DropoutReason, ExitCategory, ExitReason
from reporting.figures.computing import compute
from reporting.figures.requests import request
from reporting.measures.catalogue import measure
from tests.measures.tiny import MUNICIPALITY, Row, Rows, organisation, tiny_engine, tiny_engine_of

AS_OF = dt.date(2024, 1, 31)


def _enrolment(key: str, **more: object) -> Row:
    began = {"start": dt.date(2023, 1, 10), "ended": dt.date(2023, 6, 30)}
    return {"enrolment": key, "person": "P1", "unit": "AME", "exit_reason": "franvaro"} | began | more


def _person(key: str, **more: object) -> Row:
    return {"person": key, "birth_date": dt.date(1980, 1, 1), "sex": "K"} | more


@pytest.mark.parametrize("reason", ExitReason)
def test_an_exit_has_the_category_that_its_reason_is_declared_to_have(reason: ExitReason) -> None:
    rows: Rows = {**organisation(), "enrolment": [_enrolment("I1", exit_reason=reason.value, study_aid=True)]}
    found = tiny_engine(rows, AS_OF).rows("SELECT category FROM exits").fetchall()
    assert found == [(EXIT_CATEGORY[reason].value,)]


def test_the_categories_of_the_distributions_are_those_of_the_delivered_lists() -> None:
    results = {category.code: category.label for category in measure("exit_results").categories}
    assert results == dict(ExitCategory.choices)
    reasons = {category.code: category.label for category in measure("sfi_dropout_reasons").categories}
    assert reasons == dict(DropoutReason.choices)


def test_every_dropout_reason_is_marked_as_one_the_school_can_influence_or_not() -> None:
    assert all(category.mark for category in measure("sfi_dropout_reasons").categories)


def test_a_row_without_a_unit_belongs_to_the_only_unit_of_its_kind_and_to_none_where_there_are_two() -> None:
    case: Row = {"support_case": "Å1", "person": "P1", "applied": dt.date(2023, 1, 1), "role": "huvudsokande"}
    rows: Rows = {**organisation(), "support_case": [case]}
    assert tiny_engine(rows, AS_OF).rows("SELECT unit FROM support_cases").fetchall() == [("SF",)]
    second: Row = {"code": "SF2", "name": "SF2", "kind": "ekonomiskt_bistand"}
    assert tiny_engine({**rows, "unit": [*rows["unit"], second]}, AS_OF).rows(
        "SELECT unit FROM support_cases"
    ).fetchall() == [(None,)]


def test_a_unit_never_has_two_committees_on_one_day() -> None:
    reigns: list[Row] = [
        {"unit": "AME", "committee": "KUN", "start": dt.date(2019, 1, 1), "ended": dt.date(2024, 1, 1)},
        {"unit": "AME", "committee": "SN", "start": dt.date(2024, 1, 1)},
    ]
    engine = tiny_engine({**organisation(), "responsibility": reigns}, AS_OF)
    found = engine.rows("SELECT committee, start, ended FROM responsibilities ORDER BY start").fetchall()
    assert found == [("KUN", dt.date(2019, 1, 1), dt.date(2023, 12, 31)), ("SN", dt.date(2024, 1, 1), None)]


def test_people_and_enrolments_with_the_same_key_in_two_municipalities_are_not_mixed_up() -> None:
    here: Rows = {**organisation(), "person": [_person("P1")], "enrolment": [_enrolment("I1")]}
    there: Rows = {
        **here,
        "municipality": [{**organisation()["municipality"][0], "code": "8888"}],
        "enrolment": [
            _enrolment(
                "I1", start=dt.date(2023, 6, 1), ended=dt.date(2023, 9, 30), exit_reason="studier", study_aid=True
            )
        ],
    }
    engine = tiny_engine_of({MUNICIPALITY: here, "8888": there}, AS_OF)
    result = compute(engine, request("work_or_study_at_exit", year=2023, by=["kommun"]))
    shares = {figure.key["kommun"]: (figure.numerator, figure.denominator) for figure in result.groups}
    assert shares == {"8888": (1, 1), MUNICIPALITY: (0, 1)}
    assert (result.total.numerator, result.total.denominator, result.total.persons) == (1, 2, 2)


def test_each_municipality_keeps_its_own_number_of_days_to_begin_sfi() -> None:
    referral: Row = {
        "referral": "R1",
        "person": "P1",
        "referred": dt.date(2023, 3, 1),
        "planned_start": dt.date(2023, 4, 3),
    }
    begun: Row = {"participation": "D1", "person": "P1", "start": dt.date(2023, 5, 16), "referral": "R1"}
    rows: Rows = {**organisation(), "person": [_person("P1")], "sfi_referral": [referral], "sfi_participation": [begun]}
    patient: Rows = {**rows, "municipality": [{**rows["municipality"][0], "sfi_start_days": 43}]}
    engine = tiny_engine_of({MUNICIPALITY: rows, "8888": patient}, AS_OF)
    result = compute(engine, request("sfi_not_started", year=2023, by=["kommun"]))
    assert {figure.key["kommun"]: figure.numerator for figure in result.groups} == {"8888": 0, MUNICIPALITY: 1}


def test_what_happens_after_the_as_of_date_changes_nothing() -> None:
    later = dt.date(2024, 2, 10)
    rows: Rows = {
        **organisation(),
        "person": [_person("P1", moved=later)],
        "enrolment": [_enrolment("I1", ended=later)],
    }
    engine = tiny_engine(rows, AS_OF)
    assert engine.rows("SELECT moved FROM persons").fetchall() == [(None,)]
    assert engine.rows("SELECT ended, exit_reason FROM joined_enrolments").fetchall() == [(None, None)]
    assert engine.rows("SELECT * FROM exits").fetchall() == []
