"""Writing an organisation inquiry: its alternatives, criteria, scores, costs and what was taken out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.actions.changes import log_change, log_changes
from committees.actions.saving import required, save
from committees.models import Committee, User
from committees.permissions import Permission
from committees.revising import revise
from governance.actions.owning import check_owner
from governance.models import Alternative, AlternativeCost, Criterion, Inquiry, Score
from governance.policies import require
from governance.selectors.inquiries import UnclearScale, read_scale, steps_of

Part = TypeVar("Part", Alternative, AlternativeCost, Criterion)


@transaction.atomic
def add_inquiry(*, committees: Iterable[Committee], by: User, **fields: Any) -> Inquiry:
    """Enter an inquiry and return it. Raises PermissionDenied for who keeps no register of any of the committees."""
    concerned = list(committees)
    require(Permission.KEEP_REGISTERS, concerned, by=by)
    check_owner(fields.get("owner"), concerned)
    inquiry = Inquiry.objects.create(**fields)
    inquiry.committees.set(concerned)
    log_change(inquiry, field="title", before="", after=inquiry.title, by=by)
    return inquiry


@transaction.atomic
def change_inquiry(
    inquiry: Inquiry, *, read_as: int, committees: Iterable[Committee], by: User, why: str = "", **fields: Any
) -> Inquiry:
    """Change what is said of the inquiry itself. Raises Overtaken when somebody saved first."""
    concerned = list(committees)
    require(Permission.KEEP_REGISTERS, [*inquiry.committees.all(), *concerned], by=by)
    if fields.get("owner") != inquiry.owner:
        check_owner(fields.get("owner"), concerned)
    dates = ("decided_on",)
    return save(inquiry, read_as=read_as, by=by, why=why, guarded=dates, committees=concerned, **fields)


@transaction.atomic
def write_alternative(
    inquiry: Inquiry,
    *,
    number: str,
    name: str,
    by: User,
    alternative: Alternative | None = None,
    read_as: int | None = None,
    **fields: str,
) -> Alternative:
    """Enter an alternative, or change the one given, and return it; `read_as` is the revision it was written upon, None its own.

    Raises ValidationError for a number that is taken, Overtaken when another saved first.
    """
    _may_write(inquiry, by)
    row = alternative or Alternative(inquiry=inquiry)
    number = required(number, "number", "Ge alternativet ett nummer.")
    if inquiry.alternatives.exclude(pk=row.pk).filter(number=number).exists():
        raise ValidationError({"number": f"Det finns redan ett alternativ {number}."})
    return _write(inquiry, row, f"alternativ {number}", by=by, read_as=read_as, number=number, name=name, **fields)


@transaction.atomic
def exclude_alternative(
    alternative: Alternative, *, after: int | None, motive: str, by: User, read_as: int | None = None
) -> Alternative:
    """Take an alternative out after a matrix, with the inquiry's motive, or let it go on again: `after` None.

    Raises ValidationError without a motive, and for a matrix that is not there; Overtaken when another saved first.
    """
    inquiry = alternative.inquiry
    _may_write(inquiry, by)
    motive = required(motive, "exclusion_motive", "Skriv varför.")
    if after is not None and not inquiry.criteria.filter(matrix=after).exists():
        raise ValidationError({"excluded_after": f"Det finns ingen matris {after}."})
    before = _course(alternative)
    kept = motive if after is not None else ""
    read = alternative.revision if read_as is None else read_as
    saved = revise(alternative, read_as=read, excluded_after=after, exclusion_motive=kept)
    field = f"alternativ {saved.number}"
    log_change(inquiry, field=field, before=before, after=_course(saved), by=by, why=motive)
    return saved


@transaction.atomic
def write_criterion(
    inquiry: Inquiry,
    *,
    matrix: int,
    number: int,
    name: str,
    scale: str,
    by: User,
    criterion: Criterion | None = None,
    read_as: int | None = None,
    **fields: str,
) -> Criterion:
    """Enter a criterion with its scale, written a step a line, and its `aspects`, or change the one given; return it.

    Raises ValidationError, in Swedish, for an unclear scale, and for a number that is taken in the matrix; Overtaken when another
    saved first.
    """
    _may_write(inquiry, by)
    row = criterion or Criterion(inquiry=inquiry)
    if inquiry.criteria.exclude(pk=row.pk).filter(matrix=matrix, number=number).exists():
        raise ValidationError({"number": f"Matris {matrix} har redan ett kriterium {number}."})
    try:
        steps = read_scale(scale)
    except UnclearScale as fault:
        raise ValidationError({"written_scale": str(fault)}) from fault
    facts = {"matrix": matrix, "number": number, "name": name, "scale": steps, **fields}
    return _write(inquiry, row, f"kriterium {matrix}.{number}", by=by, read_as=read_as, **facts)


@transaction.atomic
def set_score(
    alternative: Alternative,
    criterion: Criterion,
    *,
    label: str,
    motive: str,
    by: User,
    read_as: int = 0,
    why: str = "",
) -> Score:
    """Score an alternative on a criterion, with its motive. `read_as` is 0 for one that was not there.

    A motive that is missing is no fault here: the page warns of it, as the sources lack some. A score that is changed needs its
    reason. Raises ValidationError for a label outside the scale, Overtaken when somebody scored first.
    """
    inquiry = criterion.inquiry
    _may_write(inquiry, by)
    if alternative.inquiry_id != inquiry.pk:
        raise ValidationError({"label": "Alternativet och kriteriet hör till olika utredningar."})
    if label not in {step.label for step in steps_of(criterion)}:
        raise ValidationError({"label": f"”{label}” finns inte i skalan."})
    # Locked, so that of two first scores at once one is created and the other is shown both.
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    score = Score.objects.filter(alternative=alternative, criterion=criterion).first()
    if score is None:
        score = Score.objects.create(alternative=alternative, criterion=criterion, label=label, motive=motive)
        before = {"label": "", "motive": ""}
    else:
        if label != score.label and not why.strip():
            raise ValidationError({"why": "Skriv varför poängen ändras."})
        before = {"label": score.label, "motive": score.motive}
        score = revise(score, read_as=read_as, label=label, motive=motive)
    where = f"alternativ {alternative.number}, kriterium {criterion.matrix}.{criterion.number}"
    after = {f"{where}: poäng": score.label, f"{where}: motiv": score.motive}
    log_changes(inquiry, before=dict(zip(after, before.values(), strict=True)), after=after, by=by, why=why)
    return score


@transaction.atomic
def write_cost(
    alternative: Alternative,
    *,
    name: str,
    low: Decimal,
    high: Decimal,
    per_place: bool,
    by: User,
    cost: AlternativeCost | None = None,
    read_as: int | None = None,
    **fields: str,
) -> AlternativeCost:
    """Enter what an alternative costs a month, per place or in total, with its `source`, or change the cost given; return it.

    Raises ValidationError for an interval that is upside down or below zero, Overtaken when another saved first.
    """
    _may_write(alternative.inquiry, by)
    if low < 0 or high < low:
        raise ValidationError(
            {"high": "Det högsta beloppet ska vara minst lika stort som det lägsta, och inget under noll."}
        )
    row = cost or AlternativeCost(alternative=alternative)
    field = f"alternativ {alternative.number}, kostnad"
    facts = {"name": name, "low": low, "high": high, "per_place": per_place, **fields}
    return _write(alternative.inquiry, row, field, by=by, read_as=read_as, **facts)


@transaction.atomic
def remove_cost(cost: AlternativeCost, *, by: User) -> None:
    """Take a cost away; the log keeps what it was."""
    inquiry = cost.alternative.inquiry
    _may_write(inquiry, by)
    before = f"{cost.name} {cost.low}–{cost.high} kr, {'per plats' if cost.per_place else 'totalt'}"
    log_change(inquiry, field=f"alternativ {cost.alternative.number}, kostnad", before=before, after="", by=by)
    cost.delete()


def _may_write(inquiry: Inquiry, by: User) -> None:
    require(Permission.KEEP_REGISTERS, inquiry.committees.all(), by=by)


def _write(inquiry: Inquiry, row: Part, what: str, *, by: User, read_as: int | None, **fields: Any) -> Part:
    """Store a part of an inquiry, and log on the inquiry, whose page shows it, what changed."""
    words = {name: f"{what}: {row._meta.get_field(name).verbose_name}" for name in fields}  # type: ignore[union-attr]  # own fields only
    before = {words[name]: _said(row, name) if row.pk else "" for name in fields}
    if row.pk:
        saved = revise(row, read_as=row.revision if read_as is None else read_as, **fields)
    else:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        saved = row
    log_changes(inquiry, before=before, after={words[name]: _said(saved, name) for name in fields}, by=by)
    return saved


def _said(row: Part, name: str) -> object:
    if name == "scale" and isinstance(row, Criterion):
        return row.written_scale
    return (
        row.get_per_place_display() if name == "per_place" and isinstance(row, AlternativeCost) else getattr(row, name)
    )


def _course(alternative: Alternative) -> str:
    if alternative.excluded_after is None:
        return "går vidare"
    return f"avfört efter matris {alternative.excluded_after}: {alternative.exclusion_motive}"
