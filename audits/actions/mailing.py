"""Telling the audited that something waits for them. A mail says where to look and never what the findings are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audits.models import AuditedBody
from committees.models import RoleAssignment
from committees.permissions import ROLE_PERMISSIONS, Permission


def tell(
    bodies: Iterable[AuditedBody], *, permission: Permission, subject: str, text: str, url_name: str, pk: int
) -> None:
    """Mail everyone who holds the permission for one of the bodies' committees, when the transaction is through."""
    roles = [role for role, permissions in ROLE_PERMISSIONS.items() if permission in permissions]
    assigned = RoleAssignment.objects.in_force(timezone.localdate()).filter(
        role__in=roles, committee__in=[body.committee_id for body in bodies if body.committee_id], user__is_active=True
    )
    addresses = sorted(set(assigned.exclude(user__email="").values_list("user__email", flat=True)))
    address = f"{settings.BASE_URL.rstrip('/')}{reverse(url_name, kwargs={'pk': pk})}"
    one_line = " ".join(subject.split())
    for recipient in addresses:
        transaction.on_commit(partial(send_mail, one_line, f"{text}\n\n{address}\n", None, [recipient]), robust=True)
