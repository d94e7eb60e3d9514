"""From judged rows to results: totals, splits, what was left out. One question to the rows for all splits of the same rows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reporting.figures.adding import added
from reporting.figures.dimensions import check_open_values, fans_out, values_of
from reporting.figures.judging import JudgedRows, condition, counted_rows, judged_rows
from reporting.figures.keeping import workbench
from reporting.figures.kinds import Group, adds_up, aggregates, figures_of, rows_that_count, total_of
from reporting.figures.model import CATEGORY, Figure, Period, Request, Result
from reporting.figures.requests import request as make_request
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Kind, Measure, Unit
from reporting.snapshots.engine import Engine

Split = tuple[str, ...]

_LEFT_OUT = {"left_out": "histogram(CASE WHEN NOT in_population THEN reason END)"}

_DIFFERENT_ONES = re.compile(r"count\(DISTINCT (.+)\) FILTER \((.+)\)")


@dataclass(frozen=True)
class Sums:
    """What the rows of a request add up to: the groups of each split, and how many cases were left out for each reason."""

    groups: Mapping[Split, list[Group]]
    excluded: Mapping[str, int]


def compute(engine: Engine, request: Request) -> Result:
    """Return the result; kept while the engine lives. RequestFault when a value of `where` is not in the snapshot."""
    return compute_many(engine, [request])[0]


def compute_many(engine: Engine, requests: Sequence[Request]) -> list[Result]:
    """Return the results in order. Requests that differ only in their split share one pass over the rows."""
    answers = workbench(engine).answers
    found: dict[Request, Result] = {}
    missing: dict[Request, list[Split]] = defaultdict(list)
    for request in requests:
        kept = answers.find(request)
        if kept is not None:
            found[request] = kept
        elif request.by not in missing[_without_split(request)]:
            missing[_without_split(request)].append(request.by)
    for base in missing:
        check_open_values(engine, base.where)
    gathered: dict[Request, list[Sums]] = {base: [] for base in missing}
    for portion in engine.portions() if missing else ():
        for base, sums in zip(missing, _sums_of_each(portion, missing), strict=True):
            gathered[base].append(sums)
    for base, splits in missing.items():
        for result in _results(engine, base, splits, _all_together(gathered[base])):
            answers.put(result.request, result)
            found[result.request] = result
    return [found[request] for request in requests]


def series(
    engine: Engine,
    code: str,
    years: Sequence[int],
    *,
    variant: str | None = None,
    where: Mapping[str, str | Sequence[str]] | None = None,
) -> list[Result]:
    """Return a measure's totals for the years, in their order."""
    wanted = [make_request(code, year=year, variant=variant, where=where or {}) for year in years]
    return compute_many(engine, wanted)


def _without_split(request: Request) -> Request:
    return Request(request.measure, request.variant, request.period, (), request.where)


def _results(engine: Engine, base: Request, splits: Sequence[Split], sums: Sums) -> list[Result]:
    population = partial(_population, engine, base)
    total = total_of(base.measure, sums.groups[()][0], population)
    results = []
    for by in splits:
        groups = _sorted_groups(engine, by, sums.groups[tuple(sorted(by))])
        figures: list[Figure] = []
        if by or base.measure.kind is Kind.DISTRIBUTION:
            figures = figures_of(base.measure, groups, population)
        results.append(
            Result(
                request=Request(base.measure, base.variant, base.period, by, base.where),
                as_of=engine.as_of,
                snapshots=engine.hashes,
                groups=tuple(figures),
                total=total,
                excluded=dict(sorted(sums.excluded.items())),
            )
        )
    return results


def _sums_of_each(engine: Engine, missing: Mapping[Request, Sequence[Split]]) -> list[Sums]:
    """Return the sums of each request, of several municipalities as many requests at a time as the engine gains by.

    While one is planned or its groups are put together, which one processor does, another is computed.
    """

    def sums(base: Request) -> Sums:
        return _sums(engine, base, {tuple(sorted(split)) for split in missing[base]})

    if len(engine.municipalities) == 1:
        return [sums(base) for base in missing]
    with ThreadPoolExecutor(engine.questions_at_once) as pool:
        return list(pool.map(sums, missing))


