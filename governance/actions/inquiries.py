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
from governance.selectors.inquiries import UnclearScale, read_scale, steps_of, write_scale

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
    saved = save(inquiry, read_as=read_as, by=by, why=why, guarded=("decided_on",), **fields)
    before = _codes(saved.committees.all())
    saved.committees.set(concerned)
    log_change(saved, field="committees", before=before, after=_codes(concerned), by=by)
    return saved


@transaction.atomic
def write_alternative(
    inquiry: Inquiry, *, number: str, name: str, by: User, alternative: Alternative | None = None, **fields: str
) -> Alternative:
    """Enter an alternative, or change the one given, and return it. Raises ValidationError for a number that is taken."""
    _may_write(inquiry, by)
    row = alternative or Alternative(inquiry=inquiry)
    number = required(number, "number", "Ge alternativet ett nummer.")
    if inquiry.alternatives.exclude(pk=row.pk).filter(number=number).exists():
        raise ValidationError({"number": f"Det finns redan ett alternativ {number}."})
    return _write(inquiry, row, f"alternativ {number}", by=by, number=number, name=name, **fields)


@transaction.atomic
def exclude_alternative(alternative: Alternative, *, after: int | None, motive: str, by: User) -> Alternative:
    """Take an alternative out after a matrix, with the inquiry's motive, or let it go on again: `after` None.

    Raises ValidationError without a motive, and for a matrix that is not there.
    """
    inquiry = alternative.inquiry
    _may_write(inquiry, by)
    motive = required(motive, "motive", "Skriv varför.")
    if after is not None and not inquiry.criteria.filter(matrix=after).exists():
        raise ValidationError({"after": f"Det finns ingen matris {after}."})
    before = _course(alternative)
    alternative.excluded_after = after
    alternative.exclusion_motive = motive if after is not None else ""
    alternative.save(update_fields=["excluded_after", "exclusion_motive"])
    field = f"alternativ {alternative.number}"
    log_change(inquiry, field=field, before=before, after=_course(alternative), by=by, why=motive)
    return alternative


@transaction.atomic
def write_criterion(
    inquiry: Inquiry,
    *,
    matrix: int,
    number: int,
    name: str,
    scale: str,
    by: User,
    aspects: str = "",
    criterion: Criterion | None = None,
) -> Criterion:
    """Enter a criterion with its scale, written a step a line, or change the one given; return it.

    Raises ValidationError, in Swedish, for an unclear scale, and for a number that is taken in the matrix.
    """
    _may_write(inquiry, by)
    row = criterion or Criterion(inquiry=inquiry)
    if inquiry.criteria.exclude(pk=row.pk).filter(matrix=matrix, number=number).exists():
        raise ValidationError({"number": f"Matris {matrix} har redan ett kriterium {number}."})
    try:
        steps = read_scale(scale)
    except UnclearScale as fault:
        raise ValidationError({"scale": str(fault)}) from fault
    before, row.scale = (write_scale(row) if row.pk else ""), steps
    field = f"kriterium {matrix}.{number}"
    row = _write(inquiry, row, field, by=by, matrix=matrix, number=number, name=name, aspects=aspects)
    log_change(inquiry, field=f"{field}, skala", before=before, after=write_scale(row), by=by)
    return row


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
    source: str = "",
    cost: AlternativeCost | None = None,
) -> AlternativeCost:
    """Enter what an alternative costs a month, per place or in total, or change the cost given; return it.

    Raises ValidationError for an interval that is upside down or below zero.
    """
    _may_write(alternative.inquiry, by)
    if low < 0 or high < low:
        raise ValidationError(
            {"high": "Det högsta beloppet ska vara minst lika stort som det lägsta, och inget under noll."}
        )
    row = cost or AlternativeCost(alternative=alternative)
    field = f"alternativ {alternative.number}, kostnad"
    facts = {"name": name, "low": low, "high": high, "per_place": per_place, "source": source}
    return _write(alternative.inquiry, row, field, by=by, **facts)


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


def _write(inquiry: Inquiry, row: Part, what: str, *, by: User, **fields: Any) -> Part:
    """Store a part of an inquiry, and log on the inquiry, whose page shows it, what changed."""
    words = {name: f"{what}: {row._meta.get_field(name).verbose_name}" for name in fields}  # type: ignore[union-attr]  # own fields only
    before = {words[name]: getattr(row, name) if row.pk else "" for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    log_changes(inquiry, before=before, after={words[name]: value for name, value in fields.items()}, by=by)
    return row


def _course(alternative: Alternative) -> str:
    if alternative.excluded_after is None:
        return "går vidare"
    return f"avfört efter matris {alternative.excluded_after}: {alternative.exclusion_motive}"


def _codes(committees: Iterable[Committee]) -> str:
    return ", ".join(sorted(committee.code for committee in committees))
