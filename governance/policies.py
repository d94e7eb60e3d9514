"""What a person may do in steering, asked where it is done."""

from __future__ import annotations

from collections.abc import Iterable

from committees.models import Committee, User
from committees.permissions import Access, Permission, access_of
from committees.views.guards import refuse


def held_for(user: User, committee: Committee) -> frozenset[Permission]:
    """Return what the user holds for the committee as a whole, in all its units."""
    access = access_of(user)
    return frozenset(permission for permission in Permission if access.may_for(permission, [committee.code]))


def may_keep(access: Access, committees: Iterable[Committee]) -> bool:
    """Tell whether somebody keeps the register of any of the committees."""
    return any(access.may_for(Permission.KEEP_REGISTERS, [committee.code]) for committee in committees)


def require(permission: Permission, committees: Iterable[Committee], *, by: User) -> None:
    """Raise PermissionDenied, saying why, unless the person holds the permission for at least one of the committees.

    What concerns several committees is kept by any of them; what belongs to one is asked for that one.
    """
    access = access_of(by)
    if not any(access.may_for(permission, [committee.code]) for committee in committees):
        raise refuse(permission)
