"""Data for tests, put in the way users do: a kommun.toml and delivered files, through the real actions.

Nothing here reaches around a check or writes a row by hand. The followers of a delivery (snapshots) are told on commit, so not
inside a test's own transaction.
"""

import csv
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from cases.deliveries.result import DeliveryResult
from cases.deliveries.sources import find_sources
from cases.deliveries.taking import take_delivery
from committees.municipality_file import set_up

SMALL_MUNICIPALITY = """
[kommun]
kod = "9999"
namn = "Exempelstads kommun"

[[namnd]]
kod = "SN"
namn = "Socialnämnden"
[[namnd]]
kod = "KUN"
namn = "Kultur- och utbildningsnämnden"

[[forvaltning]]
kod = "SOC"
namn = "Socialförvaltningen"
namnder = ["SN"]

[[enhet]]
kod = "AME"
namn = "Arbetsmarknadsenheten"
slag = "ame"
forvaltning = "SOC"
[[enhet.ansvar]]
namnd = "KUN"
fran = 2015-01-01
till = 2023-12-31
[[enhet.ansvar]]
namnd = "SN"
fran = 2024-01-01
beslut = "KF 2023-10-25 § 190"

[[enhet]]
kod = "INT"
namn = "Integrationsenheten"
slag = "integration"
[[enhet.ansvar]]
namnd = "SN"
fran = 2015-01-01

[[enhet]]
kod = "SF"
namn = "Försörjningsstöd"
slag = "ekonomiskt_bistand"
[[enhet.ansvar]]
namnd = "SN"
fran = 2015-01-01

[[enhet]]
kod = "SFI"
namn = "Svenska för invandrare"
slag = "sfi"
[[enhet.ansvar]]
namnd = "KUN"
fran = 2015-01-01

[[insats]]
kod = "sprakpraktik"
namn = "Språkpraktik"
enhet = "AME"
[[insats]]
kod = "verkstad"
namn = "Verkstad"
enhet = "AME"
utforare = "avtal"
[[insats]]
kod = "introkurs"
namn = "Introkurs"
enhet = "INT"
[[insats]]
kod = "vagledning"
namn = "Vägledningscentrum"
enhet = "INT"
drop_in = true

[[avslutsorsak]]
text = "Fått jobb"
kod = "arbete_osubventionerat"
"""


class Refused(AssertionError):
    """A delivery that should have been taken was not; the text is every fault."""


def setup_small_municipality(more: str = "") -> None:
    """Set up two committees, a unit of each kind and four activity types; `more` is TOML put after it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kommun.toml"
        path.write_text(SMALL_MUNICIPALITY + more, encoding="utf-8")
        set_up(path)


def deliver(*, replace: bool = False, **files: Any) -> DeliveryResult:
    """Take files named by their kind, rows with Swedish headers; raises Refused when they have faults."""
    result = try_to_deliver(replace=replace, **files)
    if result.status == "refused":
        raise Refused("\n".join(str(error) for error in result.errors))
    return result


def try_to_deliver(*, replace: bool = False, today: date | None = None, **files: Any) -> DeliveryResult:
    """Take files as `deliver` does, but return a refusal too."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), **files)
        return take_delivery(files=find_sources([folder]).files, by=None, replace=replace, today=today)


def write_files(folder: Path, **files: Any) -> None:
    """Write each kind's rows as `<kind>.csv`; a row may leave columns out. Dates, numbers and ja/nej are written for it."""
    for kind, given in files.items():
        rows: list[dict[str, object]] = list(given)
        headers = list(dict.fromkeys(header for row in rows for header in row))
        with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(headers)
            writer.writerows([_written(row.get(header)) for header in headers] for row in rows)


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case float():
            return str(value).replace(".", ",")
        case _:
            return str(value)


def person_number(born: date, serial: int = 238) -> str:
    """Build a valid twelve-digit number from a birth date and a serial number (its last digit even: a woman)."""
    return _with_check_digit(f"{born:%Y%m%d}{serial:03d}")


def coordination_number(born: date, serial: int = 239) -> str:
    """Build a valid samordningsnummer: a number whose day is 60 more."""
    return _with_check_digit(f"{born:%Y%m}{born.day + 60}{serial:03d}")


def _with_check_digit(eleven: str) -> str:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(eleven[2:]))
    return f"{eleven}{-sum(number // 10 + number % 10 for number in doubled) % 10}"
