"""Bring what the database already holds to the staged delivery: the lists it refers to and the current row versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Count

from cases.deliveries.staging import Staging
from cases.enums import ExitReason
from cases.kinds import ENROLMENTS, KINDS, PERSONS, SFI_REFERRALS, SUPPORT_CASES, ColumnType, Kind
from cases.models import ActivityType, ExitReasonText
from committees.models import Committee, Unit

_BATCH = 50_000
_LISTED = {"text": "VARCHAR", "code": "VARCHAR"}

# What the checks across rows ask of rows that are not in the delivery.
ASKED_FOR: dict[Kind, tuple[str, ...]] = {
    PERSONS: ("person", "birth_date", "sex", "moved", "died"),
    ENROLMENTS: ("enrolment", "person", "unit", "start", "ended"),
    SUPPORT_CASES: ("support_case", "person", "role"),
    SFI_REFERRALS: ("referral", "person"),
}


def known_codes() -> list[list[object]]:
    """Return the municipality's own codes and texts, in order: what `bring_lists` makes its tables of."""
    lists = (
        Unit.objects.order_by("code").values_list("code", "kind"),
        ActivityType.objects.order_by("code").values_list("code"),
        Committee.objects.order_by("code").values_list("code"),
        ExitReasonText.objects.order_by("text").values_list("text", "code"),
    )
    return [list(map(list, one)) for one in lists]


def bring_lists(staging: Staging) -> None:
    """Create the reference tables: known texts in lower case with the code each stands for."""
    units = list({code.lower(): (code, kind) for code, kind in Unit.objects.values_list("code", "kind")}.values())
    alone = [code_kind for code_kind in units if [kind for _, kind in units].count(code_kind[1]) == 1]
    counts = dict(Unit.objects.order_by("kind").values_list("kind").annotate(units=Count("pk")))
    staging.put(
        "ref_unit",
        {
            "text": [code.lower() for code, _ in units],
            "code": [code for code, _ in units],
            "kind": [kind for _, kind in units],
        },
        _LISTED | {"kind": "VARCHAR"},
    )
    staging.put(
        "only_unit",
        {"code": [code for code, _ in alone], "kind": [kind for _, kind in alone]},
        {"code": "VARCHAR", "kind": "VARCHAR"},
    )
    staging.put(
        "unit_count",
        {"kind": list(counts), "units": list(counts.values())},
        {"kind": "VARCHAR", "units": "INTEGER"},
    )
    _bring_codes(
        staging, "ref_activity_type", {code: code for code in ActivityType.objects.values_list("code", flat=True)}
    )
    _bring_codes(staging, "ref_committee", {code: code for code in Committee.objects.values_list("code", flat=True)})
    texts = dict(ExitReasonText.objects.order_by("text").values_list("text", "code"))
    _bring_codes(staging, "ref_exit_reason", texts | {code: code for code in ExitReason.values})


def _bring_codes(staging: Staging, table: str, codes: dict[str, str]) -> None:
    by_text = {text.lower(): code for text, code in codes.items()}
    staging.put(table, {"text": list(by_text), "code": list(by_text.values())}, _LISTED)


def bring_current(staging: Staging, delivered: Iterable[Kind]) -> None:
    """Create `stored_<table>` with the current versions of the delivered kinds and of those the checks ask for; else empty."""
    wanted = set(delivered)
    for kind in KINDS:
        fields = ASKED_FOR.get(kind, ())
        if kind.range_field is not None:
            fields = (*fields, kind.range_field)
        types = {"id": "BIGINT", "row_key": "VARCHAR", "content": "VARCHAR"}
        types |= {field: kind.column(field).type.sql for field in fields}
        staging.put(f"stored_{kind.table}", {name: [] for name in types}, types)
        if kind in wanted or kind in ASKED_FOR:
            _copy_current(staging, kind, types)


def _copy_current(staging: Staging, kind: Kind, types: dict[str, str]) -> None:
    quoted = ", ".join(connection.ops.quote_name(name) for name in types)
    table = connection.ops.quote_name(kind.model._meta.db_table)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {quoted} FROM {table} WHERE superseded_by_id IS NULL")
        while rows := cursor.fetchmany(_BATCH):
            columns: list[Sequence[object]] = list(zip(*rows, strict=True))
            staging.append(f"stored_{kind.table}", dict(zip(types, columns, strict=True)), types)


def bring_named_persons(staging: Staging) -> None:
    """Create `named_person`: everyone that current rows of kinds outside the delivery name."""
    staging.put("named_person", {"person": []}, {"person": "VARCHAR"})
    for kind in KINDS:
        if kind is PERSONS or not any(column.type is ColumnType.PERSON for column in kind.columns):
            continue
        table = connection.ops.quote_name(kind.model._meta.db_table)
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT row_key, person FROM {table} WHERE superseded_by_id IS NULL")
            while rows := cursor.fetchmany(_BATCH):
                keys, persons = zip(*rows, strict=True)
                _keep_named(staging, kind, keys, persons)


def _keep_named(staging: Staging, kind: Kind, keys: Sequence[str], persons: Sequence[str]) -> None:
    types = {"row_key": "VARCHAR", "person": "VARCHAR"}
    staging.put("naming", {"row_key": keys, "person": persons}, types)
    staging.connection.execute(
        "INSERT INTO named_person SELECT DISTINCT person FROM naming "
        f"WHERE row_key NOT IN (SELECT row_key FROM ended_{kind.table} UNION ALL SELECT row_key FROM t_{kind.table})"
    )
