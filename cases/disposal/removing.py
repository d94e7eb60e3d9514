"""Removing rows for good: every version, the persons nobody names any longer, and what warnings said of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from cases.deliveries.recognising import forget_fingerprints
from cases.disposal.proposing import Proposal, chunks
from cases.kinds import KINDS, PERSONS, Kind
from cases.models import DeliveryWarning, Person

GONE = "Raden är gallrad."
_WORDS = re.compile(r"[^\s,;:”\"()]+")


def remove(proposal: Proposal) -> dict[str, int]:
    """Remove every version of the proposal's rows, in the caller's transaction; return how many versions by name of kind.

    Persons whom no row names any longer go too, with their versions.
    """
    named: set[str] = set(proposal.persons)
    places: dict[str, set[tuple[int, int]]] = {}
    removed: dict[str, int] = {}
    for kind, (field, values) in proposal.keys.items():
        places[kind.name] = set()
        removed[kind.name] = 0
        for some in chunks(values):
            versions: QuerySet[Any] = kind.model.objects.filter(**{f"{field}__in": some}).order_by()
            places[kind.name] |= set(versions.values_list("delivery_id", "source_row"))
            if "person" in kind.fields:
                named |= set(versions.values_list("person", flat=True))
            removed[kind.name] += versions.delete()[0]
    forget_fingerprints()
    removed[PERSONS.name], places[PERSONS.name] = _remove_unnamed(named)
    _blank_warnings(places, frozenset().union(*(values for _, values in proposal.keys.values())))
    return removed


def _remove_unnamed(persons: set[str]) -> tuple[int, set[tuple[int, int]]]:
    unnamed = set(persons)
    for kind in naming_kinds():
        versions: QuerySet[Any] = kind.model.objects.order_by()
        for some in chunks(persons):
            unnamed -= set(versions.filter(person__in=some).values_list("person", flat=True))
    count, places = 0, set()
    for some in chunks(unnamed):
        gone = Person.objects.filter(person__in=some).order_by()
        places |= set(gone.values_list("delivery_id", "source_row"))
        count += gone.delete()[0]
    return count, places


def naming_kinds() -> Iterator[Kind]:
    """Yield the kinds whose rows name persons, but the persons themselves."""
    return (kind for kind in KINDS if kind is not PERSONS and "person" in kind.fields)


def _blank_warnings(places: dict[str, set[tuple[int, int]]], keys: frozenset[str]) -> None:
    """Let warnings be counted as before, and say nothing more of the rows they were about.

    A warning is about a removed row when it stands at its place, or names its key.
    """
    about = DeliveryWarning.objects.filter(kind__in=places).exclude(message=GONE).order_by()
    ids = [
        pk
        for pk, kind, delivery, row, value, message in about.values_list(
            "pk", "kind", "delivery_id", "row", "value", "message"
        ).iterator(chunk_size=5_000)
        if (delivery, row) in places[kind] or value in keys or not keys.isdisjoint(_WORDS.findall(f"{value} {message}"))
    ]
    for start in range(0, len(ids), 500):
        DeliveryWarning.objects.filter(pk__in=ids[start : start + 500]).update(value="", message=GONE)
