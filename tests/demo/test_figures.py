"""The demonstration data gives the published figures, counted here by a second reading of the definitions."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from demo.generate import generate
from tests.demo import recount
from tests.demo.recount import Delivery

AS_OF = (date(2024, 1, 31), date(2025, 1, 31))
"""What is known at the end of January holds a year later too."""


@cache
def known_on(directory: Path, as_of: date) -> Delivery:
    """The delivery as known on the day (read once for all tests)."""
    return Delivery(directory, as_of)


@pytest.fixture(params=AS_OF, ids=str)
def delivery(request: pytest.FixtureRequest, demo_files: Path) -> Delivery:
    """The demonstration delivery as known on each of the days."""
    return known_on(demo_files, request.param)


def closings_of(year: int) -> tuple[date, date]:
    """The window of variant full_year for the year after."""
    return date(year, 1, 1), date(year, 12, 31)


@pytest.mark.parametrize(
    ("year", "to_work_or_studies", "exits"),
    [(2018, 118, 233), (2019, 115, 289), (2020, 69, 182), (2021, 61, 172), (2022, 58, 182), (2023, 25, 127)],
)
def test_share_to_work_or_studies_is_the_published_series(
    delivery: Delivery, year: int, to_work_or_studies: int, exits: int
) -> None:
    counts = recount.exit_categories(delivery, year)
    assert (counts["A"] + counts["B"], sum(counts.values())) == (to_work_or_studies, exits)


def test_2023_has_21_exits_to_work_and_4_to_studies(delivery: Delivery) -> None:
    counts = recount.exit_categories(delivery, 2023)
    assert (counts["A"], counts["B"]) == (21, 4)


@pytest.mark.parametrize("year", range(2018, 2024))
def test_no_closed_year_rests_on_preliminary_jobs(delivery: Delivery, year: int) -> None:
    assert recount.preliminary(delivery, year) == 0


def test_interim_report_of_august_2024_has_preliminary_jobs(demo_files: Path) -> None:
    assert recount.preliminary(known_on(demo_files, date(2024, 8, 31)), 2024) > 0


def test_results_move_from_work_to_other_authority_and_other_as_the_audit_describes(delivery: Delivery) -> None:
    shares = {}
    for year in (2019, 2023):
        counts = recount.exit_categories(delivery, year)
        shares[year] = {category: counts[category] / sum(counts.values()) for category in "ABCDE"}
    assert shares[2023]["A"] < shares[2019]["A"] - 0.10
    assert shares[2023]["C"] > shares[2019]["C"] + 0.05
    assert shares[2023]["E"] > shares[2019]["E"] + 0.10


def test_2024_improves_a_little(demo_files: Path) -> None:
    counts = recount.exit_categories(known_on(demo_files, date(2025, 1, 31)), 2024)
    assert 25 / 127 < (counts["A"] + counts["B"]) / sum(counts.values()) < 0.30


@pytest.mark.parametrize(("year", "met", "closed"), [(2022, 102, 126), (2023, 89, 127)])
def test_not_returned_is_81_percent_for_2022_and_70_for_2023(
    delivery: Delivery, year: int, met: int, closed: int
) -> None:
    assert recount.not_returned(delivery, *closings_of(year - 1)) == (met, closed)


def test_residents_not_returned_for_2023_are_83_of_121(delivery: Delivery) -> None:
    assert recount.resident_not_returned(delivery, *closings_of(2022)) == (83, 121)


@pytest.mark.parametrize("year", [2022, 2023])
def test_first_half_year_of_closings_is_large_enough_to_publish(delivery: Delivery, year: int) -> None:
    met, closed = recount.not_returned(delivery, date(year - 1, 1, 1), date(year - 1, 6, 30))
    assert closed > 40
    assert closed - met > 5


def test_closings_of_2023_are_only_partly_known_in_august_2024(demo_files: Path) -> None:
    _, judged = recount.not_returned(known_on(demo_files, date(2024, 8, 31)), *closings_of(2023))
    _, in_the_end = recount.not_returned(known_on(demo_files, date(2025, 1, 31)), *closings_of(2023))
    assert 0 < judged < in_the_end


@pytest.mark.parametrize(("year", "long_term", "recipients"), [(2021, 171, 424), (2022, 168, 419), (2023, 163, 412)])
def test_long_term_support_lies_around_its_target(
    delivery: Delivery, year: int, long_term: int, recipients: int
) -> None:
    assert recount.long_term(delivery, year) == (long_term, recipients)


def test_long_term_support_in_2024_is_158(demo_files: Path) -> None:
    assert recount.long_term(known_on(demo_files, date(2025, 1, 31)), 2024)[0] == 158


@pytest.mark.parametrize(("year", "dropouts", "active"), [(2021, 83, 512), (2022, 88, 524), (2023, 92, 541)])
def test_sfi_dropout_is_17_percent_in_2023(delivery: Delivery, year: int, dropouts: int, active: int) -> None:
    reasons, participations = recount.sfi_dropouts(delivery, year)
    assert (len(reasons), participations) == (dropouts, active)


def test_half_of_the_dropouts_of_2023_went_to_work_or_placement(delivery: Delivery) -> None:
    reasons, _ = recount.sfi_dropouts(delivery, 2023)
    counts = Counter(reasons)
    assert round(100 * (counts["arbete"] + counts["praktik"]) / len(reasons)) == 49
    assert round(100 * counts["privata_skal"] / len(reasons)) == 24


@pytest.mark.parametrize("year", range(2019, 2024))
def test_between_a_seventh_and_a_quarter_of_sfi_referrals_do_not_begin(delivery: Delivery, year: int) -> None:
    missed, referrals = recount.sfi_not_started(delivery, year)
    assert referrals > 100
    assert 1 / 7 < missed / referrals < 1 / 4


def test_labour_market_unit_costs_about_6_million_kronor_in_2023(delivery: Delivery) -> None:
    assert 5_900_000 < recount.unit_cost(delivery, "AME", 2023) < 6_100_000


def test_figures_are_built_in_and_not_the_luck_of_a_seed(tmp_path: Path) -> None:
    generate(tmp_path, seed=7)
    delivery = Delivery(tmp_path, AS_OF[0])
    counts = recount.exit_categories(delivery, 2023)
    assert (counts["A"], counts["B"], sum(counts.values())) == (21, 4, 127)
    assert recount.not_returned(delivery, *closings_of(2022)) == (89, 127)
    assert recount.long_term(delivery, 2023) == (163, 412)
    assert len(recount.sfi_dropouts(delivery, 2023)[0]) == 92
