"""Handing in files in the web application: they wait sealed, are looked at and taken by the worker, and do not stay."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from cases.deliveries.progress import Clock, Progress, Step
from cases.deliveries.result import DeliveryResult
from cases.deliveries.sources import SourceFile, kind_by_name
from cases.deliveries.taking import NotFollowed, take_delivery, tell_followers
from cases.enums import WaitingState
from cases.kinds import kind_named
from cases.models import MappingProfile, WaitingDelivery, WaitingFile
from cases.models.waiting import CAN_BE_STOPPED, LONGEST_WAIT, WORKING
from cases.uploads.receiving import SealedUpload
from cases.uploads.sealing import SealedFile, folder, path_of
from committees.actions.changes import log_change
from committees.disk import NO_ROOM, is_full
from committees.models import User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse
from committees.workflows import MoveFault

_BETWEEN_SIGNS_OF_LIFE = 1.0
_LONGEST_UPLOAD = dt.timedelta(hours=6)
_OUTCOMES = {
    "checked": WaitingState.CHECKED,
    "taken": WaitingState.TAKEN,
    "unchanged": WaitingState.UNCHANGED,
    "refused": WaitingState.REFUSED,
}
_MOST_ATTEMPTS = 3
_STORED_SOON = "Raderna sparas just nu, och då går det inte att avbryta. Vänta tills det är klart."
_BUSY = "Filerna bearbetas just nu. Vänta tills det är klart, eller avbryt."


class _Stopped(Exception):
    """Somebody has asked the work to stop."""


def hand_in(*, files: Sequence[SealedUpload], by: User) -> WaitingDelivery:
    """Record files that have been received, and see to it that they are gone in time. Raises PermissionDenied."""
    _require(by)
    sweep_handed_in(now=timezone.now())
    with transaction.atomic():
        waiting = WaitingDelivery.objects.create(by=by)
        taken: set[str] = set()
        for file in files:
            found = kind_by_name(file.name or "")
            kind = found.name if found and found.name not in taken else ""
            taken.add(kind)
            name = SourceFile.shown_name(file.name or "")
            WaitingFile.objects.create(handed_in=waiting, kind=kind, name=name, size=file.size or 0, place=file.place)
        log_change(waiting, field="state", before="", after=WaitingState.WAITING.label, by=by)
        transaction.on_commit(lambda: sweep.using(run_after=waiting.gone_at).enqueue())
    return waiting


def begin(
    *,
    waiting: WaitingDelivery,
    kinds: Mapping[int, str],
    profile: MappingProfile | None,
    replaces: bool,
    take: bool,
    by: User,
) -> None:
    """Let the worker look at the files, or with `take` take them as a delivery. `kinds` are by the files' ids.

    Raises PermissionDenied, ValidationError when the kinds do not tell the files apart, MoveFault when the files are gone or
    somebody works on them.
    """
    _require(by)
    files = list(waiting.files.all())
    said = [kinds.get(file.pk, "") for file in files]
    if "" in said or len(set(said)) != len(said):
        raise ValidationError("Välj ett slag för varje fil. En leverans har högst en fil av varje slag.")
    state = WaitingState.TAKING if take else WaitingState.CHECKING
    with transaction.atomic():
        locked = _held(waiting)
        log_change(locked, field="state", before=locked.get_state_display(), after=state.label, by=by)
        WaitingFile.objects.filter(handed_in=locked).update(kind="")
        for file, kind in zip(files, said, strict=True):
            WaitingFile.objects.filter(pk=file.pk).update(kind=kind)
        locked.profile, locked.replaces, locked.state = profile, replaces, state
        locked.rows_read, locked.ready_at, locked.outcome = 0, None, {}
        locked.save()
        transaction.on_commit(lambda: work_through.enqueue(locked.pk))


def read_by(*, waiting: WaitingDelivery, profile: MappingProfile, by: User) -> None:
    """Let the files be read by a profile from now on. Raises PermissionDenied, or MoveFault as `throw_away` does."""
    _require(by)
    with transaction.atomic():
        locked = _held(waiting)
        log_change(locked, field="profile", before=str(locked.profile or ""), after=str(profile), by=by)
        locked.profile, locked.state, locked.outcome = profile, WaitingState.WAITING, {}
        locked.save()


def throw_away(*, waiting: WaitingDelivery, by: User) -> None:
    """Remove the files without taking them.

    Raises PermissionDenied, or MoveFault when they are gone or somebody works on them.
    """
    _require(by)
    with transaction.atomic():
        locked = _held(waiting)
        log_change(
            locked, field="state", before=locked.get_state_display(), after=WaitingState.THROWN_AWAY.label, by=by
        )
        locked.state, locked.outcome = WaitingState.THROWN_AWAY, {}
        locked.save()
        transaction.on_commit(lambda: _remove_files(locked))


def stop(*, waiting: WaitingDelivery, by: User) -> None:
    """Ask the worker to stop, which it does while rows are read and checked: then neither rows nor files are left.

    Raises PermissionDenied, or MoveFault when nothing is done or the rows are being stored.
    """
    _require(by)
    mine = WaitingDelivery.objects.filter(pk=waiting.pk)
    with transaction.atomic():
        if not mine.filter(state__in=CAN_BE_STOPPED).update(state=WaitingState.STOPPING, moved_at=timezone.now()):
            storing = mine.filter(state=WaitingState.STORING).exists()
            raise MoveFault(_STORED_SOON if storing else "Det är inget arbete som pågår.")
        log_change(waiting, field="state", before=waiting.get_state_display(), after=WaitingState.STOPPING.label, by=by)


@task(takes_context=True)
def work_through(context: TaskContext, waiting_id: int) -> None:
    """What the worker does with files that somebody wants looked at or taken; begun anew when a worker was cut off."""
    work(waiting_id, attempt=context.attempt)


@task()
def sweep() -> None:
    """What the worker does when the time of a hand-in is out."""
    sweep_handed_in(now=timezone.now())


def work(waiting_id: int, *, attempt: int = 1) -> None:
    """Look at the files or take them, and say in the row what became of it. What nobody foresaw is raised as well.

    Work that was cut off is begun anew, for nothing of it is left; what has cut off several workers is given up.
    """
    waiting = WaitingDelivery.objects.filter(pk=waiting_id).first()
    if waiting is None:  # its time was out
        return
    if waiting.state == WaitingState.TAKEN and attempt > 1:
        _finish_taken(waiting)
    elif waiting.state == WaitingState.STOPPING:
        _leave_nothing(waiting)
    elif waiting.state in WORKING:
        _work_on(waiting, attempt)


def _work_on(waiting: WaitingDelivery, attempt: int) -> None:
    if attempt > _MOST_ATTEMPTS:
        _fail(waiting, f"Det har avbrutits {_MOST_ATTEMPTS} gånger, kanske för att minnet tog slut.")
        return
    begun = WaitingDelivery.objects.filter(pk=waiting.pk, state=waiting.state)
    if waiting.state == WaitingState.STORING:
        waiting.state = WaitingState.TAKING
    begun.update(state=waiting.state, rows_read=0, ready_at=None, moved_at=timezone.now())
    files = [SourceFile(kind_named(file.kind), SealedFile(file.place), file.name) for file in waiting.files.all()]
    try:
        take_delivery(
            files=files,
            by=waiting.by,
            profile=waiting.profile,
            replace=waiting.replaces,
            dry_run=waiting.state == WaitingState.CHECKING,
            told=_Progress(waiting),
            settle=partial(_settle, waiting),
        )
    except _Stopped:
        _leave_nothing(waiting)
    except NotFollowed as fault:
        WaitingDelivery.objects.filter(pk=waiting.pk).update(outcome=waiting.outcome | {"message": str(fault)})
        raise
    except Exception as fault:
        _fail(waiting, NO_ROOM if is_full(fault) else "")
        raise


def _finish_taken(waiting: WaitingDelivery) -> None:
    """Do what a worker that was cut off just after the delivery was stored did not come to do."""
    _remove_files(waiting)
    if waiting.delivery is not None:
        tell_followers(waiting.delivery)


def sweep_handed_in(*, now: dt.datetime) -> int:
    """Remove what was handed in more than 72 hours ago and files that nobody knows of; return how many hand-ins went."""
    old = WaitingDelivery.objects.filter(at__lte=now - LONGEST_WAIT)
    for waiting in old:
        _remove_files(waiting)
    count = old.count()
    old.delete()
    known = {path_of(place) for place in WaitingFile.objects.values_list("place", flat=True)}
    for path in set(folder().glob("*.sealed")) - known:
        if now.timestamp() - path.stat().st_mtime > _LONGEST_UPLOAD.total_seconds():  # else it may still be coming in
            path.unlink(missing_ok=True)
    return count


class _Progress:
    """Says in the row how far the work has come, and stops it when somebody has asked for that.

    When rows begin to be stored it says so once and for all: the transaction that stores them hides everything until its end.
    """

    def __init__(self, waiting: WaitingDelivery) -> None:
        self._waiting, self._clock, self._said = waiting, Clock(), time.monotonic()
        self._working = WaitingDelivery.objects.filter(pk=waiting.pk, state__in=CAN_BE_STOPPED)
        self._stores = False

    def __call__(self, progress: Progress) -> None:
        if self._stores:
            return
        self._stores = progress.step is Step.STORING
        if not self._stores and time.monotonic() - self._said < _BETWEEN_SIGNS_OF_LIFE:
            return
        self._said, now = time.monotonic(), timezone.now()
        left = self._clock.seconds_left(progress.share)
        said: dict[str, object] = {"moved_at": now}
        if not self._stores:
            said["rows_read"] = progress.rows
        if left is not None:
            said["ready_at"] = now + dt.timedelta(seconds=left)
        if self._stores:
            said["state"] = self._waiting.state = WaitingState.STORING
        if not self._working.update(**said):
            raise _Stopped


def _require(by: User) -> None:
    if not access_of(by).may_everywhere(Permission.DELIVER):
        raise refuse(Permission.DELIVER)


def _held(waiting: WaitingDelivery) -> WaitingDelivery:
    """Return the row, locked, when something can be done with it. Raises MoveFault."""
    locked = WaitingDelivery.objects.select_for_update().get(pk=waiting.pk)
    if locked.is_worked_on(timezone.now()):
        raise MoveFault(_BUSY)
    if locked.files_are_gone:
        raise MoveFault("Filerna är borttagna. Lämna in dem igen.")
    return locked


def _state_after(result: DeliveryResult, waiting: WaitingDelivery) -> WaitingState:
    """Files with faults that were only looked at stay, so that another profile can be tried on them."""
    if result.status == "refused" and waiting.state == WaitingState.CHECKING:
        return WaitingState.CHECKED
    return _OUTCOMES[result.status]


def _settle(waiting: WaitingDelivery, result: DeliveryResult) -> None:
    """Say what became of the work, in the transaction that stores it. Raises _Stopped when it is no longer wanted."""
    if not WaitingDelivery.objects.select_for_update().filter(pk=waiting.pk, state=waiting.state).exists():
        raise _Stopped
    _end(waiting, _state_after(result, waiting), result)


def _leave_nothing(waiting: WaitingDelivery) -> None:
    """End work that somebody has stopped, or whose files have gone meanwhile."""
    if WaitingDelivery.objects.filter(pk=waiting.pk, state=WaitingState.STOPPING).exists():
        _end(waiting, WaitingState.THROWN_AWAY)


def _fail(waiting: WaitingDelivery, message: str) -> None:
    """End work that cannot be done; without a message the page leads to the server's log."""
    _end(waiting, WaitingState.FAILED)
    if message:
        WaitingDelivery.objects.filter(pk=waiting.pk).update(outcome={"message": message})


def _end(waiting: WaitingDelivery, state: WaitingState, result: DeliveryResult | None = None) -> None:
    waiting.state, waiting.outcome, waiting.ready_at = state, result.as_json() if result else {}, None
    waiting.rows_read = sum(file.rows for file in result.files) if result else 0
    waiting.delivery_id = result.delivery if result else None
    with transaction.atomic():
        waiting.save()
        if waiting.files_are_gone:
            transaction.on_commit(lambda: _remove_files(waiting))


def _remove_files(waiting: WaitingDelivery) -> None:
    for file in waiting.files.all():
        path_of(file.place).unlink(missing_ok=True)
