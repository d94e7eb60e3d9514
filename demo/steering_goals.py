"""What the demonstration's committees have said of their goals: values by hand, explanations, scorecards. All of it invented.

That the share to work or studies fell without anybody acting on it is the audit's verdict; so is that about half of the dropouts
from SFI went to work or placement (KPMG, audit of Alingsås kommun, 2024-09-26).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from committees.models import Committee, Department, Unit, User
from governance.actions.actions import Promise
from governance.actions.explanations import Answer, attest_value, explain, report_value
from governance.actions.scorecards import set_scorecard
from governance.enums import Cause
from governance.models import Explanation, Indicator, ReportedValue, Scorecard
from reporting.figures.model import Period


@dataclass(frozen=True)
class Said:
    """What a committee says of an indicator's outcome in a year; without an action there is a reason for none."""

    indicator: str
    committee: str
    year: int
    text: str
    action: str = ""
    due: dt.date | None = None
    reason_for_none: str = ""


@dataclass(frozen=True)
class Value:
    """A value from the survey that participants answer when they leave; `attested` tells whether a chief stands behind it."""

    committee: str
    year: int
    percent: int
    answers: int
    attested: bool


SAID = (
    Said(
        "till-arbete-eller-studier",
        "KUN",
        2023,
        "Fler än tidigare skrevs ut till andra myndigheter, och platserna för språkpraktik räckte inte.",
        action="Avtala om tio nya platser för språkpraktik",
        due=dt.date(2024, 6, 30),
    ),
    Said(
        "avbrott-sfi",
        "KUN",
        2023,
        "Ungefär hälften av dem som avbröt studierna gjorde det för ett arbete eller en praktik.",
        reason_for_none="De avbrotten är ett steg framåt. Avbrott av privata skäl följs i nästa delårsrapport.",
    ),
    Said(
        "till-arbete-eller-studier",
        "SN",
        2024,
        "Enheten bytte nämnd vid årsskiftet och arbetssättet med arbetsgivarna kom i gång först efter sommaren.",
        action="Månadsvis genomgång av alla som har deltagit längre än sex månader",
        due=dt.date(2025, 9, 30),
    ),
    Said(
        "ej-ateraktualiserade",
        "SN",
        2024,
        "De flesta som kom tillbaka hade haft tillfälliga arbeten som tog slut inom ett halvår.",
        action="Ring upp den som har lämnat biståndet efter tre och sex månader",
        due=dt.date(2025, 10, 31),
    ),
)
VALUES = (Value("KUN", 2023, 78, 64, attested=False), Value("SN", 2024, 82, 71, attested=True))
_SURVEY = "nojda-deltagare"


def add_goals() -> int:
    """Say what is not said yet, and return how much that was. The accounts, the goals and a snapshot must be there."""
    return sum(1 for added in (*_values(), *_explanations(), *_scorecards()) if added)


def _values() -> Iterator[bool]:
    secretary, chief = (User.objects.get(username=name) for name in ("sekreterare", "chef"))
    indicator = Indicator.objects.get(code=_SURVEY)
    for value in VALUES:
        committee, period = Committee.objects.get(code=value.committee), Period.year(value.year)
        if ReportedValue.objects.filter(indicator=indicator, committee=committee, end=period.end).exists():
            yield False
            continue
        reported = report_value(
            indicator,
            committee=committee,
            period=period,
            value=Decimal(value.percent),
            source=f"Avslutningsenkäten, {value.answers} svar",
            by=secretary,
        )
        if value.attested:
            attest_value(reported, read_as=reported.revision, by=chief)
        yield True


def _explanations() -> Iterator[bool]:
    secretary = User.objects.get(username="sekreterare")
    for said in SAID:
        indicator = Indicator.objects.get(code=said.indicator)
        committee, period = Committee.objects.get(code=said.committee), Period.year(said.year)
        if Explanation.objects.filter(indicator=indicator, committee=committee, end=period.end).exists():
            yield False
            continue
        answer = Answer(
            text=said.text, promise=_promise(said, indicator, secretary), reason_for_none=said.reason_for_none
        )
        explain(indicator, committee=committee, period=period, answer=answer, by=secretary)
        yield True


def _promise(said: Said, indicator: Indicator, owner: User) -> Promise | None:
    if said.due is None:
        return None
    return Promise(
        title=said.action,
        cause=Cause.TARGET,
        cause_text=f"Målvärdet för {said.year} nåddes inte",
        owner=owner,
        due=said.due,
        measure=indicator.measure,
        variant=indicator.variant,
        selection=indicator.selection,
    )


def _scorecards() -> Iterator[bool]:
    """Give the social committee, its department and one of its units a scorecard; the other units stand without."""
    secretary, committee = User.objects.get(username="sekreterare"), Committee.objects.get(code="SN")
    followed = Indicator.objects.filter(goals__committee=committee).distinct()
    levels: tuple[tuple[Department | None, Unit | None], ...] = (
        (None, None),
        (committee.departments.order_by("code").first(), None),
        (None, Unit.objects.get(code="AME")),
    )
    for department, unit in levels:
        if Scorecard.objects.filter(committee=committee, department=department, unit=unit).exists():
            yield False
            continue
        set_scorecard(committee=committee, department=department, unit=unit, indicators=followed, by=secretary)
        yield True
