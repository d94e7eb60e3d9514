"""Run a management command as from the command line: what it writes, and the code it leaves with."""

import contextlib
import io
from dataclasses import dataclass
from unittest import mock

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.db import connections


@dataclass(frozen=True)
class Answer:
    """What came of a command."""

    code: int
    out: str
    err: str


def run(name: str, *arguments: object) -> Answer:
    """Run `manage.py name arguments`, in this process and without the checks of the whole project."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    # A command closes its connections when it is done; here the test goes on with them.
    still_open = mock.patch.object(connections, "close_all")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), still_open:
        app = get_commands()[name]
        command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
        command.requires_system_checks = []
        try:
            command.run_from_argv(["manage.py", name, *map(str, arguments)])
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
    return Answer(code, out.getvalue(), err.getvalue())
