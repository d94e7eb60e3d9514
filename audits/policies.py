"""What the state of an audit allows, asked before every action: PermissionDenied or MoveFault, in Swedish, when it does not."""

from __future__ import annotations

from audits.enums import AuditState, CommentState, RequestState, ResponseState
from audits.models import Addressee, Audit, EvidenceRequest
from audits.permissions import answers_for, engaged_as, held_for
from committees.models import User
from committees.permissions import Permission
from committees.views.guards import refuse
from committees.workflows import Move, MoveFault, Workflow, register, states

AUDIT = register(
    Workflow(
        "audit",
        "Granskning",
        AuditState,
        AuditState.DRAFT,
        (
            Move(
                "send_to_fact_check",
                "Skicka på faktakontroll",
                states("draft"),
                "fact_check",
                Permission.CARRY_OUT_AUDITS,
            ),
            Move(
                "withdraw_fact_check",
                "Dra tillbaka från faktakontrollen",
                states("fact_check"),
                "draft",
                Permission.CARRY_OUT_AUDITS,
                asks_why=True,
            ),
            Move(
                "close_fact_check",
                "Avsluta faktakontrollen",
                states("fact_check"),
                "completing",
                Permission.CARRY_OUT_AUDITS,
            ),
            Move(
                "reopen_fact_check",
                "Öppna faktakontrollen igen",
                states("completing"),
                "fact_check",
                Permission.CARRY_OUT_AUDITS,
                asks_why=True,
            ),
            Move(
                "submit",
                "Lämna till revisorerna för beslut",
                states("completing"),
                "submitted",
                Permission.CARRY_OUT_AUDITS,
            ),
            Move(
                "send_back",
                "Skicka tillbaka till granskarna",
                states("submitted"),
                "completing",
                Permission.DECIDE_AUDITS,
                asks_why=True,
            ),
            Move("decide", "Besluta om granskningen", states("submitted"), "decided", Permission.DECIDE_AUDITS),
            Move("publish", "Publicera", states("decided"), "published", Permission.DECIDE_AUDITS),
            Move(
                "cancel",
                "Avbryt granskningen",
                states("draft", "fact_check", "completing", "submitted"),
                "cancelled",
                Permission.DECIDE_AUDITS,
                asks_why=True,
            ),
        ),
    )
)

REQUEST = register(
    Workflow(
        "evidence_request",
        "Begäran om underlag i en granskning",
        RequestState,
        RequestState.DRAFT,
        (
            Move("send", "Skicka begäran", states("draft"), "sent", Permission.CARRY_OUT_AUDITS),
            Move("deliver", "Lämna underlaget", states("sent"), "delivered", Permission.RESPOND_TO_AUDITS),
            Move("accept", "Godta underlaget", states("delivered"), "accepted", Permission.CARRY_OUT_AUDITS),
            Move(
                "ask_again",
                "Be om mer",
                states("delivered", "accepted"),
                "sent",
                Permission.CARRY_OUT_AUDITS,
                asks_why=True,
            ),
            Move(
                "withdraw",
                "Ta tillbaka begäran",
                states("draft", "sent", "delivered"),
                "withdrawn",
                Permission.CARRY_OUT_AUDITS,
                asks_why=True,
            ),
        ),
    )
)

COMMENT = register(
    Workflow(
        "fact_check_comment",
        "Synpunkt i en faktakontroll",
        CommentState,
        CommentState.OPEN,
        (
            Move("take", "Inarbeta", states("open"), "taken", Permission.CARRY_OUT_AUDITS, asks_why=True),
            Move("refuse", "Inarbeta inte", states("open"), "refused", Permission.CARRY_OUT_AUDITS, asks_why=True),
        ),
    )
)


RESPONSE = register(
    Workflow(
        "audit_response",
        "Svar på rekommendation",
        ResponseState,
        ResponseState.DRAFT,
        (
            Move("give", "Lämna svaret", states("draft"), "given", Permission.RESPOND_TO_AUDITS),
            Move(
                "take_back",
                "Ta tillbaka svaret",
                states("given"),
                "draft",
                Permission.RESPOND_TO_AUDITS,
                asks_why=True,
            ),
        ),
    )
)


def check_carries_out(user: User, audit: Audit) -> None:
    """Refuse who has no part in the audit today."""
    if Permission.CARRY_OUT_AUDITS not in engaged_as(user, audit):
        raise refuse(Permission.CARRY_OUT_AUDITS)


def check_decides(user: User, audit: Audit) -> None:
    """Refuse who is not one of the audit's elected auditors today."""
    if Permission.DECIDE_AUDITS not in engaged_as(user, audit):
        raise refuse(Permission.DECIDE_AUDITS)


def state_now(audit: Audit) -> AuditState:
    """Return the audit's state as it stands, held still to the end of the transaction that asks."""
    return AuditState(Audit.objects.select_for_update().values_list("state", flat=True).get(pk=audit.pk))


def check_may_write(user: User, audit: Audit) -> None:
    """Refuse who has no part in the audit, and everyone when its findings stand still. Asked within a transaction."""
    check_carries_out(user, audit)
    state = state_now(audit)
    if state not in AuditState.written_in():
        if state == AuditState.FACT_CHECK:
            raise MoveFault(
                "Under faktakontrollen ändras texten bara genom att en synpunkt inarbetas. "
                "Avsluta faktakontrollen om du behöver skriva om något annat."
            )
        raise MoveFault(f"Granskningen går inte att ändra: läget är nu ”{state.label}”.")


def may_write(user: User, audit: Audit) -> bool:
    """Whether the user may write in the audit now."""
    return audit.state in AuditState.written_in() and Permission.CARRY_OUT_AUDITS in engaged_as(user, audit)


def check_goes_on(user: User, audit: Audit) -> None:
    """Refuse who has no part in the audit, and everyone when it is decided or cancelled. Asked within a transaction."""
    check_carries_out(user, audit)
    state = state_now(audit)
    if state in AuditState.over():
        raise MoveFault(f"Granskningen är avslutad: läget är nu ”{state.label}”.")


def moves_of(user: User, audit: Audit) -> tuple[Move, ...]:
    """Return the moves the user can make with the audit now."""
    return AUDIT.open_to(audit.state, held_for(user, audit))


def held_for_request(user: User, request: EvidenceRequest) -> frozenset[Permission]:
    """Return what the user may do with an evidence request: the auditors theirs, the asked committee's people the rest.

    The audited answer requests while their findings are still hidden from them.
    """
    held = engaged_as(user, request.audit)
    committee = request.body.committee
    if committee is not None and answers_for(user, committee.code):
        held |= {Permission.RESPOND_TO_AUDITS}
    if request.audit.state in AuditState.over():
        return frozenset()
    return held


def held_for_response(user: User, addressee: Addressee) -> frozenset[Permission]:
    """Return what the user may do with the answer to a recommendation: answer for the committee, once the audit is decided."""
    if addressee.removed or addressee.recommendation.audit.state not in AuditState.decided():
        return frozenset()
    committee = addressee.committee
    if committee is None or not answers_for(user, committee.code):
        return frozenset()
    return frozenset({Permission.RESPOND_TO_AUDITS})


def check_answers(user: User, addressee: Addressee) -> None:
    """Refuse who does not answer for the addressed committee, and everyone before the audit is decided."""
    committee = addressee.committee
    if committee is None or not answers_for(user, committee.code):
        raise refuse(Permission.RESPOND_TO_AUDITS)
    if Permission.RESPOND_TO_AUDITS not in held_for_response(user, addressee):
        raise MoveFault("Rekommendationen går att besvara när revisorerna har beslutat om granskningen.")
