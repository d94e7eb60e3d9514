"""Keeping the register of steering documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from committees.actions.changes import log_change
from committees.actions.saving import save
from committees.models import Committee, Unit, User
from committees.permissions import Permission
from governance.actions.owning import check_owner
from governance.models import SteeringDocument
from governance.policies import require


@transaction.atomic
def add_document(
    *, committees: Iterable[Committee], units: Iterable[Unit] = (), by: User, **fields: Any
) -> SteeringDocument:
    """Enter a document that concerns these committees and governs the work of these units; return it.

    Raises PermissionDenied for who keeps no register of any of the committees.
    """
    concerned = list(committees)
    require(Permission.KEEP_REGISTERS, concerned, by=by)
    check_owner(fields.get("owner"), concerned)
    document = SteeringDocument.objects.create(**fields)
    document.committees.set(concerned)
    document.units.set(units)
    log_change(document, field="title", before="", after=document.title, by=by)
    return document


@transaction.atomic
def change_document(
    document: SteeringDocument,
    *,
    read_as: int,
    by: User,
    committees: Iterable[Committee],
    units: Iterable[Unit],
    **fields: Any,
) -> SteeringDocument:
    """Change what the register says of a document. Raises PermissionDenied, and Overtaken when somebody saved first."""
    concerned = list(committees)
    require(Permission.KEEP_REGISTERS, [*document.committees.all(), *concerned], by=by)
    if fields.get("owner") != document.owner:
        check_owner(fields.get("owner"), concerned)
    return save(document, read_as=read_as, by=by, committees=concerned, units=units, **fields)
