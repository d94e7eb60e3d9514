"""What becomes of a recommendation: the answer, the actions, the two statuses, the register and who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from audits.actions.audits import Body, Commission, start_audit
from audits.actions.responses import (
    give_response_to,
    move_response,
    promise_action,
    set_status,
    tie_action,
    untie_action,
    write_response,
)
from audits.actions.verifications import verify
from audits.enums import AuditState, CommitteeStatus, Position, VerifiedStatus
from audits.models import Addressee, Audit, Recommendation, Response
from audits.selectors.register import Standing, register_of, tallies
from committees.models import Change, User
from committees.revising import Overtaken
from committees.workflows import MoveFault
from governance.actions.actions import Promise
from governance.actions.handover import hand_over_all
from governance.enums import Cause
from governance.models import Action
from governance.selectors.belongings import to_hand_over
from governance.selectors.causes import causes_of
from governance.watch import watch_list
from tests.audits.building import NONSENSE, Reviewers, committee, reviewers

pytestmark = pytest.mark.django_db

DUE = date(2099, 6, 30)


def decided(state: AuditState = AuditState.DECIDED) -> tuple[Reviewers, Addressee]:
    """A decided audit and its recommendation to SN."""
    town = reviewers()
    town.prepare(state)
    return town, Addressee.objects.get(committee__code="SN")


def answer(town: Reviewers, addressee: Addressee, *, given: bool = True) -> Response:
    """SN's answer, given or a draft."""
    response = write_response(
        addressee,
        read_as=0,
        by=town.secretary,
        position=Position.AGREES,
        text="Nämnden inför en månadslista.",
        due=DUE,
        decided_on=timezone.localdate(),
        paragraph="§ 7",
    )
    return move_response(response, name="give", by=town.secretary) if given else response


def an_action(town: Reviewers, response: Response) -> Action:
    """An action that answers the recommendation."""
    promised = Promise("Månadslista", Cause.RECOMMENDATION, owner=town.manager, due=DUE)
    return promise_action(response, promise=promised, by=town.secretary)


def row(user: User, addressee: Addressee) -> Any:
    """The addressee as the register shows it."""
    return register_of(user).get(pk=addressee.pk)


def test_a_committee_answers_and_says_how_far_it_has_come_apart_from_what_the_auditors_verify() -> None:
    town, addressee = decided()
    response = answer(town, addressee)
    an_action(town, response)
    done = set_status(response, status=CommitteeStatus.DONE, read_as=response.revision, by=town.manager)
    assert (done.status, row(town.secretary, addressee).standing) == (CommitteeStatus.DONE, Standing.TO_VERIFY)
    verify(addressee, status=VerifiedStatus.PARTLY, grounds="Listan saknas i juli.", audit=town.fresh(), by=town.expert)
    done.refresh_from_db()
    seen = row(town.secretary, addressee)
    assert (done.status, seen.verified) == (CommitteeStatus.DONE, VerifiedStatus.PARTLY)
    verify(addressee, status=VerifiedStatus.REMEDIED, grounds="Alla följs upp.", audit=town.fresh(), by=town.expert)
    assert row(town.secretary, addressee).standing == Standing.SETTLED
    assert [one.status for one in addressee.verifications.all()] == [VerifiedStatus.REMEDIED, VerifiedStatus.PARTLY]


def test_every_change_of_the_answer_keeps_who_before_after_and_why() -> None:
    town, addressee = decided()
    response = answer(town, addressee)
    first = set_status(response, status=CommitteeStatus.ONGOING, read_as=response.revision, by=town.secretary)
    with pytest.raises(ValidationError):
        set_status(first, status=CommitteeStatus.DONE, read_as=first.revision, by=town.secretary)
    set_status(first, status=CommitteeStatus.DONE, read_as=first.revision, by=town.secretary, why="Listan är i drift")
    kept = Change.objects.of(response).filter(field="status").order_by("-pk")[0]
    assert (kept.before, kept.after, kept.by, kept.why) == ("Pågår", "Genomförd", town.secretary, "Listan är i drift")
    reopened = move_response(Response.objects.get(), name="take_back", by=town.secretary, why="Fel datum")
    with pytest.raises(ValidationError):
        write_response(addressee, read_as=reopened.revision, by=town.secretary, due=date(2099, 12, 31))
    moved = write_response(
        addressee, read_as=reopened.revision, by=town.secretary, due=date(2099, 12, 31), why="Upphandlingen drog ut"
    )
    assert Change.objects.of(moved).filter(field="due", why="Upphandlingen drog ut").exists()


def test_two_who_write_the_same_answer_are_told_of_each_other() -> None:
    town, addressee = decided()
    write_response(addressee, read_as=0, by=town.secretary, text="Min text")
    with pytest.raises(Overtaken):
        write_response(addressee, read_as=0, by=town.manager, text="En annan text")


