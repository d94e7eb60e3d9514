"""The synthetic country, and what the product makes of the snapshots of many municipalities together."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from bench.country import utfall
from bench.country.comparing import differences
from bench.country.generate import AS_OF, MONTHS_OF_AID, generate, totals
from bench.country.measuring import fitted_exponent
from bench.country.model import Answers, Country
from reporting.figures.cases import PROTECTED, case_columns, case_rows
from reporting.figures.computing import compute_many
from reporting.figures.curves import Curve, curve
from reporting.figures.dimensions import dimensions_of
from reporting.figures.judging import JudgedRows
from reporting.figures.model import CaseTable, Request, Result
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.snapshots import engine as engines
from reporting.snapshots.engine import Engine
from reporting.snapshots.folder import SnapshotFolder

ENROLMENTS = 6000
YEAR = 2023


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Two municipalities."""
    root = tmp_path_factory.mktemp("country")
    generate(root, enrolments=ENROLMENTS, municipalities=2)
    return Country.open(root)


@pytest.fixture(autouse=True)
def _snapshot_root(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.SNAPSHOT_ROOT = str(tmp_path_factory.getbasetemp() / "snapshots")


def test_every_municipality_gets_a_figure_of_every_measure(country: Country) -> None:
    answers = utfall.figures(country, [YEAR])[YEAR]
    assert {code: set(found) for code, found in answers.items()} == {
        measure.code: set(country.municipalities) for measure in measures()
    }
    assert country.as_of == AS_OF


def test_the_country_has_as_many_rows_as_was_asked_for(country: Country) -> None:
    rows = totals(country.folders[0][1].parent)
    assert rows["enrolment"] == ENROLMENTS
    assert rows["support_month"] == pytest.approx(MONTHS_OF_AID * ENROLMENTS, abs=2)


def test_the_same_seed_gives_the_same_snapshots_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("once", 1), ("again", 1), ("other", 2)):
        generate(tmp_path / name, enrolments=80, municipalities=1, seed=seed)
    once, again, other = (_hash(tmp_path / name) for name in ("once", "again", "other"))
    assert once == again != other


def _hash(root: Path) -> str:
    return str(json.loads(next(root.glob("*/manifest.json")).read_text())["snapshot"])


def test_portions_of_a_country_give_what_the_whole_gives(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = SnapshotFolder.open_all([folder for _, folder in country.folders])
    splits: tuple[tuple[str, ...], ...] = (("kon",), ("kommun",))
    asked = [
        request(measure, year=YEAR, by=by)
        for measure in measures()
        for by in splits
        if set(by) <= set(dimensions_of(measure))
    ]
    whole = _as_json(compute_many(Engine.open(folders), asked))
    monkeypatch.setattr(engines, "_ROWS_OF_A_PORTION", 1)
    assert _as_json(compute_many(Engine.open(folders), asked)) == whole


def test_curves_and_lists_of_cases_go_portion_by_portion_and_say_the_same(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = SnapshotFolder.open_all([folder for _, folder in country.folders])
    waited, ended = request("time_to_work", year=YEAR - 1), request("exit_results", year=YEAR)
    assert "insats" in case_columns(ended.measure)
    pages = [("unit_key", 7, 0), ("-days", 20, 15), ("insats", None, 0), ("-insats", None, 3), ("person_key", 5, 2000)]

    def answers() -> list[object]:
        engine = Engine.open(folders)
        lists = [case_rows(engine, ended, order=order, limit=limit, offset=offset) for order, limit, offset in pages]
        return [curve(engine, waited), *lists, case_rows(engine, waited, population="out", order="-attribution_date")]

    whole = answers()
    first = whole[0]
    assert isinstance(first, Curve)
    assert first.arrived > 0
    assert any(row[0] == PROTECTED for table in whole if isinstance(table, CaseTable) for row in table.rows)
    monkeypatch.setattr(engines, "_ROWS_OF_A_PORTION", 1)
    ask, opened = JudgedRows.of, list[int]()

    def noted(engine: Engine, question: Request) -> JudgedRows:
        opened.append(len(engine.municipalities))
        return ask(engine, question)

    monkeypatch.setattr(JudgedRows, "of", noted)
    assert answers() == whole
    assert set(opened) == {1}


def _as_json(results: list[Result]) -> list[object]:
    """The figures; kronor to the öre, since the order of addition may show beyond it."""
    written = json.dumps([result.as_json() for result in results])
    return list(json.loads(written, parse_float=lambda text: round(float(text), 2)))


def test_the_command_takes_many_folders_and_splits_by_municipality(country: Country) -> None:
    out = io.StringIO()
    folders = [str(folder) for _, folder in country.folders]
    call_command(
        "measure",
        "exit_results",
        "--year",
        str(YEAR),
        "--by",
        "kommun",
        "--snapshot",
        *folders,
        "--format",
        "json",
        stdout=out,
    )
    answer = json.loads(out.getvalue())
    assert {group["key"]["kommun"] for group in answer["groups"]} == set(country.municipalities)
    assert sum(group["numerator"] for group in answer["groups"]) == answer["total"]["denominator"] > 0


def test_answers_are_compared_number_by_number() -> None:
    ours: Answers = {YEAR: {"a": {"7001": {"numerator": 1, "denominator": 2}, "7002": {"numerator": 0, "value": None}}}}
    same: Answers = {YEAR: {"a": {"7001": {"numerator": 1, "denominator": 2}}}}
    other: Answers = {YEAR: {"a": {"7001": {"numerator": 1, "denominator": 3}}}}
    less: Answers = {YEAR: {"a": {"7001": {"numerator": 1}}}}
    assert differences(ours, same) == []
    assert differences(ours, other) == [f"{YEAR} a 7001 denominator: 2 and 3"]
    assert differences(ours, {YEAR: {}}) == [f"{YEAR} a: only one of them has it"]
    assert len(differences(ours, less)) == 1


def test_a_cost_that_doubles_with_the_size_grows_by_the_first_power() -> None:
    assert fitted_exponent({1: 3.0, 2: 6.0, 4: 12.0}) == pytest.approx(1)
    assert fitted_exponent({1: 1.0, 2: 4.0, 4: 16.0}) == pytest.approx(2)
