"""Disclosure control of a two-way table of three hundred cells, alone and against what was published before."""

from __future__ import annotations

from functools import partial

from bench.promises import Promise, seconds
from reporting.figures.disclosure.protecting import protect
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.model import Result
from tests.disclosure.publications import Case, result

_ROWS, _COLUMNS = 20, 15
_LIMIT = 2
_SMALLEST, _STEPS = 3, 40
_OF = 60


def measure() -> list[Promise]:
    """Protect the table with both its margins; then a later version of it, of which one case in a hundred is new."""
    rules = SmallNumbers()
    first, later = _tables(0), _tables(1)
    protect(first[:1], rules)
    before = protect(first, rules)
    earlier = list(zip(later, before.results, strict=True))
    told = f"{_ROWS} × {_COLUMNS} with both margins, {before.primary} hidden + {before.secondary}"
    return [
        Promise("disclosure control of 300 cells", seconds(partial(protect, first, rules)), _LIMIT, "s", told),
        Promise(
            "disclosure control against the version before",
            seconds(partial(protect, later, rules, earlier)),
            _LIMIT,
            "s",
            told,
        ),
    ]


def _tables(late: int) -> list[Result]:
    cases: list[Case] = []
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            met = _SMALLEST + (row * 7 + column * 11) % _STEPS
            more = late if (row + column) % 7 == 0 else 0
            place = {"enhet": f"{row:02}", "alder": f"{column:02}"}
            cases += [{**place, "category": "A"}] * (met + more) + [{**place, "category": "E"}] * (_OF - met)
    return [result(cases, by=by) for by in (("enhet",), ("alder",), ("enhet", "alder"))]
