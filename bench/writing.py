"""Writing in a report of sixty pages: opening its pages, listing its figures, and saving as one types a text with figures."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.promises import Promise, seconds
from bench.report import CHARTS, TABLE_ROWS, TABLES, large_template
from committees.models import Committee, User
from demo.management.commands.demo import REPORT_COMMITTEES, REPORT_YEAR
from reporting.documents.models import BoardReport, ReportPart, ReportPeriod
from reporting.documents.templates.model import PartKind
from reporting.documents.templates.reading import content_of
from reporting.documents.work.drafts import make_draft_figures
from reporting.documents.work.quoting import quotables_of
from reporting.documents.work.reading import read
from reporting.documents.work.setting_up import Assignment, set_up_report
from reporting.documents.work.writing import write_text
from reporting.enums import ReportKind

_MOST_QUERIES = 20
_MOST_MILLISECONDS = 300
_MOST_MILLISECONDS_SAVING = 50
_ROUNDS = 9
_PARTS = 42
_PARAGRAPH = "Under perioden gick {quoted} vidare. " + "Nämnden följer upp målen för året. " * 40
_PARAGRAPHS = 20
"""Some ten pages, a part of a report of sixty."""


def measure() -> list[Promise]:
    """Fill every text of the report, then open its pages and save in one of them; the slowest page counts."""
    secretary = User.objects.get(username="sekreterare")
    report = _report(secretary)
    client = Client()
    client.force_login(secretary)
    codes = [part.code for part in report.parts.order_by("pk")]
    listing = reverse("report_work_figures", args=[report.pk])
    # No page of the report has been opened in this process yet: its figures come from the database.
    listed = seconds(partial(_open, client, listing))
    told = _size(report, secretary)
    quoted = next(iter(quotables_of(report))).reference.written()
    tables = {part.code for part in content_of(report.template_version).texts if part.kind is PartKind.TABLE}
    written = [code for code in codes if code not in tables]
    for code in written:
        _save(client, report, code, quoted, 0)
    addresses = [reverse(name, args=[report.pk]) for name in ("report_work", "report_work_reading")]
    addresses += [reverse(name, args=[report.pk, written[0]]) for name in ("report_work_part", "report_work_write")]
    slowest, most = _slowest(client, [*addresses, listing])
    saving = statistics.median(
        seconds(partial(_save, client, report, written[0], quoted, turn)) for turn in range(1, 1 + _ROUNDS)
    )
    return [
        Promise("queries of a page of a report being written", most[1], _MOST_QUERIES, "queries", most[0]),
        Promise(
            "server time of a page of a report being written",
            slowest[1],
            _MOST_MILLISECONDS,
            "ms",
            f"{slowest[0]}: {told}",
        ),
        Promise("listing a report's figures the first time", 1000 * listed, _MOST_MILLISECONDS, "ms", listing),
        Promise("saving as one types", 1000 * saving, _MOST_MILLISECONDS_SAVING, "ms"),
    ]


def _report(secretary: User) -> BoardReport:
    """Return a draft of sixty pages whose figures the worker has made."""
    meetings = {Committee.objects.get(code=REPORT_COMMITTEES[0]): dt.date(REPORT_YEAR + 1, 3, 12)}
    period = ReportPeriod.objects.filter(kind=ReportKind.ANNUAL)[0]
    report = set_up_report(Assignment(large_template(_PARTS), meetings, period=period, year=REPORT_YEAR), by=secretary)
    for part in content_of(report.template_version).texts:
        if part.kind is PartKind.TABLE:
            write_text(report.parts.get(code=part.code), text=TABLE_ROWS, read_as=1, by=secretary)
    kept = make_draft_figures(report)
    if kept is None or kept.fault:
        raise RuntimeError(kept.fault if kept else "there is no snapshot")
    return report


def _size(report: BoardReport, secretary: User) -> str:
    """Return how large the report is. Raises RuntimeError when it is smaller than what is promised of."""
    document = read(report, by=secretary).document
    told = f"{len(document.charts)} charts, {len(document.tables)} tables"
    if len(document.charts) < CHARTS or len(document.tables) < TABLES:
        raise RuntimeError(f"the report has only {told}")
    return told


def _slowest(client: Client, addresses: Sequence[str]) -> tuple[tuple[str, float], tuple[str, int]]:
    """Return the page that takes the most milliseconds, and the one that asks the database the most questions."""
    slowest, most = ("", 0.0), ("", 0)
    for address in addresses:
        _open(client, address)
        with CaptureQueriesContext(connection) as queries:
            _open(client, address)
            asked = len(queries)
        taken = statistics.median(seconds(partial(_open, client, address)) for _ in range(_ROUNDS))
        slowest = max(slowest, (address, 1000 * taken), key=lambda found: found[1])
        most = max(most, (address, asked), key=lambda found: found[1])
    return slowest, most


def _open(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _save(client: Client, report: BoardReport, code: str, quoted: str, turn: int) -> None:
    revision = ReportPart.objects.values_list("revision", flat=True).get(report=report, code=code)
    text = "\n\n".join([*([_PARAGRAPH.format(quoted=quoted)] * _PARAGRAPHS), f"Omgång {turn}."])
    address = reverse("report_work_autosave", args=[report.pk, code])
    answer = client.post(address, {"text": text, "read_as": revision})
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}: {answer.content.decode()}")
