"""A committee's answer to an audit, and the register of recommendations, as documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from audits.documents.blocks import columns, paragraphs
from audits.enums import CommitteeStatus, ResponseState, VerifiedStatus
from audits.models import Audit, AuditedBody, Response
from audits.selectors.register import Standing, lacks_action, tallies
from reporting.documents.content import Block, Box, Boxes, Cell, Chapter, Column, Cover, Document, Heading, Table, Text
from reporting.figures.swedish import date_iso, date_long


def answer_of(audit: Audit, body: AuditedBody, municipality: str, today: dt.date) -> Document:
    """Return what the body has answered to the audit's recommendations; drafts are left out."""
    given = Response.objects.filter(
        addressee__recommendation__audit=audit,
        addressee__committee=body.committee,
        addressee__removed=False,
        addressee__recommendation__removed=False,
        state=ResponseState.GIVEN,
    ).select_related("addressee__recommendation", "owner")
    responses = sorted(given.prefetch_related("actions"), key=lambda one: one.addressee.recommendation_id)
    blocks: list[Block] = [Text(f"Svar på rekommendationerna i {audit.title}.", "lead")]
    if responses:
        head = columns(("Nr", 7), ("Ståndpunkt", 23), ("Klart senast", 20), ("Nämndens status", 26), ("Beslut", 24))
        rows = tuple(_answer_row(one) for one in responses)
        blocks.append(Table(1, "svar", "Nämndens svar, en rad per rekommendation", head, rows))
    else:
        blocks.append(Text("Nämnden har inte lämnat något svar."))
    for response in responses:
        blocks += _told(response)
    cover = _cover("Svar på granskning", audit.title, str(body), municipality, today, audit.registry_number)
    return Document(cover, (Chapter("svar", "Nämndens svar", tuple(blocks)),))


def _answer_row(response: Response) -> tuple[Cell, ...]:
    decided = f"{_day(response.decided_on)} {response.paragraph}".strip()
    return (
        Cell(response.addressee.recommendation.number),
        Cell(response.get_position_display()),
        Cell(_day(response.due)),
        Cell(response.get_status_display()),
        Cell(decided),
    )


def _told(response: Response) -> Iterator[Block]:
    said = response.addressee.recommendation
    yield Heading(f"Rekommendation {said.number}", f"rekommendation-{said.pk}")
    yield Text(said.text)
    answered = tuple(block.text for block in paragraphs(response.text))
    yield Boxes((Box(f"Nämndens svar: {response.get_position_display().lower()}", answered),))
    actions = tuple(
        f"{action.title}, klar senast {date_iso(action.due)} ({action.get_state_display().lower()})"
        for action in response.actions.all()
    )
    yield Boxes((Box("Åtgärder", items=actions) if actions else Box("Åtgärder", ("Ingen åtgärd är upplagd.",)),))


def register_document(rows: Sequence[Any], municipality: str, today: dt.date) -> Document:
    """Return the register's rows as a document: the sums by body and year, then each audit's recommendations."""
    summary = (
        Column("Nämnd", 16, numeric=False),
        Column("År", 12, numeric=False),
        *(Column(name, 12) for name in ("Alla", "Öppna", "Försenade", "Utan åtgärd", "Genomförda", "Åtgärdade")),
    )
    counted = tuple(
        (Cell(one.body), Cell(str(one.year)), *(Cell(str(number)) for number in _numbers(one))) for one in tallies(rows)
    )
    note = "Genomförda är nämndens egen uppgift. Åtgärdade är vad granskarna har verifierat."
    caption = "Rekommendationer per nämnd och beslutsår, antal"
    blocks: list[Block] = [Table(1, "sammanstallning", caption, summary, counted, note=note)] if rows else []
    blocks = blocks or [Text("Det finns inga rekommendationer.")]
    ordered = sorted(rows, key=lambda row: (row.decided_on, row.recommendation.audit_id, row.pk))
    for place, (audit, group) in enumerate(groupby(ordered, key=lambda row: row.recommendation.audit), 2):
        blocks += [Heading(audit.title, f"granskning-{audit.pk}"), _table(place, audit, list(group))]
    cover = _cover("Rekommendationsregister", "Revisorernas rekommendationer", "Alla nämnder", municipality, today, "")
    return Document(cover, (Chapter("register", "Rekommendationer och vad som blev av dem", tuple(blocks)),))


def _numbers(tally: Any) -> tuple[int, ...]:
    return tally.total, tally.open, tally.late, tally.without_action, tally.done, tally.remedied


def _table(number: int, audit: Audit, rows: list[Any]) -> Table:
    head = columns(("Nr", 6), ("Rekommendation", 38), ("Nämnd", 9), ("Läge", 19), ("Nämnden", 14), ("Granskarna", 14))
    told = tuple(
        (
            Cell(row.recommendation.number),
            Cell(row.recommendation.text, small=True),
            Cell(row.committee.code if row.committee else row.name),
            Cell(_standing(row), small=True, status="not_met" if row.late or lacks_action(row) else ""),
            Cell(CommitteeStatus(row.status).label if row.given else "Inte besvarad", small=True),
            Cell(VerifiedStatus(row.verified).label if row.verified else "Inte verifierad", small=True),
        )
        for row in rows
    )
    caption = f"Beslutad {date_iso(rows[0].decided_on)}. {audit.firm or audit.commissioner}"
    return Table(number, f"granskning-{audit.pk}", caption, head, told)


def _standing(row: Any) -> str:
    said = [str(Standing(row.standing).label)]
    if row.late:
        said.append("försenad")
    if lacks_action(row) and row.standing != Standing.WITHOUT_ACTION:
        said.append("ingen åtgärd")
    return ", ".join(said)


def _day(day: dt.date | None) -> str:
    return date_iso(day) if day else "Inte bestämt"


def _cover(title: str, subject: str, of: str, municipality: str, today: dt.date, registry_number: str) -> Cover:
    return Cover(
        title=title,
        subject=subject,
        committees=of,
        municipality=municipality,
        registry_number=registry_number,
        version="",
        date=date_long(today),
        as_of="",
        snapshot="",
        keywords="revision, rekommendation, svar, åtgärd",
    )
