"""The register of recommendations as a table, and how it is narrowed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audits.enums import CommitteeStatus, VerifiedStatus
from audits.models import Audit
from audits.selectors.register import Standing, age, lacks_action
from governance.filters.common import of_committee, with_words

LATE, LACKING, OPEN = "sena", "utan", "oppna"
_AGES = {"0": (None, 1), "12": (1, 2), "24": (2, None)}


class RecommendationFilter(django_filters.FilterSet):
    """Recommendations by committee, year, audit, how far they have come, age and words."""

    namnd = of_committee("committee")
    ar = django_filters.NumberFilter(label="Beslutsår", field_name="recommendation__audit__decided_on__year")
    granskning = django_filters.ModelChoiceFilter(
        label="Granskning", field_name="recommendation__audit", queryset=None, empty_label="Alla"
    )
    lage = django_filters.ChoiceFilter(
        label="Läge",
        method="in_standing",
        choices=[(OPEN, "Öppna"), (LATE, "Försenade"), (LACKING, "Utan åtgärd"), *Standing.choices],
        empty_label="Alla",
    )
    status = django_filters.ChoiceFilter(
        label="Nämndens status", field_name="status", choices=CommitteeStatus.choices, empty_label="Alla"
    )
    verifierad = django_filters.ChoiceFilter(
        label="Verifierad status", field_name="verified", choices=VerifiedStatus.choices, empty_label="Alla"
    )
    alder = django_filters.ChoiceFilter(
        label="Ålder",
        method="of_age",
        choices=[("0", "Under ett år"), ("12", "Ett till två år"), ("24", "Över två år")],
        empty_label="Alla",
    )
    sok = with_words("Sök i rekommendationen", "recommendation__text")

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        """Offer only the audits that stand in the register."""
        super().__init__(data, queryset=queryset, **kwargs)
        in_it = Audit.objects.none()
        if queryset is not None:
            in_it = Audit.objects.filter(pk__in=queryset.order_by().values("recommendation__audit"))
        self.filters["granskning"].queryset = in_it

    def in_standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the rows in the standing, or the open, the late, or those nothing is promised about."""
        del name
        still_open = rows.exclude(standing__in=Standing.closed())
        if value == OPEN:
            return still_open
        if value == LATE:
            return rows.filter(late=1)
        if value == LACKING:
            return still_open.filter(actions=0).exclude(standing=Standing.REFUSED)
        return rows.filter(standing=value)

    def of_age(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the open rows that have stood for so long."""
        del name
        today = timezone.localdate()
        youngest, oldest = _AGES[value]
        found = rows.exclude(standing__in=Standing.closed())
        if youngest:
            found = found.filter(decided_on__lte=_years_before(today, youngest))
        if oldest:
            found = found.filter(decided_on__gt=_years_before(today, oldest))
        return found


def _years_before(day: dt.date, years: int) -> dt.date:
    earlier = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return earlier.replace(year=day.year - years)


class RecommendationTable(tables.Table):
    """What was recommended to whom, what the committee says and what the auditors have verified."""

    number = tables.Column(verbose_name="Nr", accessor="recommendation__number", order_by=("recommendation__number",))
    text = tables.Column(
        verbose_name="Rekommendation",
        accessor="recommendation__text",
        linkify=("audit_recommendation", {"pk": tables.A("pk")}),
    )
    audit = tables.Column(verbose_name="Granskning", accessor="recommendation__audit__title")
    body = tables.Column(
        verbose_name="Nämnd", empty_values=(), order_by=("committee__code", "name"), accessor="committee__code"
    )
    decided_on = tables.DateColumn(verbose_name="Beslutad", format="Y-m-d")
    age = tables.Column(verbose_name="Månader", empty_values=(), order_by=("-decided_on",), accessor="decided_on")
    standing = tables.Column(verbose_name="Läge")
    due = tables.DateColumn(verbose_name="Klart senast", format="Y-m-d", default="–")
    owner = tables.Column(verbose_name="Ansvarig", default="–")
    actions = tables.Column(verbose_name="Åtgärder", attrs={"td": {"class": "number"}})
    status = tables.Column(verbose_name="Nämndens status", default="–")
    verified = tables.Column(verbose_name="Verifierad status", default="inte verifierad")

    class Meta:
        attrs = {"caption": "Rekommendationer"}

    def render_body(self, record: Any) -> str:
        """Return the committee's code, or the other body's name."""
        return str(record.committee.code if record.committee else record.name)

    def render_age(self, record: Any) -> int:
        """Return how many whole months have gone since the decision."""
        return age(record.decided_on, timezone.localdate())

    def render_standing(self, value: str) -> str:
        """Return what stands to be done in words."""
        return str(Standing(value).label)

    def render_due(self, value: dt.date, record: Any) -> str | SafeString:
        """Return the date, and that it has passed."""
        day = value.isoformat()
        return format_html('{} <strong class="late">försenad</strong>', day) if record.late else day

    def render_actions(self, value: int, record: Any) -> str | SafeString:
        """Return how many actions there are, and say in words when there should be one."""
        return format_html('<strong class="late">{}</strong>', "ingen åtgärd") if lacks_action(record) else str(value)

    def render_status(self, value: str) -> str:
        """Return the committee's word."""
        return str(CommitteeStatus(value).label)

    def render_verified(self, value: str) -> str:
        """Return the auditors' word."""
        return str(VerifiedStatus(value).label)
