"""The pages of audits: an audit is run through them, and what is a draft is found nowhere by others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from audits.actions.requests import ask_for
from audits.frameworks.reading import content_of
from audits.models import Audit, EvidenceRequest, Framework
from committees.enums import Role
from committees.models import User
from governance.actions.reminders import send_reminders
from governance.actions.subscriptions import open_feed
from governance.watch import watch_list
from tests.audits.building import FIVE_GRADES, NONSENSE, committee, person, reviewers
from tests.factories import setup_small_municipality

pytestmark = pytest.mark.django_db


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _named(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Yield every address of the house's own that has a name; the admin's are for no reader here."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace is None:
                yield from _named(pattern.url_patterns)
        elif pattern.name:
            yield pattern


def _addresses() -> Iterator[URLPattern]:
    return (one for one in _named(get_resolver().url_patterns) if str(one.name).startswith("audit_"))


def _open_addresses() -> list[str]:
    """Return every address of the house in which nothing is to be filled in: overviews, registers, searches, files."""
    plain = (one for one in _named(get_resolver().url_patterns) if not one.pattern.converters)
    return sorted({reverse(str(one.name)) for one in plain if one.name != "logout"})


def _searched() -> list[str]:
    """Return the lists that can be searched in words; the draft's sentence begins "Uppföljningen är"."""
    names = (
        "audit_recommendations",
        "steering_actions",
        "steering_watch",
        "steering_commissions",
        "steering_documents",
    )
    return [reverse(name) for name in names]


def _every_page(audit: Audit) -> list[str]:
    """Return every address of audits, filled in with what the audit has."""
    known: dict[str, object] = {
        "number": "1",
        "name": "send_to_fact_check",
        "code": "fem-grader",
        "body": audit.bodies.order_by("pk")[0].pk,
        "engagement": audit.engagements.order_by("pk")[0].pk,
        "source": 1,
        "delivery": 1,
        "observation": audit.observations.order_by("pk")[0].pk,
        "recommendation": audit.recommendations.order_by("pk")[0].pk,
        "comment_pk": 1,
        "position": 1,
        "action": 1,
        "committees": ("SN",),
        "year": 2024,
    }
    made = []
    for pattern in _addresses():
        wanted = dict(known)
        is_request = str(pattern.pattern).startswith("granskningar/underlag/")
        wanted["pk"] = audit.requests.order_by("pk")[0].pk if is_request else audit.pk
        arguments = {name: wanted[name] for name in pattern.pattern.converters}
        made.append(reverse(str(pattern.name), kwargs=arguments))
    return made


def _text(answer: HttpResponseBase) -> str:
    """Return what a reader reads of an answer: of a PDF its text."""
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]  # streaming or whole
    if answer.headers.get("Content-Type") != "application/pdf":
        return content.decode()
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def _calendars(reader: User) -> list[str]:
    """Return the secrets of the reader's calendars: the own one, and a committee's where the reader may have it."""
    made = []
    for of in (None, committee("SN")):
        with suppress(PermissionDenied, ValidationError):
            made.append(open_feed(committee=of, by=reader))
    return made


def _told_without_pages() -> str:
    """Return all that is mailed and that scripts read."""
    User.objects.filter(email="").update(email="nagon@example.se")
    heard = StringIO()
    send_reminders(today=timezone.localdate())
    call_command("audits", "--format", "json", stdout=heard)
    return "\n".join([heard.getvalue(), *(f"{letter.subject} {letter.body}" for letter in mail.outbox)])


def test_a_nonsense_word_in_a_draft_is_found_nowhere_by_others_before_the_fact_check() -> None:
    town = reviewers()
    town.prepare("draft")
    due = timezone.localdate()
    ask_for(
        audit=town.audit,
        body=town.body("SN"),
        title=f"Underlag om {NONSENSE}",
        description=NONSENSE,
        due=due,
        by=town.expert,
    )
    pages = _every_page(town.fresh())
    assert len(pages) > 30
    others = [*_open_addresses(), "/SN/2024/", *(f"{page}?sok=uppf" for page in _searched())]
    for reader in (town.secretary, town.other_secretary, town.steward):
        client = as_user(reader)
        calendars = [f"/styrning/bevakning/kalender/{secret}.ics" for secret in _calendars(reader)]
        for address in (*pages, *calendars, *(others if reader == town.secretary else ())):
            assert NONSENSE not in _text(client.get(address)), f"{reader} {address}"
        for address in pages:
            assert NONSENSE not in _text(client.post(address)), f"{reader} {address}"
        assert not any(NONSENSE in item.title for item in watch_list(reader, [committee("SN"), committee("KUN")]))
    assert NONSENSE not in _told_without_pages()
    assert NONSENSE in as_user(town.expert).get(reverse("audit_question", args=[town.audit.pk, "1"])).content.decode()
    town.move("send_to_fact_check")
    page = reverse("audit_question", args=[town.audit.pk, "1"])
    assert NONSENSE in as_user(town.secretary).get(page).content.decode()
    assert as_user(town.steward).get(page).status_code == 404


