"""The demonstration files are such as the import takes: whole, consistent, with a few deliberate faults to show."""

import csv
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from cases.kinds import KINDS, ColumnType, Kind
from demo.generate import generate
from tests.demo.recount import TOML, Record, months_on

KEYS = {
    "personer": ("person",),
    "inskrivningar": ("inskrivning",),
    "insatser": ("inskrivning", "insats", "start"),
    "planer": ("inskrivning", "plan", "upprättad"),
    "uppfoljningar": ("inskrivning", "datum", "slag"),
    "pauser": ("inskrivning", "från"),
    "besok": ("månad", "enhet", "insats"),
    "stodarenden": ("ärende", "person"),
    "stodmanader": ("person", "månad"),
    "sfi_anvisningar": ("anvisning",),
    "sfi_deltaganden": ("deltagande",),
    "kostnader": ("månad", "enhet", "insats", "slag", "konto"),
    "prognoser": ("år", "per", "enhet", "insats", "slag"),
    "befolkning": ("år",),
    "personal": ("månad", "enhet"),
    "historik": ("mått", "variant", "år", "nämnd"),
}
REQUIRED = {
    "personer": "person födelsedatum kön",
    "inskrivningar": "inskrivning person enhet",
    "insatser": "inskrivning insats start",
    "planer": "inskrivning plan upprättad",
    "uppfoljningar": "inskrivning datum",
    "pauser": "inskrivning från orsak",
    "besok": "månad enhet insats antal",
    "stodarenden": "ärende hushåll person roll ansökan",
    "stodmanader": "hushåll person månad belopp",
    "sfi_anvisningar": "anvisning person anvisad planerad_start",
    "sfi_deltaganden": "deltagande person start",
    "kostnader": "månad enhet slag utfall",
    "prognoser": "år per enhet slag prognos",
    "befolkning": "år antal antal_18plus",
    "personal": "månad enhet",
    "historik": "mått år värde källa",
}
ORDERED_DATES = {
    "inskrivningar": [("start", "slut"), ("anställning_från", "anställning_till"), ("remissdatum", "återtagen")],
    "insatser": [("start", "slut")],
    "planer": [("upprättad", "giltig_till")],
    "pauser": [("från", "till")],
    "stodarenden": [
        ("ansökan", "beslutsdatum"),
        ("ansökan", "öppnat"),
        ("öppnat", "avslutat"),
        ("beslutsdatum", "avslutat"),
    ],
    "sfi_anvisningar": [("anvisad", "planerad_start"), ("anvisad", "återkallad")],
    "sfi_deltaganden": [("start", "slut")],
}
NOT_EVENTS = {"födelsedatum", "planerad_start", "giltig_till"}
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Files:
    """The rows of each kind of file."""

    def __init__(self, directory: Path) -> None:
        self.rows: dict[str, list[Record]] = {}
        for kind in KEYS:
            with (directory / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
                self.rows[kind] = list(csv.DictReader(file, delimiter=";"))

    def column(self, kind: str, name: str) -> set[str]:
        """The values of a column that are not empty."""
        return {row[name] for row in self.rows[kind]} - {""}

    def everything(self) -> Iterator[tuple[str, str, str]]:
        """Kind, column and value of every field that is not empty."""
        for kind, rows in self.rows.items():
            for row in rows:
                for column, value in row.items():
                    if value:
                        yield kind, column, value


@pytest.fixture(scope="module")
def files(demo_files: Path) -> Files:
    """The generated files, read."""
    return Files(demo_files)


@pytest.fixture(scope="module")
def municipality() -> dict[str, list[dict[str, object]]]:
    """kommun.toml, read."""
    return tomllib.loads(TOML.read_text(encoding="utf-8"))


def test_same_seed_gives_the_same_bytes_in_another_process(demo_files: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "demo.generate", str(tmp_path)], check=True, cwd=TOML.parents[1])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in demo_files.iterdir()
    }


def test_another_seed_gives_other_people(demo_files: Path, tmp_path: Path) -> None:
    generate(tmp_path, seed=1)
    assert (tmp_path / "personer.csv").read_bytes() != (demo_files / "personer.csv").read_bytes()


