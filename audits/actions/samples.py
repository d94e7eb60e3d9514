"""Drawing samples, marking what each case shows, and closing them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.enums import Mark, SampleRule, SampleState
from audits.frameworks.reading import content_of
from audits.models import Audit, Sample, SampleCriterion, SampleItem, SampleMark
from audits.permissions import engaged_as
from audits.policies import check_goes_on
from audits.sampling import SamplingFault, allocation, attribute_size, drawn, share_size
from committees.actions.changes import log_change, log_changes
from committees.actions.saving import required, save
from committees.models import User
from committees.permissions import Permission, access_of
from committees.revising import revise
from committees.views.guards import refuse
from committees.workflows import Move, MoveFault, Workflow, register, states
from reporting.figures.model import Period, Request, RequestFault
from reporting.figures.population import CasesToDraw, PopulationCase, cases_to_draw
from reporting.figures.requests import request as make_request
from reporting.snapshots.engine import engine_for
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot

WORKFLOW = register(
    Workflow(
        "audit_sample",
        "Stickprov i en granskning",
        SampleState,
        SampleState.DRAWN,
        (
            Move("close", "Avsluta stickprovet", states("drawn"), "closed", Permission.CARRY_OUT_AUDITS),
            Move(
                "reopen",
                "Öppna stickprovet igen",
                states("closed"),
                "drawn",
                Permission.CARRY_OUT_AUDITS,
                asks_why=True,
            ),
        ),
    )
)

PSEUDONYM_LENGTH = 8
"""How much of a person's pseudonym is shown, as in the lists of cases."""


@dataclass(frozen=True)
class SampleOrder:
    """What is to be drawn. Shares (confidence, tolerable, expected, share) are of one.

    `committees` are codes among the audited; none means all of them. `strata` is a dimension that divides the cases, or empty.
    Without a seed one is made.
    """

    title: str
    measure: str
    period: Period
    criteria: Sequence[str]
    rule: SampleRule
    question: str = ""
    variant: str = ""
    committees: Sequence[str] = ()
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    strata: str = ""
    number: int | None = None
    share: float | None = None
    confidence: float = 0.95
    tolerable: float | None = None
    expected: float = 0.0
    seed: str = ""


@transaction.atomic
def draw_sample(*, audit: Audit, order: SampleOrder, by: User, snapshot: Snapshot | None = None) -> Sample:
    """Draw a sample from the cases of a measure and return it; from the latest snapshot when none is given.

    Raises PermissionDenied for who has no part in the audit or may not read the cases of the committees, MoveFault when the audit
    is over, ValidationError for an order that cannot be met. Nobody with a protected identity is drawn; how many cases were left
    out for that is kept with the sample.
    """
    check_goes_on(by, audit)
    codes = _committees(audit, order.committees)
    if not access_of(by).may_for(Permission.SEE_CASES, codes):
        raise refuse(Permission.SEE_CASES)
    title, criteria = _wording(audit, order)
    snapshot = snapshot or latest_snapshot()
    if snapshot is None:
        raise ValidationError("Det finns inget underlag att dra ur. Frys ett underlag först.")
    try:
        asked = _asked(order, codes)
        found = cases_to_draw(engine_for(snapshot), asked, strata=order.strata)
        chosen, parameters = _chosen(found, order)
    except (RequestFault, SamplingFault) as fault:
        raise ValidationError(str(fault)) from fault
    sample = Sample.objects.create(
        audit=audit,
        question=order.question,
        title=title,
        measure=asked.measure.code,
        variant=asked.variant,
        request=_stored(asked),
        snapshot=snapshot,
        rule=order.rule,
        parameters=parameters,
        strata=order.strata,
        seed=str(parameters.pop("seed")),
        population_size=len(found.cases),
        size=len(chosen),
        drawn_by=by,
    )
    _store_parts(sample, criteria, chosen)
    log_changes(sample, before={}, after={"state": sample.get_state_display(), "size": sample.size}, by=by)
    return sample


def _wording(audit: Audit, order: SampleOrder) -> tuple[str, list[str]]:
    """Return what the sample is about and its criteria, trimmed. Raises ValidationError for what is wanting."""
    title = required(order.title, "title", "Skriv vad stickprovet gäller.")
    criteria = [text.strip() for text in order.criteria if text.strip()]
    if not criteria:
        raise ValidationError({"criteria": "Skriv minst ett kriterium."})
    if order.question and content_of(audit.framework_version).question(order.question) is None:
        raise ValidationError({"question": f"Fråga {order.question} finns inte i granskningens ramverk."})
    return title, criteria


