"""A SIE file as rows of costs, by a saved mapping; what it leaves out, and whether the file agrees with itself.

Only result accounts are costs and revenue: those the file calls K or I, else the classes 3–8 of Kommun-Bas. Of a type 4 file the
transactions are read, of types 2 and 3 the period changes, never both (`sie.reconciling` says how the latter add up).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cases.deliveries.accounts import REVENUE, AccountRules
from cases.deliveries.accounts_told import kronor
from cases.deliveries.findings import FileFault
from cases.deliveries.headers import Layout
from cases.deliveries.reading import Content
from cases.deliveries.rules import Batch
from cases.kinds import COSTS
from sie.model import Movement, SieFile
from sie.reading import NoSieFile, read
from sie.reconciling import Reading, differences, readings, result_by_account, stated_change

_FIELDS = ("month", "unit", "activity_type", "kind", "account", "outcome")
_RESULT_CLASSES = frozenset("345678")
_RESULT_KINDS = frozenset("KI")
_MOST_SHOWN = 100


@dataclass(frozen=True, order=True)
class _Row:
    month: dt.date
    unit: str
    activity: str
    kind: str
    account: str


def sie_of(content: Content) -> SieFile:
    """Read the whole file. Raises FileFault when it is no SIE file."""
    try:
        with content.open("rb") as file:
            return read(file)
    except NoSieFile as fault:
        raise FileFault(f"en hel SIE-fil. {fault}", "not_sie") from fault


class SieCosts:
    """An opened SIE file.

    `accounts` tells what was read and what was left out, in kronor; there costs are positive and revenue is negative.
    """

    def __init__(self, sie: SieFile, rules: AccountRules, *, sha256: str = "") -> None:
        """Take what stands in the file, whose hash only a delivery needs.

        Raises FileFault when the file has nothing that the mapping is about.
        """
        self.sha256 = sha256
        self._sie = sie
        if self._sie.type == 1:
            raise FileFault("en SIE-fil av typ 2, 3 eller 4. Typ 1 har bara årets saldon och inga månader.", "sie_type")
        self.layout = _layout()
        self.faults = _faults(self._sie)
        self._rules = rules
        self._dimensions = (self._number(rules.unit_dimension), self._number(rules.activity_dimension))
        self._rows: Counter[_Row] = Counter()
        self._left_out: dict[str, Counter[str]] = defaultdict(Counter)
        for movement, amount in result_movements(self._sie, *self._dimensions).items():
            self._take(movement, amount)
        if not self._rows and not self.faults:
            raise FileFault("minst ett konto med ett objekt som profilen leder till en enhet.", "sie_nothing_mapped")
        self.expected = len(self._rows)
        self.accounts = self._reconciled()

    def batches(self) -> Iterator[Batch]:
        """Yield the rows, sorted; a row's number is its place among them, for many lines of the file make one."""
        rows = [(row, ore) for row, ore in sorted(self._rows.items()) if ore]
        columns = [
            tuple(row.month.strftime("%Y-%m") for row, _ in rows),
            tuple(row.unit for row, _ in rows),
            tuple(row.activity for row, _ in rows),
            tuple(row.kind for row, _ in rows),
            tuple(row.account for row, _ in rows),
            tuple(_decimal(-ore if row.kind in REVENUE else ore) for row, ore in rows),
        ]
        if rows:
            yield Batch(range(1, len(rows) + 1), columns)

    def _number(self, named: str) -> str:
        """Return a dimension's number; raises FileFault when the file has none of that number or name."""
        if not named or named in self._sie.dimensions:
            return named
        for number, dimension in self._sie.dimensions.items():
            if dimension.name.casefold() == named.casefold():
                return number
        known = (
            ", ".join(f"{number} {one.name}".strip() for number, one in sorted(self._sie.dimensions.items())) or "inga"
        )
        raise FileFault(f"dimensionen ”{named}”, som filen saknar. De som finns är: {known}.", "sie_dimension")

    def _take(self, movement: Movement, ore: int) -> None:
        objects = dict(movement.objects)
        unit_object, activity_object = (objects.get(number, "") for number in self._dimensions)
        kind = self._rules.accounts.of(movement.account)
        unit = self._rules.units.of(unit_object) if unit_object else None
        if kind and unit:
            activity = self._rules.activities.of(activity_object) if activity_object else None
            self._rows[_Row(movement.month, unit, activity or "", kind, movement.account)] += ore
            return
        if "" in {kind, unit}:
            reason = "Utanför enligt profilen"
        elif kind is None:
            reason = "Kontot saknas i profilen"
        elif unit_object:
            reason = f"Objektet {unit_object} saknas i profilen"
        else:
            reason = "Utan objekt i enhetens dimension"
        self._left_out[reason][movement.account] += ore

    def _reconciled(self) -> dict[str, object]:
        """What `import_files` and the delivery's page tell of the accounts, in kronor."""
        sums = {account: ore for account, ore in result_by_account(self._sie).items() if _is_result(self._sie, account)}
        stated = [stated_change(self._sie, account) for account in _result_accounts(self._sie)]
        left_out = [
            {"reason": reason, "accounts": len(accounts), "amount": sum(accounts.values()) / 100}
            for reason, accounts in sorted(self._left_out.items())
        ]
        return {
            "type": self._sie.type,
            "in_file": sum(sums.values()) / 100,
            "read": sum(self._rows.values()) / 100,
            "left_out": left_out,
            "stated": None if all(one is None for one in stated) else sum(one or 0 for one in stated) / 100,
            "differences": [
                {"account": one.account, "rows": one.rows / 100, "stated": one.stated / 100}
                for one in differences(self._sie)
                if _is_result(self._sie, one.account)
            ][:_MOST_SHOWN],
            "notes": [str(notice) for notice in self._sie.warnings][:_MOST_SHOWN],
        }


