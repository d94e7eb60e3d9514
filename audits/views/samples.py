"""Samples: drawing them, marking their cases, what they showed. Cases are for the auditors' eyes, and each look is logged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from audits.actions.samples import (
    WORKFLOW,
    close_sample,
    draw_sample,
    drawn_again,
    mark_case,
    may_read_cases,
    reopen_sample,
)
from audits.enums import AuditState, Mark, SampleState
from audits.forms.samples import SampleCloseForm, SampleForm, SampleItemForm, evidence_asked
from audits.frameworks.reading import content_of
from audits.models import Audit, Sample, SampleItem, SampleMark
from audits.permissions import engaged_as
from audits.sampling import SamplingFault
from audits.selectors.samples import result_of
from audits.views.common import own_audit_or_404, shell_of
from committees.actions.case_access import log_case_access
from committees.csv_files import csv_answer
from committees.enums import CasePurpose
from committees.middleware import UserRequest
from committees.models import Committee, User
from committees.permissions import Permission
from committees.revising import Overtaken
from committees.views.guards import refuse
from committees.views.writing import Writing, write
from committees.workflows import MoveFault
from committees.writing_forms import WhyForm
from reporting.figures.model import RequestFault
from reporting.measures.catalogue import measure as measure_named
from reporting.snapshots.faults import SnapshotFault


def _sample_or_404(user: User, pk: int) -> Sample:
    visible = Sample.objects.visible_to(user)
    return get_object_or_404(visible.select_related("audit__framework_version", "snapshot", "drawn_by"), pk=pk)


def _readable_or_refused(user: User, pk: int) -> Sample:
    """Return the sample for one who may read its cases. Raises PermissionDenied for the other auditors."""
    sample = _sample_or_404(user, pk)
    if not may_read_cases(user, sample):
        raise refuse(Permission.SEE_CASES)
    return sample


def _goes_on(audit: Audit) -> bool:
    return audit.state not in AuditState.over()


def _back(pk: int) -> str:
    return reverse("audit_sample", kwargs={"pk": pk})


def _log(request: UserRequest, sample: Sample, keys: Sequence[str]) -> None:
    where = sample.request["where"]
    log_case_access(
        by=request.user,
        purpose=CasePurpose.SAMPLE,
        measure=sample.measure,
        snapshot=sample.snapshot.hash,
        committees=list(Committee.objects.filter(code__in=where["namnd"])),
        filters={"stickprov": [str(sample.pk)], "variant": [sample.variant], **where},
        shown=keys,
    )


@require_GET
def audit_samples(request: UserRequest, pk: int) -> HttpResponse:
    """List the samples of an audit, for its auditors."""
    audit = own_audit_or_404(request.user, pk)
    samples = audit.samples.order_by("pk")
    context = {**shell_of(request, audit), "samples": samples, "goes_on": _goes_on(audit)}
    return render(request, "audits/samples.html", context)


@require_http_methods(["GET", "POST"])
def audit_sample_draw(request: UserRequest, pk: int) -> HttpResponse:
    """Draw a sample; the form begins with what the framework asks for with the question, and the audited period."""
    audit = own_audit_or_404(request.user, pk)
    content = content_of(audit.framework_version)
    number = request.GET.get("fraga", "")
    wanted = evidence_asked(content, number)
    initial: dict[str, Any] = {"question": number, "start": audit.period_start, "end": audit.period_end}
    if wanted is not None:
        initial |= {"measure": wanted.measure, "criteria": "\n".join(wanted.criteria), "title": wanted.about}
    form = SampleForm(request.POST or None, audit=audit, content=content, initial=initial)

    def save(_fields: dict[str, Any]) -> str:
        sample = draw_sample(audit=audit, order=form.order(), by=request.user)
        return f"{sample.size} ärenden är dragna ur {sample.population_size}."

    back = reverse("audit_samples", kwargs={"pk": pk})
    lead = "Ärenden dras slumpmässigt ur måttets ärenden. Ärenden som rör personer med skyddade uppgifter dras aldrig."
    return write(request, form, Writing("Dra ett stickprov", "Dra stickprovet", back, audit.title, lead), save)


@require_GET
@transaction.atomic
def audit_sample(request: UserRequest, pk: int) -> HttpResponse:
    """Show a sample: how it was drawn, what it shows, and its cases for who may read them."""
    sample = _sample_or_404(request.user, pk)
    items: list[SampleItem] = []
    readable = may_read_cases(request.user, sample)
    if readable:
        items = list(sample.items.prefetch_related("marks__criterion"))
        _log(request, sample, [item.key for item in items])
    context = {
        "sample": sample,
        "measure": measure_named(sample.measure),
        "result": result_of(sample),
        "items": items,
        "readable": readable,
        "goes_on": _goes_on(sample.audit),
        "moves": WORKFLOW.open_to(sample.state, engaged_as(request.user, sample.audit)),
        "parameters": _in_percent(sample),
        "check": _check(sample) if "kontroll" in request.GET else None,
    }
    return render(request, "audits/sample.html", context)


def _in_percent(sample: Sample) -> dict[str, float]:
    """Return the shares of the sample's rule as percent, by their names."""
    names = ("confidence", "tolerable", "expected", "share")
    return {name: 100 * sample.parameters[name] for name in names if sample.parameters.get(name) is not None}


