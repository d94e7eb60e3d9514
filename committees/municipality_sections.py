"""The sections of kommun.toml about the organisation: [kommun], [granser], [[namnd]], [[forvaltning]], [[enhet]]."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from committees.enums import UnitKind
from committees.models import Committee, Department, Municipality, Responsibility, Unit
from committees.municipality_schema import Changes, Entry, Fault, Key, KeyType, MunicipalityFile, Part, Section
from committees.upsert import kept, set_related, upsert

_CODE = Key(
    "kod",
    required=True,
    longest=20,
    pattern=r"[^\s;,|]+",
    pattern_says="får inte ha blanksteg, komma, semikolon eller |.",
)
_NAME = Key("namn", required=True, longest=150)
_LIMITS = {
    "smatal": ("small_number_limit", 5, 1),
    "sfi_start_dagar": ("sfi_start_days", 42, 0),
    "sfi_tidigt_avbrott_dagar": ("sfi_early_dropout_days", 14, 0),
    "remiss_dagar": ("referral_days", 14, 0),
    "plan_dagar": ("plan_days", 30, 0),
}


def _apply_municipality(entries: Sequence[Entry]) -> Changes:
    changes = Changes()
    for entry in entries:
        found_by = {"pk": stored.pk} if (stored := Municipality.objects.first()) else {"code": entry["kod"]}
        _, created, changed = upsert(
            Municipality, found_by, {"name": entry["namn"]} | ({"code": entry["kod"]} if stored else {})
        )
        changes.add(created=created, changed=changed)
    return changes


def _apply_limits(entries: Sequence[Entry]) -> Changes:
    changes = Changes()
    for entry in entries:
        values = {field: entry[key] for key, (field, _, _) in _LIMITS.items()}
        _, created, changed = upsert(Municipality, {"pk": Municipality.objects.get().pk}, values)
        changes.add(created=created, changed=changed)
    return changes


def _apply_committees(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(Committee, "code", {entry["kod"] for entry in entries}))
    for entry in entries:
        _, created, changed = upsert(Committee, {"code": entry["kod"]}, {"name": entry["namn"]})
        changes.add(created=created, changed=changed)
    return changes


def _apply_departments(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(Department, "code", {entry["kod"] for entry in entries}))
    for entry in entries:
        department, created, changed = upsert(Department, {"code": entry["kod"]}, {"name": entry["namn"]})
        moved = set_related(department.committees, list(Committee.objects.filter(code__in=entry["namnder"])))
        changes.add(created=created, changed=changed or moved)
    return changes


def _apply_units(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(Unit, "code", {entry["kod"] for entry in entries}))
    for entry in entries:
        department = Department.objects.get(code=entry["forvaltning"]) if entry["forvaltning"] else None
        values = {"name": entry["namn"], "kind": entry["slag"], "department": department}
        unit, created, changed = upsert(Unit, {"code": entry["kod"]}, values)
        changes.notes += _add_committees_named_only_here(entry.parts["ansvar"])
        moved = _set_responsibilities(unit, entry.parts["ansvar"])
        changes.add(created=created, changed=changed or moved)
    return changes


def _add_committees_named_only_here(rows: Sequence[Entry]) -> list[str]:
    """A committee of former days may be named only where it answered for a unit: it gets its code as name until it has one."""
    notes = []
    for code in sorted({row["namnd"] for row in rows}):
        _, created = Committee.objects.get_or_create(code=code, defaults={"name": code})
        if created:
            notes.append(
                f"Nämnden {code} står bara under [[enhet.ansvar]]. Den heter {code} tills den får en egen [[namnd]]."
            )
    return notes


def _set_responsibilities(unit: Unit, rows: Sequence[Entry]) -> bool:
    """Make the unit's responsibilities those of the file: what is not there goes, or two committees would answer at once."""
    committees = {committee.code: committee.pk for committee in Committee.objects.all()}
    wanted = {(committees[row["namnd"]], row["fran"], row["till"], row["beslut"]) for row in rows}
    stored = unit.responsibilities.order_by("start")
    if set(stored.values_list("committee_id", "start", "end", "decision")) == wanted:
        return False
    stored.delete()
    Responsibility.objects.bulk_create(
        Responsibility(unit=unit, committee_id=committee, start=start, end=end, decision=decision)
        for committee, start, end, decision in sorted(wanted, key=lambda row: row[1])
    )
    return True


def _check_responsibilities(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    """One committee at a time answers for a unit, and nobody before they begin."""
    del file
    faults = []
    for entry in entries:
        rows = sorted((row for row in entry.parts["ansvar"] if row["fran"]), key=lambda row: row["fran"])
        faults += [
            row.fault("till", f"ska vara samma dag som eller senare än fran ({row['fran']}).")
            for row in rows
            if row["till"] and row["till"] < row["fran"]
        ]
        faults += [
            later.fault("fran", f"överlappar ansvaret från {earlier['fran']}, som {_end_says(earlier['till'])}.")
            for earlier, later in pairwise(rows)
            if earlier["till"] is None or earlier["till"] >= later["fran"]
        ]
    return faults


def _end_says(end: dt.date | None) -> str:
    return f"slutar {end}" if end else "saknar till och alltså fortfarande gäller"


def _codes(model: type[Committee | Department | Unit]) -> set[str]:
    return set(model.objects.order_by("code").values_list("code", flat=True))


def _stored_committees() -> list[dict[str, Any]]:
    return [{"kod": one.code, "namn": one.name} for one in Committee.objects.order_by("code")]


SECTIONS = (
    Section(
        "kommun",
        "kommunen",
        (
            Key("kod", required=True, longest=8, pattern=r"\d{4}", pattern_says="ska vara fyra siffror."),
            Key("namn", required=True, longest=100),
        ),
        _apply_municipality,
        many=False,
        required=True,
        stored=lambda: [{"kod": one.code, "namn": one.name} for one in Municipality.objects.all()],
    ),
    Section(
        "granser",
        "gränser",
        tuple(
            Key(key, KeyType.WHOLE, default=default, least=least, longest=10_000)
            for key, (_, default, least) in _LIMITS.items()
        ),
        _apply_limits,
        many=False,
    ),
    Section(
        "namnd",
        "nämnder",
        (_CODE, _NAME),
        _apply_committees,
        existing=lambda: _codes(Committee),
        stored=_stored_committees,
    ),
    Section(
        "forvaltning",
        "förvaltningar",
        (_CODE, _NAME, Key("namnder", KeyType.TEXTS, default=(), refers="namnd")),
        _apply_departments,
        existing=lambda: _codes(Department),
    ),
    Section(
        "enhet",
        "enheter",
        (
            _CODE,
            _NAME,
            Key("slag", required=True, choices=tuple(UnitKind.values)),
            Key("forvaltning", refers="forvaltning"),
        ),
        _apply_units,
        parts=(
            Part(
                "ansvar",
                (
                    Key("namnd", required=True, longest=20),
                    Key("fran", KeyType.DATE, required=True),
                    Key("till", KeyType.DATE),
                    Key("beslut", default="", longest=100),
                ),
            ),
        ),
        existing=lambda: _codes(Unit),
        check=_check_responsibilities,
    ),
)
