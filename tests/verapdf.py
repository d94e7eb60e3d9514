"""Holding PDFs against the two standards we promise, with veraPDF."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

FLAVOURS = ("ua1", "3a")
"""PDF/UA-1 and PDF/A-3a, by veraPDF's names."""


def assert_meets_both_standards(
    papers: Mapping[str, bytes],
    of: str,
    *,
    folder: Path,
    verapdf: Sequence[str],
    record: Callable[[str, object], None],
) -> None:
    """Fail, with what veraPDF said, unless every paper meets both standards; `of` says in the summary whose papers they are."""
    files = [folder / f"{name}.pdf" for name in papers]
    for file, content in zip(files, papers.values(), strict=True):
        file.write_bytes(content)
    for flavour in FLAVOURS:
        asked = [*verapdf, "--flavour", flavour, *map(str, files)]
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        for file in files:
            assert f"PASS {file}" in said, said
        record("verapdf", f"{flavour}: PASS {len(files)} papers of {of}")
