"""Every check finds its fault: in the right file, row and column, with the value and what was expected."""

from datetime import date
from typing import Any

import pytest

from cases.deliveries.checks.catalogue import catalogue
from cases.kinds import KINDS
from tests.factories import deliver, person_number, setup_small_municipality, try_to_deliver

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 1)

Files = dict[str, Any]

ADULT = {"person": "P1", "födelsedatum": "1990-05-01", "kön": "K"}
GONE = ADULT | {"person": "P2", "utflyttad": "2023-05-10"}
I1 = {"inskrivning": "I1", "person": "P1", "enhet": "AME", "uppstartsmöte": "2023-01-02", "start": "2023-01-10"}
EXIT = {"slut": "2023-03-31", "avslutsorsak": "franvaro"}
CASE = {"ärende": "A1", "hushåll": "H1", "person": "P1", "roll": "huvudsokande", "ansökan": "2023-01-01"}
MONTH = {"hushåll": "H1", "person": "P1", "månad": "2023-04", "belopp": "100"}
REFERRAL = {"anvisning": "R1", "person": "P1", "anvisad": "2023-01-01", "planerad_start": "2023-02-01"}
COURSE = {"deltagande": "D1", "person": "P1", "start": "2023-02-01"}
COST = {"månad": "2023-01", "enhet": "AME", "slag": "direkt", "utfall": "1,50"}


def _people(*more: dict[str, Any], **files: Any) -> Files:
    return {"personer": [ADULT, GONE, *more]} | files


