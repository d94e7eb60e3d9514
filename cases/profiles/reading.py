"""Read a profile's text (TOML): all that is wrong is said at once, with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cases.deliveries.forms import DECIMAL_MARKS, THOUSANDS_MARKS, Forms, fault_in_date_form, fault_in_month_form
from cases.deliveries.headers import normalised
from cases.deliveries.rules import FileRules, as_compared
from cases.kinds import COSTS, KINDS, Column, ColumnType, Kind, kind_named
from cases.profiles.accounts import KEY, accounts_of
from cases.profiles.model import Profile
from committees.toml_tables import Fault, Table, TextFault, opened

MOST_SKIPPED = 100
LONGEST_TEXT = 200_000
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODED = {
    ColumnType.CODE,
    ColumnType.UNIT,
    ColumnType.ACTIVITY_TYPE,
    ColumnType.COMMITTEE,
    ColumnType.EXIT_REASON,
    ColumnType.YES_NO,
}


def read_profile(text: str) -> Profile:
    """Return what the text says. Raises TextFault with everything that is wrong with it."""
    if len(text) > LONGEST_TEXT:
        raise TextFault([Fault(0, f"Profilen är för lång: högst {LONGEST_TEXT} tecken.")])
    faults: list[Fault] = []
    document = opened(text, faults)
    head = document.table("profil")
    name = head.text("namn", required=True, longest=60)
    if name and not _NAME.fullmatch(name):
        head.fault(
            "”namn” ska vara små bokstäver a–z, siffror och bindestreck, till exempel ”lifecare-bistand”.", "namn"
        )
    system = head.text("system", required=True, longest=60)
    description = head.text("beskrivning", longest=2000)
    head.finish()
    files = [rules for table in document.tables("fil", required=True) if (rules := _file(table))]
    kinds = [rules.kind for rules in files]
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        document.fault(f"Slaget ”{kind}” finns i flera [[fil]]. Skriv det en gång.", "fil")
    document.finish()
    if faults:
        raise TextFault(faults)
    return Profile(name, system, description, tuple(files))


def _file(table: Table) -> FileRules | None:
    name = table.choice("slag", [kind.name for kind in KINDS], required=True)
    skip = table.whole("hoppa_over", least=0, most=MOST_SKIPPED) if table.has("hoppa_over") else 0
    sheet, forms = table.text("blad", longest=31), _forms(table)
    if not name:
        dict(table.items("kolumner")), dict(table.items("koder"))
        table.finish()
        return None
    kind = kind_named(name)
    columns, codes = _columns(table, kind), _codes(table, kind)
    accounts = accounts_of(table)
    if accounts and kind is not COSTS:
        table.fault(f"”{KEY}” hör till slaget {COSTS.name}: bara kostnader läses ur SIE-filer.", KEY)
    table.finish()
    return FileRules(name, columns, codes, forms, sheet, skip or 0, accounts)


def _forms(table: Table) -> Forms:
    forms = Forms(
        dates=_form(table, "datumform", fault_in_date_form),
        months=_form(table, "manadsform", fault_in_month_form),
        decimal=table.choice("decimaltecken", DECIMAL_MARKS),
        thousands=table.choice("tusentalstecken", THOUSANDS_MARKS),
    )
    if forms.decimal and forms.decimal == forms.thousands:
        table.fault("”decimaltecken” och ”tusentalstecken” kan inte vara samma tecken.", "tusentalstecken")
    return forms


def _form(table: Table, key: str, fault_in: Callable[[str], str]) -> str:
    form = table.text(key, longest=40)
    if form and (fault := fault_in(form)):
        table.fault(fault, key)
    return form


def _columns(table: Table, kind: Kind) -> Mapping[str, str]:
    ours = {normalised(column.header): column.field for column in kind.columns} | {"": ""}
    found: dict[str, str] = {}
    for header, name in table.items("kolumner"):
        field = ours.get(normalised(name)) if isinstance(name, str) else None
        if field is None:
            known = ", ".join(column.header for column in kind.columns)
            table.fault(f"”{header}” leder till ”{name}”, som {kind.name} inte har. Kolumnerna är {known}.", "kolumner")
        elif normalised(header) in found:
            table.fault(f"Rubriken ”{header}” finns två gånger.", "kolumner")
        elif field and field in found.values():
            table.fault(f"Två rubriker leder till ”{name}”. Bara en kan göra det.", "kolumner")
        else:
            found[normalised(header)] = field
    return found


def _codes(table: Table, kind: Kind) -> Mapping[str, Mapping[str, str]]:
    coded = {normalised(column.header): column for column in kind.columns if column.type in _CODED}
    found: dict[str, Mapping[str, str]] = {}
    for header, words in table.items("koder"):
        column = coded.get(normalised(header))
        if column is None or not isinstance(words, dict):
            known = ", ".join(column.header for column in coded.values()) or "inga"
            table.fault(f"”koder.{header}” är ingen kolumn med koder. De som finns i {kind.name} är: {known}.", "koder")
            continue
        found[column.field] = {
            as_compared(word): code for word, code in words.items() if _code_is_right(table, column, word, code)
        }
    return found


def _code_is_right(table: Table, column: Column, word: str, code: object) -> bool:
    if not isinstance(code, str):
        table.fault(f"”{word}” under ”koder.{column.header}” ska leda till en kod inom citattecken.", "koder")
        return False
    allowed = codes_of(column)
    if code and allowed and code not in allowed:
        table.fault(
            f"”{word}” leder till ”{code}”, som {column.header} inte har. Koderna är {', '.join(allowed)}.", "koder"
        )
        return False
    if not code and column.required:
        table.fault(f"”{word}” kan inte lämnas tom: {column.header} måste ha ett värde.", "koder")
        return False
    return True


def codes_of(column: Column) -> tuple[str, ...]:
    """Return the closed list of codes a column has; empty where the municipality decides them."""
    if column.type is ColumnType.YES_NO:
        return ("ja", "nej")
    return tuple(column.choices.values) if column.choices and column.type is ColumnType.CODE else ()
