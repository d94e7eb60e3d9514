"""Setting goals, indicators and targets, in the application beside kommun.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from committees.actions.changes import log_change, log_changes
from committees.actions.saving import required, save
from committees.models import Committee, User
from committees.permissions import Permission
from committees.revising import revise
from governance.actions.owning import check_owner
from governance.enums import Comparator
from governance.models import Goal, Indicator, Target
from governance.policies import require
from governance.wording import target_in_words
from reporting.measures.catalogue import measure as measure_named

_LONGEST_CODE = 50


@transaction.atomic
def create_goal(
    *,
    committee: Committee,
    code: str,
    name: str,
    by: User,
    above: Iterable[Goal] = (),
    first_year: int | None = None,
    last_year: int | None = None,
) -> Goal:
    """Set a goal of the committee and return it; `above` are the goals it serves.

    Raises PermissionDenied for who does not steer the committee, and ValidationError, in Swedish, for a code that is taken.
    """
    require(Permission.STEER, [committee], by=by)
    if Goal.objects.filter(code=code.strip()).exists():
        raise ValidationError({"code": f"Det finns redan ett mål med koden {code.strip()}."})
    goal = Goal.objects.create(
        committee=committee,
        code=required(code, "code", "Ge målet en kod, till exempel SN-1."),
        name=required(name, "name", "Skriv vad nämnden vill uppnå."),
        first_year=first_year,
        last_year=last_year,
    )
    served = list(above)
    goal.above.set(served)
    said = {"name": goal.name, "first_year": first_year, "last_year": last_year, "above": _codes(served)}
    log_changes(goal, before={}, after=said, by=by)
    return goal


@transaction.atomic
def edit_goal(
    goal: Goal,
    *,
    read_as: int,
    by: User,
    name: str,
    above: Iterable[Goal] = (),
    first_year: int | None = None,
    last_year: int | None = None,
    why: str = "",
) -> Goal:
    """Change what stands about a goal. Raises Overtaken when another saved first, ValidationError when it would serve itself."""
    require(Permission.STEER, [goal.committee], by=by)
    stated = required(name, "name", "Skriv vad nämnden vill uppnå.")
    served = _served(goal, above)
    years: dict[str, Any] = {"first_year": first_year, "last_year": last_year}
    return save(goal, read_as=read_as, by=by, why=why, name=stated, above=served, **years)


def _served(goal: Goal, above: Iterable[Goal]) -> list[Goal]:
    """Return the goals it is to serve. Raises ValidationError when it is, or serves, one that they serve."""
    served = list(above)
    reached: set[int] = set()
    waiting = {one.pk for one in served}
    while waiting:
        reached |= waiting
        waiting = set(Goal.objects.filter(below__in=waiting).values_list("pk", flat=True)) - reached
    if goal.pk in reached:
        raise ValidationError({"above": "Målet kan inte bidra till sig självt."})
    return served


def _codes(rows: Iterable[Goal] | Iterable[Indicator]) -> str:
    return ", ".join(sorted(row.code for row in rows))


@dataclass(frozen=True)
class Content:
    """What an indicator is: a measure in a variant and a selection, or, without a measure, a value with a name and a unit.

    `owner` sees to it that it is reported, and explained when the target is missed.
    """

    name: str = ""
    unit: str = ""
    measure: str = ""
    variant: str = ""
    selection: Mapping[str, Sequence[str]] = field(default_factory=dict)
    owner: User | None = None

    def fields(self) -> dict[str, Any]:
        """Return it as the model keeps it. Raises ValidationError for one by hand without name or unit."""
        by_hand = not self.measure
        if by_hand:
            required(self.name, "name", "Ge indikatorn ett namn, eller välj ett mått.")
            required(self.unit, "unit", "Ange vilken enhet värdet har, till exempel procent eller personer.")
        return {
            "name": self.name.strip(),
            "unit": self.unit.strip() if by_hand else "",
            "manual": by_hand,
            "measure": self.measure,
            "variant": self.variant,
            "selection": {name: list(values) for name, values in self.selection.items()},
            "owner": self.owner,
        }


@transaction.atomic
def create_indicator(*, goals: Iterable[Goal], content: Content, by: User) -> Indicator:
    """Let an indicator follow the goals and return it; its code is made from its name.

    Raises PermissionDenied unless the person steers the committee of one of the goals, and ValidationError without goals.
    """
    followed = _own(goals, by=by)
    check_owner(content.owner, [goal.committee for goal in followed])
    values = content.fields()
    indicator = Indicator.objects.create(code=_free_code(values), **values)
    indicator.goals.set(followed)
    log_changes(indicator, before={}, after={"name": str(indicator), "goals": _codes(followed)}, by=by)
    return indicator


@transaction.atomic
def edit_indicator(
    indicator: Indicator, *, read_as: int, goals: Iterable[Goal], content: Content, by: User, why: str = ""
) -> Indicator:
    """Change what an indicator is or which goals it follows. Raises Overtaken when another saved first.

    Goals that the person cannot see are followed as before. An indicator with values reported by hand does not become a measured
    one: ValidationError.
    """
    _own(indicator.goals.all(), by=by)
    unseen = indicator.goals.exclude(pk__in=Goal.objects.visible_to(by).values("pk"))
    followed = _own([*goals, *unseen], by=by)
    if content.owner != indicator.owner:
        check_owner(content.owner, [goal.committee for goal in followed])
    values = content.fields()
    if values["measure"] and indicator.reported_values.exists():
        raise ValidationError(
            {"measure": "Indikatorn har värden som är rapporterade för hand. Lägg till en ny indikator."}
        )
    return save(indicator, read_as=read_as, by=by, why=why, goals=followed, **values)


def _own(goals: Iterable[Goal], *, by: User) -> list[Goal]:
    """Return the goals. Raises unless there are some and the person steers one of them."""
    chosen = list(goals)
    if not chosen:
        raise ValidationError({"goals": "Välj minst ett mål som indikatorn följer."})
    require(Permission.STEER, [goal.committee for goal in chosen], by=by)
    return chosen


def _free_code(values: Mapping[str, Any]) -> str:
    """Return a code that no indicator has, made from the name."""
    name = values["name"] or measure_named(values["measure"]).name
    root = slugify(name)[:_LONGEST_CODE] or "indikator"
    taken = set(Indicator.objects.filter(code__startswith=root).values_list("code", flat=True))
    return next(code for code in (root, *(f"{root}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)


@dataclass(frozen=True)
class Aim:
    """What is to be reached: a value, or the mean of a group of municipalities in a Kolada key figure."""

    comparator: Comparator | str
    value: Decimal | None = None
    kpi: str = ""
    group: str = ""

    def fields(self) -> dict[str, Any]:
        """Return it as the model keeps it. Raises ValidationError unless it is one of the two."""
        followed = bool(self.kpi and self.group)
        if (self.value is None) != followed or bool(self.kpi) != bool(self.group):
            raise ValidationError("Ange antingen ett värde eller både nyckeltal och jämförelsegrupp, inte båda.")
        return {
            "comparator": Comparator(self.comparator),
            "value": self.value,
            "kpi": self.kpi,
            "group": self.group,
            "copied": False,
        }


@transaction.atomic
def set_target(indicator: Indicator, *, year: int, aim: Aim, by: User, read_as: int = 0, why: str = "") -> Target:
    """Set what the indicator is to reach in a year, or settle or change what was set; return the target.

    `read_as` is the revision it was written upon, 0 for none. Raises ValidationError when a settled target is changed without a
    reason, Overtaken when another saved first.
    """
    _own(indicator.goals.all(), by=by)
    values = aim.fields()
    existing = Target.objects.filter(indicator=indicator, year=year).first()
    if existing is None:
        target = Target.objects.create(indicator=indicator, year=year, **values)
        log_change(target, field="value", before="", after=target_in_words(target), by=by, why=why)
        return target
    changed = any(getattr(existing, name) != value for name, value in values.items() if name != "copied")
    if changed and not existing.copied and not why.strip():
        raise ValidationError({"why": "Skriv varför målvärdet ändras. Det sparas med ändringen."})
    saved = revise(existing, read_as=read_as, **values)
    log_change(saved, field="value", before=target_in_words(existing), after=target_in_words(saved), by=by, why=why)
    log_change(saved, field="copied", before=existing.copied, after=False, by=by)
    return saved


@transaction.atomic
def settle_target(target: Target, *, by: User) -> Target:
    """Let a target that was copied from the year before stand as it is."""
    _own(target.indicator.goals.all(), by=by)
    log_change(target, field="copied", before=target.copied, after=False, by=by)
    return revise(target, read_as=target.revision, copied=False)


@transaction.atomic
def drop_target(target: Target, *, why: str, by: User) -> None:
    """Take a target away, so that the indicator has none that year; the log keeps what it was.

    Raises ValidationError without a reason.
    """
    _own(target.indicator.goals.all(), by=by)
    reason = required(why, "why", "Skriv varför indikatorn inte ska ha något målvärde.")
    said = f"{target.year}: {target_in_words(target)}"
    log_change(target.indicator, field="målvärde", before=said, after="", by=by, why=reason)
    target.delete()
