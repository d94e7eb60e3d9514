"""The demonstration municipality for tests: the real commands, each in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

DEMO_PASSWORD = "demonstration-only-words"


@dataclass(frozen=True)
class Demonstration:
    """The loaded municipality: what `demo` printed, the snapshots it froze, and a way to run more commands on it."""

    root: Path
    environment: Mapping[str, str]
    printed: str = ""
    frozen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path, environment: Mapping[str, str]) -> Demonstration:
        """Migrate and run `demo`; AssertionError, with what was said, when a command fails."""
        empty = cls(root, environment)
        empty.run("migrate", "--verbosity", "0")
        printed = empty.run("demo", "--out", str(empty.report))
        manifests = [json.loads(path.read_text("utf-8")) for path in empty.snapshots.glob("*/manifest.json")]
        return cls(root, environment, printed, {found["as_of"]: found["snapshot"] for found in manifests})

    @property
    def report(self) -> Path:
        """The annual report that `demo` wrote."""
        return self.snapshots.parent / "helarsrapport-2023.pdf"

    @property
    def snapshots(self) -> Path:
        """SNAPSHOT_ROOT."""
        return Path(self.environment["SNAPSHOT_ROOT"])

    def snapshot(self, as_of: str) -> Path:
        """Return the folder that `demo` froze as of that day."""
        return self.snapshots / self.frozen[as_of]

    def run(self, *arguments: str) -> str:
        """Run a management command and return what it printed; AssertionError, with what was said, when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.root,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{' '.join(arguments)} → {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Demonstration]:
        """Yield a copy, in a new folder, that may be changed: the same rows, snapshots and reports in a database of its own."""
        shutil.copytree(self.snapshots.parent, folder)
        url = self.environment["DATABASE_URL"]
        with database_of_its_own(folder, url, like=urlsplit(url).path.rpartition("/")[2]) as environment:
            yield Demonstration(self.root, {**self.environment, **_places(environment)}, self.printed, self.frozen)

    def json(self, *arguments: str) -> Any:
        """Run a command with `--format json` and return its document."""
        return json.loads(self.run(*arguments, "--format", "json"))


@contextmanager
def database_of_its_own(folder: Path, server: str, like: str = "template1") -> Iterator[dict[str, str]]:
    """Yield the environment of an installation with a database on that PostgreSQL server, or SQLite; it goes afterwards.

    A new database on the server is made `like` another one of it.
    """
    environment = {
        **os.environ,
        "DEBUG": "off",
        "SECRET_KEY": uuid4().hex * 2,
        "PERSON_KEY": uuid4().hex * 2,
        "DEMO_PASSWORD": DEMO_PASSWORD,
        "SNAPSHOT_ROOT": str(folder / "snapshots"),
        "MEDIA_ROOT": str(folder / "media"),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
    }
    if not server.startswith("postgres"):
        yield environment
        return
    name = f"demonstration_{uuid4().hex}"
    url = server.removesuffix(urlsplit(server).path.rpartition("/")[2])
    with psycopg.connect(_libpq(f"{url}postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like)))
        yield {**environment, "DATABASE_URL": f"{url}{name}"}
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _places(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: environment[name] for name in ("DATABASE_URL", "SNAPSHOT_ROOT", "MEDIA_ROOT")}


def _libpq(url: str) -> str:
    """Return what psycopg connects to; a path in the URL's place for a database names the folder of a socket."""
    parts = urlsplit(url)
    folder, _slash, name = parts.path.rpartition("/")
    if not folder.strip("/"):
        return url
    return f"host=/{folder.lstrip('/')} dbname={name} user={parts.username}"
