"""What a committee answers to a recommendation, what it does about it, and how far it says it has come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.enums import CommitteeStatus, ResponseState
from audits.models import Addressee, Response
from audits.policies import RESPONSE, check_answers, held_for_response
from committees.actions.changes import log_change
from committees.actions.saving import save
from committees.models import User
from committees.revising import Overtaken
from committees.workflows import MoveFault
from governance.actions.actions import Promise, create_action
from governance.actions.owning import check_owner
from governance.enums import Cause
from governance.models import Action

WRITTEN = frozenset({"position", "text", "owner", "due", "decided_on", "paragraph"})
"""What the committee writes in its answer."""

_GUARDED = ("position", "due", "decided_on")


@transaction.atomic
def write_response(addressee: Addressee, *, read_as: int, by: User, why: str = "", **fields: Any) -> Response:
    """Store the committee's answer as a draft (see WRITTEN) and return it.

    `read_as` is the revision that was written upon, 0 when there was no answer yet. Raises PermissionDenied for who does not
    answer for the committee, MoveFault for an answer that is given or an audit that is not decided, Overtaken when somebody
    saved in between, and ValidationError, in Swedish, for an owner without a role in the committee, a paragraph without its
    day, or a set date or position changed without a reason.
    """
    if set(fields) - WRITTEN:
        raise TypeError(f"not written here: {sorted(set(fields) - WRITTEN)}")
    check_answers(by, addressee)
    _check_owner(fields.get("owner"), addressee)
    response, is_new = Response.objects.get_or_create(addressee=addressee)
    if is_new:
        read_as = response.revision
    elif read_as == 0:
        raise Overtaken(response)
    if response.state != ResponseState.DRAFT:
        raise MoveFault("Svaret är lämnat. Ta tillbaka det om något behöver ändras.")
    decided_on = fields.get("decided_on", response.decided_on)
    if fields.get("paragraph", response.paragraph) and decided_on is None:
        raise ValidationError({"decided_on": "Skriv vilken dag nämnden beslutade."})
    if decided_on is not None and decided_on > timezone.localdate():
        raise ValidationError({"decided_on": "Beslutet kan inte ligga i framtiden."})
    return save(response, read_as=read_as, by=by, why=why, guarded=_GUARDED, **fields)


@transaction.atomic
def move_response(response: Response, *, name: str, by: User, why: str = "", on: dt.datetime | None = None) -> Response:
    """Give the answer to the auditors (`give`) or take it back to be changed (`take_back`), and return it.

    `on` is when it was given, now if none is said. Raises MoveFault when person, state or reason is wanting, and ValidationError
    for an answer without a position, or one that agrees without saying who does what by when.
    """
    move = RESPONSE.check(name, state=response.state, held=held_for_response(by, response.addressee), why=why)
    fields: dict[str, Any] = {"state": ResponseState(move.target), "given_at": None, "given_by": None}
    if name == "give":
        _check_complete(response)
        fields |= {"given_at": on or timezone.now(), "given_by": by}
    return save(response, read_as=response.revision, by=by, why=why, **fields)


@transaction.atomic
def set_status(
    response: Response,
    *,
    status: CommitteeStatus | str,
    read_as: int,
    by: User,
    text: str = "",
    why: str = "",
    on: dt.date | None = None,
) -> Response:
    """Say how far the committee itself has come with a recommendation it has answered; each change is kept.

    A status that was set before changes with a reason. Raises as `write_response`; what the auditors have verified is not
    touched by it.
    """
    check_answers(by, response.addressee)
    if response.state != ResponseState.GIVEN:
        raise MoveFault("Lämna svaret innan ni följer upp det.")
    status = CommitteeStatus(status)
    if status == CommitteeStatus.WILL_NOT and not text.strip():
        raise ValidationError({"text": "Skriv varför rekommendationen inte genomförs."})
    guarded = ("status",) if response.status_on is not None else ()
    fields: dict[str, Any] = {"status": status, "status_text": text.strip(), "status_on": on or timezone.localdate()}
    return save(response, read_as=read_as, by=by, why=why, guarded=guarded, **fields)


@transaction.atomic
def give_response_to(response: Response, *, owner: User, why: str, by: User) -> Response:
    """Let another answer for what was promised, whatever the answer's state, and return it.

    Raises PermissionDenied and MoveFault as `write_response`, and ValidationError, in Swedish, for one without a role in the
    committee.
    """
    check_answers(by, response.addressee)
    _check_owner(owner, response.addressee)
    return save(response, read_as=response.revision, by=by, why=why, owner=owner)


@transaction.atomic
def promise_action(response: Response, *, promise: Promise, by: User) -> Action:
    """Lay down an action that answers the recommendation, and return it."""
    committee = response.addressee.committee
    check_answers(by, response.addressee)
    if committee is None:
        raise ValidationError("Bara en nämnd kan ha åtgärder här.")
    if promise.cause != Cause.RECOMMENDATION:
        raise ValueError("an action that answers a recommendation is caused by it")
    action = create_action(committee=committee, promise=promise, by=by)
    _tie(response, action, by)
    return action


@transaction.atomic
def tie_action(response: Response, *, action: Action, by: User) -> None:
    """Let an action the committee already has answer the recommendation, too. Raises ValidationError for another's action."""
    check_answers(by, response.addressee)
    if action.committee_id != response.addressee.committee_id:
        raise ValidationError({"action": "Välj en av nämndens egna åtgärder."})
    _tie(response, action, by)


@transaction.atomic
def untie_action(response: Response, *, action: Action, by: User, why: str) -> None:
    """Let an action no longer answer the recommendation; the action itself stays. A reason is kept."""
    check_answers(by, response.addressee)
    if not why.strip():
        raise ValidationError({"why": "Skriv varför åtgärden inte längre hör till rekommendationen."})
    response.actions.remove(action)
    log_change(response, field="actions", before=action.title, after="", by=by, why=why)


def _tie(response: Response, action: Action, by: User) -> None:
    if response.actions.filter(pk=action.pk).exists():
        return
    response.actions.add(action)
    log_change(response, field="actions", before="", after=action.title, by=by)


def _check_owner(owner: User | None, addressee: Addressee) -> None:
    if addressee.committee is not None:
        check_owner(owner, [addressee.committee])


def _check_complete(response: Response) -> None:
    missing = {}
    if not response.position:
        missing["position"] = "Välj om nämnden instämmer."
    if not response.text.strip():
        missing["text"] = "Skriv vad nämnden svarar."
    if response.decided_on is None:
        missing["decided_on"] = "Skriv vilken dag nämnden beslutade om svaret."
    if missing:
        raise ValidationError(list(missing.values()))
