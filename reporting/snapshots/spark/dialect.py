"""DuckDB's SQL as Spark's: the one place that knows where the two differ.

sqlglot knows most of it. What stands here is where it lets something through that Spark would refuse or read otherwise, for the
constructs that the views, the measures and the sums over them use. Whoever writes SQL writes for DuckDB, and a test turns every
text into Spark's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlglot
from sqlglot import ErrorLevel, exp

Params = Mapping[str, object] | Sequence[object]

_EXACT = "DECIMAL(38, 12)"
_HISTOGRAM = "histogram"
_ERROR = "RAISE_ERROR"


@dataclass(frozen=True)
class Statement:
    """One statement for Spark: what it reads, and the errors that it raises where something is asked for.

    `only`: of the columns those, where the statement says so with COLUMNS. `creates`: the name that the rows of `select` are to
    have; `is_table`: they are to be kept.
    """

    select: str
    tables: frozenset[str]
    errors: frozenset[str]
    only: frozenset[str] | None = None
    creates: str = ""
    is_table: bool = False


def statement(
    sql: str,
    params: Params = (),
    *,
    tables: Mapping[str, str] | None = None,
    files: Callable[[tuple[str, ...]], str] | None = None,
) -> Statement:
    """Return one statement of DuckDB's SQL as Spark's.

    `params` stand as literals in it. `tables`: other names for tables. `files`: gives the name of a table of Parquet files, which
    has the column `filename`. Raises sqlglot's UnsupportedError for what Spark has no word for, KeyError for a parameter that is
    not given.
    """
    parsed = _parsed(sql).copy()
    create = parsed if isinstance(parsed, exp.Create) else None
    query = create.expression if create else parsed
    _fill_in(query, params)
    only = _chosen_columns(query)
    for table in list(query.find_all(exp.Table)):
        if isinstance(table.this, exp.ReadParquet) and files:
            paths = tuple(path.name for path in table.this.expressions[0].expressions)
            table.set("this", exp.to_identifier(files(paths)))
        else:
            table.set("this", exp.to_identifier((tables or {}).get(table.name, table.name)))
    for rule in _RULES:
        query = query.transform(rule, copy=False)
    return Statement(
        select=query.sql("spark", unsupported_level=ErrorLevel.RAISE, comments=False),
        tables=frozenset(table.name for table in query.find_all(exp.Table)),
        errors=frozenset(call.expressions[0].name for call in query.find_all(exp.Anonymous) if call.name == _ERROR),
        only=only,
        creates=create.this.name if create else "",
        is_table=create is not None and create.kind == "TABLE",
    )


def _chosen_columns(query: exp.Expr) -> frozenset[str] | None:
    """Take `COLUMNS(lambda name: name IN (…))` out of the query, which then gives all columns, and return the names."""
    choice = query.find(exp.Columns)
    if choice is None:
        return None
    choice.replace(exp.Star())
    return frozenset(name.name for name in choice.find_all(exp.Literal))


@lru_cache(maxsize=256)
def _parsed(sql: str) -> exp.Expr:
    """The same few texts are asked with again and again. A comment after the statement is none of its own."""
    parsed = sqlglot.parse(sql, read="duckdb")[0]
    if parsed is None:
        raise ValueError(f"no statement: {sql}")
    return parsed


def _fill_in(query: exp.Expr, params: Params) -> None:
    """Put the values where the parameters stand: by their names, or in the order in which they are written."""
    places = list(query.find_all(exp.Placeholder, bfs=False))
    values = [params[place.name] for place in places] if isinstance(params, Mapping) else params
    for place, value in zip(places, values, strict=True):
        place.replace(exp.convert(value))


def duckdb_row(values: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row of Spark's as DuckDB would have given it: a histogram is counts by value, everything else stands as it is."""
    return tuple(map(_value, values))


def _value(value: Any) -> Any:
    if isinstance(value, tuple) and getattr(value, "__fields__", None) == [_HISTOGRAM]:
        return dict(Counter(value[0])) or None
    return value


def duckdb_type(name: str) -> str:
    """Return DuckDB's name of a type of Spark's."""
    inner = name.removeprefix("array<")
    if inner != name:
        return f"{duckdb_type(inner.removesuffix('>'))}[]"
    return {"string": "VARCHAR", "int": "INTEGER"}.get(name, name.upper())


def _lists(node: exp.Expr) -> exp.Expr:
    """A list of no rows is not known in DuckDB and empty in Spark."""
    if _is_filtered(node) or not isinstance(_unfiltered(node), exp.ArrayAgg):
        return node
    return exp.case().when(exp.ArraySize(this=node.copy()) > 0, node)


