"""Rows go in and out whole, whatever the database."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from cases.bulk import copy_in, copy_out
from cases.models import Delivery, Population, SupportMonth
from committees.models import Unit

pytestmark = pytest.mark.django_db


def _versions(count: int) -> list[tuple[object, ...]]:
    delivery = Delivery.objects.create()
    return [(f"{2000 + n}", "0" * 64, n + 2, delivery.pk, 2000 + n, 100 + n, 50) for n in range(count)]


COLUMNS = ("row_key", "content", "source_row", "delivery_id", "year", "inhabitants", "adults")


def test_every_row_put_in_is_found_again() -> None:
    assert copy_in(Population, COLUMNS, iter(_versions(25))) == 25
    assert list(Population.objects.order_by("year").values_list("year", "inhabitants"))[-1] == (2024, 124)


def test_no_rows_is_no_fault() -> None:
    assert copy_in(Population, COLUMNS, []) == 0


def test_dates_amounts_and_missing_values_keep_their_meaning() -> None:
    delivery = Delivery.objects.create()
    Unit.objects.create(code="SF", name="Försörjningsstöd", kind="ekonomiskt_bistand")
    columns = (
        "row_key",
        "content",
        "source_row",
        "delivery_id",
        "household",
        "person",
        "month",
        "amount",
        "paid",
        "unit",
    )
    copy_in(
        SupportMonth,
        columns,
        [
            ("a", "0" * 64, 2, delivery.pk, "H1", "p", date(2024, 1, 1), Decimal("1200.50"), None, "SF"),
            ("b", "0" * 64, 3, delivery.pk, "H1", "q", "2024-02-01", "0.10", "2024-02-25", "SF"),
        ],
    )
    rows = SupportMonth.objects.order_by("row_key").values_list("month", "amount", "paid")
    assert list(rows) == [
        (date(2024, 1, 1), Decimal("1200.50"), None),
        (date(2024, 2, 1), Decimal("0.10"), date(2024, 2, 25)),
    ]


def test_a_row_that_breaks_a_constraint_leaves_none_of_its_fellows() -> None:
    rows = _versions(3)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in(Population, COLUMNS, [*rows, rows[0]])
    assert not Population.objects.exists()


def test_csv_tells_empty_text_from_no_value_and_keeps_quotes_and_lines(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    empty = "''::text" if connection.vendor == "postgresql" else "''"
    copy_out(
        f"SELECT {empty} AS empty, NULL AS missing, 'a \"b\"' || chr_lf AS text FROM (SELECT '\n' AS chr_lf) AS t",
        target,
    )
    assert target.read_text(encoding="utf-8").replace('"empty","missing","text"', "empty,missing,text") == (
        'empty,missing,text\n"",,"a ""b""\n"\n'
    )


def test_csv_gives_the_rows_of_the_table(tmp_path: Path) -> None:
    copy_in(Population, COLUMNS, _versions(3))
    target = tmp_path / "out.csv"
    copy_out("SELECT year, inhabitants FROM cases_population ORDER BY year", target)
    with target.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"year": "2000", "inhabitants": "100"},
            {"year": "2001", "inhabitants": "101"},
            {"year": "2002", "inhabitants": "102"},
        ]
