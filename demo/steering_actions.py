"""The demonstration's actions of other causes than missed targets, with the measure each is meant to move. All of it invented.

Those upon the auditors' recommendations are entered with the audits, those upon deviations with the internal control.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from committees.models import Committee, User
from governance.actions.actions import Promise, create_action, move_action, move_due, report_on
from governance.actions.commissions import act_on
from governance.enums import Cause
from governance.models import Action, Commission


@dataclass(frozen=True)
class Told:
    """An action and what became of it. `moved_to` is its second due date with the reason, `commission` what it answers."""

    committee: str
    title: str
    cause: Cause
    cause_text: str
    decided_on: dt.date
    due: dt.date
    measure: str
    selection: dict[str, list[str]] = field(default_factory=dict)
    moved_to: tuple[dt.date, str] | None = None
    report: str = ""
    done_on: dt.date | None = None
    commission: str = ""


ACTIONS = (
    Told(
        "SN",
        "Gå igenom alla hushåll som har haft bistånd i mer än tio månader",
        Cause.RISK,
        "Risk att långvarigt bistånd inte prövas på nytt",
        decided_on=dt.date(2024, 3, 19),
        due=dt.date(2024, 10, 31),
        measure="long_term_support",
        report="Alla hushåll är genomgångna. Var tredje fick en ny plan.",
        done_on=dt.date(2024, 11, 28),
        moved_to=(dt.date(2024, 11, 30), "Två handläggare började först i augusti"),
    ),
    Told(
        "SN",
        "Kontakta den som har lämnat biståndet efter tre månader",
        Cause.OTHER,
        "Förslag från handläggarna vid planeringsdagen",
        decided_on=dt.date(2024, 2, 27),
        due=dt.date(2025, 12, 31),
        measure="not_returned_within_year",
        selection={"enhet": ["SF"]},
        report="Kontakten är en del av avslutet sedan i maj.",
    ),
    Told(
        "KUN",
        "Erbjud undervisning på kvällar och distans för den som arbetar",
        Cause.DECISION,
        "Nämndens beslut 2024-03-20 § 18",
        decided_on=dt.date(2024, 3, 20),
        due=dt.date(2025, 6, 30),
        measure="sfi_dropout",
        report="Två grupper började i augusti.",
    ),
    Told(
        "SN",
        "Beskriv hur arbetsgivare, föreningar och insatser hänger ihop i en modell",
        Cause.DECISION,
        "Uppdraget att ta fram en Alingsåsmodell",
        decided_on=dt.date(2024, 2, 27),
        due=dt.date(2025, 3, 31),
        measure="work_or_study_at_exit",
        commission="Ta fram en Alingsåsmodell",
    ),
)


def add_actions() -> int:
    """Enter the actions that are not there and return how many. The accounts, snapshots and commissions must be there."""
    return sum(_added(User.objects.get(username="sekreterare")))


def _added(by: User) -> Iterator[bool]:
    for told in ACTIONS:
        missing = not Action.objects.filter(title=told.title).exists()
        if missing:
            _enter(told, by)
        yield missing


def _enter(told: Told, by: User) -> None:
    promise = Promise(
        title=told.title,
        cause=told.cause,
        cause_text=told.cause_text,
        owner=by,
        due=told.due,
        measure=told.measure,
        selection=told.selection,
        decided_on=told.decided_on,
    )
    action = create_action(committee=Committee.objects.get(code=told.committee), promise=promise, by=by)
    if told.commission:
        act_on(Commission.objects.get(title=told.commission), action=action, by=by)
    if told.moved_to:
        action = move_due(action, due=told.moved_to[0], why=told.moved_to[1], by=by)
    if told.report:
        action = move_action(action, name="start", by=by)
        report_on(action, text=told.report, by=by)
    if told.done_on:
        move_action(action, name="finish", by=by, on=told.done_on)
