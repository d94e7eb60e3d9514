"""Writing a report: a part with its history, its text, its writer, and marking it ready."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.revising import Overtaken
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, refused, write
from committees.workflows import MoveFault
from reporting.documents.models import PartText, ReportPart
from reporting.documents.templates.model import PartSpec
from reporting.documents.templates.reading import content_of
from reporting.documents.work.drafts import WAITING
from reporting.documents.work.markdown import differences
from reporting.documents.work.policies import held_for_report, may_write
from reporting.documents.work.quoting import FiguresInDraft, NoFigures, check_references, listed_figures
from reporting.documents.work.reading import figures_beside, read
from reporting.documents.work.showing import as_stored, html_of_part
from reporting.documents.work.writing import (
    assign_writer,
    mark_ready,
    mark_unready,
    restore_text,
    save_as_typed,
    write_text,
)
from reporting.enums import ReportState
from reporting.views.blocks import with_templates
from reporting.views.work import board_report
from reporting.views.work_forms import PartForm, RevisionForm, WriterForm


def _part(request: UserRequest, pk: int, code: str) -> tuple[ReportPart, PartSpec]:
    report = board_report(request, pk)
    part = get_object_or_404(report.parts.select_related("writer", "ready_by", "written_by"), code=code)
    part.report = report
    return part, content_of(report.template_version).part(code)


def _address(part: ReportPart) -> str:
    return reverse("report_work_part", args=[part.report_id, part.code])


@require_GET
@needs(Permission.WRITE_REPORTS)
def report_work_part(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Show a part: its text, who owes it, and what each saved version changed."""
    part, spec = _part(request, pk, code)
    history = list(part.history.select_related("by"))
    shown = _shown(request, history)
    before = next((one for one in history if shown and one.number == shown.number - 1), None)
    is_open = part.report.state in ReportState.in_writing()
    reading = read(part.report, by=request.user)
    kept = reading.draft.figures if reading.draft else None
    context = {
        "part": part,
        "spec": spec,
        "html": html_of_part(spec, part.text, figures=FiguresInDraft(part.report, by=request.user, kept=kept)),
        "reading": reading,
        "beside": with_templates(figures_beside(part.report, code, reading.document)),
        "history": history,
        "is_being_written": bool(part.text) and part.text != (history[0].text if history else ""),
        "shown": shown,
        "pieces": differences(before.text if before else "", shown.text) if shown else [],
        "may_write": is_open and may_write(request.user, part),
        "may_assign": is_open and Permission.MAKE_REPORTS in held_for_report(request.user, part.report),
    }
    return render(request, "reporting/report_work_part.html", context)


