"""The sections of kommun.toml about reports and small numbers.

[[rapportperiod]], [rapporttider], [[sammantrade]], [[smatal]] and [[rojandeundantag]].
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.db.models import Model

from committees.models import Committee
from committees.municipality_schema import Changes, Entry, Fault, Key, KeyType, MunicipalityFile, Section
from committees.upsert import kept, upsert
from reporting.documents.templates.reading import MOST_LEAD_DAYS
from reporting.documents.work.lead_times import DEFAULT
from reporting.documents.work.periods import (
    MONTH_END,
    MONTH_END_SAYS,
    PERIOD_KINDS,
    other_statutory,
    period_faults,
)
from reporting.documents.work.schedule import MEETING_YEARS
from reporting.documents.work.workdays import is_working_day
from reporting.enums import ExemptionLevel
from reporting.measures.catalogue import measures
from reporting.models import DisclosureExemption, Meeting, MunicipalLeadTimes, ReportPeriod, SmallNumberLimit

_MEASURE = Key("matt", required=True, longest=100)
_PERIOD_KEYS = {"end": "slut", "statutory": "lagstadgad"}
_LEADS = {"datastopp": "data_stop", "textstopp": "text_stop", "beredning": "preparation", "utskick": "dispatch"}


def _apply_periods(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(ReportPeriod, "code", {entry["kod"] for entry in entries}))
    for entry in entries:
        values = {"name": entry["namn"], "kind": entry["slag"], "end": entry["slut"], "statutory": entry["lagstadgad"]}
        _count(changes, ReportPeriod, {"code": entry["kod"]}, values)
    return changes


def _apply_leads(entries: Sequence[Entry]) -> Changes:
    changes = Changes()
    for entry in entries:
        _count(changes, MunicipalLeadTimes, {"pk": 1}, {field: entry[key] for key, field in _LEADS.items()})
    return changes


def _apply_meetings(entries: Sequence[Entry]) -> Changes:
    """Store the meetings. One on a free day is taken, as the committee may meet when it likes, and mentioned."""
    named = {(entry["namnd"], entry["datum"]) for entry in entries}
    stored = Meeting.objects.select_related("committee")
    changes = Changes(kept=[str(one) for one in stored if (one.committee.code, one.day) not in named])
    committees = {committee.code: committee for committee in Committee.objects.all()}
    for entry in entries:
        _count(changes, Meeting, {"committee": committees[entry["namnd"]], "day": entry["datum"]}, {})
        if not is_working_day(entry["datum"]):
            changes.notes.append(
                f"Sammanträdet {entry['namnd']} {entry['datum']} ligger på en helg eller annan ledig dag. Det är inläst ändå."
            )
    return changes


def _apply_limits(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(SmallNumberLimit, "measure", {entry["matt"] for entry in entries}))
    for entry in entries:
        _count(changes, SmallNumberLimit, {"measure": entry["matt"]}, {"value": entry["varde"]})
    return changes


def _apply_exemptions(entries: Sequence[Entry]) -> Changes:
    changes = Changes(kept=kept(DisclosureExemption, "measure", {entry["matt"] for entry in entries}))
    for entry in entries:
        found_by = {"measure": entry["matt"], "level": entry["niva"]}
        _count(changes, DisclosureExemption, found_by, {"reason": entry["skal"], "decision": entry["beslut"]})
    return changes


def _count(changes: Changes, model: type[Model], found_by: dict[str, Any], values: dict[str, Any]) -> None:
    _, created, changed = upsert(model, found_by, values)
    changes.add(created=created, changed=changed)


def _check_measures(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    del file
    known = [measure.code for measure in measures()]
    return [
        entry.fault("matt", f"måttet finns inte. De mått som finns är {', '.join(known)}.")
        for entry in entries
        if entry["matt"] and entry["matt"] not in known
    ]


def _check_periods(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    """One period a year is the statutory interim report (KL 11:16); what is stored and not in the file stays, and counts."""
    del file
    statutory = [entry for entry in entries if entry["lagstadgad"]]
    faults = [entry.fault("lagstadgad", "bara en rapportperiod kan vara lagstadgad.") for entry in statutory[1:]]
    stored = other_statutory([entry["kod"] for entry in entries])
    if stored and statutory:
        faults.append(
            statutory[0].fault(
                "lagstadgad",
                f"bara en rapportperiod kan vara lagstadgad, och {stored.code} ({stored.name}) är det sedan förut.",
            )
        )
    for entry in entries:
        found = period_faults(kind=entry["slag"], end=entry["slut"], statutory=entry["lagstadgad"])
        faults += [entry.fault(_PERIOD_KEYS[field], text) for field, text in found]
    return faults


def _check_leads(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    """The stops come one after the other, as in a template."""
    del file
    return [
        entry.fault(later, f"ska vara högst så många dagar som {earlier} ({entry[earlier]}), som kommer före.")
        for entry in entries
        for earlier, later in pairwise(_LEADS)
        if entry[later] > entry[earlier]
    ]


def _check_meetings(entries: Sequence[Entry], file: MunicipalityFile) -> list[Fault]:
    del file
    return [
        entry.fault("datum", f"ska vara ett år mellan {MEETING_YEARS[0]} och {MEETING_YEARS[-1]}.")
        for entry in entries
        if entry["datum"] and entry["datum"].year not in MEETING_YEARS
    ]


def _stored_periods() -> list[dict[str, Any]]:
    return [
        {"kod": one.code, "namn": one.name, "slag": one.kind, "slut": one.end, "lagstadgad": one.statutory}
        for one in ReportPeriod.objects.all()
    ]


def _stored_leads() -> list[dict[str, Any]]:
    return [{key: getattr(one, field) for key, field in _LEADS.items()} for one in MunicipalLeadTimes.objects.all()]


def _stored_meetings() -> list[dict[str, Any]]:
    return [{"namnd": one.committee.code, "datum": one.day} for one in Meeting.objects.select_related("committee")]


SECTIONS = (
    Section(
        "rapportperiod",
        "rapportperioder",
        (
            Key("kod", required=True, longest=40),
            Key("namn", required=True, longest=150),
            Key("slag", required=True, choices=tuple(kind.value for kind in PERIOD_KINDS)),
            Key(
                "slut",
                required=True,
                pattern=MONTH_END,
                pattern_says=MONTH_END_SAYS,
            ),
            Key("lagstadgad", KeyType.YES_NO, default=False),
        ),
        _apply_periods,
        check=_check_periods,
        stored=_stored_periods,
    ),
    Section(
        "rapporttider",
        "tider före sammanträdet",
        tuple(
            Key(key, KeyType.WHOLE, default=getattr(DEFAULT, field), least=0, longest=MOST_LEAD_DAYS)
            for key, field in _LEADS.items()
        ),
        _apply_leads,
        many=False,
        check=_check_leads,
        stored=_stored_leads,
    ),
    Section(
        "sammantrade",
        "sammanträden",
        (Key("namnd", required=True, refers="namnd"), Key("datum", KeyType.DATE, required=True)),
        _apply_meetings,
        identity=("namnd", "datum"),
        check=_check_meetings,
        stored=_stored_meetings,
    ),
    Section(
        "smatal",
        "gränser för små tal",
        (_MEASURE, Key("varde", KeyType.WHOLE, required=True, least=1, longest=10_000)),
        _apply_limits,
        identity=("matt",),
        check=_check_measures,
    ),
    Section(
        "rojandeundantag",
        "undantag från röjandekontroll",
        (
            _MEASURE,
            Key("niva", required=True, choices=tuple(ExemptionLevel.values)),
            Key("skal", required=True, longest=300),
            Key("beslut", required=True, longest=100),
        ),
        _apply_exemptions,
        identity=("matt", "niva"),
        check=_check_measures,
    ),
)
