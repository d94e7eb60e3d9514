"""The list of changes of a corrected report: a chapter at the end of its PDF, which its page shows too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from committees.models import Change
from reporting.documents.annual.manifest import tables_of
from reporting.documents.content import Block, Box, Boxes, Cell, Chapter, Column, Document, Heading, Table, Text
from reporting.documents.layout import Edition
from reporting.documents.models import BoardReport, Report
from reporting.documents.publication.changes import FigureChanges, TextChange, figure_changes, text_changes
from reporting.documents.templates.reading import content_of
from reporting.documents.work.selectors import edition_of_report
from reporting.enums import ReportStatus
from reporting.figures.swedish import date_long, listed, number
from reporting.snapshots.engine import engine_for
from reporting.snapshots.models import Snapshot

ANCHOR = "andringar"


def with_changes(edition: Edition, report: BoardReport, snapshot: Snapshot) -> Edition:
    """Return the edition with its list of changes at its end when the report corrects another; else as it is."""
    if report.corrects is None:
        return edition
    document = edition.document
    before = edition_of_report(report.corrects)
    figures = None
    if before is not None and before.status == ReportStatus.READY:
        figures = _figures(before, edition, snapshot)
    number_of_table = max((table.number for table in document.tables), default=0) + 1
    chapter = changes_chapter(report, figures, number_of_table)
    document = replace(document, chapters=(*document.chapters, chapter))
    return replace(edition, document=document, manifest={**edition.manifest, "tables": tables_of(document)})


def changes_chapter(report: BoardReport, figures: FigureChanges | None, table: int) -> Chapter:
    """Return the chapter of a report that corrects another. `figures`: None while they have not been compared."""
    earlier = report.corrects
    if earlier is None:
        raise ValueError("the report corrects no other")
    texts = text_changes(_texts(earlier), _texts(report), _headings(report))
    blocks = [*_about(report, earlier), *_figure_blocks(report, earlier, figures, table), *_text_blocks(texts)]
    return Chapter(ANCHOR, f"Ändringar sedan version {earlier.version}", tuple(blocks))


def changes_in(document: Document) -> Chapter | None:
    """Return the list of changes that a document ends with, None when it corrects nothing."""
    return next((chapter for chapter in document.chapters if chapter.anchor == ANCHOR), None)


def _figures(before: Report, edition: Edition, snapshot: Snapshot) -> FigureChanges:
    then, now = before.manifest.get("figures", []), edition.manifest.get("figures", [])
    return figure_changes(then, now, engine=engine_for(snapshot), known_then=before.snapshot)  # type: ignore[arg-type]  # a manifest's figures are a list


def _about(report: BoardReport, earlier: BoardReport) -> Iterator[Block]:
    decided = [
        f"{meeting.committee.name} {date_long(meeting.decided_on)} § {meeting.paragraph}"
        for meeting in earlier.meetings.select_related("committee")
        if meeting.decided_on is not None
    ]
    said = f", beslutad av {listed(decided)}" if decided else ""
    why = Change.objects.of(report).filter(field="state", before="").values_list("why", flat=True).first()
    yield Text(
        f"Version {report.version} rättar version {earlier.version}{said}. "
        "Den tidigare versionen finns kvar oförändrad. Här står allt som skiljer de två åt.",
        "lead",
    )
    if why:
        yield Text(f"Skäl till rättelsen: {why}")


def _figure_blocks(
    report: BoardReport, earlier: BoardReport, figures: FigureChanges | None, table: int
) -> Iterator[Block]:
    yield Heading("Siffror")
    if figures is None:
        yield Text("Siffrorna jämförs när rapporten låses.")
        return
    if not figures.changed:
        yield Text(f"Ingen av de {number(figures.unchanged)} siffror som finns i båda versionerna har ändrats.")
        return
    yield Text(
        f"{number(len(figures.changed))} siffror är andra än i version {earlier.version}. "
        f"{number(figures.unchanged)} är desamma."
    )
    yield Table(
        table,
        ANCHOR,
        "Siffror som har ändrats",
        (
            Column("Siffra", 34, numeric=False),
            Column(f"Version {earlier.version}", 18),
            Column(f"Version {report.version}", 18),
            Column("Varför", 30, numeric=False),
        ),
        tuple(
            (Cell(one.name), Cell(one.before), Cell(one.after), Cell(one.why, small=True)) for one in figures.changed
        ),
    )


def _text_blocks(texts: list[TextChange]) -> Iterator[Block]:
    yield Heading("Texter")
    if not texts:
        yield Text("Ingen text har ändrats.")
    for one in texts:
        before = Box(f"{one.heading}, tidigare", one.before or ("Stod inte med.",))
        after = Box(f"{one.heading}, nu", one.after or ("Borttaget.",))
        yield Boxes((before, after))


def _texts(report: BoardReport) -> dict[str, str]:
    return dict(report.parts.values_list("code", "text"))


def _headings(report: BoardReport) -> dict[str, str]:
    return {part.code: part.heading for part in content_of(report.template_version).texts}
