"""What the programs are given and what they give back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Numbers = dict[str, float | None]
"""The numbers of one figure by name; which names there are follows from the measure's kind (see the package's text)."""

Answers = dict[int, dict[str, dict[str, Numbers]]]
"""Year → code of the measure → code of the municipality → numbers."""


@dataclass(frozen=True)
class Country:
    """The snapshot folders of a country, in the order of the municipalities' codes; all of the same as-of date."""

    folders: tuple[tuple[str, Path], ...]
    as_of: dt.date

    @classmethod
    def open(cls, root: Path | str) -> Country:
        """List the folders below `root`. Raises FileNotFoundError when there is none, ValueError when their dates differ."""
        manifests = [(path.parent, json.loads(path.read_text())) for path in sorted(Path(root).glob("*/manifest.json"))]
        days = {manifest["as_of"] for _, manifest in manifests}
        if not days:
            raise FileNotFoundError(f"no snapshot folder below {root}")
        if len(days) > 1:
            raise ValueError(f"the snapshots below {root} have different dates: {sorted(days)}")
        folders = sorted((str(manifest["municipality"]), folder) for folder, manifest in manifests)
        return cls(tuple(folders), dt.date.fromisoformat(days.pop()))

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The codes of the municipalities."""
        return tuple(code for code, _ in self.folders)

    def files(self, table: str) -> Sequence[tuple[str, Path]]:
        """Return the table's Parquet file of each municipality, with the municipality's code."""
        return [(code, folder / f"{table}.parquet") for code, folder in self.folders]
