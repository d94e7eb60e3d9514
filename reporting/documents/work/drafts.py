"""A draft's figures from the latest snapshot: made by the worker, kept, and shown until newer ones are there."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from committees.models import Change
from reporting.comparison.models import KoladaFetch
from reporting.documents.actions import FAULTS
from reporting.documents.chapters import registered_chapters
from reporting.documents.content import Chapter, Cover, Document, Text
from reporting.documents.models import BoardReport, DraftChanges, DraftFigures, Report
from reporting.documents.parts import criteria, indicators
from reporting.documents.publication.changes import figure_changes
from reporting.documents.publication.keeping import document_bytes, read_document
from reporting.documents.work.composition import Composition, composition_of
from reporting.documents.work.edition import Chosen, anchor_of, figures_in, made_without_texts
from reporting.documents.work.figures import Made
from reporting.documents.work.references import CATEGORY_WORD, UNKNOWN_WORD, Quotables
from reporting.enums import ReportState, ReportStatus
from reporting.figures.dimensions import label_of
from reporting.figures.keeping import Shelf
from reporting.figures.publishing import in_draft
from reporting.measures.catalogue import measures
from reporting.snapshots.engine import engine_for
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot

NO_SNAPSHOT = "Det finns inget underlag än, så rapporten har inga siffror."
WAITING = "Siffrorna räknas fram ur underlaget."
_GIVEN_UP = "Arbetet har avbrutits {count} gånger innan siffrorna var framräknade. De räknas om när något har ändrats."
_PROGRAM_FAULT = "Siffrorna kunde inte räknas fram på grund av ett fel i programmet. Felet finns i serverns logg."
_FORMAT = 1
_MOST_ATTEMPTS = 3
_HOLDS = dt.timedelta(days=1)
"""How long figures are taken to hold when nothing that is recorded has changed."""
_CHOSEN = "vald-"
"""How the chapters are named that hold what parts choose to show."""
_YEARS = 5

_read = Shelf(room=16)


@dataclass(frozen=True)
class Draft:
    """What there is to show of a report's figures: the latest that have been made, and whether newer ones are on their way.

    `fault` says, in Swedish, why the latest snapshot gives none.
    """

    figures: DraftFigures | None = None
    newest: Snapshot | None = None
    is_being_made: bool = False
    fault: str = ""

    @property
    def is_latest(self) -> bool:
        """Whether what there is to show rests on the latest snapshot."""
        return self.figures is not None and self.figures.snapshot_id == (self.newest.pk if self.newest else None)

    @property
    def said(self) -> str:
        """What stands where a figure would, when there is none."""
        return self.fault or WAITING


def draft_of(report: BoardReport) -> Draft:
    """Return the report's figures as they are kept; those that may no longer hold are ordered anew from the worker."""
    newest = report.snapshot or latest_snapshot()
    if newest is None:
        return Draft(fault=NO_SNAPSHOT)
    kept = list(_kept(report).select_related("snapshot"))
    if report.state not in ReportState.in_writing():
        return Draft(next((one for one in kept if not one.fault and one.snapshot_id == newest.pk), None), newest)
    last = kept[0] if kept else None
    waits = last is None or not _holds(last, newest)
    if waits:
        _order(report)
    fault = last.fault if last is not None and last.snapshot_id == newest.pk else ""
    return Draft(next((one for one in kept if not one.fault), None), newest, waits, "" if waits else fault)


def _kept(report: BoardReport) -> QuerySet[DraftFigures]:
    """Return what is kept of the report, the last tried first, without what is large."""
    return report.draft_figures.defer("figures", "labels", "document", "snapshot__manifest").order_by("-at", "-pk")


def _holds(last: DraftFigures, newest: Snapshot) -> bool:
    fresh = last.snapshot_id == newest.pk and timezone.now() - last.at < _HOLDS
    return fresh and last.checked >= _newest_change()


def _newest_change() -> int:
    """Return the newest record of a change to anything but reports: goals, commissions and audits stand in reports, too."""
    others = Change.objects.exclude(subject_type__startswith="reporting.").order_by("-pk")
    return others.values_list("pk", flat=True).first() or 0