def asked_of(sample: Sample) -> Request:
    """Return the request whose cases the sample was drawn from. Raises RequestFault when the measure knows it no more."""
    stored = sample.request
    period = Period(dt.date.fromisoformat(stored["start"]), dt.date.fromisoformat(stored["end"]))
    return make_request(sample.measure, period=period, variant=sample.variant, where=stored["where"])


def drawn_again(sample: Sample) -> list[str]:
    """Return the keys that the sample's snapshot, request and seed give today, in the order they are drawn.

    Raises RequestFault or SamplingFault when they give no sample any more (the measure's definition has changed).
    """
    found = cases_to_draw(engine_for(sample.snapshot), asked_of(sample), strata=sample.strata)
    given = {name: part["drawn"] for name, part in sample.parameters["strata"].items()}
    return [case.key for case in _draw(found.cases, given, sample.seed)]


@transaction.atomic
def mark_case(
    *, item: SampleItem, marks: Mapping[int, str], comment: str, read_as: int, by: User, why: str = ""
) -> SampleItem:
    """Store what a case shows: a mark for each criterion (by its key in the database; empty leaves it) and a comment.

    A mark that is set changes only with a reason. Raises Overtaken when somebody else saved the case in between.
    """
    _check_may_mark(by, item.sample)
    known = {criterion.pk: criterion for criterion in item.sample.criteria.all()}
    if set(marks) - set(known) or set(marks.values()) - {"", *Mark.values}:
        raise ValidationError("Kriteriet eller svaret finns inte i stickprovet.")
    before = {row.criterion_id: row for row in item.marks.all()}
    changed = {pk: mark for pk, mark in marks.items() if mark and (pk not in before or before[pk].mark != mark)}
    if any(pk in before for pk in changed) and not why.strip():
        raise ValidationError({"why": "Skriv varför du ändrar ett resultat som redan är satt."})
    comment = comment.strip()
    if not changed and comment == item.comment and read_as == item.revision:
        return item
    saved = revise(item, read_as=read_as, comment=comment)
    log_change(saved, field="comment", before=item.comment, after=comment, by=by, why=why)
    for pk, mark in changed.items():
        SampleMark.objects.update_or_create(item=item, criterion=known[pk], defaults={"mark": mark, "by": by})
        log_change(
            saved,
            field=f"kriterium {known[pk].position}",
            before=before[pk].get_mark_display() if pk in before else "",
            after=Mark(mark).label,
            by=by,
            why=why,
        )
    return saved


@transaction.atomic
def close_sample(*, sample: Sample, conclusion: str, read_as: int, by: User) -> Sample:
    """Close a sample with what it showed. Raises MoveFault while a case lacks a mark, or when it is closed already."""
    check_goes_on(by, sample.audit)
    move = WORKFLOW.check("close", state=_state_now(sample), held=engaged_as(by, sample.audit))
    said = required(conclusion, "conclusion", "Skriv vad stickprovet visade.")
    lacking = sample.size * sample.criteria.count() - SampleMark.objects.filter(item__sample=sample).count()
    if lacking:
        raise MoveFault(f"Det saknas {lacking} resultat. Granska alla ärenden innan du avslutar stickprovet.")
    return save(sample, read_as=read_as, by=by, state=SampleState(move.target), conclusion=said)


@transaction.atomic
def reopen_sample(*, sample: Sample, read_as: int, by: User, why: str) -> Sample:
    """Open a closed sample again. Raises MoveFault without a reason, or when it is not closed."""
    check_goes_on(by, sample.audit)
    move = WORKFLOW.check("reopen", state=_state_now(sample), held=engaged_as(by, sample.audit), why=why)
    return save(sample, read_as=read_as, by=by, why=why, state=SampleState(move.target))


def may_read_cases(user: User, sample: Sample) -> bool:
    """Whether the user carries out the audit and may read the cases of every committee the sample was drawn from."""
    engaged = Permission.CARRY_OUT_AUDITS in engaged_as(user, sample.audit)
    return engaged and access_of(user).may_for(Permission.SEE_CASES, sample.request["where"]["namnd"])


