"""The canonical delivery files: their columns, and how a value is written in them."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

Value = str | int | bool | date | Decimal | None
Row = Mapping[str, Value]

COLUMNS: dict[str, str] = {
    "personer": "person födelsedatum kön mottagen grund utflyttad avliden flyktinghushåll skyddad",
    "inskrivningar": (
        "inskrivning person enhet anvisare remissdatum återtagen uppstartsmöte utredning start slut avslutsorsak "
        "anställning_från anställning_till studiemedel sysselsättningsgrad"
    ),
    "insatser": "inskrivning insats start slut arbetsplats timmar_per_vecka",
    "planer": "inskrivning plan upprättad giltig_till",
    "uppfoljningar": "inskrivning datum slag form",
    "pauser": "inskrivning från till orsak",
    "besok": "månad enhet insats antal",
    "stodarenden": ("ärende hushåll person roll ansökan beslut beslutsdatum öppnat avslutat avslutsorsak enhet"),
    "stodmanader": "hushåll person månad belopp roll utbetald försörjningshinder enhet",
    "sfi_anvisningar": "anvisning person anvisad planerad_start anvisare återkallad återkallad_orsak enhet",
    "sfi_deltaganden": (
        "deltagande person anvisning studieväg kurs start slut resultat avbrottsorsak efter_ett_år enhet"
    ),
    "kostnader": "månad enhet insats slag konto utfall budget",
    "prognoser": "år per enhet insats slag prognos",
    "befolkning": "år antal antal_18plus",
    "personal": "månad enhet tillsvidareanställda årsarbetare sjukfrånvaro sjukfrånvaro_lång slutat",
    "historik": "mått variant år nämnd värde täljare nämnare källa namn_då",
}
"""The columns of each kind of file, in the order they are written."""


def written(value: Value) -> str:
    """The value as the import formats have it: ja/nej, ISO dates, decimal comma, nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return str(value)


def write_kind(directory: Path, kind: str, rows: Sequence[Row]) -> None:
    """Write one file of the delivery.

    Raises ValueError for a row with a column that the kind does not have.
    """
    columns = COLUMNS[kind].split()
    with (directory / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            if unknown := set(row) - set(columns):
                raise ValueError(f"{kind} has no column {', '.join(sorted(unknown))}")
            writer.writerow([written(row.get(column)) for column in columns])