def _order(report: BoardReport) -> None:
    """Let the worker make the figures, unless that is on its way already."""
    waiting = DBTaskResult.objects.filter(
        task_path=keep_draft_figures.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        args_kwargs={"args": [report.pk], "kwargs": {}},
    )
    if not waiting.exists():
        keep_draft_figures.enqueue(report.pk)


@task(takes_context=True)
def keep_draft_figures(context: TaskContext, report_id: int) -> None:
    """What the worker does: make the figures, or see that those that are kept still hold. May be begun anew at any time."""
    report = BoardReport.objects.select_related("template_version__template", "snapshot").get(pk=report_id)
    if report.state not in ReportState.in_writing():
        return
    if context.attempt > _MOST_ATTEMPTS:
        _give_up(report)
        return
    make_draft_figures(report)


def make_draft_figures(report: BoardReport) -> DraftFigures | None:
    """Make and keep the figures of a draft from the latest snapshot, and return them; None when there is no snapshot.

    They are compared with all that are still kept of the report, and those that nobody has seen last are let go. What cannot be
    made is kept as why. What nobody foresaw is raised as well.
    """
    newest = latest_snapshot()
    if newest is None:
        return None
    # Read before anything else: what is changed meanwhile is tried again.
    checked = _newest_change()
    composition = composition_of(report)
    made_of = _made_of(composition)
    kept = report.draft_figures.made().filter(snapshot=newest, made_of=made_of).first()
    if kept is None:
        kept = DraftFigures(report=report, snapshot=newest, made_of=made_of)
        try:
            _fill(kept, composition, newest)
        except FAULTS as fault:
            kept.fault = str(fault)
        except Exception:
            kept.fault = _PROGRAM_FAULT
            _keep(kept, checked, [])
            raise
    return _keep(kept, checked, list(_compared(kept)))


def _fill(kept: DraftFigures, composition: Composition, snapshot: Snapshot) -> None:
    """Make the figures, protected as if they were published; nobody has been told them, so no register knows of them."""
    with in_draft():
        made = made_without_texts(composition, snapshot)
    quotables = Quotables.of(figures_in(made), end=composition.end, codes=composition.codes)
    kept.labels = _labels(quotables, snapshot)
    kept.figures, kept.document = list(figures_in(made)), document_bytes(_as_document(made))
    kept.sha256 = hashlib.sha256(kept.document).hexdigest()


def _as_document(made: Made) -> Document:
    chosen = (Chapter(f"{_CHOSEN}{code}", "", tuple(blocks)) for code, blocks in made.chosen.items())
    return Document(made.document.cover, (*made.document.chapters, *chosen))


def _labels(quotables: Quotables, snapshot: Snapshot) -> dict[str, dict[str, str]]:
    engine, found = engine_for(snapshot), dict[str, dict[str, str]]()
    for one in quotables:
        for dimension, values in one.reference.narrowed:
            if dimension != CATEGORY_WORD:
                told = found.setdefault(dimension, {})
                told |= {
                    value: label_of(engine, dimension, None if value == UNKNOWN_WORD else value)
                    for value in values.split(",")
                    if value not in told
                }
    return found


def _compared(now: DraftFigures) -> Iterator[DraftChanges]:
    """Yield how the figures stand to each of the report's that they have not been compared with."""
    if now.fault:
        return
    others = now.report.draft_figures.made().exclude(pk=now.pk).defer("document", "labels").select_related("snapshot")
    if now.pk is not None:
        others = others.exclude(changes_after__after=now)
    for before in others:
        found = figure_changes(before.figures, now.figures, engine=engine_for(now.snapshot), known_then=before.snapshot)
        yield DraftChanges(before=before, after=now, changed=[asdict(one) for one in found.changed])


