"""What recommendations have on the watch list and in a handover, and what an action says of the one it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from audits.actions.responses import give_response_to
from audits.models import Addressee, Response
from audits.selectors.register import Standing, addressed, register_of
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.models import Action
from governance.selectors import belongings
from governance.selectors.belongings import Belonging
from governance.selectors.causes import CauseLink
from governance.watch import OpenRow, WatchItem, open_rows, register_rows, simple

_KINDS = {
    Standing.ONGOING: "rekommendation att genomföra",
    Standing.WITHOUT_ACTION: "rekommendation utan åtgärd",
}


def _promised(user: User, committees: Sequence[Committee]) -> QuerySet[Any]:
    """Return the answered recommendations that the committees have left to carry out."""
    rows = register_of(user).filter(committee__in=committees, standing__in=_KINDS, due__isnull=False)
    return open_rows(
        rows, day="due", title="recommendation__text", committee="committee", owner="response__owner", note="standing"
    )


def _told(rows: Sequence[OpenRow], user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield them, told apart when nothing is promised."""
    for standing, kind in _KINDS.items():
        tell = simple(kind, "audit_recommendation", key="recommendation")
        yield from tell([row for row in rows if row.note == standing], user, committees)


def register() -> None:
    """Let the watch list ask."""
    register_rows(_promised, _told)


def causes(action: Action, user: User) -> Iterator[CauseLink]:
    """Yield the recommendations that the action answers and the user may read."""
    readable = Response.objects.visible_to(user).filter(actions=action).values("addressee")
    rows = addressed(user).filter(pk__in=readable).select_related("recommendation__audit")
    for row in rows:
        yield recommendation_behind(row)


def recommendation_behind(row: Addressee, drop_url: str = "") -> CauseLink:
    """Return what a page says of the recommendation, to that body, which caused what the page shows."""
    said = row.recommendation
    url = reverse("audit_recommendation", args=[row.pk])
    return CauseLink("rekommendation", f"{said.number}. {said.text} ({said.audit})", url, drop_url)


@belongings.register
def responses_to_hand_over(reader: User) -> Iterator[Belonging]:
    """Yield the recommendations that somebody is to carry out and has not, of the committees the reader answers for."""
    answered = access_of(reader).committees_with(Permission.RESPOND_TO_AUDITS)
    rows = register_of(reader).filter(committee__code__in=answered, response__owner__isnull=False)
    waiting = rows.exclude(standing__in=(*Standing.closed(), Standing.REFUSED))
    for row in waiting.select_related("recommendation__audit", "committee", "response__owner"):
        response = row.response
        response.addressee = row
        yield Belonging(
            kind="rekommendation",
            title=row.recommendation.text,
            url=reverse("audit_recommendation", args=[row.pk]),
            committee=row.committee,
            owner=response.owner,
            due=row.due,
            give=partial(_give, response),
        )


def _give(response: Response, to: User, by: User, why: str) -> None:
    give_response_to(response, owner=to, why=why, by=by)
