"""Whatever a file holds, it gives rows or a reason: never an error of ours, and never more memory than it is itself."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.deliveries.findings import FileFault
from cases.deliveries.opening import opened
from cases.deliveries.rules import AS_IT_IS, FileRules
from cases.deliveries.sources import SourceFile
from cases.deliveries.taking import take_delivery
from cases.kinds import COSTS, KINDS, PERSONS, Kind
from cases.profiles.reading import read_profile
from tests.cases.test_accounts import HEAD, PROFILE, VOUCHERS
from tests.factories import setup_small_municipality

ACCOUNTS = read_profile(PROFILE).rules(COSTS.name)
CSV = 'person;födelsedatum;kön;mottagen\nP1;1990-05-01;K;2020-01-02\n"P;2";19850203;M;\nP3;1999-12-31;k;\n'


class InMemory:
    """A file's bytes."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def open(self, _mode: Literal["rb"], /) -> BinaryIO:
        """Open it from its beginning."""
        return BytesIO(self._content)


def _faults(content: bytes, kind: Kind, rules: FileRules = AS_IT_IS) -> Sequence[FileFault]:
    """Read the whole file and return what is wrong with it."""
    try:
        with opened(InMemory(content), kind, rules) as (_, file):
            for batch in file.batches():
                assert {len(values) for values in batch.values} == {len(batch.rows)}
            return file.faults
    except FileFault as fault:
        return [fault]


@st.composite
def _damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with some of them changed, taken out, doubled or put in."""
    damaged = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        place, length = draw(st.integers(0, len(damaged))), draw(st.integers(0, 12))
        few = st.binary(max_size=4) | st.sampled_from(
            [b'"', b"{", b"}", b"\x00", b"\r", b"\n", b"\xef\xbb\xbf", b"#VER ", b"9" * 5_000]
        )
        damaged[place : place + length] = draw(few) * draw(st.integers(1, 2))
    return bytes(damaged)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([2, 3, 4]).flatmap(lambda of: _damaged((HEAD.format(type=of) + VOUCHERS).encode("cp437"))))
def test_a_damaged_file_of_accounts_gives_rows_or_a_reason(content: bytes) -> None:
    assert all(fault.expected.endswith(".") for fault in _faults(content, COSTS, ACCOUNTS))


@settings(max_examples=60, deadline=None)
@given(_damaged(CSV.encode()) | _damaged(CSV.encode("cp1252")))
def test_a_damaged_csv_file_gives_rows_or_a_reason(content: bytes) -> None:
    assert all(fault.expected for fault in _faults(content, PERSONS))


@pytest.mark.parametrize("header", ['person;"födelsedatum;kön', 'person;"födelse\ndatum";kön'])
def test_a_header_that_does_not_end_on_its_line_is_a_fault_of_its_own(header: str) -> None:
    [fault] = _faults(f"{header}\nP1;1990-05-01;K\n".encode(), PERSONS)
    assert (fault.check, fault.row) == ("broken_row", 1)


def test_an_amount_of_thousands_of_digits_is_a_fault_of_its_line() -> None:
    text = HEAD.format(type=4) + VOUCHERS.replace("1000.50", "1" * 5_000)
    assert [fault.row for fault in _faults(text.encode("cp437"), COSTS, ACCOUNTS)][:1] == [14]


_CELLS = st.sampled_from(
    (
        *("", "P1", "K", "ja", "AME", "2024-01", "2024-02-30", "20240131", "1 234,50", "-0", "999999999999,99"),
        *("9" * 400, "1e5", "NaN", "\u22125", "٣٤", "0001-01-01", "'; DROP", "{detail}", "%s", "\u202e", "x" * 2_000),
    )
) | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_in_its_cells_a_file_is_taken_or_refused_with_reasons(data: st.DataObject) -> None:
    setup_small_municipality()
    kind = data.draw(st.sampled_from(KINDS))
    row = st.tuples(*[_CELLS for _ in kind.columns])
    rows = [[column.header for column in kind.columns], *data.draw(st.lists(row, max_size=6))]
    quoted = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in one) for one in rows)
    source = SourceFile(kind, InMemory(quoted.encode()), f"{kind.name}.csv")
    result = take_delivery(files=[source], by=None, dry_run=True, today=dt.date(2024, 3, 1))
    assert (result.status == "refused") is bool(result.error_count)
    assert all(fault.expected for fault in (*result.errors, *result.warnings))
