"""How a source system writes dates, months and numbers, and how that becomes what we read. Pure; knows nothing of Django.

A form of dates is written with ÅÅÅÅ, MM, DD, tt, mm and ss, for example ”DD.MM.ÅÅÅÅ” or ”ÅÅÅÅ-MM-DD tt:mm”. What is not written
so stays as it is, and is then read in the usual ways or told as a fault with the words of the sender.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

DECIMAL_MARKS = (",", ".")
THOUSANDS_MARKS = (".", ",", "'", "’")
_PARTS = {"ÅÅÅÅ": "(?P<year>[0-9]{4})", "MM": "(?P<month>[0-9]{1,2})", "DD": "(?P<day>[0-9]{1,2})"}
_CLOCK = {"tt": "[0-9]{1,2}", "mm": "[0-9]{2}", "ss": r"[0-9]{2}(?:[.,][0-9]+)?"}
_TOKEN = re.compile("|".join((*_PARTS, *_CLOCK)))


class Use(StrEnum):
    """What a column's texts are read as, where that decides how a cell or a form of writing is understood."""

    TEXT = "text"
    PERSON = "person"
    DATE = "date"
    MONTH = "month"
    NUMBER = "number"


@dataclass(frozen=True)
class Forms:
    """The forms of one file; an empty one is the usual."""

    dates: str = ""
    months: str = ""
    decimal: str = ""
    thousands: str = ""

    def apply_to(self, use: Use) -> bool:
        """Whether texts of that use may be written in these forms."""
        match use:
            case Use.DATE:
                return bool(self.dates)
            case Use.MONTH:
                return bool(self.months)
            case Use.NUMBER:
                return bool(self.decimal or self.thousands)
        return False

    def read(self, text: str, use: Use) -> str:
        """Return the text in the usual form when it is written in this one, else as it is."""
        if not self.apply_to(use):
            return text
        match use:
            case Use.DATE:
                return _day(text, self.dates)
            case Use.MONTH:
                return _month(text, self.months)
        return self._number(text)

    def _number(self, text: str) -> str:
        decimal = self.decimal or next(mark for mark in DECIMAL_MARKS if mark != self.thousands)
        if not _number_pattern(decimal, self.thousands).fullmatch(text.strip()):
            return text
        plain = text.replace(self.thousands, "") if self.thousands else text
        return plain.replace(decimal, ".")


USUAL = Forms()


def fault_in_date_form(form: str) -> str:
    """Say in Swedish what is wrong with a form of dates; empty when nothing is."""
    return _fault(form, ("ÅÅÅÅ", "MM", "DD"), "DD.MM.ÅÅÅÅ")


def fault_in_month_form(form: str) -> str:
    """Say in Swedish what is wrong with a form of months; empty when nothing is."""
    return _fault(form, ("ÅÅÅÅ", "MM"), "MM/ÅÅÅÅ")


def _fault(form: str, needed: tuple[str, ...], example: str) -> str:
    tokens = _TOKEN.findall(form)
    if len(tokens) != len(set(tokens)) or not set(needed) <= set(tokens) or re.search(r"[A-Za-zÅÄÖåäö]", _rest(form)):
        return f"”{form}” är ingen form som går att läsa: skriv till exempel ”{example}”, med {', '.join(needed)} en gång var."
    return ""


def _rest(form: str) -> str:
    return _TOKEN.sub("", form).replace("T", "")


@cache
def _date_pattern(form: str) -> re.Pattern[str]:
    parts = {**_PARTS, **_CLOCK}
    pattern = ""
    place = 0
    for token in _TOKEN.finditer(form):
        pattern += re.escape(form[place : token.start()]) + parts[token[0]]
        place = token.end()
    return re.compile(pattern + re.escape(form[place:]), re.ASCII)


@cache
def _number_pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    grouped = rf"[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+|" if thousands else ""
    return re.compile(rf"[-−]?(?:{grouped}[0-9]+)(?:{re.escape(decimal)}[0-9]+)?", re.ASCII)


def _day(text: str, form: str) -> str:
    found = _date_pattern(form).fullmatch(text.strip())
    return f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}" if found else text


def _month(text: str, form: str) -> str:
    found = _date_pattern(form).fullmatch(text.strip())
    return f"{found['year']}-{found['month']:0>2}" if found else text
