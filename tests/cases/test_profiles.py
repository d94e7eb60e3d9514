"""A file with the headers, words and ways of writing of another system is read by its profile as if it were ours."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.actions.profiles import DELIVERED, profile_named, profile_names, store_profile
from cases.deliveries.forms import Forms, Use, fault_in_date_form, fault_in_month_form
from cases.enums import SupportDecision
from cases.kinds import kind_named
from cases.models import Delivery, MappingProfile, SupportMonth
from cases.profiles.reading import read_profile
from committees.append_only import NeverChanged
from committees.toml_tables import TextFault
from tests.cases.workbooks import write_workbook
from tests.command_line import run
from tests.factories import setup_small_municipality

PROFILE = """
[profil]
namn = "verksamhet-x"
system = "Verksamhet X"

[[fil]]
slag = "stodmanader"
blad = "Utbetalt"
hoppa_over = 2
datumform = "DD.MM.ÅÅÅÅ"
manadsform = "MM/ÅÅÅÅ"
decimaltecken = ","
tusentalstecken = "."
[fil.kolumner]
"Akt" = "hushåll"
"Klient" = "person"
"Avser" = "månad"
"Summa" = "belopp"
"Betaldag" = "utbetald"
"Status" = "roll"
"Enhet" = ""
[fil.koder.roll]
"Sökande " = "huvudsokande"
"Okänd" = ""
"""
HEADER = ["Akt", "Klient", "Avser", "Summa", "Betaldag", "Status", "Enhet"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.django_db
def test_a_file_of_another_system_is_taken_by_its_profile(tmp_path: Path, ending: str) -> None:
    setup_small_municipality()
    (tmp_path / "x.toml").write_text(PROFILE, encoding="utf-8")
    assert run("mapping_profiles", "--import", tmp_path / "x.toml").code == 0
    (tmp_path / "personer.csv").write_text("person;födelsedatum;kön\nP1;1980-01-01;K\nP2;1981-01-01;M\n", "utf-8")
    rows: list[list[str | int | dt.date | None]] = [
        ["H1", "P1", "01/2023", "1.234,50", "27.1.2023", "sökande", "Enheten"],
        ["H1", "P2", "01/2023", "1.234", "", "Okänd", ""],
    ]
    path = tmp_path / f"uttag.{ending}"
    if ending == "csv":
        lines = ["Uttag ur systemet", "gjort i dag", ";".join(HEADER), *(";".join(map(str, row)) for row in rows)]
        path.write_text("\n".join(lines), encoding="cp1252")
    else:
        rows[1][3:5] = [1234, dt.date(2023, 1, 27)]
        write_workbook(path, ("Läs mig", [["Annat"]]), ("Utbetalt", [["Uttag"], ["gjort i dag"], HEADER, *rows]))
    answer = run("import_files", tmp_path / "personer.csv", f"stodmanader={path}", "--profile", "verksamhet-x")
    assert answer.code == 0, answer.err
    first, second = SupportMonth.objects.order_by("source_row")
    assert (first.source_row, first.month, str(first.amount), first.role) == (
        4, dt.date(2023, 1, 1), "1234.50", "huvudsokande",
    )  # fmt: skip
    assert first.paid == dt.date(2023, 1, 27)
    assert (second.source_row, str(second.amount), second.role) == (5, "1234.00", None)
    assert str(Delivery.objects.get().profile) == "verksamhet-x, version 1"


@pytest.mark.django_db
def test_what_the_profile_does_not_know_is_told_in_the_senders_words(tmp_path: Path) -> None:
    setup_small_municipality()
    store_profile(text=PROFILE, by=None)
    path = tmp_path / "stodmanader.csv"
    path.write_text(f"\n\n{';'.join(HEADER)}\nH1;P1;2023-13;12;31.02.2023;Farmor;\n", encoding="utf-8")
    answer = run("import_files", path, "--profile", "verksamhet-x")
    assert answer.code == 1
    for said in ("rad 4, månad: ”2023-13”", "utbetald: ”2023-02-31”", "roll: ”Farmor”"):
        assert said in answer.err


def test_all_that_is_wrong_with_a_profile_is_said_at_once_with_its_line() -> None:
    wrong = (
        PROFILE.replace('"stodmanader"', '"stodmanad"', 1)
        + """
