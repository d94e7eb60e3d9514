"""`compare`: a key figure of this municipality beside similar ones and the country's, from what has been fetched from Kolada."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from committees.commands import SwedishCommand, add_format, input_fault
from reporting.comparison.models import KoladaMunicipality, PeerGroup
from reporting.comparison.selectors import Comparison, chosen_group, comparison, position
from reporting.figures.swedish import MISSING, number
from reporting.management.commands.fetch_kolada import years_of


class Command(SwedishCommand):
    """Exit 0: compared; 1: the key figure, the municipality or the group is not known here; 2: wrong usage."""

    help = "Jämför ett nyckeltal i Kolada med liknande kommuner och med landets kommuner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kpi", metavar="NYCKELTAL", help="Till exempel U40455.")
        parser.add_argument(
            "--municipality", required=True, metavar="KOMMUNKOD", help="Den egna kommunen, till exempel 1489."
        )
        parser.add_argument("--group", metavar="ID", help="Kommungruppen. Förval: den som kommunen jämför sig med.")
        parser.add_argument(
            "--years", metavar="ÅR-ÅR", help="Till exempel 2019-2023. Förval: de fem senaste hela åren."
        )
        add_format(parser, "table", "json")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        years = years_of(options["years"])
        own = KoladaMunicipality.objects.filter(pk=options["municipality"]).first()
        if own is None:
            raise input_fault(f"Kommunen {options['municipality']} är inte hämtad från Kolada. Kör fetch_kolada först.")
        group = _group(options["group"])
        found = comparison(options["kpi"], group=group, years=years, own=own.pk)
        if found is None:
            raise input_fault(f"Det finns inga värden för {options['kpi']} de åren. Hämta dem med fetch_kolada.")
        if options["format"] == "json":
            self.write_json(document(found))
        else:
            self.stdout.write("\n".join(_lines(found, own)))


def _group(code: str | None) -> PeerGroup:
    group = PeerGroup.objects.filter(pk=code).first() if code else chosen_group()
    if group is None:
        known = ", ".join(PeerGroup.objects.order_by("pk").values_list("pk", flat=True)[:20]) or "ingen"
        raise input_fault(
            f"Kommungruppen {code} är inte hämtad. De som finns är: {known}."
            if code
            else f"Ingen kommungrupp är vald. Ange en med --group. De som finns är: {known}."
        )
    return group


def document(found: Comparison) -> dict[str, object]:
    """Return the comparison as commands.md writes it, and beside it how many values each mean is of and the position."""
    return {
        "kpi": found.kpi,
        "years": list(found.years),
        "own": list(found.own),
        "members": {code: list(values) for code, values in found.values.items()},
        "group_mean": [mean.value for mean in found.group_means],
        "national_mean": [mean.value for mean in found.country_means],
        "title": found.title,
        "group": found.group,
        "group_count": [mean.count for mean in found.group_means],
        "national_count": [mean.count for mean in found.country_means],
        "national_complete": found.covers_country,
        "position": [position(found, at) for at in range(len(found.years))],
        "source": "Kolada",
    }


def _lines(found: Comparison, own: KoladaMunicipality) -> list[str]:
    rows = [("", [str(year) for year in found.years])]
    rows.append((own.title, [_shown(value) for value in found.own]))
    rows += [(found.members[code], [_shown(value) for value in values]) for code, values in found.values.items()]
    rows.append(("Medelvärde i gruppen", [_shown(mean.value) for mean in found.group_means]))
    rows.append(("antal med värde", [number(mean.count) for mean in found.group_means]))
    country = "Medelkommunen" if found.covers_country else "Hämtade kommuner"
    rows.append((country, [_shown(mean.value) for mean in found.country_means]))
    rows.append(("antal med värde", [number(mean.count) for mean in found.country_means]))
    wide = max(len(name) for name, _ in rows)
    table = [f"{name:<{wide}}  {'  '.join(f'{value:>8}' for value in values)}".rstrip() for name, values in rows]
    return [f"{found.kpi} {found.title}", found.group, *table, "- = inget värde publicerat. Källa: Kolada."]


def _shown(value: float | None) -> str:
    return MISSING if value is None else number(value, 1)
