"""Figures inside figures on their way through disclosure control: each stands as a result of its own, and is folded back.

A median's share within so many days, a share after so many days, one of several parts: each of them tells counts that have to be
protected among all the others. What is counted in kronor tells none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.figures.kinds import what_is_distinct
from reporting.figures.model import Figure, PartFigure, Result
from reporting.measures.inner import Part, Summary, Unit
from reporting.measures.model import Kind, Measure

AT_RISK = "at_risk"


@dataclass(frozen=True)
class Inner:
    """One of the inner figures of a result: where it is found in a figure, and the share or count that stands for it."""

    name: str
    place: str
    part: Part | None = None


def unfolded(results: Sequence[Result]) -> list[Result]:
    """Return the results with every inner figure as a result of its own, in an order that `folded` knows."""
    return [inner for result in results for inner in _of(result)]


def unfolded_pairs(again: Result, public: Result) -> Iterator[tuple[Result, Result]]:
    """Yield what is inside an earlier result, counted again and as it was published; not what it had no such figure for."""
    for one, other in zip(_of(again), _of(public), strict=True):
        inner = one.request.variant.removeprefix(public.request.variant).removeprefix("+")
        if not inner or inner.split()[0] in {*public.total.parts, *(("within",) if public.total.within else ())}:
            yield one, other


def folded(results: Sequence[Result], protected: Sequence[Result]) -> list[Result]:
    """Return the results as the protected, unfolded ones allow them to be shown."""
    rest = iter(protected)
    return [_put_back(result, [next(rest) for _ in _of(result)]) for result in results]


def _of(result: Result) -> list[Result]:
    inners = _inners(result.measure)
    if not inners:
        return [] if result.measure.kind is Kind.PARTS else [result]
    found = [] if _follows_a_part(result.measure) else [_as_share(result)]
    found += [_result_of(result, inner) for inner in inners]
    return [found[0], *(replace(one, excluded={}) for one in found[1:])]


def _follows_a_part(measure: Measure) -> bool:
    """Whether the figure's own numbers are those of one of its parts."""
    return measure.kind is Kind.PARTS or bool(measure.duration and measure.duration.summary is Summary.INCIDENCE)


def _inners(measure: Measure) -> list[Inner]:
    if measure.duration and measure.duration.summary is Summary.INCIDENCE:
        days = [str(day) for day in measure.duration.days]
        return [Inner(day, "parts") for day in days] + [Inner(f"{day} {AT_RISK}", "parts") for day in days]
    if measure.duration:
        return [Inner("within", "within")]
    return [Inner(part.name, "parts", part) for part in measure.parts if part.unit is not Unit.KRONOR]


def _as_share(result: Result) -> Result:
    """The result without what is inside it: its numerator and denominator are counts like those of a share."""
    measure = replace(result.measure, kind=Kind.SHARE)
    return replace(result, request=replace(result.request, measure=measure))


def _result_of(result: Result, inner: Inner) -> Result:
    distinct = what_is_distinct(inner.part.count) if inner.part else ""
    measure = replace(result.measure, kind=Kind.SHARE, distinct=distinct, parts=(), duration=None)
    asked = replace(result.request, measure=measure, variant=f"{result.request.variant}+{inner.name}")
    return replace(
        result,
        request=asked,
        total=_figure_of(result.total, inner),
        groups=tuple(_figure_of(group, inner) for group in result.groups),
    )


def _part_in(figure: Figure, inner: Inner) -> PartFigure | None:
    if inner.place == "within":
        return next(iter(figure.within.values()), None)
    return figure.parts.get(inner.name.split()[0])


def _figure_of(figure: Figure, inner: Inner) -> Figure:
    part = _part_in(figure, inner)
    if part is not None and inner.name.endswith(AT_RISK):
        at_risk = part.extra[AT_RISK]
        left = at_risk if isinstance(at_risk, int) else None
        return Figure(figure.key, left, None, None, adds_up=figure.adds_up, suppressed=left is None)
    if part is None or part.suppressed:
        return Figure(figure.key, None, None, None, adds_up=figure.adds_up, suppressed=True)
    return Figure(
        figure.key,
        part.numerator,
        part.denominator,
        part.value,
        persons=part.persons,
        adds_up=part.adds_up and figure.adds_up,
    )


def _put_back(result: Result, shown: Sequence[Result]) -> Result:
    inners = _inners(result.measure)
    if not inners:
        return shown[0] if shown else result
    own = None if _follows_a_part(result.measure) else shown[0]
    parts = dict(zip(inners, shown[-len(inners) :], strict=True))

    def seen(place: Callable[[Result], Figure]) -> Figure:
        return _with_inner(
            result.measure,
            place(result),
            place(own) if own else None,
            {inner: place(one) for inner, one in parts.items()},
        )

    groups = tuple(seen(_group(at)) for at in range(len(result.groups)))
    return replace(result, total=seen(lambda one: one.total), groups=groups, excluded=shown[0].excluded)


def _group(at: int) -> Callable[[Result], Figure]:
    return lambda result: result.groups[at]


def _with_inner(measure: Measure, figure: Figure, own: Figure | None, shown: Mapping[Inner, Figure]) -> Figure:
    """The figure with its inner figures hidden where they must be; it is hidden itself when what stands as its value is."""
    within, parts = (
        dict(_seen(found, place, shown)) for place, found in (("within", figure.within), ("parts", figure.parts))
    )
    if own is None:
        first = str(measure.duration.headline) if measure.duration else measure.parts[0].name
        hides = parts[first].suppressed
    else:
        hides = own.suppressed
    if hides:
        return replace(figure.hidden(), within=within, parts=parts)
    persons = own.persons if own else _persons(parts, figure)
    return replace(figure, persons=persons, flags=own.flags if own else figure.flags, within=within, parts=parts)


def _persons(parts: Mapping[str, PartFigure], figure: Figure) -> int | None:
    """Told when the first part tells its own."""
    first = next(iter(parts.values()), None)
    return None if first is None or first.persons is None else figure.persons


def _seen(
    parts: Mapping[str, PartFigure], place: str, shown: Mapping[Inner, Figure]
) -> Iterator[tuple[str, PartFigure]]:
    named = {inner.name: figure for inner, figure in shown.items() if inner.place == place}
    for name, part in parts.items():
        public = named.get("within" if place == "within" else name)
        if public is None:
            yield name, part
            continue
        at_risk = named.get(f"{name} {AT_RISK}")
        seen = part.hidden() if public.suppressed else replace(part, persons=public.persons)
        if at_risk is not None and at_risk.suppressed:
            seen = replace(seen, extra={**seen.extra, AT_RISK: None})
        elif at_risk is not None:
            seen = replace(seen, extra=part.extra)
        yield name, seen