# check, files, file, row, column, value
CASES: list[tuple[str, Files, str, int, str, str]] = [
    ("required", _people(inskrivningar=[I1 | {"enhet": ""}]), "inskrivningar", 2, "enhet", ""),
    ("required", {"personer": [ADULT | {"person": " "}]}, "personer", 2, "person", ""),
    ("type", _people(inskrivningar=[I1 | {"start": "2023-02-30"}]), "inskrivningar", 2, "start", "2023-02-30"),
    ("type", _people(inskrivningar=[I1 | {"start": "0203-01-10"}]), "inskrivningar", 2, "start", "0203-01-10"),
    ("type", _people(inskrivningar=[I1 | {"start": "10/1 2023"}]), "inskrivningar", 2, "start", "10/1 2023"),
    ("type", _people(inskrivningar=[I1 | {"studiemedel": "kanske"}]), "inskrivningar", 2, "studiemedel", "kanske"),
    ("type", _people(stodmanader=[MONTH | {"månad": "2023-13"}]), "stodmanader", 2, "månad", "2023-13"),
    ("type", _people(stodmanader=[MONTH | {"belopp": "1.234,567"}]), "stodmanader", 2, "belopp", "1.234,567"),
    ("type", {"kostnader": [COST | {"utfall": "=1+1"}]}, "kostnader", 2, "utfall", "=1+1"),
    ("type", {"befolkning": [{"år": "24", "antal": 9, "antal_18plus": 5}]}, "befolkning", 2, "år", "24"),
    ("code", _people(inskrivningar=[I1 | {"anvisare": "polisen"}]), "inskrivningar", 2, "anvisare", "polisen"),
    ("code", _people(inskrivningar=[I1 | EXIT | {"avslutsorsak": "Slut"}]), "inskrivningar", 2, "avslutsorsak", "Slut"),
    ("unknown_unit", _people(inskrivningar=[I1 | {"enhet": "XX"}]), "inskrivningar", 2, "enhet", "XX"),
    ("unknown_activity_type", {"kostnader": [COST | {"insats": "dans"}]}, "kostnader", 2, "insats", "dans"),
    (
        "unknown_committee",
        {"historik": [{"mått": "m", "år": 2016, "nämnd": "XX", "värde": "1", "källa": "k"}]},
        "historik",
        2,
        "nämnd",
        "XX",
    ),
    ("range", _people(stodmanader=[MONTH | {"belopp": "-1"}]), "stodmanader", 2, "belopp", "-1"),
    (
        "range",
        _people(inskrivningar=[I1 | {"sysselsättningsgrad": 101}]),
        "inskrivningar",
        2,
        "sysselsättningsgrad",
        "101",
    ),
    (
        "too_long",
        _people(inskrivningar=[I1 | {"inskrivning": "x" * 101}]),
        "inskrivningar",
        2,
        "inskrivning",
        "x" * 101,
    ),
    ("person_number", {"personer": [{"person": "900101 0000"}]}, "personer", 2, "person", "•••"),
    ("birth_date_missing", {"personer": [ADULT | {"födelsedatum": ""}]}, "personer", 2, "födelsedatum", ""),
    ("sex_missing", {"personer": [ADULT | {"kön": ""}]}, "personer", 2, "kön", ""),
    (
        "born_in_future",
        {"personer": [ADULT | {"födelsedatum": "2024-06-02"}]},
        "personer",
        2,
        "födelsedatum",
        "2024-06-02",
    ),
    ("died_before_birth", {"personer": [ADULT | {"avliden": "1990-04-30"}]}, "personer", 2, "avliden", "1990-04-30"),
    (
        "end_before_start",
        _people(inskrivningar=[I1 | EXIT | {"slut": "2023-01-09"}]),
        "inskrivningar",
        2,
        "slut",
        "2023-01-09",
    ),
    (
        "end_before_start",
        _people(
            inskrivningar=[I1],
            insatser=[{"inskrivning": "I1", "insats": "verkstad", "start": "2023-02-02", "slut": "2023-02-01"}],
        ),
        "insatser",
        2,
        "slut",
        "2023-02-01",
    ),
    (
        "end_before_start",
        _people(
            inskrivningar=[I1],
            pauser=[{"inskrivning": "I1", "från": "2023-02-02", "till": "2023-02-01", "orsak": "annat"}],
        ),
        "pauser",
        2,
        "till",
        "2023-02-01",
    ),
    (
        "end_before_start",
        _people(sfi_deltaganden=[COURSE | {"slut": "2023-01-31", "resultat": "godkand"}]),
        "sfi_deltaganden",
        2,
        "slut",
        "2023-01-31",
    ),
    ("end_without_start", _people(inskrivningar=[I1 | EXIT | {"start": ""}]), "inskrivningar", 2, "start", ""),
    (
        "employed_to_without_from",
        _people(inskrivningar=[I1 | {"anställning_till": "2023-05-01"}]),
        "inskrivningar",
        2,
        "anställning_från",
        "",
    ),
    ("exit_reason_without_end", _people(inskrivningar=[I1 | EXIT | {"slut": ""}]), "inskrivningar", 2, "slut", ""),
    (
        "end_without_exit_reason",
        _people(inskrivningar=[I1 | EXIT | {"avslutsorsak": ""}]),
        "inskrivningar",
        2,
        "avslutsorsak",
        "",
    ),
    (
        "start_before_referral",
        _people(inskrivningar=[I1 | {"remissdatum": "2023-01-11"}]),
        "inskrivningar",
        2,
        "start",
        "2023-01-10",
    ),
    (
        "end_in_future",
        _people(inskrivningar=[I1 | EXIT | {"slut": "2024-06-02"}]),
        "inskrivningar",
        2,
        "slut",
        "2024-06-02",
    ),
    (
        "start_meeting_missing",
        _people(inskrivningar=[I1 | {"uppstartsmöte": ""}]),
        "inskrivningar",
        2,
        "uppstartsmöte",
        "",
    ),
    (
        "work_without_employment",
        _people(inskrivningar=[I1 | EXIT | {"avslutsorsak": "FÅTT JOBB"}]),
        "inskrivningar",
        2,
        "anställning_från",
        "",
    ),
    (
        "employment_ended_before_exit",
        _people(inskrivningar=[I1 | EXIT | {"anställning_från": "2023-02-01", "anställning_till": "2023-03-30"}]),
        "inskrivningar",
        2,
        "anställning_till",
        "2023-03-30",
    ),
    (
        "employment_backwards",
        _people(inskrivningar=[I1 | EXIT | {"anställning_från": "2023-04-02", "anställning_till": "2023-04-01"}]),
        "inskrivningar",
        2,
        "anställning_till",
        "2023-04-01",
    ),
    (
        "plan_ends_before_drawn_up",
        _people(
            inskrivningar=[I1],
            planer=[
                {"inskrivning": "I1", "plan": "arbetsplan", "upprättad": "2023-02-02", "giltig_till": "2023-02-01"}
            ],
        ),
        "planer",
        2,
        "giltig_till",
        "2023-02-01",
    ),
    (
        "decided_before_applied",
        _people(stodarenden=[CASE | {"beslut": "bifall", "beslutsdatum": "2022-12-31"}]),
        "stodarenden",
        2,
        "beslutsdatum",
        "2022-12-31",
    ),
    ("decision_undated", _people(stodarenden=[CASE | {"beslut": "bifall"}]), "stodarenden", 2, "beslutsdatum", ""),
    (
        "closed_before_opened",
        _people(stodarenden=[CASE | {"öppnat": "2023-02-01", "avslutat": "2023-01-31"}]),
        "stodarenden",
        2,
        "avslutat",
        "2023-01-31",
    ),
    (
        "end_without_result",
        _people(sfi_deltaganden=[COURSE | {"slut": "2023-03-01"}]),
        "sfi_deltaganden",
        2,
        "resultat",
        "",
    ),
    (
        "result_without_end",
        _people(sfi_deltaganden=[COURSE | {"resultat": "godkand"}]),
        "sfi_deltaganden",
        2,
        "slut",
        "",
    ),
    (
        "dropout_reason_without_dropout",
        _people(sfi_deltaganden=[COURSE | {"slut": "2023-03-01", "resultat": "godkand", "avbrottsorsak": "arbete"}]),
        "sfi_deltaganden",
        2,
        "avbrottsorsak",
        "arbete",
    ),
    (
        "withdrawal_undated",
        _people(sfi_anvisningar=[REFERRAL | {"återkallad_orsak": "arbete"}]),
        "sfi_anvisningar",
        2,
        "återkallad",
        "",
    ),
    (
        "adults_exceed_inhabitants",
        {"befolkning": [{"år": 2023, "antal": 10, "antal_18plus": 11}]},
        "befolkning",
        2,
        "antal_18plus",
        "11",
    ),
    ("duplicate_key", _people(inskrivningar=[I1, I1]), "inskrivningar", 3, "inskrivning", "I1"),
    ("duplicate_key", {"personer": [ADULT, GONE, ADULT]}, "personer", 4, "person", "•••"),
    ("person_unknown", _people(inskrivningar=[I1 | {"person": "P9"}]), "inskrivningar", 2, "person", "•••"),
    (
        "number_in_text",
        _people(inskrivningar=[I1 | {"inskrivning": person_number(date(1990, 1, 1))}]),
        "inskrivningar",
        2,
        "inskrivning",
        "•••",
    ),
    (
        "unknown_enrolment",
        _people(inskrivningar=[I1], uppfoljningar=[{"inskrivning": "I2", "datum": "2023-02-01"}]),
        "uppfoljningar",
        2,
        "inskrivning",
        "I2",
    ),
    (
        "unknown_sfi_referral",
        _people(sfi_deltaganden=[COURSE | {"anvisning": "R9"}]),
        "sfi_deltaganden",
        2,
        "anvisning",
        "R9",
    ),
    (
        "referral_of_another",
        _people(sfi_anvisningar=[REFERRAL], sfi_deltaganden=[COURSE | {"person": "P2", "anvisning": "R1"}]),
        "sfi_deltaganden",
        2,
        "anvisning",
        "R1",
    ),
    (
        "differs_from_number",
        {"personer": [{"person": person_number(date(1990, 1, 1)), "födelsedatum": "1990-01-02"}]},
        "personer",
        2,
        "födelsedatum",
        "•••",
    ),
    (
        "gone_before_start",
        _people(inskrivningar=[I1 | {"person": "P2", "start": "2023-05-11"}]),
        "inskrivningar",
        2,
        "start",
        "2023-05-11",
    ),
    (
        "overlaps_enrolment",
        _people(inskrivningar=[I1 | EXIT, I1 | {"inskrivning": "I2", "start": "2023-03-31"}]),
        "inskrivningar",
        3,
        "start",
        "2023-03-31",
    ),
    (
        "overlaps_open_enrolment",
        _people(inskrivningar=[I1, I1 | EXIT | {"inskrivning": "I2", "start": "2023-02-01"}]),
        "inskrivningar",
        3,
        "start",
        "2023-02-01",
    ),
    (
        "several_applicants",
        _people(stodarenden=[CASE, CASE | {"person": "P2"}]),
        "stodarenden",
        3,
        "roll",
        "huvudsokande",
    ),
    (
        "aid_after_gone",
        _people(stodmanader=[MONTH | {"person": "P2", "månad": "2023-06"}]),
        "stodmanader",
        2,
        "månad",
        "2023-06",
    ),
    ("unit_of_other_kind", _people(stodmanader=[MONTH | {"enhet": "SFI"}]), "stodmanader", 2, "enhet", "SFI"),
]


