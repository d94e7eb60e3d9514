"""Reading one definition: `<code>.md` with its front matter, and `<code>.sql` beside it, checked strictly.

The front matter is YAML between two lines of `---`. Its keys:

    code, version, kind (share | count | distribution | duration | ratio | parts), name, numerator, denominator,
    unit (percent | persons | cases | kronor | days), better (higher | lower | none), source, why, answers,
    next_review (a date), case ({en: inskrivning, flera: inskrivningar})
    dimensions   list of dimension names
    activities   none | enrolment | joined_enrolment | joined_or_own | own: where the activity types of a row are found
    params       optional: the SQL's own parameters with the values they have unless a variant or filter says otherwise
    variants     optional: name → {label, params, cohort}; without any there is one, `standard`
    filters      optional: name → {label, params}; goes with any variant as `variant+filter`
    default_variant   optional: a variant's name, or {year: …, shorter: …}; otherwise the first one
    columns      optional: list of {name, label}: the dates that decided, shown with each case
    categories   for a distribution, in order: code → label, or code → {label, mark}
    duration     for a duration: {events: [the ends waited for], summary: kaplan_meier | ended | incidence, days: [14]} and for an
                 incidence `headline`, the number of days whose share stands as the value
    parts        for several figures, in order, and for what stands beside a share: name → {label, count: "cases COLUMN" |
                 "persons COLUMN" | "sum COLUMN" | "distinct KEY COLUMN" | "distinct KEY", of (written like `count`, for a
                 share), unit, dated}
    per_inhabitant  optional, for a ratio: true when the amount is also told per inhabitant
    distinct     for a ratio: units | persons | the name of a list column (see `Measure`)
    words        optional: code → Swedish, for the reasons and flags that the rows carry (exit reasons as delivered have theirs)
    kolada       optional: id of a key figure in Kolada that the measure can be held against → the variant whose value is the
                 same thing, or ~ where none is
    changes      for a version after the first: list of {version, since, what}, one for each, oldest first
    rows         optional: the code of the measure in the same folder whose SQL this one reads, with params of its own
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, cast

import yaml

from reporting.measures.cohorts import COHORTS
from reporting.measures.dimensions import Dimension
from reporting.measures.inner import Count, Counting, Duration, Part, Summary
from reporting.measures.model import (
    ActivityLink,
    Better,
    CaseNoun,
    Category,
    DefinitionChange,
    DetailColumn,
    Filter,
    Kind,
    Measure,
    Unit,
    Variant,
)
from reporting.measures.text import sections_of

STANDARD = "standard"
"""The name of the only variant of a measure that names none."""

_Choice = TypeVar("_Choice", bound=StrEnum)


class DefinitionFault(Exception):
    """A definition that cannot be used. `faults` says, in Swedish, everything that is wrong with the file."""

    def __init__(self, file: Path, faults: list[str]) -> None:
        """Keep the file's name and its faults."""
        self.file = file
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{file.name}: {fault}" for fault in faults))


