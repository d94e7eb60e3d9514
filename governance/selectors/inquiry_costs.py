"""What the alternatives of an inquiry cost at a volume, and at which volume one becomes cheaper than another.

measures.md, Placement cost. Amounts are kronor a month; every cost is an interval, and is given per place or in total.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal

from governance.models import Alternative, Inquiry
from governance.wording import decimal_in_words
from reporting.figures.swedish import kronor, number

_DECIMALS = 1


@dataclass(frozen=True)
class Span:
    """An interval of kronor, or of places; low equals high for what is known to the krona."""

    low: Decimal
    high: Decimal

    @property
    def in_kronor(self) -> str:
        """The interval as a reader sees it."""
        if self.low == self.high:
            return kronor(self.low)
        return f"{number(self.low)}–{kronor(self.high)}"


@dataclass(frozen=True)
class Rate:
    """What an alternative costs a month: so much whatever the volume, and so much for each place."""

    alternative: Alternative
    total: Span
    per_place: Span

    def at(self, volume: Decimal) -> Span:
        """Return the cost a month at the volume."""
        return Span(self.total.low + volume * self.per_place.low, self.total.high + volume * self.per_place.high)


@dataclass(frozen=True)
class Comparison:
    """Two alternatives' cost, in a sentence for the volume asked for and one for where they break even."""

    at_volume: str
    break_even: str


def rate_of(alternative: Alternative) -> Rate | None:
    """Return what the alternative costs, None when no cost is given."""
    costs = list(alternative.costs.all())
    if not costs:
        return None
    total, per_place = (
        Span(
            sum((cost.low for cost in costs if cost.per_place == each), Decimal(0)),
            sum((cost.high for cost in costs if cost.per_place == each), Decimal(0)),
        )
        for each in (False, True)
    )
    return Rate(alternative, total, per_place)


def break_even(one: Rate, other: Rate) -> Span | None:
    """Return the volumes between which it cannot be told which is cheaper; below and above the intervals do not overlap.

    None when the intervals allow no such span: one is cheaper at every volume, or they overlap at every volume. EFFEKT: 42 857
    a place against 150 000–320 000 in total breaks even between 3,5 and 7,5 places.
    """
    slopes = (one.per_place.low - other.per_place.high, one.per_place.high - other.per_place.low)
    if slopes[0] * slopes[1] <= 0:
        return None
    ends = (
        (other.total.high - one.total.low) / slopes[0],
        (other.total.low - one.total.high) / slopes[1],
    )
    return Span(min(ends), max(ends)) if min(ends) > 0 else None


def rates(inquiry: Inquiry) -> list[Rate]:
    """Return what the alternatives that have a cost come to."""
    return [rate for alternative in inquiry.alternatives.all() if (rate := rate_of(alternative)) is not None]


def compare(inquiry: Inquiry, volume: Decimal | None) -> list[Comparison]:
    """Return each pair of alternatives that have a cost, compared."""
    unit = inquiry.volume_unit or "platser"
    return [
        Comparison("" if volume is None else _cheaper(one, other, volume, unit), _breaking(one, other, unit))
        for one, other in itertools.combinations(rates(inquiry), 2)
    ]


def _cheaper(one: Rate, other: Rate, volume: Decimal, unit: str) -> str:
    ours, theirs = one.at(volume), other.at(volume)
    names = f"alternativ {one.alternative.number} och {other.alternative.number}"
    many = f"{decimal_in_words(volume)} {unit}"
    if ours.high < theirs.low or theirs.high < ours.low:
        cheap, dear = (one, other) if ours.high < theirs.low else (other, one)
        least, most = dear.at(volume).low - cheap.at(volume).high, dear.at(volume).high - cheap.at(volume).low
        return (
            f"Vid {many} kostar alternativ {cheap.alternative.number} {Span(least, most).in_kronor} mindre i månaden "
            f"än alternativ {dear.alternative.number}."
        )
    return f"Vid {many} går det inte att säga vilket som är billigast av {names}: intervallen går in i varandra."


def _breaking(one: Rate, other: Rate, unit: str) -> str:
    found = break_even(one, other)
    names = f"Alternativ {one.alternative.number} och {other.alternative.number}"
    if found is None:
        return f"{names} har ingen volym där kostnaden med säkerhet växlar."
    few, many = (one, other) if one.per_place.low > other.per_place.low else (other, one)
    first, second = few.alternative.number, many.alternative.number
    if found.low == found.high:
        return f"{names} kostar lika mycket vid {_places(found.low)} {unit}; under det är alternativ {first} billigare."
    return (
        f"Alternativ {first} är billigare upp till {_places(found.low)} {unit} och alternativ {second} från "
        f"{_places(found.high)}. Däremellan går det inte att säga."
    )


def _places(value: Decimal) -> str:
    return number(value, _DECIMALS)