def _shown(request: UserRequest, history: list[PartText]) -> PartText | None:
    """Return the saved version the address asks for, None when it asks for none. Raises Http404 for one that is not there."""
    asked = request.GET.get("version")
    if not asked:
        return None
    for one in history:
        if str(one.number) == asked:
            return one
    raise Http404("Den versionen finns inte.")


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def report_work_write(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Write a part's text; when somebody else saved first both texts are shown."""
    part, spec = _part(request, pk, code)
    if not may_write(request.user, part):
        raise refuse(Permission.WRITE_REPORTS)
    form = PartForm(request.POST or None, initial={"text": part.text, "read_as": part.revision})

    def save(values: dict[str, Any]) -> str:
        write_text(part, text=values["text"], read_as=values["read_as"], by=request.user)
        return "Texten är sparad."

    return write(request, form, _editor(part, spec), save)


def _editor(part: ReportPart, spec: PartSpec, **shown: object) -> Writing:
    context = {"part": part, "columns": spec.columns, "preview": None, **shown}
    template = "reporting/report_work_write.html"
    return Writing(
        spec.heading,
        "Spara texten",
        _address(part),
        part.report.title,
        lead=spec.guidance,
        template=template,
        context=context,
    )


@require_POST
@needs(Permission.WRITE_REPORTS)
def report_work_preview(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Show what has been written as it will stand in the report, with its figures, and what is wrong with it; store nothing."""
    part, spec = _part(request, pk, code)
    if not may_write(request.user, part):
        raise refuse(Permission.WRITE_REPORTS)
    form = PartForm(request.POST)
    preview, faults = "", list(map(str, form.errors.get("text", [])))
    if form.is_valid():
        try:
            text = as_stored(spec, form.cleaned_data["text"])
            preview = html_of_part(spec, text, figures=FiguresInDraft(part.report, by=request.user))
            check_references(part.report, spec, text, before="")
        except ValidationError as fault:
            faults = fault.messages
    writing = _editor(part, spec, preview=preview, preview_faults=faults)
    return render(request, writing.template, {**writing.context, "form": form, "writing": writing})


@require_POST
@needs(Permission.WRITE_REPORTS)
def report_work_autosave(request: UserRequest, pk: int, code: str) -> JsonResponse:
    """Store what has been written so far, for the editor: 200, 409 with the other's text, or 422 with what is wrong."""
    part, _ = _part(request, pk, code)
    form = PartForm(request.POST)
    if not form.is_valid():
        return JsonResponse(
            {"said": " ".join(str(fault) for faults in form.errors.values() for fault in faults)}, status=422
        )
    text, read_as = form.cleaned_data["text"], form.cleaned_data["read_as"]
    try:
        saved = save_as_typed(part, text=text, read_as=read_as, by=request.user)
    except Overtaken as fault:
        current = cast("ReportPart", fault.current)
        said = "Någon annan har sparat medan du skrev. Din text är inte sparad; jämför med den andras och spara själv."
        return JsonResponse({"said": said, "theirs": current.text, "revision": current.revision}, status=409)
    except MoveFault as fault:
        return JsonResponse({"said": str(fault)}, status=422)
    except ValidationError as fault:
        return JsonResponse({"said": " ".join(fault.messages)}, status=422)
    return JsonResponse({"said": f"Sparat {timezone.localtime():%H:%M:%S}.", "revision": saved.revision})


@require_POST
@needs(Permission.WRITE_REPORTS)
def report_work_restore(request: UserRequest, pk: int, code: str, number: int) -> HttpResponse:
    """Make an earlier version the text again."""
    part, _ = _part(request, pk, code)
    form = RevisionForm(request.POST)
    read_as = form.cleaned_data["read_as"] if form.is_valid() else 0

    def act() -> str:
        restore_text(part, number=number, read_as=read_as, by=request.user)
        return f"Version {number} är texten igen. Det som stod där finns kvar bland versionerna."

    return refused(request, act, _address(part))


@require_GET
@needs(Permission.WRITE_REPORTS)
def report_work_figures(request: UserRequest, pk: int) -> HttpResponse:
    """List the figures of a report that its texts may refer to."""
    report = board_report(request, pk)
    context: dict[str, object] = {"report": report}
    try:
        context["measures"] = listed_figures(report, by=request.user)
    except NoFigures as fault:
        context |= {"fault": str(fault), "waiting": str(fault) == WAITING}
    return render(request, "reporting/report_work_figures.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_writer(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Name who owes a part's text."""
    part, spec = _part(request, pk, code)
    first = {"writer": part.writer, "read_as": part.revision}
    form = WriterForm(request.POST or None, report=part.report, initial=first)

    def save(values: dict[str, Any]) -> str:
        assign_writer(part, writer=values["writer"], read_as=values["read_as"], by=request.user)
        return f"{values['writer'] or 'Ingen'} är nu skribent för ”{spec.heading}”."

    return write(request, form, Writing("Utse skribent", "Spara", _address(part), spec.heading), save)


@require_POST
@needs(Permission.WRITE_REPORTS)
def report_work_ready(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Mark a part as ready, or as not ready after all."""
    part, spec = _part(request, pk, code)
    form = RevisionForm(request.POST)
    read_as = form.cleaned_data["read_as"] if form.is_valid() else 0

    def act() -> str:
        if "oppna" in request.POST:
            mark_unready(part, read_as=read_as, by=request.user)
            return f"”{spec.heading}” är inte längre klarmarkerad."
        mark_ready(part, read_as=read_as, by=request.user)
        return f"”{spec.heading}” är klarmarkerad."

    return refused(request, act, _address(part))
