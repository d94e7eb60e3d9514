"""When the disk is full that is said, and nothing is stored: rows, files that wait, and what follows a delivery."""

import errno
from pathlib import Path

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases.actions.handing_in import work
from cases.deliveries.followers import followers
from cases.enums import WaitingState
from cases.models import Delivery, Population, WaitingDelivery
from cases.uploads.sealing import Sealer, folder
from committees.disk import NO_ROOM
from committees.enums import Role
from committees.models import RoleAssignment, User
from tests.command_line import Answer, run
from tests.factories import setup_small_municipality, write_files

MANY = [{"år": 1900 + number, "antal": 40_000, "antal_18plus": 31_000} for number in range(120)]
POPULATION = b"\xef\xbb\xbf" + "år;antal;antal_18plus\n2023;40 000;31 000\n".encode()


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def page(db: None, client: Client) -> Client:
    """Who delivers for the whole municipality, logged in."""
    setup_small_municipality()
    user = User.objects.create_user("leverantoren")
    RoleAssignment.objects.create(user=user, role=Role.DATA_STEWARD, start="2020-01-01")
    client.force_login(user)
    return client


@pytest.mark.django_db(transaction=True)
def test_an_import_without_room_says_so_and_stores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup_small_municipality()
    write_files(tmp_path, befolkning=MANY)
    if connection.vendor == "sqlite":
        answer = _run_in_a_database_that_may_not_grow(tmp_path)
    else:

        def full(*_: object, **__: object) -> None:
            raise psycopg.errors.DiskFull("could not extend file")

        monkeypatch.setattr(psycopg.Copy, "write_row", full)
        answer = run("import_files", tmp_path)
    assert (answer.code, answer.out, answer.err.strip()) == (1, "", NO_ROOM)
    assert not Delivery.objects.exists()
    assert not Population.objects.exists()


def _run_in_a_database_that_may_not_grow(files: Path) -> Answer:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no room is left that other tests' rows have given back
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            return run("import_files", files)
        finally:
            cursor.execute("PRAGMA max_page_count = 4294967294")


def test_an_upload_without_room_says_so_and_leaves_nothing(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = Sealer.finish
    finished: list[Sealer] = []

    def full_the_second_time(sealer: Sealer) -> None:
        if finished:
            _full()
        finished.append(sealer)
        finish(sealer)

    monkeypatch.setattr(Sealer, "finish", full_the_second_time)
    files = [SimpleUploadedFile(name, POPULATION) for name in ("befolkning.csv", "personal.csv")]
    answer = page.post(reverse("source_new"), {"delivered": files})
    assert (answer.status_code, NO_ROOM in answer.content.decode()) == (507, True)
    assert (list(folder().iterdir()), WaitingDelivery.objects.exists()) == ([], False)


@pytest.mark.parametrize(
    "place", ["cases.deliveries.taking.copy_in", "cases.deliveries.taking.DeliveredFile.objects.bulk_create"]
)
def test_a_worker_without_room_says_so_and_the_files_can_be_taken_later(
    page: Client, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    page.post(reverse("source_new"), {"delivered": SimpleUploadedFile("befolkning.csv", POPULATION)})
    waiting = WaitingDelivery.objects.get()
    address = reverse("source_waiting", args=[waiting.pk])
    asked = {f"kind_{waiting.files.get().pk}": "befolkning", "gor": "las-in"}
    page.post(address, asked)
    with monkeypatch.context() as full:
        full.setattr(place, _full)
        with pytest.raises(OSError, match="No space"):
            work(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, Delivery.objects.count()) == (WaitingState.FAILED, 0)
    assert NO_ROOM in page.get(address).content.decode()
    page.post(address, asked)
    work(waiting.pk)
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_there_is_no_room_for_what_follows_a_delivery_it_is_said_that_the_delivery_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup_small_municipality()
    write_files(tmp_path, befolkning=MANY[-10:])
    monkeypatch.setattr(type(followers()[0]), "delivery_taken", _full)
    answer = run("import_files", tmp_path)
    assert (answer.code, Delivery.objects.count()) == (1, 1)
    assert "är inläst, men siffrorna på sidorna är inte omräknade" in answer.err
    assert NO_ROOM in answer.err
