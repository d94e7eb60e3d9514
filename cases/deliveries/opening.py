"""Open a delivered file by what it is, whatever its name ends with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from cases.deliveries.reading import Content, CsvFile, recognise
from cases.deliveries.rules import AS_IT_IS, DeliveredRows, FileRules, Translated
from cases.deliveries.workbook import WorkbookFile
from cases.kinds import Kind

_ZIP = b"PK\x03\x04"


@contextmanager
def opened(content: Content, kind: Kind, rules: FileRules = AS_IT_IS) -> Iterator[tuple[str, DeliveredRows]]:
    """Give the file's SHA-256 and its rows as the rules read them.

    Raises FileFault when it is no such file, OSError when it cannot be read.
    """
    with content.open("rb") as file:
        start = file.read(len(_ZIP))
    if start == _ZIP:
        with closing(WorkbookFile(content, kind, rules)) as workbook:
            yield workbook.sha256, Translated(workbook, kind, rules, forms=False)
    else:
        recognised = recognise(content)
        rows = CsvFile(content, recognised.encoding, kind, rules)
        yield recognised.sha256, Translated(rows, kind, rules, forms=True)
