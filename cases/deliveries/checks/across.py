"""The checks across rows, files and what is already stored: keys, references, overlaps (import-formats).

`now_<table>` is what holds once the delivery is taken: its own rows and the stored ones it neither changes nor ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.deliveries.checks.model import Check
from cases.deliveries.findings import Level
from cases.deliveries.stored import ASKED_FOR
from cases.enums import HouseholdRole
from cases.kinds import (
    ACTIVITIES,
    ENROLMENTS,
    FOLLOW_UPS,
    KINDS,
    PAUSES,
    PERSONS,
    PLANS,
    SFI_PARTICIPATIONS,
    SFI_REFERRALS,
    SUPPORT_CASES,
    SUPPORT_MONTHS,
    Column,
    ColumnType,
    Kind,
)

NUMBER_IN_TEXT = "number_in_text"

NOW_VIEWS = tuple(
    f"CREATE OR REPLACE VIEW now_{kind.table} AS SELECT {', '.join(fields)}, row FROM t_{kind.table} UNION ALL "
    f"SELECT {', '.join(fields)}, NULL FROM stored_{kind.table} WHERE row_key NOT IN "
    f"(SELECT row_key FROM t_{kind.table} UNION ALL SELECT row_key FROM ended_{kind.table})"
    for kind, fields in ASKED_FOR.items()
)


def across_checks() -> Iterator[Check]:
    """Yield them all."""
    for kind in KINDS:
        yield _duplicate(kind)
        if kind is not PERSONS and "person" in kind.fields:
            yield _person_unknown(kind)
        for column in kind.columns:
            if column.type is ColumnType.TEXT:
                yield _number_in_text(kind, column)
    for kind in (ACTIVITIES, PLANS, FOLLOW_UPS, PAUSES):
        yield _unknown_reference(kind, "enrolment", ENROLMENTS)
    yield _unknown_reference(SFI_PARTICIPATIONS, "referral", SFI_REFERRALS)
    yield from _ABOUT_PERSONS
    yield from _ABOUT_ENROLMENTS
    yield from _ABOUT_SUPPORT
    yield _REFERRAL_OF_ANOTHER


def _duplicate(kind: Kind) -> Check:
    keys = [kind.column(field) for field in kind.key]
    complete = " AND ".join(f'"{column.field}" IS NOT NULL' for column in keys if column.required) or "true"
    shown = ", ".join(f'"raw_{column.field}"' for column in keys)
    return Check(
        "duplicate_key",
        Level.ERROR,
        kind,
        " + ".join(column.header for column in keys),
        "en rad för varje nyckel, men samma nyckel finns redan på rad {detail}",
        query=(
            f"SELECT row, concat_ws(' + ', {shown}), first FROM t_{kind.table} JOIN (SELECT row_key, min(row) AS first "
            f"FROM t_{kind.table} WHERE {complete} GROUP BY row_key HAVING count(*) > 1) USING (row_key) WHERE row > first"
        ),
    )


def _person_unknown(kind: Kind) -> Check:
    return Check(
        "person_unknown",
        Level.ERROR,
        kind,
        "person",
        "en person som finns i personer.csv, i leveransen eller sedan förut: ett lokalt id säger inte födelsedatum och kön",
        query=(
            f"SELECT row, raw_person, NULL FROM t_{kind.table} "
            "WHERE person IS NOT NULL AND person NOT IN (SELECT person FROM now_person WHERE person IS NOT NULL)"
        ),
    )


def _number_in_text(kind: Kind, column: Column) -> Check:
    return Check(
        NUMBER_IN_TEXT,
        Level.ERROR,
        kind,
        column.header,
        "ingen personuppgift: här står ett personnummer eller samordningsnummer, som bara får stå i kolumnen person",
        query=(
            f"SELECT DISTINCT row, '•••', NULL FROM stray WHERE kind = '{kind.table}' AND field = '{column.field}' "
            "AND (certain OR key IN (SELECT person FROM now_person))"
        ),
    )


def _unknown_reference(kind: Kind, field: str, to: Kind) -> Check:
    header = kind.column(field).header
    return Check(
        f"unknown_{to.table}",
        Level.ERROR,
        kind,
        header,
        f"en {header} som finns i {to.name}.csv, i leveransen eller sedan förut",
        query=(
            f'SELECT row, "raw_{field}", NULL FROM t_{kind.table} WHERE "{field}" IS NOT NULL '
            f'AND "{field}" NOT IN (SELECT "{field}" FROM now_{to.table} WHERE "{field}" IS NOT NULL)'
        ),
    )


_ABOUT_PERSONS = (
    *(
        Check(
            "differs_from_number",
            Level.WARNING,
            PERSONS,
            PERSONS.column(field).header,
            "samma uppgift som numret i person ger, eller tomt: numrets uppgift används",
            query=(
                f"SELECT t.row, '•••', NULL FROM t_person AS t JOIN numbered USING (person) "
                f'WHERE t."raw_{field}" IS NOT NULL AND t."raw_{field}" <> CAST(numbered."{field}" AS VARCHAR) '
                f"AND replace(t.\"raw_{field}\", '-', '') <> replace(CAST(numbered.\"{field}\" AS VARCHAR), '-', '')"
            ),
        )
        for field in ("birth_date", "sex")
    ),
)

_ABOUT_ENROLMENTS = (
    Check(
        "gone_before_start",
        Level.WARNING,
        ENROLMENTS,
        "start",
        "en dag innan personen flyttade eller avled ({detail}); flytten eller dödsfallet räknas inte för inskrivningen",
        query=(
            "SELECT t.row, t.raw_start, least(p.moved, p.died) FROM t_enrolment AS t "
            "JOIN now_person AS p USING (person) WHERE least(p.moved, p.died) < t.start"
        ),
    ),
    Check(
        "overlaps_open_enrolment",
        Level.WARNING,
        ENROLMENTS,
        "start",
        "en inskrivning i taget på enheten, men den överlappar en som är öppen ({detail}): så länge räknas inget avslut",
        query=(
            "SELECT t.row, t.raw_start, min(other.enrolment) FROM t_enrolment AS t JOIN now_enrolment AS other "
            "ON other.person = t.person AND other.unit = t.unit AND other.enrolment <> t.enrolment "
            "WHERE t.start IS NOT NULL AND other.start IS NOT NULL AND other.ended IS NULL "
            "AND (t.ended IS NULL OR other.start <= t.ended) GROUP BY ALL"
        ),
    ),
    Check(
        "overlaps_enrolment",
        Level.WARNING,
        ENROLMENTS,
        "start",
        "en inskrivning i taget på enheten, men den överlappar {detail}: de räknas som en",
        query=(
            "SELECT t.row, t.raw_start, min(other.enrolment) FROM t_enrolment AS t JOIN now_enrolment AS other "
            "ON other.person = t.person AND other.unit = t.unit AND other.enrolment <> t.enrolment "
            "WHERE t.start <= other.ended AND (t.ended IS NULL OR other.start <= t.ended) GROUP BY ALL"
        ),
    ),
)

_ABOUT_SUPPORT = (
    Check(
        "several_applicants",
        Level.ERROR,
        SUPPORT_CASES,
        "roll",
        "högst en huvudsokande i varje ärende, men ärendet har {detail}",
        query=(
            "SELECT t.row, t.raw_role, counted.applicants FROM t_support_case AS t JOIN ("
            "SELECT support_case, count(DISTINCT person) AS applicants FROM now_support_case "
            f"WHERE role = '{HouseholdRole.APPLICANT.value}' GROUP BY support_case HAVING count(DISTINCT person) > 1"
            f") AS counted USING (support_case) WHERE t.role = '{HouseholdRole.APPLICANT.value}'"
        ),
    ),
    Check(
        "aid_after_gone",
        Level.WARNING,
        SUPPORT_MONTHS,
        "månad",
        "en månad innan personen flyttade eller avled ({detail}); månaden räknas ändå",
        query=(
            "SELECT t.row, t.raw_month, least(p.moved, p.died) FROM t_support_month AS t "
            "JOIN now_person AS p USING (person) WHERE least(p.moved, p.died) < t.month"
        ),
    ),
)

_REFERRAL_OF_ANOTHER = Check(
    "referral_of_another",
    Level.WARNING,
    SFI_PARTICIPATIONS,
    "anvisning",
    "en anvisning för samma person",
    query=(
        "SELECT t.row, t.raw_referral, NULL FROM t_sfi_participation AS t JOIN now_sfi_referral AS r USING (referral) "
        "WHERE r.person <> t.person"
    ),
)
