"""The criteria map as a page: what auditors ask of the committees, and what an annual report of the year will answer."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from committees.middleware import UserRequest
from committees.permissions import Permission, Scope
from committees.views.guards import refuse
from reporting.documents.annual.criteria import Answer, Verdict, answers, chapter_of
from reporting.documents.annual.questions import SERIES, SINGLE
from reporting.documents.parts import CriterionPart, Topic, criteria, indicators
from reporting.figures.computing import compute_many
from reporting.figures.model import Result
from reporting.measures.catalogue import measure as measure_named
from reporting.snapshots.engine import engine_for
from reporting.views.measure_page import Link, with_place
from reporting.views.place import Place
from reporting.views.question import Question


@with_place
def audit_criteria(request: UserRequest, place: Place) -> HttpResponse:
    """Show where the year's report answers each question and recommendation, and what it leaves open."""
    if place.scope is None:
        raise refuse(Permission.SEE_FIGURES)
    asked = criteria(place.committees)
    shown = {
        code: chapter_of(code) for code, result in _results(place, place.scope, asked).items() if not result.is_empty
    }
    goals = indicators(place.committees, [place.year])
    found = answers(asked, shown, (Topic.RESPONSIBILITY, *((Topic.GOALS,) if goals else ())))
    context = {
        "place": place,
        "groups": [
            (origin, [(one, _links(place, one)) for one in group])
            for origin, group in groupby(found, key=lambda one: one.criterion.origin)
        ],
        "counts": [(verdict.value, sum(one.verdict is verdict for one in found)) for verdict in Verdict],
    }
    return render(request, "audits/criteria.html", context)


def _results(place: Place, scope: Scope, asked: tuple[CriterionPart, ...]) -> dict[str, Result]:
    """Return the year's total of each measure that is called for or that reports show anyway."""
    codes = dict.fromkeys([*SERIES, *SINGLE, *(code for one in asked for code in one.measures)])
    questions = [Question(measure_named(code), None, (), {}, scope) for code in codes]
    found = compute_many(engine_for(place.snapshot), [question.request(place.year) for question in questions])
    return {result.measure.code: result for result in found}


def _links(place: Place, answer: Answer) -> list[Link]:
    return [Link(measure_named(code).name, place.url("measure", code=code)) for code in answer.measures]
