"""What the declaration of a kind of file is made of: its columns, their types, when their values are known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, cast

from django.apps import apps

from committees.enums import UnitKind

if TYPE_CHECKING:
    from django.db.models import TextChoices

    from cases.models import RowVersion

    Choices = type[TextChoices]


class ColumnType(Enum):
    """How a delivered text is read. `sql` is the type it has in staging and in snapshots."""

    TEXT = auto()
    PERSON = auto()
    UNIT = auto()
    ACTIVITY_TYPE = auto()
    COMMITTEE = auto()
    EXIT_REASON = auto()
    CODE = auto()
    DATE = auto()
    MONTH = auto()
    YEAR = auto()
    INTEGER = auto()
    AMOUNT = auto()
    NUMBER = auto()
    YES_NO = auto()

    @property
    def sql(self) -> str:
        """The DuckDB type; what is not named below is text. A month is the date of its first day."""
        return _SQL_TYPES.get(self, "VARCHAR")


_SQL_TYPES = {
    ColumnType.DATE: "DATE",
    ColumnType.MONTH: "DATE",
    ColumnType.YEAR: "SMALLINT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.AMOUNT: "DECIMAL(14,2)",
    ColumnType.NUMBER: "DECIMAL(20,10)",
    ColumnType.YES_NO: "BOOLEAN",
}


@dataclass(frozen=True)
class Column:
    """One column of a delivered file.

    `header` is the canonical Swedish header, `field` the English name. `known_from` names the field whose date decides when the
    value is known: for an event the field itself, for what hangs on an event that event's field, None for what is always known.
    `months_after` moves that day on (a result asked for one year later). `unit_kind`: an empty unit is the municipality's only
    one of that kind.
    """

    header: str
    field: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    choices: Choices | None = None
    default: str | None = None
    known_from: str | None = None
    months_after: int = 0
    minimum: int | None = None
    maximum: int | None = None
    unit_kind: UnitKind | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of file: `name` is the file's, `table` the snapshot's, `key` the fields that tell rows apart.

    `own_dates`: a row is seen by a measure when any of these is known by the as-of date, or when all are empty.
    """

    name: str
    table: str
    label: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    own_dates: tuple[str, ...] = ()

    def column(self, field: str) -> Column:
        """Return the column of that English name; KeyError when the kind has none."""
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(field)

    @property
    def fields(self) -> tuple[str, ...]:
        """The English names, in the order of the file."""
        return tuple(column.field for column in self.columns)

    @property
    def range_field(self) -> str | None:
        """The key's date, month or year: what `--replace` measures its stretch by. None: the whole kind is replaced."""
        dated = {ColumnType.DATE, ColumnType.MONTH, ColumnType.YEAR}
        return next((field for field in self.key if self.column(field).type in dated), None)

    @property
    def model(self) -> type[RowVersion]:
        """The model that keeps this kind's row versions."""
        return cast("type[RowVersion]", apps.get_model("cases", self.table.replace("_", "")))
