"""The pages of reports on their way: who sees and does what, from the calendar to the adjusted minutes."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from pytest_django.fixtures import Settings

from committees.enums import Role
from committees.models import User
from reporting.documents.models import BoardReport, ReportPeriod, ReportTemplate
from reporting.documents.work.moving import approve, decide, move_report
from reporting.documents.work.selectors import missing_parts
from reporting.enums import ReportState
from tests.documents import work
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

# Who gets each page of a draft: written by hand. "-" is 403, "?" is 404.
READERS: dict[str, Callable[[], User]] = {
    "secretary": lambda: work.secretary_of("SN"),
    "manager": lambda: work.manager_of("SN"),
    "unit manager": lambda: person("enhetschefen", Role.MANAGER, "SN", "AME"),
    "auditor": lambda: person("revisorn", Role.AUDITOR, "SN"),
    "other's secretary": lambda: work.person_in("andra", "KUN"),
    "steward": lambda: person("forvaltaren", Role.DATA_STEWARD),
}
PAGES = {
    "report_work_calendar": "ok ok ok - ok -",
    "report_work_new": "ok - - - ok -",
    "report_work_meeting_new": "ok - - - ok -",
    "report_work_lead_times": "ok - - - ok -",
    "report_work_period": "ok - - - ok -",
    "report_work_period_new": "ok - - - ok -",
    "report_work_calendar_file": "ok - - - ok -",
    "report_work_templates": "ok ok ok - ok -",
    "report_work_template": "ok ok ok - ok -",
    "report_work_template_edit": "ok - - - ok -",
    "report_work_template_copy": "ok - - - ok -",
    "report_work": "ok ok ok ? ? -",
    "report_work_reading": "ok ok ok ? ? -",
    "report_work_criteria": "ok ok ok ? ? -",
    "report_work_changes": "? ? ? ? ? -",
    "report_work_memo_word": "? ? ? ? ? -",
    "report_work_archive": "? - - - ? -",
    "report_work_correction": "ok - - - ? -",
    "report_work_facts": "ok - - - ? -",
    "report_work_move": "ok - - - ? -",
    "report_work_waive": "? - - - ? -",
    "report_work_approve": "- ok - - - -",
    "report_work_decide": "ok - - - ? -",
    "report_work_adjust": "ok - - - ? -",
    "report_work_part": "ok ok ok - ? -",
    "report_work_write": "ok - - - ? -",
    "report_work_figures": "ok ok ok - ? -",
    "report_work_writer": "ok - - - ? -",
}
POSTED = {
    "report_work_ready",
    "report_work_deliver",
    "report_work_meeting_remove",
    "report_work_autosave",
    "report_work_preview",
    "report_work_restore",
}
CODES = {"ok": 200, "-": 403, "?": 404}


@pytest.fixture
def secretary() -> User:
    work.prepare()
    return work.secretary_of("SN")


def _addresses(report: BoardReport) -> dict[str, str]:
    of_part = [report.pk, "sammanfattning-text"]
    given: dict[str, list[object]] = {
        "report_work_period": [ReportPeriod.objects.get(code="delar").pk],
        "report_work_template": ["delarsrapport"],
        "report_work_template_edit": ["delarsrapport"],
        "report_work_template_copy": ["delarsrapport"],
        "report_work_move": [report.pk, "review"],
        "report_work_waive": [report.pk, "vidare/SN"],
        "report_work_decide": [report.pk, "SN"],
        "report_work_adjust": [report.pk, "SN"],
        "report_work_part": of_part,
        "report_work_write": of_part,
        "report_work_writer": of_part,
    }
    without = {
        "report_work_calendar",
        "report_work_calendar_file",
        "report_work_lead_times",
        "report_work_meeting_new",
        "report_work_new",
        "report_work_period_new",
        "report_work_templates",
    }
    return {name: reverse(name, args=given.get(name, [] if name in without else [report.pk])) for name in PAGES}


def test_each_reader_gets_just_the_pages_that_are_theirs(client: Client, secretary: User, settings: Settings) -> None:
    strict = copy.deepcopy(settings.TEMPLATES)
    strict[0]["OPTIONS"]["string_if_invalid"] = "UNKNOWN %s"
    settings.TEMPLATES = strict
    addresses = _addresses(work.interim(secretary))
    wrong = {}
    for column, (name, make) in enumerate(READERS.items()):
        client.force_login(secretary if name == "secretary" else make())
        for page, codes in PAGES.items():
            expected = CODES[codes.split()[column]]
            answer = client.get(addresses[page])
            if answer.status_code != expected or b"UNKNOWN " in answer.content:
                wrong[name, page] = answer.status_code
    assert wrong == {}


def test_every_page_is_walked() -> None:
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str) and key.startswith("report_work")}
    assert names == set(PAGES) | POSTED


def test_a_report_is_walked_from_the_calendar_to_the_adjusted_minutes(client: Client, secretary: User) -> None:
    manager = work.manager_of("SN")
    client.force_login(secretary)
    assert "Inte upplagd" in client.get("/rapporter/kalender/?ar=2024").content.decode()
    sn = work.committee("SN")
    template = ReportTemplate.objects.get(code="delarsrapport")
    given = {"template": template.pk, "period": "delar", "year": 2024, f"sammantrade_{sn.pk}": "2024-10-22"}
    assert client.post("/rapporter/kalender/ny/?period=delar&ar=2024", given).status_code == 302
    report = BoardReport.objects.get()
    page = f"/rapporter/arbete/{report.pk}/"
    shown = client.get(page).content.decode()
    assert f"{len(missing_parts(report))} texter är inte klara" in shown
    assert "24 september 2024" in shown
    for one in report.parts.all():
        part = f"{page}delar/{one.code}/"
        client.post(f"{part}skriv/", {"text": f"Text om **{one.code}**.", "read_as": 1})
        client.post(f"{part}klar/", {"read_as": 2})
    work.snapshot()
    client.post(f"{page}steg/review/", {"read_as": BoardReport.objects.get().revision})
    frozen = BoardReport.objects.get()
    assert frozen.state == ReportState.REVIEWED
    assert "I kö" in client.get(page).content.decode()
    client.force_login(manager)
    assert "Text om <strong>ekonomi-text</strong>." in client.get(f"{page}las/").content.decode()
    work.as_if_made(frozen)
    client.post(f"{page}godkann/", {"sha256": frozen.content_sha256})
    client.force_login(secretary)
    client.post(f"{page}steg/prepare/", {"read_as": BoardReport.objects.get().revision})
    client.post(f"{page}beslut/SN/", {"on": "2024-10-22", "paragraph": "§ 87"})
    client.post(f"{page}justering/SN/", {"on": "2024-10-29"})
    assert BoardReport.objects.get().state == ReportState.ADJUSTED
    done = client.get(page).content.decode()
    assert "2024-10-22 § 87" in done
    assert "chefen, " in done
    client.force_login(person("revisorn", Role.AUDITOR, "SN"))
    assert client.get(page).status_code == 200


def test_what_is_wrong_with_a_meeting_is_said_in_the_form(client: Client, secretary: User) -> None:
    client.force_login(secretary)
    sn = work.committee("SN")
    template = ReportTemplate.objects.get(code="delarsrapport")
    given = {"template": template.pk, "period": "delar", "year": 2024, f"sammantrade_{sn.pk}": "2024-11-12"}
    shown = client.post("/rapporter/kalender/ny/", given).content.decode()
    assert "senast 31 oktober 2024" in shown
    assert not BoardReport.objects.exists()


def test_the_second_writer_is_shown_both_texts(client: Client, secretary: User) -> None:
    report = work.interim(secretary)
    address = reverse("report_work_write", args=[report.pk, "handelser-text"])
    client.force_login(secretary)
    client.post(address, {"text": "Den förstas text", "read_as": 1})
    answer = client.post(address, {"text": "Den andras text", "read_as": 1})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Den förstas text" in shown
    assert "Den andras text" in shown
    client.post(address, {"text": "Båda", "read_as": 2})
    part = work.part(report, "handelser-text")
    assert (part.text, part.history.count()) == ("Båda", 2)


def test_a_saved_version_shows_what_it_changed_and_nothing_runs(client: Client, secretary: User) -> None:
    report = work.interim(secretary)
    client.force_login(secretary)
    page = reverse("report_work_part", args=[report.pk, "handelser-text"])
    for revision, text in enumerate(("Tio deltagare", "<script>x()</script> Tolv deltagare {{ form }}"), start=1):
        client.post(f"{page}skriv/", {"text": text, "read_as": revision})
    shown = client.get(f"{page}?version=2").content.decode()
    assert '<del><span class="ds-sr-only">borttaget: </span>Tio</del>' in shown
    assert "<script>x()" not in shown
    assert "{{ form }}" in shown
    assert client.get(f"{page}?version=9").status_code == 404


def _typed(client: Client, address: str, text: str, read_as: int) -> tuple[int, dict[str, object]]:
    answer = client.post(f"{address}spara/", {"text": text, "read_as": read_as})
    return answer.status_code, answer.json()


def test_the_editor_is_told_what_became_of_what_was_typed(client: Client, secretary: User) -> None:
    report = work.interim(secretary)
    address = reverse("report_work_part", args=[report.pk, "handelser-text"])
    client.force_login(secretary)
    status, told = _typed(client, address, "Tio deltagare", 1)
    assert (status, told["revision"]) == (200, 2)
    assert "Skrivs just nu" in client.get(address).content.decode()
    status, told = _typed(client, address, "Elva deltagare", 1)
    assert (status, told["theirs"], told["revision"]) == (409, "Tio deltagare", 2)
    move_report(report, name="withdraw", read_as=report.revision, why="Dubblett", by=secretary)
    status, told = _typed(client, address, "Tolv deltagare", 2)
    assert status == 422
    assert "Texterna är låsta" in str(told["said"])
    assert work.part(report, "handelser-text").text == "Tio deltagare"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * 200_000, "Texten är för lång: 200000 tecken"),
        ("Bra jobbat 🎉", "går inte att sätta i rapporten: 🎉"),
        ("Vi når {{mått:malet}}", "inget underlag än"),
        ("Vi når {{mått:a; b c}}", "inget underlag än"),
    ],
)
def test_what_can_not_stand_in_a_report_is_refused_in_words_as_one_types(
    client: Client, secretary: User, text: str, said: str
) -> None:
    address = reverse("report_work_part", args=[work.interim(secretary).pk, "handelser-text"])
    client.force_login(secretary)
    status, told = _typed(client, address, text, 1)
    assert status == 422
    assert said in str(told["said"])


def test_a_preview_without_scripts_shows_the_text_keeps_it_and_stores_nothing(client: Client, secretary: User) -> None:
    report = work.interim(secretary)
    address = reverse("report_work_part", args=[report.pk, "handelser-text"])
    client.force_login(secretary)
    text = "**Fet** <script>x()</script> | a | b |\u202e {{ form }} {{mått:malet}}"
    shown = client.post(f"{address}forhandsgranska/", {"text": text, "read_as": 1}).content.decode()
    assert "<strong>Fet</strong> &lt;script&gt;x()&lt;/script&gt; | a | b | {{ form }} [siffran finns inte]" in shown
    assert "inget underlag än" in shown
    assert "**Fet**" in shown
    assert not work.part(report, "handelser-text").text


def test_an_earlier_version_is_brought_back_from_its_page(client: Client, secretary: User) -> None:
    report = work.interim(secretary)
    client.force_login(secretary)
    page = reverse("report_work_part", args=[report.pk, "handelser-text"])
    for revision, text in enumerate(("Tio deltagare", "Tolv deltagare"), start=1):
        client.post(f"{page}skriv/", {"text": text, "read_as": revision})
    assert "Gör version 1 till texten igen" in client.get(f"{page}?version=1").content.decode()
    client.post(f"{page}aterstall/1/", {"read_as": 2})
    assert work.part(report, "handelser-text").text == "Tolv deltagare"
    client.post(f"{page}aterstall/1/", {"read_as": 3})
    part = work.part(report, "handelser-text")
    assert (part.text, part.history.count()) == ("Tio deltagare", 3)


def test_a_step_on_an_old_page_is_refused_in_words(client: Client, secretary: User) -> None:
    report = work.interim(secretary)
    move_report(report, name="withdraw", read_as=report.revision, why="Dubblett", by=secretary)
    client.force_login(secretary)
    shown = client.post(f"/rapporter/arbete/{report.pk}/steg/review/", {"read_as": 1}).content.decode()
    assert "läget är nu ”Tillbakadragen”" in shown


def test_a_corrected_report_says_so(client: Client, secretary: User) -> None:
    report = work.interim(secretary)
    work.write_all(report, secretary)
    work.snapshot()
    report = work.as_if_made(move_report(report, name="review", read_as=report.revision, by=secretary))
    report = approve(report, sha256=report.content_sha256, by=work.manager_of("SN"))
    report = move_report(report, name="prepare", read_as=report.revision, by=secretary)
    sn = work.committee("SN")
    decide(report, committee=sn, on=dt.date(2024, 10, 22), paragraph="87", by=secretary)
    client.force_login(secretary)
    page = f"/rapporter/arbete/{report.pk}/"
    client.post(f"{page}ratta/", {"why": "Sena avslut", f"sammantrade_{sn.pk}": "2024-12-10"})
    assert "version 2" in client.get(page).content.decode()
    assert BoardReport.objects.get(version=2).corrects == report


def test_the_templates_that_come_with_the_application_are_put_in_and_edited(client: Client) -> None:
    setup_small_municipality(work.CALENDAR)
    client.force_login(work.secretary_of("SN"))
    assert client.get("/rapporter/kalender/ny/").status_code == 302
    assert "Inga mallar än" in client.get("/rapporter/mallar/").content.decode()
    client.post("/rapporter/mallar/lagg-in/")
    assert "Samlad uppföljning" in client.get("/rapporter/mallar/").content.decode()
    text = work.template("manadsblad").text
    wrong = {"text": text.replace("datastopp = 9", "datastopp = 1"), "note": "Kortare", "read_as": 1}
    assert "Stoppen ska komma i ordning" in client.post("/rapporter/mallar/manadsblad/andra/", wrong).content.decode()
    right = {"text": text.replace("datastopp = 9", "datastopp = 12"), "note": "Längre", "read_as": 1}
    assert client.post("/rapporter/mallar/manadsblad/andra/", right).status_code == 302
    assert "12 arbetsdagar" in client.get("/rapporter/mallar/manadsblad/").content.decode()
    late = client.post("/rapporter/mallar/manadsblad/andra/", {**right, "text": text.replace("= 9", "= 14")})
    assert late.status_code == 409


@pytest.mark.parametrize("code", ["delarsrapport", "helarsrapport"])
def test_the_pages_ask_the_database_few_questions(client: Client, secretary: User, code: str) -> None:
    changes = {} if code == "delarsrapport" else {
        "template_version": work.template(code),
        "period": ReportPeriod.objects.get(code="helar"),
        "meetings": {work.committee("SN"): dt.date(2025, 3, 11)},
    }  # fmt: skip
    report = work.interim(secretary, **changes)
    client.force_login(secretary)
    for address in (
        f"/rapporter/arbete/{report.pk}/",
        f"/rapporter/arbete/{report.pk}/las/",
        f"/rapporter/arbete/{report.pk}/delar/{report.parts.all()[0].code}/skriv/",
        "/rapporter/kalender/?ar=2024",
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) < 20, address
