"""Work in the background whose worker is gone is taken up by the next worker, and by one only."""

import subprocess
import sys
from pathlib import Path

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from cases.actions.handing_in import sweep
from committees.work import on_duty, take_back
from tests.command_line import run

pytestmark = pytest.mark.django_db

Task = DBTaskResult[[], None]


@pytest.fixture
def task(settings: Settings) -> Task:
    """A task that waits for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    sweep.enqueue()
    return DBTaskResult.objects.get()


def test_what_a_worker_that_is_gone_had_begun_waits_again(task: Task) -> None:
    with on_duty("gone"):
        task.claim("gone")
        assert take_back() == 0
    assert take_back() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert take_back() == 0


def test_what_a_worker_was_made_to_leave_waits_again_and_what_failed_by_itself_does_not(task: Task) -> None:
    task.claim("gone")
    task.set_failed(ValueError("broken"))
    assert take_back() == 0
    task.set_failed(SystemExit(1))
    assert take_back() == 1


def test_a_worker_that_is_killed_is_known_to_be_gone(task: Task, settings: Settings) -> None:
    task.claim("killed")
    program = (
        "import django, time; django.setup()\n"
        "from committees.work import on_duty\n"
        "with on_duty('killed'): print('on duty', flush=True); time.sleep(60)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "MEDIA_ROOT": str(settings.MEDIA_ROOT), "DEBUG": "on"}
    worker = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE)
    with worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"on duty\n"
        assert take_back() == 0
        worker.kill()
    assert take_back() == 1
    assert list((Path(settings.MEDIA_ROOT) / "workers").iterdir()) == []


def test_the_worker_says_what_it_takes_up_and_does_it(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    task.claim("gone")
    # A worker lets go of its connections now and then; here the test goes on with them.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    answer = run("db_worker", "--batch", "--interval", "0", "--no-startup-delay")
    assert (answer.code, answer.out.splitlines()[0]) == (0, "Avbrutna arbeten som tas om: 1.")
    task.refresh_from_db()
    assert (task.status, len(task.worker_ids)) == (TaskResultStatus.SUCCESSFUL, 2)