def _sums(engine: Engine, base: Request, splits: set[Split]) -> Sums:
    """Return the groups of every split and of the total (the empty split), each with its sums. A split's names are sorted.

    Those of several municipalities are added up from each of them: no case and no person is in two of them.
    """
    several = len(engine.municipalities) > 1
    asked = {split: _in_each(split) if several else split for split in {*splits, ()}}
    judged = _rows_to_count(engine, base, set(asked.values()), several=several)
    judged.check([*(name for split in splits for name in split), *(name for name, _ in base.where)])
    sums = aggregates(base.measure) | _flags(engine, base.measure, judged) | _LEFT_OUT
    counting = _counted_among_many if several else _counted_in_a_list
    sums = {name: counting(sql) for name, sql in sums.items()}
    counted: dict[Split, list[Group]] = {}
    for fanned, together in _asked_together(set(asked.values())).items():
        counted |= _sums_together(judged, base, together, fanned, sums)
    whole = counted[asked[()]]
    left_out = sum((Counter(group.sums["left_out"] or {}) for group in whole), Counter[str]())
    return Sums({split: _groups_of(base.measure, split, counted[asked[split]]) for split in asked}, left_out)


def _rows_to_count(engine: Engine, base: Request, splits: set[Split], *, several: bool) -> JudgedRows:
    if not several:
        return judged_rows(engine, base)
    names = {name for split in splits for name in split}
    return counted_rows(engine, base, names, once=len(_asked_together(splits)) == 1)


def _in_each(split: Split) -> Split:
    """The same split within each municipality."""
    return tuple(sorted({*split, Dimension.MUNICIPALITY}))


def _asked_together(splits: set[Split]) -> Mapping[str | None, list[Split]]:
    """Return the splits that one question to the rows can answer, by the dimension that fans out in them."""
    together: dict[str | None, list[Split]] = defaultdict(list)
    for split in sorted(splits):
        together[_fanned(split)].append(split)
    return together


def _groups_of(measure: Measure, split: Split, counted: Sequence[Group]) -> list[Group]:
    """Return the split's groups that have a case, and always that of the total, from groups that may be within municipalities."""
    together = adds_up(measure, split, cases_stand_once=not fans_out(measure, split))
    groups = [
        Group({name: group.key[name] for name in split}, group.sums, group.by_category, together) for group in counted
    ]
    if not split:
        return added([Group({}, {}, {}, adds_up=True), *groups])
    return [group for group in added(groups) if group.sums.get("cases")]


def _all_together(portions: Sequence[Sums]) -> Sums:
    """Add the portions of a country up."""
    if len(portions) == 1:
        return portions[0]
    groups = {
        split: added(group for portion in portions for group in portion.groups[split]) for split in portions[0].groups
    }
    return Sums(groups, dict(sum((Counter(portion.excluded) for portion in portions), Counter[str]())))


def _fanned(split: Split) -> str | None:
    return next((name for name in split if Dimension(name).fans_out), None)


def _sums_together(
    judged: JudgedRows, base: Request, splits: Sequence[Split], fanned: str | None, sums: Mapping[str, str]
) -> dict[Split, list[Group]]:
    measure = base.measure
    names = sorted({name for split in splits for name in split})
    sql, params = _grouping_sql(base, splits, fanned, [*names, *_category_name(measure)], sums)
    found: dict[Split, dict[tuple[str | None, ...], tuple[dict[str, Any], dict[str, Any]]]] = {s: {} for s in splits}
    for row in judged.rows(sql, params):
        mask, values, counted = row[0], row[1 : 1 + len(names)], dict(zip(sums, row[-len(sums) :], strict=True))
        split, is_category = _split_of(mask, names, splits, has_category=bool(_category_name(measure)))
        key = tuple(values[names.index(name)] for name in split)
        whole, categories = found[split].setdefault(key, ({}, {}))
        if is_category:
            categories[row[1 + len(names)]] = counted
        else:
            whole.update(counted)
    return {
        split: [
            Group(
                key=dict(zip(split, key, strict=True)),
                sums=whole,
                by_category={code: sums_of for code, sums_of in categories.items() if code is not None},
            )
            for key, (whole, categories) in keys.items()
        ]
        for split, keys in found.items()
    }


def _counted_in_a_list(sql: str) -> str:
    """Return a count of different ones as the length of a list of them; every other sum as it is.

    DuckDB sets up a table for each such count in each grouping set. That pays only where there are very many rows.
    """
    different = _DIFFERENT_ONES.fullmatch(sql)
    if not different:
        return sql
    return f"coalesce(len(list_distinct(list({different[1]}) FILTER ({different[2]}))), 0)"


