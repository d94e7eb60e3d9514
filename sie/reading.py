"""Going through a SIE file once, line by line."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from sie.encoding import encoding_of
from sie.lines import Checksum, Record, Unreadable, record_of, text_lines
from sie.model import Dimension, Movement, Notice, Objects, SieFile, Unbalanced

_MOST_FAULTS = 100
_LABELS_OF_A_SIE_FILE = frozenset(
    {"#FLAGGA", "#FORMAT", "#SIETYP", "#PROGRAM", "#GEN", "#FNAMN", "#RAR", "#KONTO", "#VER"}
)
_PLAIN_TRANSACTION = re.compile(r"\s*#TRANS\s+(\d+)\s+\{([^{}\\]*)\}\s+(-?\d{1,15})(?:\.(\d\d?))?(?=\s|$)(.*)")
_PLAIN_OBJECT = re.compile(r'\s*(?:"([^"]*)"|([^\s"]+))(?=\s|$)')
"""How nearly every transaction looks; what looks otherwise is read by the general way, to the same result."""


class NoSieFile(Exception):
    """The file is no SIE file at all; the text says why, in Swedish."""


@dataclass
class _Voucher:
    line: int
    series: str
    number: str
    month: dt.date | None
    counts: bool
    sum: int = 0


def read(file: BinaryIO, *, progress: Callable[[int], None] | None = None) -> SieFile:
    """Return what the file says. `progress` is told the number of lines now and then.

    What is wrong with single lines stands in `faults`, at most a hundred of them. Raises NoSieFile for a file that is something
    else, or empty.
    """
    encoding = encoding_of(file)
    reader = _Reader(SieFile(encoding=encoding.name))
    if encoding.warning:
        reader.sie.warnings.append(Notice(encoding.warning))
    number = 0
    try:
        for number, line in text_lines(file, encoding):
            reader.take(number, line)
            if progress and not number % 10_000:
                progress(number)
            if number == 200 and not reader.seen & _LABELS_OF_A_SIE_FILE:
                break
    except Unreadable as fault:
        raise NoSieFile(str(fault)) from fault
    if not number:
        raise NoSieFile("Filen är tom.")
    if not reader.seen & _LABELS_OF_A_SIE_FILE:
        raise NoSieFile("Filen innehåller inga poster som en SIE-fil börjar med (#FLAGGA, #SIETYP, #KONTO …).")
    reader.finish()
    return reader.sie


class _Reader:
    """Where in the file we are, and what has been gathered."""

    def __init__(self, sie: SieFile) -> None:
        self.sie = sie
        self.seen: set[str] = set()
        self._voucher: _Voucher | None = None
        self._open = False
        self._checksum: Checksum | None = None
        self._lost_faults = 0
        self._plain: Counter[tuple[str, str, dt.date]] = Counter()
        self._handlers: dict[str, Callable[[Record], None]] = {
            "#SIETYP": self._type,
            "#PROGRAM": self._program,
            "#GEN": self._written,
            "#FNAMN": self._company,
            "#ORGNR": self._organisation_number,
            "#RAR": self._year,
            "#KONTO": self._account,
            "#KTYP": self._account_kind,
            "#DIM": self._dimension,
            "#UNDERDIM": self._dimension,
            "#OBJEKT": self._object,
            "#IB": self._balance,
            "#UB": self._balance,
            "#RES": self._balance,
            "#PSALDO": self._period_change,
            "#VER": self._begin_voucher,
            "#TRANS": self._transaction,
        }

    def take(self, number: int, line: str) -> None:
        """Read one line; what is wrong with it is noted, and the next one read."""
        if self._checksum is None and self._voucher is not None and self._plain_transaction(self._voucher, line):
            return
        try:
            self._structure(number, line.strip())
            record = record_of(number, line)
            if record is not None:
                self._take_record(record)
        except Unreadable as fault:
            self._fault(str(fault), number)

    def finish(self) -> None:
        """Look at what only the end of the file tells."""
        for (account, inner, month), amount in self._plain.items():
            self.sie.movements[Movement(account, _plain_objects(inner) or (), month)] += amount
        if self._voucher is not None:
            if self._open:
                self._fault("Verifikationens sista klammer saknas. Filen kan vara avbruten.", self._voucher.line)
            self._end_voucher()
        if self._checksum is not None:
            self.sie.checksum = "bad"
            self.sie.warnings.append(Notice("Kontrollsumman saknas sist i filen. Filen kan vara avbruten."))
        if self.sie.outside_year:
            count = self.sie.outside_year
            text = f"{count} transaktioner ligger utanför räkenskapsåret och är inte medräknade."
            self.sie.warnings.append(Notice(text if count > 1 else text.replace("transaktioner", "transaktion")))
        for label, count in sorted(self.sie.unknown_labels.items()):
            self.sie.warnings.append(Notice(f"Etiketten {label} är okänd och hoppades över ({count} rader)."))
        if self._lost_faults:
            self.sie.faults.append(Notice(f"Ytterligare {self._lost_faults} rader har fel."))

    def _fault(self, text: str, line: int | None) -> None:
        if len(self.sie.faults) < _MOST_FAULTS:
            self.sie.faults.append(Notice(text, line))
        else:
            self._lost_faults += 1

    def _structure(self, number: int, text: str) -> None:
        """Follow the braces that hold a voucher's transactions."""
        if text == "{":
            if self._voucher is None or self._open:
                self._fault("En klammer står där ingen verifikation börjar.", number)
            self._open = self._voucher is not None
        elif text == "}":
            if self._voucher is None or not self._open:
                self._fault("En klammer står där ingen verifikation slutar.", number)
            self._end_voucher()

    def _take_record(self, record: Record) -> None:
        self.seen.add(record.label)
        if record.label == "#KSUMMA":
            self._take_checksum(record)
            return
        if self._checksum is not None:
            self._checksum.add(record)
        handler = self._handlers.get(record.label)
        if handler is not None:
            handler(record)
        elif record.label not in _KNOWN:
            self.sie.unknown_labels[record.label] += 1

    def _take_checksum(self, record: Record) -> None:
        if not record.field(0):
            self._checksum = Checksum()
            return
        if self._checksum is None:
            self.sie.checksum = "bad"
            self.sie.warnings.append(Notice("Kontrollsumman har ingen början i filen.", record.line))
            return
        self.sie.checksum = "ok" if self._checksum.agrees(record.field(0)) else "bad"
        if self.sie.checksum == "bad":
            text = "Kontrollsumman stämmer inte. Filen har ändrats sedan den skrevs."
            self.sie.warnings.append(Notice(text, record.line))
        self._checksum = None

    def _type(self, record: Record) -> None:
        if record.field(0) not in {"1", "2", "3", "4"}:
            raise Unreadable(f"SIE-typen ”{record.field(0)}” finns inte. Den är 1, 2, 3 eller 4.")
        self.sie.type = int(record.field(0))

    def _program(self, record: Record) -> None:
        self.sie.program = " ".join(record.fields[:2])

    def _written(self, record: Record) -> None:
        self.sie.written = record.field(0)

    def _company(self, record: Record) -> None:
        self.sie.company = record.field(0)

    def _organisation_number(self, record: Record) -> None:
        self.sie.organisation_number = record.field(0)

    def _year(self, record: Record) -> None:
        start, end = _date(record.field(1)), _date(record.field(2))
        if end < start:
            raise Unreadable("Räkenskapsåret slutar innan det börjar.")
        self.sie.years[_whole(record.field(0))] = (start, end)

    def _account(self, record: Record) -> None:
        self.sie.accounts[_needed(record, 0, "kontonummer")] = record.field(1)

    def _account_kind(self, record: Record) -> None:
        self.sie.account_kinds[_needed(record, 0, "kontonummer")] = record.field(1).upper()

    def _dimension(self, record: Record) -> None:
        number = _needed(record, 0, "dimensionens nummer")
        known = self.sie.dimensions.get(number)
        objects = known.objects if known else {}
        self.sie.dimensions[number] = Dimension(record.field(1), record.field(2), objects)

    def _object(self, record: Record) -> None:
        dimension = self.sie.dimension(_needed(record, 0, "dimensionens nummer"))
        dimension.objects[_needed(record, 1, "objektets kod")] = record.field(2)

    def _balance(self, record: Record) -> None:
        kept = {"#IB": self.sie.opening, "#UB": self.sie.closing, "#RES": self.sie.results}[record.label]
        amount = _ore(record.field(2))
        if _whole(record.field(0)) == 0:
            kept[_needed(record, 1, "kontonummer")] = amount

    def _period_change(self, record: Record) -> None:
        year, month, account = _whole(record.field(0)), _month(record.field(1)), _needed(record, 2, "kontonummer")
        amount = _ore(record.field(3))
        if year == 0:
            self.sie.period_changes[Movement(account, _in_order(record.objects), month)] += amount

    def _begin_voucher(self, record: Record) -> None:
        if self._voucher is not None:
            if self._open:
                self._fault("Verifikationens sista klammer saknas.", self._voucher.line)
            self._end_voucher()
        # A voucher whose own line cannot be read still holds transactions: they are its, and none of them is counted.
        self._voucher = _Voucher(record.line, record.field(0), record.field(1), None, counts=False)
        self.sie.vouchers += 1
        day = _date(record.field(2))
        year = self.sie.year
        self._voucher.month = day.replace(day=1)
        self._voucher.counts = year is None or year[0] <= day <= year[1]

    def _end_voucher(self) -> None:
        voucher, self._voucher, self._open = self._voucher, None, False
        if voucher is not None and voucher.sum:
            self.sie.unbalanced.append(Unbalanced(voucher.line, voucher.series, voucher.number, voucher.sum))

    def _transaction(self, record: Record) -> None:
        if self._voucher is None:
            raise Unreadable("Transaktionen hör inte till någon verifikation.")
        account, amount = _needed(record, 0, "kontonummer"), _ore(record.field(1))
        self._count(self._voucher, account, _in_order(record.objects), amount)

    def _plain_transaction(self, voucher: _Voucher, line: str) -> bool:
        match = _PLAIN_TRANSACTION.match(line)
        if match is None or not self._open:
            return False
        account, inner, kronor, ore, rest = match.groups()
        if rest.count('"') % 2 or "{" in rest or "}" in rest:
            return False
        if _plain_objects(inner) is None:
            return False
        amount = int(kronor) * 100
        if ore:
            fraction = int(ore.ljust(2, "0"))
            amount += -fraction if kronor.startswith("-") else fraction
        self.sie.transactions += 1
        voucher.sum += amount
        # By the objects as they are written: each such text is put in order once, when the file is at its end.
        if voucher.counts and voucher.month is not None:
            self._plain[account, inner, voucher.month] += amount
        elif voucher.month is not None:
            self.sie.outside_year += 1
        return True

    def _count(self, voucher: _Voucher, account: str, objects: Objects, amount: int) -> None:
        self.sie.transactions += 1
        voucher.sum += amount
        if voucher.counts and voucher.month is not None:
            self.sie.movements[Movement(account, objects, voucher.month)] += amount
        elif voucher.month is not None:
            self.sie.outside_year += 1


