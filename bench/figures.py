"""The measures for five years in a warm process: those of the annual report; and all, with every split by one dimension."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bench.promises import Promise, seconds
from reporting.figures.computing import compute_many
from reporting.figures.dimensions import dimensions_of
from reporting.figures.model import Request
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.snapshots.engine import Engine, folder_of
from reporting.snapshots.selectors import latest_snapshot

_REPORT = (
    "exit_results",
    "work_or_study_at_exit",
    "work_at_exit",
    "study_at_exit",
    "not_returned_within_year",
    "long_term_support",
    "sfi_dropout",
    "sfi_dropout_reasons",
    "sfi_not_started",
    "cost_per_participant",
    "cost_per_participant_day",
    "cost_per_result",
)
_YEARS = range(2020, 2025)
_REPORT_LIMIT, _ALL_LIMIT = 3, 15


def measure() -> list[Promise]:
    """Time both workloads."""
    report = [request(code, year=year) for code in _REPORT for year in _YEARS]
    every = [
        request(each, year=year, by=by)
        for each in measures()
        for year in _YEARS
        for by in ((), *((dimension.value,) for dimension in dimensions_of(each)))
    ]
    splits = sum(len(dimensions_of(each)) for each in measures())
    told = f"{len(_REPORT)} measures × {len(_YEARS)} years"
    told_of_all = f"{len(measures())} measures × {len(_YEARS)} years, {splits} splits by one dimension"
    return [
        Promise("measures of the annual report, warm", _warm(report), _REPORT_LIMIT, "s", told),
        Promise("all measures, all single dimensions, warm", _warm(every), _ALL_LIMIT, "s", told_of_all),
    ]


def _warm(requests: Sequence[Request]) -> float:
    """Compute them all once on an engine that is thrown away, and time it on a second that has answered nothing yet."""
    snapshot = latest_snapshot()
    if snapshot is None:
        raise RuntimeError("the demonstration has no snapshot")
    taken = 0.0
    for _round in ("warm up", "measured"):
        engine = Engine.open([folder_of(snapshot)])
        taken = seconds(partial(compute_many, engine, requests))
        engine.close()
    return taken
