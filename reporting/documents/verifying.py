"""Checking a report that has left the house: its files, its figures, and whether it is the one that was made here.

Everything that is needed stands in the PDF: the manifest says which snapshot, measures and periods each figure rests on. What
disclosure control has hidden is not compared, for nothing of it was told.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporting.documents.layout import MANIFEST_NAME
from reporting.documents.models import Report
from reporting.documents.work.references import reference_faults
from reporting.enums import ReportStatus
from reporting.figures.computing import compute_many
from reporting.figures.disclosure.register import request_of
from reporting.figures.model import Request, RequestFault, Result
from reporting.figures.swedish import MISSING
from reporting.snapshots.engine import Engine
from reporting.snapshots.faults import SnapshotDisposed, SnapshotFault
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.models import Snapshot

LARGEST = 50 * 1024 * 1024
"""Bytes: what a report never comes near."""
_FORMAT = 1
_WORDS = {
    "numerator": "täljare",
    "denominator": "nämnare",
    "value": "värde",
    "low": "undre gräns",
    "high": "övre gräns",
    "persons": "personer",
    "share": "andel",
}
_ABOUT = frozenset({"key", "suppressed"})


class FileFault(Exception):
    """A file that cannot be checked at all; the Swedish text says why."""


@dataclass(frozen=True)
class ReportFile:
    """A report's PDF as it came: its hash, the manifest inside it, and the tables' files by name."""

    sha256: str
    manifest: Mapping[str, Any]
    files: Mapping[str, bytes]


@dataclass
class Verification:
    """What a check has found. `faults`: everything that does not agree; `notes`: what could not be checked, and why.

    `figures`: how many figures were computed again, `hidden`: how many told nothing to compare, `files`: how many files inside
    the PDF were held against the manifest.
    """

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figures: int = 0
    hidden: int = 0
    files: int = 0

    @property
    def agrees(self) -> bool:
        """Whether nothing was found that does not agree."""
        return not self.faults


def read_report(path: Path) -> ReportFile:
    """Read a report's PDF. Raises FileFault when the file cannot be read, is no PDF, or has no manifest of ours inside."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        if path.stat().st_size > LARGEST:
            raise FileFault(f"{path} är för stor för att vara en rapport.")
        content = path.read_bytes()
    except OSError as error:
        raise FileFault(f"{path} går inte att läsa: {error.strerror}.") from error
    if not content.startswith(b"%PDF-"):
        raise FileFault(f"{path} är ingen PDF.")
    try:
        found = {name: files[0] for name, files in PdfReader(io.BytesIO(content)).attachments.items() if files}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileFault(f"{path} är skadad: filerna inuti den går inte att läsa.") from error
    try:
        manifest = json.loads(found.pop(MANIFEST_NAME))
    except KeyError:
        raise FileFault(f"{path} är ingen rapport från Utfall: den har ingen innehållsförteckning inuti.") from None
    except ValueError:
        raise FileFault(f"{path} är skadad: innehållsförteckningen inuti går inte att läsa.") from None
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise FileFault(f"{path} är gjord av en annan version av Utfall och kan inte kontrolleras av den här.")
    return ReportFile(hashlib.sha256(content).hexdigest(), manifest, found)


