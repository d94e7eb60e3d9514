"""From results to a table of counts: which counts their figures tell, and how they hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from reporting.figures.dimensions import fans_out
from reporting.figures.disclosure.families import COMPOSITIONS, PARTITIONS, Names, OverTime, names_of
from reporting.figures.disclosure.neighbours import Counts, add_shared_days
from reporting.figures.disclosure.places import At, Place, Slice, apart, days_of, is_within, stretches
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.disclosure.table import CellKey, CountTable
from reporting.figures.kinds import adds_up
from reporting.figures.model import CATEGORY, Figure, Period, Result
from reporting.measures.model import Kind

_WITH_REST = frozenset({Kind.SHARE, Kind.COUNT})


class Counting:
    """Results as a table of counts: those that their figures tell, and how they hang together.

    A figure or a number of left-out cases that is hidden is there as well, as a count without a value.
    """

    is_partly_known = False
    """Whether some of the counts are hidden, so that their values do not say which of them are parts of which."""

    def __init__(self, rules: SmallNumbers) -> None:
        """Begin with nothing. Read what there is, then let it `hang_together`."""
        self.table = CountTable()
        self.rules = rules
        self.counts: dict[tuple[Hashable, str], Counts] = defaultdict(dict)
        self.additive: dict[tuple[Hashable, str], OverTime] = {}
        self._overlapping: dict[Hashable, set[str]] = defaultdict(set)
        self._splits: dict[Hashable, list[tuple[At, list[At], bool]]] = defaultdict(list)
        self._filtered: set[tuple[Hashable, Slice]] = set()
        self._stated: set[tuple[CellKey, CellKey]] = set()

    def read(self, result: Result) -> None:
        """Count everything that the result tells."""
        for figure in (result.total, *result.groups):
            self._count_figure(result, figure)
        for reason, count in result.excluded.items():
            self.cell_of_reason(result, reason, count)
        self._add_up_categories(result)
        if result.by:
            self._add_up_split(result)
        if result.request.where:
            place = self.place_of(result, result.total)
            self._filtered |= {(place.universe, self.place_of(result, figure).split) for figure in result.groups}
            self._filtered.add((place.universe, place.split))

    def hang_together(self) -> None:
        """State how the counts of everything that has been read hang together."""
        self._complete()
        self._compose()
        self._nest_splits()
        self._nest_days()

    def _count_figure(self, result: Result, figure: Figure) -> None:
        cells = self.cells_of(result, figure)
        rest = self.rest_of(result, figure)
        if rest is not None:
            self._sum(cells["denominator"], [cells["numerator"], rest])

    def rest_of(self, result: Result, figure: Figure) -> CellKey | None:
        """Return how many are in the denominator of the figure but not in its numerator, None where that is no count."""
        if figure.numerator is None or figure.denominator is None or result.measure.kind not in _WITH_REST:
            return None
        rest = None if figure.suppressed else int(figure.denominator) - int(figure.numerator)
        return self._count(result, self.place_of(result, figure), self.complement_of(result), rest)

    def complement_of(self, result: Result) -> str:
        """Return what those are called who are in the denominator but not in the numerator."""
        return f"{self._names(result).denominator} but not {self._names(result).numerator}"

    def cells_of(self, result: Result, figure: Figure) -> dict[str, CellKey]:
        """Return the counts that the figure tells: its numerator, denominator and persons, as far as they are counts.

        Of a figure that is hidden, those it would tell, when its numbers are there to say so.
        """
        names, place = self._names(result), self.place_of(result, figure)

        def count(name: str, number: float) -> CellKey:
            return self._count(result, place, name, None if figure.suppressed else int(number))

        cells = {}
        if figure.denominator is not None:
            cells["denominator"] = count(names.denominator, figure.denominator)
        if figure.numerator is not None and result.measure.kind is not Kind.RATIO:
            cells["numerator"] = count(figure.key.get(CATEGORY) or names.numerator, figure.numerator)
        if names.persons and figure.persons is not None:
            cells["persons"] = count(names.persons, figure.persons)
        return cells

    def cell_of_reason(self, result: Result, reason: str, count: int | None) -> CellKey:
        """Return how many were left out for a reason."""
        shared = (self._names(result).excluded or {}).get(reason)
        name = shared or f"excluded {reason} from {result.request.variant}"
        if not shared:
            name = f"{result.measure.code}: {name}"
        return self._count(result, self.place_of(result, result.total), name, count)

    def _count(self, result: Result, place: Place, name: str, value: int | None) -> CellKey:
        names = self._names(result)
        counts = self.counts[place.universe, name]
        self.additive[place.universe, name] = names.over_time
        key = self.table.add(
            (place.universe, name, place.days, place.split), value, self.rules.limit_of(result.measure.code)
        )
        counts.setdefault((place.days, place.split), key)
        return key

    def _names(self, result: Result) -> Names:
        return names_of(result.measure, result.request.variant)

    def place_of(self, result: Result, figure: Figure) -> Place:
        """Return whose and which cases the figure counts."""
        names = self._names(result)
        split = {name: frozenset(value or None for value in values) for name, values in result.request.where}
        split |= {name: frozenset([value]) for name, value in figure.key.items() if name != CATEGORY}
        days = result.request.cohort
        if names.over_time is OverTime.ADDS_UP:
            days, split = days_of(days, split)
        universe = (result.snapshots, result.as_of, names.family)
        self._overlapping[universe] |= {name for name in split if _overlaps(result, name)}
        return Place(universe, days, frozenset(split.items()))

    def _sum(self, whole: CellKey, parts: Iterable[CellKey]) -> None:
        listed = list(parts)
        if (whole, tuple(listed)) not in self._stated:
            self._stated.add((whole, tuple(listed)))
            self._stated |= {(whole, part) for part in listed}
            self.table.is_sum(whole, listed)

    def _add_up_categories(self, result: Result) -> None:
        """A distribution's categories are all its cases."""
        if result.measure.kind is not Kind.DISTRIBUTION:
            return
        rows: dict[CellKey, list[CellKey]] = defaultdict(list)
        for figure in result.groups:
            cells = self.cells_of(result, figure)
            if len(cells) == 2:
                rows[cells["denominator"]].append(cells["numerator"])
        for whole, parts in rows.items():
            self._sum(whole, parts)

    def _add_up_split(self, result: Result) -> None:
        """The groups of a split are together what they split; the rows of a split by two are those of a split by one."""
        for name, whole, groups in self._wholes(result):
            for count in ("denominator", "numerator"):
                self._add_up_groups(result, name, whole, groups, count)

    def _wholes(self, result: Result) -> list[tuple[str, Figure, list[Figure]]]:
        """Return each (dimension, whole, its groups by the dimension), a whole of its own for every category."""
        found: dict[tuple[str, frozenset[tuple[str, str | None]]], list[Figure]] = defaultdict(list)
        for figure in result.groups:
            for name in result.by:
                rest = frozenset((key, value) for key, value in figure.key.items() if key != name)
                found[name, rest].append(figure)
        wholes = [(name, _unstated(dict(rest)), groups) for (name, rest), groups in found.items()]
        if len(result.by) < 2:
            return wholes
        for name in result.by:
            rows: dict[frozenset[tuple[str, str | None]], dict[str | None, Figure]] = defaultdict(dict)
            for figure in result.groups:
                rest = frozenset((key, value) for key, value in figure.key.items() if key == CATEGORY)
                alone = {key: value for key, value in figure.key.items() if key in {name, CATEGORY}}
                rows[rest][figure.key[name]] = _unstated(alone)
            wholes += [(name, _unstated(dict(rest)), list(row.values())) for rest, row in rows.items()]
        return wholes

    def _add_up_groups(self, result: Result, name: str, whole: Figure, groups: Sequence[Figure], count: str) -> None:
        if count == "numerator" and result.measure.kind is Kind.RATIO:
            return
        parts = [self._count_of(result, group, count) for group in groups]
        together = not _overlaps(result, name)
        values = [self.table.cells[part].value for part in parts]
        known = sum(value for value in values if value is not None) if together and None not in values else None
        key = self._count_of(result, whole, count, known)
        self._state_split(key, parts, together=together)
        places = [self.place_of(result, figure) for figure in (whole, *groups)]
        first, *rest = [(place.days, place.split) for place in places]
        self._splits[places[0].universe].append((first, rest, together))

    def _state_split(self, whole: CellKey, parts: list[CellKey], *, together: bool) -> None:
        if together:
            self._sum(whole, parts)
        elif (whole, tuple(parts)) not in self._stated:
            self._stated |= {(whole, tuple(parts)), *((whole, part) for part in parts)}
            self.table.is_union(whole, parts)

    def _count_of(self, result: Result, figure: Figure, count: str, value: int | None = None) -> CellKey:
        cells = self.cells_of(result, figure)
        if count in cells:
            return cells[count]
        names = self._names(result)
        category = figure.key.get(CATEGORY) if count == "numerator" else None
        name = category or (names.numerator if count == "numerator" else names.denominator)
        place = self.place_of(result, figure)
        found = self.counts[place.universe, name].get((place.days, place.split))
        return found or self._count(result, place, name, value)

    def _complete(self) -> None:
        """State the partitions of the families everywhere, with the counts in them that no figure states."""
        for universe in {universe for universe, _ in self.counts}:
            for whole, parts in PARTITIONS.get(_family(universe), ()):
                names = (whole, *parts)
                used = [name for name in names if (universe, name) in self.counts]
                if len(used) >= len(names) - 1:
                    self._partition(universe, names)

    def _partition(self, universe: Hashable, names: Sequence[str]) -> None:
        stated = [self.counts[universe, name] for name in names]
        everywhere = list(dict.fromkeys(at for counts in stated for at in counts))
        limit = max(self.table.cells[key].limit for counts in stated for key in counts.values())
        for name, counts in zip(names, stated, strict=True):
            self.additive.setdefault((universe, name), OverTime.ADDS_UP)
            for at in everywhere:
                if at not in counts:
                    counts[at] = self.table.add((universe, name, *at), None, limit)
        for at in everywhere:
            self._sum(stated[0][at], [counts[at] for counts in stated[1:]])
        for whole, parts, together in self._splits[universe]:
            for counts in stated:
                if whole in counts and all(part in counts for part in parts):
                    self._state_split(counts[whole], [counts[part] for part in parts], together=together)

    def _compose(self) -> None:
        """State what the declared families say of counts for the same days and the same split."""
        for universe in {universe for universe, _ in self.counts}:
            for whole_name, part_names in COMPOSITIONS.get(_family(universe), ()):
                for at, whole in list(self.counts.get((universe, whole_name), {}).items()):
                    parts = [self.counts.get((universe, name), {}).get(at) for name in part_names]
                    self._state_parts(whole, [part for part in parts if part is not None], "family")

    def _nest_splits(self) -> None:
        """State that what a filter keeps is part of what is shown without it."""
        for (universe, _), counts in list(self.counts.items()):
            overlapping = self._overlapping[universe]
            found: dict[tuple[At, frozenset[str]], list[At]] = defaultdict(list)
            for days, split in (at for at in counts if (universe, at[1]) in self._filtered):
                wider = [other for at, other in counts if at == days and is_within(split, other)]
                for whole in (one for one in wider if not any(is_within(other, one) for other in wider)):
                    found[(days, whole), frozenset(name for name, _ in split - whole)].append((days, split))
            for (wide, names), parts in found.items():
                together = len(names) == 1 and not names & overlapping
                for listed in apart(parts, next(iter(names))) if together else [[part] for part in parts]:
                    keys = [counts[part] for part in listed if (counts[wide], counts[part]) not in self._stated]
                    self._state_parts(counts[wide], keys, "filter", small_matters=not names & overlapping)

    def _nest_days(self) -> None:
        """State that what is counted for some days is part of what is counted for more days."""
        for about, counts in list(self.counts.items()):
            if self.additive[about] is OverTime.ADDS_UP:
                add_shared_days(self.table, *about, counts)
            by_split: dict[Slice, dict[Period, CellKey]] = defaultdict(dict)
            for (days, split), key in counts.items():
                by_split[split][days] = key
            for periods in by_split.values():
                for whole, key in periods.items():
                    for within in stretches(whole, periods, self.additive[about]):
                        self._state_days(key, whole, within, periods)

    def _state_days(
        self, key: CellKey, whole: Period, within: Sequence[Period], periods: Mapping[Period, CellKey]
    ) -> None:
        parts = [periods[period] for period in within]
        if all((key, part) in self._stated for part in parts):
            return
        covered = sum((period.end - period.start).days + 1 for period in within)
        if covered == (whole.end - whole.start).days + 1:
            self._sum(key, parts)
        else:
            self._state_parts(key, parts, "days")

    def _state_parts(self, whole: CellKey, parts: list[CellKey], name: str, *, small_matters: bool = True) -> None:
        """State that these are parts of the whole, when the stated values allow it."""
        values = [self.table.cells[key].value for key in (whole, *parts)]
        if not parts:
            return
        total, *rest = (value or 0 for value in values)
        if None in values:
            if self.is_partly_known or name != "family":
                self.table.has_rest(whole, parts, name=name, small_matters=small_matters)
        elif sum(rest) == total and len(parts) > 1:
            self._sum(whole, parts)
        elif sum(rest) <= total:
            self.table.has_rest(whole, parts, name=name, small_matters=small_matters)


def _unstated(key: Mapping[str, str | None]) -> Figure:
    """A figure that only says which group is meant."""
    return Figure(key=key, numerator=None, denominator=None, value=None)


def _family(universe: Hashable) -> str:
    return str(universe[-1]) if isinstance(universe, tuple) else ""


def _overlaps(result: Result, name: str) -> bool:
    return not adds_up(result.measure, (name,), cases_stand_once=not fans_out(result.measure, (name,)))
