"""The log of who looked at which cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from committees.enums import CasePurpose
from committees.models import CaseAccess, Committee, User


@transaction.atomic
def log_case_access(
    *,
    by: User,
    purpose: CasePurpose,
    measure: str,
    snapshot: str,
    committees: Sequence[Committee],
    filters: Mapping[str, Sequence[str]],
    shown: Sequence[str],
) -> CaseAccess:
    """Record that the person was shown these cases (unit keys) of these committees, and return the record.

    Called in the transaction of the view that shows them: no record, no cases.
    """
    access = CaseAccess.objects.create(
        user=by,
        purpose=purpose,
        measure=measure,
        snapshot=snapshot,
        filters={name: list(values) for name, values in filters.items()},
        shown=list(shown),
    )
    access.committees.add(*committees)
    return access