@pytest.mark.parametrize(("check", "files", "kind", "row", "column", "value"), CASES)
def test_a_fault_is_told_with_its_place_and_value_and_only_errors_stop(
    check: str, files: Files, kind: str, row: int, column: str, value: str
) -> None:
    setup_small_municipality()
    result = try_to_deliver(today=TODAY, **files)
    found = [finding for finding in result.errors + result.warnings if finding.check == check]
    assert (f"{kind}.csv", row, column, value) in [(each.file, each.row, each.column, each.value) for each in found]
    levels = {one.level for each in KINDS if each.name == kind for one in catalogue(each) if one.id == check}
    assert result.status == ("refused" if levels == {"error"} else "taken")


def test_every_check_has_a_case_here() -> None:
    tried = {case[0] for case in CASES} | {"no_only_unit"}
    assert {check.id for kind in KINDS for check in catalogue(kind)} == tried


def test_an_empty_unit_is_the_only_one_of_its_kind_and_a_fault_when_there_are_several() -> None:
    setup_small_municipality()
    deliver(**_people(stodmanader=[MONTH]))
    setup_small_municipality('[[enhet]]\nkod = "SF2"\nnamn = "Andra"\nslag = "ekonomiskt_bistand"\n')
    result = try_to_deliver(stodmanader=[MONTH | {"månad": "2023-05"}])
    assert [(error.check, error.row, error.column) for error in result.errors] == [("no_only_unit", 2, "enhet")]
    assert "2" in result.errors[0].expected


