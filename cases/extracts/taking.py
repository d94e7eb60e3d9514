"""Taking a register extract (GDPR art. 15): who may, and that it leaves a trace."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases.extracts.gathering import Extract, gather
from committees.actions.case_access import log_case_access
from committees.enums import CasePurpose
from committees.models import User
from committees.permissions import Permission, access_of

REFERENCE = "ärende"


@transaction.atomic
def take_extract(*, person: str, reference: str, by: User) -> Extract:
    """Return everything held about the person of that keyed hash, and record that it was taken, by whom and in which matter.

    The record stands among the looks at cases; it is written also when nothing is held. Raises PermissionDenied for who may not
    take extracts for the whole municipality: a person's rows are of several committees, and the person asks for them all.
    """
    if not access_of(by).may_everywhere(Permission.TAKE_EXTRACTS):
        raise PermissionDenied("Registerutdrag tas fram av systemförvaltare för hela kommunen.")
    extract = gather(person)
    log_case_access(
        by=by,
        purpose=CasePurpose.REGISTER_EXTRACT,
        measure="",
        snapshot="",
        committees=extract.committees,
        filters={REFERENCE: [reference]},
        shown=sorted(extract.sought.cases),
    )
    return extract
