"""The measures of the annual report for five years in a warm process."""

from __future__ import annotations

from functools import partial

from bench.promises import Promise, seconds
from reporting.figures.computing import compute_many
from reporting.figures.requests import request
from reporting.snapshots.engine import Engine, folder_of
from reporting.snapshots.selectors import latest_snapshot

_MEASURES = (
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
_LIMIT = 3


def measure() -> list[Promise]:
    """Compute them all once on an engine that is thrown away, and time it on a second that has answered nothing yet."""
    snapshot = latest_snapshot()
    if snapshot is None:
        raise RuntimeError("the demonstration has no snapshot")
    requests = [request(code, year=year) for code in _MEASURES for year in _YEARS]
    taken = 0.0
    for _round in ("warm up", "measured"):
        engine = Engine.open([folder_of(snapshot)])
        taken = seconds(partial(compute_many, engine, requests))
        engine.close()
    told = f"{len(_MEASURES)} measures × {len(_YEARS)} years"
    return [Promise("measures of the annual report, warm", taken, _LIMIT, "s", told)]
