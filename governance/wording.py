"""How targets and values reported by hand read: the same words on pages, in the log of changes and in reports."""

from __future__ import annotations

from decimal import Decimal

from committees.access_wording import filters_in_words
from governance.enums import Comparator
from governance.models import Target
from governance.models.measured import Measured
from reporting.figures.swedish import NBSP, lower_first
from reporting.measures.catalogue import measure as measure_named


def decimal_in_words(value: Decimal | None) -> str:
    """Return a number as it was written, without the zeros it is stored with: "82", "16,6"; empty without one."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",").replace("-", "−")


def value_with_unit(value: Decimal | None, unit: str) -> str:
    """Return a value reported by hand with its unit: "82 procent"."""
    return NBSP.join(part for part in (decimal_in_words(value), unit) if part)


def target_in_words(target: Target | None, unit: str = "") -> str:
    """Return a target as it was set: "minst 35 procent", "högst medelvärdet i Liknande kommuner (U31462)"; empty without one."""
    if target is None:
        return ""
    label = Comparator(target.comparator).label
    if target.value is None:
        return f"{label} medelvärdet i {target.group} ({target.kpi})"
    return f"{label} {value_with_unit(target.value, unit)}"


def measured_in_words(row: Measured) -> str:
    """Return the measure that something is tied to, as a reader knows it: its name, its variant and its selection."""
    measure = measure_named(row.measure)
    variant = [measure.variant_label(row.variant)] if row.variant else []
    selection = filters_in_words(row.measure, row.selection) if row.selection else []
    return ", ".join([measure.name, *(lower_first(said) for said in (*variant, *selection))])
