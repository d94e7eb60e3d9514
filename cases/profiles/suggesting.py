"""Which of our columns a header of another system may mean: by its name, by what systems commonly call it, by likeness."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from cases.deliveries.headers import normalised
from cases.kinds import Kind

_LIKE_ENOUGH = 0.8
_ALIASES: dict[str, tuple[str, ...]] = {
    "person": ("personnummer", "personnr", "pnr", "persnr", "person-id", "personid", "klient", "klientid", "sökande"),
    "födelsedatum": ("född", "födelsedag", "födelsetid"),
    "kön": ("juridiskt kön",),
    "mottagen": ("mottagningsdatum", "mottagen datum", "kommunmottagen"),
    "inskrivning": ("inskrivningsid", "inskrivningsnummer", "inskrivningsnr"),
    "enhet": ("enhetskod", "avdelning", "verksamhet"),
    "anvisare": ("remittent", "anvisad av", "remitterad av"),
    "start": ("startdatum", "inskrivningsdatum", "påbörjad", "from", "från och med"),
    "från": ("from", "från och med", "fr.o.m.", "startdatum"),
    "slut": ("slutdatum", "avslutsdatum", "utskrivningsdatum", "tom", "till och med"),
    "till": ("tom", "till och med", "t.o.m.", "slutdatum"),
    "avslutsorsak": ("avslutningsorsak", "orsak till avslut", "utskrivningsorsak"),
    "insats": ("insatskod", "aktivitet", "åtgärd"),
    "datum": ("uppföljningsdatum",),
    "slag": ("typ", "uppföljningstyp"),
    "månad": ("avser månad", "avser", "period", "concernedmonth"),
    "antal": ("antal besök", "summa"),
    "ärende": ("ärendenummer", "ärendenr", "aktnummer", "aktnr"),
    "hushåll": ("hushållsid", "hushållsnummer", "akt", "familj"),
    "roll": ("roll i hushållet", "personroll"),
    "ansökan": ("ansökningsdatum", "ansökan inkommen", "inkommen"),
    "beslut": ("beslutstyp", "typ av beslut"),
    "beslutsdatum": ("datum för beslut",),
    "belopp": ("summa", "utbetalt belopp", "amount"),
    "utbetald": ("utbetalningsdatum", "betaldatum", "betaldag", "paydate"),
    "försörjningshinder": ("hinder", "orsak till behov"),
    "anvisning": ("anvisningsid", "anvisningsnummer"),
    "anvisad": ("anvisningsdatum",),
    "deltagande": ("deltagandeid", "kursdeltagande"),
    "studieväg": ("sv",),
    "kurs": ("kurskod",),
    "konto": ("kontonummer", "kontonr"),
    "utfall": ("belopp", "ack utfall"),
    "år": ("årtal",),
}


def suggested(headers: Sequence[str], kind: Kind) -> list[str]:
    """Return for each header the field it probably means, empty where nothing fits; no field twice."""
    names = [_plain(header) for header in headers]
    found = [""] * len(headers)
    for ways in (_by_name(kind), _by_alias(kind)):
        for place, name in enumerate(names):
            field = ways.get(name, "")
            if not found[place] and field and field not in found:
                found[place] = field
    exact = _by_name(kind)
    for place, name in enumerate(names):
        near = difflib.get_close_matches(name, exact, n=1, cutoff=_LIKE_ENOUGH) if name and not found[place] else []
        if near and exact[near[0]] not in found:
            found[place] = exact[near[0]]
    return found


def _plain(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", normalised(header))


def _by_name(kind: Kind) -> dict[str, str]:
    return {_plain(column.header): column.field for column in kind.columns}


def _by_alias(kind: Kind) -> dict[str, str]:
    return {
        _plain(alias): column.field for column in reversed(kind.columns) for alias in _ALIASES.get(column.header, ())
    }
