"""The faults of files that wait, by what they are: how many, what was expected, why, and how to mend them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.deliveries.checks.advice import Advice, advice_on


@dataclass(frozen=True)
class FaultKind:
    """One kind of fault in one column of a file, and how many of it are shown."""

    file: str
    column: str
    count: int
    advice: Advice | None


def kinds_of(findings: Sequence[Mapping[str, object]]) -> list[FaultKind]:
    """Return the kinds among the findings (as `import_files` gives them), the most common first."""
    counted = Counter((str(one["file"]), str(one["column"]), str(one["check"])) for one in findings)
    return [FaultKind(file, column, count, advice_on(check)) for (file, column, check), count in counted.most_common()]
