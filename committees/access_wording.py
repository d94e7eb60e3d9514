"""What a look at cases was narrowed to, in Swedish. The names stand in rooms above this one, which put the words here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Wording = Callable[[str, Mapping[str, Sequence[str]]], Sequence[str]]
"""From a measure's code and the logged filters to what they are called: "Kön: Kvinna"."""

_wordings: list[Wording] = []


def register_wording(wording: Wording) -> None:
    """Let the log tell its filters in the words of the room that shows the cases; the last one that registers is asked."""
    _wordings.append(wording)


def filters_in_words(measure: str, filters: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the filters in words, as they are named in addresses while nobody has said what they are called."""
    if _wordings:
        return _wordings[-1](measure, filters)
    return [f"{name}: {', '.join(values)}" for name, values in filters.items()]
