"""kommun.toml is taken whole or refused whole, with every fault told; the same file twice changes nothing."""

import json
from datetime import date
from pathlib import Path

import pytest

from cases.models import ActivityType, ExitReasonText
from committees.models import Committee, Department, Municipality, Responsibility, Unit
from committees.municipality_file import MunicipalityFileFault, SetupResult, set_up
from reporting.models import DisclosureExemption, ReportPeriod, SmallNumberLimit
from tests.command_line import run
from tests.factories import SMALL_MUNICIPALITY

pytestmark = pytest.mark.django_db

REPORTING = """
[granser]
smatal = 6
[[rapportperiod]]
kod = "delar"
namn = "Delårsrapport"
slag = "delarsrapport"
slut = "08-31"
lagstadgad = true
[[smatal]]
matt = "sfi_dropout_reasons"
varde = 10
[[rojandeundantag]]
matt = "exit_results"
niva = "kommun"
skal = "Publiceras av Kolada på samma nivå"
beslut = "SN 2024-01-23 § 4"
"""


def _set_up(tmp_path: Path, text: str) -> SetupResult:
    path = tmp_path / "kommun.toml"
    path.write_text(text, encoding="utf-8")
    return set_up(path)


def _faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(MunicipalityFileFault) as caught:
        _set_up(tmp_path, text)
    return [str(fault) for fault in caught.value.faults]


def test_everything_in_the_file_is_stored(tmp_path: Path) -> None:
    _set_up(tmp_path, SMALL_MUNICIPALITY + REPORTING)
    municipality = Municipality.objects.get()
    assert (municipality.code, municipality.small_number_limit, municipality.plan_days) == ("9999", 6, 30)
    assert [committee.code for committee in Committee.objects.order_by("code")] == ["KUN", "SN"]
    assert [committee.code for committee in Department.objects.get().committees.all()] == ["SN"]
    assert Unit.objects.get(code="AME").department == Department.objects.get()
    assert ActivityType.objects.get(code="vagledning").drop_in
    assert ActivityType.objects.get(code="verkstad").provider == "avtal"
    assert ExitReasonText.objects.get().code == "arbete_osubventionerat"
    assert (ReportPeriod.objects.get().end, ReportPeriod.objects.get().statutory) == ("08-31", True)
    assert SmallNumberLimit.objects.get().value == 10
    assert DisclosureExemption.objects.get().decision == "SN 2024-01-23 § 4"


def test_a_committee_answers_for_a_unit_from_its_day(tmp_path: Path) -> None:
    _set_up(tmp_path, SMALL_MUNICIPALITY)
    of_ame = Responsibility.objects.filter(unit__code="AME")
    assert of_ame.on(date(2023, 12, 31)).get().committee.code == "KUN"
    assert of_ame.on(date(2024, 1, 1)).get().committee.code == "SN"
    assert of_ame.on(date(2030, 1, 1)).get().committee.code == "SN"


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    _set_up(tmp_path, SMALL_MUNICIPALITY + REPORTING)
    stored = list(Responsibility.objects.order_by("pk").values_list())
    assert _set_up(tmp_path, SMALL_MUNICIPALITY + REPORTING).nothing_changed
    assert list(Responsibility.objects.order_by("pk").values_list()) == stored


def test_a_changed_file_changes_what_it_says_and_keeps_what_it_leaves_out(tmp_path: Path) -> None:
    _set_up(tmp_path, SMALL_MUNICIPALITY + REPORTING)
    changed = SMALL_MUNICIPALITY.replace('namn = "Språkpraktik"', 'namn = "Praktik på svenska"').replace(
        "till = 2023-12-31", "till = 2022-12-31"
    )
    result = _set_up(tmp_path, changed)
    assert ActivityType.objects.get(code="sprakpraktik").name == "Praktik på svenska"
    assert not Responsibility.objects.filter(unit__code="AME").on(date(2023, 6, 1)).exists()
    assert (result.changes["insats"].changed, result.changes["enhet"].changed) == (1, 1)
    assert result.changes["rojandeundantag"].kept == ["exit_results"]
    assert Municipality.objects.get().small_number_limit == 6


def test_a_committee_of_former_days_may_be_named_only_where_it_answered_for_a_unit(tmp_path: Path) -> None:
    text = SMALL_MUNICIPALITY.replace('namnd = "KUN"', 'namnd = "BUN"', 1)
    result = _set_up(tmp_path, text)
    assert Committee.objects.get(code="BUN").name == "BUN"
    assert any("BUN" in note for note in result.changes["enhet"].notes)
    assert not _set_up(tmp_path, text).changes["enhet"].notes


