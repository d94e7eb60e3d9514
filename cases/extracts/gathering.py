"""Everything that is held about one person: rows in every version, their deliveries, and what others hold of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from cases.extracts.model import Section, Sought, holders
from cases.kinds import ENROLMENTS, KINDS, SFI_PARTICIPATIONS, SFI_REFERRALS, SUPPORT_CASES, Column, ColumnType, Kind
from cases.models import DeliveredFile, Delivery, RowVersion
from committees.models import CaseAccess, Committee

_CASES = {
    ENROLMENTS: "enrolment",
    SUPPORT_CASES: "support_case",
    SFI_REFERRALS: "referral",
    SFI_PARTICIPATIONS: "participation",
}
_OF_EVERY_ROW = ("Leverans", "Rad i filen", "Gäller")


@dataclass(frozen=True)
class Extract:
    """What is held about a person. `committees` are those that answer or have answered for the units in the rows."""

    sought: Sought
    sections: tuple[Section, ...]
    committees: tuple[Committee, ...]

    @property
    def found(self) -> bool:
        """Whether anything at all is held."""
        return any(section.rows for section in self.sections)


def gather(person: str) -> Extract:
    """Return everything held about the person of that keyed hash."""
    rows = {kind: list(versions_of(kind, person)) for kind in KINDS if _holds_persons(kind)}
    sought = _sought(person, rows)
    versions = [version for found in rows.values() for version in found]
    sections = [_section(kind, found) for kind, found in rows.items() if found]
    sections.append(_deliveries(versions))
    for holder in holders():
        sections += holder(sought)
    sections.append(_looks(sought))
    return Extract(sought, tuple(section for section in sections if section.rows), _committees(versions))


def versions_of(kind: Kind, person: str) -> QuerySet[Any]:
    """Return every version of the kind's rows about the person, oldest first.

    What hangs on an enrolment follows whoever its latest version names: a row that was first delivered for the wrong person tells
    that person nothing of the right one.
    """
    versions: QuerySet[Any] = kind.model.objects.order_by("row_key", "pk")
    if "person" in kind.fields:
        return versions.filter(person=person)
    named: QuerySet[Any] = latest(ENROLMENTS).filter(person=person)
    return versions.filter(enrolment__in=named.values("enrolment"))


def latest(kind: Kind) -> QuerySet[Any]:
    """Return the latest version of each of the kind's rows, also of those that have been ended."""
    versions: QuerySet[Any] = kind.model.objects.order_by()
    return versions.filter(pk__in=versions.values("row_key").annotate(last=Max("pk")).values("last"))


def _holds_persons(kind: Kind) -> bool:
    return "person" in kind.fields or "enrolment" in kind.fields


def _sought(person: str, rows: dict[Kind, list[RowVersion]]) -> Sought:
    last = {kind: {version.row_key: version for version in rows[kind]} for kind in _CASES}
    keys = {kind: {str(getattr(version, field)) for version in last[kind].values()} for kind, field in _CASES.items()}
    return Sought(person, frozenset(keys[ENROLMENTS]), frozenset().union({person}, *keys.values()))


def _section(kind: Kind, versions: Sequence[RowVersion]) -> Section:
    columns = [column for column in kind.columns if column.type is not ColumnType.PERSON]
    return Section(
        title=kind.label.capitalize(),
        what="Varje rad som har levererats, i alla versioner.",
        headings=(*_OF_EVERY_ROW, *(column.header for column in columns)),
        rows=tuple(
            (
                str(version.delivery_id),
                str(version.source_row),
                "ja" if version.superseded_by_id is None else f"nej, till leverans {version.superseded_by_id}",
                *(_text(column, version) for column in columns),
            )
            for version in versions
        ),
    )


def _text(column: Column, version: RowVersion) -> str:
    """The value in words, as it was delivered: the code of a unit, the Swedish word of a closed list."""
    if column.type in {ColumnType.UNIT, ColumnType.ACTIVITY_TYPE, ColumnType.COMMITTEE}:
        return str(getattr(version, f"{column.field}_id") or "")
    value = getattr(version, column.field)
    if value is None:
        return ""
    if column.choices is not None:
        return str(column.choices(value).label)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, dt.date) and column.type is ColumnType.MONTH:
        return value.strftime("%Y-%m")
    return str(value).replace(".", ",") if column.type in {ColumnType.AMOUNT, ColumnType.NUMBER} else str(value)


def _deliveries(versions: Iterable[RowVersion]) -> Section:
    ids = {version.delivery_id for version in versions}
    ids |= {version.superseded_by_id for version in versions if version.superseded_by_id is not None}
    deliveries = Delivery.objects.filter(pk__in=ids).select_related("by").prefetch_related("files").order_by("pk")
    return Section(
        title="Leveranser",
        what="När uppgifterna kom, vem som läste in dem och ur vilka filer. Filerna själva sparas inte.",
        headings=("Leverans", "Inläst", "Av", "Filer"),
        rows=tuple(
            (
                str(delivery.pk),
                _moment(delivery.at),
                delivery.by.username if delivery.by else "kommando på servern",
                ", ".join(_file(file) for file in delivery.files.all()),
            )
            for delivery in deliveries
        ),
    )


def _file(file: DeliveredFile) -> str:
    return f"{file.name} (SHA-256 {file.sha256[:16]}…)"


def _looks(sought: Sought) -> Section:
    looks = CaseAccess.objects.select_related("user").order_by("at", "pk")
    return Section(
        title="Vem som har läst",
        what="Varje gång någon har visat, hämtat eller granskat personens ärenden, också tidigare registerutdrag.",
        headings=("När", "Vem", "Hur", "Mått", "Underlag"),
        rows=tuple(
            (_moment(look.at), look.user.username, look.get_purpose_display(), look.measure, look.snapshot[:12])
            for look in looks.iterator(chunk_size=500)
            if any(sought.is_named_by(key) for key in look.shown)
        ),
    )


def _moment(at: dt.datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _committees(versions: Iterable[RowVersion]) -> tuple[Committee, ...]:
    units = {code for version in versions if (code := getattr(version, "unit_id", None))}
    return tuple(Committee.objects.filter(responsibilities__unit__code__in=units).distinct().order_by("code"))
