"""Taking an audit from one state to the next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audits.actions.moves import move_audit
from audits.models import Audit
from audits.policies import AUDIT
from audits.views.common import audit_or_404
from committees.middleware import UserRequest
from committees.views.writing import Writing, write
from committees.workflows import Move, MoveFault
from committees.writing_forms import DateField

_LEADS = {
    "send_to_fact_check": "De granskade nämnderna ser då allt som granskarna har skrivit om dem, och kan lämna synpunkter.",
    "withdraw_fact_check": "De granskade nämnderna ser då inte längre granskningen.",
    "close_fact_check": "Inga fler synpunkter kan lämnas. Texten går att ändra igen.",
    "submit": "De förtroendevalda revisorerna tar vid. Texten går inte att ändra medan de läser.",
    "decide": "Det som är beslutat ändras inte mer. De granskade nämnderna kan svara på rekommendationerna.",
    "publish": "Alla som kan logga in ser granskningen.",
}


class MoveForm(forms.Form):
    """What a step asks for."""

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        """Ask for a reason, a day and a paragraph where the step wants them."""
        super().__init__(*args, **kwargs)
        if move.asks_why:
            self.fields["why"] = forms.CharField(label="Skäl", max_length=500)
        if move.target in {"decided", "published"}:
            self.fields["on"] = DateField(label="Beslutsdatum" if move.target == "decided" else "Publicerad den")
        if move.target == "decided":
            self.fields["paragraph"] = forms.CharField(label="Paragraf", max_length=20, required=False)


@require_http_methods(["GET", "POST"])
def audit_move(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Say what a step means, ask for what it needs, and take it."""
    audit: Audit = audit_or_404(request.user, pk)
    try:
        move = AUDIT.move(name)
    except MoveFault:
        raise Http404 from None
    form = MoveForm(request.POST if request.method == "POST" else None, move=move, initial={"on": timezone.localdate()})

    def save(fields: dict[str, Any]) -> str:
        moved = move_audit(audit, name=name, by=request.user, **fields)
        return f"Granskningens läge är nu ”{moved.get_state_display()}”."

    back = reverse("audit_page", kwargs={"pk": pk})
    writing = Writing(move.label, move.label, back, audit.title, lead=_LEADS.get(name, ""))
    return write(request, form, writing, save)