FAULTY = [
    ('namn = "X"', ["[kommun]", "avsnittet saknas"]),
    ('[kommun]\nkod = "99"\nnamn = "X"', ["[kommun], kod: ”99”", "fyra siffror"]),
    ('[kommun]\nkod = 9999\nnamn = "X"', ["[kommun], kod: ”9999”", "en text"]),
    ('[[kommun]]\nkod = "9999"\nnamn = "X"', ["[kommun]", "ska skrivas [kommun]"]),
    (SMALL_MUNICIPALITY + "[gransar]\nsmatal = 5\n", ["gransar", "Menas granser?"]),
    (SMALL_MUNICIPALITY + "[granser]\nsmatal = 0\n", ["[granser], smatal: ”0”", "minst 1"]),
    (SMALL_MUNICIPALITY + "[granser]\nplan_dagar = true\n", ["plan_dagar: ”True”", "ett heltal"]),
    (
        SMALL_MUNICIPALITY + '[[namnd]]\nkod = "sn"\nnamn = "X"\n',
        ["[[namnd]] nr 3 (sn), kod", "finns redan i [[namnd]] nr 1"],
    ),
    (SMALL_MUNICIPALITY + '[[namnd]]\nnamn = "X"\n', ["[[namnd]] nr 3, kod", "saknas"]),
    (
        SMALL_MUNICIPALITY.replace('slag = "ame"', 'slag = "amee"'),
        ["[[enhet]] nr 1 (AME), slag: ”amee”", "något av ame,"],
    ),
    (
        SMALL_MUNICIPALITY.replace('forvaltning = "SOC"', 'forvaltning = "SOF"'),
        ["forvaltning: ”SOF”", "[[forvaltning]]"],
    ),
    (
        SMALL_MUNICIPALITY.replace("till = 2023-12-31", ""),
        ["nr 2, fran: ”2024-01-01”", "överlappar ansvaret från 2015-01-01"],
    ),
    (SMALL_MUNICIPALITY.replace("till = 2023-12-31", "till = 2014-12-31"), ["till: ”2014-12-31”", "senare än fran"]),
    (
        SMALL_MUNICIPALITY.replace("fran = 2024-01-01", 'fran = "2024-01-01"'),
        ["fran: ”2024-01-01”", "utan citattecken"],
    ),
    (
        SMALL_MUNICIPALITY.replace('kod = "arbete_osubventionerat"', 'kod = "jobb"'),
        ["[[avslutsorsak]] nr 1 (Fått jobb), kod: ”jobb”"],
    ),
    (SMALL_MUNICIPALITY + REPORTING.replace("exit_results", "exit_result"), ["matt: ”exit_result”", "exit_results"]),
    (SMALL_MUNICIPALITY + REPORTING.replace("08-31", "08-30"), ["slut: ”08-30”", "sista dagen i en månad"]),
    (SMALL_MUNICIPALITY + REPORTING.replace("SN 2024-01-23 § 4", ""), ["beslut", "får inte vara tom"]),
]


@pytest.mark.parametrize(("text", "says"), FAULTY)
def test_a_fault_is_told_with_its_place_key_value_and_expectation(tmp_path: Path, text: str, says: list[str]) -> None:
    faults = _faults(tmp_path, text)
    assert any(all(part in fault for part in says) for fault in faults), faults
    assert not Municipality.objects.exists()


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    text = SMALL_MUNICIPALITY.replace('kod = "9999"', 'kod = "x"').replace('slag = "sfi"', 'slag = "SFI"') + "[okand]\n"
    assert len(_faults(tmp_path, text)) == 3


@pytest.mark.parametrize(
    "content", [b"[kommun\n", b"kod = ", b"a = 1\na = 2\n", "[kommun]\nnamn = 'Å'".encode("cp1252")]
)
def test_a_file_that_is_no_toml_is_refused_in_swedish(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kommun.toml"
    path.write_bytes(content)
    with pytest.raises(MunicipalityFileFault, match=r"giltig TOML|UTF-8"):
        set_up(path)


def test_the_command_says_what_changed_and_leaves_with_0(tmp_path: Path) -> None:
    path = tmp_path / "kommun.toml"
    path.write_text(SMALL_MUNICIPALITY, encoding="utf-8")
    first, second = run("setup_municipality", path), run("setup_municipality", path)
    assert (first.code, "enheter: 4 nya" in first.out) == (0, True)
    assert (second.code, "Ingenting har ändrats" in second.out) == (0, True)
    third = run("setup_municipality", path, "--format", "json")
    assert json.loads(third.out)["status"] == "unchanged"


def test_the_command_leaves_with_1_for_faults_and_2_for_no_file(tmp_path: Path) -> None:
    path = tmp_path / "kommun.toml"
    path.write_text("[kommun]\n", encoding="utf-8")
    faulty = run("setup_municipality", path)
    assert (faulty.code, faulty.out) == (1, "")
    assert "kommun.toml har 2 fel. Ingenting har ändrats." in faulty.err
    missing = run("setup_municipality", tmp_path / "annan.toml")
    assert (missing.code, "finns inte" in missing.err) == (2, True)


def test_a_fault_names_the_line_of_its_key_or_of_the_table_where_the_key_is_missing(tmp_path: Path) -> None:
    text = "\n".join(
        [
            "[kommun]",  # 1
            'kod = "9999"',
            'name = "Exempelstad"',  # 3: and so namn is missing
            "[[namnd]]",
            'kod = "SN"',
            'namn = ""',  # 6
            "[[enhet]]",  # 7
            'kod = "AME"',
            'namn = "AME"',
            'slag = "ame"',
            "[[enhet.ansvar]]",
            'namnd = "SN"',
            'fran = "2024-01-01"',  # 13
            "[[okand]]",  # 14
        ]
    )
    lines = [fault.partition(":")[0] for fault in _faults(tmp_path, text)]
    assert sorted(lines) == ["Rad 1", "Rad 13", "Rad 14", "Rad 3", "Rad 6"]
