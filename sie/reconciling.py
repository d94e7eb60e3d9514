"""Whether a file agrees with itself: what its rows add up to against the balances it states."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sie.model import Movement, SieFile


class Reading(StrEnum):
    """How the #PSALDO of an account add up where some have objects and some have none.

    The specification repeats an account's total beside its objects (`TOTALS`); some programs write without objects only what has
    none (`PARTS`). The balances of the file tell which.
    """

    TOTALS = "totals"
    PARTS = "parts"


@dataclass(frozen=True)
class Difference:
    """An account whose rows and stated balance differ, in ören."""

    account: str
    rows: int
    stated: int


def stated_change(sie: SieFile, account: str) -> int | None:
    """Return what the file's own balances say the account changed by in the year: #RES, or #UB less #IB; None when silent."""
    if account in sie.results:
        return sie.results[account]
    if account in sie.closing:
        return sie.closing[account] - sie.opening.get(account, 0)
    return None


def readings(sie: SieFile) -> dict[str, Reading]:
    """Return for each account with #PSALDO how its rows are to be added up.

    The account's own stated change decides; where there is none, or both ways agree with it, the other accounts of the file do,
    and else the specification.
    """
    sums = _period_sums(sie.period_changes)
    certain: dict[str, Reading] = {}
    for account, (plain, everything) in sums.items():
        stated = stated_change(sie, account)
        if stated is not None and plain != everything and stated in {plain, everything}:
            certain[account] = Reading.TOTALS if stated == plain else Reading.PARTS
    votes = Counter(certain.values())
    usual = Reading.PARTS if votes[Reading.PARTS] > votes[Reading.TOTALS] else Reading.TOTALS
    return {account: certain.get(account, usual) for account in sums}


def _period_sums(changes: Mapping[Movement, int]) -> dict[str, tuple[int, int]]:
    plain: dict[str, int] = defaultdict(int)
    everything: dict[str, int] = defaultdict(int)
    for movement, amount in changes.items():
        everything[movement.account] += amount
        plain[movement.account] += 0 if movement.objects else amount
    return {account: (plain[account], amount) for account, amount in everything.items()}


def result_by_account(sie: SieFile) -> dict[str, int]:
    """Return what the rows add up to for each account in the current year, in ören: #TRANS of type 4, #PSALDO of 2 and 3.

    Never both: a type 4 file often carries the period changes too, and they tell of the same money.
    """
    if sie.type == 4:
        sums: dict[str, int] = defaultdict(int)
        for movement, amount in sie.movements.items():
            sums[movement.account] += amount
        return dict(sorted(sums.items()))
    how = readings(sie)
    both = _period_sums(sie.period_changes)
    return {account: both[account][how[account] is Reading.PARTS] for account in sorted(both)}


def differences(sie: SieFile) -> list[Difference]:
    """Return the accounts whose rows do not add up to the file's own balances, by account; none where the file states none."""
    rows = result_by_account(sie)
    if sie.type == 1 or not (sie.results or sie.closing):
        return []
    accounts = sorted(set(rows) | set(sie.results) | set(sie.closing))
    found = ((account, rows.get(account, 0), stated_change(sie, account)) for account in accounts)
    return [
        Difference(account, sum_, stated) for account, sum_, stated in found if stated is not None and sum_ != stated
    ]
