"""What a reader of a chart gets: the same drawing on page and paper, in words too, and nothing where a number is hidden."""

import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from reporting.charts.bars import BarValue, bars
from reporting.charts.control import ControlPicture, control_chart
from reporting.charts.curve import curve_chart
from reporting.charts.frame import axis_ticks
from reporting.charts.series import Break, Line, Series, series
from reporting.charts.sparkline import sparkline
from reporting.charts.stacked import Bar, spread, stacked_shares
from reporting.figures.curves import curve_of_waiting
from reporting.figures.process import control

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


_MONTHS = tuple(f"2023-{month:02}" for month in range(1, 13))
_STEADY = (10.0, 12.0, 11.0, 13.0) * 3


def controlled(values: tuple[float | None, ...] = _STEADY, link: str | None = None) -> str:
    """Draw process control of the values, one a month."""
    found = control((*_MONTHS, *_MONTHS)[: len(values)], values)
    assert found is not None
    picture = ControlPicture(found, links=(link,) * len(values) if link else (), symbols=("..",) * len(values))
    return control_chart(picture, number=whole, unit="%", alternative="Så gick det")


def waited(*, still: int = 2) -> str:
    """Draw how long some waited, of whom a few still do."""
    return curve_chart(curve_of_waiting({5: 3, 9: 3, 30: 3}, {40: still}), number=whole, alternative="Så gick det")


CHARTS: dict[str, Callable[[], str]] = {
    "stacked": shares,
    "series": lambda: line((81, None, 70)),
    "control": controlled,
    "curve": waited,
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


def test_what_a_chart_says_stands_beside_its_name() -> None:
    own = Line("Egen kommun", (80, 70))
    svg = series(
        Series(("2022", "2023"), own), number=whole, alternative="Ej återaktualiserade", told="2022 80, 2023 70."
    )
    root = parsed(svg)
    assert [element.text for element in root[:2]] == ["Ej återaktualiserade", "2022 80, 2023 70."]
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (root[0].get("id"), root[1].get("id"))


def _with_history() -> Series:
    own = Line("SN", (None, None, None, 40, 38), symbols=("", "", "-", "", ""))
    history = Line("Före systemet", (53, 48, None, None, None))
    years = tuple(str(year) for year in range(2016, 2021))
    return Series(years, own, history=history, breaks=(Break(2.5, "SN → KUN"), Break(2.6, "KUN → SN")))


def test_history_is_set_apart_by_its_marks_and_said_to_be_history() -> None:
    svg = series(_with_history(), number=whole, unit="%", alternative="Så gick det")
    assert {"Före systemet", "53", "48", "40"} <= set(texts(svg))
    hollow = [element for element in parsed(svg).iter(f"{_SVG}path") if element.get("fill") == "#ffffff"]
    assert len(hollow) == 2


def test_a_reorganisation_stands_as_a_line_with_its_words_which_never_touch_others() -> None:
    svg = series(_with_history(), number=whole, unit="%", alternative="Så gick det")
    at = {element.text: float(element.get("x", "")) for element in parsed(svg).iter(f"{_SVG}text") if element.get("x")}
    before, first, second = (at[words] for words in ("Före systemet", "SN → KUN", "KUN → SN"))
    assert before < first < second
    assert second - first > 30


def test_labels_that_would_touch_are_left_out_but_never_the_last() -> None:
    months = tuple(f"{2021 + month // 12}-{month % 12 + 1:02}" for month in range(36))
    svg = series(Series(months, Line("SN", (30.0,) * 36)), number=whole, alternative="Så gick det", width=215)
    shown = [text for text in texts(svg) if text in months]
    assert shown[-1] == "2023-12"
    assert len(shown) < 8


def test_signals_are_told_by_form_and_not_by_colour_alone() -> None:
    steady, signal = controlled(), controlled((*_STEADY[:6], 40.0, *_STEADY[6:]))

    def rings(svg: str) -> int:
        return sum(
            element.get("fill") == "none" and "C" in element.get("d", "") for element in parsed(svg).iter(f"{_SVG}path")
        )

    assert (rings(steady), rings(signal)) == (0, 1)


def test_process_control_names_its_limits_and_leads_to_the_cases() -> None:
    svg = controlled(link="/fall")
    assert {"Medel\u00a012", "Övre gräns\u00a017", "Nedre gräns\u00a06", "Gräns\u00a06"} <= set(texts(svg))
    assert len(list(parsed(svg).iter(f"{_SVG}a"))) == 12


def test_a_hidden_month_is_marked_in_process_control() -> None:
    assert texts(controlled((*_STEADY, None))).count("..") == 1


def test_numbers_at_risk_stand_under_a_curve() -> None:
    written = texts(waited())
    assert {"Dagar", "Kvar", "Klara"} <= set(written)
    # Eleven: three each on day 5, 9 and 30, two still waiting after 40.
    rows = [written[written.index("7") + at] for at in range(3)]
    assert rows == ["7", "8", "3"]
    assert "hälften: dag\u00a09" in written


def test_a_curve_in_which_half_never_came_shows_no_half() -> None:
    assert not any("hälften" in text for text in texts(waited(still=40)))


def test_bars_can_be_seen_against_their_total() -> None:
    svg = bars([BarValue("Kurs", 10)], number=whole, alternative="x", reference=(25, "Alla 25 %"))
    assert "Alla 25 %" in texts(svg)


@pytest.mark.parametrize(
    ("lowest", "highest", "ticks"), [(-30, 60, [-50, 0, 50, 100]), (-0.4, -0.1, [-0.4, -0.3, -0.2, -0.1])]
)
def test_an_axis_can_begin_below_zero(lowest: float, highest: float, ticks: list[float]) -> None:
    assert axis_ticks(lowest, highest) == pytest.approx(ticks)
