"""A delivery is taken whole or not at all, and nothing that was taken is overwritten."""

from datetime import date
from pathlib import Path

import pytest

from cases.deliveries.sources import find_sources
from cases.deliveries.taking import take_delivery
from cases.models import Activity, Delivery, DeliveryWarning, Enrolment, Person, SupportMonth
from tests.factories import deliver, person_number, setup_small_municipality, try_to_deliver, write_files

pytestmark = pytest.mark.django_db

ANNA = {"person": "P1", "födelsedatum": date(1990, 5, 1), "kön": "K"}
BO = {"person": "P2", "födelsedatum": date(1985, 2, 3), "kön": "M"}
ENROLMENT = {
    "inskrivning": "I1",
    "person": "P1",
    "enhet": "AME",
    "uppstartsmöte": date(2023, 1, 9),
    "start": date(2023, 1, 10),
    "slut": date(2023, 6, 30),
    "avslutsorsak": "studier",
    "studiemedel": True,
}


@pytest.fixture(autouse=True)
def _municipality() -> None:
    setup_small_municipality()


def test_every_row_is_stored_with_its_values_and_its_delivery() -> None:
    result = deliver(personer=[ANNA], inskrivningar=[ENROLMENT])
    enrolment = Enrolment.objects.get()
    assert (enrolment.start, enrolment.ended, enrolment.exit_reason, enrolment.study_aid) == (
        date(2023, 1, 10),
        date(2023, 6, 30),
        "studier",
        True,
    )
    assert (enrolment.unit_id, enrolment.delivery_id, enrolment.source_row) == ("AME", result.delivery, 2)
    assert result.status == "taken"


def test_the_same_content_again_changes_nothing() -> None:
    deliver(personer=[ANNA], inskrivningar=[ENROLMENT])
    again = deliver(inskrivningar=[ENROLMENT], personer=[ANNA])
    assert again.status == "unchanged"
    assert (again.delivery, [file.unchanged for file in again.files]) == (None, [1, 1])
    assert Delivery.objects.count() == 1


def test_a_value_written_in_another_way_is_no_change() -> None:
    deliver(personer=[ANNA], stodmanader=[{"hushåll": "H", "person": "P1", "månad": "2024-01", "belopp": "1 250,50"}])
    again = deliver(
        stodmanader=[{"HUSHALL": "H", "Person ": "P1", "manad": "202401", "belopp": "1250.5", "enhet": "sf"}]
    )
    assert again.status == "unchanged"
    assert SupportMonth.objects.get().unit_id == "SF"


def test_a_changed_row_supersedes_its_earlier_version_and_leaves_it_readable() -> None:
    first = deliver(personer=[ANNA], inskrivningar=[ENROLMENT])
    second = deliver(inskrivningar=[ENROLMENT | {"avslutsorsak": "franvaro"}])
    assert [(file.new, file.changed) for file in second.files] == [(0, 1)]
    old, new = Enrolment.objects.order_by("pk")
    assert (old.delivery_id, old.exit_reason, old.superseded_by_id) == (first.delivery, "studier", second.delivery)
    assert (new.exit_reason, new.superseded_by_id) == ("franvaro", None)


def test_a_fault_in_one_file_stops_all_of_them() -> None:
    result = try_to_deliver(personer=[ANNA], inskrivningar=[ENROLMENT | {"enhet": "XYZ"}])
    assert result.status == "refused"
    assert not Person.objects.exists()
    assert not Delivery.objects.exists()


def test_a_dry_run_tells_what_would_happen_and_stores_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, personer=[ANNA])
    result = take_delivery(files=find_sources([str(tmp_path)]).files, by=None, dry_run=True)
    assert (result.status, result.files[0].new) == ("checked", 1)
    assert not Person.objects.exists()


def test_a_person_known_by_number_needs_no_personer_file() -> None:
    number = person_number(date(1994, 7, 12), 238)
    deliver(inskrivningar=[ENROLMENT | {"person": f"{number[2:8]}-{number[8:]}"}])
    person = Person.objects.get()
    assert (person.birth_date, person.sex) == (date(1994, 7, 12), "K")
    assert Enrolment.objects.get().person == person.person
    assert number[2:] not in person.person


def test_a_local_id_that_nobody_has_described_is_a_fault() -> None:
    result = try_to_deliver(inskrivningar=[ENROLMENT])
    assert [(error.check, error.row, error.value) for error in result.errors] == [("person_unknown", 2, "•••")]


def test_replace_ends_what_the_delivery_no_longer_has() -> None:
    deliver(personer=[ANNA, BO], inskrivningar=[ENROLMENT, ENROLMENT | {"inskrivning": "I2", "person": "P2"}])
    result = deliver(replace=True, inskrivningar=[ENROLMENT])
    assert [(file.unchanged, file.ended) for file in result.files] == [(1, 1)]
    ended = Enrolment.objects.get(enrolment="I2")
    assert ended.superseded_by_id == result.delivery


def test_replace_ends_only_between_the_first_and_last_date_of_the_delivery() -> None:
    months = [{"hushåll": "H", "person": "P1", "månad": f"2024-0{month}", "belopp": 100} for month in range(1, 6)]
    deliver(personer=[ANNA], stodmanader=months)
    result = deliver(replace=True, stodmanader=[months[1], months[3]])
    assert result.files[0].ended == 1
    ended = SupportMonth.objects.exclude(superseded_by=None)
    assert [row.month for row in ended] == [date(2024, 3, 1)]


def test_replace_leaves_a_person_whom_other_rows_still_name() -> None:
    deliver(personer=[ANNA, BO], inskrivningar=[ENROLMENT])
    result = deliver(replace=True, personer=[ANNA | {"person": "P3"}])
    assert (result.files[0].new, result.files[0].ended) == (1, 1)
    assert Person.objects.filter(superseded_by=None).count() == 2


def test_an_empty_file_does_not_replace_everything() -> None:
    deliver(personer=[ANNA])
    with_headers_only = [dict.fromkeys(("person", "födelsedatum", "kön"))]
    result = try_to_deliver(replace=True, personer=with_headers_only)
    assert [error.check for error in result.errors] == ["empty_replacement"]


def test_warnings_are_kept_with_the_delivery_they_came_in() -> None:
    result = deliver(personer=[ANNA], inskrivningar=[ENROLMENT | {"uppstartsmöte": None}])
    warning = DeliveryWarning.objects.get()
    assert (warning.delivery_id, warning.check_id, warning.row) == (result.delivery, "start_meeting_missing", 2)
    assert result.warning_count == 1


def test_a_first_row_that_ended_earlier_can_come_back() -> None:
    activity = {"inskrivning": "I1", "insats": "verkstad", "start": date(2023, 2, 1)}
    deliver(personer=[ANNA], inskrivningar=[ENROLMENT], insatser=[activity])
    other = activity | {"insats": "sprakpraktik"}
    deliver(replace=True, insatser=[other])
    back = deliver(insatser=[activity])
    assert back.files[0].new == 1
    assert Activity.objects.filter(superseded_by=None).count() == 2
