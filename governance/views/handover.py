"""What people answer for, and handing it over when they leave."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from committees.middleware import UserRequest
from committees.models import Committee, User
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import Writing, write
from governance.actions.handover import hand_over_all
from governance.forms.actions import people_of
from governance.forms.handover import HandoverForm
from governance.selectors.belongings import holders, to_hand_over


@require_GET
@needs(Permission.MANAGE_ACTIONS)
def handover_list(request: UserRequest) -> HttpResponse:
    """Show who answers for how much, those who have left first."""
    return render(request, "governance/handover_list.html", {"holders": holders(request.user)})


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_ACTIONS)
def handover(request: UserRequest, pk: int) -> HttpResponse:
    """Show all that one person answers for, and hand it over to another."""
    theirs = to_hand_over(request.user)
    owners = {one.owner.pk for one in theirs}
    person = get_object_or_404(User.objects.filter(pk__in=owners), pk=pk)
    theirs = [one for one in theirs if one.owner == person]
    committees = Committee.objects.filter(pk__in={one.committee.pk for one in theirs}).order_by("code")
    people = people_of(committees, timezone.localdate()).exclude(pk=person.pk)
    form = HandoverForm(request.POST or None, committees=committees, people=people)

    def save(values: dict[str, Any]) -> str:
        to = values["owner"]
        count = hand_over_all(person=person, to=to, why=values["why"], committee=values["committee"], by=request.user)
        return f"{count} {'sak är överlämnad' if count == 1 else 'saker är överlämnade'} till {to}."

    back = reverse("steering_handovers")
    writing = Writing(
        f"Lämna över efter {person}",
        "Lämna över",
        back,
        "Överlämning",
        template="governance/handover.html",
        context={"theirs_all": theirs},
    )
    return write(request, form, writing, save)
