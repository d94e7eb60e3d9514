"""Who a delivered person is, without keeping the number.

A personnummer or samordningsnummer (Skatteverket; check digit by the Luhn method) gives birth date and sex. Everything else is a
local id, also an interim number (T-number), and needs both from elsewhere. Only the keyed hash leaves this module.
"""

from __future__ import annotations

import datetime as dt
import hmac
import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from personnummer.personnummer import Personnummer, PersonnummerException

from cases.enums import Sex

KEY_LENGTH = 32
MASK = "•••"

_SEPARATORS = re.compile(r"[\s\-+‐‑‒–—−./]")
_DIGITS = re.compile(r"(?:\d{2})?\d{10}", re.ASCII)
_IN_TEXT = re.compile(r"(?<!\d)((?:\d{2})?\d{6})([-+ ‐‑–−]?)(\d{4})(?!\d)", re.ASCII)
_NUMBER_LIKE = re.compile(r"\d(?:[\s\-+‐‑‒–—−./]?\d){9,}|(?:\d{2})?\d{6}[-+ ]?[A-Za-z]\d{3}")


@dataclass(frozen=True)
class Identity:
    """A delivered person. With a `fault` (Swedish: what was expected) the rest is empty; a local id has no birth date or sex."""

    key: str = ""
    birth_date: dt.date | None = None
    sex: Sex | None = None
    fault: str = ""


def identify(text: str, today: dt.date) -> Identity:
    """Return who the text names. Ten or twelve digits are always read as a number; ten are resolved as of `today`."""
    given = unicodedata.normalize("NFKC", text).strip()
    digits = _SEPARATORS.sub("", given)
    if not _DIGITS.fullmatch(digits):
        return Identity(key=person_key(f"lokalt id {given}"))
    number = _parsed(_with_century(digits, today, over_hundred="+" in given))
    if number is None:
        return Identity(fault="ett personnummer eller samordningsnummer med rätt datum och rätt kontrollsiffra")
    born = number.get_date()
    if born > today:
        return Identity(fault="ett personnummer med ett födelsedatum som har varit")
    sex = Sex.MAN if number.is_male() else Sex.WOMAN
    return Identity(person_key(number.format(long_format=True)), born, sex)


def person_key(canonical: str) -> str:
    """Return the keyed hash that stands for a person everywhere: HMAC-SHA-256, the first 32 hexadecimal digits."""
    return hmac.digest(settings.PERSON_KEY.encode(), canonical.encode(), "sha256").hex()[:KEY_LENGTH]


def numbers_in(text: str, today: dt.date) -> list[tuple[str, bool]]:
    """Return the keys of the valid numbers that stand in a text, each with whether its form alone gives it away.

    Twelve digits, or ten with a separator, are taken to be a number; ten digits in a row are as often a serial number, and count
    only where they are somebody's.
    """
    found = []
    for date_part, separator, last in _IN_TEXT.findall(text):
        identity = identify(date_part + separator + last, today)
        if not identity.fault:
            found.append((identity.key, len(date_part) == 8 or bool(separator)))
    return found


def masked(text: str) -> str:
    """Return the text with everything that looks like a personal number, valid or not, made unreadable."""
    return _NUMBER_LIKE.sub(MASK, text)


def _with_century(digits: str, today: dt.date, *, over_hundred: bool) -> str:
    """The twelve-digit form: ten digits are the latest such date that has been; a plus sign makes it a hundred years more."""
    if len(digits) == 12:
        return digits
    year = today.year - (today.year - int(digits[:2])) % 100
    day = int(digits[4:6])
    if (year, int(digits[2:4]), day - 60 if day > 60 else day) > (today.year, today.month, today.day):
        year -= 100
    return f"{year - 100 if over_hundred else year}{digits[2:]}"


def _parsed(digits: str) -> Personnummer | None:
    try:
        return Personnummer(digits)
    except (PersonnummerException, ValueError):
        return None  # the exception's text holds the number and must go no further
