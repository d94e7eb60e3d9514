"""Reminders of texts: to the writer before the text stop and after, in the letters that all reminders come in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from committees.enums import Role
from committees.models import User
from governance.actions.reminders import choose_reminders, send_reminders
from reporting.documents.models import BoardReport
from reporting.documents.work.writing import assign_writer, mark_ready, write_text
from tests.documents import work
from tests.web.town import person

pytestmark = pytest.mark.django_db

STOP = dt.date(2024, 10, 1)
DAY = dt.timedelta(days=1)
TEXT = "Text: Delårsrapport 2024: "


@pytest.fixture
def report() -> BoardReport:
    work.prepare()
    work.manager_of("SN")
    report = work.interim(work.secretary_of("SN"))
    report.parts.exclude(code__in=["ekonomi-text", "personal-text"]).delete()
    return report


def _letters(*names: str, today: dt.date) -> list[str]:
    mail.outbox.clear()
    for name in names:
        choose_reminders(email=f"{name}@kommun.example", wanted=True, by=User.objects.get(username=name))
    send_reminders(today=today)
    wanted = {f"{name}@kommun.example" for name in names}
    return [str(letter.body) for letter in mail.outbox if wanted & set(letter.to)]


def test_a_writer_is_reminded_of_what_is_not_ready_a_week_before_the_stop_and_the_day_after(
    report: BoardReport,
) -> None:
    assert not [body for body in _letters("chefen", today=STOP - 8 * DAY) if TEXT in body]
    [before] = _letters("chefen", today=STOP - 7 * DAY)
    # The text about the staff may be left out, and nobody has begun it.
    assert before.count(TEXT) == 1
    assert f"{TEXT}Utfall och prognos" in before
    assert f"/rapporter/arbete/{report.pk}/delar/ekonomi-text/" in before
    assert not [body for body in _letters("chefen", today=STOP) if TEXT in body]
    [late] = _letters("chefen", today=STOP + DAY)
    assert "skulle ha varit klart 2024-10-01" in late


def test_a_text_that_is_ready_is_owed_no_more_and_one_that_is_begun_is(report: BoardReport) -> None:
    secretary = User.objects.get(username="sekreteraren")
    for code, ready in (("ekonomi-text", True), ("personal-text", False)):
        part = work.part(report, code)
        part = write_text(part, text="Två vikarier.", read_as=part.revision, by=secretary)
        if ready:
            mark_ready(part, read_as=part.revision, by=secretary)
    [letter] = _letters("chefen", today=STOP)
    assert "Utfall och prognos" not in letter
    assert letter.count(TEXT) == 1


def test_a_text_without_a_writer_falls_to_the_secretary(report: BoardReport) -> None:
    secretary = User.objects.get(username="sekreteraren")
    part = work.part(report, "ekonomi-text")
    assign_writer(part, writer=None, read_as=part.revision, by=secretary)
    assert _letters("chefen", today=STOP) == []
    [letter] = _letters("sekreteraren", today=STOP)
    ours, nobodys = letter.split("ingen annan i nämnden tagit på sig")
    assert f"{TEXT}Utfall och prognos" in nobodys
    assert f"{TEXT}Utfall och prognos" not in ours


def test_a_named_writer_of_one_unit_is_reminded_and_of_a_joint_report_once(report: BoardReport) -> None:
    both = work.secretary_of("KUN")
    writer = person("enhetschefen", Role.MANAGER, "SN", "AME")
    part = work.part(report, "ekonomi-text")
    assign_writer(part, writer=writer, read_as=part.revision, by=User.objects.get(username="sekreteraren"))
    [letter] = _letters("enhetschefen", today=STOP)
    assert letter.count(f"{TEXT}Utfall och prognos") == 1
    joint = work.joint(both)
    # Texts of the secretary: one letter names each once, though two committees owe it.
    [letter] = _letters("sekreteraren", today=joint.text_stop)
    headings = [line for line in letter.splitlines() if line.startswith("Text: ")]
    assert len(headings) == len(set(headings)) > 1
