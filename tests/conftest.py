"""What holds for every test: no network but this machine, folders of its own, and nothing skipped where CI runs.

Options: `--database-only` keeps the tests that touch the database (script/test runs them a second time, on PostgreSQL).
Markers: `slow` (kills, load: script/test --all), `browser` (needs Chromium), `verapdf` (needs Java and veraPDF).
"""

import os
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from pytest_django.fixtures import Settings

_DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "live_server", "admin_client", "django_user_model", "demo_municipality"}
)
_RUNS_IN_CI = os.environ.get("CI") == "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of what script/test runs on the second database."""
    parser.addoption("--database-only", action="store_true", help="run only the tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what does not touch the database when only the database is of interest."""
    if not config.getoption("--database-only"):
        return
    chosen = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
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


@pytest.fixture(autouse=True)
def _folders_of_its_own(
    request: pytest.FixtureRequest, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give each test empty folders for snapshots and reports, but those that share the demonstration municipality its own."""
    if "demo_municipality" not in request.fixturenames:
        settings.SNAPSHOT_ROOT = tmp_path_factory.mktemp("snapshots")
        settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of manage.py."""
    return Path(__file__).resolve().parent.parent
