"""Files handed in on the web wait where nobody can read them, are taken as by command, and do not stay."""

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from cases.actions.handing_in import _Progress, hand_in, sweep_handed_in, work
from cases.deliveries.progress import Progress, Step
from cases.enums import WaitingState
from cases.models import Delivery, Population, WaitingDelivery
from cases.uploads import receiving
from cases.uploads.sealing import PIECE, SealBroken, SealedFile, folder, path_of, seal
from committees.enums import Role
from committees.models import RoleAssignment, User
from tests.command_line import run
from tests.factories import person_number, setup_small_municipality

Committed = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
NUMBER = person_number(dt.date(1991, 3, 14), 238)
POPULATION = "år;antal;antal_18plus\n2023;40 000;31 000\n"


@pytest.fixture
def steward(db: None) -> User:
    """Who delivers for the whole municipality."""
    setup_small_municipality()
    user = User.objects.create_user("leverantoren")
    RoleAssignment.objects.create(user=user, role=Role.DATA_STEWARD, start=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def page(steward: User, client: Client) -> Client:
    """The steward, logged in."""
    client.force_login(steward)
    return client


def _hand_in(page: Client, **files: str | bytes) -> WaitingDelivery:
    named = [
        SimpleUploadedFile(
            name.replace("_csv", ".csv").replace("_xlsx", ".xlsx"), text.encode() if isinstance(text, str) else text
        )
        for name, text in files.items()
    ]
    answer = page.post(reverse("source_new"), {"delivered": named})
    assert answer.status_code == 302, answer.content.decode()
    return WaitingDelivery.objects.latest("pk")


def _at(step: Step, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen just before the work tells that it has come to the step."""
    monkeypatch.setattr("cases.actions.handing_in._BETWEEN_SIGNS_OF_LIFE", 0.0)
    tell, steps = _Progress.__call__, list(Step)
    done: list[object] = []

    def told(self: _Progress, progress: Progress) -> None:
        if step is Step.STORING:
            tell(self, progress)
        if progress.step is step and not done:
            done.append(act())
        if steps.index(progress.step) <= steps.index(step):
            tell(self, progress)

    monkeypatch.setattr(_Progress, "__call__", told)


def _ask(page: Client, waiting: WaitingDelivery, act: str, **chosen: str) -> str:
    kinds = {f"kind_{file.pk}": file.kind for file in waiting.files.all()} | chosen
    page.post(reverse("source_waiting", args=[waiting.pk]), kinds | {"gor": act})
    work(waiting.pk)
    waiting.refresh_from_db()
    return page.get(reverse("source_waiting", args=[waiting.pk])).content.decode()


def test_files_are_looked_at_and_then_taken_and_gone(
    page: Client, steward: User, django_capture_on_commit_callbacks: Committed
) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    shown = _ask(page, waiting, "kontrollera")
    assert "Filerna har inga fel. De är kontrollerade men inte inlästa." in shown
    assert not Delivery.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        shown = _ask(page, waiting, "las-in")
    delivery = Delivery.objects.get()
    assert reverse("source_delivery", args=[delivery.pk]) in shown
    assert (delivery.by, delivery.files.get().name) == (steward, "befolkning.csv")
    assert Population.objects.get().inhabitants == 40_000
    assert list(folder().iterdir()) == []
    page.post(reverse("source_waiting", args=[waiting.pk]), {"gor": "kasta"})
    waiting.refresh_from_db()
    assert waiting.state == WaitingState.TAKEN


def test_faults_are_shown_with_row_and_value_but_never_with_a_number(page: Client) -> None:
    waiting = _hand_in(
        page, personer_csv=f"person;kön\n{NUMBER[:11]}{(int(NUMBER[11]) + 1) % 10};Q\n", befolkning_csv=POPULATION
    )
    assert not any(NUMBER[:11].encode() in path.read_bytes() for path in folder().iterdir())
    shown = _ask(page, waiting, "kontrollera")
    assert "Filerna har fel" in shown
    assert "”Q”" in shown or ">Q<" in shown
    assert NUMBER[2:11] not in shown
    assert NUMBER[2:11] not in str(waiting.outcome)
    assert len(list(folder().iterdir())) == 2  # another profile can be tried on them
    shown = _ask(page, waiting, "las-in")
    assert (waiting.state, Delivery.objects.count()) == (WaitingState.REFUSED, 0)


def test_a_file_whose_name_says_nothing_gets_its_kind_from_the_user(page: Client) -> None:
    waiting = _hand_in(page, uttag_csv=POPULATION)
    file = waiting.files.get()
    assert file.kind == ""
    assert "Välj slag" in page.get(reverse("source_waiting", args=[waiting.pk])).content.decode()
    shown = _ask(page, waiting, "las-in")
    assert (waiting.state, "Fältet måste fyllas i" in shown) == (WaitingState.WAITING, False)
    _ask(page, waiting, "las-in", **{f"kind_{file.pk}": "befolkning"})
    assert waiting.state == WaitingState.TAKEN


def test_two_files_of_one_kind_are_not_one_delivery(page: Client) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION, b_csv=POPULATION)
    kinds = {f"kind_{file.pk}": "befolkning" for file in waiting.files.all()}
    answer = page.post(reverse("source_waiting", args=[waiting.pk]), kinds | {"gor": "las-in"})
    assert "högst en fil av varje slag" in answer.content.decode()


def test_what_is_thrown_away_is_gone(page: Client, django_capture_on_commit_callbacks: Committed) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    with django_capture_on_commit_callbacks(execute=True):
        page.post(reverse("source_waiting", args=[waiting.pk]), {"gor": "kasta"})
    assert list(folder().iterdir()) == []
    page.post(reverse("source_waiting", args=[waiting.pk]), {"gor": "las-in"})
    assert WaitingDelivery.objects.get().state == WaitingState.THROWN_AWAY


@pytest.mark.parametrize("step", [Step.READING, Step.CHECKING])
def test_work_that_is_asked_to_stop_leaves_neither_rows_nor_files(
    page: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Committed, step: Step
) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    _at(step, monkeypatch, lambda: page.post(reverse("source_waiting", args=[waiting.pk]), {"gor": "avbryt"}))
    with django_capture_on_commit_callbacks(execute=True):
        shown = _ask(page, waiting, "las-in")
    assert (waiting.state, Delivery.objects.count()) == (WaitingState.THROWN_AWAY, 0)
    assert list(folder().iterdir()) == []
    assert "Inget är inläst" in shown


def test_rows_that_are_being_stored_are_stored_and_who_wants_to_stop_is_told(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    answers = []
    address = reverse("source_waiting", args=[waiting.pk])
    _at(Step.STORING, monkeypatch, lambda: answers.append(page.post(address, {"gor": "avbryt"}, follow=True)))
    _ask(page, waiting, "las-in")
    assert "då går det inte att avbryta" in answers[0].content.decode()
    assert waiting.state == WaitingState.TAKEN


def test_the_page_says_how_many_rows_are_read_and_how_long_the_rest_takes(page: Client) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    soon = timezone.now() + dt.timedelta(minutes=3)
    WaitingDelivery.objects.filter(pk=waiting.pk).update(state=WaitingState.TAKING, rows_read=12_000, ready_at=soon)
    shown = page.get(reverse("source_waiting", args=[waiting.pk])).content.decode()
    assert "12\xa0000 rader lästa, ungefär 3 minuter kvar." in shown


@pytest.mark.parametrize("state", [WaitingState.CHECKING, WaitingState.TAKING, WaitingState.STORING])
def test_work_that_was_cut_off_is_begun_anew(page: Client, state: WaitingState) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    WaitingDelivery.objects.filter(pk=waiting.pk).update(state=state, rows_read=1)
    work(waiting.pk, attempt=2)
    waiting.refresh_from_db()
    checked = state == WaitingState.CHECKING
    assert waiting.state == (WaitingState.CHECKED if checked else WaitingState.TAKEN)
    assert Delivery.objects.count() == (0 if checked else 1)


def test_work_that_was_to_be_stopped_when_it_was_cut_off_is_not_begun_anew(
    page: Client, django_capture_on_commit_callbacks: Committed
) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    WaitingDelivery.objects.filter(pk=waiting.pk).update(state=WaitingState.STOPPING)
    with django_capture_on_commit_callbacks(execute=True):
        work(waiting.pk, attempt=2)
    waiting.refresh_from_db()
    assert (waiting.state, list(folder().iterdir())) == (WaitingState.THROWN_AWAY, [])


def test_a_worker_that_was_cut_off_when_the_rows_were_stored_leaves_no_files(page: Client) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    _ask(page, waiting, "las-in")
    assert len(list(folder().iterdir())) == 1  # the files go when the transaction is over, which here is the test's own
    work(waiting.pk, attempt=2)
    assert (list(folder().iterdir()), Delivery.objects.count()) == ([], 1)


def test_what_cuts_off_one_worker_after_another_is_given_up(page: Client) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    WaitingDelivery.objects.filter(pk=waiting.pk).update(state=WaitingState.TAKING)
    work(waiting.pk, attempt=4)
    waiting.refresh_from_db()
    assert (waiting.state, Delivery.objects.count()) == (WaitingState.FAILED, 0)
    assert "avbrutits 3 gånger" in waiting.outcome["message"]


def test_files_that_were_thrown_away_while_they_were_read_are_not_stored(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    _at(Step.STORING, monkeypatch, WaitingDelivery.objects.filter(pk=waiting.pk).delete)
    kinds = {f"kind_{file.pk}": file.kind for file in waiting.files.all()}
    page.post(reverse("source_waiting", args=[waiting.pk]), kinds | {"gor": "las-in"})
    work(waiting.pk)
    assert not Delivery.objects.exists()


def test_files_are_not_touched_while_somebody_works_on_them_unless_that_was_cut_off(page: Client) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    WaitingDelivery.objects.filter(pk=waiting.pk).update(state=WaitingState.TAKING, moved_at=timezone.now())
    shown = page.get(reverse("source_waiting", args=[waiting.pk]))
    assert 'hx-trigger="every 2s"' in shown.content.decode()
    page.post(reverse("source_waiting", args=[waiting.pk]), {"gor": "kasta"})
    assert WaitingDelivery.objects.get().state == WaitingState.TAKING
    WaitingDelivery.objects.filter(pk=waiting.pk).update(moved_at=timezone.now() - dt.timedelta(hours=1))
    page.post(reverse("source_waiting", args=[waiting.pk]), {"gor": "kasta"})
    assert WaitingDelivery.objects.get().state == WaitingState.THROWN_AWAY


def test_after_72_hours_nothing_is_left(page: Client, tmp_path: Path) -> None:
    waiting = _hand_in(page, befolkning_csv=POPULATION)
    just_before = waiting.at + dt.timedelta(hours=71)
    assert sweep_handed_in(now=just_before) == 0
    assert path_of(waiting.files.get().place).exists()
    WaitingDelivery.objects.filter(pk=waiting.pk).update(at=timezone.now() - dt.timedelta(hours=73))
    assert run("sweep_uploads").out == "1 inlämning borttagna.\n"
    assert (list(folder().iterdir()), WaitingDelivery.objects.count()) == ([], 0)


def test_a_file_nobody_knows_of_goes_when_it_cannot_be_coming_in(steward: User) -> None:
    place = uuid.uuid4()
    seal(place, [b"x"])
    sweep_handed_in(now=timezone.now())
    assert path_of(place).exists()
    sweep_handed_in(now=timezone.now() + dt.timedelta(hours=7))
    assert not path_of(place).exists()


def test_too_much_at_once_is_refused_before_it_is_read(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.views.handing_in.LARGEST", 1000)
    answer = page.post(reverse("source_new"), {"delivered": SimpleUploadedFile("besok.csv", b"x" * 2000)})
    assert (answer.status_code, "för stora" in answer.content.decode()) == (413, True)
    assert list(folder().iterdir()) == []


@pytest.mark.parametrize("posted", [{"delivered": SimpleUploadedFile("besok.csv", b"")}, {}])
def test_nothing_and_an_empty_file_are_refused_and_leave_nothing(page: Client, posted: dict[str, object]) -> None:
    answer = page.post(reverse("source_new"), posted)
    assert answer.status_code == 200
    assert "fault" in answer.content.decode()
    assert list(folder().iterdir()) == []


def test_only_who_delivers_for_the_whole_municipality_hands_in(steward: User) -> None:
    other = User.objects.create_user("sekreteraren")
    with pytest.raises(PermissionDenied):
        hand_in(files=[], by=other)
    assert not WaitingDelivery.objects.visible_to(other).exists()


def test_a_request_from_another_site_is_refused(steward: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(steward)
    answer = strict.post(reverse("source_new"), {"delivered": SimpleUploadedFile("besok.csv", b"x")})
    assert answer.status_code == 403
    assert not WaitingDelivery.objects.exists()


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3), st.integers(0, 70))
def test_what_is_sealed_is_read_back_from_anywhere(data: bytes, pieces: int, start: int) -> None:
    content = b"\x00" * (pieces * PIECE - len(data) // 2 if pieces else 0) + data
    place = uuid.uuid4()
    assert seal(place, [content[:100], content[100:]]) == len(content)
    with SealedFile(place).open("rb") as file:
        assert file.read() == content
        at = max(0, len(content) - start)
        file.seek(at)
        assert file.read() == content[at:]
    path_of(place).unlink()


@pytest.mark.parametrize("damage", ["changed", "cut off", "another key"])
def test_what_was_changed_cut_off_or_sealed_with_another_key_cannot_be_opened(damage: str, settings: Settings) -> None:
    place = uuid.uuid4()
    seal(place, [b"x" * (PIECE + 10)])
    sealed = path_of(place).read_bytes()
    if damage == "another key":
        settings.SECRET_KEY = "another"
    else:
        path_of(place).write_bytes(sealed[: PIECE + 16] if damage == "cut off" else bytes([sealed[0] ^ 1]) + sealed[1:])
    with SealedFile(place).open("rb") as file, pytest.raises(SealBroken):
        file.read()


def test_the_largest_upload_holds_a_delivery_of_a_million_rows() -> None:
    assert receiving.LARGEST >= 1_000_000 * 100
