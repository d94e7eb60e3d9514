"""Writing in a report: opening its pages, and saving as one types a text of several pages with figures in it."""

from __future__ import annotations

import statistics
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.promises import Promise, seconds
from committees.models import User
from reporting.documents.models import BoardReport, ReportPart

_MOST_QUERIES = 20
_MOST_MILLISECONDS = 300
_MOST_MILLISECONDS_SAVING = 50
_ROUNDS = 9
_PARAGRAPH = "Under perioden gick {{mått:plan_coverage}} vidare. " + "Nämnden följer upp målen för året. " * 40
_PARAGRAPHS = 20
"""Some ten pages, a part of a report of sixty."""


def measure() -> list[Promise]:
    """Fill every text of the report, then open its pages and save in one of them; the slowest page counts."""
    report = BoardReport.objects.order_by("-parts__pk")[0]
    client = Client()
    client.force_login(User.objects.get(username="sekreterare"))
    codes = [part.code for part in report.parts.order_by("pk")]
    for code in codes:
        _save(client, report, code, 0)
    addresses = [reverse(name, args=[report.pk]) for name in ("report_work", "report_work_reading")]
    addresses += [reverse(name, args=[report.pk, codes[0]]) for name in ("report_work_part", "report_work_write")]
    slowest, most = ("", 0.0), ("", 0)
    for address in addresses:
        _open(client, address)
        with CaptureQueriesContext(connection) as queries:
            _open(client, address)
            asked = len(queries)
        taken = statistics.median(seconds(partial(_open, client, address)) for _ in range(_ROUNDS))
        slowest = max(slowest, (address, 1000 * taken), key=lambda found: found[1])
        most = max(most, (address, asked), key=lambda found: found[1])
    saving = statistics.median(
        seconds(partial(_save, client, report, codes[0], turn)) for turn in range(1, 1 + _ROUNDS)
    )
    return [
        Promise("queries of a page of a report being written", most[1], _MOST_QUERIES, "queries", most[0]),
        Promise("server time of a page of a report being written", slowest[1], _MOST_MILLISECONDS, "ms", slowest[0]),
        Promise("saving as one types", 1000 * saving, _MOST_MILLISECONDS_SAVING, "ms"),
    ]


def _open(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _save(client: Client, report: BoardReport, code: str, turn: int) -> None:
    revision = ReportPart.objects.values_list("revision", flat=True).get(report=report, code=code)
    text = "\n\n".join([*([_PARAGRAPH] * _PARAGRAPHS), f"Omgång {turn}."])
    address = reverse("report_work_autosave", args=[report.pk, code])
    answer = client.post(address, {"text": text, "read_as": revision})
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}: {answer.content.decode()}")
