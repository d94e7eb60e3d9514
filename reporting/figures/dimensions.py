"""How a row gets its value for each dimension, which values there are, and what they are called.

Everything is derived from the keys that a measure's row has (municipality, person, unit, attribution date, referrer, activity
types), so that a definition never has to say it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache

from cases.enums import Ground, Hinder, Provider, Referrer, Sex
from reporting.figures.keeping import workbench
from reporting.figures.model import RequestFault
from reporting.figures.swedish import month_long
from reporting.measures.dimensions import Dimension
from reporting.measures.model import ActivityLink, Measure
from reporting.snapshots.engine import Engine

UNKNOWN = "Uppgift saknas"
"""What a group is called whose value is not known, or not told because its persons are protected."""

_SENSELESS_PAIRS = (
    frozenset({Dimension.YEAR, Dimension.MONTH}),
    frozenset({Dimension.ACTIVITY_TYPE, Dimension.PROVIDER}),
)
"""One of the two already says the other."""

_AGE_STARTS = (25, 35, 45, 55)
AGE_GROUPS = ("–24", "25–34", "35–44", "45–54", "55–")
"""Full years on the attribution date (measures.md)."""

NEWLY_ARRIVED = {"ja": "Nyanländ", "nej": "Inte nyanländ", "okänd": "Okänt om nyanländ"}

_CLOSED: Mapping[Dimension, Mapping[str, str]] = {
    Dimension.AGE: {group: f"{group} år" for group in AGE_GROUPS},
    Dimension.NEWLY_ARRIVED: NEWLY_ARRIVED,
    Dimension.SEX: dict(Sex.choices),
    Dimension.GROUND: dict(Ground.choices),
    Dimension.HINDER: dict(Hinder.choices),
    Dimension.REFERRER: dict(Referrer.choices),
    Dimension.PROVIDER: dict(Provider.choices),
}

_OPEN: Mapping[Dimension, str] = {
    Dimension.ACTIVITY_TYPE: "SELECT activity_type, name FROM activity_types ORDER BY kommun, activity_type",
    Dimension.UNIT: "SELECT unit, name FROM units ORDER BY kommun, unit",
    Dimension.COMMITTEE: "SELECT code, name FROM committee ORDER BY kommun, code",
    Dimension.MUNICIPALITY: "SELECT code, name FROM municipality ORDER BY code",
}


def _age_group() -> str:
    ends = zip(AGE_GROUPS, _AGE_STARTS, strict=False)
    steps = " ".join(
        f"WHEN p.birth_date + INTERVAL {start} YEAR > j.attribution_date THEN '{group}'" for group, start in ends
    )
    return f"CASE WHEN p.birth_date IS NULL THEN NULL {steps} ELSE '{AGE_GROUPS[-1]}' END"


_SCALARS: Mapping[Dimension, str] = {
    Dimension.UNIT: "j.unit",
    Dimension.COMMITTEE: "r.committee",
    Dimension.REFERRER: "j.referrer",
    Dimension.SEX: "p.sex",
    Dimension.AGE: _age_group(),
    Dimension.NEWLY_ARRIVED: (
        "CASE WHEN p.received IS NULL THEN 'okänd' WHEN p.received <= j.attribution_date"
        " AND j.attribution_date <= p.received + INTERVAL 24 MONTH THEN 'ja' ELSE 'nej' END"
    ),
    Dimension.GROUND: "p.ground",
    Dimension.HINDER: "j.hinder",
    Dimension.YEAR: "strftime(j.attribution_date, '%Y')",
    Dimension.MONTH: "strftime(j.attribution_date, '%Y-%m')",
}

_ACTIVITY_LISTS: Mapping[ActivityLink, str] = {
    ActivityLink.ENROLMENT: "LEFT JOIN activity_lists AS a ON a.kommun = j.kommun AND a.enrolment = j.enrolment",
    ActivityLink.JOINED_ENROLMENT: "LEFT JOIN joined_activity_lists AS a ON a.kommun = j.kommun AND a.enrolment = j.unit_key",
    ActivityLink.JOINED_OR_OWN: (
        "LEFT JOIN joined_activity_lists AS a ON a.kommun = j.kommun AND a.enrolment = j.unit_key"
        " LEFT JOIN activity_types AS t ON t.kommun = j.kommun AND t.activity_type = j.activity_type"
    ),
    ActivityLink.OWN: "LEFT JOIN activity_types AS t ON t.kommun = j.kommun AND t.activity_type = j.activity_type",
    ActivityLink.NONE: "",
}
_COMMITTEE_THEN = (
    "LEFT JOIN responsibilities AS r ON r.kommun = j.kommun AND r.unit = j.unit AND r.start <= j.attribution_date"
    " AND coalesce(r.ended, j.attribution_date) >= j.attribution_date"
)
_LINKED = {ActivityLink.ENROLMENT, ActivityLink.JOINED_ENROLMENT, ActivityLink.JOINED_OR_OWN}


def dimensions_of(measure: Measure) -> tuple[Dimension, ...]:
    """Return what the measure's rows can be split by: what it declares, and always the municipality."""
    if Dimension.MUNICIPALITY in measure.dimensions:
        return measure.dimensions
    return (*measure.dimensions, Dimension.MUNICIPALITY)


