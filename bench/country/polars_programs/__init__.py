"""The measures by hand in Polars: lazy queries over the whole country's files, subject by subject.

The definitions are those of the measures' texts (`reporting/measures`), the data the tables of a snapshot. Nothing here knows the
SQL of the product.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from bench.country.model import Answers, Country
from bench.country.polars_programs import cost, labour_market, routines, sfi, support
from bench.country.polars_programs.period import Period
from bench.country.polars_programs.tables import KOMMUN, Tables

_SUBJECTS = (labour_market, cost, support, sfi, routines)


def figures(country: Country, years: Sequence[int]) -> Answers:
    """Return every measure's numbers by year, measure and municipality; one without a case is left out."""
    tables = Tables(country)
    answers: Answers = {}
    for year in years:
        period = Period.of(year, country.as_of)
        answers[year] = {}
        for subject in _SUBJECTS:
            queries = subject.figures(tables, period)
            found = pl.collect_all(list(queries.values()), engine="streaming")
            for measure, rows in zip(queries, found, strict=True):
                answers[year][measure] = {
                    country.municipalities[row.pop(KOMMUN)]: row for row in rows.iter_rows(named=True)
                }
    return answers
