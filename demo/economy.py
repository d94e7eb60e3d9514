"""What it cost, month by month: accounts and budget, forecasts, and the staff who did the work."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from demo.dates import YEARS
from demo.draw import Draw
from demo.files import Row

ORE = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """A line of a unit's yearly accounts, in about so many tkr by year; ``activity`` is None for what is shared."""

    unit: str
    activity: str | None
    kind: str
    account: str
    first: int
    tkr: tuple[int, ...]


def _line(unit: str, activity: str | None, kind: str, account: str, *tkr: int) -> Line:
    """A line whose last amount is that of 2024."""
    return Line(unit, activity, kind, account, 2025 - len(tkr), tkr)


ACCOUNTS = (
    # The labour-market unit: direct and shared cost less internal revenue and sales is about 6 mnkr in 2023.
    _line("AME", None, "gemensam", "5010", 2810, 2860, 2640, 2590, 2560, 2330, 2440),
    _line("AME", None, "gemensam", "6010", 610, 620, 620, 605, 615, 640, 655),
    _line("AME", "praktisk_verksamhet", "direkt", "5010", 1260, 1310, 1180, 1150, 1190, 1240, 1260),
    _line("AME", "praktisk_verksamhet", "direkt", "4630", 320, 340, 310, 335, 340, 355, 360),
    _line("AME", "sprakbana", "direkt", "5010", 640, 655, 600, 590, 620, 640, 660),
    _line("AME", "sprakpraktik", "direkt", "5010", 905, 930, 880, 850, 870, 860, 905),
    _line("AME", "arbetsformagebedomning", "direkt", "7430", 210, 225, 205, 215, 230, 240, 255),
    _line("AME", "en_vag_ut", "direkt", "5010", 185, 195, 210, 205),
    _line("AME", None, "intern_intakt", "3910", 420, 430, 380, 360, 365, 340, 350),
    _line("AME", None, "forsaljning", "3550", 160, 170, 150, 150, 155, 160, 165),
    _line("AME", None, "statsbidrag", "3511", 1480, 1390, 1210, 1180, 1090, 940, 880),
    _line("AME", "en_vag_ut", "statsbidrag", "3511", 120, 120, 130, 120),
    _line("INT", None, "gemensam", "5010", 3620, 3540, 3280, 3060, 3350, 3480, 3390),
    _line("INT", None, "gemensam", "6010", 540, 540, 520, 500, 520, 540, 545),
    _line("INT", "introkurs", "direkt", "5010", 310, 300, 240, 220, 230, 240, 235),
    _line("INT", "samhallskurs", "direkt", "5010", 290, 310, 270),
    _line("INT", "digital_kurs", "direkt", "5010", 180, 190, 175, 180, 195, 200, 205),
    _line("INT", "mr_grupp", "direkt", "7430", 90, 95, 60, 70, 85, 90, 90),
    _line("INT", "vagledningscentrum", "direkt", "5010", 520, 500, 540, 560, 580, 590),
    _line("INT", "vagledningscentrum", "statsbidrag", "3511", 480, 470, 500, 520, 540, 560),
    _line("INT", None, "statsbidrag", "3511", 4100, 3700, 2900, 2600, 3900, 3400, 2800),
    _line("SF", None, "gemensam", "5010", 8350, 8520, 8610, 8690, 8840, 9120, 9380),
    _line("SF", None, "gemensam", "6010", 720, 730, 735, 740, 755, 780, 800),
    _line("SFI", "sfi", "direkt", "5010", 9650, 9720, 9280, 9440, 9710, 10120, 10340),
    _line("SFI", "sfi_flex", "direkt", "5010", 410, 480, 520, 540, 560, 590),
    _line("SFI", "studiehandledning", "direkt", "5010", 480, 490, 460, 470, 500, 520, 540),
    _line("SFI", "sfi_extra", "direkt", "5010", 260, 280, 310, 330, 340),
    _line("SFI", "yrkesutbildning_sprakstod", "direkt", "4630", 720, 760, 820, 850, 880),
    _line("SFI", None, "gemensam", "6010", 1420, 1450, 1450, 1460, 1490, 1540, 1580),
    _line("SFI", None, "statsbidrag", "3511", 2100, 2050, 1900, 1950, 2050, 2150, 2200),
)
STAFF = {"AME": (9.0, 10), "INT": (8.5, 9), "SF": (14.5, 15), "SFI": (17.0, 19)}
"""Full-time equivalents and permanent employees when the data begins."""
POPULATION = {
    2018: (40712, 31904),
    2019: (40988, 32131),
    2020: (41156, 32302),
    2021: (41377, 32507),
    2022: (41603, 32741),
    2023: (41688, 32890),
    2024: (41742, 33002),
}
"""Inhabitants and those of 18 or more on 31 December: an invented municipality of about 41 000."""
DROP_IN_FROM = 2019


