"""What became of the demonstration's recommendations: answers, actions, statuses and verifications, all invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from audits.actions.commissions import cite
from audits.actions.responses import move_response, promise_action, set_status, write_response
from audits.actions.verifications import verify
from audits.models import Addressee, Audit, Response
from committees.models import User
from governance.actions.actions import Promise, move_action, move_due, report_on
from governance.enums import Cause
from governance.models import Commission

SECRETARIES = {"KS": "kommunsekreterare", "SN": "sekreterare", "KUN": "sekreterare"}
"""The account that answers for each committee."""

_WRITTEN = ("position", "text", "due", "decided_on", "paragraph")


def answer(data: Mapping[str, Any], audit: Audit, audits: Mapping[str, Audit], elected: User) -> None:
    """Let the committees answer the recommendations and say what was given because of them; the elected auditor verifies."""
    for said in data["recommendations"]:
        _cite(said, audit)
        for told in said.get("responses", ()):
            addressee = Addressee.objects.select_related("recommendation__audit", "committee").get(
                recommendation__audit=audit, recommendation__number=said["number"], committee__code=told["body"]
            )
            by = User.objects.get(username=SECRETARIES[told["body"]])
            _respond(told, addressee, by)
            if "verified" in told:
                within = audits[told["verified_in"]] if "verified_in" in told else audit
                verify(addressee, status=told["verified"], grounds=told["grounds"], audit=within, by=elected)


def _cite(said: Mapping[str, Any], audit: Audit) -> None:
    """Tie the commissions that cite the recommendation to it, where the demonstration's registers have them."""
    recommendation = audit.recommendations.get(number=said["number"], removed=False)
    for commission in Commission.objects.filter(title__in=said.get("commissions", ())):
        cite(commission, recommendation=recommendation, by=User.objects.get(username=SECRETARIES["SN"]))


def _respond(told: Mapping[str, Any], addressee: Addressee, by: User) -> None:
    fields = {name: told[name] for name in _WRITTEN}
    response = write_response(addressee, read_as=0, by=by, owner=by, **fields)
    given = timezone.make_aware(dt.datetime.combine(told["decided_on"] + dt.timedelta(days=1), dt.time(10)))
    response = move_response(response, name="give", by=by, on=given)
    for promised in told.get("actions", ()):
        _promise(promised, response, by)
    if "status" in told:
        set_status(
            response,
            status=told["status"],
            text=told.get("status_text", ""),
            on=told["status_on"],
            read_as=response.revision,
            by=by,
        )


def _promise(promised: Mapping[str, Any], response: Response, by: User) -> None:
    said = response.addressee.recommendation
    action = promise_action(
        response,
        promise=Promise(
            title=promised["title"],
            cause=Cause.RECOMMENDATION,
            cause_text=f"Rekommendation {said.number}, {said.audit}",
            owner=by,
            due=promised["due"],
            measure=promised.get("measure", ""),
            variant=promised.get("variant", ""),
        ),
        by=by,
    )
    if "done_on" in promised:
        move_action(action, name="finish", by=by, on=promised["done_on"])
        return
    action = move_action(action, name="start", by=by)
    if "moved_to" in promised:
        action = move_due(action, due=promised["moved_to"], why=promised["why"], by=by)
    if "report" in promised:
        report_on(action, text=promised["report"], by=by)
