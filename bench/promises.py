"""A promise, what was measured, and the table that shows them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Promise:
    """One promise: `measured` must not exceed `limit`. Both in `unit`; `told` says what was compared."""

    name: str
    measured: float
    limit: float
    unit: str
    told: str = ""

    @property
    def kept(self) -> bool:
        """Whether the measurement is within the promise."""
        return self.measured <= self.limit

    def beside(self, told: str) -> Promise:
        """Return the promise with more said of what was compared."""
        return replace(self, told=f"{self.told}; {told}")


def ratio(name: str, *, ours: float, reference: float, limit: float) -> Promise:
    """Return the promise that our seconds are at most `limit` times the reference's."""
    return Promise(name, ours / reference, limit, "×", f"{ours:.2f} s against {reference:.2f} s")


def seconds(step: Callable[[], object]) -> float:
    """Return how long the step takes, by the wall clock."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def peak_memory() -> int:
    """Return the most memory this process has had at once, in bytes, as the operating system has counted it (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise RuntimeError("the operating system does not tell the peak of memory")
    return 1024 * int(found[1])


def table(promises: Sequence[Promise]) -> str:
    """Return the promises as lines of text, the broken ones marked."""
    width = max(len(promise.name) for promise in promises)
    lines = []
    for promise in promises:
        mark = "✓" if promise.kept else "✗"
        amount = f"{promise.measured:8.2f} {promise.unit:<7} at most {promise.limit:g}"
        lines.append(f"{mark} {promise.name:<{width}} {amount:<32} {promise.told}".rstrip())
    return "\n".join(lines)
