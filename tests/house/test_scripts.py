"""The scripts do no harm: nothing overwritten, and a machine that may not install is told the exact line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest


@pytest.fixture
def clone(project_root: Path, tmp_path: Path) -> Path:
    """A folder with the scripts and a virtual environment that is this one's Python."""
    shutil.copytree(project_root / "script", tmp_path / "script")
    for name in ("requirements.txt", "constraints.txt"):
        shutil.copy(project_root / name, tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    return tmp_path


def step(clone: Path, commands: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run steps of script/_setup in the clone."""
    script = clone / "script/step"
    script.write_text(f'. "$(dirname "$0")/_setup"\n{commands}\n', encoding="utf-8")
    return subprocess.run(
        ["/bin/sh", str(script)],
        env=dict(environment or os.environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_installation_gets_random_keys_that_only_its_owner_reads(clone: Path) -> None:
    step(clone, "setup_keys").check_returncode()
    written = (clone / ".env").read_text("utf-8")
    keys = dict(line.split("=", 1) for line in written.splitlines())
    assert keys.keys() == {"SECRET_KEY", "PERSON_KEY", "DEMO_PASSWORD"}
    assert len(set(keys.values())) == 3
    assert min(len(keys[name]) for name in ("SECRET_KEY", "PERSON_KEY")) >= 48
    assert (clone / ".env").stat().st_mode & 0o777 == 0o600


def test_keys_that_exist_are_never_overwritten(clone: Path) -> None:
    (clone / ".env").write_text("PERSON_KEY=kept\n", encoding="utf-8")
    step(clone, "setup_keys").check_returncode()
    assert (clone / ".env").read_text("utf-8") == "PERSON_KEY=kept\n"


def test_who_may_not_install_gets_the_exact_line_to_run(clone: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("dirname", "id"):
        found = shutil.which(tool)
        assert found is not None
        (tools / tool).symlink_to(found)
    stopped = step(clone, "install_system fonts-inter libpango-1.0-0", {"PATH": str(tools)})
    assert stopped.returncode == 1
    assert "sudo apt-get install -y --no-install-recommends fonts-inter libpango-1.0-0" in stopped.stderr


def test_a_step_is_done_once_and_again_when_its_input_changes(clone: Path) -> None:
    ask = "is_done x requirements.txt && echo done || echo missing"
    answers = step(
        clone,
        f"{ask}\nmark_done x requirements.txt\n{ask}\necho '# more' >>requirements.txt\n{ask}",
    )
    assert answers.stdout.split() == ["missing", "done", "missing"]


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--port"]])
def test_a_wrong_option_is_refused_before_anything_is_done(clone: Path, arguments: list[str]) -> None:
    refused = subprocess.run(
        ["/bin/sh", str(clone / "script/run"), *arguments], capture_output=True, text=True, check=False
    )
    assert refused.returncode != 0
    assert "--port" in refused.stderr
    assert not (clone / ".env").exists()
