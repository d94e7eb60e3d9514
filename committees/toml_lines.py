"""Where in a TOML text each key and table stands, which the standard library's reader does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_FENCES = ('"""', "'''")


class Lines:
    """The lines of a TOML text by path: ("avsnitt", 0, "fragor", 2, "nummer") is the key in the third question."""

    def __init__(self, text: str) -> None:
        """Walk the text once. It need not be valid in more than its form."""
        self._found: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        here: Path = ()
        for number, line in _outside_texts(text):
            header = _HEADER.match(line)
            if header:
                here = self._enter(_names(header[2]), is_array=header[1] == "[[")
                self._found.setdefault(here, number)
                continue
            key = _KEY.match(line)
            if key:
                self._found.setdefault((*here, *_names(key[1])), number)

    def of(self, path: Path) -> int | None:
        """Return the line of the path or of the nearest table around it, None when nothing of it stands in the text."""
        while path:
            if path in self._found:
                return self._found[path]
            path = path[:-1]
        return None

    def _enter(self, names: tuple[str, ...], *, is_array: bool) -> Path:
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path])
        path = (*path, names[-1])
        if not is_array:
            return path
        self._counts[path] = self._counts.get(path, -1) + 1
        return (*path, self._counts[path])


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))


def _outside_texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines that begin outside a text over several lines."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not fence:
            yield number, line
        rest = line
        while rest:
            if fence:
                _, closed, rest = rest.partition(fence)
                fence = "" if closed else fence
                continue
            first = min((rest.find(one), one) for one in _FENCES if one in rest) if _opens(rest) else None
            if first is None:
                break
            fence, rest = first[1], rest[first[0] + 3 :]


def _opens(rest: str) -> bool:
    return any(fence in rest for fence in _FENCES)
