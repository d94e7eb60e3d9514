"""SIE files as they are sent: whole, broken, in the wrong characters, and contradicting themselves."""

from __future__ import annotations

import datetime as dt
import io
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sie.model import Movement, SieFile
from sie.reading import NoSieFile, read
from sie.reconciling import Reading, differences, readings, result_by_account

HEAD = """#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#PROGRAM "Räkna" 1.0
#FNAMN "Övningskommun"
#RAR 0 20240101 20241231
#RAR -1 20230101 20231231
#KONTO 5010 "Lokalhyra"
#KONTO 1930 "Bank"
#DIM 20 "Ansvar"
#OBJEKT 20 "410" "Arbetsmarknad"
"""
MARCH = dt.date(2024, 3, 1)


def sie(text: str, encoding: str = "cp437") -> SieFile:
    return read(io.BytesIO(text.encode(encoding)))


def voucher(*rows: str, head: str = '#VER A 1 20240314 "Hyra"') -> str:
    return "\n".join([head, "{", *rows, "}", ""])


def test_a_voucher_is_added_up_by_account_objects_and_month() -> None:
    found = sie(HEAD + voucher('#TRANS 5010 {20 "410"} 1234.50', "#TRANS 1930 {} -1234.50"))
    assert not found.faults
    assert found.movements == {
        Movement("5010", (("20", "410"),), MARCH): 123450,
        Movement("1930", (), MARCH): -123450,
    }
    assert (found.vouchers, found.transactions, found.unbalanced) == (1, 2, [])


def test_a_voucher_that_does_not_add_up_is_named_by_its_line() -> None:
    found = sie(HEAD + voucher("#TRANS 5010 {} 100.00", "#TRANS 1930 {} -99.99"))
    (wrong,) = found.unbalanced
    assert (wrong.line, wrong.series, wrong.number, wrong.sum) == (12, "A", "1", 1)


def test_added_and_removed_lines_are_history_and_count_once() -> None:
    found = sie(
        HEAD
        + voucher(
            "#TRANS 1930 {} -100.00",
            "#RTRANS 5010 {} 100.00",
            "#TRANS 5010 {} 100.00",
            "#BTRANS 4000 {} 100.00",
        )
    )
    assert found.transactions == 2
    assert result_by_account(found) == {"1930": -10000, "5010": 10000}
    assert not found.unbalanced


def test_what_lies_outside_the_year_is_not_counted_and_is_told() -> None:
    found = sie(HEAD + voucher("#TRANS 5010 {} 1", "#TRANS 1930 {} -1", head="#VER A 2 20231231"))
    assert not found.movements
    assert [str(warning) for warning in found.warnings] == [
        "2 transaktioner ligger utanför räkenskapsåret och är inte medräknade."
    ]


@pytest.mark.parametrize(
    ("encoding", "name", "warns"),
    [("cp437", "cp437", False), ("utf-8", "utf-8", True), ("utf-8-sig", "utf-8", True), ("latin-1", "latin-1", True)],
)
def test_the_characters_are_recognised_read_and_told(encoding: str, name: str, warns: bool) -> None:
    found = sie(HEAD, encoding)
    assert (found.encoding, found.company) == (name, "Övningskommun")
    assert bool(found.warnings) is warns


def test_windows_1252_is_told_from_latin_1_by_what_only_it_has() -> None:
    found = sie(HEAD.replace("Lokalhyra", "Lokalhyra – norr").replace("Arbetsmarknad", "Åtgärder"), "cp1252")
    assert found.encoding == "windows-1252"
    assert found.accounts["5010"] == "Lokalhyra – norr"


def _with_checksum(records: list[tuple[str, list[str]]], written: str, stated: int | None = None) -> str:
    counted = "".join(label + "".join(fields) for label, fields in records)
    crc = zlib.crc32(counted.encode("cp437")) if stated is None else stated
    return f"#FLAGGA 0\n#KSUMMA\n{written}#KSUMMA {crc}\n"


SUMMED = [
    ("#SIETYP", ["4"]),
    ("#FNAMN", ["Åre & co"]),
    ("#VER", ["A", "1", "20240101", ""]),
    ("#TRANS", ["5010", "20", "410", "10.00", "20240101", "Hyra"]),
    ("#TRANS", ["1930", "-10.00"]),
]
WRITTEN = (
    '#SIETYP 4\n#FNAMN "Åre & co"\n#VER A 1 20240101 ""\n{\n'
    '   #TRANS 5010 {"20" "410"} 10.00 20240101 Hyra\n\t#TRANS 1930 {} -10.00\n}\n'
)


def test_the_checksum_is_of_labels_and_fields_whatever_stands_between_them() -> None:
    assert sie(_with_checksum(SUMMED, WRITTEN)).checksum == "ok"
    assert sie(_with_checksum(SUMMED, WRITTEN.replace("Hyra", '"Hyra"').replace("\n", "\r\n"))).checksum == "ok"
    assert sie(_with_checksum(SUMMED, WRITTEN), "utf-8").checksum == "ok"


def test_a_file_changed_since_it_was_written_is_found_out() -> None:
    assert sie(_with_checksum(SUMMED, WRITTEN.replace("10.00", "90.00"))).checksum == "bad"
    assert sie(_with_checksum(SUMMED, WRITTEN, stated=1)).checksum == "bad"
    assert sie(WRITTEN).checksum == "none"


