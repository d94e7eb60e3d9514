"""Look into a SIE file that waits: its dimensions, and which of its codes a mapping says nothing about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.deliveries.accounts import AccountRules, Patterns
from cases.deliveries.accounts_told import kronor, told
from cases.deliveries.findings import FileFault, shown
from cases.deliveries.sie_costs import SieCosts, result_movements
from sie.model import Dimension, SieFile

_MOST_CODES = 300


@dataclass(frozen=True)
class Unsaid:
    """A code that no pattern is about: its name in the file and what stands on it, in words."""

    code: str
    name: str
    amount: str


@dataclass(frozen=True)
class AccountsInFile:
    """What a SIE file has to be mapped: its dimensions by number, and the codes that nothing is said of, the largest first.

    `told` is what the mapping makes of the file as it stands, in lines for a reader.
    """

    dimensions: tuple[tuple[str, str], ...]
    accounts: tuple[Unsaid, ...]
    units: tuple[Unsaid, ...]
    activities: tuple[Unsaid, ...]
    told: tuple[str, ...]


def accounts_in(sie: SieFile, rules: AccountRules) -> AccountsInFile:
    """Return what the file has and what the rules leave unsaid."""
    unit, activity = rules.unit_dimension, rules.activity_dimension
    by_account: Counter[str] = Counter()
    by_object: dict[str, Counter[str]] = {unit: Counter(), activity: Counter()}
    for movement, ore in result_movements(sie, unit, activity).items():
        by_account[movement.account] += ore
        for number, code in movement.objects:
            if number in by_object:
                by_object[number][code] += ore
    return AccountsInFile(
        tuple((number, f"{number} {one.name}".strip()) for number, one in sorted(sie.dimensions.items())),
        _unsaid(by_account, rules.accounts, sie.accounts),
        _unsaid(by_object[unit] if unit else {}, rules.units, _names(sie, unit)),
        _unsaid(by_object[activity] if activity else {}, rules.activities, _names(sie, activity)),
        _told(sie, rules),
    )


def dimension_number(sie: SieFile, named: str) -> str:
    """Return the number of the dimension that is called so in the file, as it was said when the file has none."""
    found = (number for number, one in sie.dimensions.items() if one.name.casefold() == named.casefold())
    return next(found, named)


def _names(sie: SieFile, dimension: str) -> Mapping[str, str]:
    return sie.dimensions.get(dimension, Dimension()).objects


def _unsaid(amounts: Mapping[str, int], patterns: Patterns, names: Mapping[str, str]) -> tuple[Unsaid, ...]:
    codes: Iterable[str] = (code for code, ore in amounts.items() if ore and patterns.of(code) is None)
    largest = sorted(codes, key=lambda code: (-abs(amounts[code]), code))[:_MOST_CODES]
    return tuple(Unsaid(code, shown(names.get(code, "")), kronor(amounts[code] / 100)) for code in largest)


def _told(sie: SieFile, rules: AccountRules) -> tuple[str, ...]:
    try:
        costs = SieCosts(sie, rules)
    except FileFault as fault:
        return (f"Inget läses än. Väntat är {fault.expected}",)
    faults = tuple(f"Fel på rad {fault.row}: väntat är {fault.expected}" for fault in costs.faults[:_MOST_CODES])
    return (*told(costs.accounts), *faults)
