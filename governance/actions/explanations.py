"""Reporting values by hand, attesting them, and explaining outcomes that were missed or fell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_change, log_changes
from committees.actions.saving import required, save
from committees.models import Committee, User
from committees.permissions import Permission
from committees.revising import revise
from committees.workflows import Move, Workflow, register, states
from governance.actions.actions import Promise, create_action
from governance.enums import ValueState
from governance.figures import NoFigure, figure_of
from governance.models import Action, Explanation, Indicator, ReportedValue
from governance.policies import held_for, require
from governance.wording import decimal_in_words
from reporting.figures.model import Period

WORKFLOW = register(
    Workflow(
        "reported_value",
        "Värde som rapporteras för hand",
        ValueState,
        ValueState.REPORTED,
        (
            Move("attest", "Attestera", states(ValueState.REPORTED), ValueState.ATTESTED, Permission.ATTEST),
            Move(
                "change",
                "Ändra",
                states(ValueState.REPORTED, ValueState.ATTESTED),
                ValueState.REPORTED,
                Permission.STEER,
                asks_why=True,
            ),
        ),
    )
)
"""Who reported a value does not attest it: that is asked besides."""


@transaction.atomic
def report_value(
    indicator: Indicator, *, committee: Committee, period: Period, value: Decimal, source: str, by: User
) -> ReportedValue:
    """Report the value of an indicator without a measure, and from what; somebody else is to attest it.

    Raises ValidationError, in Swedish, for a measured indicator, without a source, or when the period has its value already.
    """
    require(Permission.STEER, [committee], by=by)
    if not indicator.manual:
        raise ValidationError("Indikatorns värde kommer ur ett mått och rapporteras inte för hand.")
    stated = required(source, "source", "Skriv var värdet kommer ifrån.")
    same = ReportedValue.objects.filter(indicator=indicator, committee=committee, start=period.start, end=period.end)
    if same.exists():
        raise ValidationError(f"Det finns redan ett värde för {period.label()}. Ändra det i stället.")
    reported = ReportedValue.objects.create(
        indicator=indicator,
        committee=committee,
        start=period.start,
        end=period.end,
        value=value,
        source=stated,
        reported_by=by,
        reported_at=timezone.now(),
    )
    log_changes(reported, before={}, after={"value": decimal_in_words(value), "source": stated}, by=by)
    return reported


@transaction.atomic
def change_value(
    reported: ReportedValue, *, value: Decimal, source: str, why: str, read_as: int, by: User
) -> ReportedValue:
    """Change a reported value: it is then the changer's, and waits to be attested anew.

    Raises ValidationError without a reason or a source, Overtaken when another saved first.
    """
    require(Permission.STEER, [reported.committee], by=by)
    stated = required(source, "source", "Skriv var värdet kommer ifrån.")
    reason = required(why, "why", "Skriv varför värdet ändras.")
    WORKFLOW.check("change", state=reported.state, held=held_for(by, reported.committee), why=reason)
    saved = revise(
        reported,
        read_as=read_as,
        value=value,
        source=stated,
        reported_by=by,
        reported_at=timezone.now(),
        attested_by=None,
        attested_at=None,
    )
    before = {"value": decimal_in_words(reported.value), "source": reported.source, "attested_by": reported.attested_by}
    after = {"value": decimal_in_words(value), "source": stated, "attested_by": None}
    log_changes(saved, before=before, after=after, by=by, why=reason)
    return saved


@transaction.atomic
def attest_value(reported: ReportedValue, *, read_as: int, by: User) -> ReportedValue:
    """Stand behind a value that somebody else reported.

    Raises PermissionDenied for who may not attest, ValidationError for who reported it, MoveFault when it is attested already,
    and Overtaken when the value was changed meanwhile.
    """
    require(Permission.ATTEST, [reported.committee], by=by)
    if reported.reported_by == by:
        raise ValidationError("Värdet attesteras av någon annan än den som rapporterade det.")
    WORKFLOW.check("attest", state=reported.state, held=held_for(by, reported.committee))
    saved = revise(reported, read_as=read_as, attested_by=by, attested_at=timezone.now())
    log_change(saved, field="attested_by", before="", after=by, by=by)
    return saved


@dataclass(frozen=True)
class Answer:
    """Why it went as it did, and what is done: an action that exists, a new one, or the reason for none. Exactly one of them."""

    text: str
    action: Action | None = None
    promise: Promise | None = None
    reason_for_none: str = ""

    def check(self, committee: Committee) -> None:
        """Raise ValidationError, in Swedish, unless the text and exactly one of the three are there."""
        required(self.text, "text", "Skriv varför utfallet blev som det blev.")
        if [self.action is not None, self.promise is not None, bool(self.reason_for_none.strip())].count(True) != 1:
            raise ValidationError("Välj en åtgärd, lägg upp en ny, eller skriv varför ingen behövs. Bara ett av dem.")
        if self.action is not None and self.action.committee != committee:
            raise ValidationError({"action": "Åtgärden hör till en annan nämnd."})


@transaction.atomic
def explain(
    indicator: Indicator,
    *,
    committee: Committee,
    period: Period,
    answer: Answer,
    by: User,
    read_as: int = 0,
    why: str = "",
) -> Explanation:
    """Explain the outcome of an indicator, or change what was explained; the outcome is pinned as it stands today.

    Raises ValidationError, in Swedish, when something is missing, and Overtaken when another saved first.
    """
    require(Permission.STEER, [committee], by=by)
    answer.check(committee)
    action = answer.action
    if answer.promise is not None:
        action = create_action(committee=committee, promise=answer.promise, by=by)
    values: dict[str, Any] = {
        "text": answer.text.strip(),
        "action": action,
        "reason_for_none": answer.reason_for_none.strip(),
    }
    found = {"indicator": indicator, "committee": committee, "start": period.start, "end": period.end}
    existing = Explanation.objects.filter(**found).select_related("action").first()
    if existing is not None:
        return save(existing, read_as=read_as, by=by, why=why, **values)
    figure = _outcome(indicator, committee, period)
    explanation = Explanation.objects.create(**found, **values, figure=figure, by=by)
    log_changes(explanation, before={}, after=values, by=by)
    return explanation


def _outcome(indicator: Indicator, committee: Committee, period: Period) -> dict[str, Any] | None:
    """Return the outcome as it is kept, None where no measure gives one."""
    try:
        return figure_of(indicator, committee, period=period).as_json()
    except NoFigure:
        return None
