"""Write a profile as text (TOML), so that reading it gives the same again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise

from cases.deliveries.accounts import AccountRules
from cases.deliveries.rules import FileRules
from cases.kinds import kind_named

_FILE = re.compile(r"^\[\[fil\]\].*$", re.MULTILINE)
_KIND = re.compile(r"^slag\s*=\s*[\"']([a-z_]+)[\"']", re.MULTILINE)
_ACCOUNTS = re.compile(r"^\[fil\.sie\b.*\n?(?:(?!\[).+\n?|\n)*", re.MULTILINE)


def profile_text(*, name: str, system: str, rules: FileRules, before: str = "") -> str:
    """Return the text of a profile that reads one kind of file by these rules and the others as the text before said.

    What the text before says of accounts in a SIE file stays unless the rules say something of them; the description does not,
    nor do comments among what is new.
    """
    starts = [found.start() for found in _FILE.finditer(before)]
    parts = [before[start:end] for start, end in pairwise([*starts, len(before)])]
    kept = [part for part in parts if _kind(part) != rules.kind]
    if rules.accounts is not None:
        accounts = "\n".join(_account_lines(rules.accounts)) + "\n"
    else:
        accounts = "".join("".join(_ACCOUNTS.findall(part)) for part in parts if _kind(part) == rules.kind)
    head = f"[profil]\nnamn = {_quoted(name)}\nsystem = {_quoted(system)}\n"
    return "\n".join([head, *(part.strip() + "\n" for part in kept), "\n".join(_lines(rules)) + "\n", accounts])


def _kind(part: str) -> str:
    found = _KIND.search(part)
    return found[1] if found else ""


def _lines(rules: FileRules) -> Iterator[str]:
    yield "[[fil]]"
    yield f"slag = {_quoted(rules.kind)}"
    forms = rules.forms
    given = {
        "blad": rules.sheet,
        "datumform": forms.dates,
        "manadsform": forms.months,
        "decimaltecken": forms.decimal,
        "tusentalstecken": forms.thousands,
    }
    yield from (f"{key} = {_quoted(text)}" for key, text in given.items() if text)
    if rules.skip:
        yield f"hoppa_over = {rules.skip}"
    kind = kind_named(rules.kind)
    if rules.columns:
        yield "[fil.kolumner]"
        for header, field in rules.columns.items():
            yield f"{_quoted(header)} = {_quoted(kind.column(field).header if field else '')}"
    for field, words in rules.codes.items():
        if words:
            yield f"[fil.koder.{_quoted(kind.column(field).header)}]"
            yield from (f"{_quoted(word)} = {_quoted(code)}" for word, code in words.items())


def _account_lines(accounts: AccountRules) -> Iterator[str]:
    yield "[fil.sie]"
    yield f"enhetsdimension = {_quoted(accounts.unit_dimension)}"
    if accounts.activity_dimension:
        yield f"insatsdimension = {_quoted(accounts.activity_dimension)}"
    groups = (("konton", accounts.accounts), ("enheter", accounts.units), ("insatser", accounts.activities))
    for name, patterns in groups:
        if patterns.leads_to:
            yield f"[fil.sie.{name}]"
            yield from (f"{_quoted(pattern)} = {_quoted(code)}" for pattern, code in patterns.leads_to.items())


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's are, but for the character that only TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
