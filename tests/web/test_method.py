"""How a measure is counted: who answers, when it is looked over, what its versions changed, the question as it is run."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from django.test import Client

from committees.enums import Role
from reporting.measures.catalogue import measure
from reporting.measures.model import DefinitionChange
from reporting.snapshots.models import Snapshot
from reporting.views.method import changes_in, versions_sheet
from tests.web.town import YEAR, person

pytestmark = pytest.mark.of_snapshots

METHOD = f"/SN/{YEAR}/matt/work_or_study_at_exit/metod/"


def _page(client: Client, address: str = METHOD) -> str:
    client.force_login(person("revisor", Role.AUDITOR, "SN"))
    return client.get(address).content.decode()


def test_a_review_is_marked_the_day_after_it_should_have_been_done(
    client: Client, town: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_day = measure("work_or_study_at_exit").next_review
    monkeypatch.setattr("reporting.views.method.timezone.localdate", lambda: last_day)
    assert "Översynen är försenad" not in _page(client)
    monkeypatch.setattr("reporting.views.method.timezone.localdate", lambda: last_day + timedelta(days=1))
    assert "Översynen är försenad" in client.get(METHOD).content.decode()


def test_the_question_stands_with_the_values_it_is_run_with(client: Client, town: Snapshot) -> None:
    page = _page(client, f"{METHOD}?variant=resident")
    for name, value in (("$period_start", f"{YEAR}-01-01"), ("$period_end", f"{YEAR}-12-31"), ("$resident", "ja")):
        assert f'<th scope="row">{name}</th>' in page
        assert f"<td>{value}</td>" in page
    assert "LEFT JOIN persons AS p" in page


def test_a_definition_that_was_never_changed_says_so(client: Client, town: Snapshot) -> None:
    assert "1, definitionen har inte ändrats" in _page(client)


def test_the_versions_stand_newest_first_and_the_series_is_told_of_its_break() -> None:
    change = DefinitionChange(2, date(2023, 7, 1), "Kommunala anställningar räknas inte längre som arbete.")
    changed = dataclasses.replace(measure("work_or_study_at_exit"), version=2, changes=(change,))
    sheet = versions_sheet(changed)
    assert sheet is not None
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [
        ["2", "2023-07-01", "Kommunala anställningar räknas inte längre som arbete."],
        ["1", "från början", "Den första definitionen."],
    ]
    said = "Definitionen ändrades 2023-07-01 (version 2): Kommunala anställningar räknas inte längre som arbete."
    assert changes_in(changed, range(2020, 2025)) == (said,)
    assert changes_in(changed, range(2024, 2026)) == ()
