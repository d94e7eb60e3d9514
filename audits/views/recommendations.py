"""What became of recommendations: the register, one recommendation to one body, its answer, actions and verifications."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audits.actions.responses import move_response, promise_action, set_status, tie_action, untie_action, write_response
from audits.actions.verifications import may_verify_in, verify
from audits.forms.responses import PromiseForm, ReasonForm, ResponseForm, StatusForm, TieForm, VerificationForm
from audits.models import Addressee, Response, Verification
from audits.policies import RESPONSE, held_for_response
from audits.recommendation_tables import RecommendationFilter, RecommendationTable
from audits.selectors.register import addressed, age, lacks_action, register_of, tallies
from committees.middleware import UserRequest
from committees.models import Change, Committee
from committees.permissions import Permission
from committees.views.guards import refuse
from committees.views.writing import Writing, write
from governance.actions.actions import Promise
from governance.enums import Cause
from governance.forms.actions import people_of
from governance.models import Action
from governance.views.registers import Register, register_page

REGISTER = Register(
    "rekommendationer", "audits/recommendations.html", RecommendationFilter, RecommendationTable, "-decided_on"
)
_RELATED = ("recommendation__audit", "committee")


@require_GET
def audit_recommendations(request: UserRequest) -> HttpResponse:
    """Show the register of recommendations, and how many there are by committee and year."""
    rows = register_of(request.user).select_related(*_RELATED)
    counted = RecommendationFilter(request.GET, queryset=rows).qs.select_related(None).select_related("committee")
    summary = [] if request.GET.get("fil") else tallies(counted)
    return register_page(request, rows, REGISTER, tallies=summary)


@require_GET
def audit_recommendation(request: UserRequest, pk: int) -> HttpResponse:
    """Show a recommendation to one body: what the committee answers and does, what the auditors have found, and every change."""
    related = ("recommendation__takes_over__audit", "recommendation__repeats__audit", *_RELATED)
    row = get_object_or_404(register_of(request.user).select_related(*related), pk=pk)
    addressee: Addressee = row
    response = _response(request, addressee)
    held = held_for_response(request.user, addressee)
    answers = Permission.RESPOND_TO_AUDITS in held
    actions = response.actions.select_related("owner", "committee").order_by("due") if response else []
    readable = set(Action.objects.visible_to(request.user).filter(responses=response).values_list("pk", flat=True))
    followers = addressee.recommendation.taken_over_by.filter(
        audit__in=type(addressee.recommendation.audit).objects.visible_to(request.user), removed=False
    )
    context = {
        "row": row,
        "recommendation": addressee.recommendation,
        "audit": addressee.recommendation.audit,
        "response": response,
        "actions": [(action, action.pk in readable) for action in actions],
        "lacks_action": lacks_action(row),
        "age": age(row.decided_on, timezone.localdate()),
        "answers": answers,
        "moves": RESPONSE.open_to(response.state, held) if response else (),
        "verifications": Verification.objects.visible_to(request.user)
        .filter(addressee=addressee)
        .select_related("by", "audit"),
        "may_verify": may_verify_in(request.user, addressee).exists(),
        "followers": followers.select_related("audit"),
        "commissions": addressee.recommendation.commissions.visible_to(request.user).order_by("given_on", "pk"),
        "changes": _changes(response, answers=answers),
    }
    return render(request, "audits/recommendation.html", context)


def _changes(response: Response | None, *, answers: bool) -> list[Change]:
    """Return the answer's history: all of it for those who answer; for others from when it was given, drafts left out."""
    if response is None:
        return []
    changes = Change.objects.of(response).select_related("by")
    if not answers:
        changes = changes.filter(at__gte=response.given_at) if response.given_at else changes.none()
    return list(changes)


def _response(request: UserRequest, addressee: Addressee) -> Response | None:
    readable = Response.objects.visible_to(request.user).select_related("owner", "given_by")
    return readable.filter(addressee=addressee).first()


def _own(request: UserRequest, pk: int) -> tuple[Addressee, Committee]:
    """Return the recommendation to a body whose committee the reader answers for."""
    found = get_object_or_404(addressed(request.user).select_related(*_RELATED), pk=pk)
    if found.committee is None or Permission.RESPOND_TO_AUDITS not in held_for_response(request.user, found):
        raise refuse(Permission.RESPOND_TO_AUDITS)
    return found, found.committee


def _answered(request: UserRequest, pk: int) -> tuple[Response, Committee]:
    addressee, committee = _own(request, pk)
    return get_object_or_404(Response.objects.select_related("addressee"), addressee=addressee), committee


def _writing(addressee: Addressee, title: str, button: str) -> Writing:
    back = reverse("audit_recommendation", args=[addressee.pk])
    said = addressee.recommendation
    label = f"Rekommendation {said.number}"
    return Writing(title, button, back, label, before=((label, said.text),))