def _check_may_mark(by: User, sample: Sample) -> None:
    check_goes_on(by, sample.audit)
    if not may_read_cases(by, sample):
        raise refuse(Permission.SEE_CASES)
    if _state_now(sample) != SampleState.DRAWN:
        raise MoveFault("Stickprovet är avslutat. Öppna det igen om ett resultat ska ändras.")


def _state_now(sample: Sample) -> SampleState:
    """Return the sample's state as it stands, held still to the end of the transaction that asks."""
    return SampleState(Sample.objects.select_for_update().values_list("state", flat=True).get(pk=sample.pk))


def _committees(audit: Audit, wanted: Sequence[str]) -> list[str]:
    audited = sorted(audit.bodies.filter(committee__isnull=False).values_list("committee__code", flat=True))
    chosen = sorted(set(wanted)) or audited
    if not chosen:
        raise ValidationError("Granskningen omfattar ingen nämnd, så det finns inga ärenden att dra ur.")
    if not set(chosen) <= set(audited):
        raise ValidationError({"committees": "Ärenden kan bara dras från nämnder som granskningen omfattar."})
    return chosen


def _asked(order: SampleOrder, codes: Sequence[str]) -> Request:
    where = {**order.where, "namnd": codes}
    return make_request(order.measure, period=order.period, variant=order.variant or None, where=where)


def _stored(asked: Request) -> dict[str, Any]:
    return {
        "start": asked.period.start.isoformat(),
        "end": asked.period.end.isoformat(),
        "version": asked.measure.version,
        "where": {name: list(values) for name, values in asked.where},
    }


def _chosen(found: CasesToDraw, order: SampleOrder) -> tuple[list[PopulationCase], dict[str, Any]]:
    """Return the drawn cases in the order they are drawn, and what the sample keeps of how they were drawn."""
    if not found.cases:
        raise SamplingFault("Det finns inga ärenden att dra ur. Välj en annan period eller ett annat mått.")
    seed = order.seed.strip() or secrets.token_hex(8)
    sizes = Counter(case.stratum for case in found.cases)
    given = allocation(sizes, _size(order, len(found.cases)))
    kept = {"confidence": order.confidence, "protected": found.protected, "seed": seed}
    if order.rule is SampleRule.ATTRIBUTE:
        kept |= {"tolerable": order.tolerable, "expected": order.expected}
    elif order.rule is SampleRule.SHARE:
        kept["share"] = order.share
    kept["strata"] = {name: {"cases": sizes[name], "drawn": given[name]} for name in sorted(sizes)}
    return _draw(found.cases, given, seed), kept


def _size(order: SampleOrder, population: int) -> int:
    if order.rule is SampleRule.ALL:
        return population
    if order.rule is SampleRule.SHARE:
        return share_size(order.share or 0, population)
    if order.rule is SampleRule.ATTRIBUTE:
        tolerable = order.tolerable or 0
        return attribute_size(
            confidence=order.confidence, tolerable=tolerable, expected=order.expected, population=population
        )
    if not order.number or order.number < 1:
        raise SamplingFault("Skriv hur många ärenden som ska dras.")
    return order.number


def _draw(cases: Sequence[PopulationCase], given: Mapping[str, int], seed: str) -> list[PopulationCase]:
    """Return the drawn cases, stratum by stratum."""
    by_key = {case.key: case for case in cases}
    chosen: list[str] = []
    for name, number in sorted(given.items()):
        chosen += drawn((case.key for case in cases if case.stratum == name), number, seed)
    return [by_key[key] for key in chosen]


def _store_parts(sample: Sample, criteria: Sequence[str], chosen: Sequence[PopulationCase]) -> None:
    SampleCriterion.objects.bulk_create(
        SampleCriterion(sample=sample, position=position, text=text) for position, text in enumerate(criteria, start=1)
    )
    SampleItem.objects.bulk_create(
        SampleItem(
            sample=sample,
            position=position,
            key=case.key,
            pseudonym=case.person[:PSEUDONYM_LENGTH],
            case_number=_case_number(case),
            stratum=case.stratum,
        )
        for position, case in enumerate(chosen, start=1)
    )


def _case_number(case: PopulationCase) -> str:
    """Return the source system's number of the case; none where the case is the person or is keyed by the person."""
    return "" if case.person and case.person in case.key else case.key
