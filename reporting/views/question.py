"""What a measure's address asks: variant, split and selection, kept within what the reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from committees.permissions import Scope
from reporting.figures.model import Period, Request
from reporting.figures.requests import request as make_request
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Measure

SPLIT_PARAMETER = "by"
VARIANT_PARAMETER = "variant"
NOT_KNOWN = "saknas"
"""How an address asks for the cases whose value is not known; an empty value asks for nothing, as an untouched choice does."""

_NOT_YOURS = "Urvalet gäller en nämnd eller enhet som ligger utanför din roll."


@dataclass(frozen=True)
class Question:
    """A measure asked in one way; `selection` is what the reader has narrowed it to, `scope` what they may see at all."""

    measure: Measure
    variant: str | None
    by: tuple[str, ...]
    selection: Mapping[str, tuple[str, ...]]
    scope: Scope

    def request(self, year: int, *, by: Sequence[str] | None = None, period: Period | None = None) -> Request:
        """Return the request for a year, or for another period.

        Raises RequestFault for what does not exist, PermissionDenied beyond the scope.
        """
        split, asked = self.by if by is None else tuple(by), period or Period.year(year)
        return make_request(self.measure, period=asked, variant=self.variant, by=split, where=self._where())

    @property
    def query(self) -> dict[str, list[str]]:
        """The question as a query string's names and values, without what follows from the scope."""
        asked = {name: [value or NOT_KNOWN for value in values] for name, values in self.selection.items()}
        if self.variant:
            asked[VARIANT_PARAMETER] = [self.variant]
        if self.by:
            asked[SPLIT_PARAMETER] = [",".join(self.by)]
        return asked

    def _where(self) -> dict[str, tuple[str, ...]]:
        """Return the reader's selection narrowed to the scope; what lies beyond it is refused, never dropped."""
        where = dict(self.selection)
        for name, allowed in self.scope.where():
            asked = where.get(name)
            if asked is not None and not set(asked) <= set(allowed):
                raise PermissionDenied(_NOT_YOURS)
            where[name] = asked or allowed
        return where


def question_of(measure: Measure, query: QueryDict, scope: Scope) -> Question:
    """Read the question that an address asks; names it does not know are left alone (paging, sorting, snapshot)."""
    selection = {
        dimension.value: tuple("" if value == NOT_KNOWN else value for value in query.getlist(dimension.value) if value)
        for dimension in Dimension
    }
    by = tuple(name for name in query.get(SPLIT_PARAMETER, "").split(",") if name)
    chosen = {name: values for name, values in selection.items() if values}
    return Question(measure, query.get(VARIANT_PARAMETER) or None, by, chosen, scope)
