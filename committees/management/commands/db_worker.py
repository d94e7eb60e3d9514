"""`manage.py db_worker`: the worker of django-tasks-db, which first takes up what a worker that is gone had begun."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from committees.work import on_duty, take_back


class Command(db_worker.Command):
    """Runs until it is stopped; asked once it finishes the task it is at, asked twice it stops at once."""

    help = "Gör rapporter och läser in filer i bakgrunden. Det som en avbruten arbetare höll på med tas om."

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Take up what was left, then work."""
        with on_duty(worker_id):
            taken = take_back()
            if taken and options["verbosity"]:
                self.stdout.write(f"Avbrutna arbeten som tas om: {taken}.")
            super().handle(worker_id=worker_id, **options)
