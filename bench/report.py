"""The whole annual report from a frozen snapshot, against what WeasyPrint alone needs for the same HTML."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.test.utils import override_settings

from bench.promises import Promise, ratio, seconds
from committees.models import Committee
from demo.management.commands.demo import FREEZINGS, REPORT_COMMITTEES, REPORT_YEAR
from reporting.documents.annual import Edition, annual_report, edition_of
from reporting.documents.layout import html_of, stylesheet
from reporting.models import Snapshot

_ROUNDS = 5
_LIMIT = 1.6


def measure() -> list[Promise]:
    """Make the report and set its HTML by turns, after a first round that loads the libraries; the median counts."""
    snapshot = Snapshot.objects.frozen().filter(as_of=FREEZINGS[0].as_of).latest_first()[0]
    committees = list(Committee.objects.filter(code__in=REPORT_COMMITTEES))
    ours, reference = [], []
    for _round in range(1 + _ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(Path(settings.SNAPSHOT_ROOT) / snapshot.hash, Path(folder) / snapshot.hash)
            # A place of its own: the engine that earlier rounds have warmed is not the engine of this one.
            with override_settings(SNAPSHOT_ROOT=folder):
                ours.append(seconds(lambda: _edition(committees, snapshot).pdf()))
                html = html_of(_edition(committees, snapshot).document)
            reference.append(seconds(partial(_weasyprint_alone, html)))
    name = f"annual report {REPORT_YEAR}, against WeasyPrint alone"
    return [ratio(name, ours=statistics.median(ours[1:]), reference=statistics.median(reference[1:]), limit=_LIMIT)]


def _edition(committees: list[Committee], snapshot: Snapshot) -> Edition:
    return edition_of(annual_report(committees=committees, year=REPORT_YEAR, snapshot=snapshot))


def _weasyprint_alone(html: str) -> None:
    from weasyprint import CSS, HTML

    HTML(string=html).render(stylesheets=[CSS(string=stylesheet())]).write_pdf(pdf_variant="pdf/a-3a")