def fans_out(measure: Measure, by: Sequence[str]) -> bool:
    """Return whether a case can stand in several groups of the split."""
    return measure.activities in _LINKED and any(Dimension(name).fans_out for name in by)


@cache
def judged_rows_sql(measure: Measure, only: frozenset[Dimension] | None = None) -> str:
    """Return the measure's SELECT with a column for each of its dimensions, or for those in `only`; those that fan out are lists.

    The rows of protected persons have `protected` set (with all dimensions) and no value in the dimensions below the unit. The
    dimensions stand first: of two columns of one name DuckDB keeps the first under it, and it must not be the measure's own.
    """
    wanted = [dimension for dimension in dimensions_of(measure) if dimension is not Dimension.MUNICIPALITY]
    wanted = [dimension for dimension in wanted if only is None or dimension in only]
    columns = [f"{_value(dimension, measure)} AS {dimension.value}" for dimension in wanted]
    joins = []
    if only is None or any(dimension.below_unit for dimension in wanted):
        columns.insert(0, "coalesce(p.protected, false) AS protected")
        joins.append("LEFT JOIN persons AS p ON p.kommun = j.kommun AND p.person = j.person_key")
    if Dimension.COMMITTEE in wanted:
        joins.append(_COMMITTEE_THEN)
    if any(dimension.fans_out for dimension in wanted):
        joins.append(_ACTIVITY_LISTS[measure.activities])
    return "\n".join(
        [
            "WITH measure_rows AS (",
            measure.sql.strip().rstrip(";"),
            ")",
            "SELECT",
            *(f"       {column}," for column in columns),
            "       j.*",
            "FROM measure_rows AS j",
            *joins,
        ]
    )


def _value(dimension: Dimension, measure: Measure) -> str:
    if dimension.fans_out:
        value = _list_of_values(dimension, measure.activities)
        return f"CASE WHEN p.protected THEN [NULL::VARCHAR] ELSE {value} END"
    value = _SCALARS[dimension]
    return f"CASE WHEN p.protected THEN NULL ELSE {value} END" if dimension.below_unit else value


def _list_of_values(dimension: Dimension, link: ActivityLink) -> str:
    """Never an empty list: a row without a value stands in the group whose value is not known."""
    is_type = dimension is Dimension.ACTIVITY_TYPE
    own = f"[{'j.activity_type' if is_type else 't.provider'}]"
    if link is ActivityLink.OWN:
        return own
    unknown = own if link is ActivityLink.JOINED_OR_OWN else "[NULL::VARCHAR]"
    return f"coalesce(a.{'activity_types' if is_type else 'providers'}, {unknown})"


