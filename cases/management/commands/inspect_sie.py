"""`manage.py inspect_sie`: what a SIE file holds, whether it is whole and agrees with itself. Stores nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from committees.commands import SwedishCommand, counted, input_fault
from sie.model import SieFile
from sie.reading import NoSieFile, read
from sie.reconciling import Reading, differences, readings, result_by_account

_SHOWN = 20


class Command(SwedishCommand):
    """Read one file and tell."""

    help = "Visar vad en SIE-fil innehåller och om den är hel. Inget lagras."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how to tell."""
        parser.add_argument("file", type=Path, metavar="FIL", help="SIE-fil av typ 1–4")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="table (förval) eller json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell on stdout; faults go to stderr and give exit code 1."""
        del args
        try:
            with options["file"].open("rb") as file:
                sie = read(file)
        except OSError as error:
            raise input_fault(f"Det går inte att läsa {options['file']}: {error.strerror}.") from error
        except NoSieFile as fault:
            raise input_fault(f"{options['file'].name}: {fault}") from fault
        if options["format"] == "json":
            self.write_json(document(sie))
        else:
            self.stdout.write("\n".join(lines(sie)))
        if sie.faults:
            raise input_fault("\n".join(map(str, sie.faults)))


def document(sie: SieFile) -> dict[str, object]:
    """Return the file as commands.md writes it; amounts in kronor."""
    return {
        "sietyp": sie.type,
        "encoding": sie.encoding,
        "checksum": sie.checksum,
        "vouchers": sie.vouchers,
        "transactions": sie.transactions,
        "accounts": len(sie.accounts),
        "dimensions": {
            number: {"name": dimension.name, "objects": len(dimension.objects)}
            for number, dimension in sorted(sie.dimensions.items(), key=lambda item: (len(item[0]), item[0]))
        },
        "result": {account: ore / 100 for account, ore in result_by_account(sie).items()},
        "unbalanced": [
            {"line": one.line, "series": one.series, "number": one.number, "sum": one.sum / 100}
            for one in sie.unbalanced
        ],
        "warnings": warnings(sie),
    }


def warnings(sie: SieFile) -> list[str]:
    """Return everything the sender should know that is no fault of a line: how it was read, and where it contradicts itself."""
    found = [str(notice) for notice in sie.warnings]
    found += [f"Verifikation {one.series} {one.number} på rad {one.line} går inte jämnt ut." for one in sie.unbalanced]
    found += [
        f"Konto {one.account}: raderna ger {_kronor(one.rows)} men filens egna saldon säger {_kronor(one.stated)}."
        for one in differences(sie)
    ]
    if sie.type in {2, 3} and Reading.PARTS in readings(sie).values():
        found.append(
            "Periodsaldon utan objekt är i den här filen inte kontots summa utan bara det som saknar objekt. "
            "Filens saldon visar det, så alla rader är medräknade."
        )
    return found


def lines(sie: SieFile) -> list[str]:
    """Return the file in Swedish, a line for each thing."""
    year = f"{sie.year[0]}–{sie.year[1]}" if sie.year else "framgår inte"
    checksum = {"ok": "stämmer", "bad": "stämmer inte", "none": "saknas (det är tillåtet)"}[sie.checksum]
    shown = [
        f"SIE typ {sie.type} från {sie.program or 'okänt program'}, {sie.company or 'okänt företag'}",
        f"Räkenskapsår: {year}",
        f"Teckentabell: {sie.encoding}",
        f"Kontrollsumma: {checksum}",
        (
            f"{counted(sie.vouchers, 'verifikation', 'verifikationer')}, "
            f"{counted(sie.transactions, 'transaktion', 'transaktioner')}, {counted(len(sie.accounts), 'konto', 'konton')}"
        ),
    ]
    shown += [
        f"Dimension {number}: {dimension.name or 'utan namn'}, {counted(len(dimension.objects), 'objekt', 'objekt')}"
        for number, dimension in sorted(sie.dimensions.items(), key=lambda item: (len(item[0]), item[0]))
    ]
    told = warnings(sie)
    shown += [f"Obs: {text}" for text in told[:_SHOWN]]
    if len(told) > _SHOWN:
        shown.append(f"Obs: ytterligare {len(told) - _SHOWN}. Med --format json visas alla.")
    return shown


def _kronor(ore: int) -> str:
    sign = "\u2212" if ore < 0 else ""
    kronor, rest = divmod(abs(ore), 100)
    return f"{sign}{kronor:,}".replace(",", "\u00a0") + f",{rest:02} kr"
