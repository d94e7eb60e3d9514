"""The choice of who answers for something."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.utils import timezone

from committees.models import Committee, User
from committees.permissions import Access, Permission
from governance.forms.actions import people_of


def owner_field(label: str = "Vem ansvarar?") -> forms.ModelChoiceField[User]:
    """Return the choice of who answers for something; it offers nobody until `offer_people`."""
    says = "Den som ansvarar påminns när ett datum närmar sig. Utan ansvarig påminns nämndens sekreterare."
    people = User.objects.none()
    return forms.ModelChoiceField(
        label=label, queryset=people, required=False, empty_label="Ingen särskild", help_text=says
    )


def offer_people(form: forms.Form, access: Access, permission: Permission, *, now: User | None = None) -> None:
    """Offer, as `owner`, the people of the committees for which the reader holds the permission, and who answers for it now."""
    own = Committee.objects.filter(code__in=access.committees_with(permission))
    kept = Q(pk=now.pk) if now else Q(pk__in=())
    people = Q(pk__in=people_of(own, timezone.localdate()).values("pk"))
    form.fields["owner"].queryset = User.objects.filter(people | kept).order_by("username")  # type: ignore[attr-defined]