def test_there_is_one_file_of_every_kind(demo_files: Path) -> None:
    assert {path.stem for path in demo_files.iterdir()} == set(KEYS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_columns_and_codes_are_those_the_import_reads(files: Files, kind: Kind) -> None:
    assert set(files.rows[kind.name][0]) == {column.header for column in kind.columns}
    for column in kind.columns:
        if column.type is ColumnType.CODE and column.choices is not None:
            assert files.column(kind.name, column.header) <= set(column.choices.values)


@pytest.mark.parametrize("kind", KEYS)
def test_keys_are_unique_and_required_columns_filled(files: Files, kind: str) -> None:
    keys = Counter(tuple(row[column] for column in KEYS[kind]) for row in files.rows[kind])
    assert keys
    assert max(keys.values()) == 1
    assert all(row[column] for row in files.rows[kind] for column in REQUIRED[kind].split())


@pytest.mark.parametrize("kind", ORDERED_DATES)
def test_nothing_ends_before_it_begins(files: Files, kind: str) -> None:
    for earlier, later in ORDERED_DATES[kind]:
        assert [row for row in files.rows[kind] if row[earlier] and row[later] and row[later] < row[earlier]] == []


def test_nothing_happens_after_january_2025(files: Files) -> None:
    events = (
        value for _, column, value in files.everything() if column not in NOT_EVENTS and ISO_DATE.fullmatch(value)
    )
    assert max(events) <= "2025-01-31"


def test_every_row_leads_to_a_person_an_enrolment_and_a_referral_that_exist(files: Files) -> None:
    for kind in ("inskrivningar", "stodarenden", "stodmanader", "sfi_anvisningar", "sfi_deltaganden"):
        assert files.column(kind, "person") <= files.column("personer", "person")
    begun = {row["inskrivning"] for row in files.rows["inskrivningar"] if row["start"]}
    for kind in ("insatser", "planer", "uppfoljningar", "pauser"):
        assert files.column(kind, "inskrivning") <= begun
    assert files.column("sfi_deltaganden", "anvisning") <= files.column("sfi_anvisningar", "anvisning")


def test_an_end_and_its_reason_come_together(files: Files) -> None:
    for kind, reason in (("inskrivningar", "avslutsorsak"), ("sfi_deltaganden", "resultat")):
        assert [row for row in files.rows[kind] if bool(row["slut"]) != bool(row[reason])] == []
    assert [row for row in files.rows["inskrivningar"] if row["slut"] and not row["start"]] == []


def test_what_happens_in_an_enrolment_happens_within_it(files: Files) -> None:
    spans = {row["inskrivning"]: (row["start"], row["slut"] or "9999") for row in files.rows["inskrivningar"]}
    for kind, column in (("insatser", "start"), ("insatser", "slut"), ("uppfoljningar", "datum"), ("pauser", "från")):
        for row in files.rows[kind]:
            begun, ended = spans[row["inskrivning"]]
            assert not row[column] or begun <= row[column] <= ended


def test_no_one_is_in_two_households_in_one_case_or_supported_as_a_grown_child(files: Files) -> None:
    applicants = Counter(row["ärende"] for row in files.rows["stodarenden"] if row["roll"] == "huvudsokande")
    assert set(applicants.values()) == {1}
    assert set(applicants) == files.column("stodarenden", "ärende")
    births = {row["person"]: row["födelsedatum"] for row in files.rows["personer"]}
    for row in files.rows["stodmanader"]:
        assert row["roll"] != "barn" or int(row["månad"][:4]) - int(births[row["person"]][:4]) < 18


def test_aid_of_zero_kronor_is_there_to_be_told_from_aid(files: Files) -> None:
    total: Counter[tuple[str, str]] = Counter()
    for row in files.rows["stodmanader"]:
        total[row["hushåll"], row["månad"]] += round(float(row["belopp"].replace(",", ".")))
    assert 0 < sum(amount == 0 for amount in total.values()) < len(total) / 10


def test_no_field_looks_like_a_personal_number(files: Files) -> None:
    number = re.compile(r"(19|20)?\d{6}[-+ ]?\d{4}")
    assert [field for field in files.everything() if number.fullmatch(field[2])] == []


def test_every_code_is_in_the_municipalitys_setup(
    files: Files, municipality: dict[str, list[dict[str, object]]]
) -> None:
    units = {item["kod"] for item in municipality["enhet"]}
    activities = {item["kod"]: item["enhet"] for item in municipality["insats"]}
    assert {value for _, column, value in files.everything() if column == "enhet"} == units
    assert {value for _, column, value in files.everything() if column == "insats"} == set(activities)
    where = {row["inskrivning"]: row["enhet"] for row in files.rows["inskrivningar"]}
    assert all(activities[row["insats"]] == where[row["inskrivning"]] for row in files.rows["insatser"])
    texts = {item["text"] for item in municipality["avslutsorsak"]}
    assert texts < files.column("inskrivningar", "avslutsorsak")


@pytest.mark.parametrize("code", ["AME", "INT", "SF", "SFI"])
def test_every_unit_has_one_committee_each_day(municipality: dict[str, list[dict[str, object]]], code: str) -> None:
    unit = next(item for item in municipality["enhet"] if item["kod"] == code)
    periods = unit["ansvar"]
    assert isinstance(periods, list)
    assert periods[0]["fran"] <= date(2016, 1, 1)
    assert "till" not in periods[-1]
    assert all((after["fran"] - before["till"]).days == 1 for before, after in pairwise(periods))


def test_labour_market_and_integration_moved_to_the_social_committee(
    municipality: dict[str, list[dict[str, object]]],
) -> None:
    for unit in municipality["enhet"]:
        if unit["kod"] in {"AME", "INT"}:
            assert isinstance(unit["ansvar"], list)
            *_, before, after = unit["ansvar"]
            assert (before["namnd"], before["till"]) == ("KUN", date(2023, 12, 31))
            assert (after["namnd"], after["beslut"]) == ("SN", "KF 2023-10-25 § 190")


def test_every_goal_and_indicator_that_is_named_exists(municipality: dict[str, list[dict[str, object]]]) -> None:
    goals = {item["kod"]: item for item in municipality["mal"]}
    indicators = {item["kod"] for item in municipality["indikator"]}
    above = {code for goal in goals.values() for code in _texts(goal.get("over", []))}
    measured = {code for item in municipality["indikator"] for code in _texts(item["mal"])}
    assert above | measured <= set(goals)
    assert {item["indikator"] for item in municipality["malvarde"]} < indicators


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(item) for item in value]


