"""The report periods of the municipality's calendar: what may be said of one, and keeping them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.actions.changes import log_changes
from committees.models import User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse
from reporting.documents.models import ReportPeriod
from reporting.documents.work.schedule import STATUTORY_ENDS
from reporting.enums import ReportKind

PERIOD_KINDS = (ReportKind.ANNUAL, ReportKind.INTERIM)
"""What has a period in the calendar. A monthly sheet follows the committee's meetings."""
MONTH_END = "01-31|02-2[89]|0[3578]-31|1[02]-31|0[469]-30|11-30"
"""The last day of a month, as a pattern for a whole text."""
MONTH_END_SAYS = "ska vara den sista dagen i en månad, skriven som 08-31."


@dataclass(frozen=True)
class PeriodValues:
    """What is said of a period: its name, the kind of report, its last day as 08-31, and whether it is the law's."""

    name: str
    kind: str
    end: str
    statutory: bool


def period_faults(*, kind: str | None, end: str | None, statutory: bool) -> Iterator[tuple[str, str]]:
    """Yield the field and the fault, in Swedish, of what the law or the year does not allow; None is what is not known."""
    if statutory and end not in {None, *STATUTORY_ENDS}:
        yield "end", "ska vara 06-30, 07-31 eller 08-31 för den lagstadgade delårsrapporten (LKBR 13 kap. 1 §)."
    if statutory and kind not in {None, ReportKind.INTERIM}:
        yield "statutory", "bara en delårsrapport kan vara den lagstadgade."
    if kind == ReportKind.ANNUAL and end not in {None, "12-31"}:
        yield "end", "ska vara 12-31 för en helårsrapport."


def other_statutory(codes: list[str]) -> ReportPeriod | None:
    """Return the stored statutory period that is none of these: there is one a year (KL 11:16)."""
    return ReportPeriod.objects.filter(statutory=True).exclude(code__in=codes).first()


@transaction.atomic
def keep_period(code: str, values: PeriodValues, *, new: bool, by: User) -> ReportPeriod:
    """Store the period with the code and return it; reports that are set up keep their dates.

    Raises PermissionDenied, or ValidationError when the code is taken (`new`) or the law or the year does not allow it.
    """
    if not access_of(by).may(Permission.MAKE_REPORTS):
        raise refuse(Permission.MAKE_REPORTS)
    stored = ReportPeriod.objects.filter(code=code).first()
    if new and stored:
        raise ValidationError({"code": f"Koden {code} används redan av ”{stored.name}”."})
    found = list(period_faults(kind=values.kind, end=values.end, statutory=values.statutory))
    if not re.fullmatch(MONTH_END, values.end):
        found.append(("end", MONTH_END_SAYS))
    other = other_statutory([code]) if values.statutory else None
    if other:
        found.append(("statutory", f"bara en rapportperiod kan vara lagstadgad, och {other.name} är det."))
    if found:
        raise ValidationError({field: text[0].upper() + text[1:] for field, text in found})
    before = {name: getattr(stored, name) for name in vars(values)} if stored else {}
    period, _ = ReportPeriod.objects.update_or_create(code=code, defaults=vars(values))
    log_changes(period, before=before, after=vars(values), by=by)
    return period
