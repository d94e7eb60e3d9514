"""Steering documents against the organisation of today: AME was under KUN to the end of 2023 and is under SN from 2024."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import Committee, Unit
from governance.enums import DocumentKind
from governance.models import SteeringDocument
from governance.selectors.documents import Flaw, age_in_years, findings, with_organisation
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 9, 26)


@pytest.fixture(autouse=True)
def _municipality() -> None:
    setup_small_municipality()


def document(*units: str, by: str | None = "SN", **fields: Any) -> SteeringDocument:
    values = {"title": "Riktlinjer", "kind": DocumentKind.GUIDELINES, "decided_on": dt.date(2024, 3, 19), **fields}
    made = SteeringDocument.objects.create(
        decided_by=Committee.objects.get(code=by) if by else None,
        decided_by_name="" if by else "Kommunfullmäktige",
        **values,
    )
    made.committees.add(Committee.objects.get(code="SN"))
    made.units.add(*Unit.objects.filter(code__in=units))
    return with_organisation(SteeringDocument.objects.all()).get(pk=made.pk)


def flaws(made: SteeringDocument, day: dt.date = TODAY) -> list[Flaw]:
    return [finding.flaw for finding in findings(made, day)]


def test_a_document_decided_by_the_right_body_in_todays_organisation_is_without_fault() -> None:
    assert flaws(document("AME", "SF")) == []


def test_an_undated_document_is_told() -> None:
    assert flaws(document("AME", decided_on=None)) == [Flaw.UNDATED]


def test_a_document_older_than_the_move_of_its_unit_is_told_with_the_unit_and_the_date() -> None:
    (finding,) = findings(document("AME", "SF", decided_on=dt.date(2022, 3, 22)), TODAY)
    assert finding.flaw is Flaw.OLDER_THAN_ORGANISATION
    assert finding.sentence == "Beslutat 2022-03-22, men Arbetsmarknadsenheten hör till socialnämnden sedan 2024-01-01."


def test_a_document_from_the_day_of_the_move_belongs_to_the_new_organisation() -> None:
    assert flaws(document("AME", decided_on=dt.date(2024, 1, 1))) == []
    assert flaws(document("AME", decided_on=dt.date(2023, 12, 31))) == [Flaw.OLDER_THAN_ORGANISATION]


def test_a_move_that_has_not_come_yet_makes_no_document_old() -> None:
    assert flaws(document("AME", by="KUN", decided_on=dt.date(2022, 5, 1)), dt.date(2023, 12, 31)) == []


def test_a_body_that_no_longer_answers_is_told() -> None:
    made = document("AME", by="KUN", decided_on=dt.date(2022, 5, 1))
    assert flaws(made) == [Flaw.OLDER_THAN_ORGANISATION, Flaw.WRONG_BODY]
    assert findings(made, TODAY)[1].sentence == (
        "Kultur- och utbildningsnämnden beslutade, men det är socialnämnden som ansvarar."
    )


def test_the_council_may_always_decide() -> None:
    assert flaws(document("AME", by=None)) == []


def test_a_lapsed_document_and_an_overdue_review_are_told_the_day_after() -> None:
    last = dt.date(2024, 9, 26)
    made = document("SF", valid_to=last, review_by=last)
    assert flaws(made, last) == []
    assert flaws(made, last + dt.timedelta(days=1)) == [Flaw.LAPSED, Flaw.REVIEW_OVERDUE]


def test_a_replaced_document_is_left_alone() -> None:
    new = document("AME")
    assert flaws(document("AME", decided_on=None, replaced_by=new)) == []


def test_a_document_holds_until_the_one_that_replaced_it_begins() -> None:
    new = document("AME", decided_on=dt.date(2024, 3, 1), valid_from=dt.date(2024, 6, 1))
    old = document("AME", decided_on=None, replaced_by=new)
    assert flaws(old, dt.date(2024, 5, 31)) == [Flaw.UNDATED]
    assert flaws(old, dt.date(2024, 6, 1)) == []


def test_age_is_in_whole_years() -> None:
    made = document("SF", decided_on=dt.date(2022, 9, 27))
    assert age_in_years(made, TODAY) == 1
    assert age_in_years(made, dt.date(2024, 9, 27)) == 2
    assert age_in_years(document("SF", decided_on=None), TODAY) is None


def test_the_whole_register_is_looked_through_in_a_fixed_number_of_queries() -> None:
    for number in range(12):
        document("AME", "SF", title=f"Dokument {number}")
    with CaptureQueriesContext(connection) as queries:
        for made in with_organisation(SteeringDocument.objects.order_by("pk")):
            findings(made, TODAY)
    assert len(queries) == 4  # documents, committees, units, responsibilities


def test_documents_are_seen_by_those_who_steer_a_committee_they_concern() -> None:
    made = document("AME")
    assert SteeringDocument.objects.visible_to(person("sn", Role.SECRETARY, "SN")).get() == made
    assert not SteeringDocument.objects.visible_to(person("kun", Role.SECRETARY, "KUN")).exists()
