"""Which files a delivery has, and of which kinds: known by their names, or said with KIND=PATH."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cases.deliveries.findings import shown
from cases.deliveries.headers import normalised
from cases.deliveries.reading import Content
from cases.kinds import COSTS, KINDS, Kind

_ENDINGS = {".csv", ".xlsx", ".xls"}
_SIE_ENDINGS = {".se", ".si", ".sie"}


class SourceFault(Exception):
    """The call names files that cannot be understood as a delivery (wrong usage); Swedish."""


class NothingToTake(Exception):
    """A folder without a file of any known kind; Swedish."""


@dataclass(frozen=True)
class SourceFile:
    """A file and its kind. `name` is the file's as it may be shown and stored (`shown_name`)."""

    kind: Kind
    content: Content
    name: str

    @classmethod
    def at(cls, kind: Kind, path: Path) -> SourceFile:
        """Return the file at a path."""
        return cls(kind, path, cls.shown_name(path.name))

    @staticmethod
    def shown_name(name: str) -> str:
        """Return a file's name without what looks like a personal number."""
        return shown(name)


@dataclass(frozen=True)
class Sources:
    """The files of one delivery in the order of the kinds, and the names of those in a folder that are of no kind."""

    files: tuple[SourceFile, ...]
    unknown: tuple[str, ...] = ()


def find_sources(paths: Iterable[str]) -> Sources:
    """Return the files that the paths name. Raises SourceFault or NothingToTake."""
    found: list[SourceFile] = []
    unknown: list[str] = []
    for text in paths:
        for source in _sources(text):
            if isinstance(source, SourceFile):
                found.append(source)
            else:
                unknown.append(source)
    _refuse_repeated(found)
    if not found:
        raise NothingToTake(
            "Ingen fil att läsa in: "
            + (f"okända filnamn är {', '.join(unknown)}. " if unknown else "mappen är tom. ")
            + _known()
        )
    order = {kind: number for number, kind in enumerate(KINDS)}
    return Sources(tuple(sorted(found, key=lambda source: order[source.kind])), tuple(unknown))


def _sources(text: str) -> Iterator[SourceFile | str]:
    name, mark, rest = text.partition("=")
    if mark and not Path(text).exists():
        yield SourceFile.at(_kind_said(name), _existing_file(rest))
        return
    path = Path(text)
    if path.is_dir():
        yield from (
            _in_folder(file) for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith(".")
        )
        return
    kind = _kind_of(_existing_file(text))
    if kind is None:
        raise SourceFault(
            f"Filnamnet {shown(path.name)} säger inte vilket slag filen är. Skriv SLAG=SÖKVÄG. {_known()}"
        )
    yield SourceFile.at(kind, path)


def _in_folder(file: Path) -> SourceFile | str:
    kind = _kind_of(file)
    return shown(file.name) if kind is None else SourceFile.at(kind, file)


def _existing_file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise SourceFault(f"Filen {shown(text)} finns inte.")
    return path


def kind_by_name(name: str) -> Kind | None:
    """Return the kind that a file's name says, None when it says none."""
    return _kind_of(Path(name))


def _kind_of(path: Path) -> Kind | None:
    """The kind by the file's name. Of the ending only that it is a table's or accounts': what it is, its content says."""
    if path.suffix.lower() in _SIE_ENDINGS:
        return COSTS
    if path.suffix.lower() not in _ENDINGS:
        return None
    return next((kind for kind in KINDS if normalised(path.stem) == kind.name), None)


def _kind_said(name: str) -> Kind:
    found = next((kind for kind in KINDS if normalised(name) == kind.name), None)
    if found is not None:
        return found
    near = difflib.get_close_matches(normalised(name), [kind.name for kind in KINDS], n=1)
    hint = f"Menas {near[0]}? " if near else ""
    raise SourceFault(f"Slaget ”{shown(name)}” finns inte. {hint}{_known()}")


def _refuse_repeated(found: list[SourceFile]) -> None:
    seen: dict[Kind, SourceFile] = {}
    for source in found:
        if source.kind in seen:
            raise SourceFault(
                f"En leverans har högst en fil av varje slag, men {seen[source.kind].name} och {source.name} "
                f"är båda {source.kind.name}."
            )
        seen[source.kind] = source


def _known() -> str:
    return f"De slag som finns är {', '.join(kind.name for kind in KINDS)}."