def _layout() -> Layout:
    headers = tuple(COSTS.column(field).header for field in _FIELDS)
    return Layout(headers, {field: place for place, field in enumerate(_FIELDS)}, (), ())


def _faults(sie: SieFile) -> list[FileFault]:
    faults = [FileFault(notice.text, "sie_line", row=notice.line) for notice in sie.faults]
    faults += [
        FileFault(
            f"en verifikation som går jämnt ut. Raderna i {one.series} {one.number} blir tillsammans {kronor(one.sum / 100)}.",
            "sie_unbalanced",
            row=one.line,
        )
        for one in sie.unbalanced
    ]
    if sie.checksum == "bad":
        faults.append(FileFault("en kontrollsumma (#KSUMMA) som stämmer med filen. Ta ut filen igen.", "sie_checksum"))
    return faults


def _is_result(sie: SieFile, account: str) -> bool:
    return sie.account_kinds.get(account, "") in _RESULT_KINDS or (
        account not in sie.account_kinds and account[:1] in _RESULT_CLASSES
    )


def _result_accounts(sie: SieFile) -> list[str]:
    return [account for account in sorted({*sie.results, *sie.closing}) if _is_result(sie, account)]


def result_movements(sie: SieFile, unit: str, activity: str) -> Mapping[Movement, int]:
    """Return every amount of the result accounts once, in ören, shared out on objects of the dimensions with these numbers."""
    if sie.type == 4:
        return {movement: ore for movement, ore in sie.movements.items() if _is_result(sie, movement.account)}
    how = readings(sie)
    by_account: dict[str, dict[Movement, int]] = defaultdict(dict)
    for movement, ore in sie.period_changes.items():
        if _is_result(sie, movement.account):
            by_account[movement.account][movement] = ore
    found: Counter[Movement] = Counter()
    for account, changes in by_account.items():
        found.update(changes if how[account] is Reading.PARTS else _shared_out(changes, unit, activity))
    return found


def _shared_out(changes: Mapping[Movement, int], unit: str, activity: str) -> Mapping[Movement, int]:
    """Share an account's totals out on objects: the same money may stand once for each dimension, so one set of them is read.

    That is the set with the unit's dimension, and the activity's too where there is one; what it does not cover of a month's
    total has no object.
    """
    sets = {frozenset(number for number, _ in movement.objects) for movement in changes}
    with_unit = [numbers for numbers in sets if unit in numbers]
    chosen = min(with_unit, key=lambda numbers: (activity not in numbers, len(numbers), sorted(numbers)), default=None)
    found: Counter[Movement] = Counter()
    for movement, ore in changes.items():
        if not movement.objects:
            found[movement] += ore
        elif frozenset(number for number, _ in movement.objects) == chosen:
            found[movement] += ore
            total = Movement(movement.account, (), movement.month)
            found[total] -= ore if total in changes else 0
    return found


def _decimal(ore: int) -> str:
    sign = "-" if ore < 0 else ""
    return f"{sign}{abs(ore) // 100}.{abs(ore) % 100:02}"
