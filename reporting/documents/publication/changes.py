"""What a later version of a report says otherwise than an earlier one: figures and texts, old and new, and why.

Both are compared as they were published. A figure that one of them hides is said to be hidden there, and nothing more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from reporting.documents.annual.restatement import why_it_differs
from reporting.figures.dimensions import closed_label, label_of
from reporting.figures.disclosure.register import request_of
from reporting.figures.model import CATEGORY, NO_KEY, Figure, Request, RequestFault
from reporting.figures.swedish import NO_DENOMINATOR, lower_first
from reporting.figures.wording import basis_in_words, value_in_words
from reporting.measures.dimensions import Dimension
from reporting.snapshots.engine import Engine
from reporting.snapshots.models import Snapshot

_Told = Mapping[str, Any]
_Pair = tuple[Mapping[str, str | None], _Told | None, _Told | None]


@dataclass(frozen=True)
class FigureChange:
    """A figure that two reports give otherwise: what it is of, what the earlier and the later one say, and why."""

    name: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True)
class TextChange:
    """A passage of a part that reads otherwise: the part's heading, the lines before and the lines after."""

    heading: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class FigureChanges:
    """How the figures of two reports compare: those that differ, and how many are the same."""

    changed: tuple[FigureChange, ...]
    unchanged: int


def text_changes(before: Mapping[str, str], after: Mapping[str, str], headings: Mapping[str, str]) -> list[TextChange]:
    """Return the passages that differ, in the order of `headings` (part code to heading)."""
    return [
        TextChange(heading, *lines)
        for code, heading in headings.items()
        for lines in _passages(before.get(code, ""), after.get(code, ""))
    ]


def figure_changes(
    before: Sequence[_Told], after: Sequence[_Told], *, engine: Engine, known_then: Snapshot
) -> FigureChanges:
    """Compare the figures of two manifests, question by question and group by group.

    `engine` has what the later one rests on and knows what groups are called, `known_then` is what the earlier one rests on.
    """
    later = {_question(document): document for document in after}
    changed: list[FigureChange] = []
    unchanged = 0
    told: set[object] = set()
    for document in before:
        now = later.get(_question(document))
        if now is None:
            continue
        # The total of a split is that of the whole question too: each figure is told once.
        *of, _by = _question(document)
        pairs = [pair for pair in _pairs(document, now) if (*of, _key(pair[0])) not in told]
        told |= {(*of, _key(key)) for key, *_ in pairs}
        found = _compared(document, pairs, engine, known_then)
        changed += found
        unchanged += len(pairs) - len(found)
    return FigureChanges(tuple(changed), unchanged)


def _compared(before: _Told, pairs: Sequence[_Pair], engine: Engine, known_then: Snapshot) -> list[FigureChange]:
    """Return those of a question's figures that differ, with the reason."""
    different = [pair for pair in pairs if not _is_same(*pair[1:])]
    if not different:
        return []
    try:
        request = request_of(before)
    except RequestFault as fault:
        return [FigureChange(before["measure"], NO_DENOMINATOR, NO_DENOMINATOR, str(fault)) for _ in different]
    hidden = any(told is not None and told["suppressed"] for _, *both in pairs for told in both)
    reason = why_it_differs(engine, known_then, before, request, hidden=hidden)
    return [
        FigureChange(_name(request, key, engine), _said(request, old), _said(request, new), reason)
        for key, old, new in different
    ]


def _pairs(before: _Told, after: _Told) -> Iterator[_Pair]:
    """Yield the total and each group as both have it, None where one has not."""
    yield NO_KEY, before["total"], after["total"]
    then, now = ({_key(group["key"]): group for group in document["groups"]} for document in (before, after))
    for key in dict.fromkeys([*then, *now]):
        yield dict(key), then.get(key), now.get(key)


def _key(key: Mapping[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted(key.items()))


def _question(document: _Told) -> tuple[object, ...]:
    where = tuple((name, tuple(values)) for name, values in document.get("where", {}).items())
    period = document["period"]
    return document["measure"], document["variant"], period["start"], period["end"], where, tuple(document["by"])


def _is_same(one: _Told | None, other: _Told | None) -> bool:
    if one is None or other is None:
        return one is other
    if one["suppressed"] or other["suppressed"]:
        return bool(one["suppressed"] == other["suppressed"])
    return all(_equal(one[name], other[name]) for name in ("numerator", "denominator", "value"))


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _said(request: Request, told: _Told | None) -> str:
    """Return the figure as it reads, with what it rests on: "36,2 % (47 av 130)"."""
    if told is None:
        return NO_DENOMINATOR
    figure = Figure(NO_KEY, told["numerator"], told["denominator"], told["value"], suppressed=told["suppressed"])
    value, basis = value_in_words(request.measure, figure), basis_in_words(request.measure, figure)
    return value if figure.suppressed or basis in {"", value} else f"{value} ({basis})"


def _name(request: Request, key: Mapping[str, str | None], engine: Engine) -> str:
    narrowed = [
        closed_label(Dimension(name), value) for name, values in request.where if name != "namnd" for value in values
    ]
    groups = [_label(request, engine, name, value) for name, value in key.items()]
    measure, variant = request.measure, request.variant
    others = [] if variant == measure.variant_for(request.period) else [measure.variant_label(variant)]
    return ", ".join([measure.name, request.period.label(), *map(lower_first, [*others, *narrowed, *groups])])


def _label(request: Request, engine: Engine, name: str, value: str | None) -> str:
    if name == CATEGORY:
        return next((one.label for one in request.measure.categories if one.code == value), value or "")
    return label_of(engine, name, value)


def _passages(before: str, after: str) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the runs of lines that differ, each as it was and as it is."""
    old, new = ([line for line in text.splitlines() if line.strip()] for text in (before, after))
    matched = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return [(tuple(old[i:j]), tuple(new[k:m])) for what, i, j, k, m in matched if what != "equal"]
