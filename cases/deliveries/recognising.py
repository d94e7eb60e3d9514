"""Knowing the same files again without reading their rows: nothing can be new in them while nothing else has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from cases.deliveries.findings import SHOWN, Finding, in_order
from cases.deliveries.reading import sha256_of
from cases.deliveries.result import DeliveryResult, FileResult
from cases.deliveries.sources import SourceFile
from cases.deliveries.staging import reading_sql
from cases.deliveries.stored import known_codes
from cases.kinds import PERSONS, Kind
from cases.models import Delivery, DeliveryWarning, MappingProfile
from cases.persons import person_key


def fingerprint(files: Mapping[Kind, str], *, profile: MappingProfile | None, replace: bool) -> str:
    """Return the hash of the files (their SHA-256) and of all that decides what is read in them and how it is compared.

    That is the profile, the municipality's own codes, the key of the persons' hash and the program's own reading.
    """
    said = {
        "files": {kind.name: [sha256, reading_sql(kind)] for kind, sha256 in files.items()},
        "profile": profile.text if profile else "",
        "replace": replace,
        "codes": known_codes(),
        "persons": person_key(""),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def recognised(
    sources: Sequence[SourceFile], *, profile: MappingProfile | None, replace: bool
) -> DeliveryResult | None:
    """Return what there is to say of files that were taken before, when no row they have has changed since; else None."""
    if not Delivery.objects.exclude(fingerprint="").exists():
        return None
    try:
        files = {source.kind: sha256_of(source.content) for source in sources}
    except OSError:
        return None  # said with the other faults when the files are read
    known = Delivery.objects.filter(fingerprint=fingerprint(files, profile=profile, replace=replace)).first()
    if known is None or _changed_since(known, files):
        return None
    return _told(known, {source.kind.name: source.name for source in sources})


def forget_fingerprints() -> None:
    """Let no delivery be known again: rows have gone that its files may have."""
    Delivery.objects.exclude(fingerprint="").update(fingerprint="")


def _changed_since(known: Delivery, kinds: Iterable[Kind]) -> bool:
    newer = Delivery.objects.filter(pk__gt=known.pk)
    return newer.exists() and any(
        kind.model.objects.filter(**{f"{by}__in": newer}).exists()
        for kind in {*kinds, PERSONS}
        for by in ("delivery", "superseded_by")
    )


def _told(known: Delivery, names: Mapping[str, str]) -> DeliveryResult:
    files = [
        FileResult(
            kind=file.kind,
            file=names[file.kind],
            sha256=file.sha256,
            rows=file.rows,
            unchanged=file.rows,
            ignored_columns=tuple(file.ignored_columns),
            accounts=file.accounts,
        )
        for file in known.files.all()
    ]
    files.sort(key=lambda file: list(names).index(file.kind))
    warnings = DeliveryWarning.objects.filter(delivery=known).order_by("kind", "row", "pk")
    shown = [
        Finding(
            one.kind, names.get(one.kind, one.kind), one.row or None, one.column, one.value, one.message, one.check_id
        )
        for one in warnings[:SHOWN]
    ]
    return DeliveryResult("unchanged", files, warnings=in_order(shown), warning_count=warnings.count())
