"""The sections of kommun.toml about cases: [[insats]], [[avslutsorsak]] and [[vantad_leverans]]."""

from __future__ import annotations

from collections.abc import Sequence

from cases.enums import DeliveredFileKind, DeliveryInterval, ExitReason, Provider
from cases.models import ActivityType, ExitReasonText, ExpectedDelivery
from cases.models.quality import LONGEST_AFTER
from committees.models import Unit
from committees.municipality_schema import Changes, Entry, Fault, Key, KeyType, MunicipalityFile, Section
from committees.upsert import kept, upsert


def _apply_activity_types(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(ActivityType, "code", {entry["kod"] for entry in entries}))
    units = {unit.code: unit for unit in Unit.objects.all()}
    for entry in entries:
        values = {
            "name": entry["namn"],
            "unit": units[entry["enhet"]],
            "target_group": entry["malgrupp"],
            "funding": entry["finansiering"],
            "provider": entry["utforare"],
            "drop_in": entry["drop_in"],
            "assesses_work_capacity": entry["arbetsformagebedomning"],
        }
        _, created, changed = upsert(ActivityType, {"code": entry["kod"]}, values)
        changes.add(created=created, changed=changed)
    return changes


def _apply_exit_reasons(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(ExitReasonText, "text", {entry["text"] for entry in entries}))
    for entry in entries:
        _, created, changed = upsert(ExitReasonText, {"text": entry["text"]}, {"code": entry["kod"]})
        changes.add(created=created, changed=changed)
    return changes


def _apply_expected_deliveries(entries: Sequence[Entry]) -> Changes:
    named = {(entry["slag"], entry["system"]) for entry in entries}
    changes = Changes(kept=[str(one) for one in ExpectedDelivery.objects.all() if (one.kind, one.system) not in named])
    for entry in entries:
        values = {
            "interval": entry["intervall"],
            "days": entry["dagar"],
            "start": entry["fran"],
            "ended": entry["till"],
        }
        found_by = {"kind": entry["slag"], "system": entry["system"]}
        _, created, changed = upsert(ExpectedDelivery, found_by, values)
        changes.add(created=created, changed=changed)
    return changes


def _check_expected_deliveries(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    del file
    found = []
    for entry in entries:
        if entry["dagar"] is not None and entry["dagar"] > LONGEST_AFTER:
            found.append(entry.fault("dagar", f"högst {LONGEST_AFTER} dagar"))
        if entry["till"] and entry["fran"] and entry["till"] < entry["fran"]:
            found.append(entry.fault("till", "samma dag som fran eller senare"))
    return found


def _activity_type_codes() -> set[str]:
    return set(ActivityType.objects.order_by("code").values_list("code", flat=True))


SECTIONS = (
    Section(
        "insats",
        "insatser",
        (
            Key(
                "kod",
                required=True,
                longest=60,
                pattern=r"[^\s;,|]+",
                pattern_says="får inte ha blanksteg, komma, semikolon eller |.",
            ),
            Key("namn", required=True, longest=150),
            Key("enhet", required=True, refers="enhet"),
            Key("malgrupp", default="", longest=300),
            Key("finansiering", default="", longest=100),
            Key("utforare", default=Provider.OWN.value, choices=tuple(Provider.values)),
            Key("drop_in", KeyType.YES_NO, default=False),
            Key("arbetsformagebedomning", KeyType.YES_NO, default=False),
        ),
        _apply_activity_types,
        existing=_activity_type_codes,
    ),
    Section(
        "avslutsorsak",
        "avslutsorsaker",
        (
            Key("text", required=True, longest=150),
            Key("kod", required=True, choices=tuple(ExitReason.values)),
        ),
        _apply_exit_reasons,
        identity=("text",),
    ),
    Section(
        "vantad_leverans",
        "väntade leveranser",
        (
            Key("slag", required=True, choices=tuple(DeliveredFileKind.values)),
            Key("system", default="", longest=60),
            Key("intervall", required=True, choices=tuple(DeliveryInterval.values)),
            Key("dagar", KeyType.WHOLE, required=True, least=0),
            Key("fran", KeyType.DATE, required=True),
            Key("till", KeyType.DATE),
        ),
        _apply_expected_deliveries,
        identity=("slag", "system"),
        check=_check_expected_deliveries,
    ),
)
