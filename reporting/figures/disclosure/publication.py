"""The results of one publication as a table of counts that its figures display, with what has been published before."""

from __future__ import annotations

from collections.abc import Sequence

from reporting.figures.disclosure.counting import Counting
from reporting.figures.disclosure.families import is_exempt
from reporting.figures.disclosure.former import Former
from reporting.figures.disclosure.neighbours import keep_apart
from reporting.figures.disclosure.remembering import Pair, remember
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.disclosure.table import Display, DisplayKey
from reporting.figures.model import CATEGORY, Figure, Result
from reporting.measures.dimensions import Dimension

_TOTAL_WEIGHT = 100.0


class Publication(Counting):
    """The results of one publication as a table of counts. `display_of` and `display_of_reason` say where each number stands.

    `earlier`: what has been published before and hangs together with it, as pairs: counted again in the data of this publication,
    and as it was published.
    """

    def __init__(self, results: Sequence[Result], rules: SmallNumbers, earlier: Sequence[Pair] = ()) -> None:
        """Count everything that the results tell, and what earlier ones have told of the same."""
        super().__init__(rules)
        for result in results:
            self.read(result)
            self._display(result)
        for asked in {again.request: again for again, _ in earlier}.values():
            self.read(asked)
        self.hang_together()
        self._keep_windows_apart()
        for again, public in earlier:
            remember(self, again, public)
        self._weigh_in_what_followed(results, earlier)

    def display_of(self, result: Result, figure: Figure) -> DisplayKey:
        """Return the display a figure of the results stands in."""
        return tuple(dict.fromkeys(self.cells_of(result, figure).values()))

    def display_of_reason(self, result: Result, reason: str, count: int) -> DisplayKey:
        """Return the display that the number left out for a reason stands in."""
        return (self.cell_of_reason(result, reason, count),)

    def _display(self, result: Result) -> None:
        for figure in (result.total, *result.groups):
            self._show(result, figure)
        for reason, count in result.excluded.items():
            if count is not None:
                key = self.cell_of_reason(result, reason, count)
                self.table.displays[key,] = Display((key,), weight=count)

    def _show(self, result: Result, figure: Figure) -> None:
        cells = tuple(dict.fromkeys(self.cells_of(result, figure).values()))
        limit = self.rules.limit_of(result.measure.code)
        place = self.place_of(result, figure)
        exempt = self._is_exempt(result, figure)
        few = figure.persons is not None and 0 < figure.persons < limit
        size = sum(self.table.cells[cell].value or 0 for cell in cells) + 1
        earlier = self.table.displays.get(cells)
        self.table.displays[cells] = Display(
            cells=cells,
            weight=size * (1 if place.split else _TOTAL_WEIGHT),
            exempt=exempt or bool(earlier and earlier.exempt),
            is_small=few or bool(earlier and earlier.is_small),
        )

    def _is_exempt(self, result: Result, figure: Figure) -> bool:
        """Whether it is a total for a whole municipality and a whole year that a decision lets through."""
        where = {name for name, _ in result.request.where} | set(figure.key) - {CATEGORY}
        return (
            is_exempt(result.measure, result.request.variant, self.rules.exemptions)
            and where <= {Dimension.MUNICIPALITY.value}
            and result.period.is_calendar_year
        )

    def _keep_windows_apart(self) -> None:
        """Let no two neighbouring windows of this publication tell a small difference."""
        displayed = {cell for display in self.table.displays.values() for cell in display.cells}
        for about, counts in list(self.counts.items()):
            keep_apart(self.table, self.additive[about], counts, displayed)

    def _weigh_in_what_followed(self, results: Sequence[Result], earlier: Sequence[Pair]) -> None:
        """Note what counts can have been that were not told, by all that was published of other data than this."""
        for former in Former.each_of(results, self.rules, earlier):
            for cell, known in former.close_to(self.table.cells):
                self.table.cells[cell].near |= {known}
