"""What moved since the year before: every measure's change, tested, and those that chance hardly explains listed."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from reporting.figures.model import Request, RequestFault, Result
from reporting.figures.trend import change_between
from reporting.figures.wording import basis_in_words, value_in_words
from reporting.measures.catalogue import measures
from reporting.measures.model import Better, Kind, Measure
from reporting.views.indicators import signed_in_words
from reporting.views.place import Place
from reporting.views.question import Question
from reporting.views.sheets import Cell, Column, Row, Sheet

_TESTED = {Kind.SHARE, Kind.COUNT, Kind.DURATION}


def requests_of_moves(place: Place) -> list[Request]:
    """Return the requests for the year before and the year itself, in turn, of every measure whose change can be tested."""
    if place.scope is None:
        return []
    found = []
    for measure in measures():
        if measure.kind in _TESTED and measure.better is not Better.NONE:
            question = Question(measure, None, (), {}, place.scope)
            try:
                found += [question.request(place.year - 1), question.request(place.year)]
            except (RequestFault, PermissionDenied):
                continue
    return found


def moved_sheet(place: Place, results: Sequence[Result]) -> Sheet:
    """Return the changes that are statistically certain, the surest first; `results` answer `requests_of_moves`."""
    pairs = list(zip(results[::2], results[1::2], strict=True))
    changes = [(change_between(before, last), before, last) for before, last in pairs]
    tested = [one for one in changes if one[0].p is not None]
    certain = sorted((one for one in tested if one[0].certain), key=lambda one: one[0].p or 0)
    rows = [
        Row(
            (
                Cell(last.measure.name, link=place.url("measure", code=last.measure.code)),
                Cell(value_in_words(before.measure, before.total), before.total.value),
                Cell(value_in_words(last.measure, last.total), last.total.value),
                Cell(signed_in_words(last.measure, change.difference or 0), change.difference),
                Cell(_direction(last.measure, change.difference or 0)),
                Cell(basis_in_words(last.measure, last.total)),
            )
        )
        for change, before, last in certain
    ]
    columns = (
        Column("Mått", numeric=False),
        Column(str(place.year - 1)),
        Column(str(place.year)),
        Column("Skillnad"),
        Column("Åt rätt håll", numeric=False),
        Column(f"Bygger på {place.year}"),
    )
    return Sheet("har-andrats", f"Har ändrats sedan {place.year - 1}", columns, tuple(rows), _notes(len(tested)))


def _direction(measure: Measure, difference: float) -> str:
    return "✓ bättre" if (difference > 0) == (measure.better is Better.HIGHER) else "✗ sämre"


def _notes(tested: int) -> tuple[str, ...]:
    """A promise of one in twenty has its price: so many unchanged measures look changed."""
    if not tested:
        return ("Det finns inga två år att jämföra.",)
    said = "Ett mått är prövat" if tested == 1 else f"{tested} mått är prövade"
    return (
        f"{said}, och det vars ändring är statistiskt säkerställd (95 procents säkerhet) visas.",
        "Också utan någon ändring väntas slumpen få ungefär ett mått av tjugo att se ändrat ut.",
    )
