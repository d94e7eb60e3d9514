"""A whole country: our measures against the same in pandas and in Polars, their memory, and how the cost grows with the size.

What is computed is every measure of the catalogue in its default variant for each of the five years, split by municipality: what
a collation of the annual reports' five-year series asks for. Each program reads the files and computes in a process of its own;
the rows of the snapshots have been checked against their hashes before, which only we do.

BENCH_COUNTRY names a folder where countries are kept from one time to the next (5 million enrolments take a quarter of an hour to
write); without it they are written to a folder that goes away. BENCH_COUNTRY_SIZES are the numbers of enrolments, the largest of
which the others are compared at.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.country.comparing import differences
from bench.country.generate import generate, totals
from bench.country.model import Answers, Country
from bench.promises import Promise, ratio, seconds
from reporting.snapshots.folder import SnapshotFolder

_SIZES = (500_000, 1_000_000, 2_000_000, 5_000_000)
_YEARS = range(2020, 2025)
_FASTER_THAN_PANDAS = 5
_GIGABYTES = 6
_EXPONENT = 1.1


@dataclass(frozen=True)
class Run:
    """What one program took: seconds by the wall clock and of the processors, peak of memory in bytes, and its answers."""

    seconds: float
    processor: float
    peak: int
    answers: Answers


def measure() -> list[Promise]:
    """Run everything, the smallest country first; the largest with all three programs."""
    sizes = [int(size) for size in os.environ.get("BENCH_COUNTRY_SIZES", "").split(",") if size] or list(_SIZES)
    kept = os.environ.get("BENCH_COUNTRY")
    with tempfile.TemporaryDirectory() as temporary:
        return list(_measure(Path(kept or temporary), sorted(sizes)))


def _measure(root: Path, sizes: Sequence[int]) -> Iterator[Promise]:
    ours = {size: _run("utfall", _country(root, size)) for size in sizes}
    largest, country = ours[sizes[-1]], _country(root, sizes[-1])
    size = f"{sizes[-1] / 1e6:g} million enrolments"
    for program, limit in (("polars", 1.0), ("pandas", 1 / _FASTER_THAN_PANDAS)):
        theirs = _run(program, country)
        _hold_equal(program, largest.answers, theirs.answers)
        promise = ratio(f"{size}, against {program}", ours=largest.seconds, reference=theirs.seconds, limit=limit)
        yield promise.beside(
            f"processor {largest.processor:.0f} s against {theirs.processor:.0f} s, {_gigabytes(theirs)}"
        )
    yield Promise(
        f"peak of memory, {size}", largest.peak / 1e9, _GIGABYTES, "GB", f"{len(country.folders)} municipalities"
    )
    if len(sizes) > 1:
        told = ", ".join(f"{size / 1e6:g} M {run.processor:.0f} s" for size, run in ours.items())
        exponent = fitted_exponent({size: run.processor for size, run in ours.items()})
        yield Promise("growth of the cost with the size", exponent, _EXPONENT, "power", told)


def fitted_exponent(costs: Mapping[int, float]) -> float:
    """Return the exponent b of the curve a·size^b that fits the costs best (least squares of the logarithms)."""
    found = statistics.linear_regression(
        [math.log(size) for size in costs], [math.log(cost) for cost in costs.values()]
    )
    return found.slope


def _country(root: Path, size: int) -> Country:
    """Write the country unless it is there, and check its rows, which later processes need not do again."""
    folder = root / str(size)
    taken = seconds(lambda: generate(folder, enrolments=size, processes=os.cpu_count() or 1))
    rows = sum(totals(folder).values())
    country = Country.open(folder)
    checked = seconds(lambda: SnapshotFolder.open_all([path for _, path in country.folders]))
    print(f"… {size} enrolments, {rows} rows: written in {taken:.0f} s, checked in {checked:.0f} s", file=sys.stderr)
    return country


def _run(program: str, country: Country) -> Run:
    """Run the program in a process of its own, told by the operating system what it has used."""
    folder = country.folders[0][1].parent
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [sys.executable, "-m", "bench.country.run", program, str(folder), "--out", out.name]
        command += [part for year in _YEARS for part in ("--year", str(year))]
        subprocess.run(command, check=True, stdout=sys.stderr)
        found = json.loads(Path(out.name).read_text(encoding="utf-8"))
    answers = {int(year): figures for year, figures in found["answers"].items()}
    return Run(found["seconds"], found["processor"], found["peak"], answers)


def _hold_equal(program: str, ours: Answers, theirs: Answers) -> None:
    found = differences(ours, theirs)
    if found:
        raise RuntimeError(f"{program} gives other answers than ours, {len(found)} of them: {found[:5]}")


def _gigabytes(run: Run) -> str:
    return f"{run.peak / 1e9:.1f} GB there"
