"""Which committee and year a page of goals shows, as its address says."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from committees.middleware import UserRequest
from committees.models import Committee
from committees.permissions import Permission
from governance.forms.goals import PlaceForm
from governance.models import Goal
from governance.selectors.standings import years_offered
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.place import last_full_year


@dataclass(frozen=True)
class Chosen:
    """The committee, the year and the latest snapshot, and the form that chooses others, which the filter of a page shows."""

    committee: Committee
    year: int
    form: PlaceForm
    snapshot: Snapshot | None


def chosen(request: UserRequest) -> Chosen:
    """Return what the address asks for; by default the first committee with goals of its own, in the last full year.

    Raises Http404 for a committee whose steering the reader does not see, and for a year that is not offered.
    """
    mine = Committee.objects.filter(code__in=request.access.committees_with(Permission.SEE_STEERING))
    with_goals = Exists(Goal.objects.filter(committee=OuterRef("pk")))
    own = {committee.code: committee for committee in mine.order_by(with_goals.desc(), "name")}
    if not own:
        raise Http404("Du har ingen roll i någon nämnd.")
    snapshot = latest_snapshot()
    year = last_full_year(snapshot) if snapshot else timezone.localdate().year - 1
    asked = {"namnd": next(iter(own)), "ar": str(year)} | {
        name: value for name in ("namnd", "ar") if (value := request.GET.get(name))
    }
    form = PlaceForm(asked, committees=list(own.values()), years=years_offered(timezone.localdate().year, [year]))
    if not form.is_valid():
        raise Http404("Det finns inga mål för den nämnden eller det året.")
    return Chosen(own[form.cleaned_data["namnd"]], form.cleaned_data["ar"], form, snapshot)


def own_committee(request: UserRequest, code: str, permission: Permission = Permission.SEE_STEERING) -> Committee:
    """Return the committee an address names. Raises Http404 unless the reader holds the permission for it."""
    if code not in request.access.committees_with(permission):
        raise Http404("Det finns ingen sådan nämnd bland dina.")
    return Committee.objects.get(code=code)
