"""Handing in files: received sealed, looked at and taken by the worker; the page tells how far that has come."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from cases.actions.handing_in import begin, hand_in, stop, throw_away
from cases.deliveries.progress import spoken
from cases.forms.handing_in import HandInForm, WaitingForm
from cases.models import WaitingDelivery
from cases.uploads.receiving import LARGEST, SealingHandler
from cases.views.fault_kinds import kinds_of
from cases.views.fault_workbooks import files_to_fetch
from committees.disk import NO_ROOM, is_full
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs_everywhere
from committees.workflows import MoveFault

_TOO_LARGE = f"Filerna är för stora: högst {LARGEST // 1_000_000} MB tillsammans. Dela upp dem i flera leveranser."


# The token is in the body, which must not be read before the handler that seals it is in its place; the inner view checks it.
@csrf_exempt
@require_http_methods(["GET", "POST"])
@needs_everywhere(Permission.DELIVER)
def source_new(request: UserRequest) -> HttpResponse:
    """Receive the files of a delivery."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _refused(request, _TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    handler = SealingHandler(request)
    request.upload_handlers = [handler]
    kept = False
    try:
        response = _receive(request)
        kept = response.status_code == HTTPStatus.FOUND
    except Exception as fault:
        if not is_full(fault):
            raise
        return _refused(request, f"{NO_ROOM} Inget är mottaget.", HTTPStatus.INSUFFICIENT_STORAGE)
    finally:
        if not kept:
            handler.throw_away()
    return response


def _refused(request: HttpRequest, why: str, status: HTTPStatus) -> HttpResponse:
    return render(request, "cases/source_new.html", {"form": HandInForm(), "refusal": why}, status=status)


@csrf_protect
def _receive(request: HttpRequest) -> HttpResponse:
    request = cast("UserRequest", request)
    form = HandInForm()
    if request.method == "POST":
        form = HandInForm(request.POST, request.FILES)
        if form.is_valid():
            handed_in = hand_in(files=form.cleaned_data["delivered"], by=request.user)
            return redirect("source_waiting", pk=handed_in.pk)
    waiting = WaitingDelivery.objects.visible_to(request.user).select_related("by").prefetch_related("files")
    return render(request, "cases/source_new.html", {"form": form, "waiting": waiting})


@require_http_methods(["GET", "POST"])
@cache_control(no_store=True, private=True)
@needs_everywhere(Permission.DELIVER)
def source_waiting(request: UserRequest, pk: int) -> HttpResponse:
    """Show what was handed in and how it goes, and do with it what a button asks for."""
    known = WaitingDelivery.objects.visible_to(request.user).select_related("by", "profile", "delivery")
    waiting = get_object_or_404(known.prefetch_related("files"), pk=pk)
    form = WaitingForm(request.POST or None, waiting)
    if request.method == "POST" and _done(request, waiting, form):
        return redirect("source_waiting", pk=waiting.pk)
    now = timezone.now()
    busy = waiting.is_worked_on(now)
    left = spoken((waiting.ready_at - now).total_seconds()) if busy and waiting.ready_at else ""
    template = "cases/parts/waiting_state.html" if request.htmx and busy else "cases/source_waiting.html"
    mappable = [] if busy else [file for file in waiting.files.all() if file.kind]
    shown = {"waiting": waiting, "form": form, "busy": busy, "time_left": left, "mappable": mappable}
    shown["workbooks"] = files_to_fetch(waiting, request.user)
    shown["error_kinds"] = kinds_of(waiting.outcome.get("errors", ()))
    shown["warning_kinds"] = kinds_of(waiting.outcome.get("warnings", ()))
    response = render(request, template, shown)
    if request.htmx and not busy:
        response["HX-Refresh"] = "true"  # the whole page has something to say now
    return response


def _done(request: UserRequest, waiting: WaitingDelivery, form: WaitingForm) -> bool:
    """Do what the button asks for; False when the form has to be shown again with its faults."""
    act = request.POST.get("gor", "")
    try:
        if act == "avbryt":
            stop(waiting=waiting, by=request.user)
        elif act == "kasta":
            throw_away(waiting=waiting, by=request.user)
            messages.success(request, "Filerna är borttagna. Inget är inläst.")
        elif form.is_valid():
            begin(
                waiting=waiting,
                kinds=form.kinds,
                profile=form.chosen_profile,
                replaces=form.cleaned_data["replaces"],
                take=act == "las-in",
                by=request.user,
            )
        else:
            return False
    except MoveFault as fault:
        messages.error(request, str(fault))
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    return True
