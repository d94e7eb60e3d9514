"""Tables of the organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_tables2 as tables
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator

from committees.access_wording import filters_in_words
from committees.models import CaseAccess


class NearestPage(Paginator[Any]):
    """Pages of a table whose number comes from an address: beyond the last is the last, what is no number is the first."""

    def page(self, number: int | str) -> Page[Any]:
        """Return the page, or the nearest one that exists."""
        try:
            return super().page(number)
        except PageNotAnInteger:
            return super().page(1)
        except EmptyPage:
            return super().page(self.num_pages if int(number) > 0 else 1)


def show_page(table: tables.Table, number: str | None, *, rows: int) -> None:
    """Show the page of the table that an address asks for, `rows` rows long."""
    table.paginate(paginator_class=NearestPage, page=number or 1, per_page=rows)


class CaseAccessTable(tables.Table):
    """Who was shown how many cases, of what, narrowed to what and when. The cases themselves stay in the log."""

    at = tables.DateTimeColumn(verbose_name="När", format="Y-m-d H:i")
    user = tables.Column(verbose_name="Person", accessor="user__username")
    purpose = tables.Column(verbose_name="Vad")
    measure = tables.Column(verbose_name="Mått")
    filters = tables.Column(verbose_name="Urval", orderable=False)
    committees = tables.ManyToManyColumn(verbose_name="Nämnd", transform=lambda committee: committee.code)
    shown = tables.Column(
        verbose_name="Ärenden", orderable=False, attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )
    snapshot = tables.Column(verbose_name="Underlag", orderable=False)

    class Meta:
        model = CaseAccess
        fields = ("at", "user", "purpose", "measure", "filters", "committees", "shown", "snapshot")
        attrs = {"caption": "Läsningar"}

    def render_filters(self, value: Mapping[str, Sequence[str]], record: CaseAccess) -> str:
        """Return what the cases were narrowed to."""
        return "; ".join(filters_in_words(record.measure, value))

    def render_shown(self, value: list[str]) -> int:
        """Return how many cases were shown."""
        return len(value)

    def render_snapshot(self, value: str) -> str:
        """Return the snapshot's hash as a reader sees it."""
        return f"{value[:4]}…{value[-4:]}"
