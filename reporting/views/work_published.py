"""What is made of a report that has been decided on, for those who work with it: list of changes, memo, archive."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from reporting.documents import storage
from reporting.documents.content import Chapter
from reporting.documents.models import BoardReport, Publication
from reporting.documents.publication.correction import changes_chapter, changes_in
from reporting.documents.publication.keeping import DocumentLost, document_of
from reporting.documents.publication.papers import made_with
from reporting.documents.publication.publishing import moment_of
from reporting.documents.publication.word import word_of
from reporting.documents.work.policies import require_secretary
from reporting.documents.work.selectors import edition_of_report
from reporting.enums import ReportKind, ReportStatus
from reporting.views.blocks import on_screen
from reporting.views.work import board_report

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@needs(Permission.SEE_FIGURES)
def report_work_changes(request: UserRequest, pk: int) -> HttpResponse:
    """Show what a corrected report says otherwise than the version it corrects: what its PDF says of it, when that is made."""
    report = board_report(request, pk)
    if report.corrects is None:
        raise Http404("Rapporten rättar ingen annan.")
    chapter = _chapter(report)
    shown = {"report": report, "chapter": chapter, "blocks": on_screen(chapter)}
    return render(request, "reporting/report_work_chapter.html", shown)


@require_GET
@needs(Permission.MAKE_REPORTS)
def report_work_archive(request: UserRequest, pk: int) -> FileResponse:
    """Hand out the archive package to the report's secretary."""
    report = board_report(request, pk)
    require_secretary(report, by=request.user)
    found = Publication.objects.filter(report=report).exclude(archive_sha256="").first()
    path = storage.archive_path_of(found.archive_sha256) if found else None
    if found is None or path is None or not path.is_file():
        raise Http404("Rapporten är inte arkiverad.")
    name = f"arkiv-{found.name}-{found.year}-v{found.version}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@require_GET
@needs(Permission.SEE_FIGURES)
def report_work_memo_word(request: UserRequest, pk: int) -> HttpResponse:
    """Hand out the memo as a Word file, of the same document as its PDF."""
    report = board_report(request, pk)
    memo = made_with(report).get(ReportKind.MEMO)
    if memo is None:
        raise Http404("Tjänsteskrivelsen är inte gjord.")
    try:
        content = word_of(document_of(memo), moment=moment_of(memo))
    except DocumentLost as lost:
        raise Http404(str(lost)) from lost
    response = HttpResponse(content, content_type=_DOCX)
    response["Content-Disposition"] = (
        f'attachment; filename="tjansteskrivelse-{report.end.year}-v{report.version}.docx"'
    )
    return response


def _chapter(report: BoardReport) -> Chapter:
    edition = edition_of_report(report)
    if edition is not None and edition.status == ReportStatus.READY:
        try:
            found = changes_in(document_of(edition))
        except DocumentLost as lost:
            raise Http404(str(lost)) from lost
        if found is not None:
            return found
    return changes_chapter(report, None, 1)
