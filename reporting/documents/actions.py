"""Making reports: at once or in the background, each resting on a snapshot that is frozen by it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django_tasks import TaskContext, task

from committees.models import Committee, User
from reporting.documents import storage
from reporting.documents.annual import ReportFault
from reporting.documents.annual.manifest import fingerprint
from reporting.documents.layout import Edition
from reporting.documents.models import BoardReport, Report, ReportPeriod
from reporting.documents.pdf import RenderingFault
from reporting.documents.publication.correction import with_changes
from reporting.documents.publication.keeping import keep_document
from reporting.documents.publication.papers import papers_of
from reporting.documents.work.composition import Composition, composition_of, figures_only
from reporting.documents.work.edition import edition_of_composition
from reporting.enums import ReportKind, ReportState, ReportStatus
from reporting.figures.model import RequestFault
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.freezing import keep
from reporting.snapshots.models import Snapshot

FAULTS = (ReportFault, RenderingFault, RequestFault, SnapshotFault)
"""What can be wrong with what was asked for: each has a Swedish text for the one who asked."""

_LONGEST_REGISTRY_NUMBER = 50
_MOST_ATTEMPTS = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wish:
    """A report that is asked for: what it is made of, the snapshot, and the report on its way it is an edition of."""

    composition: Composition
    snapshot: Snapshot
    board_report: BoardReport | None = None

    def edition(self) -> Edition:
        """Return the report set in pages, as its first version. Raises one of FAULTS."""
        edition = edition_of_composition(self.composition, self.snapshot)
        return with_changes(edition, self.board_report, self.snapshot) if self.board_report else edition

    def made(self, kind: str = "") -> QuerySet[Report]:
        """Return the reports of these committees for this period that are ready, whatever they rest on.

        `kind`: of a paper that goes with the report, instead of the report itself; then those of the same report on its way.
        """
        wanted = self.composition
        reports = Report.objects.annotate(committee_count=Count("committees", distinct=True)).filter(
            kind=kind or wanted.kind,
            year=wanted.end.year,
            status=ReportStatus.READY,
            committee_count=len(wanted.committees),
        )
        if wanted.kind != ReportKind.ANNUAL:
            reports = reports.filter(manifest__period__end=wanted.end.isoformat())
        if kind:
            reports = reports.filter(board_report=self.board_report)
        for committee in wanted.committees:
            reports = reports.filter(pk__in=committee.reports.values("pk"))
        return reports.order_by("-version", "-pk")


def make_report(
    *,
    kind: str,
    committees: Sequence[Committee],
    year: int,
    snapshot: Snapshot,
    period: str = "",
    registry_number: str = "",
    by: User | None = None,
) -> Report:
    """Make the report's figures now, without texts, and return it; the snapshot is frozen by it.

    What has been made before with the same content is that report again, not a new version. Raises one of FAULTS, and then
    nothing is left in database or files.
    """
    wish = _wish(kind, committees, year, snapshot, registry_number, period)
    edition = wish.edition()
    with storage.one_at_a_time():
        _sweep()
        found = _made_before(wish, edition)
        if found is not None and _is_kept(found, edition):
            return found
        edition = edition.numbered(_next_version(wish.made()))
        pdf = edition.pdf()
        with transaction.atomic():
            keep(snapshot, by=by)
            report = _row(wish, version=_next_version(wish.made()), by=by)
            _finish(report, edition, pdf)
        return report


def make_paper(
    *,
    kind: str,
    committees: Sequence[Committee],
    year: int,
    snapshot: Snapshot,
    period: str = "",
    by: User | None = None,
) -> Report:
    """Make the memo or the brief of the committees' report now and return it; what it rests on is frozen by it.

    It is about the report on its way, or decided on, of the period (code or name), the year's without one; a frozen report rests
    on its own snapshot. Where the calendar has none it is about the report as `make_report` makes it. What has been made before
    with the same content is that paper again. Raises one of FAULTS.
    """
    board_report = _board_report(committees, year, period)
    if board_report:
        wish = _wish_of(board_report, board_report.snapshot or snapshot)
    else:
        wish = _wish(_kind_of(period), committees, year, snapshot, "", period)
    papers = dict(papers_of(wish.composition, wish.edition()))
    if ReportKind(kind) not in papers:
        raise ReportFault(f"Mallen för ”{wish.composition.title}” har ingen tjänsteskrivelse. Lägg till den i mallen.")
    paper = papers[ReportKind(kind)]
    with storage.one_at_a_time():
        _sweep()
        known = wish.made(kind)
        for made in known:
            if fingerprint(made.manifest) == fingerprint(paper.manifest) and storage.is_whole(made.sha256):
                return made
        version = board_report.version if board_report else _next_version(known)
        paper = paper.numbered(version)
        pdf = paper.pdf()
        with transaction.atomic():
            keep(wish.snapshot, by=by)
            report = _row(wish, version=version, by=by, kind=kind)
            _finish(report, paper, pdf)
        return report


def _kind_of(period: str) -> str:
    """Return which kind of report is of the period: the year's own without one, else what the municipality's calendar says."""
    if not period:
        return ReportKind.ANNUAL
    named = Q(code__iexact=period) | Q(name__iexact=period)
    return ReportPeriod.objects.filter(named).values_list("kind", flat=True).first() or ReportKind.INTERIM


def _board_report(committees: Sequence[Committee], year: int, period: str) -> BoardReport | None:
    """Return the committees' newest report of the period; the year's own comes before those of a part of it."""
    found = BoardReport.objects.annotate(count=Count("meetings", distinct=True)).filter(
        end__year=year, count=len(committees)
    )
    for committee in committees:
        found = found.filter(pk__in=committee.report_meetings.values("report"))
    if period:
        codes = ReportPeriod.objects.filter(Q(code__iexact=period) | Q(name__iexact=period)).values("code")
        found = found.filter(period_code__in=codes)
    return found.exclude(state=ReportState.WITHDRAWN).order_by("-end", "-version", "-pk").first()


def queue_report(
    *,
    kind: str,
    committees: Sequence[Committee],
    year: int,
    snapshot: Snapshot,
    registry_number: str = "",
    by: User | None = None,
) -> Report:
    """Order a report that the worker makes; return its row, which tells how far it has come. The snapshot is frozen now."""
    wish = _wish(kind, committees, year, snapshot, registry_number)
    with transaction.atomic():
        keep(snapshot, by=by)
        report = _row(wish, version=_next_version(wish.made()), by=by)
        transaction.on_commit(lambda: render_report.enqueue(report.pk))
    return report


def queue_edition(report: BoardReport, *, snapshot: Snapshot, by: User) -> Report:
    """Order the PDF of a report on its way, as it now stands, resting on the snapshot; return its row. The snapshot is frozen."""
    wish = _wish_of(report, snapshot)
    with transaction.atomic():
        keep(snapshot, by=by)
        edition = _row(wish, version=_next_version(wish.made()), by=by)
        transaction.on_commit(lambda: render_report.enqueue(edition.pk))
    return edition


@task(takes_context=True)
def render_report(context: TaskContext, report_id: int) -> None:
    """What the worker does with a queued report; begun anew when a worker was cut off, but not for ever."""
    report = Report.objects.select_related("snapshot").get(pk=report_id)
    if context.attempt > _MOST_ATTEMPTS:
        _fail(report, f"Arbetet har avbrutits {_MOST_ATTEMPTS} gånger innan rapporten var klar. Beställ den igen.")
        return
    render_queued(report)


def render_queued(report: Report) -> None:
    """Make a report that was queued. What goes wrong is said in its row; what nobody foresaw is raised as well."""
    with storage.one_at_a_time():
        _sweep()
        if not _begin(report):
            return
        try:
            _render_begun(report)
        except FAULTS as fault:
            _fail(report, str(fault))
        except Exception:
            _fail(report, "Rapporten kunde inte göras på grund av ett fel i programmet. Felet finns i serverns logg.")
            raise


def report_file(report: Report) -> Path:
    """Return where the finished report's PDF is."""
    return storage.path_of(report.sha256)


