"""A process to be killed: `python -m tests.cases.interrupted ACTION …`, on the database that DATABASE_URL names."""

import os
import signal
import sys
import threading
from pathlib import Path

import django
from django.core.management import call_command

django.setup()

from cases.deliveries.sources import find_sources  # noqa: E402
from cases.deliveries.taking import take_delivery  # noqa: E402
from cases.deliveries.undoing import undo_delivery  # noqa: E402
from committees.municipality_file import set_up  # noqa: E402


def prepare(folder: str) -> None:
    """Make the tables, set up the municipality and take the first delivery."""
    call_command("migrate", verbosity=0, skip_checks=True)
    set_up(Path(folder) / "kommun.toml")
    take(f"{folder}/first")


def take(folder: str, killed_after: str = "") -> None:
    """Take the folder's files; with a number of seconds the process kills itself that long after it began."""
    if killed_after:
        threading.Timer(float(killed_after), os.kill, (os.getpid(), signal.SIGKILL)).start()
    take_delivery(files=find_sources([folder]).files, by=None)
    os._exit(0)  # the timer must not keep the process


def undo(number: str) -> None:
    """Undo the delivery."""
    undo_delivery(delivery_id=int(number))


if __name__ == "__main__":
    action, *arguments = sys.argv[1:]
    globals()[action](*arguments)
