"""The sections of kommun.toml about cases: [[insats]] and [[avslutsorsak]]."""

from __future__ import annotations

from collections.abc import Sequence

from cases.enums import ExitReason, Provider
from cases.models import ActivityType, ExitReasonText
from committees.models import Unit
from committees.municipality_schema import Changes, Entry, Key, KeyType, Section
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
)
