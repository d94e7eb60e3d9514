"""A process to be killed: `python -m tests.cases.interrupted ACTION …`, on the database that DATABASE_URL names."""

import os
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Model

django.setup()

from cases.actions import handing_in  # noqa: E402
from cases.deliveries.sources import find_sources  # noqa: E402
from cases.deliveries.taking import take_delivery  # noqa: E402
from cases.deliveries.undoing import undo_delivery  # noqa: E402
from cases.enums import WaitingState  # noqa: E402
from cases.kinds import KINDS  # noqa: E402
from cases.models import DeliveredFile, Delivery, DeliveryWarning, SupportMonth, WaitingDelivery  # noqa: E402
from cases.uploads.receiving import SealedUpload  # noqa: E402
from cases.uploads.sealing import folder as waiting_folder  # noqa: E402
from cases.uploads.sealing import seal  # noqa: E402
from committees.enums import Role  # noqa: E402
from committees.models import RoleAssignment, User  # noqa: E402
from committees.municipality_file import set_up  # noqa: E402

Stored = dict[str, list[tuple[object, ...]]]


def prepare(folder: str) -> None:
    """Make the tables, set up the municipality and take the first delivery."""
    call_command("migrate", verbosity=0, skip_checks=True)
    set_up(Path(folder) / "kommun.toml")
    take(f"{folder}/first")


def take(folder: str, killed_after: str = "") -> None:
    """Take the folder's files; with a number of seconds the process kills itself that long after it began."""
    if killed_after:
        threading.Timer(float(killed_after), os.kill, (os.getpid(), signal.SIGKILL)).start()
    _take(folder)
    os._exit(0)  # the timer must not keep the process


def kill_imports(folder: str, times: str) -> None:
    """Take the folder's second delivery so many times, killed later each time; AssertionError if half of it is there."""
    second, before = f"{folder}/second", _stored()
    lasts = _rehearsed(lambda: _take(second))
    for _ in _killed(lambda: _take(second), int(times), lasts):
        _whole_or_nothing(before)


def kill_workers(folder: str, times: str) -> None:
    """Hand the second delivery in and kill one worker after another that takes it up; in the end it is there, once."""
    handing_in._MOST_ATTEMPTS = int(times) + 2  # noqa: SLF001 - here it is not the work that kills them
    user, _ = User.objects.get_or_create(username="leverantoren")
    RoleAssignment.objects.get_or_create(user=user, role=Role.DATA_STEWARD, start="2020-01-01")
    second, before = Path(folder) / "second", _stored()
    _hand_in(second, user)
    lasts = _rehearsed(_work)
    waiting = _hand_in(second, user)
    for _ in _killed(_work, int(times), lasts):
        waiting.refresh_from_db()
        taken = _whole_or_nothing(before)
        assert (waiting.state == WaitingState.TAKEN) is taken, waiting.state
        if taken:
            waiting = _hand_in(second, user)
    _finished(_work)
    waiting.refresh_from_db()
    assert (waiting.state, Delivery.objects.count()) == (WaitingState.TAKEN, 2)
    handing_in.sweep_handed_in(now=waiting.gone_at)
    assert list(waiting_folder().iterdir()) == []


def _take(folder: str) -> None:
    take_delivery(files=find_sources([folder]).files, by=None)


def _work() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, skip_checks=True)


def _hand_in(folder: Path, user: User) -> WaitingDelivery:
    files = []
    for path in sorted(folder.iterdir()):
        place = uuid.uuid4()
        files.append(SealedUpload(place, path.name, seal(place, [path.read_bytes()])))
    waiting = handing_in.hand_in(files=files, by=user)
    kinds = dict(waiting.files.values_list("pk", "kind"))
    handing_in.begin(waiting=waiting, kinds=kinds, profile=None, replaces=False, take=True, by=user)
    return waiting


def _rehearsed(act: Callable[[], None]) -> float:
    """Let a process take the delivery unkilled, undo it, and return how many seconds it took."""
    began = time.monotonic()
    _finished(act)
    lasts = time.monotonic() - began
    _undo_last()
    return lasts


def _killed(act: Callable[[], None], times: int, lasts: float) -> Iterator[None]:
    """Let a process of its own do it so many times, killed at a moment that is later each time."""
    for number in range(times):
        child = _forked(act)
        time.sleep(lasts * (number + 0.5) / times)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _wait_for_the_server()
        yield


def _forked(act: Callable[[], None]) -> int:
    connections.close_all()
    child = os.fork()
    if not child:
        act()
        os._exit(0)
    return child


def _finished(act: Callable[[], None]) -> None:
    assert os.waitpid(_forked(act), 0)[1] == 0


def _wait_for_the_server() -> None:
    """Wait until PostgreSQL has noticed that whoever asked is gone: it may yet do what it was asked last."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for _ in range(1_000):
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
                    "AND backend_type = 'client backend'"
                )
                if cursor.fetchone() == (0,):
                    return
                time.sleep(0.01)
        raise AssertionError("somebody is still at work in the database")


def _whole_or_nothing(before: Stored) -> bool:
    """Hold what is stored against what was stored before; True when the delivery is there, which is undone again."""
    taken = Delivery.objects.count() == 2
    if taken:
        assert SupportMonth.objects.filter(delivery=Delivery.objects.latest("pk")).count() == SECOND_ROWS
        _undo_last()
    assert _stored() == before
    return taken


def _undo_last() -> None:
    undo_delivery(delivery_id=Delivery.objects.latest("pk").pk)


def _stored() -> Stored:
    models: tuple[type[Model], ...] = (Delivery, DeliveredFile, DeliveryWarning, *(kind.model for kind in KINDS))
    rows = {model._meta.db_table: list(model._default_manager.order_by("pk").values_list()) for model in models}
    rows[Delivery._meta.db_table] = [
        row[:1] for row in rows[Delivery._meta.db_table]
    ]  # undoing forgets the fingerprint
    return rows


SECOND_ROWS = int(os.environ.get("SECOND_ROWS", "0"))

if __name__ == "__main__":
    action, *arguments = sys.argv[1:]
    globals()[action](*arguments)