class _FrontMatter:
    """The front matter as it is taken apart: remembers every fault and every key that was asked for."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self.faults: list[str] = []
        self.asked: set[str] = set()

    def raw(self, key: str) -> object:
        self.asked.add(key)
        return self.values.get(key)

    def text(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            self.faults.append(f"”{key}” saknas eller är inte en text.")
            return ""
        return value.strip()

    def whole_number(self, key: str) -> int:
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.faults.append(f"”{key}” ska vara ett heltal från 1.")
            return 0
        return value

    def day(self, key: str) -> dt.date:
        value = self.raw(key)
        if not isinstance(value, dt.date):
            self.faults.append(f"”{key}” ska vara ett datum (ÅÅÅÅ-MM-DD).")
            return dt.date.min
        return value

    def choice(self, key: str, choices: type[_Choice], default: _Choice | None = None) -> _Choice:
        value = self.raw(key)
        if value is None and default is not None:
            return default
        try:
            return choices(str(value))
        except ValueError:
            self.faults.append(f"”{key}” är ”{value}” men ska vara något av: {', '.join(choices)}.")
            return next(iter(choices))

    def mapping(self, key: str, value: object = None) -> dict[str, object]:
        value = self.raw(key) if value is None else value
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.faults.append(f"”{key}” ska ha namn och värden.")
            return {}
        return {str(name): item for name, item in value.items()}

    def items(self, key: str) -> list[object]:
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.faults.append(f"”{key}” ska vara en lista.")
            return []
        return list(value)

    def close(self) -> None:
        """Note the keys nobody asked for."""
        self.faults += [f"”{key}” är inte en nyckel som används." for key in self.values if key not in self.asked]


def read_definition(path: Path) -> Measure:
    """Read `<code>.md` and the SQL beside it; DefinitionFault with everything that is wrong."""
    head, text = _split(path)
    matter = _FrontMatter(head)
    sql_file = path.with_name(f"{matter.raw('rows') or path.stem}.sql")
    if not sql_file.is_file():
        matter.faults.append(f"{sql_file.name} saknas.")
    sql = sql_file.read_text(encoding="utf-8") if sql_file.is_file() else ""
    measure = _measure(matter, subject=path.parent.name, sql=sql, text=text)
    matter.close()
    if measure.code != path.stem:
        matter.faults.append(f"”code” är ”{measure.code}” men filen heter ”{path.stem}”.")
    if matter.faults:
        raise DefinitionFault(path, matter.faults)
    return measure


def _split(path: Path) -> tuple[dict[str, object], str]:
    text = path.read_text(encoding="utf-8")
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise DefinitionFault(path, ["Filen ska börja med uppgifter om måttet mellan två rader ”---”."])
    try:
        head = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        raise DefinitionFault(path, [f"Uppgifterna går inte att läsa: {error}"]) from error
    if not isinstance(head, dict):
        raise DefinitionFault(path, ["Uppgifterna om måttet saknas."])
    return {str(key): value for key, value in head.items()}, parts[2].strip()


def _measure(matter: _FrontMatter, *, subject: str, sql: str, text: str) -> Measure:
    kind = matter.choice("kind", Kind)
    variants = _variants(matter)
    return Measure(
        code=matter.text("code"),
        version=matter.whole_number("version"),
        kind=kind,
        subject=subject,
        name=matter.text("name"),
        numerator=matter.text("numerator"),
        denominator=matter.text("denominator"),
        unit=matter.choice("unit", Unit),
        better=matter.choice("better", Better),
        source=matter.text("source"),
        why=matter.text("why"),
        answers=matter.text("answers"),
        next_review=matter.day("next_review"),
        case=_case(matter),
        params=matter.mapping("params"),
        variants=variants,
        filters=_filters(matter),
        default_variant=_default_variant(matter, variants),
        dimensions=_dimensions(matter),
        activities=matter.choice("activities", ActivityLink),
        columns=_columns(matter),
        categories=_categories(matter, kind),
        distinct=_distinct(matter, kind),
        duration=_duration(matter, kind),
        parts=_parts(matter, kind),
        per_inhabitant=_per_inhabitant(matter, kind),
        words={code: str(word) for code, word in matter.mapping("words").items()},
        kolada=_kolada(matter, variants),
        changes=_changes(matter),
        sql=sql,
        text=text,
        sections=sections_of(text),
    )


def _case(matter: _FrontMatter) -> CaseNoun:
    words = matter.mapping("case")
    if set(words) != {"en", "flera"} or not all(isinstance(word, str) for word in words.values()):
        matter.faults.append("”case” ska ha ”en” och ”flera”: vad ett fall kallas.")
        return CaseNoun("", "")
    return CaseNoun(str(words["en"]), str(words["flera"]))


def _labelled(
    matter: _FrontMatter, key: str, allowed: frozenset[str], build: Callable[[str, dict[str, object]], object]
) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in matter.mapping(key).items():
        content = matter.mapping(f"{key}.{name}", value)
        unknown = set(content) - allowed
        if unknown or not isinstance(content.get("label"), str):
            matter.faults.append(f"”{key}.{name}” ska ha ”label” och kan ha {', '.join(sorted(allowed - {'label'}))}.")
            continue
        found[name] = build(name, content)
    return found


def _variants(matter: _FrontMatter) -> dict[str, Variant]:
    def build(name: str, content: dict[str, object]) -> Variant:
        cohort = str(content.get("cohort", "period"))
        if cohort not in COHORTS:
            matter.faults.append(f"”variants.{name}.cohort” är ”{cohort}” men ska vara något av: {', '.join(COHORTS)}.")
        return Variant(
            name, str(content["label"]), matter.mapping(f"variants.{name}.params", content.get("params", {})), cohort
        )

    found = _labelled(matter, "variants", frozenset({"label", "params", "cohort"}), build)
    return cast("dict[str, Variant]", found) or {STANDARD: Variant(STANDARD, "Standard", {})}


def _filters(matter: _FrontMatter) -> dict[str, Filter]:
    def build(name: str, content: dict[str, object]) -> Filter:
        return Filter(name, str(content["label"]), matter.mapping(f"filters.{name}.params", content.get("params", {})))

    return cast("dict[str, Filter]", _labelled(matter, "filters", frozenset({"label", "params"}), build))


def _default_variant(matter: _FrontMatter, variants: Mapping[str, Variant]) -> tuple[str, str]:
    value = matter.raw("default_variant")
    first = next(iter(variants))
    if isinstance(value, dict) and set(value) == {"year", "shorter"}:
        names = (str(value["year"]), str(value["shorter"]))
    else:
        names = (str(value or first),) * 2
    for name in names:
        if name not in variants:
            matter.faults.append(f"”default_variant” nämner ”{name}” men varianterna är: {', '.join(variants)}.")
    return names


def _dimensions(matter: _FrontMatter) -> tuple[Dimension, ...]:
    names = [str(name) for name in matter.items("dimensions")]
    unknown = [name for name in names if name not in list(Dimension)]
    if unknown:
        matter.faults.append(f"”dimensions” har {', '.join(unknown)}; det finns {', '.join(Dimension)}.")
    return tuple(Dimension(name) for name in names if name not in unknown)


def _columns(matter: _FrontMatter) -> tuple[DetailColumn, ...]:
    columns = []
    for item in matter.items("columns"):
        content = item if isinstance(item, dict) else {}
        if set(content) != {"name", "label"}:
            matter.faults.append("”columns” ska ha ”name” och ”label” för varje kolumn.")
            continue
        columns.append(DetailColumn(str(content["name"]), str(content["label"])))
    return tuple(columns)


def _kolada(matter: _FrontMatter, variants: Mapping[str, Variant]) -> dict[str, str]:
    found = {kpi: str(variant or "") for kpi, variant in matter.mapping("kolada").items()}
    for kpi, variant in found.items():
        if variant and variant not in variants:
            matter.faults.append(f"”kolada.{kpi}” nämner ”{variant}” men varianterna är: {', '.join(variants)}.")
    return found


def _changes(matter: _FrontMatter) -> tuple[DefinitionChange, ...]:
    changes = []
    for item in matter.items("changes"):
        content = item if isinstance(item, dict) else {}
        version, since, what = (content.get(key) for key in ("version", "since", "what"))
        if not (isinstance(version, int) and isinstance(since, dt.date) and isinstance(what, str)):
            matter.faults.append("”changes” ska ha ”version”, ”since” (ÅÅÅÅ-MM-DD) och ”what” för varje ändring.")
            continue
        changes.append(DefinitionChange(version, since, what))
    current = matter.values.get("version")
    if [change.version for change in changes] != list(range(2, current + 1 if isinstance(current, int) else 2)):
        matter.faults.append("”changes” ska säga vad varje version efter den första ändrade, i ordning.")
    return tuple(changes)


def _categories(matter: _FrontMatter, kind: Kind) -> tuple[Category, ...]:
    categories = []
    for code, value in matter.mapping("categories").items():
        content = {"label": value} if isinstance(value, str) else matter.mapping(f"categories.{code}", value)
        if not isinstance(content.get("label"), str) or set(content) - {"label", "mark"}:
            matter.faults.append(f"”categories.{code}” ska ha ”label” och kan ha ”mark”.")
            continue
        categories.append(Category(code, str(content["label"]), str(content.get("mark", ""))))
    if bool(categories) != (kind is Kind.DISTRIBUTION):
        matter.faults.append("”categories” hör till en fördelning (kind: distribution) och bara dit.")
    return tuple(categories)


def _distinct(matter: _FrontMatter, kind: Kind) -> str:
    value = matter.raw("distinct")
    if (value is not None) != (kind is Kind.RATIO):
        matter.faults.append("”distinct” hör till en kvot (kind: ratio) och bara dit.")
    return str(value or "")


def _per_inhabitant(matter: _FrontMatter, kind: Kind) -> bool:
    value = matter.raw("per_inhabitant") or False
    if not isinstance(value, bool) or (value and kind is not Kind.RATIO):
        matter.faults.append("”per_inhabitant” är true för en kvot (kind: ratio) eller utelämnas.")
    return bool(value)


def _duration(matter: _FrontMatter, kind: Kind) -> Duration | None:
    content = matter.mapping("duration")
    if bool(content) != (kind is Kind.DURATION):
        matter.faults.append("”duration” hör till en tid (kind: duration) och bara dit.")
    if not content:
        return None
    events, days = content.get("events"), content.get("days")
    summary = str(content.get("summary"))
    named = isinstance(events, list) and isinstance(days, list) and days and all(isinstance(day, int) for day in days)
    if not named or summary not in list(Summary) or set(content) - {"events", "summary", "days", "headline"}:
        matter.faults.append(
            f"”duration” ska ha ”events”, ”days” och ”summary” ({', '.join(Summary)}), och kan ha ”headline”."
        )
        return None
    listed = tuple(int(day) for day in cast("list[int]", days))
    headline = cast("int", content.get("headline", listed[0]))
    if headline not in listed:
        matter.faults.append(
            f"”duration.headline” är ”{headline}” men ska vara något av: {', '.join(map(str, listed))}."
        )
    return Duration(tuple(str(event) for event in cast("list[object]", events)), Summary(summary), listed, headline)


def _parts(matter: _FrontMatter, kind: Kind) -> tuple[Part, ...]:
    allowed = frozenset({"label", "count", "of", "unit", "dated"})
    units = dict.fromkeys(Counting, Unit.CASES) | {Counting.PERSONS: Unit.PERSONS}

    def build(name: str, content: dict[str, object]) -> Part:
        count, of = _count(matter, f"parts.{name}.count", content.get("count")), None
        if "of" in content:
            of = _count(matter, f"parts.{name}.of", content["of"])
        unit = str(content.get("unit", Unit.PERCENT if of else units[count.how]))
        if unit not in list(Unit):
            matter.faults.append(f"”parts.{name}.unit” är ”{unit}” men ska vara något av: {', '.join(Unit)}.")
            unit = Unit.CASES
        return Part(name, str(content["label"]), Unit(unit), count, of, str(content.get("dated", "")))

    parts = tuple(cast("dict[str, Part]", _labelled(matter, "parts", allowed, build)).values())
    if bool(parts) != (kind is Kind.PARTS) and kind is not Kind.SHARE:
        matter.faults.append("”parts” hör till ett mått med flera tal (kind: parts) eller en andel, och bara dit.")
    return parts


def _count(matter: _FrontMatter, key: str, value: object) -> Count:
    how, *columns = str(value).split()
    most = 2 if how == Counting.DISTINCT else 1
    if how not in list(Counting) or not 1 <= len(columns) <= most or not all(name.isidentifier() for name in columns):
        matter.faults.append(f"”{key}” ska vara {', '.join(Counting)} och en kolumn, till exempel ”cases met”.")
        return Count(Counting.CASES, "")
    if how == Counting.DISTINCT:
        return Count(Counting.DISTINCT, columns[1] if len(columns) > 1 else "", key=columns[0])
    return Count(Counting(how), columns[0])
