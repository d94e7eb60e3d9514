"""History from before the system, and figures before and after a unit changed committee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from reporting.figures.history import KnownBefore, history_before, history_in_words
from reporting.figures.model import Period
from reporting.figures.reorganisation import (
    BeforeAndAfter,
    before_after_in_words,
    before_and_after,
    handover_in_words,
    handovers,
)
from reporting.figures.requests import request
from reporting.measures.catalogue import measure
from reporting.snapshots.engine import Engine
from tests.figures.town import AS_OF, town_rows
from tests.measures.tiny import tiny_engine

NBSP = "\u00a0"
CODE = "work_or_study_at_exit"


def _row(year: int, value: float, **rest: object) -> Mapping[str, object]:
    return {"measure": CODE, "year": year, "value": value, "source": f"Bokslut {year}", **rest}


HISTORY: Sequence[Mapping[str, object]] = (
    _row(2016, 53.0, name_then="Till arbete"),
    _row(2017, 48.0, variant="kolada", numerator=34, denominator=71),
    _row(2017, 51.0, variant="resident"),
    _row(2018, 44.0, committee="SN"),
    _row(2019, 40.0, committee="SN"),
    _row(2019, 41.0, committee="KUN"),
    {**_row(2017, 12.0), "measure": "work_at_exit"},
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    rows = town_rows()
    responsibility = [dict(row) for row in rows["responsibility"]]
    responsibility[1]["decision"] = "KF 2023-04-26 § 55"
    return tiny_engine({**rows, "history": HISTORY, "responsibility": responsibility}, AS_OF)


def _years(known: Sequence[KnownBefore]) -> list[int]:
    return [row.year for row in known]


def test_the_whole_municipality_has_its_own_history_or_that_of_the_one_committee_that_reported(engine: Engine) -> None:
    known = history_before(engine, request(CODE, year=2023), before=2022)
    assert _years(known) == [2016, 2017, 2018]
    assert (known[1].value, known[1].numerator, known[1].denominator) == (48.0, 34.0, 71.0)
    assert known[2].committee == "SN"
    every = request(CODE, year=2023, where={"namnd": ["KUN", "SN"]})
    assert history_before(engine, every, before=2022) == known


def test_a_committee_has_only_what_it_reported_itself(engine: Engine) -> None:
    assert _years(history_before(engine, request(CODE, year=2023, where={"namnd": "SN"}), before=2022)) == [2018, 2019]


def test_history_ends_where_the_series_begins(engine: Engine) -> None:
    assert _years(history_before(engine, request(CODE, year=2023), before=2017)) == [2016]


def test_a_variant_and_a_selection_are_never_given_the_history_of_another(engine: Engine) -> None:
    assert [row.value for row in history_before(engine, request(CODE, year=2023, variant="resident"), before=2022)] == [
        51
    ]
    assert history_before(engine, request(CODE, year=2023, where={"kon": "K"}), before=2022) == ()
    assert history_before(engine, request("sfi_dropout", year=2023), before=2022) == ()


def test_history_is_told_with_its_sources_and_what_it_was_called(engine: Engine) -> None:
    said = history_in_words(engine, measure(CODE), history_before(engine, request(CODE, year=2023), before=2018))
    assert said == (
        f"Från tiden före systemet: 2016 53,0{NBSP}procent och 2017 48,0{NBSP}procent. Värdena är inte beräknade här och kan ha "
        "räknats på annat sätt. Källa: Bokslut 2016 och Bokslut 2017. Måttet kallades då ”Till arbete”."
    )
    assert history_in_words(engine, measure(CODE), ()) == ""


def test_a_handover_is_found_in_the_series_it_changed(engine: Engine) -> None:
    [found] = handovers(engine, [request(CODE, year=year) for year in (2022, 2023)])
    assert (found.date, found.before, found.after, found.unit_codes) == (dt.date(2023, 7, 1), "KUN", "SN", ("AME",))
    assert found.label == "KUN → SN"
    assert handover_in_words(found) == (
        "Den 1 juli 2023 gick ansvaret för AME över från KUN till SN (KF 2023-04-26 § 55)."
    )


def test_other_years_units_and_committees_have_no_part_in_it(engine: Engine) -> None:
    assert handovers(engine, [request(CODE, year=2022)]) == ()
    assert handovers(engine, [request("sfi_dropout", year=2023)]) == ()
    assert handovers(engine, [request("plan_coverage", year=2023, where={"enhet": "INT"})]) == ()
    assert handovers(engine, []) == ()


def _pair(engine: Engine, code: str = CODE, committee: str = "") -> BeforeAndAfter | None:
    question = request(code, year=2023, where={"namnd": committee} if committee else {})
    [found] = handovers(engine, [request(CODE, year=2023)])
    return before_and_after(engine, question, found)


def test_as_long_before_as_after_whoever_answered_for_the_unit(engine: Engine) -> None:
    found = _pair(engine, committee="SN")
    assert found is not None
    assert found.before.period == Period(dt.date(2022, 7, 1), dt.date(2023, 6, 30))
    assert found.after.period == Period(dt.date(2023, 7, 1), dt.date(2024, 6, 30))
    # Sixty exits, five a month of 2023; see the town.
    assert (found.before.total.denominator, found.after.total.denominator) == (30, 30)


def test_months_that_are_not_over_are_left_out_on_both_sides() -> None:
    engine = tiny_engine(town_rows(), dt.date(2023, 11, 29))
    found = _pair(engine)
    assert found is not None
    assert found.before.period == Period(dt.date(2023, 3, 1), dt.date(2023, 6, 30))
    assert found.after.period == Period(dt.date(2023, 7, 1), dt.date(2023, 10, 31))
    assert _pair(tiny_engine(town_rows(), dt.date(2023, 9, 29))) is None


def test_measures_that_look_at_other_days_are_not_set_before_and_after(engine: Engine) -> None:
    assert _pair(engine, "not_returned_within_year") is None
    assert _pair(engine, "exit_results") is None


def test_before_and_after_is_told_without_blaming_the_move(engine: Engine) -> None:
    found = _pair(engine)
    assert found is not None
    said = before_after_in_words(found)
    assert said.startswith("Juli 2022–juni 2023: ")
    assert "; skillnaden är inte statistiskt säkerställd." in said
    assert said.endswith("visar inte att flytten är orsaken.")
    hidden = replace(found, before=replace(found.before, total=found.before.total.hidden()))
    assert "små antal" in before_after_in_words(hidden)
    assert "procent" not in before_after_in_words(hidden)
