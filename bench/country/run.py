"""Run one of the programs over a country in a process of its own, and say what it took.

Usage: python -m bench.country.run {utfall|pandas|polars} DIR --year 2023 [--year …] --out FILE
Writes {"seconds", "processor", "peak", "answers"} as JSON: seconds by the wall clock and of the processors from closed files to
answers, peak memory in bytes as the operating system has counted it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

import django

from bench.country.model import Country
from bench.promises import peak_memory, seconds

PROGRAMS = {
    "utfall": "bench.country.utfall",
    "pandas": "bench.country.pandas_programs",
    "polars": "bench.country.polars_programs",
}


def main() -> int:
    """Run the program that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", choices=PROGRAMS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--year", type=int, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    figures = import_module(PROGRAMS[asked.program]).figures
    country = Country.open(asked.folder)
    found = {}
    before = time.process_time()
    taken = seconds(lambda: found.update(figures(country, asked.year)))
    processor, peak = time.process_time() - before, peak_memory()
    asked.out.write_text(json.dumps({"seconds": taken, "processor": processor, "peak": peak, "answers": found}))
    print(f"{asked.program}: {taken:.1f} s, {processor:.1f} s of the processors, {peak / 1e9:.2f} GB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
