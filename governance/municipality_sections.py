"""The sections of kommun.toml about steering: [[mal]], [[indikator]], [[malvarde]]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from committees.actions.changes import log_change
from committees.models import Committee
from committees.municipality_schema import Changes, Entry, Fault, Key, KeyType, MunicipalityFile, Section
from committees.upsert import kept, set_related, upsert
from governance.enums import Comparator
from governance.models import Goal, Indicator, Target
from governance.wording import target_in_words
from reporting.measures.catalogue import UnknownMeasure, measure

_RELATIVE_KEYS = {"kpi", "grupp"}
_FROM_FILE = "kommun.toml lästes in"


def _apply_goals(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(Goal, "code", {entry["kod"] for entry in entries}))
    committees = {committee.code: committee for committee in Committee.objects.all()}
    done = []
    for entry in entries:
        values = {"name": entry["namn"], "committee": committees[entry["namnd"]]}
        done.append((entry, *upsert(Goal, {"code": entry["kod"]}, values)))
    for entry, goal, created, changed in done:
        missing = sorted(set(entry["over"]) - set(Goal.objects.values_list("code", flat=True)))
        changes.notes += [
            f"Målet {goal.code} bidrar till {code}, som inte finns än. Lägg till {code} som [[mal]] och läs in filen igen."
            for code in missing
        ]
        moved = set_related(goal.above, list(Goal.objects.filter(code__in=entry["over"])))
        changes.add(created=created, changed=changed or moved)
    return changes


def _apply_indicators(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(Indicator, "code", {entry["kod"] for entry in entries}))
    for entry in entries:
        values = {
            "measure": entry["matt"] or "",
            "variant": entry["variant"] or "",
            "selection": _selection(entry["urval"]),
            "manual": entry["manuell"],
            "name": entry["namn"] or "",
            "unit": entry["mattenhet"] or "",
        }
        indicator, created, changed = upsert(Indicator, {"code": entry["kod"]}, values)
        moved = set_related(indicator.goals, list(Goal.objects.filter(code__in=entry["mal"])))
        changes.add(created=created, changed=changed or moved)
    return changes


def _selection(chosen: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: list(value) if isinstance(value, list) else [value] for name, value in chosen.items()}


def _apply_targets(entries: Sequence[Entry]) -> Changes:
    changes = Changes()
    indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
    for entry in entries:
        relative = entry["jamfor_med"] or {}
        values = {
            "comparator": entry["jamforelse"],
            "value": None if entry["varde"] is None else Decimal(str(entry["varde"])),
            "kpi": relative.get("kpi", ""),
            "group": relative.get("grupp", ""),
        }
        found_by = {"indicator": indicators[entry["indikator"]], "year": entry["ar"]}
        before = target_in_words(Target.objects.filter(**found_by).first())
        target, created, changed = upsert(Target, found_by, {**values, "copied": False})
        log_change(target, field="value", before=before, after=target_in_words(target), by=None, why=_FROM_FILE)
        changes.add(created=created, changed=changed)
    in_file = {(entry["indikator"], entry["ar"]) for entry in entries}
    stored = Target.objects.order_by("indicator__code", "year").values_list("indicator__code", "year")
    changes.kept = [f"{code} {year}" for code, year in stored if (code, year) not in in_file]
    return changes


def _check_goals(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    """A goal does not serve itself, by whatever way round."""
    del file
    above = {entry["kod"]: set(entry["over"]) for entry in entries if entry["kod"]}
    faults = []
    for entry in entries:
        reached: set[str] = set()
        waiting = set(entry["over"])
        while waiting:
            reached |= waiting
            waiting = set().union(*(above.get(code, set()) for code in waiting)) - reached
        if entry["kod"] in reached:
            faults.append(entry.fault("over", "målet kan inte bidra till sig självt."))
    return faults


def _check_indicators(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    del file
    return [fault for entry in entries for fault in _indicator_faults(entry)]


def _indicator_faults(entry: Entry) -> list[Fault]:
    if not entry["manuell"]:
        return _measured_faults(entry)
    faults = [
        entry.fault(key, "ska inte stå på en indikator som rapporteras för hand (manuell = true).")
        for key in ("matt", "variant", "urval")
        if entry[key]
    ]
    faults += [
        entry.fault(key, "saknas och måste finnas på en indikator som rapporteras för hand (manuell = true).")
        for key in ("namn", "mattenhet")
        if not entry[key]
    ]
    return faults


def _measured_faults(entry: Entry) -> list[Fault]:
    if not entry["matt"]:
        return [entry.fault("matt", "saknas: ange ett mått, eller manuell = true om värdet rapporteras för hand.")]
    try:
        chosen = measure(entry["matt"])
    except UnknownMeasure as unknown:
        return [entry.fault("matt", str(unknown))]
    faults = []
    if entry["variant"] and entry["variant"] not in chosen.variant_names:
        faults.append(entry.fault("variant", f"ska vara något av {', '.join(chosen.variant_names)}."))
    known = [dimension.value for dimension in chosen.dimensions]
    for name, value in entry["urval"].items():
        if name not in known:
            faults.append(Fault(entry.place, "urval", name, f"måttet kan väljas ut efter {', '.join(known)}."))
        values = value if isinstance(value, list) else [value]
        if not values or not all(isinstance(item, str) and item for item in values):
            faults.append(Fault(entry.place, "urval", name, "ska ha en text eller en lista av texter som värde."))
    return faults


def _check_targets(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    del file
    faults = []
    for entry in entries:
        relative = entry["jamfor_med"]
        if (entry["varde"] is None) == (relative is None):
            faults.append(entry.fault("varde", "ange antingen varde eller jamfor_med, och inte båda."))
        if relative is not None and not _names_a_group(relative):
            faults.append(
                entry.fault("jamfor_med", 'ska skrivas { kpi = "U31462", grupp = "Namnet på jämförelsegruppen" }.')
            )
    return faults


def _names_a_group(relative: Mapping[str, Any]) -> bool:
    return set(relative) == _RELATIVE_KEYS and all(
        isinstance(value, str) and 0 < len(value) <= (20 if key == "kpi" else 150) for key, value in relative.items()
    )


SECTIONS = (
    Section(
        "mal",
        "mål",
        (
            Key("kod", required=True, longest=40),
            Key("namn", required=True, longest=250),
            Key("namnd", required=True, refers="namnd"),
            Key("over", KeyType.TEXTS, default=()),
        ),
        _apply_goals,
        existing=lambda: set(Goal.objects.order_by("code").values_list("code", flat=True)),
        check=_check_goals,
    ),
    Section(
        "indikator",
        "indikatorer",
        (
            Key("kod", required=True, longest=60),
            Key("mal", KeyType.TEXTS, required=True, default=(), refers="mal"),
            Key("matt", longest=100),
            Key("variant", longest=100),
            Key("urval", KeyType.TABLE, default={}),
            Key("namn", longest=250),
            Key("manuell", KeyType.YES_NO, default=False),
            Key("mattenhet", longest=40),
        ),
        _apply_indicators,
        existing=lambda: set(Indicator.objects.order_by("code").values_list("code", flat=True)),
        check=_check_indicators,
    ),
    Section(
        "malvarde",
        "målvärden",
        (
            Key("indikator", required=True, refers="indikator"),
            Key("ar", KeyType.WHOLE, required=True, least=1990, longest=2199),
            Key("jamforelse", required=True, choices=tuple(Comparator.values)),
            Key("varde", KeyType.NUMBER),
            Key("jamfor_med", KeyType.TABLE),
        ),
        _apply_targets,
        identity=("indikator", "ar"),
        check=_check_targets,
    ),
)