def _histograms(node: exp.Expr) -> exp.Expr:
    """Spark has no histogram: the values come as a list, marked, and `answer` counts them."""
    inner = _unfiltered(node)
    if _is_filtered(node) or not _is_call(inner, _HISTOGRAM):
        return node
    values = _refiltered(node, exp.Anonymous(this="COLLECT_LIST", expressions=inner.expressions))
    return exp.Anonymous(this="NAMED_STRUCT", expressions=[exp.Literal.string(_HISTOGRAM), values])


def _exact_sums(node: exp.Expr) -> exp.Expr:
    """DuckDB's fsum makes up for rounding as it goes; Spark's sum of decimals has none, in whatever order the parts come."""
    inner = _unfiltered(node)
    if _is_filtered(node) or not _is_call(inner, "fsum"):
        return node
    total = exp.Sum(this=exp.cast(inner.expressions[0], _EXACT))
    return exp.cast(_refiltered(node, total), "DOUBLE")


def _latest(node: exp.Expr) -> exp.Expr:
    """DuckDB's max_by passes over rows whose value is not known, Spark's does not."""
    if not isinstance(node, exp.ArgMax):
        return node
    return exp.Filter(this=node, expression=exp.Where(this=node.this.is_(exp.null()).not_()))


def _grouping_masks(node: exp.Expr) -> exp.Expr:
    """DuckDB's grouping takes several names, the last one lowest; Spark's takes one."""
    if not (isinstance(node, exp.Grouping) and len(node.expressions) > 1):
        return node
    bits = [exp.Grouping(expressions=[name]) for name in reversed(node.expressions)]
    parts = [bit if at == 0 else exp.Mul(this=bit, expression=exp.convert(1 << at)) for at, bit in enumerate(bits)]
    total: exp.Expr = parts[0]
    for part in parts[1:]:
        total = exp.Add(this=total, expression=part)
    return exp.paren(total)


def _unknown_in_list(node: exp.Expr) -> exp.Expr:
    """Looking for what is not known finds it in DuckDB and never in Spark."""
    if not (_is_call(node, "list_position") and isinstance(node.expressions[1], exp.Null)):
        return node
    one = exp.to_identifier("one")
    unknown = exp.Lambda(this=exp.Is(this=one, expression=exp.null()), expressions=[one.copy()])
    return exp.case().when(exp.Exists(this=node.expressions[0], expression=unknown), exp.convert(1))


def _other_names(node: exp.Expr) -> exp.Expr:
    """What only has another name in Spark."""
    if isinstance(node, exp.Length):
        return exp.ArraySize(this=node.this)  # our SQL asks for the length of lists, never of texts
    if isinstance(node, exp.ArrayOverlaps):
        return exp.Anonymous(this="ARRAYS_OVERLAP", expressions=[node.this, node.expression])
    if _is_call(node, "error"):
        return exp.Anonymous(this=_ERROR, expressions=node.expressions)
    if isinstance(node, exp.DataType) and node.this == exp.DType.USERDEFINED:
        return exp.DataType.build("STRING", dialect="spark")  # an enumeration of DuckDB's
    return node


def _replaced_columns(node: exp.Expr) -> exp.Expr:
    """`* REPLACE (x AS y)` as everything but y, and x by that name."""
    if not isinstance(node, exp.Select):
        return node
    for star in [each for each in node.expressions if isinstance(each, exp.Star) and each.args.get("replace")]:
        replaced = star.args["replace"]
        star.set("replace", None)
        star.set("except_", [exp.to_identifier(each.alias) for each in replaced])
        node.set("expressions", [*node.expressions, *replaced])
    return node


def _series(node: exp.Expr) -> exp.Expr:
    """Both ends of Spark's sequence are of one type."""
    if isinstance(node, exp.GenerateSeries) and isinstance(node.args.get("step"), exp.Interval):
        for end in ("start", "end"):
            node.set(end, exp.cast(node.args[end], "DATE"))
    return node


_RULES = (
    _replaced_columns,
    _series,
    _other_names,
    _unknown_in_list,
    _grouping_masks,
    _latest,
    _exact_sums,
    _histograms,
    _lists,
)


def _is_call(node: exp.Expr, name: str) -> bool:
    """Whether the node calls a function that sqlglot has no idea of."""
    return isinstance(node, exp.Anonymous) and node.name.lower() == name


def _is_filtered(node: exp.Expr) -> bool:
    """Whether the node is what an aggregate's FILTER filters: the rule then waits for the filter."""
    return isinstance(node.parent, exp.Filter) and node.arg_key == "this"


def _unfiltered(node: exp.Expr) -> exp.Expr:
    return node.this if isinstance(node, exp.Filter) else node


def _refiltered(node: exp.Expr, aggregate: exp.Expr) -> exp.Expr:
    if not isinstance(node, exp.Filter):
        return aggregate
    return exp.Filter(this=aggregate, expression=node.expression)
