"""What an inquiry's matrices say: sums, which alternatives the scores exclude, and where text and score disagree.

The worked examples are the two matrices of Linköping's review of its social sector (domain.md, Organisation inquiries).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db.models import Prefetch, QuerySet

from governance.models import Alternative, Criterion, Inquiry, Score
from governance.models.inquiries import EXCLUDES

_WEAKER = re.compile(r"\b(?:sämre|svagare|lägre|mindre goda)\b")
_STRONGER = re.compile(r"\b(?:bättre|starkare|högre)\b")
_LIKE = re.compile(r"\b(?:likvärdig[at]?|lika (?:bra|goda|stark[at]?|väl))\b")
_NEGATIONS = {"inte", "ej", "varken", "knappast"}
_NEGATION_REACH = 5
"""How many words before a comparison a negation is looked for."""


class UnclearScale(Exception):
    """A scale as written that cannot be told; the text is Swedish."""


@dataclass(frozen=True)
class Step:
    """A step of a scale. `value` is None for a label that has no number: then nothing is summed over it."""

    label: str
    value: Decimal | None
    excludes: bool


@dataclass(frozen=True)
class Cell:
    """How an alternative stands to a criterion. `expected` is False where it has been taken out before the matrix."""

    alternative: Alternative
    criterion: Criterion
    score: Score | None
    expected: bool


@dataclass(frozen=True)
class Line:
    """A criterion with its cell for each alternative of the matrix."""

    criterion: Criterion
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """A matrix as it is shown. `sums` has a number for each alternative, None where not every score has one."""

    number: int
    alternatives: tuple[Alternative, ...]
    lines: tuple[Line, ...]
    sums: tuple[Decimal | None, ...]

    @property
    def is_summed(self) -> bool:
        """Tell whether any alternative has a sum."""
        return any(total is not None for total in self.sums)


@dataclass(frozen=True)
class Weighing:
    """All that the scores of an inquiry say, and the sentences about what does not fit together."""

    matrices: tuple[Matrix, ...]
    warnings: tuple[str, ...]


def with_scores(inquiries: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """Return the inquiries with all that these functions look at fetched, in a fixed number of queries."""
    return inquiries.select_related("owner").prefetch_related(
        "committees",
        "alternatives__costs",
        Prefetch("criteria", queryset=Criterion.objects.prefetch_related("scores")),
    )


def steps_of(criterion: Criterion) -> list[Step]:
    """Return the scale, from worst to best."""
    return [
        Step(str(step["label"]), None if step["value"] is None else Decimal(str(step["value"])), bool(step["excludes"]))
        for step in criterion.scale
    ]


def read_scale(text: str) -> list[dict[str, object]]:
    """Return a scale written a step a line, from worst to best, as the criterion keeps it.

    "Nej (utesluter)" is a label that excludes, "God = 2" one with a number; a label that is a number counts as itself.
    Raises UnclearScale for less than two steps, the same label twice or a value that is no number.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    steps = [_step(line) for line in lines]
    if len(steps) < 2:
        raise UnclearScale("Skriv minst två steg, ett på varje rad, från sämst till bäst.")
    if len({str(step["label"]).lower() for step in steps}) < len(steps):
        raise UnclearScale("Samma steg står två gånger.")
    return steps


def excluded_by_scores(alternative: Alternative, criteria: Sequence[Criterion]) -> list[Criterion]:
    """Return the criteria on which the alternative's score excludes it: one is enough."""
    found = []
    for criterion in criteria:
        score, step = _score(alternative, criterion), None
        if score is not None:
            step = _step_named(criterion, score.label)
        if step is not None and step.excludes:
            found.append(criterion)
    return found


def weigh(inquiry: Inquiry) -> Weighing:
    """Return the inquiry's matrices and what does not fit together in them."""
    alternatives, criteria = list(inquiry.alternatives.all()), list(inquiry.criteria.all())
    matrices = tuple(
        _matrix(number, alternatives, [one for one in criteria if one.matrix == number])
        for number in sorted({criterion.matrix for criterion in criteria})
    )
    cells = [cell for matrix in matrices for line in matrix.lines for cell in line.cells]
    warnings = [sentence for cell in cells for sentence in _cell_warnings(cell)]
    warnings += [sentence for alternative in alternatives for sentence in _exclusion_warnings(alternative, criteria)]
    return Weighing(matrices, tuple(warnings))


