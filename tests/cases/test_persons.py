"""A delivered person is known by a keyed hash, whatever way the number was written, and the number is nowhere kept."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from cases.persons import identify, masked, numbers_in
from tests.factories import coordination_number, person_number

TODAY = date(2024, 3, 1)
BORN = st.dates(min_value=date(1925, 1, 1), max_value=date(2024, 2, 1))
SERIAL = st.integers(min_value=1, max_value=999)


@given(BORN, SERIAL)
def test_a_number_gives_birth_date_and_sex(born: date, serial: int) -> None:
    for number in (person_number(born, serial), coordination_number(born, serial)):
        identity = identify(number, TODAY)
        assert (identity.fault, identity.birth_date, identity.sex) == ("", born, "M" if serial % 2 else "K")


@given(BORN, SERIAL, st.sampled_from(["", "-", " ", "–", ".", "/"]))
def test_every_way_to_write_a_number_is_the_same_person(born: date, serial: int, separator: str) -> None:
    number = person_number(born, serial)
    short = f"{number[2:8]}{separator}{number[8:]}"
    assert (
        identify(short, TODAY) == identify(f" {number[:8]}{separator}{number[8:]} ", TODAY) == identify(number, TODAY)
    )


def test_a_plus_sign_makes_a_person_over_a_hundred() -> None:
    number = person_number(date(1919, 6, 1))
    assert identify(f"{number[2:8]}+{number[8:]}", TODAY).birth_date == date(1919, 6, 1)


@given(BORN, SERIAL, st.integers(min_value=1, max_value=9))
def test_a_wrong_check_digit_is_a_fault_that_does_not_say_the_number(born: date, serial: int, wrong: int) -> None:
    number = person_number(born, serial)
    identity = identify(f"{number[:-1]}{(int(number[-1]) + wrong) % 10}", TODAY)
    assert "kontrollsiffra" in identity.fault
    assert (identity.key, re.findall(r"\d", identity.fault)) == ("", [])


@pytest.mark.parametrize("text", ["199002301239", "9013451234", person_number(date(2099, 1, 1))])
def test_an_impossible_date_is_a_fault(text: str) -> None:
    assert identify(text, TODAY).fault


@pytest.mark.parametrize("text", ["P1", "A-17", "12345", "900101-T123", "19900101T123"])
def test_a_local_id_or_interim_number_says_neither_birth_date_nor_sex(text: str) -> None:
    identity = identify(text, TODAY)
    assert identity.key
    assert (identity.fault, identity.birth_date, identity.sex) == ("", None, None)


def test_another_key_makes_other_hashes(settings: Settings) -> None:
    before = identify("P1", TODAY).key
    settings.PERSON_KEY = "another key that is long enough to be taken"
    assert identify("P1", TODAY).key != before
    assert re.fullmatch("[0-9a-f]{32}", before)


@given(BORN, SERIAL, st.sampled_from(["", "-", "+", " "]), st.booleans())
def test_no_number_is_left_in_a_masked_text(born: date, serial: int, separator: str, long: bool) -> None:
    number = person_number(born, serial)
    shown = masked(f"samtal med {number[0 if long else 2 : 8]}{separator}{number[8:]} idag")
    assert not re.search(r"\d", shown)
    assert shown.startswith("samtal med ")


def test_numbers_in_running_text_are_found_and_serial_numbers_are_not() -> None:
    number = person_number(date(1990, 4, 5), 338)
    key = identify(number, TODAY).key
    assert numbers_in(f"ringde {number}.", TODAY) == [(key, True)]
    assert numbers_in(f"ringde {number[2:8]}-{number[8:]}.", TODAY) == [(key, True)]
    assert numbers_in(f"ringde {number[2:]}.", TODAY) == [(key, False)]
    assert numbers_in("ärende 2024-000123 den 2024-01-31", TODAY) == []
