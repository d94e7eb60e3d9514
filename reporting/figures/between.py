"""Comparing the groups of a split: which stand out, which are too small to judge, and when they are too alike to tell apart.

Each group is held against all the others together by Fisher's exact test, and the p-values are adjusted for how many groups there
are (Holm 1979). That is valid also where a case stands in several groups, as with activities: those who had the activity are held
against those who had not. Where no case stands twice the groups are first compared all at once (`association`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reporting.figures.contingency import association, large_enough
from reporting.figures.model import Figure, PartFigure, Result
from reporting.figures.swedish import listed
from reporting.figures.trend import SIGNIFICANCE, independent
from reporting.measures.dimensions import Dimension
from reporting.measures.inner import Summary
from reporting.measures.model import Kind

_TIME = frozenset({Dimension.YEAR, Dimension.MONTH})
"""Years and months are a series, not groups."""

_DEFINITE = {
    Dimension.ACTIVITY_TYPE: "insatserna",
    Dimension.PROVIDER: "utförarna",
    Dimension.UNIT: "enheterna",
    Dimension.COMMITTEE: "nämnderna",
    Dimension.REFERRER: "anvisarna",
    Dimension.SEX: "könen",
    Dimension.AGE: "åldersgrupperna",
    Dimension.MUNICIPALITY: "kommunerna",
}
_GROUPS = "grupperna"


class Stands(StrEnum):
    """How a group stands to all the others together."""

    HIGHER = "higher"
    LOWER = "lower"
    LIKE = "like"
    TOO_SMALL = "too_small"
    HIDDEN = "hidden"
    NOT_TESTED = "not_tested"

    @property
    def label(self) -> str:
        """The Swedish words for a table."""
        return _LABELS[self]


_LABELS = {
    Stands.HIGHER: "högre än övriga",
    Stands.LOWER: "lägre än övriga",
    Stands.LIKE: "ingen säker skillnad",
    Stands.TOO_SMALL: "för få för att bedöma",
    Stands.HIDDEN: "dold",
    Stands.NOT_TESTED: "prövas inte",
}


class Verdict(StrEnum):
    """What the comparison as a whole comes to.

    NOT_TESTED: the measure's values have no test (costs, medians). TOO_FEW: there are not two groups to compare. TOO_SMALL: not
    two of them are large enough to be judged.
    """

    DIFFERENT = "different"
    ALIKE = "alike"
    TOO_SMALL = "too_small"
    TOO_FEW = "too_few"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True)
class Standing:
    """One group of the split and how it stands; `p` is adjusted for the number of groups, None where it was not tested."""

    figure: Figure
    stands: Stands
    p: float | None = None


@dataclass(frozen=True)
class GroupComparison:
    """The groups of a split by one dimension, in the order of the split.

    `p`: of the hypothesis that all the judged groups are alike; None where they overlap or cannot be tested.
    """

    dimension: Dimension
    verdict: Verdict
    p: float | None
    standings: tuple[Standing, ...]

    def standing(self, stands: Stands) -> list[Standing]:
        """Return the groups that stand so."""
        return [each for each in self.standings if each.stands is stands]


@dataclass(frozen=True)
class _Share:
    """So many of so many independent cases."""

    count: float
    size: float

    @property
    def table_row(self) -> tuple[int, int]:
        return max(round(self.count), 0), max(round(self.size) - round(self.count), 0)

    def without(self, other: _Share) -> _Share:
        return _Share(self.count - other.count, self.size - other.size)


def between_groups(result: Result) -> GroupComparison | None:
    """Return the comparison of the result's groups; None for a single group, or when it is not split by one dimension but time.

    Hidden groups are left out, and nothing that is said rests on them: only on the groups that are shown and the total.
    """
    dimension = Dimension(result.by[0]) if len(result.by) == 1 else None
    if dimension is None or dimension in _TIME or len({group.key[dimension] for group in result.groups}) < 2:
        return None
    if result.measure.kind is Kind.DISTRIBUTION:
        return _of_distributions(result, dimension)
    scale = _scale(result)
    total = _share_of(result, result.total, scale)
    shares = [_share_of(result, group, scale) for group in result.groups]
    standings = [
        Standing(group, _before_test(group, share, total, dimension))
        for group, share in zip(result.groups, shares, strict=True)
    ]
    judged = [at for at, standing in enumerate(standings) if standing.stands is Stands.LIKE]
    if total is None or len(judged) < 2:
        return GroupComparison(dimension, _without_test(result, standings), None, tuple(standings))
    chosen = [share for at, share in enumerate(shares) if at in judged and share]
    for at, standing in zip(judged, _tested([standings[at] for at in judged], chosen, total), strict=True):
        standings[at] = standing
    p = None
    if all(group.adds_up for group in result.groups):
        p = standings[judged[0]].p if len(judged) == 2 else association([share.table_row for share in chosen])
    stands_out = any(standing.stands in {Stands.HIGHER, Stands.LOWER} for standing in standings)
    different = stands_out or (p is not None and p < SIGNIFICANCE)
    return GroupComparison(dimension, Verdict.DIFFERENT if different else Verdict.ALIKE, p, tuple(standings))


def _scale(result: Result) -> float:
    """Return how many independent cases there are for each counted one, by the total and the same for every group."""
    shown = _tested_part(result, result.total)
    return independent(shown)[1] / shown.denominator if shown and shown.denominator else 1.0


def _share_of(result: Result, figure: Figure, scale: float) -> _Share | None:
    """Return the share that can be compared; None where the figure is hidden, empty or of a kind that is not tested."""
    shown = _tested_part(result, figure)
    if shown is None or shown.suppressed or not shown.denominator or shown.numerator is None:
        return None
    return _Share(scale * shown.numerator, scale * shown.denominator)


def _tested_part(result: Result, figure: Figure) -> Figure | PartFigure | None:
    kind, duration = result.measure.kind, result.measure.duration
    if kind in {Kind.SHARE, Kind.COUNT}:
        return figure
    if duration and duration.summary is not Summary.INCIDENCE:
        return next(iter(figure.within.values()), None)
    return None


def _before_test(group: Figure, share: _Share | None, total: _Share | None, dimension: Dimension) -> Stands:
    """Return how the group stands before anything is tested: LIKE where it is to be."""
    if group.suppressed:
        return Stands.HIDDEN
    if share is None or total is None or group.key.get(dimension) is None:
        return Stands.NOT_TESTED
    return Stands.LIKE if large_enough(share.size, total.count / total.size) else Stands.TOO_SMALL


def _without_test(result: Result, standings: Sequence[Standing]) -> Verdict:
    if not any(_tested_part(result, standing.figure) for standing in standings):
        return Verdict.NOT_TESTED
    shown = [standing for standing in standings if standing.stands in {Stands.LIKE, Stands.TOO_SMALL}]
    return Verdict.TOO_SMALL if len(shown) > 1 else Verdict.TOO_FEW


def _tested(standings: Sequence[Standing], shares: Sequence[_Share], total: _Share) -> list[Standing]:
    """Hold each group against all the others together; two groups that share no case, against each other."""
    from scipy.stats import fisher_exact
    from statsmodels.stats.multitest import multipletests

    rests = [total.without(share) for share in shares]
    if len(shares) == 2 and all(standing.figure.adds_up for standing in standings):
        rests = [shares[1], shares[0]]
        p = float(fisher_exact([share.table_row for share in shares]).pvalue)
        adjusted = [p, p]
    else:
        found = [
            float(fisher_exact([share.table_row, rest.table_row]).pvalue)
            for share, rest in zip(shares, rests, strict=True)
        ]
        adjusted = [float(each) for each in multipletests(found, method="holm")[1]]
    return [
        replace(standing, stands=_side(share, rest) if p < SIGNIFICANCE else Stands.LIKE, p=p)
        for standing, share, rest, p in zip(standings, shares, rests, adjusted, strict=True)
    ]


def _side(share: _Share, rest: _Share) -> Stands:
    return Stands.HIGHER if share.count * rest.size > rest.count * share.size else Stands.LOWER


def _of_distributions(result: Result, dimension: Dimension) -> GroupComparison:
    """Compare the groups' distributions as wholes: whether categories and groups hang together at all."""
    rows: dict[str | None, list[Figure]] = {}
    for figure in result.groups:
        rows.setdefault(figure.key[dimension], []).append(figure)
    standings = tuple(
        Standing(figures[0], Stands.HIDDEN if any(each.suppressed for each in figures) else Stands.NOT_TESTED)
        for figures in rows.values()
    )
    table = [
        [int(figure.numerator or 0) for figure in figures]
        for key, figures in rows.items()
        if key is not None and not any(figure.suppressed for figure in figures)
    ]
    if len(table) < 2:
        return GroupComparison(dimension, Verdict.TOO_FEW, None, standings)
    if not all(figure.adds_up for figure in result.groups):
        return GroupComparison(dimension, Verdict.NOT_TESTED, None, standings)
    p = association(table)
    if p is None:
        return GroupComparison(dimension, Verdict.TOO_FEW, None, standings)
    return GroupComparison(dimension, Verdict.DIFFERENT if p < SIGNIFICANCE else Verdict.ALIKE, p, standings)


