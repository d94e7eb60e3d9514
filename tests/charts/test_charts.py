"""What a reader of a chart gets: the same drawing on page and paper, in words too, and nothing where a number is hidden."""

import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from reporting.charts.bars import BarValue, bars
from reporting.charts.series import Line, Series, axis_ticks, series
from reporting.charts.sparkline import sparkline
from reporting.charts.stacked import Bar, spread, stacked_shares

_SVG = "{http://www.w3.org/2000/svg}"
_NAMES = ("Arbete", "Studier", "Annan myndighet", "Slutfört uppdrag", "Övrigt")


def whole(value: float) -> str:
    """Write a number without decimals."""
    return f"{value:.0f}"


def shares(link: str | None = None) -> str:
    """Draw two years of shares, the second hidden."""
    drawn = Bar("2022", (25, 7, 20, 22, 26), links=(link,) * 5)
    return stacked_shares([drawn, Bar("2023", (None,) * 5)], _NAMES, number=whole, alternative="Så gick det")


def line(values: tuple[float | None, ...], symbols: tuple[str, ...] = (), target: float | None = 75) -> str:
    """Draw a series with a band and a target."""
    own = Line("Egen kommun", values, symbols=symbols)
    content = Series(
        tuple(str(2020 + at) for at in range(len(values))), own, target=(target, "Mål") if target else None
    )
    return series(content, number=whole, unit="%", alternative="Så gick det")


CHARTS: dict[str, Callable[[], str]] = {
    "stacked": shares,
    "series": lambda: line((81, None, 70)),
    "sparkline": lambda: sparkline([1, None, 3], alternative="Så gick det", target=2),
    "bars": lambda: bars(
        [BarValue("Språkpraktik", 26, 15, 41), BarValue("Kurs", None)], number=whole, alternative="Så gick det"
    ),
}


def parsed(svg: str) -> ET.Element:
    """Return the drawing as elements."""
    return ET.fromstring(svg)  # noqa: S314 (our own drawing)


def texts(svg: str) -> list[str]:
    """Return what is written in the drawing."""
    return [element.text or "" for element in parsed(svg).iter(f"{_SVG}text")]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_a_chart_can_stand_in_a_page_that_allows_no_inline_style(chart: Callable[[], str]) -> None:
    svg = chart()
    assert "style" not in {name for element in parsed(svg).iter() for name in element.attrib}
    assert "<style" not in svg
    assert "<script" not in svg


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_a_chart_says_in_words_what_it_shows(chart: Callable[[], str]) -> None:
    root = parsed(chart())
    assert root[0].tag == f"{_SVG}title"
    assert root[0].text == "Så gick det"
    assert root.get("role") == "img"


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_the_same_chart_is_the_same_bytes(chart: Callable[[], str]) -> None:
    assert chart() == chart()


def test_two_different_charts_on_a_page_share_no_identifiers() -> None:
    first, second = shares(), shares(link="/mål")
    identifiers = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (first, second)]
    assert all(identifiers)
    assert not identifiers[0] & identifiers[1]


def test_every_pattern_that_is_referred_to_is_there() -> None:
    svg = shares()
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) == set(re.findall(r'\bid="([^"]+)"', svg))


def test_a_year_with_hidden_numbers_is_not_drawn_to_scale() -> None:
    written = texts(shares())
    assert written.count("..") == 1
    assert [text for text in written if text.isdigit() and len(text) < 4] == ["25", "7", "20", "22", "26"]


def test_category_names_stand_over_their_bars_without_touching() -> None:
    placed = spread([10, 12, 14, 90], [20, 20, 20, 20], low=0, high=100, gap=5)
    assert placed == sorted(placed)
    assert all(after - before >= 25 for before, after in pairwise(placed))
    assert placed[0] - 10 >= 0
    assert placed[-1] + 10 <= 100


def test_more_than_five_categories_are_refused() -> None:
    with pytest.raises(ValueError, match="högst fem"):
        stacked_shares([Bar("2023", (10,) * 6)], [*_NAMES, "Till"], number=whole, alternative="")


def test_a_line_is_never_drawn_over_a_missing_year() -> None:
    paths = [element.get("d", "") for element in parsed(line((80, None, 70), target=None)).iter(f"{_SVG}path")]
    own = [path for path in paths if path.count("L") == 1 and "C" not in path]
    grid_and_axis = 1 + 4  # the axis and the lines at 25, 50, 75 and 100
    assert len(own) == grid_and_axis


def test_a_hidden_year_is_marked_where_its_point_would_be() -> None:
    assert ".." in texts(line((80, None, 70), symbols=("", "..", "")))


def test_the_last_value_stands_with_the_name_of_its_line() -> None:
    assert "Egen kommun\u00a070" in texts(line((80, 75, 70)))


def test_marks_can_lead_to_their_cases() -> None:
    root = parsed(shares(link="/matt/exit_results?kategori=A"))
    links = [element.get("href") for element in root.iter(f"{_SVG}a")]
    assert links == ["/matt/exit_results?kategori=A"] * 5
    assert root.get("role") == "group"


@pytest.mark.parametrize(
    ("floor", "highest", "ticks"), [(0, 81, [0, 25, 50, 75, 100]), (100, 176, [100, 120, 140, 160, 180])]
)
def test_an_axis_has_few_even_ticks(floor: float, highest: float, ticks: list[float]) -> None:
    assert axis_ticks(floor, highest) == ticks


def test_a_chart_without_any_value_is_still_a_chart() -> None:
    assert "Egen kommun" not in texts(line((None, None), target=None))
    assert parsed(sparkline([None, None], alternative="inget")).tag == f"{_SVG}svg"
