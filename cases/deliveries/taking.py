"""Take a delivery: read, check, compare, store. Whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing

from django.db import transaction
from django.utils import timezone

from cases.bulk import copy_in
from cases.deliveries.changes import Counts, counts, mark_ended, superseded, version_columns, versions
from cases.deliveries.checking import Findings, check_across_rows, check_within_rows, warnings_found
from cases.deliveries.findings import SHOWN, FileFault, Level
from cases.deliveries.followers import followers
from cases.deliveries.locking import wait_for_turn
from cases.deliveries.opening import opened
from cases.deliveries.progress import Told, Work, nobody
from cases.deliveries.reading import size_of
from cases.deliveries.recognising import fingerprint, recognised
from cases.deliveries.result import DeliveryResult, FileResult
from cases.deliveries.sie_costs import SieCosts
from cases.deliveries.sources import SourceFile
from cases.deliveries.staging import Staging
from cases.deliveries.stored import bring_current, bring_lists
from cases.kinds import PERSONS, Kind
from cases.models import DeliveredFile, Delivery, DeliveryWarning, MappingProfile
from cases.profiles.model import CANONICAL
from cases.profiles.reading import read_profile
from committees.disk import NO_ROOM, is_full
from committees.models import User

_IDS_AT_A_TIME = 500


class NotFollowed(Exception):
    """A delivery is stored, but what follows it (a new snapshot for the pages) failed; Swedish."""

    def __init__(self, delivery: Delivery, fault: Exception) -> None:
        """Say which delivery, and what is known of why."""
        why = NO_ROOM if is_full(fault) else "Felet finns i serverns logg."
        super().__init__(
            f"{delivery} är inläst, men siffrorna på sidorna är inte omräknade: underlaget kunde inte tas. {why} "
            "Ta ett nytt underlag med freeze när felet är avhjälpt."
        )


def _nothing_to_settle(result: DeliveryResult) -> None:
    del result


def take_delivery(
    *,
    files: Sequence[SourceFile],
    by: User | None,
    profile: MappingProfile | None = None,
    replace: bool = False,
    dry_run: bool = False,
    told: Told = nobody,
    settle: Callable[[DeliveryResult], object] = _nothing_to_settle,
    today: dt.date | None = None,
) -> DeliveryResult:
    """Take the files as one delivery and return what became of it; a refused or unchanged one has stored nothing.

    `profile` says how files of a source system are read; without it they have the canonical headers and codes. `told` hears
    how it goes, and stops it by raising. `settle` gets the result in the transaction that stores the delivery: what it writes
    is there when the delivery is, and if it raises nothing is. The followers hear of a taken delivery once it is committed;
    raises NotFollowed when one of them fails, and then the delivery is stored all the same.
    """
    known = None if dry_run else recognised(files, profile=profile, replace=replace)
    if known is not None:
        with transaction.atomic():
            settle(known)
        return known
    with closing(Staging(today or timezone.localdate())) as staging:
        work = Work(told, size=sum(map(_size, files)), stores=not dry_run)
        take = _Taking(staging, files, by=by, profile=profile, replace=replace, work=work)
        take.read()
        if not dry_run:
            work.stored(0, of=1)
        with transaction.atomic():
            wait_for_turn()
            take.compare()
            result = take.result("checked") if dry_run else take.store()
            settle(result)
    return result


def look_at_delivery(
    *, files: Sequence[SourceFile], profile: MappingProfile | None, replace: bool, shown: int
) -> DeliveryResult:
    """Return what taking the files would say, with so many faults of each level as `shown`; nothing is stored."""
    with closing(Staging(timezone.localdate())) as staging:
        work = Work(nobody, size=0, stores=False)
        take = _Taking(staging, files, by=None, profile=profile, replace=replace, work=work, shown=shown)
        take.read()
        with transaction.atomic():
            wait_for_turn()
            take.compare()
            return take.result("checked")


def _size(source: SourceFile) -> int:
    try:
        return size_of(source.content)
    except OSError:
        return 0  # said with the other faults when the file is read


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
        work: Work,
        shown: int = SHOWN,
    ) -> None:
        self.staging, self.by, self.replace, self._work = staging, by, replace, work
        self._profile = profile
        self._mapping = read_profile(profile.text) if profile else CANONICAL
        self.files = {source.kind: FileResult(source.kind.name, source.name) for source in files}
        self.findings = Findings({source.kind.name: source.name for source in files}, shown)
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
        self.staging.type_all(self._work.checked)
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
                told = self._work.read_file(_size(source), file.expected)
                result.rows = self.staging.read(source.kind, file, told)
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
        delivery = Delivery.objects.create(
            by=self.by, replaces=self.replace, profile=self._profile, fingerprint=self._fingerprint()
        )
        stored = 0
        for kind in self._touched:
            if not self.counts[kind].nothing:
                stored += self._store_versions(kind, delivery, stored)
        DeliveredFile.objects.bulk_create(_delivered_files(delivery, self.files.values()))
        copy_in(DeliveryWarning, _WARNING_COLUMNS, self._warning_rows(delivery))
        transaction.on_commit(self.staging.close)  # what follows needs the memory
        transaction.on_commit(lambda: tell_followers(delivery))
        return self.result("taken", delivery.pk)

    def _fingerprint(self) -> str:
        files = {kind: file.sha256 for kind, file in self.files.items()}
        return fingerprint(files, profile=self._profile, replace=self.replace)

    def _store_versions(self, kind: Kind, delivery: Delivery, before: int) -> int:
        """Store the kind's versions, after so many of other kinds, and return how many they are."""
        ids = superseded(self.staging, kind)
        for start in range(0, len(ids), _IDS_AT_A_TIME):
            old = kind.model.objects.filter(pk__in=ids[start : start + _IDS_AT_A_TIME])
            old.update(superseded_by=delivery)
        of = sum(count.new + count.changed for count in self.counts.values())
        rows = self._work.storing(versions(self.staging, kind, delivery.pk), before=before, of=of)
        return copy_in(kind.model, version_columns(kind), rows)

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
            ignored_columns=list(result.ignored_columns),
            accounts=result.accounts,
        )
        for result in results
    ]


def tell_followers(delivery: Delivery) -> None:
    """Tell everyone who follows deliveries of one that is stored. Raises NotFollowed when one of them fails."""
    for follower in followers():
        try:
            follower.delivery_taken(delivery)
        except Exception as fault:
            raise NotFollowed(delivery, fault) from fault
