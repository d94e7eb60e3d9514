"""What a committee says of its outcomes: values reported by hand and attested, and explanations."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.middleware import UserRequest
from committees.models import Committee
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, refused, write
from governance.actions.explanations import attest_value, change_value, explain, report_value
from governance.figures import PinnedFigure
from governance.forms.explanations import ChangedValueForm, ExplanationForm, ValueForm
from governance.models import Explanation, Indicator, ReportedValue
from governance.selectors.standings import Standing, lacking, standings, years_offered
from governance.views.choosing import chosen, own_committee
from governance.views.indicators import committees_of, indicator_for, writing
from reporting.figures.model import Period


@require_GET
@needs(Permission.SEE_STEERING)
def explanation_list(request: UserRequest) -> HttpResponse:
    """Show the outcomes of a year that should be explained, those that are not first."""
    place = chosen(request)
    found = standings(place.committee, place.year, access=request.access, snapshot=place.snapshot)
    owed = [one for one in found if one.asks_for_explanation or one.explanations]
    whole = Period.year(place.year)
    of_parts = Explanation.objects.filter(committee=place.committee, end__year=place.year).exclude(end=whole.end)
    context = {
        "place": place,
        "lacking": lacking(found),
        "explained": [one for one in owed if one.explanations],
        "of_parts": of_parts.select_related("indicator", "committee", "action").order_by("-end", "indicator__code"),
        "may_steer": request.access.may_for(Permission.STEER, [place.committee.code]),
    }
    return render(request, "governance/goal_explanations.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_STEERING)
def explanation_edit(request: UserRequest, pk: int, committee: str, year: int, month: int = 12) -> HttpResponse:
    """Explain the outcome from New Year to the end of a month, or change the explanation; who may not write reads it."""
    indicator, body = indicator_for(request, pk), own_committee(request, committee)
    if body not in committees_of(indicator, request, Permission.SEE_STEERING):
        raise Http404("Indikatorn följer inget av nämndens mål.")
    if year not in years_offered(timezone.localdate().year) or not 1 <= month <= 12:
        raise Http404("Det finns inget utfall för det året.")
    period = Period(dt.date(year, 1, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
    until = None if period.is_calendar_year else period.end
    given = Explanation.objects.filter(indicator=indicator, committee=body, start=period.start, end=period.end).first()
    only = Indicator.objects.filter(pk=pk)
    standing = standings(body, year, access=request.access, indicators=only, until=until)[0]
    if not request.access.may_for(Permission.STEER, [body.code]):
        if request.method == "POST":
            raise refuse(Permission.STEER)
        return render(request, "governance/goal_explanation.html", {"standing": standing, "given": given})
    return _explain(request, indicator, body, period, given, standing)


def _explain(
    request: UserRequest,
    indicator: Indicator,
    body: Committee,
    period: Period,
    given: Explanation | None,
    standing: Standing,
) -> HttpResponse:
    names = ("text", "action", "reason_for_none")
    form = ExplanationForm(
        request.POST or None,
        committee=body,
        indicator=indicator,
        day=timezone.localdate(),
        read_as=given.revision if given else 0,
        initial={name: getattr(given, name) for name in names} if given else {},
    )
    if given is None:
        del form.fields["why"]

    def save(values: dict[str, Any]) -> str:
        explain(
            indicator,
            committee=body,
            period=period,
            answer=values["answer"],
            by=request.user,
            read_as=values["read_as"],
            why=values.get("why", ""),
        )
        return "Förklaringen är sparad."

    return write(request, form, _writing(body, period, _facts(standing, given)), save)


def _writing(body: Committee, period: Period, facts: Sequence[tuple[str, str]]) -> Writing:
    back = f"{reverse('steering_explanations')}?namnd={body.code}&ar={period.end.year}"
    heading = f"Förklara utfallet {period.label()}"
    return Writing(heading, "Spara förklaringen", back, "Förklaringar", before=tuple(facts))


def _facts(standing: Standing, given: Explanation | None) -> list[tuple[str, str]]:
    """Return what the explanation is about: the indicator with its outcome and target, and what it was when explained."""
    outcome = f"Utfall {standing.value}"
    target = f", målet är {standing.target}" if standing.target else ""
    since = "Sedan året före" if standing.period.is_calendar_year else "Sedan samma tid året före"
    facts = [(standing.name, f"{outcome}{target}. {since}: {standing.trend}.")]
    facts += [(f"Det som sades om {one.period}", f"{one.text} {one.answer}.") for one in standing.said_before]
    pinned = PinnedFigure.from_json(given.figure) if given else None
    if pinned and standing.outcome is not None and pinned.in_words != standing.value:
        facts.append(("När utfallet förklarades", f"{pinned.in_words} (uppgifter till och med {pinned.as_of})"))
    return facts


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def value_report(request: UserRequest, pk: int) -> HttpResponse:
    """Report a value by hand."""
    indicator = indicator_for(request, pk)
    own = committees_of(indicator, request, Permission.STEER)
    if not own or not indicator.manual:
        raise refuse(Permission.STEER)
    committees = Committee.objects.filter(pk__in=[one.pk for one in own])
    first = {"year": request.GET.get("ar") or timezone.localdate().year - 1, "committee": own[0]}
    form = ValueForm(request.POST or None, committees=committees, unit=indicator.unit, initial=first)

    def save(values: dict[str, Any]) -> str:
        report_value(indicator, by=request.user, **values)
        return "Värdet är rapporterat. Det redovisas när en chef har attesterat det."

    return write(request, form, writing(indicator, "Rapportera ett värde", "Rapportera"), save)


def _value(request: UserRequest, pk: int, permission: Permission) -> ReportedValue:
    reported = get_object_or_404(
        ReportedValue.objects.visible_to(request.user).select_related("indicator", "committee", "reported_by"), pk=pk
    )
    if not request.access.may_for(permission, [reported.committee.code]):
        raise refuse(permission)
    return reported


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def value_change(request: UserRequest, pk: int) -> HttpResponse:
    """Change a reported value, with the reason."""
    reported = _value(request, pk, Permission.STEER)
    first = {"value": reported.value.normalize(), "source": reported.source}
    form = ChangedValueForm(request.POST or None, read_as=reported.revision, initial=first)

    def save(values: dict[str, Any]) -> str:
        change_value(reported, by=request.user, **values)
        return "Värdet är ändrat och väntar på attest."

    return write(request, form, writing(reported.indicator, "Ändra värdet", "Spara"), save)


@require_POST
@needs(Permission.ATTEST)
def value_attest(request: UserRequest, pk: int) -> HttpResponse:
    """Attest a value as it was shown."""
    reported = _value(request, pk, Permission.ATTEST)

    def attest() -> str:
        read_as = request.POST.get("read_as", "")
        attest_value(reported, read_as=int(read_as) if read_as.isdecimal() else 0, by=request.user)
        return "Värdet är attesterat."

    return refused(request, attest, reverse("steering_indicator", args=[reported.indicator_id]))
