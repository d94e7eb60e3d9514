"""`measure`: one figure, with its split, as a table, JSON or CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import CommandParser

from committees.commands import add_format, input_fault, usage_fault
from committees.csv_files import neutralised
from reporting.figures.computing import compute
from reporting.figures.dimensions import label_of
from reporting.figures.model import CATEGORY, Figure, PartFigure, RequestFault, Result
from reporting.figures.publishing import publish
from reporting.figures.swedish import HIDDEN, date_long, kronor, number, percent, span
from reporting.figures.symbols import legend
from reporting.figures.wording import (
    days_in_words,
    interval_in_words,
    part_in_words,
    period_in_words,
    share_in_words,
    value_in_words,
)
from reporting.management.asking import MeasureCommand
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Kind
from reporting.snapshots.engine import Engine
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import short_hash


class Command(MeasureCommand):
    """Prints one figure. Keys and exit codes are an outer contract (commands); an empty population is "–" and exit 0."""

    help = "Räknar ett mått ur ett underlag."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the question's options and the formats."""
        super().add_arguments(parser)
        add_format(parser, "table", "json", "csv")

    def handle(self, *_: Any, **options: Any) -> None:
        """Compute, hide small numbers when asked to, and print."""
        engine, request = self.ask(options)
        try:
            result = compute(engine, request)
            if options["publish"]:
                [result] = publish(engine, [result])
        except RequestFault as fault:
            raise usage_fault(str(fault)) from fault
        except SnapshotFault as fault:
            raise input_fault(str(fault)) from fault
        if result.is_empty:
            self.tell_of_nothing(engine, request)
        if options["format"] == "json":
            self.write_json(result.as_json())
        elif options["format"] == "csv":
            csv.writer(self.stdout, lineterminator="\n").writerows(_csv_rows(result))
        else:
            self.stdout.write("\n".join([*_heading(result), "", *_table(engine, result), "", *_notes(result)]).rstrip())


def _csv_rows(result: Result) -> Iterator[list[object]]:
    names = list(result.groups[0].key) if result.groups else list(result.by)
    extra = list(
        dict.fromkeys([*result.total.extra, *(name for _, part in _inner(result.total) for name in part.extra)])
    )
    numbers = ["numerator", "denominator", "value", "low", "high"]
    yield ["row", *names, *numbers, *extra, "persons", "adds_up", "flags", "suppressed", "reason", "excluded"]
    for row, figure in [*(("group", figure) for figure in result.groups), ("total", result.total)]:
        values: list[object] = [row, *(neutralised(figure.key.get(name)) for name in names)]
        values += [getattr(figure, name) for name in numbers] + [figure.extra.get(name) for name in extra]
        flags = ";".join(f"{name}={count if count is not None else HIDDEN}" for name, count in figure.flags.items())
        yield [*values, figure.persons, _yes(figure.adds_up), flags, _yes(figure.suppressed), None, None]
        for name, part in _inner(figure):
            values = [f"{row} {name}", *(neutralised(figure.key.get(key)) for key in names)]
            values += [getattr(part, each) for each in numbers] + [part.extra.get(each) for each in extra]
            yield [*values, part.persons, _yes(part.adds_up), None, _yes(part.suppressed), None, None]
    blank = [None] * (len(names) + len(numbers) + len(extra) + 4)
    for reason, count in result.excluded.items():
        yield ["excluded", *blank, neutralised(reason), HIDDEN if count is None else count]


def _inner(figure: Figure) -> list[tuple[str, PartFigure]]:
    """The figures inside a figure, each with its name: "within 14", "drop_in_visits"."""
    return [*((f"within {days}", part) for days, part in figure.within.items()), *figure.parts.items()]


def _yes(value: bool) -> str:  # noqa: FBT001 (the one thing it is about)
    return "true" if value else "false"


def _heading(result: Result) -> list[str]:
    snapshots = ", ".join(short_hash(name) for name in result.snapshots)
    return [
        f"{result.measure.name} ({result.measure.code}, version {result.measure.version})",
        f"{period_in_words(result)}. Variant: {result.measure.variant_label(result.request.variant)}.",
        f"Uppgifter till och med {date_long(result.as_of)}, underlag {snapshots}.",
    ]


def _table(engine: Engine, result: Result) -> list[str]:
    by = [Dimension(name).label for name in result.by]
    categories = [CATEGORY] if result.measure.kind is Kind.DISTRIBUTION else []
    head = [*by, *(["Kategori"] if categories else []), "Täljare", "Nämnare", "Värde", "95 %", "Personer"]
    texts = len(by) + len(categories)
    if not texts:
        head.insert(0, "")
    rows = [head, *([*_key(engine, result, figure), *_numbers(result, figure)] for figure in result.groups)]
    rows.append(["Totalt", *[""] * (max(texts, 1) - 1), *_numbers(result, result.total)])
    return _aligned(rows, texts=max(texts, 1))


def _key(engine: Engine, result: Result, figure: Figure) -> list[str]:
    labels = [label_of(engine, name, figure.key[name]) for name in result.by]
    names = {category.code: category.label for category in result.measure.categories}
    return [*labels, *([names[str(figure.key[CATEGORY])]] if CATEGORY in figure.key else [])]


def _numbers(result: Result, figure: Figure) -> list[str]:
    counts = [figure.numerator, figure.denominator]
    shown = [HIDDEN if figure.suppressed else number(count) for count in counts]
    persons = HIDDEN if figure.persons is None else number(figure.persons)
    return [*shown, value_in_words(result.measure, figure), interval_in_words(figure), persons]


def _inner_notes(result: Result) -> Iterator[str]:
    """The figures inside the total, a line each."""
    total, labels = result.total, {part.name: part for part in result.measure.parts}
    for name in ("median", "mean"):
        if name in total.extra:
            words = {"median": "Median", "mean": "Medel"}[name]
            yield f"{words}: {HIDDEN if total.suppressed else days_in_words(total.extra[name])}."
    for days, part in total.within.items():
        yield f"Inom {days} dagar: {share_in_words(part)}."
    for name, part in total.parts.items():
        known = labels.get(name)
        label = known.label if known else f"Efter {name} dagar"
        value = part_in_words(known.unit, part) if known and not known.of else share_in_words(part)
        yield f"{label}: {value}."


def _aligned(rows: Sequence[Sequence[str]], *, texts: int) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if at < texts else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _notes(result: Result) -> Iterator[str]:
    measure, extra = result.measure, result.total.extra
    if extra.get("share") is not None:
        yield f"Andel: {percent(extra['share'])} ({span(extra['share_low'], extra['share_high'])})."
    yield from _inner_notes(result)
    if extra.get("of_population") is not None:
        yield f"Andel av den vuxna befolkningen: {percent(extra['of_population'])}."
    if extra.get("per_inhabitant") is not None:
        yield f"Per invånare: {kronor(extra['per_inhabitant'])}."
    if any(not figure.adds_up for figure in result.groups):
        yield "Raderna summerar inte till totalen: samma fall eller person kan stå på flera rader."
    for flag, count in result.total.flags.items():
        yield f"{HIDDEN if count is None else number(count)} {measure.case.many}: {measure.word(flag)}."
    for reason, count in result.excluded.items():
        yield f"Utelämnade: {HIDDEN if count is None else number(count)} ({measure.word(reason)})."
    figures = [result.total, *result.groups]
    inner = [part for figure in figures for _, part in _inner(figure)]
    if any(figure.suppressed for figure in figures) or any(part.suppressed for part in inner):
        yield legend([HIDDEN])
