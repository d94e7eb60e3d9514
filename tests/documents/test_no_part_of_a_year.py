"""A report per 31 August: nowhere in it, from manifest to alternative text, is anything counted that needs a whole year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, cast

import pytest

from committees.models import Committee
from reporting.documents.annual import ReportFault
from reporting.documents.layout import Edition, embedded_files, html_of
from reporting.documents.templates.storing import store_template
from reporting.documents.work.composition import Composition, figures_only
from reporting.documents.work.edition import edition_of_composition
from reporting.documents.work.references import Quotables
from reporting.enums import ReportKind
from reporting.figures.keeping import Shelf
from reporting.figures.model import Period, Request
from reporting.measures.catalogue import measure, measures
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.documents import work
from tests.documents.conftest import TARGETS, deliver_exits, exits
from tests.documents.test_report_parts import HEAD
from tests.factories import deliver, setup_small_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]

END = dt.date(2023, 8, 31)
LONG, SHORT = 30, 12
"""Adults with support in each of the twelve months to August, and those who have had it since New Year only."""
MEASURES = ("long_term_support", "very_long_term_support")
WHOLE = frozenset({"calendar_year", "three_years"})
"""The cohorts that end with the calendar year, whatever the period is."""
KINDS = [ReportKind.INTERIM, ReportKind.MONTHLY]
INDICATORS = """
[[indikator]]
kod = "lange"
mal = ["SN-1"]
matt = "long_term_support"
variant = "standard"
[[malvarde]]
indikator = "lange"
ar = 2023
jamforelse = "<="
varde = 20
[[mal]]
kod = "SN-1"
namn = "Färre ska behöva stöd länge"
namnd = "SN"
"""
"""An indicator that names the way of counting that looks at the calendar year."""
PARTS = """
[[kapitel]]
kod = "valt"
rubrik = "Valt"
[[kapitel.delar]]
kod = "inledning"
rubrik = "Inledning"
vagledning = "Skriv."
[[kapitel.delar]]
kod = "stod"
rubrik = "Långvarigt bistånd"
slag = "matt"
matt = "long_term_support"
variant = "standard"
[[kapitel.delar]]
kod = "linje"
rubrik = "Långvarigt bistånd genom åren"
slag = "diagram"
matt = "long_term_support"
variant = "standard"
[[kapitel.delar]]
kod = "kon"
rubrik = "Kvinnor och män"
slag = "diagram"
matt = "long_term_support"
efter = "kon"
[[kapitel.delar]]
kod = "tre-ar"
rubrik = "Mycket långvarigt bistånd"
slag = "matt"
matt = "very_long_term_support"
[[kapitel.delar]]
kod = "urval"
rubrik = "Ett urval"
slag = "indikatorer"
indikatorer = ["lange", "vidare"]
"""
"""Parts that ask, in every way that a template can, for what is told of calendar years only."""


@pytest.fixture
def snapshot() -> Snapshot:
    """What was known on 30 September of those households, of exits each June and of what the activities have cost."""
    setup_small_municipality(TARGETS + INDICATORS + work.CALENDAR)
    months = [f"2022-{month:02}" for month in range(9, 13)], [f"2023-{month:02}" for month in range(1, 9)]
    people = {f"L{at}": [*months[0], *months[1]] for at in range(LONG)} | {f"K{at}": months[1] for at in range(SHORT)}
    deliver_exits([row for year in range(2021, 2024) for row in exits(year, work=20, other=30, women=25)])
    deliver(
        personer=[{"person": one, "födelsedatum": "1985-05-05", "kön": "KM"[int(one[1:]) % 2]} for one in people],
        stodmanader=[
            {"hushåll": f"H{one}", "person": one, "månad": month, "belopp": 5000, "roll": "huvudsokande"}
            for one, had in people.items()
            for month in had
        ],
        kostnader=[
            {"månad": f"{year}-03", "enhet": "AME", "insats": "sprakpraktik", "slag": "direkt", "utfall": "100000"}
            for year in (2022, 2023)
        ],
    )
    return freeze(as_of=dt.date(2023, 9, 30), frozen=False)


def chosen(kind: ReportKind, said: str) -> Composition:
    """Return both committees' report from a template of the municipality's own, with that said in its text."""
    template = store_template(text=HEAD.format(kind=kind) + PARTS, by=None)
    both = tuple(Committee.objects.order_by("code"))
    return Composition(kind, "Prov 2023", template, both, dt.date(2023, 1, 1), END, texts={"inledning": said})


def delivered(kind: ReportKind, snapshot: Snapshot) -> Composition:
    """Return both committees' report without texts, from the template that comes with the application."""
    period = "delar" if kind is ReportKind.INTERIM else "2023-08"
    return figures_only(kind, list(Committee.objects.order_by("code")), 2023, period=period, snapshot=snapshot)


