"""A report per 31 August: nowhere in it, from manifest to alternative text, is anything counted that needs a whole year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, cast

import pytest

from committees.models import Committee
from reporting.documents.annual import ReportFault
from reporting.documents.layout import Edition, embedded_files, html_of
from reporting.documents.work.composition import figures_only
from reporting.documents.work.edition import edition_of_composition
from reporting.documents.work.references import Quotables
from reporting.enums import ReportKind
from reporting.measures.catalogue import measure
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.documents import work
from tests.documents.conftest import TARGETS
from tests.documents.test_report_parts import composed
from tests.factories import deliver, setup_small_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]

END = dt.date(2023, 8, 31)
LONG, SHORT = 30, 12
"""Adults with support in each of the twelve months to August, and those who have had it since New Year only."""
MEASURES = ("long_term_support", "very_long_term_support")


@pytest.fixture
def snapshot() -> Snapshot:
    """What was known on 30 September of those households, and of what they were paid."""
    setup_small_municipality(TARGETS + work.CALENDAR)
    months = [f"2022-{month:02}" for month in range(9, 13)], [f"2023-{month:02}" for month in range(1, 9)]
    people = {f"L{at}": [*months[0], *months[1]] for at in range(LONG)} | {f"K{at}": months[1] for at in range(SHORT)}
    deliver(
        personer=[{"person": one, "födelsedatum": "1985-05-05", "kön": "K"} for one in people],
        stodmanader=[
            {"hushåll": f"H{one}", "person": one, "månad": month, "belopp": 5000, "roll": "huvudsokande"}
            for one, had in people.items()
            for month in had
        ],
    )
    return freeze(as_of=dt.date(2023, 9, 30), frozen=False)


def figures_of(edition: Edition) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", edition.manifest["figures"])


def told_by(edition: Edition) -> Iterator[str]:
    """Yield all that the edition says: its pages with captions, notes and alternative texts, and the files inside."""
    yield html_of(edition.document)
    for file in embedded_files(edition.document, {}):
        yield file.content.decode("utf-8-sig")
        yield file.description


def whole_year_variants(code: str) -> set[str]:
    """Return what the measure calls the ways of counting that look at calendar years."""
    whole = {"calendar_year", "three_years"}
    return {one.label for one in measure(code).variants.values() if one.cohort in whole}


@pytest.mark.parametrize("kind", [ReportKind.INTERIM, ReportKind.MONTHLY])
@pytest.mark.parametrize("by_template", [True, False], ids=["delivered", "own"])
def test_ten_months_are_counted_in_the_twelve_that_end_in_august_and_nowhere_since_new_year(
    snapshot: Snapshot, kind: ReportKind, by_template: bool
) -> None:
    committees = [Committee.objects.get(code="SN")]
    period = "delar" if kind is ReportKind.INTERIM else "2023-08"
    texts = {"inledning": "Långvarigt: {{mått:long_term_support}}.", "platser": ""}
    wanted = (
        figures_only(kind, committees, 2023, period=period, snapshot=snapshot)
        if by_template
        else composed(kind, committees, END, **texts)
    )
    edition = edition_of_composition(wanted, snapshot)
    now = [one for one in figures_of(edition) if one["period"]["end"] == END.isoformat()]
    long_term = [one for one in now if one["measure"] == "long_term_support"]
    assert long_term
    # Since New Year nobody can have had ten months; in the twelve months to August thirty of forty-two have.
    assert {(one["total"]["numerator"], one["total"]["denominator"]) for one in long_term} == {(LONG, LONG + SHORT)}
    assert {tuple(one["cohort"].values()) for one in long_term} == {("2022-09-01", "2023-08-31")}
    for one in now:
        assert one.get("cohort", one["period"])["end"] <= END.isoformat(), one["measure"]
        assert measure(one["measure"]).variants[one["variant"].split("+")[0]].cohort not in {
            "calendar_year",
            "three_years",
        }
    for text in told_by(edition):
        for label in {label for code in MEASURES for label in whole_year_variants(code)}:
            assert f"({label})" not in text
            assert f"2023, {label}" not in text


@pytest.mark.parametrize("asked", ["variant=standard", "2023; variant=standard", "2023"])
def test_no_text_can_quote_the_calendar_year_that_has_not_ended(snapshot: Snapshot, asked: str) -> None:
    committees = [Committee.objects.get(code="SN")]
    texts = {"inledning": f"Så många: {{{{mått:long_term_support; {asked}}}}}.", "platser": ""}
    wanted = composed(ReportKind.INTERIM, committees, END, **texts)
    with pytest.raises(ReportFault, match="finns inte i rapporten"):
        edition_of_composition(wanted, snapshot)
    edition = edition_of_composition(composed(ReportKind.INTERIM, committees, END, inledning="", platser=""), snapshot)
    listed = Quotables.of(figures_of(edition), end=END, codes=["SN"])
    of_this_year = [one for one in listed if one.measure.code in MEASURES and one.period.end >= END]
    assert of_this_year
    assert {one.variant for one in of_this_year} == {"rolling"}
