"""The calendar of reports: working days, stops before a meeting, and what the law says of the interim report."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from committees.enums import Role
from committees.models import User
from committees.municipality_file import MunicipalityFileFault
from governance.watch import WatchItem, watch_list
from reporting.documents.models import ReportPeriod
from reporting.documents.templates.model import LeadTimes
from reporting.documents.work.schedule import month_before, schedule_before, span_of, statutory_due
from reporting.documents.work.selectors import calendar_of
from reporting.documents.work.workdays import easter_sunday, is_working_day, working_days_before
from tests.documents import work
from tests.factories import setup_small_municipality
from tests.web.town import person


@pytest.fixture
def secretary(db: None) -> User:
    work.prepare()
    return work.secretary_of("SN")


@pytest.mark.parametrize(
    ("year", "day"), [(2023, "04-09"), (2024, "03-31"), (2025, "04-20"), (2038, "04-25"), (2285, "03-22")]
)
def test_easter_is_where_the_almanac_has_it(year: int, day: str) -> None:
    assert easter_sunday(year) == dt.date.fromisoformat(f"{year}-{day}")


@pytest.mark.parametrize(
    "free",
    # Good Friday, Easter Monday, Ascension, May Day, the national day, midsummer's eve, Christmas and New Year of 2024.
    # The last is a Saturday.
    ["03-29", "04-01", "05-09", "05-01", "06-06", "06-21", "12-24", "12-25", "12-26", "12-31", "01-01", "08-31"],
)
def test_municipalities_are_closed_on_holidays(free: str) -> None:
    assert not is_working_day(dt.date.fromisoformat(f"2024-{free}"))


def test_stops_are_counted_in_working_days_over_easter() -> None:
    # Wednesday after Easter 2024; Friday, Saturday, Sunday and Monday before it are free.
    assert working_days_before(dt.date(2024, 4, 3), 2) == dt.date(2024, 3, 28)
    stops = schedule_before(dt.date(2024, 4, 3), LeadTimes(4, 3, 2, 1))
    assert (stops.data_stop, stops.text_stop) == (dt.date(2024, 3, 26), dt.date(2024, 3, 27))
    assert (stops.preparation, stops.dispatch) == (dt.date(2024, 3, 28), dt.date(2024, 4, 2))


def test_a_monthly_sheet_is_about_the_last_whole_month_before_its_figures_stop() -> None:
    span = month_before(dt.date(2024, 3, 12))
    assert (span.start, span.end) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert month_before(dt.date(2024, 1, 23)).end == dt.date(2023, 12, 31)


def test_a_period_ends_with_february_also_when_it_is_written_as_in_a_leap_year() -> None:
    assert span_of(ReportPeriod(end="02-29"), 2023).end == dt.date(2023, 2, 28)


@pytest.mark.parametrize(("end", "due"), [("06-30", "08-30"), ("07-31", "09-30"), ("08-31", "10-31")])
def test_council_and_auditors_have_the_statutory_report_within_two_months(end: str, due: str) -> None:
    assert statutory_due(dt.date.fromisoformat(f"2024-{end}")) == dt.date.fromisoformat(f"2024-{due}")


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["05-31", "09-30"])
def test_a_statutory_period_outside_half_to_two_thirds_of_the_year_is_refused(end: str) -> None:
    with pytest.raises(MunicipalityFileFault) as caught:
        setup_small_municipality(work.CALENDAR.replace("08-31", end))
    assert "06-30, 07-31 eller 08-31" in str(caught.value.faults[0])


@pytest.mark.django_db
def test_an_annual_report_is_not_the_statutory_interim_one() -> None:
    text = work.CALENDAR.replace("lagstadgad = true\n", "") + "lagstadgad = true\n"
    with pytest.raises(MunicipalityFileFault) as caught:
        setup_small_municipality(text)
    assert any("bara en delårsrapport" in str(fault) for fault in caught.value.faults)


def test_the_report_has_its_stops_worked_out_backwards_from_the_meeting(secretary: User) -> None:
    report = work.interim(secretary)
    # Tuesday 22 October 2024: no holidays in the four weeks before it.
    stops = (report.data_stop, report.text_stop, report.preparation, report.dispatch)
    assert stops == (dt.date(2024, 9, 24), dt.date(2024, 10, 1), dt.date(2024, 10, 8), dt.date(2024, 10, 15))
    assert (report.start, report.end, report.due) == (dt.date(2024, 1, 1), work.REPORTED, dt.date(2024, 10, 31))


def test_a_meeting_too_near_the_end_of_the_period_is_refused(secretary: User) -> None:
    with pytest.raises(ValidationError, match="för nära periodens slut"):
        work.interim(secretary, meetings={work.committee("SN"): dt.date(2024, 9, 17)})


def test_a_meeting_after_the_laws_last_day_is_refused(secretary: User) -> None:
    with pytest.raises(ValidationError, match="senast 31 oktober 2024"):
        work.interim(secretary, meetings={work.committee("SN"): dt.date(2024, 11, 5)})


def test_the_same_report_is_not_set_up_twice(secretary: User) -> None:
    work.interim(secretary)
    with pytest.raises(ValidationError, match="finns redan"):
        work.interim(secretary)


def test_only_the_committees_secretary_sets_up_its_report(secretary: User) -> None:
    with pytest.raises(PermissionDenied):
        work.interim(work.manager_of("SN"))
    with pytest.raises(PermissionDenied):
        work.joint(secretary)


def test_the_calendar_says_what_is_to_be_reported_and_what_is_set_up(secretary: User) -> None:
    report = work.interim(secretary)
    rows = [(row.period.code, row.committee.code, row.due, row.report) for row in calendar_of(secretary, 2024)]
    assert rows == [("delar", "SN", dt.date(2024, 10, 31), report), ("helar", "SN", None, None)]
    assert calendar_of(person("andra", Role.DATA_STEWARD, None), 2024) == []


@pytest.mark.django_db
def test_a_committees_own_report_and_a_joint_one_of_the_same_period_both_stand_in_the_calendar() -> None:
    work.prepare()
    both = work.secretary_of("SN", "KUN")
    own = work.interim(
        both,
        template_version=work.template("helarsrapport"),
        meetings={work.committee("SN"): dt.date(2025, 3, 4)},
        period=ReportPeriod.objects.get(code="helar"),
    )
    joint = work.joint(both)
    rows = [(row.committee.code, row.report) for row in calendar_of(both, 2024) if row.period.code == "helar"]
    assert rows == [("KUN", joint), ("SN", own), ("SN", joint)]


def stops(user: User) -> list[WatchItem]:
    committees = [work.committee("SN"), work.committee("KUN")]
    return [item for item in watch_list(user, committees) if item.kind == "rapport"]


def test_what_is_ahead_of_a_report_is_watched(secretary: User) -> None:
    work.interim(secretary)
    assert [(stop.title, stop.due) for stop in stops(secretary)] == [
        ("Delårsrapport 2024: datastopp", dt.date(2024, 9, 24)),
        ("Delårsrapport 2024: textstopp", dt.date(2024, 10, 1)),
        ("Delårsrapport 2024: beredning", dt.date(2024, 10, 8)),
        ("Delårsrapport 2024: utskick", dt.date(2024, 10, 15)),
        ("Delårsrapport 2024: hos fullmäktige och revisorerna", dt.date(2024, 10, 31)),
    ]
    assert stops(person("andra", Role.SECRETARY, "KUN")) == []


def test_the_watch_list_leads_to_the_report_that_is_owed(secretary: User) -> None:
    report = work.interim(secretary)
    items = stops(secretary)
    assert len(items) == 5
    assert {item.url for item in items} == {f"/rapporter/arbete/{report.pk}/"}
    assert {item.owner for item in items} == {secretary}
