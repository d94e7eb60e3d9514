"""Commissions that were given because of a recommendation: said once, read on the pages of both."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from audits.actions.commissions import cite, cite_no_more
from audits.models import Recommendation
from committees.enums import Role
from committees.models import Change, User
from governance.actions.commissions import Party, give_commission
from governance.enums import PartyRole
from governance.models import Commission
from tests.audits.building import NONSENSE, committee, person, reviewers

pytestmark = pytest.mark.django_db


def given(by: User) -> Commission:
    parties: list[Party] = [(PartyRole.GIVER, "Kommunstyrelsens ordförande"), (PartyRole.RECEIVER, committee("SN"))]
    return give_commission(parties=parties, by=by, title="Se över uppföljningen")


def test_a_commission_is_tied_to_the_recommendation_it_was_given_because_of(client: Client) -> None:
    town = reviewers()
    town.prepare("published")
    commission = given(town.secretary)
    recommendation = Recommendation.objects.get()
    page = reverse("steering_commission", args=[commission.pk])
    told = reverse("audit_recommendation", args=[recommendation.addressees.get().pk])
    tie = reverse("audit_commission_cite", args=[commission.pk])

    client.force_login(town.secretary)
    assert tie in client.get(page).content.decode()
    assert client.post(tie, {"recommendation": recommendation.pk}).status_code == 302
    shown = client.get(page).content.decode()
    assert f'Gavs på grund av rekommendation</dt><dd><a href="{told}">' in shown
    assert "<td>rekommendationer</td>" in shown
    assert f'<a href="{page}">Se över uppföljningen</a> (givet)' in client.get(told).content.decode()

    client.force_login(town.manager)
    assert tie not in client.get(page).content.decode()
    assert client.post(tie, {"recommendation": recommendation.pk}).status_code == 403

    client.force_login(town.secretary)
    drop = reverse("audit_commission_drop", args=[commission.pk, recommendation.pk])
    assert client.post(drop, {"why": ""}).status_code == 200
    assert client.post(drop, {"why": "Fel rekommendation"}).status_code == 302
    assert told not in client.get(page).content.decode()
    assert Change.objects.of(commission).get(why="Fel rekommendation").after == ""


def test_a_recommendation_that_is_not_published_is_told_to_nobody_by_a_commission() -> None:
    town = reviewers()
    town.prepare("decided")
    commission, recommendation = given(town.secretary), Recommendation.objects.get()
    with pytest.raises(ValidationError, match="publicerad"):
        cite(commission, recommendation=recommendation, by=town.secretary)
    assert not Change.objects.of(commission).filter(after__contains=NONSENSE).exists()


def test_only_who_keeps_the_commission_says_what_caused_it() -> None:
    town = reviewers()
    town.prepare("published")
    commission, recommendation = given(town.secretary), Recommendation.objects.get()
    cite(commission, recommendation=recommendation, by=town.secretary)
    for user in (town.other_secretary, town.elected, person("chefen", Role.MANAGER, "SN")):
        with pytest.raises(PermissionDenied):
            cite(commission, recommendation=recommendation, by=user)
        with pytest.raises(PermissionDenied):
            cite_no_more(commission, recommendation=recommendation, why="Nej", by=user)
    assert list(recommendation.commissions.all()) == [commission]
