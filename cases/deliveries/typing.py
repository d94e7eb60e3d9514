"""How a delivered text becomes a value: one SQL expression a type, NULL where the text is no such value.

Codes, units and the like come from small reference tables in the same DuckDB (`cases.deliveries.staging`), compared without case.
"""

from __future__ import annotations

from collections.abc import Callable

from cases.kinds import Column, ColumnType

_YEAR = "(1[89]|2[01])[0-9]{2}"  # a year outside a lifetime or two is a slip of the keyboard
_SPACE = " \u00a0\u202f"
_MINUS = "\u2212"
_SIGN = f"[-{_MINUS}]?"
_WHOLE = rf"(\d{{1,3}}([{_SPACE}]\d{{3}})+|\d{{1,12}})"

EXPECTATIONS = {
    ColumnType.DATE: "ett datum som finns, skrivet som 2024-01-31",
    ColumnType.MONTH: "en månad, skriven som 2024-01",
    ColumnType.YEAR: "ett årtal, skrivet som 2024",
    ColumnType.INTEGER: "ett heltal",
    ColumnType.AMOUNT: "ett belopp i kronor med högst två decimaler, skrivet som 1234,50",
    ColumnType.NUMBER: "ett tal, skrivet som 12,5",
    ColumnType.YES_NO: "ja eller nej",
    ColumnType.UNIT: "koden för en enhet i kommunens inställningar",
    ColumnType.ACTIVITY_TYPE: "koden för en insats i kommunens inställningar",
    ColumnType.COMMITTEE: "koden för en nämnd i kommunens inställningar",
    ColumnType.EXIT_REASON: "en avslutsorsak: någon av koderna eller en text i kommunens inställningar",
    ColumnType.PERSON: "ett personnummer, ett samordningsnummer eller ett lokalt id",
}

REFERENCES = {
    ColumnType.UNIT: "ref_unit",
    ColumnType.ACTIVITY_TYPE: "ref_activity_type",
    ColumnType.COMMITTEE: "ref_committee",
    ColumnType.EXIT_REASON: "ref_exit_reason",
}


def expectation(column: Column) -> str:
    """Say in Swedish what the column's texts are to be."""
    if column.type is ColumnType.CODE and column.choices:
        return f"någon av koderna {', '.join(column.choices.values)}"
    return EXPECTATIONS[column.type]


def typed(column: Column, text: str) -> str:
    """Return the SQL that turns the text (an SQL expression) into the column's value, or NULL (beside `reference_join`)."""
    if column.type is ColumnType.CODE and column.choices:
        cases = " ".join(f"WHEN {literal(code.lower())} THEN {literal(code)}" for code in column.choices.values)
        return f"CASE lower({text}) {cases} END"
    if column.type in REFERENCES:
        return f"known_{column.field}.code"
    return _EXPRESSIONS[column.type](text) if column.type in _EXPRESSIONS else text


def reference_join(column: Column, text: str) -> str:
    """Return the join that `typed` rests on for a column of a reference table; nothing for others."""
    if column.type not in REFERENCES:
        return ""
    known = f"known_{column.field}"
    return f" LEFT JOIN {REFERENCES[column.type]} AS {known} ON {known}.text = lower({text})"


def literal(text: str) -> str:
    """Return the text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _number(text: str, decimals: str, sql_type: str) -> str:
    plain = f"translate(regexp_replace({text}, '[{_SPACE}]', '', 'g'), ',{_MINUS}', '.-')"
    return f"CASE WHEN regexp_full_match({text}, '{_SIGN}{_WHOLE}{decimals}') THEN try_cast({plain} AS {sql_type}) END"


def _date(text: str) -> str:
    return (
        rf"CASE WHEN regexp_full_match({text}, '{_YEAR}-\d{{2}}-\d{{2}}') THEN try_cast({text} AS DATE) "
        rf"WHEN regexp_full_match({text}, '{_YEAR}\d{{4}}') THEN CAST(try_strptime({text}, '%Y%m%d') AS DATE) END"
    )


def _month(text: str) -> str:
    return (
        rf"CASE WHEN regexp_full_match({text}, '{_YEAR}-\d{{2}}') THEN try_cast({text} || '-01' AS DATE) "
        rf"WHEN regexp_full_match({text}, '{_YEAR}\d{{2}}') THEN CAST(try_strptime({text} || '01', '%Y%m%d') AS DATE) END"
    )


# A number with more decimals than its type holds is refused: it would be rounded in silence.
_EXPRESSIONS: dict[ColumnType, Callable[[str], str]] = {
    ColumnType.DATE: _date,
    ColumnType.MONTH: _month,
    ColumnType.YEAR: lambda text: f"CASE WHEN regexp_full_match({text}, '{_YEAR}') THEN CAST({text} AS SMALLINT) END",
    ColumnType.INTEGER: lambda text: _number(text, "", ColumnType.INTEGER.sql),
    ColumnType.AMOUNT: lambda text: _number(text, r"([.,]\d{1,2})?", ColumnType.AMOUNT.sql),
    ColumnType.NUMBER: lambda text: _number(text, r"([.,]\d{1,10})?", ColumnType.NUMBER.sql),
    ColumnType.YES_NO: lambda text: f"CASE lower({text}) WHEN 'ja' THEN true WHEN 'nej' THEN false END",
}
