"""One generated delivery for all tests of the demonstration data."""

from pathlib import Path

import pytest

from demo.generate import generate


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the demonstration municipality's files."""
    directory = tmp_path_factory.mktemp("demo")
    generate(directory)
    return directory
