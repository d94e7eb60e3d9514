"""What holds for every test: no network but this machine, folders of its own, and nothing skipped where CI runs.

Options: `--database-only` keeps the tests that touch the database (script/test runs them a second time, on PostgreSQL). What a
browser or veraPDF judges is how something looks, on whatever it is stored, so those run once. What is computed, shown or
printed from a snapshot is run on PostgreSQL with the slow tests only.
Markers: `slow` (kills, load, all that reads the loaded demonstration: script/test --all), `browser` (needs Chromium), `verapdf`
(needs Java and veraPDF), `of_snapshots`.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from django.apps import apps
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from committees.append_only import AppendOnlyQuerySet, let_only_grow
from tests.browsing import chromium, leave
from tests.demonstration import Demonstration, database_of_its_own
from tests.grouping import keep_in_one_process

_OF_LOOKS = ("browser", "verapdf")
_DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "admin_client", "demonstration"})
_RUNS_IN_CI = os.environ.get("CI") == "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of what script/test runs on the second database."""
    parser.addoption("--database-only", action="store_true", help="run only the tests that touch the database")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let what reads the demonstration be slow and in one process; leave out, when asked to, what touches no database."""
    for item in items:
        if "demonstration" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
            keep_in_one_process(item, "demonstration")
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not _touches_database(item)])
        items[:] = [item for item in items if _touches_database(item)]


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if any(item.get_closest_marker(name) for name in _OF_LOOKS):
        return False
    if item.get_closest_marker("of_snapshots") and item.config.option.markexpr == "not slow":
        return False
    return item.get_closest_marker("django_db") is not None or bool(fixtures & _DATABASE_FIXTURES)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test is a failure where CI runs: a promise nobody looked at is not kept."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if _RUNS_IN_CI and isinstance(reporter, TerminalReporter) and reporter.stats.get("skipped"):
        reporter.write_line("CI skips nothing: what a skipped test needs is missing on this machine.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print veraPDF's verdicts, which the tests record with `record_property("verapdf", "…")`."""
    reports = (report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, ()))
    verdicts = [str(text) for report in reports for name, text in report.user_properties if name == "verapdf"]
    if verdicts:
        terminalreporter.section("veraPDF")
        for verdict in sorted(verdicts):
            terminalreporter.write_line(verdict)


@pytest.fixture(scope="session")
def verapdf(project_root: Path) -> list[str]:
    """The command that asks veraPDF; skipped, and said, on a machine that has neither Java nor its jars."""
    jars = project_root / ".cache" / "verapdf"
    if not shutil.which("java") or not list(jars.glob("*.jar")):
        pytest.skip("veraPDF needs Java and its jars (script/test fetches them)")
    return ["java", "-cp", f"{jars}{os.sep}*", "org.verapdf.apps.GreenfieldCliWrapper", "--format", "text", "-v"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> None:
    """Let the logs only grow where the tables are made by the models and not by the migrations, which see to it themselves."""
    if not request.config.getoption("nomigrations"):
        return
    logs = (model for model in apps.get_models() if isinstance(model._default_manager.all(), AppendOnlyQuerySet))
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in logs:
            let_only_grow(model._meta.db_table, editor)


@pytest.fixture(scope="session", autouse=True)
def _no_collected_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test lean on static files that happen to be collected; set before any server of the session starts."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(autouse=True)
def _folders_of_its_own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each test empty folders for snapshots and reports, and a password hash that costs no time."""
    settings.SNAPSHOT_ROOT = tmp_path_factory.mktemp("snapshots")
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    yield from chromium()


@pytest.fixture(autouse=True)
def _no_request_outlives_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close the windows of a test before its database is emptied."""
    if not {"browser", "live_server"} <= set(request.fixturenames):
        yield
        return
    windows: Browser = request.getfixturevalue("browser")
    # Asked for here, so that the database is emptied after this and not before.
    request.getfixturevalue("transactional_db")
    yield
    leave(windows)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of manage.py."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def demonstration(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demonstration municipality, loaded once by the real `demo` command in a database and folders of its own."""
    server = os.environ.get("DATABASE_URL", "")
    with database_of_its_own(tmp_path_factory.mktemp("demonstration"), server) as environment:
        yield Demonstration.load(project_root, environment)
