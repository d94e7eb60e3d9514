"""Where steering begins: the subjects, each with what it is for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs


@dataclass(frozen=True)
class Subject:
    """A part of steering with pages of its own."""

    name: str
    url_name: str
    about: str

    @property
    def url(self) -> str:
        """The address of its first page."""
        return reverse(self.url_name)


SUBJECTS = [
    Subject("Bevakning", "steering_watch", "Allt med ett datum som nämnden ska göra eller väntar på."),
    Subject("Mål", "steering_goals", "Vad nämnden vill uppnå, hur det går, och varför när det inte går som det ska."),
    Subject("Åtgärder", "steering_actions", "Vad som ska göras, av vem och när, och om måttet rörde sig."),
    Subject(
        "Intern kontroll", "steering_control_plans", "Vad som kan gå fel, hur det kontrolleras och vad som visade sig."
    ),
    Subject("Rutiner", "steering_routines", "Vad som alltid ska göras, vem som ansvarar och vad ingen kontrollerar."),
    Subject(
        "Styrdokument och avtal", "steering_documents", "Vad arbetet ska följa, och om det stämmer med organisationen."
    ),
    Subject(
        "Uppdrag och direktiv", "steering_commissions", "Vem som har bett vem om vad, till när, och hur det avslutades."
    ),
    Subject("Forum", "steering_forums", "Vilka som träffas om vad, och om mötena blir av."),
    Subject("Utredningar", "steering_inquiries", "Sätt att organisera sig, vägda mot varandra, och vad de kostar."),
]


@require_GET
@needs(Permission.SEE_STEERING)
def steering_home(request: UserRequest) -> HttpResponse:
    """Show the subjects of steering."""
    return render(request, "governance/home.html", {"subjects": SUBJECTS})
