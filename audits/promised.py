"""What recommendations have on the watch list, and what an action says of the recommendation it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from audits.models import Response
from audits.selectors.register import Standing, addressed, register_of
from committees.models import Committee, User
from governance.models import Action
from governance.selectors.causes import CauseLink
from governance.watch import WatchItem

_KINDS = {
    Standing.ONGOING: "rekommendation att genomföra",
    Standing.WITHOUT_ACTION: "rekommendation utan åtgärd",
}


def watched(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the answered recommendations that the committees have left to carry out, told apart when nothing is promised."""
    rows = register_of(user).filter(committee__in=committees, standing__in=_KINDS, due__isnull=False)
    for row in rows.select_related("recommendation", "committee", "response__owner"):
        yield WatchItem(
            key=f"recommendation-{row.pk}",
            due=row.due,
            kind=_KINDS[Standing(row.standing)],
            title=row.recommendation.text,
            url=reverse("audit_recommendation", args=[row.pk]),
            committee=row.committee,
            owner=row.response.owner,
        )


def causes(action: Action, user: User) -> Iterator[CauseLink]:
    """Yield the recommendations that the action answers and the user may read."""
    readable = Response.objects.visible_to(user).filter(actions=action).values("addressee")
    rows = addressed(user).filter(pk__in=readable).select_related("recommendation__audit")
    for row in rows:
        said = row.recommendation
        yield CauseLink(
            kind="rekommendation",
            title=f"{said.number}. {said.text} ({said.audit})",
            url=reverse("audit_recommendation", args=[row.pk]),
        )
