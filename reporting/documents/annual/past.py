"""What stands behind a series: what others told of the years before it, and the units that changed committee on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.documents.annual.questions import SERIES, Published, Where, requests_of
from reporting.figures.history import KnownBefore, history_before, history_in_words
from reporting.figures.reorganisation import Handover, handovers
from reporting.measures.model import Kind
from reporting.snapshots.engine import Engine


@dataclass(frozen=True)
class Past:
    """What was known before the first year of a series (`history_said` tells it with its sources, empty when nothing was), and
    the handovers that its figures lived through.
    """

    history: tuple[KnownBefore, ...] = ()
    history_said: str = ""
    handovers: tuple[Handover, ...] = ()


NOTHING = Past()


def pasts(engine: Engine, figures: Published, where: Where) -> Mapping[str, Past]:
    """Return what stands behind the series of each measure in the report; those without anything are left out.

    All of it is public as it is: a figure published with its source, and decisions on who answers for what.
    """
    found = {}
    for code in SERIES:
        questions = [figures.question(code, year=year) for year in figures.years]
        last = figures.answers[questions[-1]]
        if last.measure.kind is Kind.DISTRIBUTION:
            continue
        asked = requests_of(questions, where)
        known = history_before(engine, asked[-1], before=figures.years[0])
        past = Past(known, history_in_words(engine, last.measure, known), handovers(engine, asked))
        if past != NOTHING:
            found[code] = past
    return found
