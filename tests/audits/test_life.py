"""An audit's life: what is asked of each step, what is logged, and that nobody's text is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.utils import timezone

from audits.actions.audits import Body, Commission, add_body, remove_body, revise_audit, set_response_due, start_audit
from audits.actions.engagements import end_engagement, engage
from audits.actions.fact_checks import answer_comment, comment
from audits.actions.findings import assess, recommend, revise_recommendation
from audits.actions.frameworks import store_framework
from audits.actions.moves import move_audit
from audits.enums import CommentState, EngagementPart
from audits.models import Assessment, Audit
from audits.selectors.findings import findings_of
from audits.selectors.history import history_of
from committees.actions.saving import save
from committees.enums import Role
from committees.models import Change, User
from committees.permissions import Permission, access_of
from committees.revising import Overtaken
from committees.workflows import MoveFault
from tests.audits.building import FIVE_GRADES, NONSENSE, committee, person, reviewers

pytestmark = pytest.mark.django_db


def _commission(title: str = "Ny granskning") -> Commission:
    return Commission(title, "Kommunens revisorer", "Att bedöma något.", date(2024, 1, 1), date(2024, 12, 31))


def test_an_audit_keeps_the_framework_it_began_with_when_the_framework_is_edited() -> None:
    town = reviewers()
    town.write_findings()
    before = findings_of(town.fresh())
    store_framework(
        text=FIVE_GRADES.replace("Följs var och en upp varje månad?", "Helt andra ord?").replace("Svag", "Klen"),
        by=None,
    )
    after = findings_of(town.fresh())
    assert after.content == before.content
    assert [answer.grade for answer in after.questions[0].answers] == ["Svag"]
    assert after.content.scale.order("Svag") == 1


def test_a_grade_must_be_a_word_of_the_scale_and_a_question_is_answered_as_the_framework_says() -> None:
    town = reviewers()
    with pytest.raises(ValidationError, match="finns inte i ramverkets skala"):
        assess(audit=town.audit, question="1", grade="Delvis", by=town.expert)
    with pytest.raises(ValidationError, match="bedöms för varje granskat organ"):
        assess(audit=town.audit, question="2", grade="God", by=town.expert)
    with pytest.raises(ValidationError, match="tillsammans"):
        assess(audit=town.audit, question="1", body=town.body("SN"), grade="God", by=town.expert)
    with pytest.raises(ValidationError, match="graderas inte"):
        assess(audit=town.audit, question="3", grade="God", by=town.expert)
    with pytest.raises(ValidationError, match="finns inte i granskningens ramverk"):
        assess(audit=town.audit, question="99", grade="God", by=town.expert)
    assert assess(audit=town.audit, question="1", grade="Kan ej bedömas", by=town.expert).grade == "Kan ej bedömas"


def test_a_changed_grade_keeps_who_when_before_after_and_why_and_needs_the_why() -> None:
    town = reviewers()
    first = assess(audit=town.audit, question="1", grade="Svag", grounds="Därför", by=town.expert)
    with pytest.raises(ValidationError, match="Skriv varför"):
        assess(audit=town.audit, question="1", grade="God", read_as=first.revision, by=town.expert)
    assess(
        audit=town.audit,
        question="1",
        grade="God",
        read_as=first.revision,
        why="Underlaget kom in sent",
        by=town.elected,
    )
    change = Change.objects.of(first).filter(field="grade").first()
    assert change is not None
    assert (change.before, change.after, change.why, change.by) == (
        "Svag",
        "God",
        "Underlaget kom in sent",
        town.elected,
    )
    assert change.at is not None
    shown = history_of(town.fresh())
    assert any(
        row.change == change and row.place == "Bedömning av fråga 1" and row.change.field_in_words == "bedömning"
        for row in shown
    )


def test_of_two_who_save_the_same_text_the_second_gets_both() -> None:
    town = reviewers()
    row = assess(audit=town.audit, question="1", grade="Svag", grounds="Först", by=town.expert)
    assess(audit=town.audit, question="1", grounds="Den enas text", read_as=row.revision, by=town.expert)
    with pytest.raises(Overtaken) as caught:
        assess(audit=town.audit, question="1", grounds="Den andras text", read_as=row.revision, by=town.elected)
    assert isinstance(caught.value.current, Assessment)
    assert caught.value.current.grounds == "Den enas text"
    assert Assessment.objects.get(pk=row.pk).grounds == "Den enas text"


def test_of_two_who_answer_a_question_for_the_first_time_the_second_gets_both() -> None:
    town = reviewers()
    assess(audit=town.audit, question="1", grounds="Den enas text", by=town.expert)
    with pytest.raises(Overtaken):
        assess(audit=town.audit, question="1", grounds="Den andras text", by=town.elected)


def test_an_elected_auditor_opens_only_committees_they_are_elected_for() -> None:
    town = reviewers()
    only_sn = person("bara-sn", Role.ELECTED_AUDITOR, "SN")
    with pytest.raises(ValidationError, match="inte vald att granska"):
        start_audit(
            framework_version=town.audit.framework_version,
            commission=_commission(),
            bodies=[Body(committee("KUN"))],
            by=only_sn,
        )
    with pytest.raises(PermissionDenied):
        start_audit(
            framework_version=town.audit.framework_version,
            commission=_commission(),
            bodies=[Body(committee("SN"))],
            by=town.expert,
        )
    assert Audit.objects.count() == 1


def test_an_engagement_opens_what_the_audit_covers_and_closes_it_again() -> None:
    town = reviewers()
    access = access_of(town.expert)
    assert access.committees_with(Permission.SEE_CASES) == ("KUN", "SN")
    assert not access.may(Permission.STEER)
    engagement = town.audit.engagements.get(user=town.expert)
    assert access_of(town.expert, engagement.end + timedelta(days=1)).held == ()
    end_engagement(engagement=engagement, by=town.elected, why="Klart")
    assert access_of(town.expert).held == ()
    assert not Audit.objects.visible_to(town.expert).exists()
    logged = Change.objects.of(town.audit).filter(field="engagements").first()
    assert logged is not None
    assert logged.why == "Klart"


def test_a_body_that_is_added_later_is_opened_too_and_closed_when_it_is_taken_out() -> None:
    town = reviewers()
    audit = start_audit(
        framework_version=town.audit.framework_version,
        commission=_commission(),
        bodies=[Body(committee("SN"))],
        by=town.elected,
    )
    expert = User.objects.create(username="konsult")
    today = timezone.localdate()
    engage(audit=audit, person=expert, part=EngagementPart.EXPERT, start=today, end=today, by=town.elected)
    assert access_of(expert).committees_with(Permission.SEE_FIGURES) == ("SN",)
    body = add_body(audit=audit, body=Body(committee("KUN")), by=town.elected)
    assert access_of(expert).committees_with(Permission.SEE_FIGURES) == ("KUN", "SN")
    remove_body(body=body, by=town.elected)
    assert access_of(expert).committees_with(Permission.SEE_FIGURES) == ("SN",)


def test_the_last_elected_auditor_cannot_leave_an_audit_alone() -> None:
    town = reviewers()
    own = town.audit.engagements.get(user=town.elected)
    with pytest.raises(ValidationError, match="minst en förtroendevald"):
        end_engagement(engagement=own, by=town.elected, why="Jag slutar")


def test_an_elected_auditor_whose_term_is_over_no_longer_decides() -> None:
    town = reviewers()
    town.prepare("submitted")
    town.elected.assignments.update(end=timezone.localdate() - timedelta(days=1))
    with pytest.raises(MoveFault, match="besluta om granskningar"):
        move_audit(town.fresh(), name="decide", by=town.elected)


def test_a_decision_needs_its_cover_letter_and_a_date_for_each_body_that_is_recommended_something() -> None:
    town = reviewers()
    town.write_findings()
    later = timezone.localdate() + timedelta(days=9)
    save(town.fresh(), read_as=town.fresh().revision, by=town.expert, fact_check_due=later)
    town.move("send_to_fact_check", "close_fact_check", "submit")
    with pytest.raises(ValidationError) as caught:
        town.move("decide")
    assert caught.value.messages == [
        "Skriv missivet innan ni beslutar.",
        "Sätt ett datum för när Socialnämnden ska svara.",
    ]


def test_each_move_of_the_response_date_is_kept_with_its_reason() -> None:
    town = reviewers()
    town.prepare("decided")
    body = town.body("SN")
    first = body.response_due
    assert first is not None
    later = first + timedelta(days=30)
    with pytest.raises(ValidationError, match="Skriv varför"):
        set_response_due(body=body, due=later, by=town.elected)
    set_response_due(body=body, due=later, why="Sommaruppehåll", by=town.elected)
    change = Change.objects.of(town.audit).filter(field="svar senast, SN").first()
    assert change is not None
    assert (change.before, change.after, change.why) == (first.isoformat(), later.isoformat(), "Sommaruppehåll")


def test_a_comment_that_is_taken_shows_the_text_before_and_after_and_one_that_is_refused_its_reason() -> None:
    town = reviewers()
    town.prepare("fact_check")
    observation = town.audit.observations.get()
    taken = comment(
        audit=town.fresh(), body=town.body("SN"), text="Ordet är fel.", finding=observation, by=town.secretary
    )
    refused = comment(audit=town.fresh(), body=town.body("KUN"), text="Vi håller inte med.", by=town.other_secretary)
    with pytest.raises(ValidationError, match="oförändrad"):
        answer_comment(taken, take=True, reason="Rättat", new_text=observation.text, read_as=1, by=town.expert)
    answer_comment(taken, take=True, reason="Rättat", new_text="Uppföljningen brister.", read_as=1, by=town.expert)
    answer_comment(refused, take=False, reason="Vi står fast vid bedömningen.", by=town.expert)
    taken.refresh_from_db()
    refused.refresh_from_db()
    assert (taken.state, taken.before, taken.after) == (
        CommentState.TAKEN,
        f"Uppföljningen är {NONSENSE}.",
        "Uppföljningen brister.",
    )
    assert (refused.state, refused.reason) == (CommentState.REFUSED, "Vi står fast vid bedömningen.")
    observation.refresh_from_db()
    assert observation.text == "Uppföljningen brister."


def test_an_audit_is_not_submitted_before_every_comment_is_answered() -> None:
    town = reviewers()
    town.prepare("fact_check")
    comment(audit=town.fresh(), body=town.body("SN"), text="Stämmer inte.", by=town.secretary)
    town.move("close_fact_check")
    with pytest.raises(ValidationError, match="Besvara alla synpunkter"):
        town.move("submit")


def test_nobody_comments_for_a_committee_that_is_not_theirs() -> None:
    town = reviewers()
    town.prepare("fact_check")
    with pytest.raises(PermissionDenied):
        comment(audit=town.fresh(), body=town.body("KUN"), text="Hej", by=town.secretary)


def test_a_recommendation_is_numbered_and_its_addressees_can_change() -> None:
    town = reviewers()
    first = recommend(audit=town.audit, text="A", addressees=[Body(committee("SN"))], by=town.expert)
    second = recommend(audit=town.audit, text="B", addressees=[Body(name="Kommunstyrelsen")], by=town.expert)
    assert (first.number, second.number) == ("1", "2")
    revise_recommendation(
        first, read_as=first.revision, addressees=[Body(committee("KUN"))], text="Ny text", by=town.expert
    )
    standing = findings_of(town.fresh()).recommendations
    assert [(row.recommendation.text, [str(one) for one in row.addressees]) for row in standing] == [
        ("Ny text", ["Kultur- och utbildningsnämnden"]),
        ("B", ["Kommunstyrelsen"]),
    ]
    with pytest.raises(ValidationError, match="riktas till"):
        recommend(audit=town.audit, text="C", addressees=[], by=town.expert)


def test_a_recommendation_takes_over_only_what_an_earlier_audit_decided() -> None:
    town = reviewers()
    town.prepare("draft")
    earlier = town.audit.recommendations.get()
    later = start_audit(
        framework_version=town.audit.framework_version,
        commission=_commission("Uppföljning"),
        bodies=[Body(committee("SN"))],
        by=town.elected,
    )
    to = [Body(committee("SN"))]
    with pytest.raises(ValidationError, match="inte beslutad"):
        recommend(audit=later, text="Igen", addressees=to, takes_over=earlier, by=town.elected)
    due = timezone.localdate() + timedelta(days=5)
    save(town.fresh(), read_as=town.fresh().revision, by=town.expert, fact_check_due=due)
    town.move("send_to_fact_check", "close_fact_check", "submit", "decide")
    earlier.refresh_from_db()
    assert recommend(audit=later, text="Igen", addressees=to, takes_over=earlier, by=town.elected).takes_over == earlier


def test_what_is_decided_cannot_be_written_over() -> None:
    town = reviewers()
    audit = town.prepare("decided")
    with pytest.raises(MoveFault, match="läget är nu ”Beslutad”"):
        revise_audit(audit, read_as=audit.revision, by=town.expert, overall_text="Något annat")


def test_the_audited_are_mailed_when_findings_wait_and_the_mail_holds_none_of_them() -> None:
    town = reviewers()
    User.objects.filter(pk=town.secretary.pk).update(email="sekreterare@example.se")
    with TestCase.captureOnCommitCallbacks(execute=True):
        town.prepare("draft")
        town.move("cancel")
    assert mail.outbox == []
    with TestCase.captureOnCommitCallbacks(execute=True):
        second = start_audit(
            framework_version=town.audit.framework_version,
            commission=_commission(),
            bodies=[Body(committee("SN"))],
            by=town.elected,
        )
        save(second, read_as=second.revision, by=town.elected, fact_check_due=timezone.localdate())
        move_audit(Audit.objects.get(pk=second.pk), name="send_to_fact_check", by=town.elected)
    (letter,) = mail.outbox
    assert letter.to == ["sekreterare@example.se"]
    assert f"/granskningar/{second.pk}/" in letter.body
    assert NONSENSE not in letter.body