def test_a_draft_answer_is_seen_by_its_committee_only(client: Client) -> None:
    town, addressee = decided()
    write_response(addressee, read_as=0, by=town.secretary, text=f"Vi tycker {NONSENSE} om det.", due=DUE)
    page = reverse("audit_recommendation", args=[addressee.pk])
    for user, sees in ((town.secretary, True), (town.expert, False), (town.other_secretary, False)):
        client.force_login(user)
        assert (NONSENSE in client.get(page).content.decode()) is sees, user
        assert row(user, addressee).standing == Standing.UNANSWERED
        assert row(user, addressee).owner is None


def test_a_follow_up_that_is_a_draft_tells_the_committee_nothing() -> None:
    town, addressee = decided()
    answer(town, addressee)
    later = reviewers_follow_up(town)
    verify(addressee, status=VerifiedStatus.REMAINS, grounds=NONSENSE, audit=later, by=town.elected)
    assert row(town.secretary, addressee).verified is None
    assert row(town.elected, addressee).verified == VerifiedStatus.REMAINS


def reviewers_follow_up(town: Reviewers) -> Audit:
    """A later audit of SN that has just begun, by the same elected auditor."""
    return start_audit(
        framework_version=town.fresh().framework_version,
        commission=Commission(
            title="Uppföljning",
            commissioner="Kommunens revisorer",
            purpose="Att följa upp.",
            period_start=date(2025, 1, 1),
            period_end=date(2025, 6, 30),
            follows=town.fresh(),
        ),
        bodies=[Body(committee("SN"))],
        by=town.elected,
    )


def test_a_recommendation_without_an_action_says_so_in_the_register_and_on_the_watch_list(client: Client) -> None:
    town, addressee = decided()
    response = answer(town, addressee)
    sn = [committee("SN")]
    assert row(town.secretary, addressee).standing == Standing.WITHOUT_ACTION
    kinds = [item.kind for item in watch_list(town.secretary, sn)]
    assert "rekommendation utan åtgärd" in kinds
    client.force_login(town.secretary)
    assert "ingen åtgärd" in client.get(reverse("audit_recommendations")).content.decode()
    for user in (town.secretary, town.elected, town.other_secretary):
        client.force_login(user)
        page = client.get(reverse("audit_page", args=[town.audit.pk])).content.decode()
        assert 'besvarad utan åtgärd, <strong class="late">ingen åtgärd</strong>' in page
    action = an_action(town, response)
    assert row(town.secretary, addressee).standing == Standing.ONGOING
    kinds = [item.kind for item in watch_list(town.secretary, sn)]
    assert "rekommendation utan åtgärd" not in kinds
    assert "rekommendation att genomföra" in kinds
    assert [link.kind for link in causes_of(action, town.secretary)] == ["rekommendation"]
    untie_action(response, action=action, by=town.secretary, why="Fel rekommendation")
    assert row(town.secretary, addressee).standing == Standing.WITHOUT_ACTION
    tie_action(response, action=action, by=town.secretary)
    assert row(town.secretary, addressee).actions == 1


def test_what_somebody_has_promised_the_auditors_is_handed_over_when_they_leave() -> None:
    town, addressee = decided()
    response = write_response(addressee, read_as=0, by=town.secretary, owner=town.manager, due=DUE)
    assert [one.kind for one in to_hand_over(town.other_secretary)] == []
    (theirs,) = to_hand_over(town.secretary, owner=town.manager)
    assert (theirs.kind, theirs.title) == ("rekommendation", "Följ upp var och en varje månad.")
    with pytest.raises(ValidationError):
        hand_over_all(person=town.manager, to=town.other_secretary, why="Har slutat", by=town.secretary)
    assert hand_over_all(person=town.manager, to=town.secretary, why="Har slutat", by=town.secretary) == 1
    response.refresh_from_db()
    assert response.owner == town.secretary
    assert Change.objects.of(response).get(why="Har slutat").field == "owner"
    with pytest.raises(PermissionDenied):
        give_response_to(response, owner=town.other_secretary, why="Mitt", by=town.other_secretary)


def test_what_the_auditors_have_settled_is_nothing_to_hand_over() -> None:
    town, addressee = decided()
    write_response(addressee, read_as=0, by=town.secretary, owner=town.manager, due=DUE)
    verify(addressee, status=VerifiedStatus.REMEDIED, grounds="Gjort.", audit=town.fresh(), by=town.expert)
    assert to_hand_over(town.secretary, owner=town.manager) == []


ANSWERS = frozenset({"secretary", "manager"})
VERIFIES = frozenset({"elected", "expert"})
DECIDED = frozenset(AuditState.decided())
EXPECTED = {
    "write": (ANSWERS, frozenset({"none", "draft"})),
    "give": (ANSWERS, frozenset({"draft"})),
    "take_back": (ANSWERS, frozenset({"given"})),
    "status": (ANSWERS, frozenset({"given"})),
    "promise": (ANSWERS, frozenset({"draft", "given"})),
    "verify": (VERIFIES, frozenset({"none", "draft", "given"})),
}


