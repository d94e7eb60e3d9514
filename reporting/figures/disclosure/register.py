"""The register of what has been published: one small file for each publication, never changed, in a folder of its own.

It holds what everybody has seen (figures as commands.md writes them, the hidden ones empty) and from which data, so that a later
publication can be protected against it. It lies in files and not in the database because figures are also published from snapshot
folders without a database.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reporting.figures.model import Figure, PartFigure, Request, RequestFault, Result
from reporting.figures.requests import request
from reporting.measures.cohorts import Period
from reporting.snapshots.faults import SnapshotFault

FORMAT = 1
_AT_RISK = "at_risk"
_UNFINISHED = ".new-"


class RegisterFault(SnapshotFault):
    """The register cannot be read or written, so nothing can be published. The text is Swedish."""


@dataclass(frozen=True)
class Entry:
    """One publication: of whose data, and the results as they were shown."""

    municipalities: tuple[str, ...]
    snapshots: tuple[str, ...]
    as_of: dt.date
    documents: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, municipalities: Sequence[str], results: Sequence[Result]) -> Entry:
        """Return the entry for results that have been protected together. There is at least one."""
        first = results[0]
        return cls(
            tuple(municipalities), first.snapshots, first.as_of, tuple(_without_sizes(one.as_json()) for one in results)
        )

    def result_of(self, document: Mapping[str, Any]) -> Result:
        """Return one of its results as it was published.

        Raises RequestFault when the question can no longer be asked, since the measure or dimension is gone.
        """
        return Result(
            request=request_of(document),
            as_of=self.as_of,
            snapshots=self.snapshots,
            groups=tuple(_figure(group) for group in document["groups"]),
            total=_figure(document["total"]),
            excluded=document["excluded"],
        )


class Register:
    """The register in a folder. Whoever publishes holds it from reading what is there to adding what is new."""

    def __init__(self, folder: Path) -> None:
        """Use that folder; it is made when something is published."""
        self.folder = folder

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Give the register to one process at a time. Raises RegisterFault when there is no writing in the folder."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / ".lock").open("w")
        except OSError as error:
            raise RegisterFault(
                f"Inget har publicerats: det går inte att skriva i {self.folder}, där registret över vad som har "
                f"publicerats förs ({error.strerror}). Utan registret kan små tal räknas ut ur flera versioner."
            ) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def entries(self) -> list[Entry]:
        """Return everything that has been published, in an order of no meaning. Raises RegisterFault for a damaged file."""
        return [_read(path, path.stat().st_size) for path in sorted(self.folder.glob("*.json"))]

    def add(self, entry: Entry) -> None:
        """Add a publication; the same one again changes nothing. It is there whole or not at all."""
        content = json.dumps(
            {
                "format": FORMAT,
                "municipalities": list(entry.municipalities),
                "snapshots": list(entry.snapshots),
                "as_of": entry.as_of.isoformat(),
                "results": list(entry.documents),
            },
            ensure_ascii=False,
            sort_keys=True,
            indent=1,
        ).encode()
        path = self.folder / f"{hashlib.sha256(content).hexdigest()}.json"
        if path.exists():
            return
        descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o444)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def request_of(document: Mapping[str, Any]) -> Request:
    """Return the question that a published result answered. Raises RequestFault when it can no longer be asked."""
    period = Period(*(dt.date.fromisoformat(document["period"][end]) for end in ("start", "end")))
    variant: str = document["variant"]
    found = request(
        document["measure"], period=period, variant=variant, by=document["by"], where=document.get("where", {})
    )
    if found.variant != variant:
        raise RequestFault(f"Varianten {variant} finns inte längre.")
    return found


@lru_cache(maxsize=4096)
def _read(path: Path, size: int) -> Entry:
    """Read a file once; its name is the hash of what it holds, and `size` only tells a cut file from the whole one."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != path.stem:
        raise RegisterFault(
            f"Inget har publicerats: filen {path} i registret över vad som har publicerats är skadad. "
            "Lägg tillbaka den från en säkerhetskopia."
        )
    document = json.loads(content)
    if document["format"] != FORMAT:
        raise RegisterFault(f"Inget har publicerats: filen {path} är skriven av en annan version av Utfall.")
    return Entry(
        tuple(document["municipalities"]),
        tuple(document["snapshots"]),
        dt.date.fromisoformat(document["as_of"]),
        tuple(document["results"]),
    )


_SIZES = frozenset({"value", "low", "high"})


def _without_sizes(document: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what follows from the counts, so that the files stay small."""

    def kept(figure: Mapping[str, Any]) -> dict[str, Any]:
        inner = {
            place: {name: kept(part) for name, part in figure[place].items()}
            for place in ("within", "parts")
            if place in figure
        }
        return {name: value for name, value in figure.items() if name not in _SIZES} | inner

    groups = [kept(group) for group in document["groups"]]
    return {**document, "groups": groups, "total": kept(document["total"])}


def _figure(document: Mapping[str, Any]) -> Figure:
    return Figure(
        key=document["key"],
        numerator=document["numerator"],
        denominator=document["denominator"],
        value=None,
        persons=document["persons"],
        adds_up=document["adds_up"],
        flags=document["flags"],
        suppressed=document["suppressed"],
        within={name: _part(part) for name, part in document.get("within", {}).items()},
        parts={name: _part(part) for name, part in document.get("parts", {}).items()},
    )


def _part(document: Mapping[str, Any]) -> PartFigure:
    return PartFigure(
        numerator=document["numerator"],
        denominator=document["denominator"],
        value=None,
        persons=document["persons"],
        adds_up=document["adds_up"],
        suppressed=document["suppressed"],
        extra={_AT_RISK: document.get(_AT_RISK)},
    )
