"""How good the data are stands in the annual report: what is lacking by name, what is whole as a number."""

from __future__ import annotations

import datetime as dt

import pytest

from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Table, Text
from reporting.documents.quality import quality_chapter
from reporting.figures.model import Period
from reporting.snapshots.engine import engine_for
from reporting.snapshots.freezing import freeze
from tests.factories import deliver, setup_small_municipality


@pytest.mark.django_db
def test_only_what_is_lacking_stands_in_the_table_and_the_rest_is_counted() -> None:
    setup_small_municipality()
    people = [{"person": f"P{at}", "födelsedatum": dt.date(1990, 5, 5), "kön": "K"} for at in range(30)]
    enrolments = [
        {
            "inskrivning": f"I{at}",
            "person": f"P{at}",
            "enhet": "AME",
            "start": dt.date(2023, 2, 1),
            "remissdatum": dt.date(2023, 1, 10) if at < 15 else None,
        }
        for at in range(30)
    ]
    deliver(personer=people, inskrivningar=enrolments)
    snapshot = freeze(as_of=dt.date(2024, 1, 31))
    chapter = quality_chapter(engine_for(snapshot), Period.year(2023), Numbering())
    table = next(block for block in chapter.blocks if isinstance(block, Table))
    rows = {row[1].text: [cell.text for cell in row[2:]] for row in table.rows}
    assert rows["remissdatum"][-1] == "50\u00a0%"
    assert "födelsedatum" not in rows
    assert any(isinstance(block, Text) and "är helt ifyllda" in block.text for block in chapter.blocks)
