"""The overview and the pages of every measure, with a warm snapshot: queries and time in the server."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.promises import Promise, seconds
from committees.models import User
from reporting.measures.catalogue import measures

_MOST_QUERIES = 15
_MOST_MILLISECONDS = 150
_ROUNDS = 5


def measure() -> list[Promise]:
    """Visit every page once, to warm what the promise says is warm, and then time it; the slowest page counts."""
    client = Client()
    client.force_login(User.objects.get(username="sekreterare"))
    slowest, most = ("", 0.0), ("", 0)
    for address in _addresses():
        _visit(client, address)
        with CaptureQueriesContext(connection) as queries:
            _visit(client, address)
            asked = len(queries)
        taken = statistics.median(seconds(partial(_visit, client, address)) for _round in range(_ROUNDS))
        slowest = max(slowest, (address, 1000 * taken), key=lambda found: found[1])
        most = max(most, (address, asked), key=lambda found: found[1])
    return [
        Promise("queries of a page", most[1], _MOST_QUERIES, "queries", most[0]),
        Promise("server time of a page, warm", slowest[1], _MOST_MILLISECONDS, "ms", slowest[0]),
    ]


def _addresses() -> Iterator[str]:
    for year in (2023, 2024):
        yield reverse("overview", args=["SN", year])
        for each in measures():
            for page in ("measure", "measure_split", "measure_method", "measure_cases", "measure_left_out"):
                yield reverse(page, args=["SN", year, each.code])


def _visit(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
