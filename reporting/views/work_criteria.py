"""What auditors ask and a report on its way answers, for those who write it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from reporting.documents.annual.setting import Numbering
from reporting.documents.models import BoardReport
from reporting.documents.work.answering import answers_chapter, told_in
from reporting.documents.work.composition import composition_of
from reporting.documents.work.drafts import draft_of
from reporting.documents.work.policies import may_see_figures
from reporting.documents.work.selectors import edition_of_report
from reporting.enums import ReportState, ReportStatus
from reporting.views.blocks import on_screen
from reporting.views.work import board_report


@require_GET
@needs(Permission.SEE_FIGURES)
def report_work_criteria(request: UserRequest, pk: int) -> HttpResponse:
    """Show where in the report each question and recommendation is answered, by which measures, and which are not.

    While the draft has no figures nothing is answered by any, and the page says that they are on their way.
    """
    report = board_report(request, pk)
    if not may_see_figures(request.user, report):
        raise refuse(Permission.SEE_FIGURES)
    figures, said = _figures_of(report)
    chapter = answers_chapter(composition_of(report), told_in(figures), Numbering())
    context = {"report": report, "chapter": chapter, "blocks": on_screen(chapter), "said": said}
    return render(request, "reporting/report_work_chapter.html", context)


def _figures_of(report: BoardReport) -> tuple[Iterable[Mapping[str, Any]], str]:
    """Return the report's figures as a manifest has them, and what there is to say of them."""
    if report.state not in ReportState.in_writing():
        edition = edition_of_report(report)
        if edition is not None and edition.status == ReportStatus.READY:
            return edition.manifest.get("figures", ()), ""
    draft = draft_of(report)
    if draft.figures is None:
        return (), draft.said
    return draft.figures.figures, "Siffrorna är preliminära tills rapporten låses."
