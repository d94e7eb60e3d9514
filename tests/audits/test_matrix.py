"""Every role in every state with every action: one table of expectations, written by hand, and every cell tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from audits.actions.audits import Body, revise_audit, set_response_due, write_cover_letter
from audits.actions.engagements import end_engagement, engage
from audits.actions.fact_checks import answer_comment, comment
from audits.actions.findings import add_observation, assess, recommend
from audits.actions.moves import move_audit
from audits.actions.requests import ask_for, deliver, move_request
from audits.enums import AuditState, EngagementPart, RequestState
from audits.models import Audit, EvidenceRequest, FactCheckComment
from committees.models import User
from committees.workflows import MoveFault
from tests.audits.building import Reviewers, committee, reviewers

pytestmark = pytest.mark.django_db

AUDITORS = frozenset({"elected", "expert"})
AUDITED = frozenset({"secretary", "manager", "other secretary"})
ROLES = (*sorted(AUDITORS), *sorted(AUDITED), "steward", "former expert")
SEEN = frozenset({"fact_check", "completing", "submitted", "decided", "published"})
GOES_ON = frozenset({"draft", "fact_check", "completing", "submitted"})

# Who may do what, in which states.
EXPECTED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "send_to_fact_check": (AUDITORS, frozenset({"draft"})),
    "withdraw_fact_check": (AUDITORS, frozenset({"fact_check"})),
    "close_fact_check": (AUDITORS, frozenset({"fact_check"})),
    "reopen_fact_check": (AUDITORS, frozenset({"completing"})),
    "submit": (AUDITORS, frozenset({"completing"})),
    "send_back": (frozenset({"elected"}), frozenset({"submitted"})),
    "decide": (frozenset({"elected"}), frozenset({"submitted"})),
    "publish": (frozenset({"elected"}), frozenset({"decided"})),
    "cancel": (frozenset({"elected"}), GOES_ON),
    "observe": (AUDITORS, frozenset({"draft", "completing"})),
    "assess": (AUDITORS, frozenset({"draft", "completing"})),
    "recommend": (AUDITORS, frozenset({"draft", "completing"})),
    "revise": (AUDITORS, frozenset({"draft", "completing"})),
    "cover letter": (frozenset({"elected"}), GOES_ON),
    "response date": (frozenset({"elected"}), frozenset(AuditState.values) - {"cancelled"}),
    "engage": (frozenset({"elected"}), frozenset(AuditState.values)),
    "ask for evidence": (AUDITORS, GOES_ON),
    "comment": (AUDITED, frozenset({"fact_check"})),
}


def _people(town: Reviewers) -> dict[str, User]:
    former = User.objects.create(username="tidigare")
    today = timezone.localdate()
    engagement = engage(
        audit=town.audit,
        person=former,
        part=EngagementPart.EXPERT,
        start=today - timedelta(days=20),
        end=today + timedelta(days=20),
        by=town.elected,
    )
    end_engagement(engagement=engagement, by=town.elected, why="Uppdraget är slut")
    return {
        "elected": town.elected,
        "expert": town.expert,
        "secretary": town.secretary,
        "manager": town.manager,
        "other secretary": town.other_secretary,
        "steward": town.steward,
        "former expert": former,
    }


def _act(town: Reviewers, action: str, role: str, by: User) -> None:
    """Try the action."""
    audit = town.fresh()
    due = timezone.localdate() + timedelta(days=60)
    acts: dict[str, Callable[[], object]] = {
        "observe": lambda: add_observation(audit=audit, text="Vi såg något.", by=by),
        "assess": lambda: assess(
            audit=audit,
            question="1",
            grade="God",
            why="Nytt underlag",
            by=by,
            read_as=audit.assessments.get(question="1").revision,
        ),
        "recommend": lambda: recommend(audit=audit, text="Gör mer.", addressees=[Body(committee("SN"))], by=by),
        "revise": lambda: revise_audit(audit, read_as=audit.revision, by=by, scope="Hela förvaltningen"),
        "cover letter": lambda: write_cover_letter(audit, text="Nytt missiv", read_as=audit.revision, by=by),
        "response date": lambda: set_response_due(body=town.body("SN"), due=due, why="Sommaren", by=by),
        "engage": lambda: engage(
            audit=audit,
            person=User.objects.create(username="ny"),
            part=EngagementPart.EXPERT,
            start=timezone.localdate(),
            end=due,
            by=by,
        ),
        "ask for evidence": lambda: ask_for(audit=audit, body=town.body("SN"), title="Rutinen", due=due, by=by),
        "comment": lambda: comment(
            audit=audit, body=town.body("KUN" if role == "other secretary" else "SN"), text="Stämmer inte.", by=by
        ),
    }
    acts.get(action, lambda: move_audit(audit, name=action, by=by, why="Därför"))()


def _is_done(attempt: Callable[[], object]) -> bool:
    """Try something, undo it, and tell whether it went through. What is refused is refused in words."""
    with transaction.atomic():
        try:
            attempt()
        except (PermissionDenied, MoveFault) as fault:
            said = str(fault)
        else:
            said = ""
        transaction.set_rollback(True)
    return not said


@pytest.mark.parametrize("state", AuditState.values)
def test_every_role_reads_and_can_do_exactly_what_the_table_says_in_every_state(state: str) -> None:
    town = reviewers()
    people = _people(town)
    assert town.prepare(state).state == state
    readers = {role for role in ROLES if Audit.objects.visible_to(people[role]).exists()}
    assert readers == AUDITORS | (AUDITED if state in SEEN else set()) | (set(ROLES) if state == "published" else set())
    done = {
        (role, action)
        for role in ROLES
        for action in EXPECTED
        if _is_done(lambda role=role, action=action: _act(town, action, role, people[role]))  # type: ignore[misc]
    }
    expected = {(role, action) for action, (who, when) in EXPECTED.items() if state in when for role in who}
    assert done == expected


REQUEST_EXPECTED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "send": (AUDITORS, frozenset({"draft"})),
    "deliver": (frozenset({"secretary", "manager"}), frozenset({"sent"})),
    "accept": (AUDITORS, frozenset({"delivered"})),
    "ask_again": (AUDITORS, frozenset({"delivered", "accepted"})),
    "withdraw": (AUDITORS, frozenset({"draft", "sent", "delivered"})),
}
_STEPS = {"draft": (), "sent": ("send",), "delivered": ("send", "deliver"), "accepted": ("send", "deliver", "accept")}


def _step(request: EvidenceRequest, name: str, by: User) -> None:
    row = EvidenceRequest.objects.select_related("audit", "body__committee").get(pk=request.pk)
    if name == "deliver":
        deliver(request=row, text="Här är rutinen.", by=by)
    else:
        move_request(row, name=name, by=by, why="Mer behövs")


@pytest.mark.parametrize("state", RequestState.values)
def test_every_role_can_do_exactly_what_the_table_says_with_a_request(state: str) -> None:
    town = reviewers()
    people = _people(town)
    request = ask_for(audit=town.audit, body=town.body("SN"), title="Rutinen", due=date(2026, 12, 1), by=town.expert)
    for name in _STEPS.get(state, ("withdraw",)):
        _step(request, name, town.secretary if name == "deliver" else town.expert)
    done = {
        (role, name)
        for role in ROLES
        for name in REQUEST_EXPECTED
        if _is_done(lambda role=role, name=name: _step(request, name, people[role]))  # type: ignore[misc]
    }
    assert done == {(role, name) for name, (who, when) in REQUEST_EXPECTED.items() if state in when for role in who}
    readers = {role for role in ROLES if EvidenceRequest.objects.visible_to(people[role]).exists()}
    assert readers == AUDITORS | (set() if state == "draft" else {"secretary", "manager"})


@pytest.mark.parametrize("state", ["fact_check", "completing", "submitted", "decided", "published"])
def test_only_the_auditors_answer_a_comment_and_only_until_they_submit(state: str) -> None:
    town = reviewers()
    people = _people(town)
    town.prepare("fact_check")
    made = comment(audit=town.fresh(), body=town.body("SN"), text="Stämmer inte.", by=town.secretary)
    if state not in {"fact_check", "completing"}:
        answer_comment(made, take=False, reason="Det stämmer.", by=town.expert)
    path = ["close_fact_check", "submit", "decide", "publish"]
    town.move(*path[: ["fact_check", "completing", "submitted", "decided", "published"].index(state)])
    done = {
        role
        for role in ROLES
        if _is_done(lambda role=role: answer_comment(made, take=False, reason="Nej.", by=people[role]))  # type: ignore[misc]
    }
    assert done == (AUDITORS if state in {"fact_check", "completing"} else set())
    seen = {role for role in ROLES if FactCheckComment.objects.visible_to(people[role]).exists()}
    assert seen == AUDITORS | {"secretary", "manager"}
