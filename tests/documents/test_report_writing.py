"""Writing a report together: who writes what, nobody over anybody, and nothing dangerous in what is shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from committees.append_only import NeverChanged
from committees.enums import Role
from committees.models import User
from committees.revising import Overtaken
from reporting.documents.models import BoardReport, PartText
from reporting.documents.work.markdown import LONGEST, cleaned, differences, html_of
from reporting.documents.work.selectors import chapters_of, missing_parts
from reporting.documents.work.writing import (
    SITTING,
    assign_writer,
    mark_ready,
    mark_unready,
    restore_text,
    save_as_typed,
    write_text,
)
from tests.documents import work
from tests.factories import person_number
from tests.web.town import person

EVENTS = "handelser-text"


@pytest.fixture
def secretary(db: None) -> User:
    work.prepare()
    return work.secretary_of("SN")


@pytest.fixture
def report(secretary: User) -> BoardReport:
    work.manager_of("SN")
    return work.interim(secretary)


def test_the_parts_come_from_the_template_with_a_writer_where_there_is_only_one(report: BoardReport) -> None:
    writers = {one.code: one.writer.username if one.writer else "" for one in report.parts.all()}
    assert writers["sammanfattning-text"] == "sekreteraren"
    assert writers["ekonomi-text"] == "chefen"
    assert [chapter.spec.heading for chapter in chapters_of(report)][:2] == ["Sammanfattning", "Viktiga händelser"]


def test_nobody_is_named_where_there_are_several_to_choose_from(secretary: User) -> None:
    work.manager_of("SN")
    work.manager_of("SN", name="andra chefen")
    report = work.interim(secretary)
    assert work.part(report, "ekonomi-text").writer is None


def test_the_overview_says_what_is_missing(report: BoardReport, secretary: User) -> None:
    missing = {one.spec.code for one in missing_parts(report)}
    assert {"sammanfattning-text", "ekonomi-text"} < missing
    # What is said of the staff may be left out.
    assert {one.code for one in report.parts.all()} - missing >= {"personal-text"}
    part = work.part(report, "personal-text")
    write_text(part, text="Två vikarier.", read_as=part.revision, by=secretary)
    assert "personal-text" in [one.spec.code for one in missing_parts(report)]


def test_the_second_to_save_is_shown_the_firsts_text_and_neither_is_lost(report: BoardReport, secretary: User) -> None:
    manager = User.objects.get(username="chefen")
    read_as = work.part(report, EVENTS).revision
    write_text(work.part(report, EVENTS), text="Chefens text", read_as=read_as, by=manager)
    with pytest.raises(Overtaken) as caught:
        write_text(work.part(report, EVENTS), text="Sekreterarens text", read_as=read_as, by=secretary)
    assert caught.value.current.text == "Chefens text"  # type: ignore[attr-defined]  # a part
    saved = write_text(work.part(report, EVENTS), text="Båda", read_as=caught.value.current.revision, by=secretary)
    assert [(one.number, one.text, one.by.username) for one in saved.history.order_by("number")] == [
        (1, "Chefens text", "chefen"),
        (2, "Båda", "sekreteraren"),
    ]


def _type(report: BoardReport, text: str, by: User) -> None:
    part = work.part(report, EVENTS)
    save_as_typed(part, text=text, read_as=part.revision, by=by)


def _history(report: BoardReport) -> list[tuple[str, str]]:
    return [(one.text, one.by.username) for one in work.part(report, EVENTS).history.order_by("number")]


def test_what_is_saved_as_one_types_is_one_version_a_writer_and_sitting(report: BoardReport, secretary: User) -> None:
    manager = User.objects.get(username="chefen")
    for text in ("S", "Sju", "Sju av tio"):
        _type(report, text, manager)
    assert (work.part(report, EVENTS).text, _history(report)) == ("Sju av tio", [])
    _type(report, "Sju av tio nådde", secretary)
    # The manager's sitting is over when the secretary goes on.
    assert _history(report) == [("Sju av tio", "chefen")]
    part = work.part(report, EVENTS)
    mark_ready(part, read_as=part.revision, by=manager)
    assert _history(report) == [("Sju av tio", "chefen"), ("Sju av tio nådde", "sekreteraren")]


def test_a_long_pause_ends_the_sitting(report: BoardReport, secretary: User) -> None:
    _type(report, "Före lunch", secretary)
    earlier = timezone.now() - SITTING - dt.timedelta(minutes=1)
    report.parts.filter(code=EVENTS).update(written_at=earlier)
    _type(report, "Efter lunch", secretary)
    assert _history(report) == [("Före lunch", "sekreteraren")]
    assert work.part(report, EVENTS).history.get().at == earlier


def test_what_is_saved_as_one_types_never_overwrites_another(report: BoardReport, secretary: User) -> None:
    read_as = work.part(report, EVENTS).revision
    _type(report, "Chefens text", User.objects.get(username="chefen"))
    with pytest.raises(Overtaken) as caught:
        save_as_typed(work.part(report, EVENTS), text="Min text", read_as=read_as, by=secretary)
    assert caught.value.current.text == "Chefens text"  # type: ignore[attr-defined]  # a part
    assert (work.part(report, EVENTS).text, _history(report)) == ("Chefens text", [])


def test_an_earlier_version_comes_back_as_a_new_one(report: BoardReport, secretary: User) -> None:
    for text in ("Den första", "Den andra"):
        part = work.part(report, EVENTS)
        write_text(part, text=text, read_as=part.revision, by=secretary)
    part = work.part(report, EVENTS)
    restore_text(part, number=1, read_as=part.revision, by=secretary)
    assert [text for text, _ in _history(report)] == ["Den första", "Den andra", "Den första"]
    with pytest.raises(ValidationError, match="finns inte"):
        restore_text(part, number=9, read_as=part.revision, by=secretary)


def test_a_saved_text_is_never_changed(report: BoardReport, secretary: User) -> None:
    part = work.part(report, EVENTS)
    write_text(part, text="En text", read_as=part.revision, by=secretary)
    with pytest.raises(NeverChanged):
        PartText.objects.update(text="En annan")


def test_a_text_that_is_written_on_is_no_longer_ready(report: BoardReport, secretary: User) -> None:
    part = work.part(report, EVENTS)
    part = write_text(part, text="En text", read_as=part.revision, by=secretary)
    part = mark_ready(part, read_as=part.revision, by=secretary)
    assert part.ready_by == secretary
    assert mark_unready(part, read_as=part.revision, by=secretary).ready_by is None
    part = work.part(report, EVENTS)
    part = mark_ready(part, read_as=part.revision, by=secretary)
    assert write_text(part, text="En text till", read_as=part.revision, by=secretary).ready_by is None


def test_an_empty_part_can_not_be_ready(report: BoardReport, secretary: User) -> None:
    part = work.part(report, EVENTS)
    with pytest.raises(ValidationError, match="ingen text"):
        mark_ready(part, read_as=part.revision, by=secretary)


def test_a_named_writer_and_the_secretary_write_and_nobody_else(report: BoardReport, secretary: User) -> None:
    other = work.manager_of("SN", name="en annan chef")
    part = work.part(report, "ekonomi-text")
    with pytest.raises(PermissionDenied):
        write_text(part, text="Min text", read_as=part.revision, by=other)
    part = assign_writer(part, writer=other, read_as=part.revision, by=secretary)
    assert write_text(part, text="Min text", read_as=part.revision, by=other).text == "Min text"


def test_who_has_no_role_in_the_committee_writes_nothing(report: BoardReport, secretary: User) -> None:
    stranger = person("okänd", Role.MANAGER, "KUN")
    part = work.part(report, EVENTS)
    with pytest.raises(ValidationError, match="ingen roll"):
        assign_writer(part, writer=stranger, read_as=part.revision, by=secretary)
    unnamed = assign_writer(part, writer=None, read_as=part.revision, by=secretary)
    with pytest.raises(PermissionDenied):
        write_text(unnamed, text="Hej", read_as=unnamed.revision, by=stranger)


def test_a_unit_manager_may_write_what_she_is_named_for(report: BoardReport, secretary: User) -> None:
    of_unit = person("enhetschefen", Role.MANAGER, "SN", "AME")
    part = work.part(report, EVENTS)
    part = assign_writer(part, writer=of_unit, read_as=part.revision, by=secretary)
    assert write_text(part, text="Från enheten", read_as=part.revision, by=of_unit).text == "Från enheten"


def test_programs_and_pictures_in_a_text_are_shown_as_text() -> None:
    shown = html_of(
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) ![b](http://x/y.png)"
    )
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "&lt;script&gt;" in shown


def test_the_words_of_our_own_templates_are_shown_as_they_are_written() -> None:
    assert "{{ settings.SECRET_KEY }} {% debug %}" in html_of("{{ settings.SECRET_KEY }} {% debug %}")


def test_headings_of_a_text_stand_below_those_of_the_report_and_skip_no_level() -> None:
    assert html_of("# Ett\n\n###### Sex\n\n# Två") == "<h3>Ett</h3>\n<h4>Sex</h4>\n<h3>Två</h3>\n"
    assert html_of("### Tre", top=4) == "<h4>Tre</h4>\n"


def test_marks_that_turn_the_text_around_are_taken_away() -> None:
    assert cleaned("a\u202eb\u2067c\u0000\u200bd\r\ne\u0301") == "abcd\né"


def test_what_the_report_is_set_with_is_let_through() -> None:
    text = "§ 12 – ”mål” 75\u00a0% \u2212 ½ € Łódź Αθήνα Київ …"
    assert cleaned(text) == text


@pytest.mark.parametrize("sign", ["😀", "م", "漢", "☂"])
def test_signs_that_can_not_be_set_are_named(sign: str) -> None:
    with pytest.raises(ValidationError, match=sign):
        cleaned(f"Ett tecken {sign} i texten")


def test_a_text_of_200_kb_is_refused_and_not_cut() -> None:
    with pytest.raises(ValidationError, match="för lång: 200000"):
        cleaned("a" * 200_000)
    assert len(cleaned("a" * LONGEST)) == LONGEST


def test_a_personal_number_in_a_text_is_refused_without_being_said() -> None:
    number = person_number(dt.date(1991, 3, 14), 238)
    with pytest.raises(ValidationError) as caught:
        cleaned(f"Hon med {number[2:8]}-{number[8:]} fick arbete.")
    assert "personnummer" in str(caught.value)
    assert number[8:] not in str(caught.value)


def test_the_difference_between_two_texts_is_told_word_by_word() -> None:
    pieces = differences("Sju av tio nådde målet.", "Sex av tio nådde inte målet.")
    assert "".join(text for what, text in pieces if what != "added") == "Sju av tio nådde målet."
    assert "".join(text for what, text in pieces if what != "removed") == "Sex av tio nådde inte målet."
    assert pieces[:2] == [("removed", "Sju"), ("added", "Sex")]
