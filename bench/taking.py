"""One import in a process of its own: `python -m bench.taking FOLDER FILE`; what the command says goes to the file."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command


def main(folder: str, said: str) -> None:
    """Import the folder and print what it took: seconds, megabytes at the peak and seconds of the processors."""
    django.setup()
    began = time.perf_counter()
    with Path(said).open("w", encoding="utf-8") as file:
        call_command("import_files", folder, stdout=file, stderr=file)
    took = time.perf_counter() - began
    own, others = (resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps([took, own + others, sum(os.times()[:4])]))


if __name__ == "__main__":
    main(*sys.argv[1:])