def _overlaps(rows: list[Record]) -> int:
    ordered = sorted((row for row in rows if row["start"]), key=lambda row: (row["person"], row["enhet"], row["start"]))
    return sum(
        (before["person"], before["enhet"]) == (after["person"], after["enhet"])
        and after["start"] <= (before["slut"] or "9999")
        for before, after in pairwise(ordered)
    )


def _without_employment_dates(row: Record) -> bool:
    return row["avslutsorsak"] in {"Anställning utan stöd", "Anställning med stöd"} and not row["anställning_från"]


def _aid_after_leaving(files: Files, gone: dict[str, str]) -> int:
    after = (row for row in files.rows["stodmanader"] if f"{row['månad']}-01" > gone.get(row["person"], "9999"))
    return len(list(after))


def test_a_few_faults_of_every_kind_are_there_to_be_warned_of(files: Files) -> None:
    rows = files.rows["inskrivningar"]
    gone = {
        row["person"]: min(filter(None, (row["utflyttad"], row["avliden"])))
        for row in files.rows["personer"]
        if row["utflyttad"] or row["avliden"]
    }
    counts = {
        "start before referral": sum(bool(row["start"] and row["start"] < row["remissdatum"]) for row in rows),
        "no meeting": sum(bool(row["start"] and not row["uppstartsmöte"]) for row in rows),
        "overlap": _overlaps(rows),
        "gone before start": sum(bool(row["start"] and row["start"] > gone.get(row["person"], "9999")) for row in rows),
        "work without dates": sum(_without_employment_dates(row) for row in rows),
        "work ended before exit": sum(
            bool(row["anställning_till"] and row["anställning_till"] < row["slut"]) for row in rows
        ),
        "aid after leaving": _aid_after_leaving(files, gone),
    }
    assert all(1 <= count <= 20 for count in counts.values()), counts


def test_work_that_lasts_exactly_a_month_and_a_day_too_short_are_both_there(files: Files) -> None:
    short_by = Counter(
        (months_on(date.fromisoformat(row["anställning_från"]), 1) - date.fromisoformat(row["anställning_till"])).days
        for row in files.rows["inskrivningar"]
        if row["anställning_till"]
    )
    assert short_by[1] > 0
    assert short_by[2] > 0
