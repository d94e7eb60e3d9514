"""The pages of audits in a real browser: axe finds nothing, and nothing is cut off on a telephone or a wide screen."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from audits.actions.evidence import pin_evidence
from audits.actions.fact_checks import answer_comment, comment
from audits.actions.requests import ask_for
from audits.actions.responses import write_response
from audits.models import Addressee
from governance.actions.commissions import give_commission
from governance.enums import PartyRole
from tests.audits.building import FIVE_GRADES, Reviewers, committee, reviewers
from tests.browsing import WIDTHS, look, opened_by
from tests.web.town import build_town

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMEWORK = FIVE_GRADES.replace("follow_up_compliance", "participants")


@pytest.fixture
def town(browser: Browser, live_server: LiveServer) -> Reviewers:
    """An audit that has been written, with a request and a piece of evidence that is kept."""
    del browser, live_server
    build_town()
    town = reviewers(FRAMEWORK)
    due = town.audit.period_end
    ask_for(audit=town.fresh(), body=town.body("SN"), title="Rutinen", due=due, question="1", by=town.expert)
    pin_evidence(audit=town.fresh(), question="1", key=f"0-{town.body('SN').pk}", by=town.expert)
    town.prepare("draft")
    return town


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_cut_off_on_the_pages_of_audits(
    browser: Browser, live_server: LiveServer, town: Reviewers, width: int
) -> None:
    audit, faults = town.audit.pk, dict[str, object]()
    written = (
        "page", "edit", "recommendation_add", "observation_add", "request_add", "sample_draw", "source_add", "body_add",
        "engage", "cover_letter", "fact_check_due",
    )  # fmt: skip
    about_one = ("question", "assess", "evidence")
    findings = town.audit.observations.get().pk, town.audit.recommendations.get().pk
    request = town.audit.requests.get().pk
    page = opened_by(browser, live_server.url, town.elected, width)
    for address in (
        *(reverse(f"audit_{name}", args=[audit]) for name in written),
        *(reverse(f"audit_{name}", args=[audit, "1"]) for name in about_one),
        *(reverse(f"audit_{name}") for name in ("list", "new", "frameworks", "framework_new")),
        *(reverse(name, args=["fem-grader"]) for name in ("audit_framework", "audit_framework_edit")),
        reverse("audit_observation", args=[audit, findings[0]]),
        reverse("audit_recommendation_edit", args=[audit, findings[1]]),
        reverse("audit_assess_body", args=[audit, "2", town.body("SN").pk]),
        reverse("audit_response_due", args=[audit, town.body("SN").pk]),
        reverse("audit_engagement_end", args=[audit, town.audit.engagements.earliest("pk").pk]),
        reverse("audit_move", args=[audit, "send_to_fact_check"]),
        *(reverse(f"audit_{name}", args=[request]) for name in ("request", "request_edit")),
    ):
        look(page, address, width, faults)
    audited = opened_by(browser, live_server.url, town.secretary, width)
    town.move("send_to_fact_check")
    look(audited, reverse("audit_comment_add", args=[audit]), width, faults)
    said = comment(audit=town.fresh(), body=town.body("SN"), text="Stämmer inte.", by=town.secretary)
    look(page, reverse("audit_comment_answer", args=[audit, said.pk]), width, faults)
    answer_comment(said, take=False, reason="Det stämmer.", by=town.expert)
    town.move("close_fact_check", "submit", "decide", "publish")
    addressee = Addressee.objects.get().pk
    for address in (
        *(reverse(f"audit_{name}", args=[audit]) for name in ("page", "history", "comments", "samples")),
        reverse("audit_verify", args=[addressee]),
    ):
        look(page, address, width, faults)
    commission = give_commission(parties=[(PartyRole.RECEIVER, committee("SN"))], by=town.secretary, title="Se över")
    write_response(Addressee.objects.get(), read_as=0, by=town.secretary, text="Vi gör det.")
    answers = ("recommendation", "response", "response_promise", "response_tie")
    for address in (
        reverse("audit_page", args=[audit]),
        reverse("audit_recommendations"),
        reverse("audit_criteria", args=[("SN",), 2024]),
        reverse("audit_commission_cite", args=[commission.pk]),
        *(reverse(f"audit_{name}", args=[addressee]) for name in answers),
    ):
        look(audited, address, width, faults)
    assert faults == {}
