"""Open a delivered file by what it is, whatever its name ends with."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import closing, contextmanager

from cases.deliveries.as_they_are import OwnFile
from cases.deliveries.findings import FileFault
from cases.deliveries.reading import Content, CsvFile, first_rows_of_csv, recognise, sha256_of, size_of
from cases.deliveries.rules import AS_IT_IS, DeliveredRows, FileRules, Translated
from cases.deliveries.sie_costs import SieCosts, sie_of
from cases.deliveries.workbook import WorkbookFile, first_rows_of_workbook
from cases.kinds import COSTS, Kind

_ZIP = b"PK\x03\x04"
_LONGEST_START = 64
LARGEST = 1_000_000_000
"""Bytes of a file; ten times what a million rows need."""


@contextmanager
def opened(content: Content, kind: Kind, rules: FileRules = AS_IT_IS) -> Iterator[tuple[str, DeliveredRows]]:
    """Give the file's SHA-256 and its rows as the rules read them.

    Raises FileFault when it is no such file, OSError when it cannot be read.
    """
    _refuse_size(content)
    start = _start(content)
    if kind is COSTS and _is_sie(start):
        yield from _sie(content, rules)
    elif start.startswith(_ZIP):
        with closing(WorkbookFile(content, kind, rules)) as workbook:
            yield workbook.sha256, Translated(workbook, kind, rules, forms=False)
    else:
        recognised = recognise(content)
        rows = CsvFile(content, recognised, kind, rules)
        yield recognised.sha256, Translated(rows, kind, rules, forms=True)


@contextmanager
def opened_as_it_is(content: Content, kind: Kind, rules: FileRules = AS_IT_IS) -> Iterator[OwnFile]:
    """Give a file whose own rows can be had. Raises FileFault when it has none or is no such file, OSError as `opened` does."""
    _refuse_size(content)
    start = _start(content)
    if kind is COSTS and _is_sie(start):
        raise FileFault("en fil med rader. En SIE-fil har verifikationer i stället.", "not_csv")
    if start.startswith(_ZIP):
        with closing(WorkbookFile(content, kind, rules)) as workbook:
            yield workbook
    else:
        yield CsvFile(content, recognise(content), kind, rules)


def _refuse_size(content: Content) -> None:
    """Refuse a file that no delivery of a municipality is near in size, before any of it is read."""
    size = size_of(content)
    if size > LARGEST:
        raise FileFault(
            f"en fil på högst {_gigabytes(LARGEST)} GB, men den här är på {_gigabytes(size)} GB. "
            "Dela upp den och lämna delarna var för sig.",
            "large_file",
        )


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}".removesuffix(".0").replace(".", ",")


def _start(content: Content) -> bytes:
    with content.open("rb") as file:
        return file.read(_LONGEST_START)


def _is_sie(start: bytes) -> bool:
    return start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"#")


def _sie(content: Content, rules: FileRules) -> Iterator[tuple[str, DeliveredRows]]:
    if rules.accounts is None:
        raise FileFault("en profil som säger vad kontona är ([fil.sie]). Ange den med --profile.", "sie_profile")
    costs = SieCosts(sie_of(content), rules.accounts, sha256=sha256_of(content))
    yield costs.sha256, costs


def first_rows(content: Content, skip: int) -> list[tuple[str, list[list[str]]]]:
    """Return the first rows after those that are passed over, by sheet; the only one of a text file has no name.

    Raises FileFault when the file cannot be read or has nothing there.
    """
    _refuse_size(content)
    start = _start(content)
    if _is_sie(start):
        raise FileFault("en fil med rubriker. En SIE-fil har inga: den läses efter kontona i profilen.", "sie_profile")
    if start.startswith(_ZIP):
        sheets = first_rows_of_workbook(content, skip)
    else:
        sheets = [("", first_rows_of_csv(content, recognise(content).encoding, skip))]
    found = [(name, rows) for name, rows in sheets if rows]
    if not found:
        raise FileFault("en rubrikrad och rader under den.", "empty_file")
    return found
