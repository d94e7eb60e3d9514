"""Figures on their way out of the committee: small numbers hidden, over all the tables of one publication together."""

from __future__ import annotations

from collections.abc import Sequence

from reporting.figures.keeping import workbench
from reporting.figures.model import Result
from reporting.snapshots.engine import Engine


def publish(engine: Engine, results: Sequence[Result]) -> list[Result]:
    """Return the results as they may be published, in their order; kept while the engine lives.

    They are one publication: what one of them shows never tells what another hides, so everything that will be seen together has
    to be given together. Limits and recorded exemptions are those of the engine's snapshots.
    """
    from reporting.figures.disclosure.protecting import protect
    from reporting.figures.disclosure.rules import SmallNumbers

    asked = tuple(result.request for result in results)
    kept = workbench(engine).answers.get(
        ("published", asked), lambda: protect(results, SmallNumbers.of(engine)).results
    )
    return list(kept)
