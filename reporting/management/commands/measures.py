"""`measures`: the catalogue."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from committees.commands import SwedishCommand, add_format
from reporting.figures.dimensions import dimensions_of
from reporting.measures.catalogue import measures
from reporting.measures.model import Measure


class Command(SwedishCommand):
    """Prints every measure there is. Needs neither snapshot nor database."""

    help = "Visar vilka mått som finns."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the formats."""
        add_format(parser, "table", "json")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the catalogue."""
        if options["format"] == "json":
            self.write_json([_as_json(measure) for measure in measures()])
            return
        for measure in measures():
            self.stdout.write(f"{measure.code} (version {measure.version}): {measure.name}")
            self.stdout.write(f"  varianter: {', '.join(measure.variant_names)}")
            self.stdout.write(f"  delas upp på: {', '.join(dimensions_of(measure))}")


def _as_json(measure: Measure) -> dict[str, object]:
    return {
        "code": measure.code,
        "version": measure.version,
        "name": measure.name,
        "kind": measure.kind.value,
        "variants": list(measure.variant_names),
        "dimensions": [dimension.value for dimension in dimensions_of(measure)],
        "unit": measure.unit.value,
        "better": measure.better.value,
    }