[[fil]]
slag = "personer"
hoppa_over = 1000
datumform = "D/M"
decimaltecken = ","
tusentalstecken = ","
[fil.kolumner]
"Pnr" = "person"
"Nr" = "person"
"Namn" = "namn"
[fil.koder."kön"]
"Kvinna" = "kvinna"
[fil.koder.mottagen]
"x" = "y"
"""
    )
    with pytest.raises(TextFault) as caught:
        read_profile(wrong.replace('system = "Verksamhet X"', 'sytem = "x"'))
    text = "\n".join(caught.value.messages)
    for said in (
        "”system” saknas",
        "Menade du ”stodmanader”?",
        "”hoppa_over” är 1000",
        "”D/M” är ingen form",
        "kan inte vara samma tecken",
        "Två rubriker leder till ”person”",
        "”Namn” leder till ”namn”",
        "”Kvinna” leder till ”kvinna”",
        "”koder.mottagen” är ingen kolumn med koder",
    ):
        assert said in text
    assert "Rad 7:" in text


@pytest.mark.django_db
def test_a_profile_that_changes_is_a_new_version_and_the_old_one_stays() -> None:
    first = store_profile(text=PROFILE, by=None)
    assert store_profile(text=PROFILE.replace("\n", "\r\n"), by=None) == first
    second = store_profile(text=PROFILE.replace("Sökande", "Sökanden"), by=None)
    assert (second.version, profile_named("verksamhet-x")) == (2, second)
    with pytest.raises(NeverChanged):
        MappingProfile.objects.filter(pk=first.pk).update(text="")
    assert run("mapping_profiles", "--export", "verksamhet-x").out == second.text


@pytest.mark.django_db
def test_profiles_that_come_with_the_application_can_be_used_as_they_are() -> None:
    assert "lifecare-bistand" in profile_names()
    for path in DELIVERED.glob("*.toml"):
        profile = read_profile(profile_named(path.stem).text)
        assert profile.name == path.stem
        assert all(rules.columns.keys() and kind_named(rules.kind) for rules in profile.files)


@pytest.mark.django_db
def test_the_profile_for_lifecare_knows_every_decision_that_a_support_case_may_have() -> None:
    known = read_profile(profile_named("lifecare-bistand").text).rules("stodarenden").codes
    assert {code for words in known.values() for code in words.values()} == set(SupportDecision.values)


@pytest.mark.parametrize(
    ("forms", "use", "text", "read"),
    [
        (Forms(dates="DD.MM.ÅÅÅÅ"), Use.DATE, " 3.4.2023", "2023-04-03"),
        (Forms(dates="ÅÅÅÅ-MM-DDTtt:mm:ss"), Use.DATE, "2023-04-03T10:20:00.123", "2023-04-03"),
        (Forms(dates="DD.MM.ÅÅÅÅ"), Use.DATE, "2023-04-03", "2023-04-03"),
        (Forms(dates="DD.MM.ÅÅÅÅ"), Use.TEXT, "03.04.2023", "03.04.2023"),
        (Forms(months="DD/MM ÅÅÅÅ"), Use.MONTH, "01/04 2023", "2023-04"),
        (Forms(thousands="."), Use.NUMBER, "1.234.567", "1234567"),
        (Forms(thousands="."), Use.NUMBER, "1.23", "1.23"),
        (Forms(thousands=","), Use.NUMBER, "-1,234.5", "-1234.5"),
        (Forms(decimal=","), Use.NUMBER, "1234,5", "1234.5"),
    ],
)
def test_what_is_written_in_the_systems_form_is_read_and_the_rest_left_alone(
    forms: Forms, use: Use, text: str, read: str
) -> None:
    assert forms.read(text, use) == read


@pytest.mark.parametrize("form", ["", "DD.MM", "DD.MM.ÅÅ", "DD.DD.MM.ÅÅÅÅ", "dag DD.MM.ÅÅÅÅ"])
def test_a_form_that_leaves_the_day_in_doubt_is_refused(form: str) -> None:
    assert "DD.MM.ÅÅÅÅ" in fault_in_date_form(form)


def test_a_form_of_months_needs_no_day() -> None:
    assert fault_in_month_form("MM/ÅÅÅÅ") == ""
    assert fault_in_month_form("MM") != ""


@given(
    st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["DD.MM.ÅÅÅÅ", "MM/DD/ÅÅÅÅ", "ÅÅÅÅ.MM.DD"])
)
def test_every_day_written_in_a_form_is_that_day(day: dt.date, form: str) -> None:
    text = form.replace("DD", f"{day.day:02}").replace("MM", f"{day.month:02}").replace("ÅÅÅÅ", str(day.year))
    assert Forms(dates=form).read(text, Use.DATE) == day.isoformat()
    assert Forms(dates=form, months=form).read(text, Use.MONTH) == day.strftime("%Y-%m")


@given(st.text(max_size=200))
def test_no_text_is_more_than_a_profile_or_reasons(text: str) -> None:
    with pytest.raises(TextFault) as caught:
        read_profile(f'{text}\n[[fil]]\nslag="x"')
    assert all(message.endswith((".", "?")) for message in caught.value.messages)
