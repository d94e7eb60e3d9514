"""The signs that stand where a table has no number, Kolada's own where it has one, and what they mean (measures.md rule 7)."""

from __future__ import annotations

from collections.abc import Iterable

from reporting.figures.swedish import HIDDEN, MISSING, NO_DENOMINATOR, NOT_APPLICABLE

MEANINGS = {
    HIDDEN: "sekretess, talet är litet eller skulle avslöja ett litet tal",
    MISSING: "bortfall, värdet har inte rapporterats",
    NOT_APPLICABLE: "ej tillämpligt, värdet kan inte finnas",
    NO_DENOMINATOR: "inget värde, till exempel för att det inte finns något att dela med",
}


def signs_in(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return the signs that stand alone among the texts, each with its meaning, in the order of `MEANINGS`."""
    found = {text.strip() for text in texts}
    return [(sign, meaning) for sign, meaning in MEANINGS.items() if sign in found]


def legend_under(cells: Iterable[tuple[str, bool]], note: str = "") -> str:
    """Return what the signs in a table mean, of its cells' texts, each with whether its column holds figures.

    A dash among words says only that there is nothing to say. What the table's own `note` says of a sign is not said twice.
    """
    signs = (text for text, numeric in cells if numeric or text.strip() != NO_DENOMINATOR)
    return legend(sign for sign in signs if not f" {note}".count(f" {sign.strip()} betyder"))


def legend(texts: Iterable[str]) -> str:
    """Return what the signs among the texts mean, as a line under a table: ".. = sekretess, …"; empty without any."""
    said = "; ".join(f"{sign} = {meaning}" for sign, meaning in signs_in(texts))
    return f"{said}." if said else ""