def verify(report: ReportFile, folder: SnapshotFolder | SnapshotFault | None) -> Verification:
    """Hold the report against the register here, its files against its manifest, and its figures against the snapshot.

    Without a folder the figures are not computed again: a note when its rows have been disposed of by decision, else a fault.
    Nor are they from one that cannot be trusted: why it cannot, given in its place, is then one of the faults. Raises FileFault
    when the manifest lacks what every manifest has.
    """
    found = Verification()
    try:
        _hold_against_register(report, found)
        _hold_files(report, found)
        found.faults += reference_faults(report.manifest)
        if folder is None:
            _say_what_is_gone(report, found)
        elif isinstance(folder, SnapshotFault):
            found.faults.append(f"Siffrorna kan inte räknas om. {folder}")
        else:
            _hold_figures(report, folder, found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FileFault("Innehållsförteckningen inuti filen är inte hel: den är ändrad eller skadad.") from error
    return found


def registered(sha256: str) -> Report | None:
    """Return the finished report whose file has that hash, None when no report made here has."""
    return Report.objects.filter(sha256=sha256, status=ReportStatus.READY).order_by("pk").first()


def _hold_against_register(report: ReportFile, found: Verification) -> None:
    if registered(report.sha256):
        return
    manifest = report.manifest
    namesakes = Report.objects.filter(
        kind=manifest["kind"],
        year=manifest["year"],
        version=manifest["version"],
        snapshot__hash=manifest["snapshot"],
        status=ReportStatus.READY,
    ).prefetch_related("committees")
    for made in namesakes:
        if sorted(committee.code for committee in made.committees.all()) == sorted(manifest["committees"]):
            found.faults.append(f"Filen är inte den som gjordes här: {made} har SHA-256 {made.sha256}.")
            return
    found.notes.append("Rapporten finns inte i registret här, så om filen är den ursprungliga går inte att säga.")


def _say_what_is_gone(report: ReportFile, found: Verification) -> None:
    name = report.manifest["snapshot"]
    snapshot = Snapshot.objects.filter(hash=name).first()
    try:
        if snapshot is not None:
            snapshot.require_kept()
    except SnapshotDisposed as disposed:
        found.notes.append(str(disposed))
        return
    found.faults.append(f"Underlaget {name} finns inte här, så siffrorna kan inte räknas om.")


def _hold_files(report: ReportFile, found: Verification) -> None:
    told = {table["file"]: table["sha256"] for table in report.manifest["tables"]}
    for name, sha256 in told.items():
        found.files += 1
        if name not in report.files:
            found.faults.append(f"Filen {name} saknas inuti rapporten.")
        elif hashlib.sha256(report.files[name]).hexdigest() != sha256:
            found.faults.append(f"Filen {name} inuti rapporten är ändrad.")
    found.faults += [f"Filen {name} hör inte till rapporten." for name in sorted(set(report.files) - set(told))]


def _hold_figures(report: ReportFile, folder: SnapshotFolder, found: Verification) -> None:
    if folder.hash != report.manifest["snapshot"]:
        found.faults.append(f"Rapporten bygger på underlaget {report.manifest['snapshot']}, inte på {folder.hash}.")
        return
    asked: list[tuple[Mapping[str, Any], Request]] = []
    for document in report.manifest["figures"]:
        try:
            request = request_of(document)
        except RequestFault as fault:
            found.faults.append(f"{document['measure']} kan inte räknas om: {fault}")
            continue
        if request.measure.version != document["version"]:
            found.notes.append(
                f"{request.measure.name} räknas i dag enligt version {request.measure.version} av definitionen, "
                f"rapporten enligt version {document['version']}."
            )
        asked.append((document, request))
    engine = Engine.open([folder])
    try:
        if str(engine.as_of) != report.manifest["as_of"]:
            found.faults.append(
                f"Underlaget har uppgifter till och med {engine.as_of}, rapporten säger {report.manifest['as_of']}."
            )
        results = compute_many(engine, [request for _, request in asked])
    except SnapshotFault as fault:
        found.faults.append(str(fault))
        return
    finally:
        engine.close()
    for (document, _), result in zip(asked, results, strict=True):
        _hold_result(document, result, found)


def _hold_result(document: Mapping[str, Any], result: Result, found: Verification) -> None:
    whose = f"{result.measure.name} {result.period.label()}"
    again = result.as_json()
    _hold_figure(whose, document["total"], again["total"], found)
    groups = {_key(group): group for group in again["groups"]}  # type: ignore[attr-defined]  # a list of figures
    published = {_key(group): group for group in document["groups"]}
    for key, group in published.items():
        name = f"{whose}, {', '.join(str(value) for _, value in key)}"
        if key in groups:
            _hold_figure(name, group, groups[key], found)
        else:
            found.faults.append(f"{name}: finns i rapporten men inte i underlaget.")
    found.faults += [
        f"{whose}, {', '.join(str(value) for _, value in key)}: finns i underlaget men inte i rapporten."
        for key in groups
        if key not in published
    ]
    for reason, count in document["excluded"].items():
        if count is not None and count != result.excluded.get(reason):
            found.faults.append(
                f"{whose}, utelämnade ({reason}): {count} i rapporten, {result.excluded.get(reason)} i underlaget."
            )


def _hold_figure(name: str, published: Mapping[str, Any], again: Any, found: Verification) -> None:
    """Compare everything that a figure tells, and what is inside it. A hidden figure must tell nothing."""
    if published["suppressed"]:
        found.hidden += 1
        if any(published.get(count) is not None for count in ("numerator", "denominator", "value", "low", "high")):
            found.faults.append(f"{name}: siffran ska vara dold men har ett värde.")
        return
    found.figures += 1
    found.faults += [f"{name}: {fault}" for fault in _differences(published, again)]


def _differences(published: Mapping[str, Any], again: Any) -> Iterator[str]:
    for field_name, told in published.items():
        if field_name in _ABOUT or told is None:
            continue
        now = again.get(field_name) if isinstance(again, Mapping) else None
        word = _WORDS.get(field_name, field_name)
        if isinstance(told, Mapping):
            if not told.get("suppressed"):
                yield from (f"{word}, {fault}" for fault in _differences(told, now))
        elif not _same(told, now):
            yield f"{word} {told} i rapporten, {MISSING if now is None else now} i underlaget"


def _same(told: object, now: object) -> bool:
    """Whether two numbers are the same to the last digit that is sure; anything else must be equal."""
    if isinstance(told, float) and isinstance(now, int | float):
        return math.isclose(told, now, rel_tol=1e-9, abs_tol=1e-9)
    return told == now


def _key(group: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(group["key"].items()))
