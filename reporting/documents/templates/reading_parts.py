"""Reading the parts of a template that choose what they show: charts, measures, indicators, and free tables."""

from __future__ import annotations

from dataclasses import replace

from committees.toml_tables import Table
from reporting.documents.templates.model import (
    ChartForm,
    FreeColumn,
    MeasureChoice,
    PartKind,
    PartSpec,
    Writer,
)
from reporting.figures.dimensions import dimensions_of
from reporting.measures.catalogue import UnknownMeasure
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Kind, Measure

_MOST_MEASURES = 40
_COLUMNS = range(2, 11)
"""How many columns a free table can have and still be read on a page."""
_TIME = frozenset({Dimension.YEAR, Dimension.MONTH})


def chosen_part(table: Table, spec: PartSpec) -> PartSpec:
    """Return the part with what its table chooses; what is wrong lands in the table's faults."""
    read = {
        PartKind.CHART: _chart,
        PartKind.MEASURE: _measure,
        PartKind.INDICATORS: _indicators,
        PartKind.TABLE: _free_table,
    }[spec.kind]
    found = read(table, spec)
    table.finish()
    return found


def written(table: Table, spec: PartSpec) -> PartSpec:
    """Return the part with its guidance, its writer and whether it must be there."""
    guidance = table.text("vagledning", required=True, longest=1500)
    writer = table.choice("skribent", tuple(Writer), default=Writer.SECRETARY) or Writer.SECRETARY
    required = table.choice("kravs", ("ja", "nej"), default="ja") == "ja"
    return replace(spec, guidance=guidance, writer=Writer(writer), required=required)


def _chart(table: Table, spec: PartSpec) -> PartSpec:
    measure, variant = _measure_and_variant(table)
    by = table.text("efter")
    form = table.choice("typ", tuple(ChartForm))
    if measure is None:
        return spec
    if by:
        _check_split(table, measure, by)
    if form == ChartForm.LINE and (by or measure.kind is Kind.DISTRIBUTION):
        why = "En uppdelning" if by else "En fördelning"
        table.fault(f'{why} ritas med staplar. Skriv typ = "staplar" eller ta bort ”typ”.', "typ")
    bars = by or measure.kind is Kind.DISTRIBUTION
    chosen = ChartForm(form) if form else (ChartForm.BARS if bars else ChartForm.LINE)
    return replace(spec, choices=(MeasureChoice(measure.code, variant, by, chosen),))


def _measure(table: Table, spec: PartSpec) -> PartSpec:
    measure, variant = _measure_and_variant(table)
    if any(table.has(key) for key in ("vagledning", "skribent", "kravs")):
        spec = written(table, spec)
    return replace(spec, choices=(MeasureChoice(measure.code, variant),)) if measure else spec


def _indicators(table: Table, spec: PartSpec) -> PartSpec:
    codes, indicators = table.texts("matt"), table.texts("indikatorer")
    if not codes and not indicators:
        table.fault("Delen visar ingenting. Skriv vilka ”matt” eller ”indikatorer” den ska ha.")
    if len(codes) + len(indicators) > _MOST_MEASURES:
        table.fault(f"En tabell har högst {_MOST_MEASURES} mått och indikatorer. Dela upp den.", "matt")
    found = [measure for code in codes if (measure := _known(table, code))]
    for measure in found:
        if measure.kind is Kind.DISTRIBUTION:
            table.fault(f"{measure.code} är en fördelning och har inget eget värde. Visa den som en egen del.", "matt")
    return replace(spec, choices=tuple(MeasureChoice(one.code) for one in found), indicators=indicators)


def _free_table(table: Table, spec: PartSpec) -> PartSpec:
    columns = tuple(_column(entry) for entry in table.tables("kolumner", required=True))
    if table.has("kolumner") and len(columns) not in _COLUMNS:
        table.fault(
            f"En tabell har {_COLUMNS.start}–{_COLUMNS.stop - 1} kolumner, men här är {len(columns)}.", "kolumner"
        )
    return replace(written(table, spec), columns=columns)


def _column(table: Table) -> FreeColumn:
    heading = table.text("rubrik", required=True, longest=60)
    if "|" in heading:
        table.fault("”rubrik” får inte ha tecknet |, som skiljer cellerna åt.", "rubrik")
    numeric = table.choice("tal", ("ja", "nej"), default="nej") == "ja"
    table.finish()
    return FreeColumn(heading, numeric)


def _measure_and_variant(table: Table) -> tuple[Measure | None, str]:
    code, variant = table.text("matt", required=True), table.text("variant")
    measure = _known(table, code) if code else None
    if measure and variant and variant not in measure.variant_names:
        known = ", ".join(measure.variant_names)
        table.fault(f"Måttet {measure.code} har inte varianten ”{variant}”. Varianterna är: {known}.", "variant")
    return measure, variant


def _known(table: Table, code: str) -> Measure | None:
    try:
        return measure_named(code)
    except UnknownMeasure as fault:
        table.fault(str(fault), "matt")
        return None


def _check_split(table: Table, measure: Measure, by: str) -> None:
    if measure.kind is Kind.DISTRIBUTION:
        table.fault(f"{measure.code} är en fördelning och delas inte upp i ett diagram. Ta bort ”efter”.", "efter")
        return
    known = [one.value for one in dimensions_of(measure) if one not in _TIME]
    if by not in known:
        table.fault(
            f"Måttet {measure.code} kan inte delas efter ”{by}”. Det kan delas efter: {', '.join(known)}.", "efter"
        )
