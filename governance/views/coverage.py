"""The coverage matrix: committee by committee what is settled, and what is missing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from committees.middleware import UserRequest
from committees.models import Committee
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, write
from governance.actions.coverage import Settled, settle_aspect
from governance.enums import Aspect
from governance.forms.routines import CoverageForm
from governance.models import CoverageEntry, Routine, SteeringDocument
from governance.policies import held_for
from governance.selectors.coverage import coverage
from governance.selectors.routines import controls_in, with_watch

_FIRST, _LAST = 2000, 2100


@require_GET
@needs(Permission.SEE_STEERING)
def coverage_page(request: UserRequest, year: int | None = None) -> HttpResponse:
    """Show the matrix of a year, this one unless another is asked for, and the routines that nobody controls in it."""
    today = timezone.localdate()
    shown = today.year if year is None else _known(year)
    routines = with_watch(Routine.objects.visible_to(request.user)).order_by("name")
    context = {
        "year": shown,
        "aspects": Aspect.labels,
        "lines": coverage(request.user, shown, today),
        "steered": request.access.committees_with(Permission.STEER),
        "uncontrolled": [routine for routine in routines if not controls_in(routine, shown)],
    }
    return render(request, "governance/coverage.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def coverage_write(request: UserRequest, committee: str, year: int, aspect: str) -> HttpResponse:
    """Enter what settles an aspect of a committee's work."""
    of = get_object_or_404(Committee, code=committee)
    if Permission.STEER not in held_for(request.user, of):
        raise refuse(Permission.STEER)
    if aspect not in Aspect.values:
        raise Http404
    shown, what = _known(year), Aspect(aspect)
    entry = CoverageEntry.objects.filter(committee=of, year=shown, aspect=what).first()
    names = ("settled_on", "reference", "document")
    form = CoverageForm(
        request.POST or None,
        documents=SteeringDocument.objects.visible_to(request.user).order_by("title"),
        read_as=entry.revision if entry else 0,
        initial={name: getattr(entry, name) for name in names} if entry else {},
    )

    def save(values: dict[str, Any]) -> str:
        read_as, why = values.pop("read_as"), values.pop("why")
        told = Settled(**values)
        settle_aspect(told, committee=of, year=shown, aspect=what, by=request.user, read_as=read_as, why=why)
        return "Sparat."

    back = reverse("steering_coverage_of", args=[shown])
    return write(request, form, Writing(f"{of}: {what.label.lower()}", "Spara", back, f"Täckning {shown}"), save)


def _known(year: int) -> int:
    if not _FIRST <= year <= _LAST:
        raise Http404
    return year
