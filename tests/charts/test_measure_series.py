"""What a chart of a measure's years is made of: the same for page and paper."""

from __future__ import annotations

import datetime as dt

import pytest

from reporting.charts.measure_series import HISTORY, Beside, series_content
from reporting.charts.series import Line
from reporting.figures.computing import compute_many
from reporting.figures.history import KnownBefore
from reporting.figures.intervals import wilson
from reporting.figures.model import NO_KEY, Figure, Result
from reporting.figures.reorganisation import Handover
from reporting.figures.requests import request
from reporting.figures.steps import Step, series_by
from reporting.measures.catalogue import measure
from tests.figures.town import AS_OF, town

_PUBLISHED = {2021: (61, 172), 2022: (58, 182), 2023: (25, 127)}


def _results(hidden: int = 0) -> list[Result]:
    results = []
    for year, counts in _PUBLISHED.items():
        [(low, high)] = wilson([counts])
        figure = Figure(NO_KEY, *counts, 100 * counts[0] / counts[1], low, high)
        asked = request("work_or_study_at_exit", year=year)
        results.append(Result(asked, AS_OF, ("a",), (), figure.hidden() if year == hidden else figure, {}))
    return results


def _known(year: int, value: float) -> KnownBefore:
    return KnownBefore(year, value, None, None, "Bokslut", "", None)


def _handover(day: dt.date) -> Handover:
    return Handover(day, (("AME", "AME"),), "KUN", "SN", "Kultur", "Social", "")


def test_a_series_has_its_values_with_intervals() -> None:
    content = series_content(_results(), name="SN", links=("a", "b", "c"))
    assert content.labels == ("2021", "2022", "2023")
    assert content.own.values == pytest.approx((100 * 61 / 172, 100 * 58 / 182, 100 * 25 / 127))
    assert content.own.low[2] == pytest.approx(13.7, abs=0.05)
    assert (content.own.links, content.ceiling) == (("a", "b", "c"), 100.0)


def test_history_stands_in_places_of_its_own_before_the_series() -> None:
    peers = Line("Liknande", (40.0, 41.0, 42.0))
    beside = Beside(peers=peers, history=(_known(2018, 48.0), _known(2019, 47.0), _known(2022, 1.0), _known(1999, 2.0)))
    content = series_content(_results(), name="SN", links=("a", "b", "c"), beside=beside)
    assert content.labels == ("2018", "2019", "2020", "2021", "2022", "2023")
    assert content.history == Line(HISTORY, (48.0, 47.0, None, None, None, None))
    assert content.own.values[:3] == (None, None, None)
    assert content.own.links == (None, None, None, "a", "b", "c")
    assert content.own.symbols == ("", "", "-", "–", "–", "–")
    assert content.peers == Line("Liknande", (None, None, None, 40.0, 41.0, 42.0))


def test_a_handover_stands_between_the_years_it_parts() -> None:
    days = (dt.date(2023, 1, 1), dt.date(2022, 7, 2), dt.date(2020, 1, 1))
    content = series_content(_results(), name="SN", beside=Beside(handovers=tuple(_handover(day) for day in days)))
    assert [each.position for each in content.breaks] == pytest.approx([1.5, 1.0, -0.5], abs=0.01)
    shifted = Beside(handovers=(_handover(dt.date(2023, 1, 1)),), history=(_known(2020, 40.0),))
    assert series_content(_results(), name="SN", beside=shifted).breaks[0].position == pytest.approx(2.5)


def test_a_hidden_year_is_a_place_with_its_symbol() -> None:
    content = series_content(_results(hidden=2022), name="SN")
    assert content.own.values[1] is content.own.low[1] is content.own.high[1] is None
    assert content.own.symbols[1] == ".."


def test_costs_can_be_drawn_in_thousands_and_have_no_interval() -> None:
    results = compute_many(town(), [request("cost_per_participant", year=2023)])
    whole, thousands = (series_content(results, name="SN", scale=scale) for scale in (float, lambda kr: kr / 1000))
    assert thousands.own.values[0] == pytest.approx((whole.own.values[0] or 0) / 1000)
    assert thousands.own.low == ()
    assert thousands.ceiling is None


def test_months_have_their_labels_and_no_history() -> None:
    results = series_by(town(), measure("work_or_study_at_exit"), Step.MONTH, end=dt.date(2023, 3, 31), count=3)
    content = series_content(results, name="SN", step=Step.MONTH, beside=Beside(history=(_known(2018, 48.0),)))
    assert content.labels == ("2023-01", "2023-02", "2023-03")
    assert content.history is None