def test_faithful_rows_give_no_fault_and_no_warning() -> None:
    setup_small_municipality()
    result = deliver(
        **_people(
            inskrivningar=[I1 | EXIT, I1 | {"inskrivning": "I2", "start": "2023-04-01"}],
            insatser=[{"inskrivning": "I1", "insats": "Verkstad", "start": "2023-02-01", "slut": "2023-02-01"}],
            stodarenden=[CASE, CASE | {"person": "P2", "roll": "medsokande"}],
            stodmanader=[MONTH, MONTH | {"person": "P2", "månad": "2023-05"}],
            sfi_anvisningar=[REFERRAL],
            sfi_deltaganden=[COURSE | {"anvisning": "R1"}],
            kostnader=[COST, COST | {"konto": "4010"}, COST | {"insats": "verkstad"}],
        )
    )
    assert (result.error_count, result.warning_count) == (0, 0)


def test_all_faults_are_counted_and_the_first_thousand_shown_in_the_order_of_the_file() -> None:
    setup_small_municipality()
    rows = [I1 | {"inskrivning": f"I{number}", "start": "igår"} for number in range(1_200)]
    result = try_to_deliver(**_people(inskrivningar=rows))
    assert (result.error_count, len(result.errors)) == (1_200, 1_000)
    assert [error.row for error in result.errors] == list(range(2, 1_002))


def test_faults_of_several_files_come_together() -> None:
    setup_small_municipality()
    result = try_to_deliver(**_people(inskrivningar=[I1 | {"start": "x"}], stodmanader=[MONTH | {"belopp": "y"}]))
    assert [(error.file, error.column) for error in result.errors] == [
        ("inskrivningar.csv", "start"),
        ("stodmanader.csv", "belopp"),
    ]


def test_rows_refer_to_what_earlier_deliveries_brought() -> None:
    setup_small_municipality()
    deliver(**_people(inskrivningar=[I1]))
    assert deliver(uppfoljningar=[{"inskrivning": "I1", "datum": "2023-02-01"}]).status == "taken"
    overlapping = deliver(inskrivningar=[I1 | {"inskrivning": "I2", "start": "2023-02-01"}])
    assert {warning.check for warning in overlapping.warnings} == {"overlaps_open_enrolment"}


def test_a_bare_serial_number_is_no_personal_number_until_it_is_somebodys() -> None:
    setup_small_municipality()
    number = person_number(date(1990, 1, 1))
    row = I1 | {"inskrivning": number[2:]}
    assert try_to_deliver(**_people(inskrivningar=[row])).status == "taken"
    refused = try_to_deliver(
        personer=[{"person": number}], inskrivningar=[I1 | {"inskrivning": number[2:], "person": number}]
    )
    assert {error.check for error in refused.errors} == {"number_in_text"}