def cost_rows(draw: Draw) -> list[Row]:
    """Every line of the accounts month by month, with the budget decided before the year."""
    return [
        row for line in ACCOUNTS for number in range(len(line.tkr)) for row in _year_of(draw, line, line.first + number)
    ]


def _year_of(draw: Draw, line: Line, year: int) -> list[Row]:
    amount = line.tkr[year - line.first] * 1000 * draw.bell(0.985, 1.015)
    monthly_budget = (Decimal(amount) * Decimal(round(draw.bell(96, 103), 1)) / 1200).quantize(Decimal(100))
    shares = [draw.bell(0.8, 1.2) * (0.8 if month == 7 else 1.0) for month in range(1, 13)]
    return [
        {
            "månad": f"{year}-{month:02d}",
            "enhet": line.unit,
            "insats": line.activity,
            "slag": line.kind,
            "konto": line.account,
            "utfall": Decimal(amount * share / sum(shares)).quantize(ORE),
            "budget": monthly_budget.quantize(ORE),
        }
        for month, share in enumerate(shares, start=1)
    ]


def forecast_rows(draw: Draw) -> list[Row]:
    """The forecast of each year's outcome by unit and kind, at the three follow-ups of the year; later ones come closer."""
    rows: list[Row] = []
    for year in YEARS:
        for day, spread in ((date(year, 4, 30), 0.05), (date(year, 8, 31), 0.03), (date(year, 10, 31), 0.015)):
            for (unit, kind), tkr in _totals(year).items():
                forecast = round(tkr * draw.bell(1 - spread, 1 + spread) / 10) * 10_000
                rows.append(
                    {"år": year, "per": day, "enhet": unit, "slag": kind, "prognos": Decimal(forecast).quantize(ORE)}
                )
    return rows


def _totals(year: int) -> dict[tuple[str, str], int]:
    totals: dict[tuple[str, str], int] = {}
    for line in ACCOUNTS:
        if year >= line.first:
            key = line.unit, line.kind
            totals[key] = totals.get(key, 0) + line.tkr[year - line.first]
    return totals


def staff_rows(draw: Draw) -> list[Row]:
    """Employees and absence by unit and month."""
    rows: list[Row] = []
    for unit, (full_time, permanent) in STAFF.items():
        for year in YEARS:
            for month in range(1, 13):
                absence = draw.bell(2.5, 9.5) + (1.5 if month in {1, 2, 11} else 0.0) + (2.0 if year == 2020 else 0.0)
                rows.append(
                    {
                        "månad": f"{year}-{month:02d}",
                        "enhet": unit,
                        "tillsvidareanställda": permanent - (1 if draw.chance(0.25) else 0),
                        "årsarbetare": _one_decimal(full_time + draw.bell(-0.6, 0.6)),
                        "sjukfrånvaro": _one_decimal(absence),
                        "sjukfrånvaro_lång": _one_decimal(absence * draw.bell(0.2, 0.6)),
                        "slutat": 1 if draw.chance(0.06) else 0,
                    }
                )
    return rows


def _one_decimal(number: float) -> Decimal:
    return Decimal(number).quantize(Decimal("0.1"))


def population_rows() -> list[Row]:
    """Inhabitants at the end of each year."""
    return [{"år": year, "antal": everyone, "antal_18plus": adults} for year, (everyone, adults) in POPULATION.items()]


def visit_rows(draw: Draw) -> list[Row]:
    """Visits a month to the guidance centre, which no one is enrolled in; closed to visitors in the spring of 2020."""
    rows: list[Row] = []
    for year in YEARS:
        if year < DROP_IN_FROM:
            continue
        for month in range(1, 13):
            closed = year == 2020 and 4 <= month <= 6
            usual = draw.between(70, 150) if month != 7 else draw.between(25, 50)
            rows.append(
                {
                    "månad": f"{year}-{month:02d}",
                    "enhet": "INT",
                    "insats": "vagledningscentrum",
                    "antal": 0 if closed else usual,
                }
            )
    return rows
