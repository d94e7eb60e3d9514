"""No page of audits asks for a variable that nobody gives it."""

from __future__ import annotations

import copy

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from audits.actions.fact_checks import answer_comment, comment
from audits.actions.requests import ask_for, deliver, move_request
from tests.audits.building import reviewers
from tests.web.test_templates import _Undefined

_FRAMEWORK = "fem-grader"


@pytest.mark.django_db
def test_every_page_of_audits_is_given_what_it_shows(settings: Settings) -> None:
    town = reviewers()
    town.prepare("fact_check")
    made = comment(
        audit=town.fresh(),
        body=town.body("SN"),
        text="Fel",
        finding=town.audit.observations.get(),
        by=town.secretary,
    )
    answer_comment(made, take=True, reason="Rättat", new_text="Rätt", read_as=1, by=town.expert)
    comment(audit=town.fresh(), body=town.body("SN"), text="Mer fel", by=town.secretary)
    asked = ask_for(audit=town.audit, body=town.body("SN"), title="Rutinen", due=timezone.localdate(), by=town.expert)
    sent = move_request(asked, name="send", by=town.expert)
    deliver(request=sent, text="Här", by=town.secretary)
    strict = copy.deepcopy(settings.TEMPLATES)
    strict[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")
    settings.TEMPLATES = strict
    pk = town.audit.pk
    shared = [
        reverse("audit_list"),
        reverse("audit_page", args=[pk]),
        reverse("audit_question", args=[pk, "1"]),
        reverse("audit_question", args=[pk, "2"]),
        reverse("audit_question", args=[pk, "3"]),
        reverse("audit_comments", args=[pk]),
        reverse("audit_request", args=[asked.pk]),
    ]
    own = [
        reverse("audit_new"),
        reverse("audit_edit", args=[pk]),
        reverse("audit_history", args=[pk]),
        reverse("audit_assess", args=[pk, "1"]),
        reverse("audit_request_add", args=[pk]),
        reverse("audit_recommendation_add", args=[pk]),
        reverse("audit_comment_answer", args=[pk, town.audit.comments.latest("pk").pk]),
        reverse("audit_move", args=[pk, "close_fact_check"]),
        reverse("audit_frameworks"),
        reverse("audit_framework", args=[_FRAMEWORK]),
        reverse("audit_framework_edit", args=[_FRAMEWORK]),
    ]
    for reader, pages in ((town.secretary, shared), (town.elected, [*shared, *own])):
        client = Client()
        client.force_login(reader)
        for page in pages:
            assert client.get(page).status_code == 200, page
