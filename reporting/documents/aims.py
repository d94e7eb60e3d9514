"""What indicators aim at, and what a committee reports by hand of those that no measure gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from reporting.comparison.models import PeerGroup
from reporting.comparison.selectors import comparison
from reporting.documents.parts import IndicatorPart, ReportedPart, TargetPart
from reporting.figures.swedish import NBSP, NO_DENOMINATOR, number
from reporting.figures.targets import Status, asks_for_explanation, status
from reporting.figures.trend import Trend


def target_value(target: TargetPart | None, year: int) -> float | None:
    """Return what is to be reached: the target's own value, or the mean of the group it follows; None when that is missing."""
    if target is None:
        return None
    if isinstance(target.value, Decimal):
        return float(target.value)
    group = PeerGroup.objects.filter(title__startswith=target.group).order_by("-chosen", "title").first()
    followed = comparison(target.kpi, group=group, years=[year]) if group else None
    return followed.group_means[0].value if followed else None


@dataclass(frozen=True)
class ByHand:
    """An indicator without a measure in one year: what a committee has reported and somebody attested, if anything."""

    indicator: IndicatorPart
    year: int
    reported: ReportedPart | None = None

    @property
    def name(self) -> str:
        """The indicator's name, with the committee's where several have reported."""
        several = len(self.indicator.reported.get(self.year, ())) > 1
        return f"{self.indicator.name}, {self.reported.committee}" if several and self.reported else self.indicator.name

    @property
    def target(self) -> TargetPart | None:
        """The year's target."""
        return self.indicator.targets.get(self.year)

    @property
    def status(self) -> Status | None:
        """How the value stands to the target, None without a target."""
        if self.target is None:
            return None
        value = self.reported.value if self.reported else None
        return status(value, self.target.comparator, target_value(self.target, self.year))

    @property
    def trend(self) -> Trend:
        """Nothing: values that come one a year, from a hand, are not tested."""
        return Trend.UNKNOWN

    @property
    def value(self) -> str:
        """The value as a number, "–" when nothing is reported."""
        return _plain(float(self.reported.value)) if self.reported else NO_DENOMINATOR

    @property
    def value_in_words(self) -> str:
        """The value with its unit: "82 procent"."""
        return f"{self.value}{NBSP}{self.indicator.unit}" if self.reported else NO_DENOMINATOR

    @property
    def target_in_words(self) -> str:
        """The target as "minst 80 procent", empty without one."""
        if self.target is None:
            return ""
        wanted = target_value(self.target, self.year)
        if wanted is None:
            return f"{self.target.comparator_label} medelvärdet i {self.target.group}"
        return f"{self.target.comparator_label} {_plain(wanted)}{NBSP}{self.indicator.unit}"

    @property
    def asks_for_explanation(self) -> bool:
        """Whether the target was missed. One value a year from a hand is not tested for change."""
        return asks_for_explanation(self.status, worse=False)

    @property
    def lacks_explanation(self) -> bool:
        """Whether an explanation is owed and none is given."""
        return self.asks_for_explanation and not self.indicator.explanations.get(dt.date(self.year, 12, 31))


def by_hand(indicator: IndicatorPart, year: int) -> list[ByHand]:
    """Return what is reported of an indicator without a measure, committee by committee; one without a value when nothing is."""
    return [ByHand(indicator, year, one) for one in indicator.reported.get(year, ())] or [ByHand(indicator, year)]


def _plain(value: float) -> str:
    return number(value, 0 if value.is_integer() else 1)
