"""The measures as a municipal analyst would compute them with pandas: a municipality at a time, a table at a time.

The definitions are those of the measures' texts (`reporting/measures`), the data the tables of a snapshot. Nothing here knows the
SQL of the product.
"""

from __future__ import annotations

from collections.abc import Sequence

from bench.country.model import Answers, Country
from bench.country.pandas_programs import cost, labour_market, routines, sfi, support
from bench.country.pandas_programs.municipality import Municipality
from bench.country.pandas_programs.period import Period

_SUBJECTS = (labour_market, support, sfi, cost, routines)


def figures(country: Country, years: Sequence[int]) -> Answers:
    """Return every measure's numbers by year, measure and municipality; one without a case is left out."""
    answers: Answers = {year: {} for year in years}
    for code, folder in country.folders:
        municipality = Municipality(folder, country.as_of)
        for year in years:
            period = Period.of(year, country.as_of)
            for subject in _SUBJECTS:
                for measure, numbers in subject.figures(municipality, period).items():
                    by_municipality = answers[year].setdefault(measure, {})
                    if numbers:
                        by_municipality[code] = numbers
    return answers
