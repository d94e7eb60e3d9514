"""Commissions: when they are due, how far they have slipped, and which decisions are still wanting."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Trim
from django.urls import reverse

from committees.models import Committee, User
from governance.enums import CommissionState, PartyRole
from governance.models import Action, Commission, CommissionParty
from governance.selectors.causes import CauseLink
from governance.selectors.causes import register as register_cause
from governance.watch import OpenRow, WatchItem, once, open_rows, register_rows, simple
from reporting.measures.cohorts import months_later
from reporting.measures.swedish_dates import MONTHS

_SEASONS = {"våren": 6, "vårterminen": 6, "sommaren": 8, "hösten": 12, "höstterminen": 12}
"""The month whose last day a season means when something is due in it."""
_QUARTER = re.compile(r"(?:q|kvartal\s*)([1-4])\s+(\d{4})")
_TERTIAL = re.compile(r"(?:t|tertial\s*)([1-3])\s+(\d{4})")
_HALF = re.compile(r"(första|andra)\s+halvåret\s+(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\s+)?([a-zåäö]+)\s+(\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"(?:under\s+|år\s+)?(\d{4})")


class UnclearDate(Exception):
    """A date as written that cannot be told; the text is Swedish and says how it can be written."""


def last_day_of(text: str) -> dt.date:
    """Return the last day that a due date as written means: "Q1 2025" is 31 March 2025, "våren 2025" the last of June.

    Raises UnclearDate for what cannot be told.
    """
    written = " ".join(text.lower().split())
    if _ISO.fullmatch(written):
        return _day(written, text)
    for pattern, months in ((_QUARTER, 3), (_TERTIAL, 4)):
        if match := pattern.fullmatch(written):
            return _end_of_month(int(match[2]), months * int(match[1]))
    if match := _HALF.fullmatch(written):
        return _end_of_month(int(match[2]), 6 if match[1] == "första" else 12)
    if match := _YEAR.fullmatch(written):
        return _end_of_month(int(match[1]), 12)
    if match := _NAMED.fullmatch(written):
        return _named(match[1], match[2], int(match[3]), text)
    raise _unclear(text)


def _named(day: str | None, word: str, year: int, text: str) -> dt.date:
    if word in _SEASONS and day is None:
        return _end_of_month(year, _SEASONS[word])
    if word not in MONTHS:
        raise _unclear(text)
    month = MONTHS.index(word) + 1
    if day is None:
        return _end_of_month(year, month)
    return _day(f"{year}-{month:02}-{int(day):02}", text)


def _day(iso: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        raise _unclear(text) from None


def _end_of_month(year: int, month: int) -> dt.date:
    return months_later(dt.date(year, month, 1), 1) - dt.timedelta(days=1)


def _unclear(text: str) -> UnclearDate:
    return UnclearDate(
        f"Det går inte att tyda ”{text.strip()[:60]}”. Skriv till exempel Q1 2025, maj 2025, våren 2025 eller 2025-03-31."
    )


def slippage_days(commission: Commission, day: dt.date) -> int:
    """Return how many days later than first asked the commission is, or was, reported: 0 when it is in time.

    One that is still owed after its day has slipped to the day looked at.
    """
    if commission.first_due is None:
        return 0
    if commission.state in CommissionState.closed():
        reached = commission.closed_on
    else:
        reached = max(commission.due or commission.first_due, day) if is_owed(commission) else commission.due
    return max(((reached or commission.first_due) - commission.first_due).days, 0)


def is_owed(commission: Commission) -> bool:
    """Tell whether something is still to be reported."""
    return commission.state in {CommissionState.GIVEN, CommissionState.ONGOING}


def parties(commission: Commission, role: PartyRole) -> list[str]:
    """Return the names of those who are that to the commission."""
    return [str(party) for party in commission.parties.all() if party.role == role]


def undecided(commission: Commission) -> list[Committee]:
    """Return the committees that were given the commission and have not decided in it: a shared one needs them all."""
    receivers = [
        party.committee
        for party in commission.parties.all()
        if party.role == PartyRole.RECEIVER and party.committee is not None
    ]
    decided = {decision.committee_id for decision in commission.decisions.all()}
    return [committee for committee in receivers if committee.pk not in decided]


def with_everything(commissions: QuerySet[Commission]) -> QuerySet[Commission]:
    """Return the commissions with what these functions look at fetched."""
    return commissions.prefetch_related("parties__committee", "decisions__committee")


def commissions_behind(action: Action, user: User) -> Iterator[CauseLink]:
    """Yield the commissions that the action answers."""
    for one in Commission.objects.visible_to(user).filter(actions=action):
        yield CauseLink("uppdrag", str(one), reverse("steering_commission", args=[one.pk]))


register_cause(Action, commissions_behind)


def _owed(user: User, committees: Sequence[Committee]) -> QuerySet[CommissionParty]:
    """Return what the committees are to the commissions that are still to be reported and the user may see."""
    visible = Commission.objects.visible_to(user).filter(due__isnull=False)
    owed = visible.exclude(state__in=[CommissionState.REPORTED, *CommissionState.closed()])
    return open_rows(
        CommissionParty.objects.filter(commission__in=owed.values("pk"), committee__in=committees),
        pk="commission",
        about="commission",
        day="commission__due",
        title=Trim(Concat("commission__number", Value(" "), "commission__title")),
        committee="committee",
        owner="commission__owner",
        note="role",
    )


def _told(rows: Sequence[OpenRow], user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield each commission once: as owed by a committee that was given it, or else as awaited; then nobody of theirs answers."""
    given = [row for row in rows if row.note == PartyRole.RECEIVER]
    to_us = {row.pk for row in given}
    owed = [row._replace(owner=None) for row in rows if row.pk not in to_us]
    for ours, found in ((True, given), (False, owed)):
        tell = simple("uppdrag", "steering_commission", key="commission", ours=ours)
        yield from tell(once(found), user, committees)


register_rows(_owed, _told)
