"""A report of at least sixty pages, thirty charts and sixty tables, from a snapshot to its PDF, against WeasyPrint alone."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.test.utils import override_settings
from pypdf import PdfReader

from bench.promises import Promise, ratio, seconds
from committees.models import Committee
from demo.management.commands.demo import FREEZINGS, REPORT_COMMITTEES, REPORT_YEAR
from reporting.documents.chosen.drawing import years_chart
from reporting.documents.layout import Edition, html_of, stylesheet
from reporting.documents.models import ReportTemplateVersion
from reporting.documents.templates.model import ChartForm
from reporting.documents.templates.storing import store_template
from reporting.documents.work.composition import Composition
from reporting.documents.work.edition import edition_of_composition, made_without_texts
from reporting.enums import ReportKind
from reporting.figures.model import Result
from reporting.measures.catalogue import measures
from reporting.models import Snapshot

_ROUNDS = 3
_LIMIT = 1.6
_PARTS = 25
_A_CHAPTER = 4
CHARTS = 30
TABLES = 60
_PAGES = 60
_MOST_MILLISECONDS = 40
"""For a chart: twenty-five a second."""
_HEAD = """
kod = "prov-av-storlek"
titel = "Prov av storlek"
slag = "helarsrapport"
omfattning = "Ett prov."
[tider]
datastopp = 4
textstopp = 3
beredning = 2
utskick = 1
"""
_CHAPTER = """
[[kapitel]]
kod = "kapitel-{at}"
rubrik = "Kapitel {at}"
[[kapitel.delar]]
kod = "text-{at}"
rubrik = "Kommentar"
vagledning = "Skriv."
[[kapitel.delar]]
kod = "tabell-{at}"
rubrik = "Tabell {at}"
slag = "tabell"
vagledning = "Skriv."
kolumner = [{{ rubrik = "Enhet" }}, {{ rubrik = "Platser", tal = "ja" }}, {{ rubrik = "Vad som är gjort" }}]
"""
_PART = """
[[kapitel.delar]]
kod = "matt-{at}"
rubrik = "{name}"
slag = "matt"
matt = "{code}"
variant = "{variant}"
"""
_ROW = "Enhet {at} | {places} | Överenskommelsen är omförhandlad och gäller till årets slut."
TABLE_ROWS = "\n".join(_ROW.format(at=at, places=7 * at) for at in range(1, 13))
_PARAGRAPH = "Nämnden följer upp målen för året och vad som har gjorts åt det som inte nåddes. " * 6
_TEXT = "\n\n".join([_PARAGRAPH] * 4)


def measure() -> list[Promise]:
    """Make the report and set its HTML by turns, after a first round that loads the libraries; the median counts."""
    snapshot = Snapshot.objects.frozen().filter(as_of=FREEZINGS[0].as_of).latest_first()[0]
    composition = _composition(snapshot)
    told = _size(edition_of_composition(composition, snapshot))
    ours, reference = [], []
    for _round in range(1 + _ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(Path(settings.SNAPSHOT_ROOT) / snapshot.hash, Path(folder) / snapshot.hash)
            # A place of its own: the engine that earlier rounds have warmed is not the engine of this one.
            with override_settings(SNAPSHOT_ROOT=folder):
                ours.append(seconds(lambda: edition_of_composition(composition, snapshot).pdf()))
                html = html_of(edition_of_composition(composition, snapshot).document)
            reference.append(seconds(partial(_weasyprint_alone, html)))
    name = "report of sixty pages or more, against WeasyPrint alone"
    made = ratio(name, ours=statistics.median(ours[1:]), reference=statistics.median(reference[1:]), limit=_LIMIT)
    drawn = _milliseconds_a_chart(made_without_texts(composition, snapshot).results)
    return [made.beside(told), Promise("a chart drawn", drawn, _MOST_MILLISECONDS, "ms", f"{CHARTS} charts")]


def _composition(snapshot: Snapshot) -> Composition:
    committees = tuple(Committee.objects.filter(code__in=REPORT_COMMITTEES).order_by("code"))
    template = large_template()
    chapters = range(0, _PARTS, _A_CHAPTER)
    texts = {f"tabell-{at}": TABLE_ROWS for at in chapters} | {f"text-{at}": _TEXT for at in chapters}
    first, last = dt.date(REPORT_YEAR, 1, 1), dt.date(REPORT_YEAR, 12, 31)
    return Composition(ReportKind.ANNUAL, "Prov av storlek", template, committees, first, last, texts=texts)


def large_template(count: int = _PARTS) -> ReportTemplateVersion:
    """Return a template with a part for each of so many ways to count, some to a chapter that has a text and a table as well."""
    ways = [(each.code, each.name, variant) for each in measures() for variant in each.variants]
    parts = []
    for at, (code, name, variant) in enumerate(islice(ways, count)):
        parts += [_CHAPTER.format(at=at)] if at % _A_CHAPTER == 0 else []
        parts.append(_PART.format(at=at, code=code, name=name, variant=variant))
    return store_template(text=_HEAD + "".join(parts), by=None)


def _size(edition: Edition) -> str:
    """Return how large the report is. Raises RuntimeError when it is smaller than what is promised of."""
    pages = len(PdfReader(io.BytesIO(edition.pdf())).pages)
    charts, tables = len(edition.document.charts), len(edition.document.tables)
    told = f"{pages} pages, {charts} charts, {tables} tables"
    if pages < _PAGES or charts < CHARTS or tables < TABLES:
        raise RuntimeError(f"the report has only {told}")
    return told


def _milliseconds_a_chart(results: Sequence[Result]) -> float:
    """Return what a chart takes to draw, after a first one that loads the libraries."""
    series: dict[tuple[object, ...], list[Result]] = {}
    for one in results:
        if not one.by:
            series.setdefault((one.measure.code, one.request.variant, one.request.where), []).append(one)
    drawn = [found for found in series.values() if years_chart(found, ChartForm.LINE, None, ())][:CHARTS]
    taken = seconds(lambda: [years_chart(found, ChartForm.LINE, None, ()) for found in drawn])
    return 1000 * taken / len(drawn)


def _weasyprint_alone(html: str) -> None:
    from weasyprint import CSS, HTML

    HTML(string=html).render(stylesheets=[CSS(string=stylesheet())]).write_pdf(pdf_variant="pdf/a-3a")
