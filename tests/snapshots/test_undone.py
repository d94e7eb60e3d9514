"""What is undone leaves no trace in what is frozen afterwards."""

from __future__ import annotations

from datetime import date

from cases.deliveries.undoing import undo_delivery
from cases.disposal.verifying import orphans
from cases.models import Enrolment, Person
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.factories import deliver, person_number, setup_small_municipality

AS_OF = date(2024, 1, 31)


def _enrolment(number: int, **more: object) -> dict[str, object]:
    person = person_number(date(1980 + number, 1, 1))
    return {"inskrivning": f"E-{number}", "person": person, "enhet": "AME", "start": date(2023, 1, 9), **more}


def test_ten_updates_and_five_new_rows_undone_give_the_first_hash_again(db: None) -> None:
    setup_small_municipality()
    plans = [
        {"inskrivning": f"E-{number}", "plan": "arbetsplan", "upprättad": date(2023, 2, 1)} for number in range(12)
    ]
    deliver(inskrivningar=[_enrolment(number) for number in range(12)], planer=plans)
    first = freeze(as_of=AS_OF)
    ended = {"slut": date(2023, 6, 30), "avslutsorsak": "studier"}
    changes = [_enrolment(number, **ended) for number in range(10)] + [_enrolment(number) for number in range(12, 17)]
    result = deliver(inskrivningar=changes)
    (file,) = result.files
    assert (file.changed, file.new) == (10, 5)
    assert result.delivery
    changed = freeze(as_of=AS_OF, frozen=False)
    assert changed.hash != first.hash
    undo_delivery(delivery_id=result.delivery)
    assert freeze(as_of=AS_OF).hash == first.hash
    assert list(Snapshot.objects.all()) == [first]
    assert (Enrolment.objects.count(), Person.objects.count()) == (12, 12)
    assert orphans() == []
