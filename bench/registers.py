"""The registers of steering and audits with 500 recommendations and 5 000 actions in them: queries and time in the server."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterator
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audits.enums import AuditState, Position, ResponseState
from audits.models import Addressee, Audit, Recommendation, Response
from bench.promises import Promise, seconds
from committees.models import Committee, User
from governance.enums import Cause
from governance.models import Action

_MOST_QUERIES = 14
_MOST_MILLISECONDS = 200
_MOST_FOR_A_FILE = 3000
"""Milliseconds for a file of all rows; a page shows fifty."""
_ROUNDS = 5
_RECOMMENDATIONS, _ACTIONS = 500, 5000
_FIRST_DUE = dt.date(2024, 1, 1)
_LISTS = (
    "steering_actions",
    "steering_watch",
    "steering_commissions",
    "steering_documents",
    "steering_forums",
    "steering_inquiries",
    "steering_routines",
    "steering_control_plans",
    "steering_scorecards",
    "audit_list",
    "audit_recommendations",
)


def measure() -> list[Promise]:
    """Fill the registers, visit every page and file once, and then count and time each."""
    secretary = User.objects.get(username="sekreterare")
    _fill(secretary)
    client = Client()
    client.force_login(secretary)
    return [promise for address in _addresses() for promise in _promises(client, address)]


def _promises(client: Client, address: str) -> list[Promise]:
    _visit(client, address)
    with CaptureQueriesContext(connection) as queries:
        _visit(client, address)
        asked = len(queries)
    taken = statistics.median(seconds(partial(_visit, client, address)) for _round in range(_ROUNDS))
    limit = _MOST_FOR_A_FILE if address.endswith("fil=csv") else _MOST_MILLISECONDS
    return [
        Promise("queries of a register", asked, _MOST_QUERIES, "queries", address),
        Promise("server time of a register", 1000 * taken, limit, "ms", address),
    ]


def _addresses() -> Iterator[str]:
    for name in _LISTS:
        yield reverse(name)
    yield reverse("steering_scorecard", args=["SN", "namnd", "SN"])
    for name in ("steering_actions", "steering_watch", "audit_recommendations"):
        yield f"{reverse(name)}?fil=csv"


def _visit(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _fill(by: User) -> None:
    """Add as many actions and recommendations as are promised, one action to each answer, spread over two committees."""
    committees = list(Committee.objects.filter(code__in=("KUN", "SN")).order_by("code"))
    actions = Action.objects.bulk_create(
        Action(
            committee=committees[number % 2],
            title=f"Åtgärd {number}",
            cause=Cause.RECOMMENDATION,
            owner=by,
            due=_FIRST_DUE + dt.timedelta(days=number % 1500),
            created_by=by,
        )
        for number in range(_ACTIONS)
    )
    audit = Audit.objects.filter(state=AuditState.PUBLISHED).latest("decided_on")
    made = Recommendation.objects.bulk_create(
        Recommendation(audit=audit, number=f"B{number}", text=f"Gör {number}.") for number in range(_RECOMMENDATIONS)
    )
    addressees = Addressee.objects.bulk_create(
        Addressee(recommendation=one, committee=committees[number % 2]) for number, one in enumerate(made)
    )
    responses = Response.objects.bulk_create(_response(one, by) for one in addressees)
    tied = Response.actions.through
    tied.objects.bulk_create(
        tied(response=response, action=action) for response, action in zip(responses, actions, strict=False)
    )


def _response(addressee: Addressee, by: User) -> Response:
    return Response(
        addressee=addressee,
        position=Position.AGREES,
        text="Görs.",
        owner=by,
        due=dt.date(2099, 12, 31),
        state=ResponseState.GIVEN,
        given_by=by,
        given_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
    )
