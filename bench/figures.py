"""All measures for five years in a warm process."""

from __future__ import annotations

from functools import partial

from bench.promises import Promise, seconds
from reporting.figures.computing import compute_many
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.snapshots.engine import Engine, folder_of
from reporting.snapshots.selectors import latest_snapshot

_YEARS = range(2020, 2025)
_LIMIT = 3


def measure() -> list[Promise]:
    """Compute every measure once on an engine that is thrown away, and time it on a second that has answered nothing yet."""
    snapshot = latest_snapshot()
    if snapshot is None:
        raise RuntimeError("the demonstration has no snapshot")
    requests = [request(each.code, year=year) for each in measures() for year in _YEARS]
    taken = 0.0
    for _round in ("warm up", "measured"):
        engine = Engine.open([folder_of(snapshot)])
        taken = seconds(partial(compute_many, engine, requests))
        engine.close()
    told = f"{len(measures())} measures × {len(_YEARS)} years"
    return [Promise("all measures, five years, warm", taken, _LIMIT, "s", told)]
