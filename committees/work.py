"""Work in the background that outlives its worker: what a process that is gone had begun is begun anew by the next one.

Every worker holds a lock on a file of its own in MEDIA_ROOT as long as it lives. The system lets go of the lock when the process
ends, however it ends, so a task whose worker's file is not locked is nobody's. All workers of an installation share MEDIA_ROOT,
for there the files they work on are.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

_CUT_OFF = ("builtins.SystemExit", "builtins.KeyboardInterrupt")
"""How a task ends whose worker is told twice to stop."""


@contextlib.contextmanager
def on_duty(worker_id: str) -> Iterator[None]:
    """Be known as alive under that name as long as the block runs."""
    path = _path_of(worker_id)
    file = _locked(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        file.close()


def take_back() -> int:
    """Let tasks that nobody works on any longer be done by the next worker that is free; return how many they were."""
    left = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING) | DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, exception_class_path__in=_CUT_OFF
    )
    count = 0
    for result in left.order_by("enqueued_at"):
        if not result.worker_ids or not _is_alive(result.worker_ids[-1]):
            # Whoever claims a task writes when it began: of two workers that see it, one takes it back.
            same = DBTaskResult.objects.filter(pk=result.pk, status=result.status, started_at=result.started_at)
            count += same.update(status=TaskResultStatus.READY, finished_at=None)
    _clear()
    return count


def _folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "workers"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _path_of(worker_id: str) -> Path:
    return _folder() / f"{hashlib.sha256(worker_id.encode()).hexdigest()}.lock"


def _locked(path: Path) -> BinaryIO:
    """Return the file, locked; one that was cleared away before it was locked is made again."""
    while True:
        file = path.open("ab")
        fcntl.flock(file, fcntl.LOCK_EX)
        if _same(path, file):
            return file
        file.close()


def _same(path: Path, file: BinaryIO) -> bool:
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False


def _is_alive(worker_id: str) -> bool:
    return _is_held(_path_of(worker_id))


def _is_held(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _clear() -> None:
    for path in _folder().glob("*.lock"):
        if not _is_held(path):
            path.unlink(missing_ok=True)
