"""What a register extract is made of, and who is asked for its parts.

What holds a person may stand in rooms above this one, which may not be imported here; they register themselves when the
application starts (`AppConfig.ready`), as those who follow deliveries do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sought:
    """A person by keyed hash, and the keys under which single cases of theirs stand in snapshots, logs and samples.

    `cases` has the keys of enrolments, support cases, referrals and participations, and the hash itself.
    """

    person: str
    enrolments: frozenset[str]
    cases: frozenset[str]

    def is_named_by(self, key: str) -> bool:
        """Whether a measure's key of a case (`unit_key`) is of this person: alone or as the first or last of several parts."""
        parts = key.split("/")
        return any(
            "/".join(parts[:count]) in self.cases or "/".join(parts[-count:]) in self.cases
            for count in range(1, len(parts) + 1)
        )


@dataclass(frozen=True)
class Section:
    """One table of an extract; the cells are texts as a reader sees them. `what` says what stands in it."""

    title: str
    what: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Holder = Callable[[Sought], list[Section]]

_holders: list[Holder] = []


def register(holder: Holder) -> None:
    """Let the holder be asked for what it has of a person; the same one twice counts once."""
    if holder not in _holders:
        _holders.append(holder)


def holders() -> tuple[Holder, ...]:
    """Return the holders in the order they registered."""
    return tuple(_holders)
