"""Open a delivered file by what it is, whatever its name ends with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Protocol

from cases.deliveries.findings import FileFault
from cases.deliveries.headers import Layout
from cases.deliveries.reading import Batch, Content, CsvFile, recognise
from cases.deliveries.workbook import WorkbookFile
from cases.kinds import Kind

_ZIP = b"PK\x03\x04"


class DeliveredRows(Protocol):
    """A file's layout, and its rows in batches. `faults` fills with the rows that cannot be read."""

    layout: Layout
    faults: list[FileFault]

    def batches(self) -> Iterator[Batch]:
        """Yield the rows that are whole; blank rows are passed over."""


@contextmanager
def opened(content: Content, kind: Kind) -> Iterator[tuple[str, DeliveredRows]]:
    """Give the file's SHA-256 and its rows. Raises FileFault when it is no such file, OSError when it cannot be read."""
    with content.open("rb") as file:
        start = file.read(len(_ZIP))
    if start == _ZIP:
        with closing(WorkbookFile(content, kind)) as workbook:
            yield workbook.sha256, workbook
    else:
        recognised = recognise(content)
        yield recognised.sha256, CsvFile(content, recognised.encoding, kind)