@transaction.atomic
def _keep(kept: DraftFigures, checked: int, changes: Iterable[DraftChanges]) -> DraftFigures:
    """Store the figures with how they differ from earlier ones, and let go of what nobody can ask for any more."""
    BoardReport.objects.select_for_update().get(pk=kept.report_id)
    made = {"figures": kept.figures, "labels": kept.labels, "document": kept.document, "sha256": kept.sha256}
    tried = {"fault": kept.fault, "checked": checked, "at": timezone.now()}
    if kept.pk is not None:
        DraftFigures.objects.filter(pk=kept.pk).update(**tried)
        stored = kept
    else:
        stored, _ = DraftFigures.objects.update_or_create(
            report=kept.report, snapshot=kept.snapshot, made_of=kept.made_of, defaults={**made, **tried}
        )
    for one in changes:
        DraftChanges.objects.update_or_create(before=one.before, after=stored, defaults={"changed": one.changed})
    _let_go(stored)
    return stored


def _let_go(newest: DraftFigures) -> None:
    """Keep the newest figures, the latest there is something to show of, and what somebody saw last."""
    report = newest.report
    shown = report.draft_figures.made().order_by("-at", "-pk").values_list("pk", flat=True).first()
    seen = {pk for pair in report.looks.values_list("seen_id", "before_id") for pk in pair}
    report.draft_figures.exclude(pk__in={newest.pk, shown, *seen} - {None}).delete()


def _give_up(report: BoardReport) -> None:
    newest = latest_snapshot()
    if newest is not None:
        fault = _GIVEN_UP.format(count=_MOST_ATTEMPTS)
        made_of = _made_of(composition_of(report))
        kept = DraftFigures(report=report, snapshot=newest, made_of=made_of, fault=fault)
        _keep(kept, _newest_change(), [])


def _made_of(composition: Composition) -> str:
    """Return the SHA-256 of what a draft's figures follow from besides the snapshot.

    Definitions of measures, the template, goals with targets and explanations, what auditors ask, the chapters of the apps above,
    key figures that have been fetched, and earlier reports.
    """
    year, codes = composition.end.year, composition.codes
    contents = [part.content for part in composition.content.parts if part.content is not None]
    told = (
        _FORMAT,
        [(measure.code, measure.version) for measure in measures()],
        (composition.kind, composition.template.sha256, codes, composition.start, composition.end),
        composition.registry_number,
        indicators(codes, range(year - _YEARS + 1, year + 1)),
        criteria(codes),
        list(registered_chapters(contents, composition.subject)),
        KoladaFetch.objects.aggregate(last=Max("pk")),
        Report.objects.told().filter(status=ReportStatus.READY).aggregate(last=Max("pk")),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()


def chapters_and_chosen(kept: DraftFigures) -> tuple[Document, Chosen]:
    """Return the chapters with figures, and by the part's code what parts choose to show."""
    whole: Document = _read.get(("document", kept.sha256), lambda: read_document(bytes(kept.document)))
    chosen = {
        chapter.anchor.removeprefix(_CHOSEN): chapter.blocks
        for chapter in whole.chapters
        if chapter.anchor.startswith(_CHOSEN)
    }
    own = tuple(chapter for chapter in whole.chapters if not chapter.anchor.startswith(_CHOSEN))
    return Document(whole.cover, own), chosen


def without_figures(composition: Composition, said: str) -> tuple[Document, Chosen]:
    """Return the same with `said` where the figures would be."""
    cover = Cover(composition.title, "", "", "", composition.registry_number, "", "", "", "")
    parts, blocks = composition.content.parts, (Text(said, "note"),)
    chapters = tuple(Chapter(anchor_of(part.content), part.heading, blocks) for part in parts if part.content)
    return Document(cover, chapters), {part.code: blocks for part in parts if part.chooses}


def quotables_in(kept: DraftFigures, *, end: dt.date, codes: Sequence[str]) -> Quotables:
    """Return what a draft's texts may refer to among its figures."""
    key = ("quotables", kept.pk, kept.sha256, end, tuple(codes))
    found: Quotables = _read.get(key, lambda: Quotables.of(kept.figures, end=end, codes=codes))
    return found