def figures_of(edition: Edition) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", edition.manifest["figures"])


def told_by(edition: Edition) -> Iterator[str]:
    """Yield all that the edition says: its pages with captions, notes and alternative texts, and the files inside."""
    yield html_of(edition.document)
    for file in embedded_files(edition.document, {}):
        yield file.content.decode("utf-8-sig")
        yield file.description


def whole_year_labels() -> set[str]:
    """Return what the measures call the ways of counting that look at calendar years."""
    return {one.label for each in measures() for one in each.variants.values() if one.cohort in WHOLE}


def cohort_named(code: str, variant: str) -> str:
    """Return the name of the days that the measure looks at in the variant, with or without filters after it."""
    return measure(code).variants[variant.split("+", maxsplit=1)[0]].cohort


def window(document: dict[str, Any], name: str) -> Period:
    """Return the days that a figure of the manifest has under the name; a cohort is the period where nothing else is said."""
    days = document.get(name, document["period"])
    return Period(dt.date.fromisoformat(days["start"]), dt.date.fromisoformat(days["end"]))


def allowed(period: Period) -> bool:
    """Whether decision 0022 has figures of the period: the part of a year, an earlier year that is over, or the month."""
    year = period.end.year
    part = Period(dt.date(year, 1, 1), END.replace(year=year))
    over = year < END.year and period.is_calendar_year
    return over or period in {part, Period.month(year, END.month)}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Everything that is counted from now on, whether or not it comes as far as the manifest."""
    found: list[Request] = []
    find = Shelf.find

    def noted(shelf: Shelf, key: object) -> Any:
        if isinstance(key, Request):
            found.append(key)
        return find(shelf, key)

    monkeypatch.setattr(Shelf, "find", noted)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by_template", [True, False], ids=["delivered", "own"])
def test_ten_months_are_counted_in_the_twelve_that_end_in_august_and_nowhere_since_new_year(
    snapshot: Snapshot, asked: list[Request], kind: ReportKind, by_template: bool
) -> None:
    said = "Långvarigt: {{mått:long_term_support}} {{mått:long_term_support; visa=antal}}."
    wanted = delivered(kind, snapshot) if by_template else chosen(kind, said)
    edition = edition_of_composition(wanted, snapshot)
    told = [text.replace("\u00a0", " ") for text in told_by(edition)]
    figures = figures_of(edition)

    long_term = [one for one in figures if one["measure"] == "long_term_support" and window(one, "period").end == END]
    assert long_term
    # Since New Year nobody can have had ten months; in the twelve months to August thirty of forty-two have.
    assert {(one["total"]["numerator"], one["total"]["denominator"]) for one in long_term} == {(LONG, LONG + SHORT)}
    assert {window(one, "cohort") for one in long_term} == {Period(dt.date(2022, 9, 1), END)}
    if not by_template:
        assert f"Långvarigt: {LONG} av {LONG + SHORT}." in told[0]
    assert not any(re.search(rf"\b0 (personer )?av {LONG + SHORT}\b", text) for text in told)

    for one in figures:
        assert allowed(window(one, "period")), (one["measure"], one["period"])
        assert window(one, "cohort").end <= window(one, "period").end, one["measure"]
        assert cohort_named(one["measure"], one["variant"]) not in WHOLE, one["measure"]
    assert {one.measure.code for one in asked} >= {one["measure"] for one in figures}
    for request in asked:
        # What is counted for a page may stand on it without the manifest's naming it.
        assert request.period.end <= END, request
        assert cohort_named(request.measure.code, request.variant) not in WHOLE, request
    for label in whole_year_labels():
        for text in told:
            assert f"({label})" not in text
            assert f"2023, {label}" not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "reference",
    [
        "long_term_support; variant=standard",
        "long_term_support; 2023; variant=standard",
        "long_term_support; 2023",
        "long_term_support; 2023-01-01/2023-08-31; variant=standard",
        "very_long_term_support",
    ],
)
def test_no_text_can_quote_the_calendar_year_that_has_not_ended(
    snapshot: Snapshot, kind: ReportKind, reference: str
) -> None:
    with pytest.raises(ReportFault, match="finns inte i rapporten"):
        edition_of_composition(chosen(kind, f"Så många: {{{{mått:{reference}}}}}."), snapshot)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_writer_chooses_from_has_no_calendar_year_that_has_not_ended(
    snapshot: Snapshot, kind: ReportKind
) -> None:
    edition = edition_of_composition(chosen(kind, ""), snapshot)
    listed = Quotables.of(figures_of(edition), end=END, codes=["KUN", "SN"])
    of_this_year = [one for one in listed if one.period.end == END]
    assert {one.variant for one in of_this_year if one.measure.code in MEASURES} == {"rolling"}
    assert {cohort_named(one.measure.code, one.variant) for one in of_this_year} & WHOLE == set()
