"""Meetings and lead times of kommun.toml: read, refused with lines, written out again, and which lead times hold."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from committees.models import Change, User
from committees.municipality_file import MunicipalityFileFault, SetupResult, set_up
from committees.municipality_writing import written_out
from demo.reports import ANNUAL, DRAFTS
from reporting.documents.models import BoardReport, Meeting, MunicipalLeadTimes, ReportPeriod
from reporting.documents.templates.storing import store_template
from reporting.documents.work.lead_times import DEFAULT
from reporting.documents.work.meetings import proposed_meetings
from reporting.documents.work.setting_up import Assignment, set_up_report
from tests.documents import work
from tests.factories import SMALL_MUNICIPALITY

pytestmark = pytest.mark.django_db

WRITTEN = ("kommun", "namnd", "rapportperiod", "rapporttider", "sammantrade")
MEETINGS = """
[rapporttider]
datastopp = 25
utskick = 7
[[sammantrade]]
namnd = "SN"
datum = 2024-10-22
[[sammantrade]]
namnd = "KUN"
datum = 2024-10-22
"""


def take(tmp_path: Path, text: str) -> SetupResult:
    """Take in the small municipality with these sections."""
    return taken_as_it_stands(tmp_path, SMALL_MUNICIPALITY + text)


def taken_as_it_stands(tmp_path: Path, text: str) -> SetupResult:
    """Take in the text."""
    path = tmp_path / "kommun.toml"
    path.write_text(text, encoding="utf-8")
    return set_up(path)


def fault_of(tmp_path: Path, text: str) -> str:
    """Return the one fault of these sections, after the small municipality; its line is counted from their beginning."""
    with pytest.raises(MunicipalityFileFault) as caught:
        take(tmp_path, text)
    [fault] = caught.value.faults
    return f"{fault.line - SMALL_MUNICIPALITY.count(chr(10))} {fault}"


def test_meetings_and_lead_times_are_stored_and_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    take(tmp_path, MEETINGS)
    assert [str(one) for one in Meeting.objects.all()] == ["KUN 2024-10-22", "SN 2024-10-22"]
    # What the file leaves out is as the application has it: 15 days for texts and 10 for the preparation.
    assert str(MunicipalLeadTimes.objects.get()) == "25, 15, 10 och 7 arbetsdagar"
    assert take(tmp_path, MEETINGS).nothing_changed
    assert take(tmp_path, "").changes["sammantrade"].kept == ["KUN 2024-10-22", "SN 2024-10-22"]


def test_what_is_stored_is_written_out_so_that_reading_it_changes_nothing(tmp_path: Path) -> None:
    take(tmp_path, work.CALENDAR.replace('"Helårsrapport"', '"Året \\"2024\\" \\\\ \\u007f"') + MEETINGS)
    text = written_out(WRITTEN)
    assert text.count("[[sammantrade]]") == 2
    assert taken_as_it_stands(tmp_path, text).nothing_changed
    before = list(Meeting.objects.values_list("committee", "day"))
    Meeting.objects.all().delete()
    MunicipalLeadTimes.objects.all().delete()
    ReportPeriod.objects.all().delete()
    taken_as_it_stands(tmp_path, text)
    assert list(Meeting.objects.values_list("committee", "day")) == before
    assert written_out(WRITTEN) == text


def test_a_section_that_cannot_be_written_out_is_not_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="enhet"):
        written_out(["namnd", "enhet"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[sammantrade]]\nnamnd = "XN"\ndatum = 2024-10-22', "2 Rad .* namnd: ”XN” – finns inte bland"),
        ('[[sammantrade]]\nnamnd = "SN"\ndatum = "22 oktober"', "3 Rad .* datum: ”22 oktober” – ska vara ett datum"),
        ('[[sammantrade]]\nnamnd = "SN"\ndatum = 0001-01-01', "3 Rad .* datum: ”0001-01-01” – ska vara ett år mellan"),
        ('[[sammantrade]]\nnamnd = "SN"', "1 Rad .* datum – nyckeln saknas"),
        (
            '[[sammantrade]]\nnamnd = "SN"\ndatum = 2024-10-22\n[[sammantrade]]\nnamnd = "SN"\ndatum = 2024-10-22',
            r"5 Rad .* nr 2 \(SN 2024-10-22\).* – finns redan i \[\[sammantrade\]\] nr 1",
        ),
        ("[rapporttider]\ntextstopp = 21", r"2 Rad .* textstopp: ”21” – ska vara högst så många dagar som datastopp"),
        ("[rapporttider]\nutskick = -1", "2 Rad .* utskick: ”-1” – ska vara minst 0"),
        ("[rapporttider]\ndatastopp = 121", "2 Rad .* datastopp: ”121” – får vara högst 120"),
    ],
)
def test_a_fault_in_meetings_or_lead_times_is_told_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    found = fault_of(tmp_path, text)
    assert re.match(says, found), found
    assert not Meeting.objects.exists()


def test_a_meeting_on_a_free_day_is_taken_and_mentioned(tmp_path: Path) -> None:
    # Saturday 26 October, and Monday of Easter.
    for day in ("2024-10-26", "2024-04-01"):
        notes = take(tmp_path, f'[[sammantrade]]\nnamnd = "SN"\ndatum = {day}').changes["sammantrade"].notes
        assert [day in note for note in notes] == [True]
    assert Meeting.objects.count() == 2


@pytest.fixture
def secretary() -> User:
    work.prepare()
    return work.secretary_of("SN")


def test_a_template_without_lead_times_has_the_municipalitys(secretary: User) -> None:
    MunicipalLeadTimes.objects.create(pk=1, data_stop=21, text_stop=15, preparation=10, dispatch=6)
    report = work.interim(secretary)
    # Tuesday 22 October: 21 working days before is Monday 23 September, 6 is Monday 14 October.
    assert (report.data_stop, report.dispatch) == (dt.date(2024, 9, 23), dt.date(2024, 10, 14))


def test_a_templates_own_lead_times_hold_before_the_municipalitys(secretary: User) -> None:
    MunicipalLeadTimes.objects.create(pk=1, data_stop=21, text_stop=15, preparation=10, dispatch=6)
    own = "[tider]\ndatastopp = 4\ntextstopp = 3\nberedning = 2\nutskick = 1\n\n[[kapitel]]"
    first = work.template("delarsrapport")
    text = first.text.replace("[[kapitel]]", own, 1)
    store_template(text=text, of=first.template, note="Egna tider", read_as=first.number, by=secretary)
    report = work.interim(secretary, template_version=work.template("delarsrapport"))
    assert (report.data_stop, report.dispatch) == (dt.date(2024, 10, 16), dt.date(2024, 10, 21))


@pytest.mark.parametrize(("end", "meeting"), [("06-30", "08-27"), ("07-31", "09-24"), ("08-31", "10-22")])
def test_a_statutory_period_of_half_to_two_thirds_of_the_year_is_set_up(
    secretary: User, end: str, meeting: str
) -> None:
    ReportPeriod.objects.filter(code="delar").update(end=end)
    report = work.interim(secretary, meetings={work.committee("SN"): dt.date.fromisoformat(f"2024-{meeting}")})
    assert f"{report.end:%m-%d}" == end
    assert report.due is not None


@pytest.mark.parametrize("end", ["05-31", "06-29", "09-30"])
def test_a_stored_statutory_period_outside_the_laws_limits_is_not_set_up(secretary: User, end: str) -> None:
    ReportPeriod.objects.filter(code="delar").update(end=end)
    with pytest.raises(ValidationError, match="06-30, 07-31 eller 08-31"):
        work.interim(secretary, meetings={work.committee("SN"): dt.date(2024, 11, 19)})


@pytest.mark.parametrize(("end", "says"), [("06-29", "sista dagen i en månad"), ("09-30", "06-30, 07-31 eller 08-31")])
def test_a_statutory_period_outside_the_laws_limits_is_refused_by_file(tmp_path: Path, end: str, says: str) -> None:
    assert says in fault_of(tmp_path, work.CALENDAR.replace("08-31", end))


@pytest.mark.parametrize("end", ["06-30", "07-31", "08-31"])
def test_a_statutory_period_within_the_laws_limits_is_taken_by_file(tmp_path: Path, end: str) -> None:
    take(tmp_path, work.CALENDAR.replace("08-31", end))
    assert ReportPeriod.objects.get(statutory=True).end == end


SECOND = """
[[rapportperiod]]
kod = "halvar"
namn = "Halvårsrapport"
slag = "delarsrapport"
slut = "06-30"
lagstadgad = true
"""


def test_a_second_statutory_period_is_refused_in_the_file_and_beside_what_is_stored(tmp_path: Path) -> None:
    assert "bara en rapportperiod kan vara lagstadgad" in fault_of(tmp_path, work.CALENDAR + SECOND)
    take(tmp_path, work.CALENDAR)
    assert "delar (Delårsrapport) är det sedan förut" in fault_of(tmp_path, SECOND)
    # When the first gives it up in the same file, the second may have it.
    take(tmp_path, work.CALENDAR.replace("lagstadgad = true", "lagstadgad = false") + SECOND)
    assert ReportPeriod.objects.get(statutory=True).code == "halvar"


def enter(code: str, *days: str) -> None:
    """Enter meetings of a committee in the calendar."""
    for day in days:
        Meeting.objects.create(committee=work.committee(code), day=dt.date.fromisoformat(day))


def proposed(client: Client, user: User, asked: str) -> dict[str, str]:
    """Return the dates that the form for setting up a report begins with, by committee."""
    client.force_login(user)
    text = client.get(f"/rapporter/kalender/ny/?{asked}").content.decode()
    codes = {f"sammantrade_{work.committee(code).pk}": code for code in ("SN", "KUN")}
    inputs = [re.search(rf'<input[^>]*name="{name}"[^>]*>', text) for name in codes]
    values = [re.search(r'value="([^"]*)"', found[0]) if found else None for found in inputs]
    return {code: value[1] for code, value in zip(codes.values(), values, strict=True) if value}


def test_the_first_meeting_that_the_lead_times_allow_is_proposed(client: Client, secretary: User) -> None:
    # 20 working days before Friday 27 September is Friday 30 August, the day before the period ends; before Tuesday 1 October
    # it is Tuesday 3 September.
    enter("SN", "2024-08-27", "2024-09-27", "2024-10-01", "2024-10-22")
    assert proposed(client, secretary, "period=delar&ar=2024") == {"SN": "2024-10-01"}
    MunicipalLeadTimes.objects.create(pk=1, data_stop=19, text_stop=15, preparation=10, dispatch=5)
    # 19 before 27 September is Monday 2 September.
    assert proposed(client, secretary, "period=delar&ar=2024") == {"SN": "2024-09-27"}


def test_a_meeting_after_the_laws_last_day_is_not_proposed(client: Client, secretary: User) -> None:
    enter("SN", "2024-11-05")
    assert proposed(client, secretary, "period=delar&ar=2024") == {}
    ReportPeriod.objects.filter(code="delar").update(statutory=False)
    assert proposed(client, secretary, "period=delar&ar=2024") == {"SN": "2024-11-05"}


def test_a_meeting_ahead_is_proposed_before_one_that_has_been(secretary: User) -> None:
    enter("SN", "2024-10-15", "2024-10-22")
    period = ReportPeriod.objects.get(code="delar")
    sn = work.committee("SN")

    def on(today: dt.date) -> dt.date:
        return proposed_meetings([sn], period=period, year=2024, leads=DEFAULT, today=today)[sn]

    assert on(dt.date(2024, 10, 15)) == dt.date(2024, 10, 15)
    assert on(dt.date(2024, 10, 16)) == dt.date(2024, 10, 22)
    # The first that the report was in time for, once all have been.
    assert on(dt.date(2024, 10, 23)) == dt.date(2024, 10, 15)


# 9 working days before Tuesday 10 September 2024 is Wednesday 28 August, before Tuesday 17 September Wednesday 4 September.
@pytest.mark.parametrize(("day", "month"), [("2024-09-10", "2024-07"), ("2024-09-17", "2024-08")])
def test_every_meeting_has_its_monthly_sheet_of_the_last_month_that_is_known_by_then(
    client: Client, secretary: User, day: str, month: str
) -> None:
    enter("SN", day)
    sn = work.committee("SN")
    assert proposed(client, secretary, f"namnd=SN&dag={day}") == {"SN": day}
    manadsblad = work.template("manadsblad").template.pk
    given = {"template": manadsblad, "period": "", "year": 2024, f"sammantrade_{sn.pk}": day, "registry_number": ""}
    assert client.post("/rapporter/kalender/ny/", given).status_code == 302
    assert BoardReport.objects.get().title == f"Månadsblad {month}"


def test_a_meeting_ahead_without_a_sheet_offers_one_to_who_makes_its_reports(client: Client, secretary: User) -> None:
    ahead = timezone.localdate() + dt.timedelta(days=60)
    enter("SN", ahead.isoformat())
    address, offer = f"/rapporter/kalender/?ar={ahead.year}", f"namnd=SN&amp;dag={ahead.isoformat()}"
    client.force_login(work.manager_of("SN"))
    assert offer not in client.get(address).content.decode()
    client.force_login(secretary)
    assert offer in client.get(address).content.decode()
    meetings = {work.committee("SN"): ahead}
    set_up_report(Assignment(work.template("manadsblad"), meetings), by=secretary)
    assert offer not in client.get(address).content.decode()


@pytest.mark.parametrize("wrong", ["2024-13-01", "igår", "2024-9-1"])
def test_a_day_that_is_none_in_the_address_is_passed_over(client: Client, secretary: User, wrong: str) -> None:
    assert proposed(client, secretary, f"namnd=SN&dag={wrong}") == {}


def test_whoever_has_several_committees_is_proposed_the_one_asked_for_and_told_of_the_others(client: Client) -> None:
    work.prepare()
    both = work.secretary_of("SN", "KUN")
    enter("SN", "2024-10-22")
    enter("KUN", "2024-10-15")
    assert proposed(client, both, "period=delar&ar=2024&namnd=KUN") == {"KUN": "2024-10-15"}
    assert proposed(client, both, "period=delar&ar=2024") == {}
    shown = client.get("/rapporter/kalender/ny/?period=delar&ar=2024").content.decode()
    assert "som hinns med: 2024-10-22." in shown


def test_meetings_and_lead_times_are_kept_on_the_web_logged_and_written_out(
    client: Client, secretary: User, tmp_path: Path
) -> None:
    client.force_login(secretary)
    sn, kun = work.committee("SN"), work.committee("KUN")
    new = "/rapporter/kalender/sammantraden/ny/"
    assert client.post(new, {"committee": sn.pk, "day": "2024-10-22"}).status_code == 302
    assert "finns redan" in client.post(new, {"committee": sn.pk, "day": "2024-10-22"}).content.decode()
    assert "Året ska vara" in client.post(new, {"committee": sn.pk, "day": "0001-01-01"}).content.decode()
    assert client.post(new, {"committee": kun.pk, "day": "2024-10-22"}).status_code == 200
    times = {"data_stop": 21, "text_stop": 15, "preparation": 10, "dispatch": 5}
    page = "/rapporter/kalender/tider/"
    assert "i ordning" in client.post(page, {**times, "dispatch": 11}).content.decode()
    assert client.post(page, times).status_code == 302
    report = work.interim(secretary)
    shown = client.get("/rapporter/kalender/?ar=2024").content.decode()
    assert "Datastopp 21, textstopp 15" in shown
    # Its report is told where the meeting stands, besides in the table of periods.
    assert shown.count(f'href="/rapporter/arbete/{report.pk}/"') == 2
    file = client.get("/rapporter/kalender/kalender.toml").content.decode()
    assert 'namnd = "SN"\ndatum = 2024-10-22' in file
    assert "datastopp = 21" in file
    assert taken_as_it_stands(tmp_path, file).nothing_changed
    remove = f"/rapporter/kalender/sammantraden/{Meeting.objects.get().pk}/ta-bort/"
    assert client.get(remove).status_code == 405
    client.force_login(work.person_in("andra", "KUN"))
    assert client.post(remove).status_code == 404
    client.force_login(secretary)
    assert client.post(remove).status_code == 302
    assert not Meeting.objects.exists()
    assert [(one.before, one.after) for one in Change.objects.of(sn)] == [("2024-10-22", ""), ("", "2024-10-22")]
    assert [(one.before, one.after) for one in Change.objects.of(MunicipalLeadTimes.objects.get())] == [("20", "21")]


def test_the_calendar_says_when_council_and_auditors_must_have_the_statutory_report(
    client: Client, secretary: User
) -> None:
    client.force_login(secretary)
    shown = client.get("/rapporter/kalender/?ar=2024").content.decode()
    assert "Hos fullmäktige och revisorerna senast" in shown
    assert "2024-10-31" in shown


def test_the_demonstrations_reports_go_to_meetings_of_its_calendar(settings: Settings) -> None:
    result = set_up(settings.BASE_DIR / "demo" / "kommun.toml")
    assert result.changes["sammantrade"].notes == []
    going = {(code, day) for begun in (*DRAFTS, ANNUAL.begun) for code, day in begun.meetings.items()}
    assert going <= set(Meeting.objects.values_list("committee__code", "day"))


PERIODS = "/rapporter/kalender/perioder/"
QUARTER = {"code": "kvartal", "name": "Kvartalsrapport", "kind": "delarsrapport", "end": "03-31"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"end": "06-29", "statutory": "on"}, "Ska vara den sista dagen i en månad"),
        ({"end": "05-31", "statutory": "on"}, "Ska vara 06-30, 07-31 eller 08-31"),
        ({"end": "09-30", "statutory": "on"}, "Ska vara 06-30, 07-31 eller 08-31"),
        ({"end": "06-30", "statutory": "on"}, "Bara en rapportperiod kan vara lagstadgad, och Delårsrapport är det"),
        ({"kind": "helarsrapport"}, "Ska vara 12-31"),
        ({"code": "delar"}, "används redan"),
    ],
)
def test_a_period_the_law_or_the_year_does_not_allow_is_refused_on_the_web(
    client: Client, secretary: User, changed: dict[str, str], says: str
) -> None:
    client.force_login(secretary)
    assert says in client.post(f"{PERIODS}ny/", {**QUARTER, **changed}).content.decode()
    assert set(ReportPeriod.objects.values_list("code", "end")) == {("delar", "08-31"), ("helar", "12-31")}


@pytest.mark.parametrize("end", ["06-30", "07-31", "08-31"])
def test_the_statutory_period_is_moved_on_the_web_within_the_laws_limits(
    client: Client, secretary: User, end: str
) -> None:
    client.force_login(secretary)
    said = {"name": "Delårsrapporten", "kind": "delarsrapport", "end": end, "statutory": "on"}
    assert client.post(f"{PERIODS}{ReportPeriod.objects.get(code='delar').pk}/", said).status_code == 302
    period = ReportPeriod.objects.get(code="delar")
    assert (period.name, period.end, period.statutory) == ("Delårsrapporten", end, True)
    assert Change.objects.of(period).filter(field="name", before="Delårsrapport", by=secretary).exists()


def test_a_period_entered_on_the_web_stands_in_the_calendar_and_its_file(
    client: Client, secretary: User, tmp_path: Path
) -> None:
    client.force_login(secretary)
    assert client.post(f"{PERIODS}ny/", QUARTER).status_code == 302
    assert "Kvartalsrapport" in client.get("/rapporter/kalender/?ar=2024").content.decode()
    file = client.get("/rapporter/kalender/kalender.toml").content.decode()
    assert 'kod = "kvartal"' in file
    assert taken_as_it_stands(tmp_path, file).nothing_changed


def test_a_period_whose_code_is_no_word_can_be_changed_on_the_web_too(client: Client, secretary: User) -> None:
    period = ReportPeriod.objects.get(code="helar")
    ReportPeriod.objects.filter(pk=period.pk).update(code="hel/år 1")
    client.force_login(secretary)
    assert f"{PERIODS}{period.pk}/" in client.get("/rapporter/kalender/").content.decode()
    said = {"name": "Året", "kind": "helarsrapport", "end": "12-31"}
    assert client.post(f"{PERIODS}{period.pk}/", said).status_code == 302
    assert ReportPeriod.objects.get(code="hel/år 1").name == "Året"
