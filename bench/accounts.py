"""Reading accounts: a SIE file of a million transactions."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.promises import Promise
from sie.reading import read

_VOUCHERS, _IN_EACH = 250_000, 4
_ACCOUNTS, _UNITS, _ACTIVITIES = 300, 40, 25
_MICROSECONDS_A_LINE = 10
"""A hundred thousand lines a second, by the processor's time: on one core."""


def measure() -> list[Promise]:
    """Read the file once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bokforing.se"
        path.write_text("\n".join(_lines()), encoding="cp437")
        with path.open("rb") as file:
            began = time.process_time()
            sie = read(file)
            took = time.process_time() - began
    lines = sum(1 for _ in _lines())
    told = f"{sie.transactions} transactions, {lines / took:,.0f} lines a second".replace(",", " ")
    return [Promise("reading accounts, a line", took / lines * 1e6, _MICROSECONDS_A_LINE, "µs", told)]


def _lines() -> Iterator[str]:
    yield from ("#FLAGGA 0", "#FORMAT PC8", "#SIETYP 4", '#FNAMN "Exempelstads kommun"', "#RAR 0 20230101 20231231")
    yield from (f'#KONTO {4000 + number} "Kostnad för {number}"' for number in range(_ACCOUNTS))
    yield from ('#DIM 1 "Ansvar"', '#DIM 6 "Aktivitet"')
    for number in range(_VOUCHERS):
        day = f"2023{number % 12 + 1:02}{number % 28 + 1:02}"
        yield f'#VER "A" "{number + 1}" {day} "Löner och köp" {day}'
        yield "{"
        for half in range(_IN_EACH):
            account = 4000 + (number * 7 + half) % _ACCOUNTS
            objects = f'1 "{number % _UNITS + 100}" 6 "{number % _ACTIVITIES + 10}"'
            sign = "-" if half % 2 else ""
            yield f'#TRANS {account} {{{objects}}} {sign}{number % 5000 + half // 2}.50 {day} "Inköp"'
        yield "}"
