"""Run every part in a process of its own, on the databases there are, and print all promises in one table.

Usage: python -m bench [PART…]. POSTGRES_URL names a server to make throwaway databases on; without it PostgreSQL is left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.promises import Promise, table
from tests.demonstration import Demonstration, database_of_its_own

_ROOT = Path(__file__).resolve().parent.parent
_ON_DEMONSTRATION = ("figures", "report", "pages", "writing", "registers")
"""In this order: the last one fills the registers."""
_ON_EMPTY_DATABASE = (
    ("importing", ""),
    ("importing", "POSTGRES_URL"),
    ("deliveries", "POSTGRES_URL"),
    ("freezing", "POSTGRES_URL"),
)
"""Each with the variable that names the server, empty for SQLite."""
_WITHOUT_DATA = ("disclosure", "accounts")
_ON_COUNTRY = "country"
_MODULES = {_ON_COUNTRY: "country.measuring"}


def main(parts: Sequence[str]) -> int:
    """Measure the parts named, or all but the country, which takes an hour; return the exit code: 1 when a promise is broken."""
    wanted = set(parts) or {*_ON_DEMONSTRATION, *(part for part, _ in _ON_EMPTY_DATABASE), *_WITHOUT_DATA}
    promises = list(_measure(wanted))
    print(table(promises))
    return 0 if all(promise.kept for promise in promises) else 1


def _measure(wanted: set[str]) -> Iterator[Promise]:
    for part in (*_WITHOUT_DATA, _ON_COUNTRY):
        if part in wanted:
            with tempfile.TemporaryDirectory() as folder, database_of_its_own(Path(folder), "") as environment:
                yield from _part(part, environment)
    for part, variable in _ON_EMPTY_DATABASE:
        server = os.environ.get(variable) if variable else ""
        if part in wanted and server is not None:
            with tempfile.TemporaryDirectory() as folder, database_of_its_own(Path(folder), server) as environment:
                Demonstration(_ROOT, environment).run("migrate", "--verbosity", "0")
                yield from _part(part, environment)
    on_demonstration = [part for part in _ON_DEMONSTRATION if part in wanted]
    if on_demonstration:
        with tempfile.TemporaryDirectory() as folder, database_of_its_own(Path(folder), "") as environment:
            Demonstration.load(_ROOT, environment)
            for part in on_demonstration:
                yield from _part(part, environment)


def _part(name: str, environment: Mapping[str, str]) -> list[Promise]:
    """Run one part on that installation and return what it measured."""
    print(f"… {name}", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-c", f"from bench.part import run; run('{_MODULES.get(name, name)}')"],
        cwd=_ROOT,
        env={**environment, "ALLOWED_HOSTS": "testserver"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Promise(**found) for found in json.loads(done.stdout)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
