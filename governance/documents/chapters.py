"""What governance tells in the board reports: internal control and commissions, as anyone may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch

from governance.enums import ControlOccasion, ControlOutcome, PartyRole, PlanState
from governance.models import Commission, CommissionParty, Control, ControlPlan, ControlResult, Risk
from governance.selectors.commissions import is_owed, parties, slippage_days
from governance.selectors.control import risks_with_controls
from reporting.documents.annual.setting import Numbering
from reporting.documents.chapters import Subject
from reporting.documents.content import Block, Cell, Heading, Table, Text
from reporting.documents.papers import columns
from reporting.figures.swedish import NO_DENOMINATOR, date_iso, date_long, number

NO_PLAN = "Nämnden har ingen beslutad internkontrollplan för året. Det finns därför inga kontroller att redovisa."
NO_COMMISSIONS = "Nämnden har inga uppdrag att redovisa för perioden."
_NOT_YET = "Inget än"


def control_blocks(subject: Subject, numbers: Numbering) -> list[Block]:
    """Return the year's risks, controls, results and deviations, plan by plan; nothing without a decided plan.

    A report of a part of the year tells what was done by then. Measured controls tell how they stood to their limit and not
    the value, which may be small.
    """
    plans = ControlPlan.objects.filter(
        committee__in=subject.committees, year=subject.end.year, state=PlanState.DECIDED
    ).select_related("committee")
    found = sorted(plans, key=lambda plan: plan.committee.name)
    occasions = tuple(ControlOccasion) if subject.is_whole_year else (ControlOccasion.INTERIM,)
    several = len(subject.committees) > 1
    return [block for plan in found for block in _of_plan(plan, occasions, numbers, several=several)]


def _of_plan(
    plan: ControlPlan, occasions: Sequence[ControlOccasion], numbers: Numbering, *, several: bool
) -> Iterator[Block]:
    risks = sorted(risks_with_controls(plan), key=lambda risk: (-risk.value, risk.number))
    pairs = [(risk, control) for risk in risks for control in risk.controls.all()]
    results = {(control.pk, result.occasion): result for _, control in pairs for result in control.results.all()}
    code = plan.committee.code.lower()
    if several:
        yield Heading(str(plan.committee), f"internkontroll-{code}")
    yield Text(_in_words(plan, [control for _, control in pairs], results, occasions), "lead")
    if pairs:
        yield _controls(plan, pairs, results, occasions, numbers)
    unwatched = [risk for risk in risks if not risk.controls.all()]
    if unwatched:
        yield Text(f"Utan kontroll: {'; '.join(f'risk {risk.number}, {risk.description}' for risk in unwatched)}.")
    deviations = [
        (control, result)
        for _, control in pairs
        for occasion in occasions
        if (result := results.get((control.pk, occasion))) and result.outcome != ControlOutcome.PASSED
    ]
    if deviations:
        yield _deviations(plan, deviations, numbers)


def _in_words(
    plan: ControlPlan,
    controls: Sequence[Control],
    results: dict[tuple[int, str], ControlResult],
    occasions: Sequence[ControlOccasion],
) -> str:
    decided = f"{plan.committee} beslutade planen {date_long(plan.decided_on)}" if plan.decided_on else ""
    where = f"{decided}{f', {plan.paragraph}' if plan.paragraph else ''}."
    if not controls:
        return where
    done, faults = 0, 0
    for control in controls:
        told = {result.outcome for occasion in occasions if (result := results.get((control.pk, occasion)))}
        shown = told - {ControlOutcome.NOT_DONE}
        done += bool(shown)
        faults += bool(shown - {ControlOutcome.PASSED})
    what = (
        f"Av planens {number(len(controls))} kontroller är {number(done)} {'genomförd' if done == 1 else 'genomförda'}"
    )
    return f"{where} {what}, och {number(faults) if faults else 'ingen'} visade avvikelser."


def _controls(
    plan: ControlPlan,
    pairs: Sequence[tuple[Risk, Control]],
    results: dict[tuple[int, str], ControlResult],
    occasions: Sequence[ControlOccasion],
    numbers: Numbering,
) -> Table:
    head = columns(
        ("Risk", 28),
        ("Värde", 8),
        ("Kontroll", 26),
        ("Hur ofta", 12),
        *((occasion.short, 26 // len(occasions)) for occasion in occasions),
    )
    rows = tuple(
        (
            Cell(f"{risk.number}. {risk.description}"),
            Cell(str(risk.value)),
            Cell(control.title),
            Cell(control.get_frequency_display()),
            *(_outcome(results.get((control.pk, occasion))) for occasion in occasions),
        )
        for risk, control in pairs
    )
    note = "Värdet är sannolikhet gånger konsekvens, båda från 1 till 4. De största riskerna står först."
    caption = f"Risker, kontroller och resultat {plan.year}"
    return Table(numbers.table(), f"internkontroll-{plan.committee.code.lower()}", caption, head, rows, note)


def _outcome(result: ControlResult | None) -> Cell:
    return Cell(result.get_outcome_display() if result else _NOT_YET)


def _deviations(plan: ControlPlan, deviations: Sequence[tuple[Control, ControlResult]], numbers: Numbering) -> Table:
    head = columns(("Kontroll", 22), ("Vad den visade", 29), ("Åtgärd", 22), ("Klar senast", 14), ("Läge", 13))
    rows = tuple(row for control, result in deviations for row in _deviation_rows(control, result))
    name = f"avvikelser-{plan.committee.code.lower()}"
    return Table(numbers.table(), name, f"Avvikelser och vad som görs åt dem {plan.year}", head, rows)


def _deviation_rows(control: Control, result: ControlResult) -> Iterator[tuple[Cell, ...]]:
    shown = result.comment or result.get_outcome_display()
    if result.checked is not None:
        shown = f"{result.deviations} av {result.checked} kontrollerade avvek. {result.comment}".strip()
    actions = list(result.actions.all())
    for action in actions:
        due, state = date_iso(action.due), action.get_state_display()
        yield Cell(control.title), Cell(shown), Cell(action.title), Cell(due), Cell(state)
    if not actions:
        missing = Cell(NO_DENOMINATOR)
        yield Cell(control.title), Cell(shown), Cell("Ingen åtgärd är beslutad"), missing, missing


def commission_blocks(subject: Subject, numbers: Numbering) -> list[Block]:
    """Return the committees' commissions: those open when the period began or given in it; nothing without any."""
    mine = CommissionParty.objects.filter(role=PartyRole.RECEIVER, committee__in=subject.committees)
    givers = Prefetch("parties", CommissionParty.objects.select_related("committee"))
    found = Commission.objects.filter(pk__in=mine.values("commission")).prefetch_related(givers)
    told = [one for one in found.order_by("due", "pk") if _belongs(one, subject)]
    if not told:
        return []
    late = sum(1 for one in told if _is_late(one, subject))
    several = len(subject.committees) > 1
    who = "Nämnderna" if several else "Nämnden"
    lead = f"{who} har {number(len(told))} uppdrag att redovisa. {_late_in_words(late)}"
    to_whom = (("Från", 22), ("Till", 22)) if several else (("Från", 26),)
    first = 22 if several else 38
    head = columns(
        ("Uppdrag", first), *to_whom, ("Ska redovisas", 13), ("Läge", 12), ("Dagar sent", 9 if several else 11)
    )
    rows = tuple(_commission_row(one, subject, several=several) for one in told)
    note = (
        "Dagar sent räknas från den dag som först var bestämd till den dag uppdraget avslutades. Ett som inte är avslutat räknas "
        "till den dag som nu gäller, eller till periodens slut om den dagen har passerat. Läget är det som gällde när rapporten "
        "togs fram."
    )
    return [
        Text(lead, "lead"),
        Table(numbers.table(), "uppdrag", "Uppdragen och hur långt de har kommit", head, rows, note),
    ]


def _belongs(commission: Commission, subject: Subject) -> bool:
    given = commission.given_on is None or commission.given_on <= subject.end
    return given and (commission.closed_on is None or commission.closed_on >= subject.start)


def _is_late(commission: Commission, subject: Subject) -> bool:
    return is_owed(commission) and commission.due is not None and commission.due < subject.end


def _late_in_words(late: int) -> str:
    if not late:
        return "Inget av dem är försenat."
    return "Ett av dem är försenat." if late == 1 else f"{number(late)} av dem är försenade."


def _commission_row(commission: Commission, subject: Subject, *, several: bool) -> tuple[Cell, ...]:
    due = commission.due_text or (date_iso(commission.due) if commission.due else NO_DENOMINATOR)
    days = slippage_days(commission, subject.end)
    roles = (PartyRole.GIVER, PartyRole.RECEIVER) if several else (PartyRole.GIVER,)
    return (
        Cell(str(commission)),
        *(Cell(", ".join(parties(commission, role)) or NO_DENOMINATOR) for role in roles),
        Cell(due),
        Cell(commission.get_state_display()),
        Cell(number(days)),
    )
