"""What the municipality has decided about small numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reporting.snapshots.engine import Engine


@dataclass(frozen=True)
class SmallNumbers:
    """What the municipality has decided: counts from 1 to `limit` - 1 are small, with other limits for some measures.

    `exemptions`: the measures whose totals for the whole municipality are published all the same.
    """

    limit: int = 5
    limits: Mapping[str, int] = field(default_factory=dict)
    exemptions: frozenset[str] = frozenset()

    @classmethod
    def of(cls, engine: Engine) -> SmallNumbers:
        """Return what stands in the engine's snapshots; of several municipalities the strictest holds."""
        limit = engine.rows("SELECT max(small_number_limit) FROM municipality").fetchall()[0][0]
        limits = engine.rows("SELECT measure, max(value) FROM small_number_limit GROUP BY measure").fetchall()
        exempt = engine.rows(
            "SELECT measure FROM disclosure_exemption WHERE level = 'kommun' GROUP BY measure HAVING count(*) = $n",
            {"n": len(engine.municipalities)},
        ).fetchall()
        return cls(int(limit), {code: int(value) for code, value in limits}, frozenset(code for (code,) in exempt))

    def limit_of(self, code: str) -> int:
        """Return the limit for a measure."""
        return self.limits.get(code, self.limit)