def values_of(engine: Engine, dimension: Dimension) -> dict[str, str]:
    """Return every value the dimension can have, with its Swedish label, in the order they are shown.

    Empty for year and month, whose values are as many as there are.
    """
    if dimension in _CLOSED:
        return dict(_CLOSED[dimension])
    if dimension not in _OPEN:
        return {}
    return dict(workbench(engine).answers.get(dimension, lambda: _listed_values(engine, _OPEN[dimension])))


def _listed_values(engine: Engine, sql: str) -> dict[str, str]:
    """The codes and names that the SQL gives; of a code that several municipalities use, the first one's name."""
    found: dict[str, str] = {}
    for code, name in engine.rows(sql).fetchall():
        found.setdefault(code, name)
    return found


def label_of(engine: Engine, dimension: str, value: str | None) -> str:
    """Return what the value is called on a page; the value itself where it has no other name."""
    if value is None or value == "":
        return UNKNOWN
    if dimension == Dimension.MONTH:
        return month_long(dt.date.fromisoformat(f"{value}-01"))
    return values_of(engine, Dimension(dimension)).get(value, value)


def closed_label(dimension: Dimension, value: str) -> str:
    """Return the Swedish label of a value that is the same in every snapshot; other values are their own."""
    return _CLOSED.get(dimension, {}).get(value, value)


def checked_split(measure: Measure, by: Sequence[str]) -> tuple[str, ...]:
    """Return the dimensions of a split as given; RequestFault when the measure or the pair does not allow it."""
    known = dimensions_of(measure)
    for name in by:
        if name not in known:
            raise RequestFault(f"Måttet {measure.code} kan inte delas upp på ”{name}”. Det går på: {', '.join(known)}.")
    if len(by) > 2:
        raise RequestFault("Ett mått kan delas upp på högst två egenskaper åt gången.")
    if len(by) == 2 and not makes_sense_together(*by):
        pairs = ", ".join(f"{by[0]},{other}" for other in known if makes_sense_together(by[0], other))
        raise RequestFault(f"Uppdelningen {by[0]},{by[1]} säger inte mer än den ena för sig. Par som går: {pairs}.")
    return tuple(by)


def makes_sense_together(first: str, second: str) -> bool:
    """Return whether a split by both dimensions says more than a split by one of them."""
    return first != second and frozenset({first, second}) not in _SENSELESS_PAIRS


def checked_closed_value(dimension: Dimension, value: str) -> str:
    """Return a value asked for as it is written in the rows; RequestFault when a closed list lacks it.

    The empty value stands for "not known"; an age group may be written with a plain hyphen.
    """
    if not value:
        return value
    if dimension is Dimension.AGE:
        value = value.replace("-", "–")
    if dimension in _CLOSED and value not in _CLOSED[dimension]:
        raise unknown_value(dimension, value, tuple(_CLOSED[dimension]))
    if dimension in {Dimension.YEAR, Dimension.MONTH}:
        pattern = "%Y" if dimension is Dimension.YEAR else "%Y-%m"
        try:
            dt.datetime.strptime(value, pattern)  # noqa: DTZ007 (only the form is checked)
        except ValueError as error:
            form = "ÅÅÅÅ" if dimension is Dimension.YEAR else "ÅÅÅÅ-MM"
            raise RequestFault(f"”{value}” är inte ett värde för {dimension}: skriv {form}.") from error
    return value


def unknown_value(dimension: Dimension, value: str, known: Sequence[str]) -> RequestFault:
    """Return the fault that says which values there are."""
    return RequestFault(f"”{value}” finns inte bland värdena för {dimension.value}. De är: {', '.join(known)}.")


def check_open_values(engine: Engine, where: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Raise RequestFault when a value is not in the snapshot's own lists of units, committees, activities, municipalities."""
    for name, values in where:
        dimension = Dimension(name)
        if dimension not in _OPEN:
            continue
        known = values_of(engine, dimension)
        for value in values:
            if value and value not in known:
                raise unknown_value(dimension, value, tuple(known))
