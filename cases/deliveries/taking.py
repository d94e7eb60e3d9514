"""Take a delivery: read, check, compare, store. Whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone

from cases.bulk import copy_in
from cases.deliveries.changes import Counts, counts, mark_ended, superseded, version_columns, versions
from cases.deliveries.checking import Findings, check_across_rows, check_within_rows, warnings_found
from cases.deliveries.findings import FileFault, Finding, Level
from cases.deliveries.followers import followers
from cases.deliveries.locking import wait_for_turn
from cases.deliveries.opening import opened
from cases.deliveries.sie_costs import SieCosts
from cases.deliveries.sources import SourceFile
from cases.deliveries.staging import Staging
from cases.deliveries.stored import bring_current, bring_lists
from cases.kinds import PERSONS, Kind
from cases.models import DeliveredFile, Delivery, DeliveryWarning, MappingProfile
from cases.profiles.model import CANONICAL
from cases.profiles.reading import read_profile
from committees.models import User

_IDS_AT_A_TIME = 500


@dataclass
class FileResult:
    """What became of one file's rows. `accounts`: of a SIE file what was read and what was left out, in kronor; else empty."""

    kind: str
    file: str
    sha256: str = ""
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    ignored_columns: tuple[str, ...] = ()
    accounts: dict[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return it as `import_files --format json` gives it; `accounts` only for a SIE file."""
        return {name: value for name, value in asdict(self).items() if name != "accounts" or value}


@dataclass
class DeliveryResult:
    """What became of a delivery. `status`: taken, unchanged, checked (a dry run) or refused."""

    status: str
    files: list[FileResult]
    delivery: int | None = None
    errors: list[Finding] = field(default_factory=list)
    error_count: int = 0
    warnings: list[Finding] = field(default_factory=list)
    warning_count: int = 0

    def as_json(self) -> dict[str, object]:
        """Return it as `import_files --format json` gives it."""
        return {
            "delivery": self.delivery,
            "status": self.status,
            "files": [file.as_json() for file in self.files],
            "errors": [finding.as_json() for finding in self.errors],
            "error_count": self.error_count,
            "warnings": [finding.as_json() for finding in self.warnings],
            "warning_count": self.warning_count,
        }


def _nobody_told(rows: int) -> None:
    del rows


def take_delivery(
    *,
    files: Sequence[SourceFile],
    by: User | None,
    profile: MappingProfile | None = None,
    replace: bool = False,
    dry_run: bool = False,
    told: Callable[[int], object] = _nobody_told,
    today: dt.date | None = None,
) -> DeliveryResult:
    """Take the files as one delivery and return what became of it; a refused or unchanged one has stored nothing.

    `profile` says how files of a source system are read; without it they have the canonical headers and codes. `told` is called
    with a number of rows as they are read. The followers hear of a taken delivery once it is committed.
    """
    with closing(Staging(today or timezone.localdate())) as staging:
        take = _Taking(staging, files, by=by, profile=profile, replace=replace, told=told)
        take.read()
        with transaction.atomic():
            wait_for_turn()
            take.compare()
            return take.result("checked") if dry_run else take.store()


class _Taking:
    """One delivery being taken, step by step."""

    def __init__(
        self,
        staging: Staging,
        files: Sequence[SourceFile],
        *,
        by: User | None,
        profile: MappingProfile | None,
        replace: bool,
        told: Callable[[int], object],
    ) -> None:
        self.staging, self.by, self.replace, self._told = staging, by, replace, told
        self._profile = profile
        self._mapping = read_profile(profile.text) if profile else CANONICAL
        self.files = {source.kind: FileResult(source.kind.name, source.name) for source in files}
        self.findings = Findings({source.kind.name: source.name for source in files})
        self.counts: dict[Kind, Counts] = {}
        self._sources = files
        self._unreadable = False

    @property
    def kinds(self) -> list[Kind]:
        return list(self.files)

    def read(self) -> None:
        """Stage every file and look at its rows one by one."""
        for source in self._sources:
            self._read_file(source)
        bring_lists(self.staging)
        self.staging.put("clock", {"today": [self.staging.today]}, {"today": "DATE"})
        self.staging.type_all()
        check_within_rows(self.staging, self.kinds, self.findings)

    def _read_file(self, source: SourceFile) -> None:
        result = self.files[source.kind]
        faults: list[FileFault] = []
        try:
            with opened(source.content, source.kind, self._mapping.rules(source.kind.name)) as (sha256, file):
                result.sha256 = sha256
                result.ignored_columns = file.layout.ignored
                faults = file.faults
                if isinstance(file, SieCosts):
                    result.accounts = file.accounts
                result.rows = self.staging.read(source.kind, file, self._told)
            if self.replace and not result.rows and not faults:
                expected = "minst en rad: en tom fil med --replace skulle avsluta allt av detta slag."
                faults.append(FileFault(expected, "empty_replacement"))
        except FileFault as fault:
            faults.append(fault)
        except OSError:
            faults.append(FileFault("en fil som går att öppna och läsa.", "unreadable_file"))
        self._unreadable = self._unreadable or bool(faults)
        for each in faults:
            self.findings.add(Level.ERROR, each.finding(source.kind.name, source.name))

    def compare(self) -> None:
        """Bring what is stored, look across rows and count what the delivery changes."""
        bring_current(self.staging, self.kinds)
        mark_ended(self.staging, self.kinds if self.replace else [])
        self.staging.add_persons_known_by_number()
        if not self._unreadable:  # else every reference to a row that could not be read would be a fault of its own
            check_across_rows(self.staging, self.kinds, self.findings)
        if not self.findings.counts[Level.ERROR]:
            self.counts = {kind: counts(self.staging, kind) for kind in self._touched}
            for kind, result in self.files.items():
                result.new, result.changed = self.counts[kind].new, self.counts[kind].changed
                result.unchanged, result.ended = self.counts[kind].unchanged, self.counts[kind].ended

    @property
    def _touched(self) -> list[Kind]:
        """The kinds with rows to store: also persons that other files brought."""
        return self.kinds if PERSONS in self.files else [PERSONS, *self.kinds]

    def result(self, status: str, delivery: int | None = None) -> DeliveryResult:
        """Return what there is to say, refused when there are errors."""
        errors = self.findings.counts[Level.ERROR]
        return DeliveryResult(
            status="refused" if errors else status,
            files=list(self.files.values()),
            delivery=delivery,
            errors=self.findings.first(Level.ERROR),
            error_count=errors,
            warnings=self.findings.first(Level.WARNING),
            warning_count=self.findings.counts[Level.WARNING],
        )

    def store(self) -> DeliveryResult:
        """Store the delivery with its versions and warnings, unless it has errors or changes nothing."""
        if self.findings.counts[Level.ERROR] or all(count.nothing for count in self.counts.values()):
            return self.result("unchanged")
        delivery = Delivery.objects.create(by=self.by, replaces=self.replace, profile=self._profile)
        for kind in self._touched:
            if not self.counts[kind].nothing:
                self._store_versions(kind, delivery)
        DeliveredFile.objects.bulk_create(_delivered_files(delivery, self.files.values()))
        copy_in(DeliveryWarning, _WARNING_COLUMNS, self._warning_rows(delivery))
        transaction.on_commit(self.staging.close)  # what follows needs the memory
        transaction.on_commit(lambda: _tell_followers(delivery))
        return self.result("taken", delivery.pk)

    def _store_versions(self, kind: Kind, delivery: Delivery) -> None:
        ids = superseded(self.staging, kind)
        for start in range(0, len(ids), _IDS_AT_A_TIME):
            old = kind.model.objects.filter(pk__in=ids[start : start + _IDS_AT_A_TIME])
            old.update(superseded_by=delivery)
        copy_in(kind.model, version_columns(kind), versions(self.staging, kind, delivery.pk))

    def _warning_rows(self, delivery: Delivery) -> Iterator[tuple[object, ...]]:
        for found in warnings_found(self.staging, self.findings):
            yield delivery.pk, found.check, found.kind, found.row or 0, found.column, found.value, found.expected[:500]


_WARNING_COLUMNS = ("delivery_id", "check_id", "kind", "row", "column", "value", "message")


def _delivered_files(delivery: Delivery, results: Iterable[FileResult]) -> list[DeliveredFile]:
    return [
        DeliveredFile(
            delivery=delivery,
            kind=result.kind,
            name=result.file,
            sha256=result.sha256,
            rows=result.rows,
            new=result.new,
            changed=result.changed,
            unchanged=result.unchanged,
            ended=result.ended,
            accounts=result.accounts,
        )
        for result in results
    ]


def _tell_followers(delivery: Delivery) -> None:
    for follower in followers():
        follower.delivery_taken(delivery)