def _step(line: str) -> dict[str, object]:
    excludes = line.lower().endswith(f"({EXCLUDES})")
    body = line[: line.rindex("(")].strip() if excludes else line
    label, separator, written = (part.strip() for part in body.rpartition("="))
    if not separator:
        label, written = body, body
    try:
        value = Decimal(written.replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        if separator:
            raise UnclearScale(f"”{written}” är inget tal. Skriv till exempel ”God = 2”.") from None
        value = None
    if not label or len(label) > 60 or (value is not None and not value.is_finite()):
        raise UnclearScale(f"Det går inte att tyda steget ”{line[:60]}”.")
    return {"label": label, "value": None if value is None else str(value), "excludes": excludes}


def _score(alternative: Alternative, criterion: Criterion) -> Score | None:
    return next((score for score in criterion.scores.all() if score.alternative_id == alternative.pk), None)


def _step_named(criterion: Criterion, label: str) -> Step | None:
    return next((step for step in steps_of(criterion) if step.label == label), None)


def _is_in(alternative: Alternative, matrix: int) -> bool:
    return alternative.excluded_after is None or matrix <= alternative.excluded_after


def _matrix(number: int, alternatives: Sequence[Alternative], criteria: Sequence[Criterion]) -> Matrix:
    """Leave out the alternatives that were taken out before, unless somebody has scored them all the same."""
    shown = tuple(
        one for one in alternatives if _is_in(one, number) or any(_score(one, criterion) for criterion in criteria)
    )
    lines = tuple(
        Line(criterion, tuple(Cell(one, criterion, _score(one, criterion), _is_in(one, number)) for one in shown))
        for criterion in criteria
    )
    return Matrix(number, shown, lines, tuple(_sum(one, criteria) for one in shown))


def _sum(alternative: Alternative, criteria: Sequence[Criterion]) -> Decimal | None:
    values = []
    for criterion in criteria:
        score = _score(alternative, criterion)
        step = _step_named(criterion, score.label) if score else None
        if step is None or step.value is None:
            return None
        values.append(step.value)
    return sum(values, Decimal(0))


def _cell_warnings(cell: Cell) -> list[str]:
    where = f"Alternativ {cell.alternative.number}, ”{cell.criterion.name}”"
    if cell.score is None:
        return [f"{where}: poäng saknas."] if cell.expected else []
    found = []
    if not cell.expected:
        found.append(f"{where}: alternativet är avfört men har ändå fått poäng här.")
    if not cell.score.motive.strip():
        found.append(f"{where}: motiv saknas.")
    if _step_named(cell.criterion, cell.score.label) is None:
        found.append(f"{where}: ”{cell.score.label}” finns inte i skalan.")
    elif said := _disagreement(cell.score, cell.criterion):
        found.append(f"{where}: {said}")
    return found


def _disagreement(score: Score, criterion: Criterion) -> str:
    """Return what the motive says that the score does not.

    Nothing when it says both weaker and stronger: no rule can read that.
    """
    order = [step.label for step in steps_of(criterion)]
    others = [order.index(one.label) for one in criterion.scores.all() if one.pk != score.pk and one.label in order]
    if not others:
        return ""
    own, text = order.index(score.label), score.motive.lower()
    weaker, stronger, like = (_said(pattern, text) for pattern in (_WEAKER, _STRONGER, _LIKE))
    if weaker and not stronger and own >= max(others):
        return f"motivet säger ”{weaker}” men inget annat alternativ har högre poäng än {score.label}."
    if stronger and not weaker and own <= min(others):
        return f"motivet säger ”{stronger}” men inget annat alternativ har lägre poäng än {score.label}."
    if like and not (weaker or stronger) and own not in others:
        return f"motivet säger ”{like}” men inget annat alternativ har samma poäng, {score.label}."
    return ""


def _said(pattern: re.Pattern[str], text: str) -> str:
    """Return the first word of the kind that the text says and does not deny in the same sentence."""
    for match in pattern.finditer(text):
        before = re.split(r"[.!?;:]", text[: match.start()])[-1].split()[-_NEGATION_REACH:]
        if not _NEGATIONS.intersection(before):
            return match[0]
    return ""


def _exclusion_warnings(alternative: Alternative, criteria: Sequence[Criterion]) -> list[str]:
    """Compare the decision with the scores of the matrices the alternative was held against when it was taken."""
    failing = excluded_by_scores(alternative, criteria)
    where = f"Alternativ {alternative.number}"
    if failing and alternative.excluded_after is None:
        names = " och ".join(f"”{criterion.name}”" for criterion in failing)
        return [f"{where}: poängen utesluter alternativet ({names}), men det har gått vidare."]
    if alternative.excluded_after is not None:
        before = [one for one in failing if one.matrix <= alternative.excluded_after]
        if not before:
            return [f"{where}: alternativet är avfört, men ingen poäng utesluter det."]
    return []
