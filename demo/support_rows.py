"""The rows of stodarenden.csv and stodmanader.csv, made from the support history."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from demo.dates import LAST_DAY, add_months, age_on, days, month_end, month_start
from demo.draw import Draw
from demo.files import Row, Value
from demo.people import Person
from demo.support import Case, Household, SupportHistory

CLOSING_REASONS = {
    "Egen försörjning genom arbete": 34,
    "Annan ersättning": 27,
    "Studier med studiemedel": 9,
    "Ändrade familjeförhållanden": 8,
    "Hör inte av sig": 22,
}
HINDERS = {
    "arbetslos_ingen_ersattning": 34,
    "arbetslos_otillracklig": 7,
    "arbetslos_vantar": 4,
    "sjukskriven": 15,
    "sjuk_aktivitetsersattning": 5,
    "pension": 3,
    "sociala_skal": 16,
    "foraldraledig": 4,
    "heltid": 2,
    "deltid": 5,
    "saknas": 2,
    "okant": 3,
}
NORM_PER_ADULT, NORM_PER_CHILD, HOUSING = 4600, 3100, 5600
"""Kronor a month in 2018, in round numbers of the size of the national norm; raised by 3 % a year."""


def case_rows(draw: Draw, cases: list[Case]) -> list[Row]:
    """One row for each adult and child of each case, numbered in the order of application."""
    rows: list[Row] = []
    for number, case in enumerate(sorted(cases, key=lambda case: (case.applied, case.household.code)), start=1):
        opened = min(case.applied + days(draw.between(0, 2)), case.closed or LAST_DAY)
        common: dict[str, Value] = {
            "ärende": f"EB{case.applied.year}-{number:05d}",
            "hushåll": case.household.code,
            "ansökan": case.applied,
            "beslut": case.decision,
            "beslutsdatum": case.decided,
            "öppnat": opened,
            "avslutat": case.closed,
            "avslutsorsak": _closing_reason(draw, case),
        }
        rows.extend({**common, "person": person.code, "roll": role} for person, role in _roles(case.household))
    return rows


def _closing_reason(draw: Draw, case: Case) -> str | None:
    if case.closed is None:
        return None
    if case.decision in {"avslag", "aterkallad"}:
        return "Ansökan avslogs" if case.decision == "avslag" else "Ansökan återkallades"
    applicant = case.household.adults[0]
    if applicant.died is not None and applicant.died <= case.closed:
        return "Avliden"
    if applicant.moved is not None and applicant.moved <= case.closed:
        return "Flyttat från kommunen"
    return draw.weighted(CLOSING_REASONS)


def _roles(household: Household) -> list[tuple[Person, str]]:
    adults = list(zip(household.adults, ("huvudsokande", "medsokande"), strict=False))
    return adults + [(child, "barn") for child in household.children]


@dataclass
class MonthRows:
    """Writes the months of aid, with amounts and each adult's hinder for self-support."""

    draw: Draw
    history: SupportHistory
    hinders: dict[Person, str]

    def rows(self) -> list[Row]:
        """One row for each person and month; a household's total above 0 is aid to each of its persons."""
        rows: list[Row] = []
        for (household, year), months in sorted(
            self.history.aid.items(), key=lambda item: (item[0][0].code, item[0][1])
        ):
            for month in sorted(months | self._refused_months(household, year, months)):
                amount = self._amount(household, year) if month in months else 0
                rows.extend(self._month(household, date(year, month, 1), amount))
        return rows

    def _refused_months(self, household: Household, year: int, months: set[int]) -> set[int]:
        """Months inside the spell that were decided but gave nothing: an amount of 0, which is no aid."""
        gaps = set(range(min(months, default=0), max(months, default=0))) - months
        return {month for month in sorted(gaps) if self.draw.chance(0.2)}

    def _amount(self, household: Household, year: int) -> int:
        norm = NORM_PER_ADULT * len(household.adults) + NORM_PER_CHILD * len(household.children) + HOUSING
        return int(norm * (1 + 0.03 * (year - 2018)) * self.draw.bell(0.2, 0.85))

    def _month(self, household: Household, first: date, amount: int) -> list[Row]:
        members = [(person, role) for person, role in _roles(household) if self._is_in_household(person, role, first)]
        shared = len(household.adults) > 1 and int(household.code[1:]) % 3 == 0
        paid = self._payment_day(first) if amount else None
        shares = [amount - amount // 2, amount // 2] if shared else [amount]
        shares += [0] * (len(members) - len(shares))
        return [
            {
                "hushåll": household.code,
                "person": person.code,
                "månad": f"{first:%Y-%m}",
                "belopp": Decimal(share).quantize(Decimal("0.01")),
                "roll": role,
                "utbetald": paid,
                "försörjningshinder": self._hinder(person, first) if role != "barn" else None,
                "enhet": "SF",
            }
            for (person, role), share in zip(members, shares, strict=True)
        ]

    def _is_in_household(self, person: Person, role: str, first: date) -> bool:
        """Children leave the household's aid at the start of the year they turn 18."""
        return role != "barn" or (person.born <= first and age_on(person.born, date(first.year, 12, 31)) < 18)

    def _payment_day(self, first: date) -> date:
        """Paid late in the month before; one payment in twelve comes after the month it concerns."""
        if self.draw.chance(1 / 12):
            return min(month_end(first.year, first.month) + days(self.draw.between(2, 20)), LAST_DAY)
        return add_months(month_start(first.year, first.month), -1).replace(day=27)

    def _hinder(self, person: Person, first: date) -> str:
        if person.received is not None and first < add_months(person.received, 24):
            return "arbetslos_etablering"
        if person not in self.hinders or self.draw.chance(0.02):
            self.hinders[person] = self.draw.weighted(HINDERS)
        return self.hinders[person]
