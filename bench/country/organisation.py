"""How a municipality is organised: units, committees that answer for them in time, activities, limits; and its economy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bench.country.draw import FIRST_MONTH, MONTHS, UNKNOWN, Draw, Ints, dates, day, first_day, numbers, words
from cases.enums import CostKind, Provider
from committees.enums import UnitKind


@dataclass(frozen=True)
class Activity:
    """One of the catalogue of activities."""

    code: str
    unit: str
    provider: Provider
    drop_in: bool = False
    assesses: bool = False


ACTIVITIES = (
    Activity("praktik", "AME", Provider.OWN),
    Activity("sprakpraktik", "AME", Provider.OWN),
    Activity("coachning", "AME", Provider.AGREEMENT),
    Activity("jobbsok", "AME", Provider.OWN),
    Activity("arbetsprovning", "AME", Provider.OWN, assesses=True),
    Activity("datorstuga", "AME", Provider.OWN, drop_in=True),
    Activity("sprakstod", "INT", Provider.OTHER),
    Activity("samhallsorientering", "INT", Provider.OWN),
    Activity("yrkessvenska", "INT", Provider.AGREEMENT),
)
ACTIVITY_UNITS = tuple(activity.unit for activity in ACTIVITIES)
_KINDS = tuple(kind.value for kind in CostKind)
_COMMITTEES = ("KUN", "SN")
_LARGE = 20_000


@dataclass(frozen=True)
class Organisation:
    """The units of one municipality; a large one has two for labour market."""

    code: str
    units: tuple[str, ...]
    kinds: tuple[str, ...]
    moved_to_social: int

    @classmethod
    def drawn(cls, draw: Draw, code: str, enrolments: int) -> Organisation:
        """Draw how a municipality with so many enrolments is organised."""
        known: dict[str, UnitKind] = {
            "AME": UnitKind.AME,
            "INT": UnitKind.INTEGRATION,
            "EB": UnitKind.SUPPORT,
            "SFI": UnitKind.SFI,
        }
        if enrolments >= _LARGE:
            known["AME2"] = UnitKind.AME
        moves = int(draw.pick({"never": 5, "in a new year": 3, "in mid-year": 2}, 1)[0])
        days = (UNKNOWN, day("2024-01-01"), day("2023-07-01"))
        return cls(code, tuple(known), tuple(kind.value for kind in known.values()), days[moves])

    @property
    def integration(self) -> int:
        """The place of the integration unit."""
        return self.units.index("INT")

    def labour_market(self, draw: Draw, number: int) -> Ints:
        """Return so many places of units for labour market."""
        own = np.flatnonzero([kind == UnitKind.AME for kind in self.kinds])
        return own[draw.between(0, len(own) - 1, number)]

    def tables(self) -> dict[str, pa.Table]:
        """Return the reference tables."""
        limits = {"small_number_limit": 5, "sfi_start_days": 42, "sfi_early_dropout_days": 14}
        limits |= {"referral_days": 14, "plan_days": 30}
        return {
            "municipality": pa.table(
                {
                    "code": [self.code],
                    "name": [f"Kommun {self.code}"],
                    **{name: [value] for name, value in limits.items()},
                }
            ),
            "committee": pa.table({"code": list(_COMMITTEES), "name": ["Utbildningsnämnden", "Socialnämnden"]}),
            "unit": pa.table(
                {
                    "code": list(self.units),
                    "name": [f"Enheten {unit}" for unit in self.units],
                    "kind": list(self.kinds),
                    "department": pa.nulls(len(self.units), pa.string()),
                }
            ),
            "responsibility": self._responsibilities(),
            "activity_type": _activity_types(),
            "small_number_limit": pa.table({"measure": ["sfi_dropout_reasons"], "value": [10]}),
            "disclosure_exemption": pa.table(
                {
                    "measure": ["exit_results"],
                    "level": ["kommun"],
                    "reason": ["Publiceras av Kolada på samma nivå"],
                    "decision": ["SN 2024-01-23 § 4"],
                }
            ),
        }

    def _responsibilities(self) -> pa.Table:
        rows = []
        for unit, kind in zip(self.units, self.kinds, strict=True):
            moves = self.moved_to_social != UNKNOWN and kind in {UnitKind.AME, UnitKind.INTEGRATION}
            begins = day("2015-01-01")
            if moves:
                rows.append((unit, 0, begins, self.moved_to_social - 1))
                begins = self.moved_to_social
            rows.append((unit, 1 if moves or kind != UnitKind.SFI else 0, begins, UNKNOWN))
        units, committees, starts, ends = (list(column) for column in zip(*rows, strict=True))
        return pa.table(
            {
                "unit": units,
                "committee": words(_COMMITTEES, np.array(committees)),
                "start": dates(np.array(starts)),
                "ended": dates(np.array(ends)),
                "decision": pa.nulls(len(rows), pa.string()),
            }
        )

    def economy(self, draw: Draw, enrolments: int) -> dict[str, pa.Table]:
        """Return costs with budget, forecasts, staff, visits to drop-in activities and the population."""
        lines = [(unit, activity, kind) for unit in self.units for activity, kind in _lines(unit)]
        number = len(lines) * MONTHS
        line = np.repeat(np.arange(len(lines)), MONTHS)
        months = np.tile(np.arange(MONTHS), len(lines))
        weights = np.array([{"gemensam": 6, "direkt": 4}.get(kind, 1) for _, _, kind in lines])[line]
        outcome = np.round(1000 * weights * enrolments / 60 * draw.generator.uniform(0.7, 1.3, number), 2)
        budget = np.round(outcome * draw.generator.uniform(0.9, 1.1, number), 0)
        return {
            "cost": pa.table(
                {
                    "month": dates(first_day(months)),
                    **_columns(lines, line),
                    "account": words(["4011", "5010"], line % 2),
                    "outcome": numbers(outcome),
                    "budget": numbers(budget, when=draw.chance(number, 0.97)),
                }
            ),
            "forecast": self._forecasts(draw, lines, enrolments),
            "visit": self._visits(draw, enrolments),
            "staff": self._staff(draw),
            "population": self._population(enrolments),
            "history": _history(),
        }

    def _forecasts(self, draw: Draw, lines: list[tuple[str, str | None, str]], enrolments: int) -> pa.Table:
        years, made = np.repeat(np.arange(2020, 2025), 2), np.tile([4, 8], 5)
        number = len(lines) * len(years)
        line = np.repeat(np.arange(len(lines)), len(years))
        occasion = np.tile(np.arange(len(years)), len(lines))
        month = 12 * (years - 2020) + made
        return pa.table(
            {
                "year": years[occasion],
                "made": dates(first_day(month)[occasion] - 1),
                **_columns(lines, line),
                "forecast": np.round(1000 * enrolments / 5 * draw.generator.uniform(0.5, 2, number), 0),
            }
        )

    def _visits(self, draw: Draw, enrolments: int) -> pa.Table:
        drop_in = [activity for activity in ACTIVITIES if activity.drop_in]
        activity = np.repeat(np.arange(len(drop_in)), MONTHS)
        return pa.table(
            {
                "month": dates(first_day(np.tile(np.arange(MONTHS), len(drop_in)))),
                "unit": words([each.unit for each in drop_in], activity),
                "activity_type": words([each.code for each in drop_in], activity),
                "visits": draw.between(1, 10 + enrolments // 50, len(activity)),
            }
        )

    def _staff(self, draw: Draw) -> pa.Table:
        unit = np.repeat(np.arange(len(self.units)), MONTHS)
        number = len(unit)
        return pa.table(
            {
                "month": dates(first_day(np.tile(np.arange(MONTHS), len(self.units)))),
                "unit": words(self.units, unit),
                "permanent": draw.between(3, 60, number),
                "full_time_equivalents": draw.between(6, 120, number) / 2,
                "sick_leave": draw.between(10, 90, number) / 10,
                "long_sick_leave": draw.between(0, 40, number) / 10,
                "departed": draw.between(0, 3, number),
            }
        )

    def _population(self, enrolments: int) -> pa.Table:
        years = np.arange(2019, 2025)
        inhabitants = 3000 + 3 * enrolments + 40 * (years - 2019)
        return pa.table({"year": years, "inhabitants": inhabitants, "adults": inhabitants * 4 // 5})


def _lines(unit: str) -> list[tuple[str | None, str]]:
    """What is booked on a unit each month: activity (None: shared) and kind."""
    direct = [(activity.code, CostKind.DIRECT.value) for activity in ACTIVITIES if activity.unit == unit]
    grants = [(activity.code, CostKind.STATE_GRANT.value) for activity in ACTIVITIES[:2] if activity.unit == unit]
    shared = [CostKind.SHARED, CostKind.INTERNAL_REVENUE, CostKind.SALES, CostKind.STATE_GRANT]
    return [*direct, *grants, *((None, kind.value) for kind in shared)]


def _columns(lines: list[tuple[str, str | None, str]], line: Ints) -> dict[str, pa.Array]:
    units, activities, kinds = (pa.array(column) for column in zip(*lines, strict=True))
    places = pa.array(line)
    return {"unit": units.take(places), "activity_type": activities.take(places), "kind": kinds.take(places)}


def _activity_types() -> pa.Table:
    return pa.table(
        {
            "code": [activity.code for activity in ACTIVITIES],
            "name": [activity.code.capitalize() for activity in ACTIVITIES],
            "unit": list(ACTIVITY_UNITS),
            "provider": [activity.provider.value for activity in ACTIVITIES],
            "drop_in": [activity.drop_in for activity in ACTIVITIES],
            "assesses_work_capacity": [activity.assesses for activity in ACTIVITIES],
            "target_group": pa.nulls(len(ACTIVITIES), pa.string()),
            "funding": pa.nulls(len(ACTIVITIES), pa.string()),
        }
    )


def _history() -> pa.Table:
    years = list(range(2015, 2020))
    return pa.table(
        {
            "measure": ["work_or_study_at_exit"] * len(years),
            "variant": pa.nulls(len(years), pa.string()),
            "year": years,
            "committee": pa.nulls(len(years), pa.string()),
            "value": [30.0 + year % 7 for year in years],
            "numerator": pa.nulls(len(years), pa.float64()),
            "denominator": pa.nulls(len(years), pa.float64()),
            "source": ["Påhittad"] * len(years),
            "name_then": pa.nulls(len(years), pa.string()),
        }
    )


LAST_MONTH_END = int((FIRST_MONTH + MONTHS).astype("datetime64[D]").astype(np.int64)) - 1
"""The last day of the data."""
