"""Deliveries that are waited for, as things on the watch list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone

from cases.quality.calendar import next_periods
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.watch import WatchItem, register


@register
def deliveries_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the file deliveries that are waited for, to who may see deliveries of one of the committees.

    A file is the whole municipality's, so it stands once, under the first of them.
    """
    access = access_of(user)
    reading = [one for one in committees if access.may_for(Permission.SEE_DELIVERIES, [one.code])]
    if not reading:
        return
    for period in next_periods(timezone.localdate()):
        yield WatchItem(
            key=f"delivery-{period.expected.pk}-{period.end.isoformat()}",
            due=period.due,
            kind="leverans",
            title=f"{period.expected}, {period}",
            page=("source_quality", ()),
            committee=reading[0],
            ours=False,
        )
