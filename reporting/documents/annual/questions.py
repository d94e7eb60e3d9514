"""Which figures an annual report asks for: one list, so that disclosure control sees all that is published together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reporting.documents.parts import CriterionPart, IndicatorPart
from reporting.figures.model import Figure, Request, Result
from reporting.figures.requests import request

YEARS_IN_SERIES = 5
YEARS_IN_GOALS = 3
YEARS_CALLED_FOR = 2

SERIES = (
    "exit_results",
    "work_or_study_at_exit",
    "work_at_exit",
    "study_at_exit",
    "not_returned_within_year",
    "long_term_support",
    "sfi_dropout",
    "sfi_not_started",
    "plan_coverage",
    "follow_up_compliance",
    "cost_per_participant",
    "cost_per_result",
)
"""Measures shown for each of the years."""

SPLITS: tuple[tuple[str, str], ...] = (
    ("work_or_study_at_exit", "insats"),
    ("work_or_study_at_exit", "kon"),
    ("work_or_study_at_exit", "nyanland"),
    ("cost_per_participant", "insats"),
    ("cost_per_result", "insats"),
    ("cost_per_participant_day", "insats"),
    ("budget_outcome", "enhet"),
    ("budget_outcome", "insats"),
)
"""Measures split by a dimension for the report's year."""

SINGLE = ("sfi_dropout_reasons", "cost_per_participant_day", "budget_outcome")
"""Measures shown for the report's year only."""

Where = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """A place in the report that a figure goes to. `selection` is an indicator's own narrowing."""

    code: str
    variant: str
    year: int
    by: tuple[str, ...] = ()
    selection: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Published:
    """The report's figures after disclosure control. `chosen`: what only the template's own parts ask for."""

    year: int
    years: tuple[int, ...]
    variants: Mapping[str, str]
    answers: Mapping[Question, Result] = field(repr=False)
    chosen: tuple[Result, ...] = field(default=(), repr=False)

    @property
    def results(self) -> tuple[Result, ...]:
        """Every result, each once."""
        return (*self.answers.values(), *self.chosen)

    def question(self, code: str, *, year: int | None = None, by: tuple[str, ...] = ()) -> Question:
        """Return the question of the measure in the report's variant for the year (the report's own by default)."""
        return Question(code, self.variants[code], year or self.year, by)

    def one(self, code: str, *, year: int | None = None, by: tuple[str, ...] = ()) -> Result:
        """Return the result for the year (the report's own by default)."""
        return self.answers[self.question(code, year=year, by=by)]

    @property
    def years_called_for(self) -> tuple[int, ...]:
        """The years shown of a measure that stands here only since auditors ask for it, oldest first."""
        return self.years[-YEARS_CALLED_FOR:]

    def series(self, code: str) -> list[Result]:
        """Return the totals for all the years, oldest first."""
        return [self.one(code, year=year) for year in self.years]

    def indicator(self, indicator: IndicatorPart, year: int) -> Result:
        """Return the total of an indicator for a year."""
        return self.answers[_indicator_question(indicator, year, self.variants)]

    def group(self, code: str, **key: str | None) -> Figure | None:
        """Return the group of the report's year with that key, None when there is none."""
        return self.one(code, by=tuple(key)).group(**key)


def called_for(criteria: Sequence[CriterionPart]) -> tuple[str, ...]:
    """Return the measures that the criteria call for and that no chapter of their own shows, in the criteria's order."""
    own = {*SERIES, *SINGLE}
    return tuple(dict.fromkeys(code for one in criteria for code in one.measures if code not in own))


def questions(
    year: int, indicators: Sequence[IndicatorPart], called: Sequence[str] = ()
) -> tuple[dict[str, str], list[Question]]:
    """Return the variant used for each measure, and everything that the report asks; `called`: see `called_for`.

    A measure is shown in the variant of the first indicator that names one, else in its own default.
    """
    years = series_years(year)
    variants = {code: _variant(code, year, indicators) for code in (*SERIES, *SINGLE, *called)}
    asked = [Question(code, variants[code], each) for code in SERIES for each in years]
    asked += [Question(code, variants[code], year, (by,)) for code, by in SPLITS]
    asked += [Question(code, variants[code], year) for code in SINGLE]
    asked += [
        Question(code, variants[code], each) for code in called for each in series_years(year)[-YEARS_CALLED_FOR:]
    ]
    for indicator in indicators:
        if indicator.measure:
            asked += [_indicator_question(indicator, each, variants) for each in goal_years(year)]
    return variants, list(dict.fromkeys(asked))


def series_years(year: int) -> tuple[int, ...]:
    """Return the years of a series that ends with the year, oldest first."""
    return tuple(range(year - YEARS_IN_SERIES + 1, year + 1))


def goal_years(year: int) -> tuple[int, ...]:
    """Return the years in the table of goals, oldest first."""
    return tuple(range(year - YEARS_IN_GOALS + 1, year + 1))


def requests_of(asked: Iterable[Question], where: Where) -> list[Request]:
    """Return the requests for the questions, over the rows of the report's committees."""
    return [
        request(
            question.code,
            year=question.year,
            variant=question.variant,
            by=question.by,
            where={**where, **dict(question.selection)},
        )
        for question in asked
    ]


def published(
    year: int,
    indicators: Sequence[IndicatorPart],
    where: Where,
    publish: Callable[[Sequence[Request]], Sequence[Result]],
    called: Sequence[str] = (),
    chosen: Sequence[Request] = (),
) -> Published:
    """Return all figures of the report, as `publish` gives them; `chosen`: what the template's own parts ask for."""
    variants, asked = questions(year, indicators, called)
    own = requests_of(asked, where)
    more = [one for one in dict.fromkeys(chosen) if one not in set(own)]
    results = publish([*own, *more])
    return Published(
        year=year,
        years=series_years(year),
        variants=variants,
        answers=dict(zip(asked, results[: len(own)], strict=True)),
        chosen=tuple(results[len(own) :]),
    )


def _variant(code: str, year: int, indicators: Sequence[IndicatorPart]) -> str:
    chosen = (indicator.variant for indicator in indicators if indicator.measure == code and indicator.variant)
    return next(chosen, None) or request(code, year=year).variant


def _indicator_question(indicator: IndicatorPart, year: int, variants: Mapping[str, str]) -> Question:
    variant = indicator.variant or variants.get(indicator.measure) or request(indicator.measure, year=year).variant
    return Question(indicator.measure, variant, year, (), tuple(sorted(indicator.selection.items())))
