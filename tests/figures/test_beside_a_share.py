"""What stands beside a share as a figure of its own: the enrolments that were followed up every month."""

from __future__ import annotations

from collections import defaultdict

import pytest

from reporting.figures.cases import case_rows
from reporting.figures.computing import compute
from reporting.figures.disclosure.protecting import protect
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.model import Figure, PartFigure
from reporting.figures.requests import request
from reporting.snapshots.engine import Engine
from tests.figures.town import town

CODE, PART = "follow_up_compliance", "every_month_met"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return town()


def _part(figure: Figure) -> PartFigure:
    return figure.parts[PART]


def _whole_enrolments(engine: Engine, sex: str) -> tuple[int, int]:
    """Count the enrolments of those rows that are listed, and those of them whose every month is met."""
    table = case_rows(engine, request(CODE, year=2023, where={"kon": sex}))
    months: dict[object, list[object]] = defaultdict(list)
    for values in table.rows:
        row = dict(zip(table.columns, values, strict=True))
        if row["in_population"] is True:
            months[str(row["unit_key"]).split("/")[0]].append(row["met"])
    return sum(all(met) for met in months.values()), len(months)


@pytest.mark.parametrize("sex", ["K", "M"])
def test_it_counts_enrolments_and_not_their_months(engine: Engine, sex: str) -> None:
    figure = compute(engine, request(CODE, year=2023, where={"kon": sex})).total
    part = _part(figure)
    assert (part.numerator, part.denominator) == _whole_enrolments(engine, sex)
    assert 0 < (part.denominator or 0) < (figure.denominator or 0)
    assert part.low is not None


def test_it_is_written_with_the_figure(engine: Engine) -> None:
    written = compute(engine, request(CODE, year=2023)).total.as_json()
    parts = written["parts"]
    assert isinstance(parts, dict)
    assert set(parts[PART]) >= {"numerator", "denominator", "value", "low", "high", "persons", "adds_up", "suppressed"}


@pytest.mark.parametrize(
    ("dimension", "adds_up"), [("kon", True), ("enhet", True), ("anvisare", True), ("manad", False)]
)
def test_an_enrolment_stands_once_only_where_all_its_months_are_alike(
    engine: Engine, dimension: str, *, adds_up: bool
) -> None:
    result = compute(engine, request(CODE, year=2023, by=(dimension,)))
    assert {_part(group).adds_up for group in result.groups} == {adds_up}
    assert all(group.adds_up for group in result.groups)
    summed = sum(_part(group).denominator or 0 for group in result.groups)
    assert (summed == _part(result.total).denominator) is adds_up


def test_it_is_hidden_by_itself_when_it_is_small(engine: Engine) -> None:
    [public] = protect([compute(engine, request(CODE, year=2023, by=("alder",)))], SmallNumbers(5)).results
    for group in public.groups:
        part = _part(group)
        assert part.suppressed or not any(0 < (count or 0) < 5 for count in (part.numerator, part.denominator))
        assert not part.suppressed or (part.numerator, part.denominator, part.value, part.low) == (None,) * 4
