"""The same files again are known without reading their rows, as long as nothing they have has changed."""

from datetime import date
from pathlib import Path

import pytest

from cases.deliveries.result import DeliveryResult
from cases.deliveries.sources import find_sources
from cases.deliveries.staging import Staging
from cases.deliveries.taking import take_delivery
from cases.deliveries.undoing import undo_delivery
from cases.models import Delivery, MappingProfile
from committees.models import Unit
from tests.factories import deliver, setup_small_municipality, write_files

pytestmark = pytest.mark.django_db

ANNA = {"person": "P1", "födelsedatum": date(1990, 5, 1), "kön": "K", "extra": "x"}
ENROLMENT = {"inskrivning": "I1", "person": "P1", "enhet": "AME", "start": date(2023, 1, 10)}  # no meeting: a warning
_READ = Staging.read
PEOPLE = {"år": 2023, "antal": 40_000, "antal_18plus": 31_000}


PROFILE = """
[profil]
namn = "annan"
system = "Annat"
[[fil]]
slag = "personer"
"""


class ReadAgain(AssertionError):
    """Rows were read that should have been known."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that have been taken once; whoever begins to read their rows again hears of it."""
    setup_small_municipality()
    write_files(tmp_path, personer=[ANNA], inskrivningar=[ENROLMENT])
    assert _take(tmp_path).status == "taken"

    def read(*_: object) -> int:
        raise ReadAgain

    monkeypatch.setattr(Staging, "read", read)
    return tmp_path


def _take(folder: Path, profile: MappingProfile | None = None, *, replace: bool = False) -> DeliveryResult:
    return take_delivery(files=find_sources([str(folder)]).files, by=None, profile=profile, replace=replace)


def test_the_same_files_are_answered_as_if_they_had_been_read(folder: Path) -> None:
    again = _take(folder)
    assert (again.status, again.delivery, Delivery.objects.count()) == ("unchanged", None, 1)
    people, enrolments = again.files
    assert (people.rows, people.new, people.unchanged, people.ignored_columns) == (1, 0, 1, ("extra",))
    assert (enrolments.file, enrolments.sha256 != people.sha256) == ("inskrivningar.csv", True)
    assert [warning.check for warning in again.warnings] == ["start_meeting_missing"]
    assert again.warning_count == 1


def test_a_file_that_has_changed_is_read(folder: Path) -> None:
    write_files(folder, inskrivningar=[ENROLMENT | {"start": date(2023, 1, 11)}])
    with pytest.raises(ReadAgain):
        _take(folder)


def test_files_that_are_read_in_another_way_are_read(folder: Path) -> None:
    profile = MappingProfile.objects.create(name="annan", version=1, system="Annat", text=PROFILE)
    with pytest.raises(ReadAgain):
        _take(folder, profile)
    with pytest.raises(ReadAgain):
        _take(folder, replace=True)


def test_files_are_read_when_the_municipalitys_codes_have_changed(folder: Path) -> None:
    Unit.objects.filter(code="INT").update(code="INTEGR")
    with pytest.raises(ReadAgain):
        _take(folder)


def test_files_are_known_although_later_deliveries_brought_other_things_until_one_changes_their_rows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Staging, "read", _READ)
        deliver(befolkning=[PEOPLE])
    assert _take(folder).status == "unchanged"
    monkeypatch.setattr(Staging, "read", _READ)
    deliver(inskrivningar=[ENROLMENT | {"uppstartsmöte": date(2023, 1, 2)}])
    assert _take(folder).status == "taken"


def test_files_are_read_when_a_delivery_they_were_compared_with_is_undone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    undo_delivery(delivery_id=Delivery.objects.get().pk)
    assert _take(folder).status == "taken"


def test_a_check_of_the_files_reads_them(folder: Path) -> None:
    with pytest.raises(ReadAgain):
        take_delivery(files=find_sources([str(folder)]).files, by=None, dry_run=True)