def test_a_file_that_ends_in_the_middle_is_found_out() -> None:
    assert sie(_with_checksum(SUMMED, WRITTEN).rsplit("#KSUMMA", 1)[0]).checksum == "bad"
    cut = sie(HEAD + "#VER A 1 20240314\n{\n#TRANS 5010 {} 5\n")
    assert "avbruten" in str(cut.faults[0])


PERIODS = HEAD.replace("#SIETYP 4", "#SIETYP 3")


def test_totals_repeated_for_objects_are_never_added_twice() -> None:
    found = sie(
        PERIODS + '#PSALDO 0 202403 5010 {} 300.00\n#PSALDO 0 202403 5010 {20 "410"} 200.00\n#RES 0 5010 300.00\n'
    )
    assert readings(found)["5010"] is Reading.TOTALS
    assert result_by_account(found) == {"5010": 30000}
    assert not differences(found)


def test_a_file_whose_objects_are_beside_the_rest_is_added_up_as_its_own_balances_say() -> None:
    found = sie(
        PERIODS
        + '#PSALDO 0 202403 5010 {} 100.00\n#PSALDO 0 202403 5010 {20 "410"} 200.00\n#RES 0 5010 300.00\n'
        + '#PSALDO 0 202403 6000 {20 "410"} 50.00\n'
    )
    assert readings(found) == {"5010": Reading.PARTS, "6000": Reading.PARTS}
    assert result_by_account(found) == {"5010": 30000, "6000": 5000}


def test_rows_that_contradict_the_balances_are_told() -> None:
    found = sie(HEAD + "#IB 0 1930 10.00\n#UB 0 1930 5.00\n" + voucher("#TRANS 1930 {} -4.00", "#TRANS 5010 {} 4.00"))
    (difference,) = differences(found)
    assert (difference.account, difference.rows, difference.stated) == ("1930", -400, -500)


def test_a_dimension_nobody_declared_has_its_reserved_name() -> None:
    found = sie(HEAD + '#OBJEKT 2 "7" "Bil"\n#UNDERDIM 21 "Verksamhet" 20\n')
    assert (found.dimensions["2"].name, found.dimensions["2"].parent) == ("Kostnadsbärare", "1")
    assert (found.dimensions["21"].name, found.dimensions["21"].parent) == ("Verksamhet", "20")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("#TRANS 5010 {} 10,50", "inte ett belopp"),
        ("#TRANS 5010 {} 10.505", "inte ett belopp"),
        ("#TRANS 5010 {20} 10", "två och två"),
        ("#TRANS 5010 {20 410 10", "klammer saknas"),
        ('#TRANS 5010 {} 10 20240101 "Hyra', "citattecken"),
        ("#TRANS {} 10", "inte ett belopp|kontonummer"),
        ("TRANS 5010 {} 10", "etikett"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number_and_the_rest_is_read(line: str, why: str) -> None:
    found = sie(HEAD + voucher(line, "#TRANS 1930 {} -5.00", "#TRANS 5010 {} 5.00"))
    (fault,) = found.faults
    assert fault.line == 14
    assert re.search(why, fault.text)
    assert found.transactions == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"person;slut\r\n1;2\r\n" * 300, b"PK\x03\x04\x00\x00", b"#FLAGGA 0\n" + b"x" * 70_000, b"\n\n\n"],
)
def test_what_is_no_sie_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(NoSieFile, match=r"[a-zåäö]"):
        read(io.BytesIO(content))


def test_inner_quotes_tabs_and_unknown_labels_are_read() -> None:
    found = sie(HEAD + '#KONTO\t6100\t"Kontor \\"A\\" norr"\n#HITTEPÅ 1 2\n')
    assert found.accounts["6100"] == 'Kontor "A" norr'
    assert "#HITTEPÅ" in str(found.warnings[0])


_TEXT = st.text(st.sampled_from('#TRANSVEB {}"\\ 0123456789.-\n\r\tåÖ'), max_size=200)


@given(_TEXT, st.sampled_from(["cp437", "utf-8", "latin-1"]))
def test_no_file_whatever_is_in_it_makes_the_reader_fail(text: str, encoding: str) -> None:
    found = sie(HEAD + "#VER A 1 20240314\n{\n" + text, encoding)
    assert found.vouchers >= 1


@given(
    st.lists(
        st.tuples(
            st.integers(1000, 9999),
            st.integers(-(10**11), 10**11),
            st.lists(st.tuples(st.integers(1, 30), st.text("abcåäö 0123", min_size=1, max_size=8)), max_size=3),
        ),
        max_size=20,
    ),
    st.booleans(),
)
def test_every_way_of_writing_a_transaction_counts_the_same(
    rows: list[tuple[int, int, list[tuple[int, str]]]], plain: bool
) -> None:
    written: list[str] = []
    expected: dict[Movement, int] = {}
    for account, ore, objects in rows:
        quote = "" if plain else '"'
        inner = " ".join(f'{quote}{dimension}{quote} "{code}"' for dimension, code in objects)
        sign, kronor = "-" if ore < 0 else "", divmod(abs(ore), 100)
        rest = "" if plain else ' 20240314 "En \\"rad\\""'
        written.append(f"  #TRANS {account} {{{inner}}} {sign}{kronor[0]}.{kronor[1]:02}{rest}")
        key = Movement(str(account), tuple(sorted((str(dimension), code) for dimension, code in objects)), MARCH)
        expected[key] = expected.get(key, 0) + ore
    found = sie(HEAD + voucher(*written))
    assert not found.faults
    assert found.movements == expected