def _check(sample: Sample) -> str:
    """Return what came of drawing the sample again, in a Swedish sentence."""
    try:
        again = drawn_again(sample)
    except (RequestFault, SamplingFault, SnapshotFault) as fault:
        return f"Stickprovet går inte att dra om: {fault}"
    if again == list(sample.items.values_list("key", flat=True)):
        return "Stickprovet är draget igen ur samma underlag med samma slumpfrö. Det gav samma ärenden."
    return "Stickprovet är draget igen men gav andra ärenden. Måttets definition har ändrats sedan det drogs."


@require_http_methods(["GET", "POST"])
@transaction.atomic
def audit_sample_item(request: UserRequest, pk: int, position: int) -> HttpResponse:
    """Show one case and write what it shows."""
    sample = _readable_or_refused(request.user, pk)
    item = get_object_or_404(SampleItem.objects.select_related("sample__audit"), sample=sample, position=position)
    _log(request, sample, [item.key])
    form = SampleItemForm(request.POST or None, item=item, read_as=item.revision)

    def save(fields: dict[str, Any]) -> str:
        asked = {name: fields[name] for name in ("comment", "read_as", "why")}
        try:
            mark_case(item=item, marks=form.marks(), by=request.user, **asked)
        except Overtaken as fault:
            form.tell_of_marks(fault.current)
            raise
        return f"Ärende {item.position} är sparat."

    known = (
        ("Ärendenummer i källsystemet", item.case_number),
        ("Personens pseudonym", item.pseudonym),
        ("Del", item.stratum),
    )
    before = tuple((label, text) for label, text in known if text)
    title = f"Ärende {item.position} av {sample.size}"
    return write(request, form, Writing(title, "Spara", _back(pk), sample.title, before=before), save)


@require_http_methods(["GET", "POST"])
def audit_sample_move(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Close a sample with its conclusion, or open it again with a reason."""
    sample = _sample_or_404(request.user, pk)
    try:
        move = WORKFLOW.move(name)
    except MoveFault:
        raise Http404 from None
    closing = move.target == SampleState.CLOSED
    data = request.POST if request.method == "POST" else None
    form = SampleCloseForm(data, sample=sample) if closing else WhyForm(data)
    if not closing:
        form.fields["why"].help_text = "Skriv varför stickprovet behöver öppnas."

    def save(fields: dict[str, Any]) -> str:
        if closing:
            close_sample(sample=sample, by=request.user, **fields)
            return "Stickprovet är avslutat."
        reopen_sample(sample=sample, read_as=sample.revision, by=request.user, why=fields["why"])
        return "Stickprovet är öppet igen."

    return write(request, form, Writing(move.label, move.label, _back(pk), sample.title), save)


@require_GET
@transaction.atomic
def audit_sample_file(request: UserRequest, pk: int) -> HttpResponse:
    """Hand out the sample's cases with their marks as CSV, logged."""
    sample = _readable_or_refused(request.user, pk)
    criteria = list(sample.criteria.all())
    marks = {
        (item, criterion): Mark(mark).label
        for item, criterion, mark in SampleMark.objects.filter(item__sample=sample).values_list(
            "item_id", "criterion_id", "mark"
        )
    }
    items = list(sample.items.all())
    _log(request, sample, [item.key for item in items])
    headings = ["Nummer", "Ärendenummer", "Pseudonym", "Del", *(one.text for one in criteria), "Kommentar"]
    rows = [
        [
            item.position,
            item.case_number,
            item.pseudonym,
            item.stratum,
            *(marks.get((item.pk, one.pk), "") for one in criteria),
            item.comment,
        ]
        for item in items
    ]
    return csv_answer(f"stickprov-{sample.pk}", headings, rows)
