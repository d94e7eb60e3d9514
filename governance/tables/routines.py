"""The register of routines."""

from __future__ import annotations

import django_tables2 as tables
from django.utils import timezone

from governance.models import Routine
from governance.selectors.routines import conflicts, controls_in
from reporting.measures.catalogue import measure as measure_named


class RoutineTable(tables.Table):
    """Routines with their measure, whether anybody controls them this year, and what is unclear."""

    name = tables.Column(verbose_name="Rutin", linkify=("steering_routine", {"pk": tables.A("pk")}))
    committee = tables.Column(verbose_name="Nämnd")
    measure = tables.Column(verbose_name="Mått", empty_values=())
    controlled = tables.Column(verbose_name="Kontroll i år", empty_values=(), orderable=False)
    unclear = tables.Column(verbose_name="Oklart ansvar", empty_values=(), orderable=False)

    class Meta:
        model = Routine
        fields = ("name", "committee", "measure", "controlled", "unclear")
        attrs = {"caption": "Rutiner"}

    def render_measure(self, record: Routine) -> str:
        """Return the measure's Swedish name."""
        return measure_named(record.measure).name if record.measure else "saknas"

    def render_controlled(self, record: Routine) -> str:
        """Return how many controls of this year's plan watch it."""
        return str(len(controls_in(record, timezone.localdate().year)) or "ingen")

    def render_unclear(self, record: Routine) -> str:
        """Return what is unclear, in a sentence each."""
        return " ".join(conflicts(record)) or "–"
