"""How a row gets its value for each dimension, which values there are, and what they are called.

Everything is derived from the keys that a measure's row has (municipality, person, unit, attribution date, referrer, activity
types), so that a definition never has to say it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache

from cases.enums import Ground, Provider, Referrer, Sex
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
    Dimension.YEAR: "strftime(j.attribution_date, '%Y')",
    Dimension.MONTH: "strftime(j.attribution_date, '%Y-%m')",
}

_REIGNS = """
    SELECT kommun, unit, committee, start,
           least(coalesce(ended, DATE '9999-12-31'),
                 coalesce(lead(start) OVER (PARTITION BY kommun, unit ORDER BY start) - 1, DATE '9999-12-31')) AS ended
    FROM responsibilities"""

_LINKED_ACTIVITIES: Mapping[ActivityLink, str] = {
    ActivityLink.ENROLMENT: "activities",
    ActivityLink.JOINED_ENROLMENT: "joined_activities",
}


def dimensions_of(measure: Measure) -> tuple[Dimension, ...]:
    """Return what the measure's rows can be split by: what it declares, and always the municipality."""
    if Dimension.MUNICIPALITY in measure.dimensions:
        return measure.dimensions
    return (*measure.dimensions, Dimension.MUNICIPALITY)


def fans_out(measure: Measure, by: Sequence[str]) -> bool:
    """Return whether a case can stand in several groups of the split."""
    return measure.activities in _LINKED_ACTIVITIES and any(Dimension(name).fans_out for name in by)


@cache
def judged_rows_sql(measure: Measure) -> str:
    """Return the measure's SELECT with a column for each of its dimensions; those that fan out are lists.

    The rows of protected persons have `protected` set and no value in the dimensions below the unit.
    """
    wanted = dimensions_of(measure)
    columns = [f"{_value(dimension, measure)} AS {dimension.value}" for dimension in wanted if dimension != "kommun"]
    return "\n".join(
        [
            "WITH measure_rows AS (",
            measure.sql.strip().rstrip(";"),
            "),",
            f"reigns AS ({_REIGNS}),",
            f"activity_lists AS ({_activity_lists(measure)})",
            "SELECT j.*, coalesce(p.protected, false) AS protected,",
            "       j.kommun || '/' || j.person_key AS person_of"
            + "".join(f",\n       {column}" for column in columns),
            "FROM measure_rows AS j",
            "LEFT JOIN persons AS p ON p.kommun = j.kommun AND p.person = j.person_key",
            "LEFT JOIN reigns AS r ON r.kommun = j.kommun AND r.unit = j.unit",
            "     AND j.attribution_date BETWEEN r.start AND r.ended",
            "LEFT JOIN activity_lists AS a ON a.kommun = j.kommun AND a.unit_key = j.unit_key",
        ]
    )


def _value(dimension: Dimension, measure: Measure) -> str:
    if dimension.fans_out:
        column = "types" if dimension is Dimension.ACTIVITY_TYPE else "providers"
        return f"CASE WHEN p.protected THEN [NULL::VARCHAR] ELSE coalesce(a.{column}, [NULL::VARCHAR]) END"
    value = _SCALARS[dimension]
    return f"CASE WHEN p.protected THEN NULL ELSE {value} END" if dimension.below_unit else value


def _activity_lists(measure: Measure) -> str:
    link = measure.activities
    if link is ActivityLink.NONE:
        return "SELECT NULL::VARCHAR AS kommun, NULL::VARCHAR AS unit_key, NULL AS types, NULL AS providers WHERE false"
    if link is ActivityLink.OWN:
        rows = "SELECT kommun, unit_key, activity_type FROM measure_rows"
    else:
        rows = f"SELECT kommun, enrolment AS unit_key, activity_type FROM {_LINKED_ACTIVITIES[link]}"
    return f"""
    SELECT l.kommun, l.unit_key,
           coalesce(list(DISTINCT l.activity_type ORDER BY l.activity_type), [NULL::VARCHAR]) AS types,
           coalesce(list(DISTINCT t.provider ORDER BY t.provider), [NULL::VARCHAR]) AS providers
    FROM ({rows}) AS l
    LEFT JOIN activity_types AS t ON t.kommun = l.kommun AND t.activity_type = l.activity_type
    GROUP BY l.kommun, l.unit_key"""


def values_of(engine: Engine, dimension: Dimension) -> dict[str, str]:
    """Return every value the dimension can have, with its Swedish label, in the order they are shown.

    Empty for year and month, whose values are as many as there are.
    """
    if dimension in _CLOSED:
        return dict(_CLOSED[dimension])
    if dimension not in _OPEN:
        return {}
    found: dict[str, str] = {}
    for code, name in engine.rows(_OPEN[dimension]).fetchall():
        found.setdefault(code, name)
    return found


def label_of(engine: Engine, dimension: str, value: str | None) -> str:
    """Return what the value is called on a page; the value itself where it has no other name."""
    if value is None or value == "":
        return UNKNOWN
    if dimension == Dimension.MONTH:
        return month_long(dt.date.fromisoformat(f"{value}-01"))
    return values_of(engine, Dimension(dimension)).get(value, value)


def checked_split(measure: Measure, by: Sequence[str]) -> tuple[str, ...]:
    """Return the dimensions of a split as given; RequestFault when the measure or the pair does not allow it."""
    known = dimensions_of(measure)
    for name in by:
        if name not in known:
            raise RequestFault(f"Måttet {measure.code} kan inte delas upp på ”{name}”. Det går på: {', '.join(known)}.")
    if len(by) > 2:
        raise RequestFault("Ett mått kan delas upp på högst två egenskaper åt gången.")
    if len(by) == 2 and not _makes_sense(*by):
        pairs = ", ".join(f"{by[0]},{other}" for other in known if _makes_sense(by[0], other))
        raise RequestFault(f"Uppdelningen {by[0]},{by[1]} säger inte mer än den ena för sig. Par som går: {pairs}.")
    return tuple(by)


def _makes_sense(first: str, second: str) -> bool:
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