def test_the_history_with_its_drafts_is_for_the_auditors_only_even_when_the_audit_is_published() -> None:
    town = reviewers()
    town.prepare("published")
    page = reverse("audit_history", args=[town.audit.pk])
    assert as_user(town.expert).get(page).status_code == 200
    assert as_user(town.secretary).get(page).status_code == 403


def test_no_page_of_an_audit_is_there_for_who_is_not_logged_in() -> None:
    town = reviewers()
    town.prepare("published")
    answer = Client().get(reverse("audit_page", args=[town.audit.pk]))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/logga-in/")


def test_an_audit_with_a_scale_of_five_words_is_run_through_its_pages() -> None:
    setup_small_municipality()
    elected = person("vald", Role.ELECTED_AUDITOR, "SN")
    secretary = person("sekreterare", Role.SECRETARY, "SN")
    client, audited = as_user(elected), as_user(secretary)
    client.post(reverse("audit_framework_new"), {"text": FIVE_GRADES})
    version = Framework.objects.get(code="fem-grader").versions.get()
    due = (timezone.localdate() + timedelta(days=20)).isoformat()
    client.post(
        reverse("audit_new"),
        {
            "title": "Vår granskning",
            "framework_version": version.pk,
            "kind": "overview",
            "committees": [committee("SN").pk],
            "commissioner": "Kommunens revisorer",
            "purpose": "Att bedöma uppföljningen.",
            "period_start": "2024-01-01",
            "period_end": "2024-12-31",
            "engaged_until": due,
        },
    )
    audit = Audit.objects.get()
    body = audit.bodies.get()

    def post(name: str, *more: object, **data: object) -> None:
        answer = client.post(reverse(name, args=[audit.pk, *more]), data)
        assert answer.status_code == 302, answer.content.decode()

    post("audit_assess", "1", grade="Svag", grounds="Mindre än hälften följs upp.", read_as=0)
    post("audit_assess_body", "2", body.pk, grade="Mycket god", grounds="Det är klart.", read_as=0)
    post("audit_observation_add", kind="weakness", text="Ingen för listan.", source="Intervju")
    post("audit_recommendation_add", text="För en lista.", committees=[committee("SN").pk], questions=["1"])
    post("audit_source_add", kind="interview", text="Enhetschef", dated="2024-05-02")
    post("audit_response_due", body.pk, due=due)
    post(
        "audit_edit",
        title="Vår granskning",
        kind="overview",
        commissioner="Kommunens revisorer",
        purpose="Att bedöma uppföljningen.",
        period_start="2024-01-01",
        period_end="2024-12-31",
        overall_grade="Godtagbar",
        fact_check_due=due,
        read_as=1,
    )
    post("audit_move", "send_to_fact_check")
    audited.post(reverse("audit_comment_add", args=[audit.pk]), {"body": body.pk, "finding": "", "text": "Vi för en."})
    comment = audit.comments.get()
    post("audit_comment_answer", comment.pk, take="nej", reason="Den är tom.")
    post("audit_move", "close_fact_check")
    post("audit_cover_letter", cover_letter="Till nämnden.", read_as=Audit.objects.get().revision)
    post("audit_move", "submit")
    post("audit_move", "decide", on=timezone.localdate().isoformat(), paragraph="12")
    post("audit_move", "publish", on=timezone.localdate().isoformat())
    page = audited.get(reverse("audit_page", args=[audit.pk])).content.decode()
    for word in ("Godtagbar", "Svag", "Mycket god", "För en lista.", "Till nämnden.", "§ 12", "publicerad"):
        assert word in page
    paper = reverse("audit_paper", args=[audit.pk])
    before = audited.get(paper).content
    told = _text(audited.get(paper))
    for word in ("Godtagbar", "Mycket god", "För en lista.", "Är ansvaret för uppföljningen klart?"):
        assert word in told
    edited = FIVE_GRADES.replace("Godtagbar", "Hyfsad").replace("Är ansvaret för uppföljningen klart?", "Vem ansvarar?")
    client.post(
        reverse("audit_framework_edit", args=["fem-grader"]), {"text": edited, "read_as": 1, "note": "Tydligare"}
    )
    assert Framework.objects.get().versions.count() == 2
    assert audited.get(reverse("audit_page", args=[audit.pk])).content.decode().count("Godtagbar") == page.count(
        "Godtagbar"
    )
    assert audited.get(paper).content == before


