"""Tables as files to save: CSV that a Swedish spreadsheet opens as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutralised(value: object) -> object:
    """Return the value so that no spreadsheet takes it for a formula.

    A text that begins like one gets an apostrophe before it; numbers, dates and other texts come back as they are, also a lone
    sign ("-" for a value that was not reported).
    """
    if isinstance(value, str) and len(value) > 1 and value.lstrip(" \u00a0\ufeff").startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the rows as a Swedish spreadsheet opens them: UTF-8 with BOM, semicolons, every cell neutralised."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutralised(heading) for heading in headings])
    writer.writerows([neutralised("" if cell is None else cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def csv_answer(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return the rows as a file to save. `name` is without its ending."""
    response = HttpResponse(csv_bytes(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
