"""What a reader needs to trust the figures: who answered for what, how each is defined, and what the PDF carries with it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from cases.kinds import KINDS
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import Numbering, upper_first
from reporting.documents.content import Block, Box, Boxes, Cell, Chapter, Column, Definition, Heading, Table, Text
from reporting.figures.model import Result
from reporting.figures.swedish import NBSP, NO_DENOMINATOR, date_iso, date_long, listed, number
from reporting.figures.symbols import MEANINGS
from reporting.figures.targets import nearly_in_words

_LIMITS = "Vad måttet inte säger"
_TABLES = {kind.table: upper_first(kind.label) for kind in KINDS} | {
    "activity_type": "Insatstyper",
    "committee": "Nämnder",
    "disclosure_exemption": "Undantag från röjandekontroll",
    "municipality": "Kommunen och dess gränser",
    "responsibility": "Ansvar för enheter",
    "small_number_limit": "Gränser för små tal",
    "unit": "Enheter",
}
"""What the tables of a snapshot are called by those who deliver them."""


def organisation_chapter(report: AnnualReport, numbers: Numbering) -> Chapter:
    """Return the chapter on who answered for which unit when, and why the follow-up is joint."""
    if report.order.is_joint:
        lead = "Rapporten är en samlad uppföljning: den följer verksamheten också när den byter nämnd."
    else:
        lead = f"Rapporten gäller det som {report.order.committees[0][1]} ansvarade för."
    moves = _moves_in_words(report)
    blocks: list[Block] = [
        Text(lead, "lead"),
        *([Text(moves)] if moves else []),
        _responsibility_table(report, numbers),
    ]
    return Chapter("ansvar", "Vem som ansvarar", tuple(blocks), runs_on=bool(report.indicators))


def _moves_in_words(report: AnnualReport) -> str:
    """Return which units have changed committee since the report's year began, units that moved together in one sentence."""
    moves: dict[tuple[str, str, dt.date, str], list[str]] = {}
    for before, after in pairwise(report.responsibilities):
        moved = before.unit == after.unit and before.committee != after.committee
        if moved and after.start.year >= report.year:
            moves.setdefault((before.committee, after.committee, after.start, after.decision), []).append(after.unit)
    return " ".join(
        f"{listed(units)} gick över från {source} till {target} den {date_long(start)}"
        f"{f' ({_unbroken(decision)})' if decision else ''}."
        for (source, target, start, decision), units in moves.items()
    )


def _unbroken(decision: str) -> str:
    """Return the decision with its paragraph sign and number held together."""
    return decision.replace("§ ", f"§{NBSP}")


def _responsibility_table(report: AnnualReport, numbers: Numbering) -> Table:
    columns = (
        Column("Enhet", 22, numeric=False),
        Column("Ansvarig nämnd", 32, numeric=False),
        Column("Från", 12, numeric=False),
        Column("Till", 12, numeric=False),
        Column("Beslut", 22, numeric=False),
    )
    rows = tuple(
        (
            Cell(each.unit),
            Cell(each.committee),
            Cell(date_iso(each.start)),
            Cell(date_iso(each.ended) if each.ended else "tills vidare"),
            Cell(_unbroken(each.decision) or NO_DENOMINATOR),
        )
        for each in report.responsibilities
    )
    return Table(
        numbers.table(),
        "ansvar",
        f"Ansvarig nämnd för enheterna sedan {report.years[0]}",
        columns,
        rows,
        "En siffra hör till den nämnd som ansvarade den dag den gäller: ett avslut till nämnden på avslutsdagen, en månads "
        "kostnad till nämnden månadens sista dag.",
    )


def method_chapter(report: AnnualReport, _numbers: Numbering) -> Chapter:
    """Return the chapter on method: the rules for all figures, then each definition."""
    limit = number(report.small_number_limit)
    rules = (
        (
            f"Alla siffror kommer ur ett låst underlag med det som var känt den {date_long(report.as_of)}. "
            "Samma underlag ger alltid samma siffror."
        ),
        "Fall vars uppföljningstid inte är slut räknas inte, inte heller när svaret redan är känt. De redovisas som utelämnade.",
        (
            "Andelar visas med antal och ett intervall (Wilson, 95 %). En förändring kallas säker när skillnaden mellan två "
            "andelar är statistiskt säkerställd (z-test för två andelar, 5 %). Avrundning sker först när siffrorna skrivs ut."
        ),
        (
            f"Antal under {limit} visas inte, och inte heller de tal som annars skulle avslöja dem. De döljs i tabeller, "
            "diagram, text, intervall och bifogade filer."
        ),
        nearly_in_words(),
    )
    signs = tuple(f"{sign} {meaning}" for sign, meaning in MEANINGS.items())
    shown = [report.figures.one(code) for code in report.figures.variants]
    definitions = [_definition(result) for result in shown if not result.is_empty]
    blocks: list[Block] = [
        Text("Här står hur siffrorna har tagits fram, så att den som vill kan räkna efter.", "lead"),
        *(Text(rule) for rule in rules),
        Boxes((Box("Tecken i tabellerna", (), signs),)),
        Heading("Måtten", "matten"),
        *definitions,
    ]
    return Chapter("metod", "Metod och definitioner", tuple(blocks))


def _definition(result: Result) -> Definition:
    measure = result.measure
    facts = [
        ("Räknar", measure.numerator),
        ("Delat med", measure.denominator),
        ("Källa", measure.source),
        ("Mått", f"{measure.code}, version {measure.version}"),
    ]
    if len(measure.variants) > 1:
        facts.append(("Variant", measure.variant_label(result.request.variant)))
    if result.cohort:
        facts.append(("Avser", result.cohort.label()))
    section = measure.section(_LIMITS)
    paragraphs = tuple(("", text.replace("*", "")) for text in section.paragraphs[:1]) if section else ()
    return Definition(measure.name, f"matt-{measure.code.replace('_', '-')}", tuple(facts), paragraphs)


def annex_chapter(report: AnnualReport, tables: tuple[Table, ...], numbers: Numbering) -> Chapter:
    """Return the annex: what is embedded in the PDF, and what the report rests on."""
    files = Table(
        numbers.table(),
        "tabeller",
        "Rapportens tabeller och de filer som följer med i denna PDF",
        (
            Column("Tabell", 12, numeric=False),
            Column("Innehåll", 50, numeric=False),
            Column("Bifogad fil", 38, numeric=False),
        ),
        tuple((Cell(table.label), Cell(table.caption), Cell(table.file_name)) for table in tables),
        "Filerna är CSV i UTF-8 med semikolon mellan kolumnerna. Öppna dem i läsarens lista över bilagor.",
    )
    rests_on = Table(
        numbers.table(),
        "underlag",
        f"Underlaget, antal rader per tabell den {date_long(report.as_of)}",
        (Column("Uppgifter", 45, numeric=False), Column("Tabell", 35, numeric=False), Column("Rader", 20)),
        tuple(
            (Cell(_TABLES.get(name, name)), Cell(name), Cell(number(rows)))
            for name, rows in report.snapshot_tables.items()
            if rows
        ),
        f"Underlagets kontrollsumma (SHA-256): {report.order.snapshot}",
    )
    lead = "Allt som rapporten visar följer med i filen, så att siffrorna kan läsas, kontrolleras och användas."
    manifest = (
        "Filen manifest.json säger vilket underlag, vilka mått och vilka versioner rapporten bygger på, och varje siffra så som "
        "den är publicerad. Den som har tillgång till underlaget kan räkna om dem."
    )
    return Chapter("bilaga", "Bilaga: data", (Text(lead, "lead"), Text(manifest), files, rests_on))