def _counted_among_many(sql: str) -> str:
    """Return a count of different ones without its FILTER; every other sum as it is.

    DuckDB puts also the rows that a FILTER leaves out into the table of different ones. What is not known is one of them only.
    """
    different = _DIFFERENT_ONES.fullmatch(sql)
    return f"count(DISTINCT CASE WHEN {different[2]} THEN {different[1]} END)" if different else sql


def _category_name(measure: Measure) -> list[str]:
    return [CATEGORY] if measure.kind is Kind.DISTRIBUTION else []


def _flags(engine: Engine, measure: Measure, judged: JudgedRows) -> dict[str, str]:
    """How many cases there are at all, and their marks where the measure has such."""
    has_marks = workbench(engine).answers.get((measure, "flags"), lambda: "flags" in judged.columns)
    marks = {"flags": "list(flags) FILTER (in_population AND len(flags) > 0)"} if has_marks else {}
    return {"cases": rows_that_count(measure), **marks}


def _grouping_sql(
    base: Request, splits: Sequence[Split], fanned: str | None, names: Sequence[str], sums: Mapping[str, str]
) -> tuple[str, list[object]]:
    kept, params = condition(base.where)
    source = f"(SELECT * FROM judged WHERE {kept})"
    if fanned:
        source = f"(SELECT * REPLACE (unnest({fanned}) AS {fanned}) FROM judged WHERE {kept})"
        chosen = dict(base.where).get(fanned)
        if chosen:
            source = f"(SELECT * FROM {source} WHERE list_contains(CAST(? AS VARCHAR[]), coalesce({fanned}, '')))"
            params.append(list(chosen))
    category = _category_name(base.measure)
    sets = [f"({', '.join(split)})" for split in splits]
    sets += [f"({', '.join([*split, *category])})" for split in splits if category]
    mask = f"grouping({', '.join(names)})" if names else "0"
    columns = [mask, *names, *(f"{sql} AS {name}" for name, sql in sums.items())]
    grouping = f" GROUP BY GROUPING SETS ({', '.join(sets)})" if names else ""
    return f"SELECT {', '.join(columns)} FROM {source}{grouping}", params


def _split_of(mask: int, names: Sequence[str], splits: Sequence[Split], *, has_category: bool) -> tuple[Split, bool]:
    """Return which split a row belongs to: in the mask a set bit says that the name was not grouped by, the last name lowest."""
    is_category = has_category and not mask & 1
    bits = mask >> 1 if has_category else mask
    grouped = {name for at, name in enumerate(reversed(names)) if not bits >> at & 1}
    return next(split for split in splits if set(split) == grouped), is_category


def _sorted_groups(engine: Engine, by: Split, groups: Sequence[Group]) -> list[Group]:
    """The groups in the order of their values, their keys in the order that was asked for."""
    order = {name: {value: at for at, value in enumerate(values_of(engine, Dimension(name)))} for name in by}

    def place(group: Group) -> list[tuple[bool, int, str]]:
        values = [(name, group.key[name]) for name in by]
        return [(value is None, order[name].get(value or "", len(order[name])), value or "") for name, value in values]

    return [replace(group, key={name: group.key[name] for name in by}) for group in sorted(groups, key=place)]


def _population(engine: Engine, base: Request, group: Group) -> int | None:
    """How many live in the municipality as a whole on the last 31 December of the window, None where it is not known.

    For a number of persons the adults, for an amount told per inhabitant all of them; for other measures None.
    """
    measure = base.measure
    counted = {Kind.COUNT: measure.unit is Unit.PERSONS, Kind.RATIO: measure.per_inhabitant}
    narrowed = {name for name, _ in base.where} | set(group.key)
    if not counted.get(measure.kind, False) or narrowed - {Dimension.MUNICIPALITY}:
        return None
    wanted = [group.key["kommun"]] if "kommun" in group.key else list(dict(base.where).get("kommun", ()))
    known = _people(engine, "adults" if measure.kind is Kind.COUNT else "inhabitants", _last_new_year(base.cohort))
    numbers = [known.get(code or "") for code in wanted or engine.municipalities]
    return None if None in numbers else sum(number or 0 for number in numbers)


def _people(engine: Engine, people: str, year: int) -> Mapping[str, int]:
    """Return how many live in each municipality whose population of that year is known."""
    sql = f"SELECT kommun, {people} FROM population WHERE year = $year"
    found: Mapping[str, int] = workbench(engine).answers.get(
        (people, year), lambda: dict(engine.rows(sql, {"year": year}).fetchall())
    )
    return found


def _last_new_year(window: Period) -> int:
    return window.end.year if window.end == dt.date(window.end.year, 12, 31) else window.end.year - 1