@require_http_methods(["GET", "POST"])
def audit_response(request: UserRequest, pk: int) -> HttpResponse:
    """Write the committee's answer."""
    addressee, committee = _own(request, pk)
    response = Response.objects.filter(addressee=addressee).first()
    names = ("position", "text", "owner", "due", "decided_on", "paragraph")
    people = people_of(Committee.objects.filter(pk=committee.pk), timezone.localdate())
    form = ResponseForm(
        request.POST or None,
        people=people,
        read_as=response.revision if response else 0,
        initial={name: getattr(response, name) for name in names} if response else {},
    )

    def save(fields: dict[str, Any]) -> str:
        write_response(addressee, by=request.user, **fields)
        return "Svaret är sparat som utkast. Lämna det när nämnden har beslutat."

    return write(request, form, _writing(addressee, "Besvara rekommendationen", "Spara utkastet"), save)


@require_http_methods(["GET", "POST"])
def audit_response_move(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Give the answer to the auditors, or take it back."""
    response, _ = _answered(request, pk)
    move = next((one for one in RESPONSE.moves if one.name == name), None)
    if move is None:
        raise refuse(Permission.RESPOND_TO_AUDITS)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["why"].required = move.asks_why
    if not move.asks_why:
        del form.fields["why"]

    def save(fields: dict[str, Any]) -> str:
        moved = move_response(response, name=name, by=request.user, why=fields.get("why", ""))
        return f"Svarets läge är nu ”{moved.get_state_display()}”."

    return write(request, form, _writing(response.addressee, move.label, move.label), save)


@require_http_methods(["GET", "POST"])
def audit_response_status(request: UserRequest, pk: int) -> HttpResponse:
    """Say how far the committee has come."""
    response, _ = _answered(request, pk)
    initial = {"status": response.status, "text": response.status_text}
    form = StatusForm(request.POST or None, read_as=response.revision, initial=initial)

    def save(fields: dict[str, Any]) -> str:
        saved = set_status(response, by=request.user, **fields)
        return f"Nämndens status är nu ”{saved.get_status_display()}”."

    return write(request, form, _writing(response.addressee, "Följ upp", "Spara statusen"), save)


@require_http_methods(["GET", "POST"])
def audit_response_promise(request: UserRequest, pk: int) -> HttpResponse:
    """Lay down an action that answers the recommendation."""
    response, committee = _answered(request, pk)
    people = people_of(Committee.objects.filter(pk=committee.pk), timezone.localdate())
    form = PromiseForm(request.POST or None, people=people)
    said = response.addressee.recommendation

    def save(fields: dict[str, Any]) -> str:
        text = f"Rekommendation {said.number}, {said.audit}"[:300]
        made = promise_action(
            response,
            promise=Promise(cause=Cause.RECOMMENDATION, cause_text=text, **fields),
            by=request.user,
        )
        return f"Åtgärden ”{made.title}” är upplagd."

    return write(request, form, _writing(response.addressee, "Lägg upp en åtgärd", "Lägg upp åtgärden"), save)


@require_http_methods(["GET", "POST"])
def audit_response_tie(request: UserRequest, pk: int) -> HttpResponse:
    """Let an action the committee already has answer the recommendation."""
    response, committee = _answered(request, pk)
    actions = Action.objects.visible_to(request.user).filter(committee=committee)
    actions = actions.exclude(pk__in=response.actions.values("pk")).order_by("title")
    form = TieForm(request.POST or None, actions=actions)

    def save(fields: dict[str, Any]) -> str:
        tie_action(response, action=fields["action"], by=request.user)
        return "Åtgärden hör nu till rekommendationen."

    return write(request, form, _writing(response.addressee, "Välj en åtgärd som finns", "Välj åtgärden"), save)


@require_http_methods(["GET", "POST"])
def audit_response_untie(request: UserRequest, pk: int, action: int) -> HttpResponse:
    """Let an action no longer answer the recommendation."""
    response, _ = _answered(request, pk)
    tied = get_object_or_404(response.actions, pk=action)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def save(fields: dict[str, Any]) -> str:
        untie_action(response, action=tied, by=request.user, why=fields["why"])
        return f"”{tied.title}” hör inte längre till rekommendationen."

    return write(request, form, _writing(response.addressee, "Ta bort kopplingen", "Ta bort"), save)


@require_http_methods(["GET", "POST"])
def audit_verify(request: UserRequest, pk: int) -> HttpResponse:
    """Say what the auditors have found has become of the recommendation."""
    addressee = get_object_or_404(addressed(request.user).select_related(*_RELATED), pk=pk)
    audits = may_verify_in(request.user, addressee)
    if not audits.exists():
        raise refuse(Permission.CARRY_OUT_AUDITS)
    form = VerificationForm(request.POST or None, audits=audits)

    def save(fields: dict[str, Any]) -> str:
        made = verify(addressee, by=request.user, **fields)
        return f"Verifierad status är nu ”{made.get_status_display()}”."

    return write(request, form, _writing(addressee, "Verifiera", "Spara verifieringen"), save)
