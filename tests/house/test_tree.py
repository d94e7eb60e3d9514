"""What is kept in the repository: no personal number, nothing unfinished, rooms a reader finds the way in."""

import ast
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

_LONGEST_FILE = 400
_LONGEST_FUNCTION = 40
_UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|NotImplemented[E]rror)\b|mark\.(skip|xfail)|except[^\n]*:\s*pass\b")
_NUMBER = re.compile(r"(?<![\w.])((?:19|20)?\d{6})[-+ ]?(\d{4})(?![\w.])")


@pytest.fixture(scope="module")
def kept(project_root: Path) -> list[Path]:
    """Every file that git keeps and that is on disk."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project_root, capture_output=True, text=True, check=True)
    paths = [project_root / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.fixture(scope="module")
def modules(kept: list[Path]) -> list[Path]:
    """The Python modules of the product, but what Django writes itself."""
    return [
        path for path in kept if path.suffix == ".py" and "migrations" not in path.parts and "tests" not in path.parts
    ]


def texts(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file that is text, with it."""
    for path in paths:
        content = path.read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8")


def has_check_digit(digits: str) -> bool:
    """Tell whether the last of ten digits is the check digit of the first nine, as in a personal number."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def is_birth_date(digits: str) -> bool:
    """Tell whether six digits are a date of birth, also a coordination number's (day + 60)."""
    year, month, day = 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    try:
        date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True


def personal_numbers(text: str) -> list[str]:
    """Return what in the text is formed as a personal or coordination number with a right check digit."""
    found = []
    for match in _NUMBER.finditer(text):
        born, last = match[1][-6:], match[2]
        if is_birth_date(born) and has_check_digit(born + last):
            found.append(match[0])
    return found


def test_the_search_finds_a_personal_number_in_every_form() -> None:
    born = "811228"
    (last,) = [f"987{digit}" for digit in range(10) if has_check_digit(f"{born}987{digit}")]
    for form in (f"{born}-{last}", f"19{born}-{last}", f"19{born}{last}", f"{born}{last}", f"{born}+{last}"):
        assert personal_numbers(f"x;{form};y") == [form]
    wrong = str((int(last) + 1) % 10_000).zfill(4)
    assert personal_numbers(f"{born}-{wrong}") == []


def test_no_personal_number_is_kept(kept: list[Path]) -> None:
    assert {str(path): found for path, text in texts(kept) if (found := personal_numbers(text))} == {}


def test_nothing_is_left_for_later_or_silenced(kept: list[Path]) -> None:
    code = [path for path in kept if path.suffix in {".py", ".html", ".sql"} or path.parent.name == "script"]
    assert {str(path): found[0] for path, text in texts(code) if (found := _UNFINISHED.search(text))} == {}


def test_every_room_is_small_enough_to_find_the_way_in(modules: list[Path]) -> None:
    lengths = {str(path): len(text.splitlines()) for path, text in texts(modules)}
    assert {path: length for path, length in lengths.items() if length > _LONGEST_FILE} == {}


def test_every_function_is_short_enough_to_be_read_at_once(modules: list[Path]) -> None:
    too_long = {}
    for path, text in texts(modules):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > _LONGEST_FUNCTION:
                    too_long[f"{path.name}: {node.name}"] = length
    assert too_long == {}
