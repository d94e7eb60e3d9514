"""Taking in what Kolada has published, in the shape of its API (v3): key figures, municipalities, groups, values.

Taking in the same answers twice changes nothing. A value that Kolada gives as missing is kept as missing, never as zero; one that
it has withdrawn is let go.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone

from reporting.comparison.models import KoladaMunicipality, KoladaValue, Kpi, PeerGroup, PeerGroupMember
from reporting.enums import KoladaGender

_YEAR = re.compile(r"\b(20\d\d)\b")
_SHAPES = (
    ("municipalities", {"id", "title", "type"}),
    ("groups", {"id", "title", "members"}),
    ("kpis", {"id", "title", "is_divided_by_gender"}),
    ("values", {"kpi", "period", "municipality", "values"}),
)
"""What the answers are told by, in the order they are taken in: values come last, since they refer to the others."""

Row = TypeVar("Row", bound=models.Model)
Answers = dict[str, list[Mapping[str, Any]]]
"""What Kolada has answered, by shape."""


class KoladaFault(Exception):
    """A file is not what Kolada hands out, or refers to what is not known; the Swedish text says which and what to do."""


def load_kolada_json(
    sources: Sequence[Path | bytes], *, group: str | None = None, fetched_at: dt.datetime | None = None
) -> dict[str, int]:
    """Take in the files together, in any order, and return how many rows of each sort are new or changed.

    `group` is the id of the group this municipality compares itself with. `fetched_at` (default: now) is when the values were
    fetched; an unchanged value keeps its own. Raises KoladaFault, and then nothing is taken in.
    """
    answers: Answers = {name: [] for name, _ in _SHAPES}
    for source in sources:
        shape, rows = _read(source)
        answers[shape] += rows
    return take_in(answers, group=group, fetched_at=fetched_at)


def take_in(answers: Answers, *, group: str | None = None, fetched_at: dt.datetime | None = None) -> dict[str, int]:
    """Store answers by shape (municipalities, groups, kpis, values) and return how many rows of each sort are new or changed.

    Raises KoladaFault, and then nothing is taken in.
    """
    try:
        given: Answers = {name: list(answers.get(name, ())) for name, _ in _SHAPES}
        for name in given:
            if name != "values":
                given[name] = [row for row in given[name] if not row.get("isdeleted")]
        with transaction.atomic():
            counts = {
                "municipalities": _store(KoladaMunicipality, _municipalities(given), ("title", "type")),
                "kpis": _store(Kpi, _kpis(given), _KPI_FIELDS),
                "groups": _store(PeerGroup, _groups(given), ("title", "model_year")),
                "members": _store_members(given["groups"]),
                "values": _store_values(given["values"], fetched_at or timezone.now()),
            }
            if group:
                _choose(group)
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OverflowError,
        DataError,
        IntegrityError,
        ValidationError,
    ) as error:
        raise KoladaFault("Svaret från Kolada har inte den form det ska ha. Inget har lästs in.") from error
    return counts


_KPI_FIELDS = (
    "title",
    "description",
    "is_divided_by_gender",
    "municipality_type",
    "published_period",
    "preliminary_on",
    "published_on",
)


def _read(source: Path | bytes) -> tuple[str, list[Mapping[str, Any]]]:
    name = "Filen" if isinstance(source, bytes) else f"Filen {source.name}"
    try:
        content = source if isinstance(source, bytes) else source.read_bytes()
        rows = parsed(content)["values"]
        keys = set(rows[0]) if rows else set()
    except OSError as error:
        raise KoladaFault(f"{name} går inte att läsa: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise KoladaFault(f"{name} är inte ett svar från Kolada: det ska vara JSON med listan ”values”.") from error
    for shape, required in _SHAPES:
        if required <= keys:
            return shape, rows
    raise KoladaFault(f"{name} innehåller varken nyckeltal, kommuner, kommungrupper eller värden från Kolada.")


def parsed(content: bytes) -> Any:
    """Return the JSON; ValueError for what is none, also for the numbers that JSON does not have (NaN, Infinity)."""
    return json.loads(content, parse_constant=_no_number)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _municipalities(answers: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[KoladaMunicipality]:
    named = {row["id"] for row in answers["municipalities"]}
    for row in answers["municipalities"]:
        yield KoladaMunicipality(id=row["id"], title=row["title"], type=row["type"])
    known = named | set(KoladaMunicipality.objects.values_list("id", flat=True))
    for group in answers["groups"]:
        for member in group["members"]:
            if member["member_id"] not in known:
                known.add(member["member_id"])
                yield KoladaMunicipality(id=member["member_id"], title=member["member_title"], type="K")


def _kpis(answers: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[Kpi]:
    for row in answers["kpis"]:
        yield Kpi(
            id=row["id"],
            title=row["title"],
            description=row.get("description") or "",
            is_divided_by_gender=row["is_divided_by_gender"],
            municipality_type=row.get("municipality_type") or "",
            published_period=str(row.get("publ_period") or ""),
            preliminary_on=_day(row.get("prel_publication_date")),
            published_on=_day(row.get("publication_date")),
        )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _groups(answers: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[PeerGroup]:
    for row in answers["groups"]:
        year = _YEAR.search(row["title"])
        yield PeerGroup(id=row["id"], title=row["title"], model_year=int(year[1]) if year else None)


def _store(model: type[Row], rows: Iterable[Row], fields: tuple[str, ...]) -> int:
    """Write the rows that are new or differ in the fields; return how many."""
    known = {row.pk: row for row in model._default_manager.all()}
    changed = [
        row
        for row in {row.pk: row for row in rows}.values()
        if row.pk not in known or any(getattr(row, field) != getattr(known[row.pk], field) for field in fields)
    ]
    model._default_manager.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=list(fields), batch_size=500
    )
    return len(changed)


def _store_members(groups: Sequence[Mapping[str, Any]]) -> int:
    """Make the memberships those of the groups given; return how many came or went."""
    changed = 0
    for group in groups:
        wanted = {member["member_id"] for member in group["members"]}
        current = PeerGroupMember.objects.filter(group_id=group["id"])
        gone = current.exclude(municipality_id__in=wanted)
        kept = set(current.values_list("municipality_id", flat=True))
        changed += gone.delete()[0]
        new = [PeerGroupMember(group_id=group["id"], municipality_id=code) for code in sorted(wanted - kept)]
        changed += len(PeerGroupMember.objects.bulk_create(new))
    return changed


def _store_values(rows: Sequence[Mapping[str, Any]], fetched_at: dt.datetime) -> int:
    _refuse_unknown(rows)
    withdrawn = _let_go(rows)
    keys = ("kpi_id", "municipality_id", "year", "gender")
    facts = ("value", "status", "count")
    wanted = {row["kpi"] for row in rows}
    known = {
        tuple(row[key] for key in keys): tuple(row[fact] for fact in facts)
        for row in KoladaValue.objects.filter(kpi__in=wanted).values(*keys, *facts)
    }
    fresh = {tuple(getattr(value, key) for key in keys): value for value in _values(rows, fetched_at)}
    changed = [
        value for key, value in fresh.items() if known.get(key, _NEVER) != tuple(getattr(value, fact) for fact in facts)
    ]
    KoladaValue.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["kpi", "municipality", "year", "gender"],
        update_fields=[*facts, "fetched_at"],
        batch_size=500,
    )
    return len(changed) + withdrawn


def _let_go(rows: Sequence[Mapping[str, Any]]) -> int:
    """Remove what Kolada says that it has withdrawn; return how many values."""
    gone = [
        models.Q(kpi=row["kpi"], municipality=row["municipality"], year=int(row["period"]), gender=value["gender"])
        for row in rows
        for value in row["values"]
        if row.get("isdeleted") or value.get("isdeleted")
    ]
    return sum(KoladaValue.objects.filter(one).delete()[0] for one in gone)


_NEVER = ("never",)


def _values(rows: Sequence[Mapping[str, Any]], fetched_at: dt.datetime) -> Iterator[KoladaValue]:
    for row in rows:
        for value in row["values"]:
            if not (row.get("isdeleted") or value.get("isdeleted")):
                yield KoladaValue(
                    kpi_id=row["kpi"],
                    municipality_id=row["municipality"],
                    year=int(row["period"]),
                    gender=KoladaGender(value["gender"]).value,
                    value=value["value"],
                    status=value.get("status") or "",
                    count=value.get("count"),
                    fetched_at=fetched_at,
                )


def _refuse_unknown(rows: Sequence[Mapping[str, Any]]) -> None:
    for model, key, noun in ((Kpi, "kpi", "Nyckeltalen"), (KoladaMunicipality, "municipality", "Kommunerna")):
        asked = {row[key] for row in rows}
        known = set(model._default_manager.filter(pk__in=asked).values_list("pk", flat=True))
        if unknown := sorted(asked - known):
            listed = ", ".join(unknown)
            raise KoladaFault(f"{noun} {listed} har värden men är inte kända. Läs också in filen som beskriver dem.")


def _choose(group: str) -> None:
    if not PeerGroup.objects.filter(pk=group).exists():
        raise KoladaFault(f"Kommungruppen {group} finns inte bland dem som har lästs in.")
    PeerGroup.objects.filter(chosen=True).exclude(pk=group).update(chosen=False)
    PeerGroup.objects.filter(pk=group).update(chosen=True)
