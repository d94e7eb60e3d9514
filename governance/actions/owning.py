"""Making somebody answer for something in the registers, and handing it over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.actions.changes import log_change
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.revising import revise
from governance.models import Commission, Forum, Indicator, Inquiry, SteeringDocument
from governance.policies import require

OwnedRow = TypeVar("OwnedRow", Commission, Forum, Indicator, Inquiry, SteeringDocument)


def check_owner(owner: User | None, committees: Iterable[Committee]) -> None:
    """Raise ValidationError, in Swedish, for an owner who may not see the steering of any of the committees.

    A role for one unit is enough: chiefs of units answer for much of what their committee has promised.
    """
    concerned = list(committees)
    if owner is None or {one.code for one in concerned} & set(
        access_of(owner).committees_with(Permission.SEE_STEERING)
    ):
        return
    names = " eller ".join(str(one) for one in concerned)
    raise ValidationError({"owner": f"{owner} har ingen roll i {names} och kan inte vara ansvarig."})


@transaction.atomic
def give_to(
    row: OwnedRow, *, owner: User, committees: Iterable[Committee], permission: Permission, why: str, by: User
) -> OwnedRow:
    """Let another answer for it; who may change it for any of its committees may do that.

    Raises PermissionDenied, and ValidationError for one who may not see the steering of any of the committees.
    """
    concerned = list(committees)
    require(permission, concerned, by=by)
    check_owner(owner, concerned)
    log_change(row, field="owner", before=row.owner, after=owner, by=by, why=why)
    return revise(row, read_as=row.revision, owner=owner)
