"""How a figure so far is said in a table: what it is counted on, and the year's target."""

from __future__ import annotations

from reporting.documents.aims import target_value
from reporting.documents.annual.setting import target_text
from reporting.documents.so_far.figures import Interim, Row
from reporting.figures.swedish import date_long
from reporting.measures.model import Unit

NOTHING = "Det finns inga uppgifter om perioden som nämnden ansvarar för i underlaget."


def lead(found: Interim) -> str:
    """Return what opens a chapter of figures of a part of a year: which time they are of."""
    return (
        f"Siffrorna gäller från årets början till och med {date_long(found.end)}. Mått som följer någon länge räknas på "
        "avslutade perioder eller på de tolv månader som slutar med perioden, aldrig på en del av ett kalenderår."
    )


def counted_on(row: Row) -> str:
    """Return the window that the row looks at, and the measure's variant where it has several."""
    request = row.results[-1].request
    window = request.cohort.label()
    many = len(row.measure.variants) > 1
    return f"{window}, {row.measure.variant_label(request.variant)}" if many else window


def target_of(row: Row, year: int) -> str:
    """Return the year's target in words, amounts in tkr."""
    target = row.indicator.targets.get(year) if row.indicator else None
    wanted = target_value(target, year)
    return target_text(target, wanted / 1000 if wanted is not None and row.measure.unit is Unit.KRONOR else wanted)
