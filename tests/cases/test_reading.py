"""What is no readable CSV file is refused with a reason, quickly and whole; what is readable in its own way is read."""

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.deliveries.findings import FileFault
from cases.deliveries.reading import CsvFile, Recognised, recognise
from cases.kinds import kind_named
from tests.factories import person_number

PERSONS = kind_named("personer")
HEADER = "person;födelsedatum;kön\n"


def _read(path: Path) -> tuple[list[tuple[str, ...]], CsvFile]:
    file = CsvFile(path, recognise(path), PERSONS)
    rows = [row for batch in file.batches() for row in zip(*batch.values, strict=True)]
    return rows, file


def _written(tmp_path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "personer.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def _refusal(path: Path) -> FileFault:
    with pytest.raises(FileFault) as caught:
        _read(path)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_the_usual_ways_to_write_csv_are_recognised(tmp_path: Path, encoding: str, mark: str, line_break: str) -> None:
    text = line_break.join([mark.join(["person", "födelsedatum", "kön"]), mark.join(["Åke-1", "1990-01-01", "M"]), ""])
    rows, _ = _read(_written(tmp_path, text, encoding))
    assert rows == [("Åke-1", "1990-01-01", "M")]


@pytest.mark.parametrize("before", [0, (1 << 18) - 2])
def test_a_byte_order_mark_inside_a_file_is_no_part_of_what_it_says(tmp_path: Path, before: int) -> None:
    """Two files put together to one; the mark may lie on the border between what is read at a time."""
    start = f"{HEADER}P0;1990-01-01;M\n"
    filled = start + "\n" * max(before - len(start.encode()), 0)
    path = _written(tmp_path, f"{filled}\ufeffP1;1990-01-01;M\n")
    rows, file = _read(path)
    assert rows == [("P0", "1990-01-01", "M"), ("P1", "1990-01-01", "M")]
    assert ["P1", "1990-01-01", "M"] in [row for _, row in file.own_rows()]
    path.write_bytes(path.read_bytes() + b"P2;1990-01-01;\xe5\n")
    assert _refusal(path).check == "encoding"


def test_headers_are_matched_without_case_space_and_dots(tmp_path: Path) -> None:
    rows, _ = _read(_written(tmp_path, " PERSON ;Fodelsedatum;KÖN\nP1;1990-01-01;M\n"))
    assert rows == [("P1", "1990-01-01", "M")]


def test_columns_of_no_use_are_named_and_left_out(tmp_path: Path) -> None:
    rows, file = _read(_written(tmp_path, "person;handläggare;kön\nP1;X;M\n"))
    assert (rows, file.layout.ignored) == ([("P1", "M")], ("handläggare",))


def test_a_quoted_field_keeps_its_separators_and_line_breaks(tmp_path: Path) -> None:
    rows, _ = _read(_written(tmp_path, HEADER + '"P;1\n""x""";1990-01-01;M\nP2;;K\n'))
    assert rows == [('P;1\n"x"', "1990-01-01", "M"), ("P2", "", "K")]


def test_blank_rows_are_passed_over_but_counted(tmp_path: Path) -> None:
    path = _written(tmp_path, HEADER + "\n;;\nP1;1990-01-01;M\n")
    batch = next(CsvFile(path, Recognised("utf-8", "", 0), PERSONS).batches())
    assert batch.rows == [4]


@pytest.mark.parametrize(
    ("content", "check"),
    [
        (b"", "empty_file"),
        (b"person;k\x00n\n", "binary_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "not_csv"),
        (b"%PDF-1.7\n", "not_csv"),
        ("person;kön\n".encode("utf-16"), "not_csv"),
        ("person;kön\nP1;å".encode() + b"\xe5", "encoding"),
        ("person;kön;Ä\nå;ü".encode("cp437"), "encoding"),
        ("namn;kön\nx;M\n".encode(), "header"),
        ("person;kön;Kon\nx;M;M\n".encode(), "repeated_header"),
        (b"\n\n", "header"),
    ],
    ids=["empty", "binary", "excel", "pdf", "utf16", "half utf8", "dos", "missing column", "twice", "blank"],
)
def test_what_is_no_such_file_is_refused_in_swedish(tmp_path: Path, content: bytes, check: str) -> None:
    fault = _refusal(_written(tmp_path, content))
    assert fault.check == check
    assert fault.expected.endswith(".")


def test_a_header_that_is_nearly_right_gets_a_hint(tmp_path: Path) -> None:
    fault = _refusal(_written(tmp_path, "persn;kön\nP1;M\n"))
    assert "Menas person där det står persn?" in fault.expected


def test_a_header_row_that_is_really_a_person_does_not_show_the_number(tmp_path: Path) -> None:
    number = person_number(date(1980, 3, 4))
    fault = _refusal(_written(tmp_path, f"{number};1980-03-04;M\n"))
    assert number not in fault.expected
    assert number[2:] not in fault.expected


def test_a_line_of_a_hundred_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "personer.csv"
    with path.open("wb") as file:
        file.write(HEADER.encode())
        file.writelines(b"x" * 1_000_000 for _ in range(100))
    begun = time.perf_counter()
    assert _refusal(path).check == "long_line"
    assert time.perf_counter() - begun < 1


def test_a_quote_that_never_closes_is_told_with_its_row(tmp_path: Path) -> None:
    rows, file = _read(_written(tmp_path, HEADER + 'P1;1990-01-01;M\n"P2;1990-01-01;M\nP3;1990-01-01;K\n'))
    assert rows == [("P1", "1990-01-01", "M")]
    assert [(fault.check, fault.row) for fault in file.faults] == [("broken_row", 3)]


def test_a_row_cut_short_is_told_with_its_row(tmp_path: Path) -> None:
    _, file = _read(_written(tmp_path, HEADER + "P1;1990-01-01;M\nP2;19"))
    assert [(fault.check, fault.row) for fault in file.faults] == [("row_width", 3)]
    assert "avkapad" in file.faults[0].expected


def test_empty_fields_at_the_end_of_a_row_do_no_harm(tmp_path: Path) -> None:
    rows, file = _read(_written(tmp_path, HEADER + "P1;1990-01-01;M;;\n"))
    assert (rows, file.faults) == ([("P1", "1990-01-01", "M")], [])


_CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), max_size=8), st.sampled_from(";,\t"))
def test_what_a_csv_writer_writes_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], mark: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "personer.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=mark).writerows([("person", "födelsedatum", "kön"), *rows])
    assert _read(path)[0] == rows


@given(st.binary(max_size=300))
def test_no_bytes_lead_to_anything_but_rows_or_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "personer.csv"
    path.write_bytes(HEADER.encode() + data)
    assert all(reason.endswith(".") for reason in _reasons(path))


def _reasons(path: Path) -> list[str]:
    try:
        _, file = _read(path)
    except FileFault as fault:
        return [fault.expected]
    return [fault.expected for fault in file.faults]
