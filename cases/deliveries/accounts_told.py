"""What was read of a SIE file and what was left out, in words: costs are positive, revenue is negative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from committees.commands import counted


def told(accounts: Mapping[str, Any]) -> list[str]:
    """Return it as lines for a reader; none for what is no SIE file."""
    if not accounts:
        return []
    lines = [f"Resultatkonton i filen: {kronor(accounts['in_file'])}", f"Inläst: {kronor(accounts['read'])}"]
    lines += [
        f"Utelämnat: {kronor(one['amount'])} på {counted(one['accounts'], 'konto', 'konton')}. {one['reason']}."
        for one in accounts["left_out"]
    ]
    if accounts["stated"] is None:
        lines.append("Filen har inga egna saldon att stämma av mot.")
    elif accounts["differences"]:
        lines.append(f"Filens egna saldon (#RES, #UB) säger {kronor(accounts['stated'])}. De stämmer inte med raderna:")
        lines += [
            f"Konto {one['account']}: raderna ger {kronor(one['rows'])}, saldot säger {kronor(one['stated'])}"
            for one in accounts["differences"]
        ]
    else:
        lines.append(f"Filens egna saldon (#RES, #UB) säger {kronor(accounts['stated'])} och stämmer med raderna.")
    return [*lines, *accounts["notes"]]


def kronor(amount: float) -> str:
    """Return kronor with ören as a reader sees them; a sum of ören is exact to the öre also as a float."""
    ore = round(abs(amount) * 100)
    sign = "\u2212" if amount < 0 else ""
    return f"{sign}{ore // 100:,}".replace(",", "\u00a0") + f",{ore % 100:02}\u00a0kr"
