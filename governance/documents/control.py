"""A plan of internal control with its results as a paper: the risks, how each is watched, and what the controls showed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import count

from governance.enums import ControlOccasion
from governance.models import Control, ControlPlan, ControlResult, Risk
from governance.selectors.control import matrix, period_of, risks_with_controls
from governance.wording import decimal_in_words
from reporting.documents.content import Block, Cell, Chapter, Column, Cover, Document, Heading, Table, Text
from reporting.documents.papers import columns, municipality_name, paper_pdf, paragraphs
from reporting.figures.swedish import date_iso, date_long
from reporting.measures.catalogue import measure as measure_named

KEYWORDS = "internkontroll, risker, kontroller, resultat"
_NOT_YET = "inget än"


def plan_pdf(plan: ControlPlan, today: dt.date) -> bytes:
    """Return the plan as it stands today. Raises RenderingFault."""
    document = plan_document(plan, municipality_name(), today)
    return paper_pdf("internkontrollplan", document, {"plan": plan.pk, "year": plan.year}, today)


def plan_document(plan: ControlPlan, municipality: str, today: dt.date) -> Document:
    """Return the plan as a document.

    Measured controls tell how they stood to their limit; the values stay on the plan's page, for those who may see the
    committee's figures, since a paper is for everybody.
    """
    risks = sorted(risks_with_controls(plan), key=lambda risk: (-risk.value, risk.number))
    numbers = count(1)
    chapters = (
        Chapter("risker", "Risker", tuple(_risks(plan, risks, numbers))),
        Chapter("kontroller", "Kontroller och resultat", tuple(_controls(plan, risks, numbers)), runs_on=True),
    )
    return Document(_cover(plan, municipality, today), tuple(chapter for chapter in chapters if chapter.blocks))


def _risks(plan: ControlPlan, risks: Sequence[Risk], numbers: Iterator[int]) -> Iterator[Block]:
    yield Text(_standing(plan), "lead")
    if not risks:
        yield Text("Inga risker är införda.")
        return
    head = (
        Column("Nr", 7, numeric=False),
        Column("Risk", 41, numeric=False),
        Column("Kategori", 18, numeric=False),
        Column("Sannolikhet", 13),
        Column("Konsekvens", 12),
        Column("Värde", 9),
    )
    rows = tuple(
        (
            Cell(str(risk.number)),
            Cell(risk.description),
            Cell(risk.get_category_display()),
            Cell(str(risk.probability)),
            Cell(str(risk.consequence)),
            Cell(str(risk.value), strong=True),
        )
        for risk in risks
    )
    note = "Sannolikhet och konsekvens bedöms från 1 till 4. Värdet är det ena gånger det andra."
    yield Table(next(numbers), "risker", "Risker, de största först", head, rows, note)
    yield _matrix(risks, next(numbers))


def _matrix(risks: Sequence[Risk], place: int) -> Table:
    head = columns(("Sannolikhet", 28), *((f"Konsekvens {grave}", 18) for grave in (1, 2, 3, 4)))
    rows = tuple(
        (
            Cell(f"Sannolikhet {line.probability}"),
            *(Cell(", ".join(f"risk {risk.number}" for risk in cell.risks) or "ingen") for cell in line.cells),
        )
        for line in matrix(risks)
    )
    return Table(place, "riskmatris", "Risker efter sannolikhet och konsekvens", head, rows)


def _standing(plan: ControlPlan) -> str:
    if plan.decided_on is None:
        return "Planen är ett utkast. Nämnden har inte beslutat om den."
    decided = f"{plan.committee} beslutade planen {date_long(plan.decided_on)}"
    return f"{decided}, {plan.paragraph}." if plan.paragraph else f"{decided}."


def _controls(plan: ControlPlan, risks: Sequence[Risk], numbers: Iterator[int]) -> Iterator[Block]:
    for risk in risks:
        yield Heading(f"Risk {risk.number}, värde {risk.value}", f"risk-{risk.number}")
        yield from paragraphs(risk.description)
        if risk.source:
            yield Text(f"Källa: {risk.source}.", "note")
        controls = list(risk.controls.all())
        if not controls:
            yield Text("Ingen kontroll bevakar risken.")
            continue
        occasions = ((occasion.short, 16) for occasion in ControlOccasion)
        head = columns(("Kontroll", 36), ("Hur ofta", 16), ("Ansvarig", 16), *occasions)
        rows = tuple(_control_row(control) for control in controls)
        yield Table(next(numbers), f"risk-{risk.number}", f"Kontroller av risk {risk.number}", head, rows)
        for control in controls:
            yield from _told(plan, control)


def _control_row(control: Control) -> tuple[Cell, ...]:
    told = {result.occasion: result.get_outcome_display() for result in control.results.all()}
    return (
        Cell(control.title),
        Cell(control.get_frequency_display()),
        Cell(control.owner.username if control.owner else "ingen utsedd"),
        *(Cell(told.get(occasion, _NOT_YET)) for occasion in ControlOccasion),
    )


def _told(plan: ControlPlan, control: Control) -> Iterator[Block]:
    """Yield what the table has no room for: how the control is done, and what each result says."""
    if control.method:
        yield Text(f"{control.title}: {control.method}")
    if control.measure:
        limit = f"{control.get_comparator_display()} {decimal_in_words(control.limit)}"
        yield Text(f"{control.title} är måttet {measure_named(control.measure).name}, som ska vara {limit}.")
    for result in control.results.all():
        yield Text(" ".join(_result(plan, control, result)))


def _result(plan: ControlPlan, control: Control, result: ControlResult) -> Iterator[str]:
    period = period_of(plan.year, ControlOccasion(result.occasion)).label()
    outcome = result.get_outcome_display().lower()
    yield f"{control.title}, {period}: {outcome} ({date_iso(result.performed_on)})."
    if result.checked is not None:
        yield f"{result.deviations} av {result.checked} kontrollerade avvek."
    if result.comment:
        yield result.comment
    for action in result.actions.all():
        yield f"Åtgärd: {action.title}, klar senast {date_iso(action.due)} ({action.get_state_display().lower()})."


def _cover(plan: ControlPlan, municipality: str, today: dt.date) -> Cover:
    return Cover(
        title="Internkontrollplan",
        subject=f"{plan.year}, med resultat",
        committees=str(plan.committee),
        municipality=municipality,
        registry_number="",
        version="",
        date=date_long(today),
        as_of="",
        snapshot="",
        keywords=KEYWORDS,
    )
