"""The pandas and Polars programs of the bench give the same figures as the product: else it would compare unlike things."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bench.country import pandas_programs, polars_programs, utfall
from bench.country.comparing import differences
from bench.country.generate import generate
from bench.country.model import Country
from reporting.measures.catalogue import measures
from tests.bench.countries import write_country
from tests.measures import aid_histories, duration_histories, histories, routine_histories, test_several
from tests.measures.tiny import Rows, organisation

PROGRAMS = pytest.mark.parametrize("program", [pandas_programs, polars_programs], ids=["pandas", "polars"])
YEARS = (2022, 2023, 2024)
FAMILIES: tuple[st.SearchStrategy[histories.Rows], ...] = (
    test_several.volumes(),
    histories.support_cases(),
    histories.support_months(),
    histories.sfi(),
    aid_histories.courses(),
    aid_histories.aid(),
    duration_histories.referrals(),
    duration_histories.applications(),
    routine_histories.routines(),
)
few = settings(
    max_examples=3,
    phases=[Phase.generate],  # a whole country takes too long to make smaller; the difference names its municipality
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Three municipalities of the synthetic country."""
    root = tmp_path_factory.mktemp("country")
    generate(root, enrolments=3000, municipalities=3)
    return Country.open(root)


@pytest.mark.slow
@PROGRAMS
def test_a_program_gives_the_figures_of_the_product_for_the_synthetic_country(
    program: ModuleType, generated: Country
) -> None:
    ours = utfall.figures(generated, YEARS)
    assert differences(ours, program.figures(generated, YEARS)) == []
    assert all(ours[2023][measure.code] for measure in measures()), "a measure without a case compares nothing"


@pytest.mark.slow
@few
@given(data=st.data(), as_of=histories.AS_OF)
def test_both_programs_give_the_figures_of_the_product_where_days_meet_and_overlap(
    data: st.DataObject, as_of: dt.date
) -> None:
    drawn: list[Rows] = [data.draw(family) for family in FAMILIES for _ in range(2)]
    with tempfile.TemporaryDirectory() as root:
        country = write_country(Path(root), {f"{1000 + at}": rows for at, rows in enumerate(drawn)}, as_of)
        ours = utfall.figures(country, YEARS)
        assert differences(ours, pandas_programs.figures(country, YEARS)) == []
        assert differences(ours, polars_programs.figures(country, YEARS)) == []


def test_both_programs_answer_for_every_measure_even_where_there_is_no_case(tmp_path: Path) -> None:
    country = write_country(tmp_path, {"1001": organisation()}, dt.date(2023, 8, 31))
    ours = utfall.figures(country, [2023])
    for program in (pandas_programs, polars_programs):
        answers = program.figures(country, [2023])
        assert set(answers[2023]) == {measure.code for measure in measures()}
        assert differences(ours, answers) == []
