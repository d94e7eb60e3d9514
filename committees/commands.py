"""What all commands have in common: Swedish words on the right stream and exit codes that scripts rely on (0, 1, 2)."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError

from committees.disk import NO_ROOM, is_full

FAULTY_INPUT = 1
WRONG_USAGE = 2
READER_GONE = 128 + signal.SIGPIPE


def usage_fault(text: str) -> CommandError:
    """Return the error of a call that cannot be understood: exit code 2."""
    return CommandError(text, returncode=WRONG_USAGE)


def input_fault(text: str) -> CommandError:
    """Return the error of an input that has faults: exit code 1, nothing stored."""
    return CommandError(text, returncode=FAULTY_INPUT)


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its word: "1 rad", "3 808 rader", the thousands apart by a non-breaking space."""
    return f"{count:,}".replace(",", "\u00a0") + f" {one if count == 1 else many}"


# argparse has no Swedish; these are the ways a call goes wrong, as it words them.
_USAGE_IN_SWEDISH = (
    (r"the following arguments are required: (.*)", r"detta saknas: \1"),
    (r"unrecognized arguments: (.*)", r"detta känns inte igen: \1"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 kan inte vara \2, utan är något av \3"),
    (r"argument (.*): invalid \w+ value: (.*)", r"\1 kan inte vara \2"),
    (r"argument (.*): expected (?:one|at least one) argument", r"\1 ska följas av ett värde"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 går inte ihop med \2"),
    (r"argument (.*?): (.*)", r"\1: \2"),
)


def _lacks_a_table(fault: Exception) -> bool:
    """Whether a table is missing, as SQLite words it and as PostgreSQL numbers it (undefined_table)."""
    return "no such table" in str(fault) or getattr(fault.__cause__, "sqlstate", None) == "42P01"


class SwedishParser(CommandParser):
    """A parser that says in Swedish what is wrong with a call."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2, how the command is used and what is wrong."""
        for pattern, replacement in _USAGE_IN_SWEDISH:
            message = re.sub(f"^{pattern}$", replacement, message)
        if not self.called_from_command_line:
            raise usage_fault(message)
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{message}\n")


class SwedishCommand(BaseCommand):
    """A command whose failures are a plain Swedish text on stderr, without the name of an exception before it."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the command's parser, which Django makes of its own class only."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = SwedishParser
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Run as Django does, but say what is wrong in the text's own words and leave with its exit code."""
        try:
            super().run_from_argv([*argv, "--traceback"] if "--traceback" not in argv else argv)
            sys.stdout.flush()
        except BrokenPipeError:
            self._stop_writing()
        except CommandError as fault:
            self._leave(str(fault), fault.returncode)
        except OSError as fault:
            if not is_full(fault):
                raise
            self._leave(NO_ROOM, FAULTY_INPUT)
        except (OperationalError, ProgrammingError) as fault:
            if is_full(fault):
                self._leave(NO_ROOM, FAULTY_INPUT)
            if _lacks_a_table(fault):
                self._leave("Databasen är inte upplagd än. Kör först: python manage.py migrate", FAULTY_INPUT)
            if isinstance(fault, ProgrammingError):
                raise
            self._leave(f"Databasen är upptagen eller svarar inte. Försök igen om en stund. ({fault})", FAULTY_INPUT)

    def _leave(self, text: str, code: int) -> NoReturn:
        self.stderr.write(text, self.style.ERROR)
        sys.exit(code)

    def _stop_writing(self) -> NoReturn:
        """Leave quietly when whoever read the output has read enough, as in `measures | head -1`."""
        # What still waits to be written would fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(READER_GONE)

    def write_json(self, document: object) -> None:
        """Write one JSON document to stdout, and nothing else there."""
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))


def add_format(parser: CommandParser | argparse.ArgumentParser, *formats: str, **options: Any) -> None:
    """Add `--format`; the first of the formats is the default."""
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help="utdatans form (förval: %(default)s)", **options
    )


def refuse_to_write_to(path: Path) -> None:
    """Refuse a place for a PDF that cannot be written, or that holds something else: exit code 1."""
    if not path.parent.is_dir():
        raise input_fault(f"Mappen {path.parent} finns inte. Skapa den, eller ange en annan fil.")
    if path.exists() and not path.is_file():
        raise input_fault(
            f"{path} är en mapp eller något annat än en vanlig fil. Ange en fil, till exempel rapport.pdf."
        )
    if path.is_file() and _beginning(path) not in {b"", b"%PDF-"}:
        raise input_fault(f"{path} finns redan och är ingen PDF. Den skrivs inte över: ange en annan fil.")
    if not os.access(path.parent, os.W_OK):
        raise input_fault(f"Det går inte att skriva i mappen {path.parent}. Kontrollera behörigheten.")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(5)
