"""Two people who save at once where only a choice of several differs: the second is told, and shown what the first chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from committees.enums import Role
from committees.models import Change, Committee, Unit, User
from committees.revising import Overtaken
from governance.actions.commissions import Party, give_commission
from governance.actions.documents import add_document, change_document
from governance.actions.forums import add_forum, change_forum
from governance.actions.goals import Content, create_goal, create_indicator, edit_goal, edit_indicator
from governance.actions.inquiries import add_inquiry, change_inquiry
from governance.enums import DocumentKind, PartyRole
from tests.factories import setup_small_municipality
from tests.web.town import person

START = dt.date(2024, 1, 1)


@pytest.fixture
def secretary(db: None) -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


def both_ways(secretary: User) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Return by subject two saves upon revision 1: one that changes a choice only, and one that knows nothing of it."""
    sn, kun = (Committee.objects.get(code=code) for code in ("SN", "KUN"))
    goals = [create_goal(committee=sn, code=code, name=code, by=secretary) for code in ("A", "B")]
    content = Content(name="Nöjda", unit="procent")
    hand = create_indicator(goals=goals[:1], content=content, by=secretary)
    paper = add_document(committees=[sn], by=secretary, title="Rutin", kind=DocumentKind.ROUTINE)
    forum = add_forum(committees=[sn], by=secretary, name="Samråd", interval_months=1, start=START)
    inquiry = add_inquiry(committees=[sn], by=secretary, title="Ny organisation")
    two, one, first = [sn, kun], [sn], dict[str, Any](read_as=1, by=secretary)
    return {
        "goal": (
            lambda: edit_goal(goals[0], name="A", above=[goals[1]], **first),
            lambda: edit_goal(goals[0], name="A", above=[], **first),
        ),
        "indicator": (
            lambda: edit_indicator(hand, goals=goals, content=content, **first),
            lambda: edit_indicator(hand, goals=goals[:1], content=content, **first),
        ),
        "document": (
            lambda: change_document(paper, committees=one, units=Unit.objects.all()[:1], **first),
            lambda: change_document(paper, committees=two, units=[], **first),
        ),
        "forum": (
            lambda: change_forum(forum, committees=two, **first),
            lambda: change_forum(forum, committees=one, name="Samverkan", **first),
        ),
        "inquiry": (
            lambda: change_inquiry(inquiry, committees=two, **first),
            lambda: change_inquiry(inquiry, committees=one, **first),
        ),
    }


def test_a_choice_that_another_changed_is_not_overwritten_unseen(secretary: User) -> None:
    for save, late in both_ways(secretary).values():
        save()
        with pytest.raises(Overtaken):
            late()


def test_a_save_that_changes_nothing_leaves_no_trace(secretary: User) -> None:
    sn = Committee.objects.get(code="SN")
    forum = add_forum(committees=[sn], by=secretary, name="Samråd", interval_months=1, start=START)
    before = Change.objects.count()
    assert change_forum(forum, read_as=1, committees=[sn], by=secretary, name="Samråd").revision == 1
    assert Change.objects.count() == before


def test_the_second_to_say_who_was_given_a_commission_sees_whom_the_first_chose(
    client: Client, secretary: User
) -> None:
    sn, kun = (Committee.objects.get(code=code) for code in ("SN", "KUN"))
    parties: list[Party] = [(PartyRole.GIVER, "Kommunstyrelsen"), (PartyRole.RECEIVER, sn)]
    commission = give_commission(parties=parties, by=secretary, title="Samordna")
    client.force_login(secretary)
    url = f"/styrning/uppdrag/{commission.pk}/andra/"
    same = {"title": "Samordna", "givers_others": "Kommunstyrelsen", "receivers": [sn.pk], "read_as": 1}
    assert client.post(url, {**same, "receivers": [sn.pk, kun.pk]}).status_code == 302
    answer = client.post(url, {**same, "givers_others": "Fullmäktige"})
    theirs = dict(answer.context["theirs"])
    assert answer.status_code == 409
    assert theirs == {
        "Nämnder som fick uppdraget": "Kultur- och utbildningsnämnden, Socialnämnden",
        "Andra som gav det": "Kommunstyrelsen",
    }
    assert commission.parties.filter(committee=kun).exists()
