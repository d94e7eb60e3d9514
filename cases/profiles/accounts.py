"""The part of a profile's text that says what accounts and objects are: `[fil.sie]` under the costs."""

from __future__ import annotations

from collections.abc import Collection

from cases.deliveries.accounts import PATTERN, AccountRules, Patterns
from cases.enums import CostKind
from committees.toml_tables import Table

KEY = "sie"


def accounts_of(table: Table) -> AccountRules | None:
    """Return what `[fil.sie]` says, None when it is not there; what is wrong lands among the table's faults."""
    if not table.has(KEY):
        return None
    sie = table.table(KEY)
    rules = AccountRules(
        unit_dimension=sie.text("enhetsdimension", required=True, longest=60),
        accounts=_patterns(sie, "konton", "5000-5999", CostKind.values, required=True),
        units=_patterns(sie, "enheter", "410*", (), required=True),
        activity_dimension=sie.text("insatsdimension", longest=60),
        activities=_patterns(sie, "insatser", "77*", ()),
    )
    if rules.activities.leads_to and not rules.activity_dimension:
        sie.fault("”insatsdimension” saknas: den behövs när ”insatser” finns.")
    sie.finish()
    return rules


def _patterns(table: Table, key: str, example: str, codes: Collection[str], *, required: bool = False) -> Patterns:
    found: dict[str, str] = {}
    if required and not table.has(key):
        table.fault(f"”{key}” saknas: en tabell, till exempel [fil.sie.{key}].")
    for pattern, code in table.items(key):
        if not PATTERN.fullmatch(pattern):
            table.fault(f"”{pattern}” ska vara en kod, en början som ”{example}” eller ett spann som ”5000-5999”.", key)
        elif not isinstance(code, str) or (code and codes and code not in codes):
            expected = f"något av {', '.join(codes)}" if codes else "en kod inom citattecken"
            table.fault(f"”{pattern}” leder till ”{code}” men ska leda till {expected}, eller till ingenting.", key)
        else:
            found[pattern] = code
    return Patterns(found)
