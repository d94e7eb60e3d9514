"""The start is refused rather than insecure: settings read in a process that has no .env."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

_LONG = "k" * 48


@pytest.fixture
def installation(project_root: Path, tmp_path: Path) -> Path:
    """A folder with the settings and nothing else, so that no local .env is read."""
    shutil.copytree(project_root / "config", tmp_path / "config")
    return tmp_path


def read_settings(
    installation: Path, environment: Mapping[str, str], show: str = "DEBUG"
) -> subprocess.CompletedProcess[str]:
    """Import the settings with just this environment and print one of them."""
    return subprocess.run(
        [sys.executable, "-c", f"from config import settings; print(settings.{show})"],
        cwd=installation,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "PERSON_KEY"])
def test_a_missing_key_stops_the_start_and_says_what_to_set(installation: Path, missing: str) -> None:
    environment = {"SECRET_KEY": _LONG, "PERSON_KEY": _LONG}
    del environment[missing]
    started = read_settings(installation, environment)
    assert started.returncode != 0
    assert f"Sätt miljövariabeln {missing}" in started.stderr


def test_a_command_without_its_keys_ends_with_one_line_and_no_traceback(installation: Path, project_root: Path) -> None:
    shutil.copy(project_root / "manage.py", installation)
    started = subprocess.run(
        [sys.executable, "manage.py", "measures"], cwd=installation, env={}, capture_output=True, text=True, check=False
    )
    assert (started.returncode, started.stdout) == (1, "")
    assert started.stderr.startswith("SECRET_KEY saknas")
    assert started.stderr.count("\n") == 1


@pytest.mark.parametrize("weak", ["short", "development-only-development-only-development-only"])
def test_a_short_or_default_key_stops_the_start(installation: Path, weak: str) -> None:
    assert read_settings(installation, {"SECRET_KEY": weak, "PERSON_KEY": _LONG}).returncode != 0
    assert read_settings(installation, {"SECRET_KEY": _LONG, "PERSON_KEY": weak}).returncode != 0


def test_debug_is_off_unless_asked_for(installation: Path) -> None:
    keys = {"SECRET_KEY": _LONG, "PERSON_KEY": _LONG}
    assert read_settings(installation, keys).stdout.strip() == "False"
    assert read_settings(installation, {"DEBUG": "on"}).stdout.strip() == "True"


def test_cookies_travel_over_https_only_where_the_address_is_https(installation: Path) -> None:
    keys = {"SECRET_KEY": _LONG, "PERSON_KEY": _LONG}
    for setting in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        public = read_settings(installation, {**keys, "BASE_URL": "https://utfall.example"}, setting)
        local = read_settings(installation, {**keys, "BASE_URL": "http://localhost:8000"}, setting)
        assert (public.stdout.strip(), local.stdout.strip()) == ("True", "False")
