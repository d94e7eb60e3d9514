"""The register of recommendations: one row for each body that a recommendation is made to, as this reader may see it.

What the committee says and what the auditors have verified are kept apart; `standing` says what is to be done now.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from audits.enums import AuditState, CommitteeStatus, ResponseState, VerifiedStatus
from audits.models import Addressee, Audit, AuditedBody, Recommendation, Response, Verification
from audits.models.responses import told_to
from committees.models import User

_SETTLED = tuple(set(VerifiedStatus.values) - {one.value for one in VerifiedStatus.open()})


class Standing(TextChoices):
    """What stands to be done with a recommendation now; the order is the one in which they are asked."""

    TAKEN_OVER = "taken_over", "Lever vidare i senare granskning"
    SETTLED = "settled", "Avslutad av revisorerna"
    UNANSWERED = "unanswered", "Inte besvarad"
    REFUSED = "refused", "Genomförs inte"
    TO_VERIFY = "to_verify", "Genomförd, väntar på revisorerna"
    WITHOUT_ACTION = "without_action", "Besvarad utan åtgärd"
    ONGOING = "ongoing", "Pågår"

    @classmethod
    def closed(cls) -> tuple[Standing, ...]:
        """Those in which nobody waits for anything here."""
        return (cls.TAKEN_OVER, cls.SETTLED)

    @classmethod
    def owed(cls) -> tuple[Standing, ...]:
        """Those in which the committee has something left to do."""
        return (cls.UNANSWERED, cls.WITHOUT_ACTION, cls.ONGOING)


def addressed(user: User) -> QuerySet[Addressee]:
    """Return what decided audits recommend to whom, of the audits the user may read."""
    return Addressee.objects.filter(
        removed=False,
        recommendation__in=Recommendation.objects.visible_to(user).values("pk"),
        recommendation__audit__state__in=AuditState.decided(),
    )


def register_of(user: User) -> QuerySet[Any]:
    """Return the register's rows for the user, with annotations.

    `status`, `position`, `owner`, `given` and `actions` come from the answer if the user may read it; `verified` is the newest
    the user may read; `due` is when the committee has promised it, or when it is to answer; `standing` (see Standing), `late`,
    and `decided_on` as the start of its age. Asks no more than its own query.
    """
    readable = told_to(user, "response__")
    own = AuditedBody.objects.filter(audit=OuterRef("recommendation__audit"), committee=OuterRef("committee"))
    newest = Verification.objects.visible_to(user).filter(addressee=OuterRef("pk")).order_by("-at", "-pk")
    later = Recommendation.objects.visible_to(user).filter(
        takes_over=OuterRef("recommendation"), audit__state__in=AuditState.decided()
    )
    tied = Response.objects.filter(addressee=OuterRef("pk")).order_by().annotate(number=Count("actions"))
    rows = addressed(user).annotate(
        status=Case(When(readable, then=F("response__status")), output_field=CharField()),
        position=Case(When(readable, then=F("response__position")), output_field=CharField()),
        owner=Case(When(readable, then=F("response__owner__username")), output_field=CharField()),
        given=Case(
            When(readable & Q(response__state=ResponseState.GIVEN), then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        ),
        promised=Case(When(readable, then=F("response__due")), output_field=DateField()),
        actions=Case(
            When(readable, then=Coalesce(Subquery(tied.values("number")[:1]), 0)),
            default=Value(0),
            output_field=IntegerField(),
        ),
        verified=Subquery(newest.values("status")[:1]),
        taken_over=Exists(later),
        answer_due=Subquery(own.values("response_due")[:1]),
        decided_on=F("recommendation__audit__decided_on"),
    )
    rows = rows.annotate(
        standing=_standing(),
        due=Case(When(given=1, then=F("promised")), default=F("answer_due"), output_field=DateField()),
    )
    late = Q(standing__in=Standing.owed(), due__lt=timezone.localdate())
    return rows.annotate(late=Case(When(late, then=Value(1)), default=Value(0), output_field=IntegerField()))


def _standing() -> Case:
    return Case(
        When(taken_over=True, then=Value(Standing.TAKEN_OVER.value)),
        When(verified__in=_SETTLED, then=Value(Standing.SETTLED.value)),
        When(given=0, then=Value(Standing.UNANSWERED.value)),
        When(status=CommitteeStatus.WILL_NOT, then=Value(Standing.REFUSED.value)),
        When(status=CommitteeStatus.DONE, then=Value(Standing.TO_VERIFY.value)),
        When(actions=0, then=Value(Standing.WITHOUT_ACTION.value)),
        default=Value(Standing.ONGOING.value),
        output_field=CharField(),
    )


def lacks_action(row: Any) -> bool:
    """Whether nothing is promised about a recommendation that still waits for something."""
    return not row.actions and row.standing not in (*Standing.closed(), Standing.REFUSED)


def standings_of(audit: Audit, user: User) -> dict[int, list[Any]]:
    """Return the register's rows of one audit by recommendation, nothing before it is decided.

    Each has `said` (its standing in Swedish) and `lacks` (no action is promised).
    """
    found: dict[int, list[Any]] = defaultdict(list)
    if audit.decided_on:
        for row in register_of(user).filter(recommendation__audit=audit).select_related("committee").order_by("pk"):
            row.said, row.lacks = Standing(row.standing).label, lacks_action(row)
            found[row.recommendation_id].append(row)
    return found


@dataclass
class Tally:
    """How many recommendations a body got in a year, and how far they have come. `year` is the decision's."""

    body: str
    year: int
    total: int = 0
    open: int = 0
    late: int = 0
    without_action: int = 0
    done: int = 0
    remedied: int = 0


def tallies(rows: Iterable[Any]) -> list[Tally]:
    """Sum the register's rows by body and year, the latest year first."""
    found: dict[tuple[int, str], Tally] = {}
    for row in rows:
        year, body = row.decided_on.year, row.committee.code if row.committee else row.name
        tally = found.setdefault((-year, body), Tally(body, year))
        tally.total += 1
        tally.open += row.standing not in Standing.closed()
        tally.late += row.late
        tally.without_action += lacks_action(row)
        tally.done += row.status == CommitteeStatus.DONE
        tally.remedied += row.verified == VerifiedStatus.REMEDIED
    return [found[key] for key in sorted(found)]


def age(decided_on: dt.date, today: dt.date) -> int:
    """Return how many whole months a recommendation has stood since the auditors decided."""
    months = (today.year - decided_on.year) * 12 + today.month - decided_on.month
    return max(0, months - (today.day < decided_on.day))