def _wish_of(report: BoardReport, snapshot: Snapshot) -> Wish:
    return Wish(composition_of(report), snapshot, report)


def _wish(
    kind: str, committees: Sequence[Committee], year: int, snapshot: Snapshot, registry_number: str, period: str = ""
) -> Wish:
    if kind not in ReportKind.written():
        raise ReportFault(
            f"Rapporter av slaget {kind} görs inte här. De som finns är: {', '.join(ReportKind.written())}."
        )
    if not committees:
        raise ReportFault("En rapport behöver minst en nämnd.")
    if len(registry_number) > _LONGEST_REGISTRY_NUMBER:
        raise ReportFault(f"Diarienumret är för långt: det får ha högst {_LONGEST_REGISTRY_NUMBER} tecken.")
    composition = figures_only(
        kind, committees, year, period=period, registry_number=registry_number.strip(), snapshot=snapshot
    )
    return Wish(composition, snapshot)


def _wish_again(report: Report) -> Wish:
    """Return what was asked for when the report, which has no texts, was queued."""
    committees = list(report.committees.all())
    return _wish(
        report.kind, committees, report.year, report.snapshot, report.registry_number, period=report.period_code
    )


def _row(wish: Wish, *, version: int, by: User | None, kind: str = "") -> Report:
    """Return a new report of what was asked for, or of a paper of another `kind` that is made with it."""
    report = Report.objects.create(
        kind=kind or wish.composition.kind,
        year=wish.composition.end.year,
        snapshot=wish.snapshot,
        registry_number=wish.composition.registry_number,
        board_report=wish.board_report,
        period_code=wish.composition.period_code,
        version=version,
        created_by=by,
    )
    report.committees.set(wish.composition.committees)
    return report