@pytest.mark.parametrize("answered", ["none", "draft", "given"])
def test_only_the_committee_answers_and_only_the_auditors_verify(answered: str) -> None:
    town, addressee = decided()
    response = answer(town, addressee, given=answered == "given") if answered != "none" else None
    people = ("elected", "expert", "secretary", "manager", "other_secretary", "steward")
    done = set()
    for act in EXPECTED:
        for role in people:
            if _is_done(_acts(town, addressee, response, getattr(town, role))[act]):
                done.add((act, role))
    expected = {(act, role) for act, (roles, states) in EXPECTED.items() for role in roles if answered in states}
    assert done == expected


def _acts(
    town: Reviewers, addressee: Addressee, response: Response | None, by: User
) -> dict[str, Callable[[], object]]:
    read_as = response.revision if response else 0

    def held() -> Response:
        if response is None:
            raise MoveFault("Det finns inget svar.")
        return Response.objects.get()

    promised = Promise("Månadslista", Cause.RECOMMENDATION, owner=town.manager, due=DUE)
    return {
        "write": lambda: write_response(addressee, read_as=read_as, by=by, text="Nytt svar."),
        "give": lambda: move_response(held(), name="give", by=by),
        "take_back": lambda: move_response(held(), name="take_back", by=by, why="Fel"),
        "status": lambda: set_status(held(), status="done", read_as=read_as, by=by),
        "promise": lambda: promise_action(held(), promise=promised, by=by),
        "verify": lambda: verify(addressee, status="remains", grounds="Sett.", audit=town.fresh(), by=by),
    }


def _is_done(attempt: Callable[[], object]) -> bool:
    with transaction.atomic():
        try:
            attempt()
        except (PermissionDenied, MoveFault):
            return False
        finally:
            transaction.set_rollback(True)
    return True


def test_nothing_is_answered_or_verified_before_the_auditors_have_decided() -> None:
    town = reviewers()
    town.prepare(AuditState.SUBMITTED)
    addressee = Addressee.objects.get(committee__code="SN")
    with pytest.raises(MoveFault):
        write_response(addressee, read_as=0, by=town.secretary, text="För tidigt")
    with pytest.raises(MoveFault):
        verify(addressee, status="remains", grounds="Sett.", audit=town.fresh(), by=town.expert)
    assert not register_of(town.secretary).exists()


def test_a_late_recommendation_is_counted_by_committee_and_year(client: Client) -> None:
    town, addressee = decided()
    response = answer(town, addressee)
    an_action(town, response)
    Response.objects.update(due=timezone.localdate() - timedelta(days=1))
    (tally,) = tallies(register_of(town.secretary).select_related("committee"))
    assert (tally.body, tally.year, tally.total, tally.late, tally.without_action) == (
        "SN", timezone.localdate().year, 1, 1, 0,
    )  # fmt: skip
    client.force_login(town.secretary)
    page = reverse("audit_recommendations")
    assert "försenad" in client.get(page, {"lage": "sena"}).content.decode()
    assert "Ingen rekommendation passar" in client.get(page, {"lage": "utan"}).content.decode()
    assert "Ingen rekommendation passar" in client.get(page, {"alder": "24"}).content.decode()
    lines = client.get(page, {"fil": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Följ upp var och en varje månad." in lines[1]


def test_the_register_of_five_hundred_recommendations_asks_few_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    town, _ = decided()
    audit = town.fresh()
    recommendations = Recommendation.objects.bulk_create(
        Recommendation(audit=audit, number=str(number), text=f"Gör {number}.") for number in range(2, 501)
    )
    Addressee.objects.bulk_create(Addressee(recommendation=one, committee=committee("SN")) for one in recommendations)
    client.force_login(town.secretary)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("audit_recommendations")).content.decode()
    assert "500" in page


def test_a_committee_answers_follows_up_and_auditors_verify_in_the_pages(client: Client) -> None:
    town, addressee = decided()
    client.force_login(town.secretary)
    today = timezone.localdate().isoformat()
    fields = {"read_as": 0, "position": "agrees", "text": "Vi gör det.", "decided_on": today, "paragraph": "§ 9"}
    client.post(reverse("audit_response", args=[addressee.pk]), fields)
    client.post(reverse("audit_response_move", args=[addressee.pk, "give"]))
    revision = Response.objects.get().revision
    client.post(
        reverse("audit_response_promise", args=[addressee.pk]),
        {"title": "Månadslista", "owner": town.manager.pk, "due": "2099-01-31"},
    )
    client.post(
        reverse("audit_response_status", args=[addressee.pk]), {"read_as": revision, "status": "ongoing", "text": ""}
    )
    page = client.get(reverse("audit_recommendation", args=[addressee.pk])).content.decode()
    assert "Månadslista" in page
    assert "§ 9" in page
    client.force_login(town.expert)
    client.post(
        reverse("audit_verify", args=[addressee.pk]),
        {"status": "partly", "grounds": "Två enheter återstår.", "audit": town.audit.pk},
    )
    page = client.get(reverse("audit_recommendation", args=[addressee.pk])).content.decode()
    assert "Två enheter återstår." in page
    assert "Nämndens status" in page
    assert "Pågår" in page