def test_of_two_who_save_an_observation_the_second_is_shown_both_texts_and_loses_nothing() -> None:
    town = reviewers()
    town.write_findings()
    observation = town.audit.observations.get()
    page = reverse("audit_observation", args=[town.audit.pk, observation.pk])
    first, second = as_user(town.expert), as_user(town.elected)
    common = {"kind": "weakness", "source": "Intervju", "read_as": observation.revision}
    assert first.post(page, {**common, "text": "Den enas text"}).status_code == 302
    answer = second.post(page, {**common, "text": "Den andras text"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Den enas text" in shown
    assert "Den andras text" in shown
    again = {**common, "text": "Bådas text", "read_as": answer.context["form"]["read_as"].value()}
    assert second.post(page, again).status_code == 302
    observation.refresh_from_db()
    assert observation.text == "Bådas text"


def test_of_two_who_choose_addressees_the_second_is_shown_whom_the_first_chose() -> None:
    town = reviewers()
    town.write_findings()
    row = town.audit.recommendations.get()
    page = reverse("audit_recommendation_edit", args=[town.audit.pk, row.pk])
    to = [committee(code).pk for code in ("SN", "KUN")]
    same = {"number": row.number, "text": row.text, "questions": row.questions, "read_as": row.revision}
    assert as_user(town.expert).post(page, {**same, "committees": to}).status_code == 302
    answer = as_user(town.elected).post(page, {**same, "committees": to[1:]})
    assert answer.status_code == 409
    assert [label for label, _ in answer.context["theirs"]] == ["Riktas till"]
    assert row.addressees.filter(removed=False).count() == 2


def test_a_framework_with_faults_is_shown_again_with_every_fault_and_line() -> None:
    town = reviewers()
    text = FIVE_GRADES.replace("ordning = 0", "ordning = 7").replace('nummer = "2"', 'nummer = "1"')
    page = as_user(town.expert).post(reverse("audit_framework_edit", args=["fem-grader"]), {"text": text, "read_as": 1})
    shown = page.content.decode()
    assert "”ordning” är 7 men ska vara ett heltal från 0 till 3." in shown
    assert "Frågan ”1” finns redan." in shown
    assert shown.count("<li>Rad ") == 2


def test_of_two_who_edit_a_framework_the_second_is_shown_both_texts() -> None:
    town = reviewers()
    page = reverse("audit_framework_edit", args=["fem-grader"])
    mine, theirs = FIVE_GRADES.replace("Provbyrån", "Mitt upphov"), FIVE_GRADES.replace("Provbyrån", "Deras upphov")
    as_user(town.elected).post(page, {"text": theirs, "read_as": 1})
    answer = as_user(town.expert).post(page, {"text": mine, "read_as": 1})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Mitt upphov" in shown
    assert "Deras upphov" in shown
    assert as_user(town.expert).post(page, {"text": mine, "read_as": 2}).status_code == 302


def test_an_edited_framework_shows_what_changed_and_the_running_audit_stands_still() -> None:
    town = reviewers()
    client = as_user(town.expert)
    edited = FIVE_GRADES.replace("Är ansvaret för uppföljningen klart?", "Vet alla vem som följer upp?")
    client.post(
        reverse("audit_framework_edit", args=["fem-grader"]), {"text": edited, "read_as": 1, "note": "Tydligare"}
    )
    shown = client.get(reverse("audit_framework", args=["fem-grader"])).content.decode()
    assert "− fraga = &quot;Är ansvaret för uppföljningen klart?&quot;" in shown
    assert "+ fraga = &quot;Vet alla vem som följer upp?&quot;" in shown
    assert content_of(town.fresh().framework_version).questions[1].text == "Är ansvaret för uppföljningen klart?"


def test_evidence_is_asked_for_handed_over_and_read_by_the_auditors_only() -> None:
    town = reviewers()
    client, audited = as_user(town.expert), as_user(town.secretary)
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    client.post(
        reverse("audit_request_add", args=[town.audit.pk]),
        {"body": town.body("SN").pk, "title": "Rutin för uppföljning", "question": "1", "due": due},
    )
    request = EvidenceRequest.objects.get()
    page = reverse("audit_request", args=[request.pk])
    assert audited.get(page).status_code == 404
    client.post(reverse("audit_request_move", args=[request.pk, "send"]))
    assert "Lämna underlaget" in audited.get(page).content.decode()
    assert [item.title for item in watch_list(town.secretary, [committee("SN")])] == ["Rutin för uppföljning"]
    file = SimpleUploadedFile("../rutin.html", b"<script>alert(1)</script>", content_type="text/html")
    audited.post(reverse("audit_request_deliver", args=[request.pk]), {"text": "Här är den.", "file": file})
    delivery = request.deliveries.get()
    download = reverse("audit_request_file", args=[request.pk, delivery.pk])
    answer = client.get(download)
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[attr-defined]  # FileResponse
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rutin.html"'
    assert as_user(town.other_secretary).get(download).status_code == 404
    assert watch_list(town.secretary, [committee("SN")]) == []


def test_the_list_is_a_file_too_with_the_same_audits_and_no_others() -> None:
    town = reviewers()
    town.prepare("draft")
    page = reverse("audit_list") + "?fil=csv"
    assert as_user(town.secretary).get(page).content.decode("utf-8-sig").count("\r\n") == 1
    town.move("send_to_fact_check")
    heading, line = as_user(town.secretary).get(page).content.decode("utf-8-sig").splitlines()
    assert heading.startswith("Granskning;Slag;Granskare;Granskade;Läge;Samlad bedömning;Rapport")
    assert line.startswith("Granskning av uppföljningen;Översiktlig granskning;Provbyrån;SN, KUN;Faktakontroll;")


def test_the_frameworks_that_come_with_the_application_are_put_in_by_a_button() -> None:
    town = reviewers()
    client = as_user(town.expert)
    page = reverse("audit_frameworks")
    assert "Lägg in ramverken som följer med Utfall" in client.get(page).content.decode()
    client.post(reverse("audit_frameworks_deliver"))
    shown = client.get(page).content.decode()
    assert "Kommunens integrationsarbete" in shown
    assert "Lägg in ramverken" not in shown


def test_the_fact_check_can_be_prolonged_with_a_reason_while_it_goes_on() -> None:
    town = reviewers()
    town.prepare("fact_check")
    client, page = as_user(town.expert), reverse("audit_fact_check_due", args=[town.audit.pk])
    later = (timezone.localdate() + timedelta(days=45)).isoformat()
    assert "Skriv varför" in client.post(page, {"due": later}).content.decode()
    assert client.post(page, {"due": later, "why": "Semester"}).status_code == 302
    assert str(town.fresh().fact_check_due) == later


def test_a_former_auditor_finds_nothing() -> None:
    town = reviewers()
    town.prepare("draft")
    engagement = town.audit.engagements.get(user=town.expert)
    as_user(town.elected).post(
        reverse("audit_engagement_end", args=[town.audit.pk, engagement.pk]), {"why": "Uppdraget är slut"}
    )
    client = as_user(town.expert)
    assert client.get(reverse("audit_page", args=[town.audit.pk])).status_code == 404
    assert "Granskning av uppföljningen" not in client.get(reverse("audit_list")).content.decode()


def test_the_list_and_an_audits_page_ask_few_questions_of_the_database(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    town = reviewers()
    town.prepare("fact_check")
    client = as_user(town.secretary)
    with django_assert_max_num_queries(14):
        client.get(reverse("audit_list"))
    client = as_user(town.expert)
    with django_assert_max_num_queries(24):
        assert client.get(reverse("audit_page", args=[town.audit.pk])).status_code == 200


def test_what_is_asked_becomes_a_control_of_the_audited_committees_own_from_its_page() -> None:
    town = reviewers()
    town.prepare("published")
    page = reverse("audit_question", args=[town.audit.pk, "1"])
    way = "/styrning/internkontroll/kriterium/SN/?kriterium="
    client = as_user(town.secretary)
    parts = client.get(page).content.decode().split('href="')
    link = next(part.split('"')[0] for part in parts if part.startswith(way))
    form = client.get(link)
    assert form.status_code == 200
    asked = content_of(town.audit.framework_version).question("1")
    assert asked is not None
    assert form.context["form"]["title"].value() == asked.text
    assert way not in as_user(town.expert).get(page).content.decode()
