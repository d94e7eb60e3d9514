"""What a committee owes about its outcomes: explanations that are lacking and values that nobody has attested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast, ExtractYear, TruncDate

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.models import Action, Explanation, ReportedValue
from governance.selectors.causes import CauseLink
from governance.selectors.causes import register as register_cause
from governance.selectors.indicators import name_of
from governance.selectors.standings import explain_url, lacking, standings_of
from governance.watch import OpenRow, WatchItem, open_rows, register, register_rows, simple
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.place import last_full_year


def explanations_behind(action: Action, user: User) -> Iterator[CauseLink]:
    """Yield the explanations that the action answers."""
    visible = Explanation.objects.visible_to(user).filter(action=action).select_related("indicator", "committee")
    for one in visible:
        title = f"{name_of(one.indicator)}, {one.period.label()}"
        url = explain_url(one.indicator_id, one.committee.code, one.period)
        yield CauseLink("förklaring av utfall", title, url)


register_cause(Action, explanations_behind)


@register
def explanations_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the outcomes of the last full year that should be explained, due since the day the outcome was known."""
    snapshot = latest_snapshot()
    if snapshot is None:
        return
    year = last_full_year(snapshot)
    access = access_of(user)
    seen = access.committees_with(Permission.SEE_STEERING)
    own = [committee for committee in committees if committee.code in seen]
    for one in lacking(standings_of(own, year, access=access, snapshot=snapshot)):
        yield WatchItem(
            key=f"explanation-{one.indicator.pk}-{one.committee.code}-{year}",
            due=snapshot.as_of,
            kind="förklaring av utfall",
            title=f"{one.name} {year}",
            page=("steering_explanation", (one.indicator.pk, one.committee.code, one.year)),
            committee=one.committee,
            owner=one.indicator.owner,
        )


def _waiting(user: User, committees: Sequence[Committee]) -> QuerySet[ReportedValue]:
    """Return the values reported by hand that somebody else is to attest."""
    found = ReportedValue.objects.visible_to(user).filter(committee__in=committees, attested_at__isnull=True)
    return open_rows(
        found,
        about="indicator",
        day=TruncDate("reported_at"),
        title="indicator__name",
        committee="committee",
        note=Cast(ExtractYear("end"), CharField()),
    )


def _told(rows: Sequence[OpenRow], user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    tell = simple("värde att attestera", "steering_indicator", key="value", falls_to=Permission.ATTEST)
    yield from tell([row._replace(title=f"{row.title} {row.note}") for row in rows], user, committees)


register_rows(_waiting, _told)