def caveat(dimension: Dimension) -> str:
    """Return the standing reservation that belongs under every comparison of groups."""
    if dimension in {Dimension.ACTIVITY_TYPE, Dimension.PROVIDER, Dimension.UNIT}:
        return "Utfall är inte effekt: deltagarna skiljer sig åt."
    return f"Utfall är inte effekt: {_DEFINITE.get(dimension, _GROUPS)} skiljer sig åt också i annat."


def comparison_in_words(found: GroupComparison, result: Result, label: Callable[[str | None], str]) -> str:
    """Return in Swedish what the comparison comes to, with its reservation. `label`: what a group of the split is called."""
    groups = _DEFINITE.get(found.dimension, _GROUPS)

    def names(stands: Stands) -> str:
        return listed([label(each.figure.key[found.dimension]) for each in found.standing(stands)])

    said = [_verdict_in_words(found, result, groups)]
    if found.verdict is Verdict.TOO_FEW:
        return said[0]
    for stands, words in (
        (Stands.HIGHER, "Statistiskt säkerställt högre andel än övriga tillsammans"),
        (Stands.LOWER, "Statistiskt säkerställt lägre andel än övriga tillsammans"),
        (Stands.TOO_SMALL, "För få för att bedöma" if found.verdict is not Verdict.TOO_SMALL else ""),
    ):
        if words and found.standing(stands):
            said.append(f"{words}: {names(stands)}.")
    if found.standing(Stands.HIDDEN):
        said.append("Dolda grupper ingår inte i jämförelsen.")
    return " ".join(filter(None, (*said, caveat(found.dimension))))


def _verdict_in_words(found: GroupComparison, result: Result, groups: str) -> str:
    """Return what is said of the groups as a whole; empty where the groups that stand out say it."""
    without_test = {
        Verdict.TOO_FEW: f"För få av {groups} går att jämföra.",
        Verdict.TOO_SMALL: f"Det är för få {result.measure.case.many} för att jämföra {groups}.",
        Verdict.NOT_TESTED: f"Skillnaderna mellan {groups} är inte prövade mot slumpen.",
    }
    if found.verdict in without_test:
        return without_test[found.verdict]
    if result.measure.kind is Kind.DISTRIBUTION:
        differs = "skiljer sig" if found.verdict is Verdict.DIFFERENT else "skiljer sig inte"
        return f"Fördelningen {differs} på ett statistiskt säkerställt sätt mellan {groups}."
    if found.verdict is Verdict.ALIKE:
        return f"Skillnaderna mellan {groups} är inte statistiskt säkerställda."
    if found.standing(Stands.HIGHER) or found.standing(Stands.LOWER):
        return ""
    return (
        f"Skillnaderna mellan {groups} är statistiskt säkerställda, men ingen enskild skiljer sig säkert från övriga."
    )
