"""Every definition's worked examples give what they say: they are what a reader sees, so they must be true."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping

import pytest

from reporting.figures.cases import case_rows
from reporting.figures.computing import compute
from reporting.figures.model import Figure, PartFigure, Period, Request, Result
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.measures.inner import Part
from reporting.snapshots.engine import Engine
from tests.measures.examples import Cells, Example, examples_of
from tests.measures.tiny import tiny_engine

EXAMPLES = [example for measure in measures() for example in examples_of(measure)]
_YES = {"ja": True, "nej": False}
_DASH = "–"


def _name(example: Example) -> str:
    return f"{example.measure.code}: {example.title}"


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_a_worked_example_gives_the_figures_and_rows_it_shows(example: Example) -> None:
    engines: dict[dt.date, Engine] = {}
    for line in example.outcomes:
        as_of = dt.date.fromisoformat(line["per den"])
        if as_of not in engines:
            engines[as_of] = tiny_engine(example.rows, as_of)
        assert _shown(compute(engines[as_of], _request(example, line)), line) == dict(line)
    if example.judged:
        line = example.outcomes[0]
        engine = engines[dt.date.fromisoformat(line["per den"])]
        assert _listed(engine, example, line) == sorted(
            (dict(row) for row in example.judged), key=lambda row: row["nyckel"]
        )


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.code)
def test_every_definition_has_a_worked_example(measure: object) -> None:
    assert [example for example in EXAMPLES if example.measure is measure]


def _request(example: Example, line: Cells) -> Request:
    days = (
        line["period"].split("–") if "–" in line["period"] else [f"{line['period']}-01-01", f"{line['period']}-12-31"]
    )
    period = Period(*(dt.date.fromisoformat(day) for day in days))
    names = {"kategori": (), "": ()}
    dimension = line.get("grupp", "").split("=")[0]
    return request(
        example.measure, period=period, variant=line.get("variant") or None, by=names.get(dimension, (dimension,))
    )


def _shown(result: Result, line: Cells) -> dict[str, str]:
    """Write the figure the way the example's line does, so that the two can be compared."""
    figure = _figure(result, line.get("grupp", ""))
    written = {
        "täljare": _plain(figure.numerator),
        "nämnare": _plain(figure.denominator),
        "värde": _as_written(figure.value, line["värde"]),
        "personer": _plain(figure.persons),
        "utanför": _counted(result, result.excluded, line.get("utanför", "")),
        "flaggor": _counted(result, figure.flags, line.get("flaggor", "")),
        "andel": _as_written(figure.extra.get("share"), line.get("andel", "")),
        "av befolkningen": _as_written(figure.extra.get("of_population"), line.get("av befolkningen", "")),
        "median": _as_written(figure.extra.get("median"), line.get("median", "")),
        "medel": _as_written(figure.extra.get("mean"), line.get("medel", "")),
        "andel i tid": "; ".join(map(_as_share, figure.within.values())),
        "per invånare": _as_written(figure.extra.get("per_inhabitant"), line.get("per invånare", "")),
    }
    if line.get("del"):
        written |= _of_part(result, figure.parts[_part_named(result, line["del"])], line)
    return {name: written.get(name, cell) for name, cell in line.items()}


def _of_part(result: Result, part: PartFigure, line: Cells) -> dict[str, str]:
    return {
        "täljare": _plain(part.numerator),
        "nämnare": _plain(part.denominator),
        "värde": _as_written(part.value, line["värde"]),
        "personer": _plain(part.persons),
        "kvar": str(part.extra.get("at_risk")),
        "datum": str(part.extra.get("date") or _DASH),
    }


def _part_named(result: Result, written: str) -> str:
    """A part by the label a reader sees, or a number of days."""
    return {part.label: part.name for part in result.measure.parts}.get(written, written)


def _as_share(part: PartFigure) -> str:
    return f"{_plain(part.numerator)}/{_plain(part.denominator)} = {_as_written(part.value, '0,0 %')}"


def _figure(result: Result, group: str) -> Figure:
    if not group:
        return result.total
    dimension, value = group.split("=")
    key = {"category" if dimension == "kategori" else dimension: None if value == _DASH else value}
    found = result.group(**key)
    assert found is not None, f"no group {group} among {[dict(figure.key) for figure in result.groups]}"
    return found


def _plain(value: float | None) -> str:
    return _DASH if value is None else _grouped(f"{value:.0f}")


def _as_written(value: float | None, example: str) -> str:
    """Round the value as the example's cell is rounded and give it the same unit."""
    if value is None:
        return _DASH
    match = re.fullmatch(r"[\d ]+(?:,(\d+))?( .+)?", example)
    decimals, unit = (len(match[1] or ""), match[2] or "") if match else (1, "")
    whole, _, part = f"{value:.{decimals}f}".partition(".")
    return _grouped(whole) + (f",{part}" if part else "") + unit


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", " ")


def _counted(result: Result, counts: Mapping[str, int | None], example: str) -> str:
    """Write the counts in words, in the order of the example when they are the same."""
    found = {f"{result.measure.word(code)}: {number}" for code, number in counts.items()}
    return example if found == set(filter(None, example.split("; "))) else "; ".join(sorted(found))


def _listed(engine: Engine, example: Example, line: Cells) -> list[dict[str, str]]:
    table = case_rows(engine, _request(example, line))
    shown = Counter[str]()
    rows = []
    for values in table.rows:
        row = dict(zip(table.columns, values, strict=True))
        shown[str(row["unit_key"])] += 1
        written = {
            "nyckel": str(row["unit_key"]),
            "räknas": _yes(row["in_population"]),
            "uppfyllt": _yes(row["met"]),
            "kategori": str(row["category"]),
            "dagar": "" if row["days"] is None else str(row["days"]),
            "händelse": "" if row["event"] is None else example.measure.word(str(row["event"])),
            "delar": ", ".join(part.label for part in example.measure.parts if _is_marked(row, part)),
            "skäl": example.measure.word(str(row["reason"])),
            "flaggor": ", ".join(map(example.measure.word, flags)) if isinstance(flags := row["flags"], list) else "",
        }
        rows.append({name: written[name] for name in example.judged[0]})
    assert not [key for key, times in shown.items() if times > 1]
    return sorted(rows, key=lambda row: row["nyckel"])


def _is_marked(row: Mapping[str, object], part: Part) -> bool:
    return bool(row.get(part.count.column))


def _yes(value: object) -> str:
    return {flag: word for word, flag in _YES.items()}.get(value, "") if isinstance(value, bool) else ""
