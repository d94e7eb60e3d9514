"""`import_files` and `undo_delivery` answer in Swedish, with the exit codes scripts rely on."""

import json
from pathlib import Path

import pytest

from cases.models import Delivery, Population
from committees.commands import counted
from tests.command_line import run
from tests.factories import setup_small_municipality, write_files

pytestmark = pytest.mark.django_db
ROW = {"år": 2023, "antal": 40_000, "antal_18plus": 31_000}
FILE_KEYS = {"kind", "file", "sha256", "rows", "new", "changed", "unchanged", "ended", "ignored_columns"}
RESULT_KEYS = {"delivery", "status", "files", "errors", "error_count", "warnings", "warning_count"}


@pytest.fixture(autouse=True)
def _municipality() -> None:
    setup_small_municipality()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good file."""
    write_files(tmp_path, befolkning=[ROW])
    return tmp_path


def test_a_folder_is_taken_and_told(folder: Path) -> None:
    answer = run("import_files", folder)
    assert (answer.code, answer.err) == (0, "")
    assert f"Leverans {Delivery.objects.get().pk} är inläst." in answer.out
    assert "befolkning.csv: 1 rad – 1 ny, 0 ändrade, 0 oförändrade" in answer.out


def test_json_is_one_document_alone_on_stdout(folder: Path) -> None:
    answer = run("import_files", folder / "befolkning.csv", "--format", "json")
    document = json.loads(answer.out)
    assert document.keys() == RESULT_KEYS
    assert document["files"][0].keys() == FILE_KEYS
    assert (document["status"], document["delivery"]) == ("taken", Delivery.objects.get().pk)


def test_the_same_again_says_that_nothing_is_new(folder: Path) -> None:
    run("import_files", folder)
    answer = run("import_files", folder)
    assert (answer.code, "Inget nytt" in answer.out) == (0, True)


def test_faults_come_on_stderr_with_exit_code_1_and_nothing_stored(tmp_path: Path) -> None:
    write_files(tmp_path, befolkning=[ROW | {"antal": "många"}])
    answer = run("import_files", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "befolkning.csv rad 2, antal: ”många” – förväntat: ett heltal" in answer.err
    assert not Population.objects.exists()


def test_faults_in_json_have_place_value_and_expectation(tmp_path: Path) -> None:
    write_files(tmp_path, befolkning=[ROW | {"antal": "många"}])
    answer = run("import_files", tmp_path, "--format", "json")
    document = json.loads(answer.out)
    assert (answer.code, document["status"], document["delivery"], document["error_count"]) == (1, "refused", None, 1)
    assert document["errors"] == [
        {
            "file": "befolkning.csv",
            "row": 2,
            "column": "antal",
            "value": "många",
            "expected": "ett heltal",
            "check": "type",
        }
    ]


def test_a_dry_run_stores_nothing(folder: Path) -> None:
    answer = run("import_files", folder, "--dry-run")
    assert (answer.code, "inte inlästa" in answer.out, Population.objects.exists()) == (0, True, False)


def test_the_kind_can_be_said_instead_of_named(tmp_path: Path) -> None:
    write_files(tmp_path, befolkning=[ROW])
    (tmp_path / "befolkning.csv").rename(tmp_path / "export 17.txt")
    assert run("import_files", f"befolkning={tmp_path / 'export 17.txt'}").code == 0


def test_files_of_no_kind_in_a_folder_are_named_and_left(folder: Path) -> None:
    (folder / "läs mig.txt").write_text("hej", encoding="utf-8")
    answer = run("import_files", folder)
    assert (answer.code, "läs mig.txt är ingen känd fil" in answer.err) == (0, True)


def test_an_excel_file_of_a_known_kind_is_refused_and_not_passed_over(folder: Path) -> None:
    (folder / "personer.xlsx").write_bytes(b"PK\x03\x04 and so on")
    answer = run("import_files", folder)
    assert (answer.code, "Spara" in answer.err or "spara" in answer.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["no such file.csv"], 2, "finns inte"),
        (["{folder}/other.csv"], 2, "säger inte vilket slag"),
        (["folk={folder}/befolkning.csv"], 2, "Slaget ”folk” finns inte"),
        (["{folder}/befolkning.csv", "befolkning={folder}/other.csv"], 2, "högst en fil av varje slag"),
        (["{folder}", "--profile", "Treserva"], 2, "ingen profil med namnet Treserva"),
        (["{empty}"], 1, "Ingen fil att läsa in"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, arguments: list[str], code: int, says: str
) -> None:
    (folder / "other.csv").write_text("år\n", encoding="utf-8")
    empty = tmp_path_factory.mktemp("empty")
    answer = run("import_files", *(each.format(folder=folder, empty=empty) for each in arguments))
    assert (answer.code, answer.out) == (code, "")
    assert says in answer.err
    assert not Delivery.objects.exists()


def test_a_delivery_is_undone_by_its_number(folder: Path) -> None:
    run("import_files", folder)
    answer = run("undo_delivery", Delivery.objects.get().pk)
    assert (answer.code, "är återtagen: 1 rad borttagen, 0 rader gäller igen." in answer.out) == (0, True)
    assert not Population.objects.exists()


def test_undoing_what_is_not_there_is_exit_code_1() -> None:
    answer = run("undo_delivery", 4711)
    assert (answer.code, answer.err.strip()) == (1, "Det finns ingen leverans med nummer 4711.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "detta saknas: SÖKVÄG"),
        (["x", "--nothing"], "detta känns inte igen: --nothing"),
        (["x", "--format", "xml"], "--format kan inte vara 'xml', utan är något av"),
        (["x", "--profile"], "--profile ska följas av ett värde"),
    ],
)
def test_a_call_that_cannot_be_understood_is_answered_in_swedish(arguments: list[str], says: str) -> None:
    answer = run("import_files", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_many_rows_are_written_with_the_thousands_apart() -> None:
    assert counted(35423, "rad", "rader") == "35\u00a0423 rader"
    assert counted(1, "rad", "rader") == "1 rad"
    assert counted(0, "rad", "rader") == "0 rader"


@pytest.mark.parametrize("name", ["befolkning.csv", "befolkning.xlsx", "kostnader.se"])
def test_a_file_of_two_gigabytes_is_refused_by_its_size(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.write({"befolkning.xlsx": b"PK\x03\x04", "kostnader.se": b"#FLAGGA 0\n"}.get(name, b"\xc3\xa5r;antal\n"))
        file.truncate(2_000_000_000)
    answer = run("import_files", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert f"{name} – förväntat: en fil på högst 1 GB, men den här är på 2 GB." in answer.err