_KNOWN = frozenset(
    {
        *(
            "#FLAGGA",
            "#FORMAT",
            "#ADRESS",
            "#BKOD",
            "#FTYP",
            "#FNR",
            "#OMFATTN",
            "#KPTYP",
            "#VALUTA",
            "#PROSA",
            "#TAXAR",
        ),
        *("#SRU", "#ENHET", "#OIB", "#OUB", "#PBUDGET", "#RTRANS", "#BTRANS"),
    }
)
"""Labels of the format that say nothing we use. #RTRANS and #BTRANS are history: an added line comes again as #TRANS."""


@lru_cache(maxsize=65536)
def _plain_objects(inner: str) -> Objects | None:
    values: list[str] = []
    inner = inner.rstrip()
    place = 0
    while place < len(inner):
        match = _PLAIN_OBJECT.match(inner, place)
        if match is None:
            return None
        values.append(match[2] if match[1] is None else match[1])
        place = match.end()
    if len(values) % 2:
        return None
    return _in_order(tuple(zip(values[::2], values[1::2], strict=True)))


def _in_order(objects: Objects | None) -> Objects:
    return tuple(sorted(objects)) if objects else ()


def _needed(record: Record, at: int, what: str) -> str:
    if not record.field(at):
        raise Unreadable(f"{record.label} saknar {what}.")
    return record.field(at)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unreadable(f"”{text[:40]}” är inte ett heltal.") from None


_AMOUNT = re.compile(r"(-?)(\d{1,15})(?:\.(\d{1,2}))?")


def _ore(text: str) -> int:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise Unreadable(f"”{text[:40]}” är inte ett belopp med decimalpunkt och högst två decimaler.")
    sign, kronor, ore = match.groups()
    amount = int(kronor) * 100 + int((ore or "0").ljust(2, "0"))
    return -amount if sign else amount


@lru_cache(maxsize=4096)
def _date(text: str) -> dt.date:
    try:
        return (
            dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
            if len(text) == 8 and text.isdigit()
            else _no_date(text)
        )
    except ValueError:
        return _no_date(text)


def _no_date(text: str) -> dt.date:
    raise Unreadable(f"”{text[:40]}” är inte ett datum som ÅÅÅÅMMDD.")


@lru_cache(maxsize=1024)
def _month(text: str) -> dt.date:
    if len(text) != 6 or not text.isdigit():
        raise Unreadable(f"”{text[:40]}” är inte en månad som ÅÅÅÅMM.")
    return _date(f"{text}01")
