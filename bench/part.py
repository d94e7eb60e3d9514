"""One part in a process of its own: set Django up, measure, write the promises as JSON."""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from dataclasses import asdict
from importlib import import_module

import django


def run(name: str) -> None:
    """Measure the part `bench.NAME` and write what it found; nothing else reaches stdout."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with redirect_stdout(sys.stderr):
        promises = import_module(f"bench.{name}").measure()
    json.dump([asdict(promise) for promise in promises], sys.stdout)