def _made_before(wish: Wish, edition: Edition) -> Report | None:
    """Return the newest report with this very content."""
    content = fingerprint(edition.manifest)
    for report in wish.made().filter(snapshot=wish.snapshot):
        if fingerprint(report.manifest) == content:
            return report
    return None


def _is_kept(report: Report, edition: Edition) -> bool:
    """Whether the report's PDF is whole; a lost or damaged one is made again when that gives the very same bytes."""
    numbered = edition.numbered(report.version)
    if not storage.is_whole(report.sha256):
        pdf = numbered.pdf()
        if hashlib.sha256(pdf).hexdigest() != report.sha256:
            return False
        storage.store(pdf)
    keep_document(report.sha256, numbered.document)
    return True


def _next_version(made: QuerySet[Report]) -> int:
    newest: int | None = made.aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1


def _begin(report: Report) -> bool:
    """Take the queued report in hand; False when another has done so."""
    queued = Report.objects.filter(pk=report.pk, status=ReportStatus.QUEUED)
    taken = queued.update(status=ReportStatus.RENDERING)
    report.refresh_from_db()
    return taken == 1


def _render_begun(report: Report) -> None:
    wish = _wish_of(report.board_report, report.snapshot) if report.board_report else _wish_again(report)
    edition = wish.edition()
    same = _made_before(wish, edition)
    report.version = same.version if same else _next_version(wish.made())
    edition = edition.numbered(report.version)
    pdf = edition.pdf()
    papers = [(kind, paper, paper.pdf()) for kind, paper in _papers(wish, edition)]
    with transaction.atomic():
        _finish(report, edition, pdf)
        for kind, paper, content in papers:
            _finish(_row(wish, version=report.version, by=report.created_by, kind=kind), paper, content)


def _papers(wish: Wish, edition: Edition) -> list[tuple[ReportKind, Edition]]:
    """Return the memo and the brief that are to be made with the report's PDF."""
    return papers_of(wish.composition, edition) if wish.board_report else []


def _finish(report: Report, edition: Edition, pdf: bytes) -> None:
    """Record the PDF and put it in its place, last of all: what fails before it leaves no file."""
    report.sha256, report.manifest = storage.store(pdf), dict(edition.manifest)
    keep_document(report.sha256, edition.document)
    report.status, report.error, report.finished_at = ReportStatus.READY, "", timezone.now()
    report.save(update_fields=["sha256", "manifest", "status", "error", "finished_at", "version"])


def _fail(report: Report, text: str) -> None:
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.FAILED, error=text, finished_at=timezone.now())


def _sweep() -> None:
    """Clear what killed processes left: unfinished files, PDFs no report knows of, and reports that nobody is making.

    Whoever makes a report holds the folder, so that one marked as being made now was left by a process that is gone. It waits
    again, for the worker that takes its task up (`committees.work`).
    """
    Report.objects.filter(status=ReportStatus.RENDERING).update(status=ReportStatus.QUEUED)
    known = set(Report.objects.exclude(sha256="").values_list("sha256", flat=True))
    for path in storage.folder().iterdir():
        orphan = path.name.endswith((".pdf", storage.DOCUMENT)) and path.name.partition(".")[0] not in known
        if orphan or path.name.startswith(storage.UNFINISHED):
            logger.warning("Removed %s: no report knows of it", path.name)
            path.unlink()
