"""Disposal removes what was decided, all of it and nothing else, and what was computed stays to be read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from cases.deliveries.undoing import undo_delivery
from cases.disposal.carrying_out import carry_out, record_decision
from cases.disposal.proposing import last_possible_day, propose
from cases.disposal.removing import GONE
from cases.disposal.verifying import faults_of, orphans
from cases.enums import DisposalArea
from cases.extracts.gathering import gather
from cases.models import (
    Activity,
    Delivery,
    DeliveryWarning,
    Disposal,
    Enrolment,
    Person,
    SfiParticipation,
    SfiReferral,
    SupportMonth,
)
from cases.persons import identify
from committees.enums import Role
from committees.models import User
from reporting.snapshots.engine import engine_for
from reporting.snapshots.faults import SnapshotDisposed
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot
from tests.factories import deliver, setup_small_municipality
from tests.web.town import person

Capture = Callable[..., AbstractContextManager[object]]
LABOUR, SUPPORT, SFI = DisposalArea.LABOUR_MARKET, DisposalArea.SUPPORT, DisposalArea.SFI
LAST_DAY = date(2015, 12, 31)


@pytest.fixture(autouse=True)
def _municipality(db: None) -> None:
    setup_small_municipality()


@pytest.fixture
def steward() -> User:
    return person("förvaltare", Role.DATA_STEWARD)


@pytest.fixture
def administrator() -> User:
    return person("administratör", Role.ADMINISTRATOR)


def _person(name: str) -> dict[str, object]:
    return {"person": name, "födelsedatum": date(1970, 1, 1), "kön": "K"}


def _enrolment(name: str, who: str, year: int, *, over: bool = True) -> dict[str, object]:
    ended = {"slut": date(year, 9, 30), "avslutsorsak": "studier"} if over else {}
    return {"inskrivning": name, "person": who, "enhet": "AME", "start": date(year, 2, 1), **ended}


def _activity(enrolment: str, year: int) -> dict[str, object]:
    return {"inskrivning": enrolment, "insats": "verkstad", "start": date(year, 3, 1), "slut": date(year, 5, 31)}


def _deliver_labour_market() -> None:
    """One gone long since, one with something later, one still open, one of lately."""
    deliver(
        personer=[_person(name) for name in ("gammal", "tillbaka", "öppen", "ny")],
        inskrivningar=[
            _enrolment("E-1", "gammal", 2012),
            _enrolment("E-2", "tillbaka", 2012),
            _enrolment("E-3", "tillbaka", 2018),
            _enrolment("E-4", "öppen", 2012, over=False),
            _enrolment("E-5", "ny", 2020),
        ],
        insatser=[_activity("E-1", 2012), _activity("E-5", 2020)],
    )


def _keys(*names: str) -> set[str]:
    return {identify(name, date(2024, 1, 1)).key for name in names}


def _decide(area: DisposalArea, by: User) -> Disposal:
    return record_decision(
        area=area,
        last_day=LAST_DAY,
        body="Socialnämnden",
        decided_on=date(2024, 2, 1),
        paragraph="§ 14",
        fingerprint=propose(area, LAST_DAY).fingerprint,
        by=by,
    )


def test_a_proposal_has_those_with_nothing_later_and_nothing_open() -> None:
    _deliver_labour_market()
    proposal = propose(LABOUR, LAST_DAY)
    assert proposal.persons == _keys("gammal")
    assert proposal.left_open == 1
    assert {kind.name: rows for kind, rows in proposal.rows.items() if rows} == {"inskrivningar": 1, "insatser": 1}


def test_a_later_follow_up_or_planned_day_keeps_the_whole_file() -> None:
    _deliver_labour_market()
    deliver(uppfoljningar=[{"inskrivning": "E-1", "datum": date(2016, 1, 1)}])
    assert not propose(LABOUR, LAST_DAY).persons


def test_a_month_counts_to_its_last_day() -> None:
    deliver(
        personer=[_person("a"), _person("b")],
        stodmanader=[
            {"hushåll": "H", "person": "a", "månad": "2015-12", "belopp": 1},
            {"hushåll": "H", "person": "b", "månad": "2016-01", "belopp": 1},
        ],
    )
    assert propose(SUPPORT, LAST_DAY).last_entries == dict.fromkeys(_keys("a"), LAST_DAY)


def test_every_version_goes_and_nothing_hangs_loose(steward: User, administrator: User) -> None:
    _deliver_labour_market()
    deliver(inskrivningar=[_enrolment("E-1", "gammal", 2012) | {"anvisare": "af"}])
    disposal = carry_out(disposal_id=_decide(LABOUR, steward).pk, by=administrator)
    left = set(Enrolment.objects.values_list("enrolment", flat=True))
    assert left == {"E-2", "E-3", "E-4", "E-5"}
    assert set(Activity.objects.values_list("enrolment", flat=True)) == {"E-5"}
    assert set(Person.objects.values_list("person", flat=True)) == _keys("tillbaka", "öppen", "ny")
    assert disposal.removed == {
        "inskrivningar": 2,
        "insatser": 1,
        "planer": 0,
        "uppfoljningar": 0,
        "pauser": 0,
        "personer": 1,
    }
    assert faults_of(disposal) == []
    assert not gather(next(iter(_keys("gammal")))).found


def test_a_person_with_rows_in_another_area_stays_known(steward: User, administrator: User) -> None:
    _deliver_labour_market()
    deliver(stodmanader=[{"hushåll": "H", "person": "gammal", "månad": "2020-01", "belopp": 1}])
    carry_out(disposal_id=_decide(LABOUR, steward).pk, by=administrator)
    assert _keys("gammal") <= set(Person.objects.values_list("person", flat=True))
    assert SupportMonth.objects.count() == 1
    assert orphans() == []


def test_referrals_and_participations_go_together(steward: User, administrator: User) -> None:
    referral = {"anvisning": "A-1", "person": "a", "anvisad": date(2012, 1, 1), "planerad_start": date(2012, 2, 1)}
    course = {"deltagande": "D-1", "person": "a", "anvisning": "A-1", "start": date(2012, 2, 1)}
    deliver(
        personer=[_person("a")],
        sfi_anvisningar=[referral],
        sfi_deltaganden=[course | {"slut": date(2012, 6, 1), "resultat": "godkand"}],
    )
    carry_out(disposal_id=_decide(SFI, steward).pk, by=administrator)
    assert not SfiReferral.objects.exists()
    assert not SfiParticipation.objects.exists()
    assert not Person.objects.exists()


def test_warnings_are_still_counted_but_tell_nothing_of_the_rows(steward: User, administrator: User) -> None:
    deliver(
        personer=[_person("a"), _person("b")],
        inskrivningar=[
            _enrolment("E-1", "a", 2012) | {"remissdatum": date(2012, 6, 1)},
            _enrolment("E-2", "b", 2020) | {"remissdatum": date(2020, 6, 1)},
        ],
    )
    before = DeliveryWarning.objects.count()
    carry_out(disposal_id=_decide(LABOUR, steward).pk, by=administrator)
    assert DeliveryWarning.objects.count() == before
    rows = set(DeliveryWarning.objects.filter(message=GONE).values_list("row", "value"))
    assert rows == {(2, "")}
    assert DeliveryWarning.objects.exclude(message=GONE).filter(row=3).exists()


def test_undoing_before_and_after_a_disposal_leaves_no_orphan(steward: User, administrator: User) -> None:
    _deliver_labour_market()
    later = deliver(inskrivningar=[_enrolment("E-1", "gammal", 2012) | {"anvisare": "af"}]).delivery
    assert later
    carry_out(disposal_id=_decide(LABOUR, steward).pk, by=administrator)
    undo_delivery(delivery_id=later)
    assert orphans() == []
    assert not Enrolment.objects.filter(enrolment="E-1").exists()
    undo_delivery(delivery_id=Delivery.objects.get().pk)
    assert not Enrolment.objects.exists()
    assert orphans() == []


def test_it_takes_two_people_who_may(steward: User, administrator: User) -> None:
    _deliver_labour_market()
    with pytest.raises(PermissionDenied):
        _decide(LABOUR, person("sn", Role.DATA_STEWARD, "SN"))
    disposal = _decide(LABOUR, steward)
    with pytest.raises(ValidationError, match="Be någon annan"):
        carry_out(disposal_id=disposal.pk, by=steward)
    with pytest.raises(PermissionDenied):
        carry_out(disposal_id=disposal.pk, by=person("chef", Role.MANAGER, "SN"))
    carry_out(disposal_id=disposal.pk, by=administrator)
    with pytest.raises(ValidationError, match="redan utförd"):
        carry_out(disposal_id=disposal.pk, by=administrator)


def test_the_database_itself_asks_for_two_people(steward: User) -> None:
    _deliver_labour_market()
    disposal = _decide(LABOUR, steward)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(carried_out_by=steward, carried_out_at=timezone.now())


def test_what_is_carried_out_is_the_list_that_was_decided_on(steward: User, administrator: User) -> None:
    _deliver_labour_market()
    disposal = _decide(LABOUR, steward)
    deliver(inskrivningar=[_enrolment("E-6", "ny", 2011), _enrolment("E-7", "gammal", 2013)])
    with pytest.raises(ValidationError, match="inte längre den som beslutet gäller"):
        carry_out(disposal_id=disposal.pk, by=administrator)
    assert Enrolment.objects.filter(enrolment="E-1").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"last_day": date(2040, 12, 31)}, "inte senare"),
        ({"decided_on": date(2099, 1, 1)}, "framåt i tiden"),
        ({"fingerprint": "0" * 64}, "Listan har ändrats"),
        ({"area": SFI}, "inget att gallra"),
    ],
)
def test_a_decision_that_cannot_be_right_is_refused(steward: User, change: dict[str, Any], said: str) -> None:
    _deliver_labour_market()
    decision: dict[str, Any] = {
        "area": LABOUR,
        "last_day": LAST_DAY,
        "body": "Socialnämnden",
        "decided_on": date(2024, 2, 1),
        "paragraph": "§ 14",
        "fingerprint": propose(LABOUR, LAST_DAY).fingerprint,
    }
    with pytest.raises(ValidationError, match=said):
        record_decision(by=steward, **(decision | change))
    assert not Disposal.objects.exists()


def test_support_waits_five_whole_years() -> None:
    assert last_possible_day(SUPPORT, date(2026, 1, 1)) == date(2020, 12, 31)
    assert last_possible_day(LABOUR, date(2026, 1, 1)) == date(2025, 12, 31)


def test_snapshots_that_hold_the_rows_go_and_say_so(
    steward: User, administrator: User, django_capture_on_commit_callbacks: Capture, settings: Settings
) -> None:
    deliver(personer=[_person("ny")], inskrivningar=[_enrolment("E-5", "ny", 2010)])
    untouched = freeze(as_of=date(2010, 12, 31))
    _deliver_labour_market()
    gone = freeze(as_of=date(2021, 1, 31), label="Helår 2020")
    with django_capture_on_commit_callbacks(execute=True):
        disposal = carry_out(disposal_id=_decide(LABOUR, steward).pk, by=administrator)
    gone.refresh_from_db()
    untouched.refresh_from_db()
    assert (gone.disposal, untouched.disposal) == (disposal, None)
    assert not (Path(settings.SNAPSHOT_ROOT) / gone.hash).exists()
    assert faults_of(disposal) == []
    with pytest.raises(SnapshotDisposed, match=r"Underlaget är gallrat.*Socialnämnden 2024-02-01 § 14"):
        engine_for(gone)
    taken = latest_snapshot()
    assert taken is not None
    assert not taken.frozen
    assert engine_for(taken).rows("SELECT count(*) FROM enrolment").fetchall() == [(4,)]


def test_rows_that_come_back_are_told_and_never_frozen_into_the_snapshot_that_went(
    steward: User, administrator: User, django_capture_on_commit_callbacks: Capture
) -> None:
    _deliver_labour_market()
    gone = freeze(as_of=date(2021, 1, 31))
    with django_capture_on_commit_callbacks(execute=True):
        disposal = carry_out(disposal_id=_decide(LABOUR, steward).pk, by=administrator)
    _deliver_labour_market()
    assert "finns igen om 1 personer" in " ".join(faults_of(disposal))
    with pytest.raises(SnapshotDisposed):
        freeze(as_of=gone.as_of)
    assert Snapshot.objects.get(pk=gone.pk).disposal == disposal


def test_the_pages_lead_from_rule_to_decision_to_the_check(
    client: Client, steward: User, administrator: User, django_capture_on_commit_callbacks: Capture
) -> None:
    _deliver_labour_market()
    snapshot = freeze(as_of=date(2021, 1, 31))
    client.force_login(steward)
    rule = "/gallring/forslag/?omrade=arbetsmarknad&ar=2015"
    page = client.get(rule).content.decode()
    assert snapshot.short_hash in page
    assert "Inskrivningar" in page
    decision = {"body": "Socialnämnden", "decided_on": "2024-02-01", "paragraph": "§ 14"}
    client.post(rule, decision | {"list": propose(LABOUR, LAST_DAY).fingerprint})
    disposal = Disposal.objects.get()
    assert "Någon annan än du" in client.get(f"/gallring/{disposal.pk}/").content.decode()
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/gallring/{disposal.pk}/utfor/")
    page = client.get(f"/gallring/{disposal.pk}/").content.decode()
    assert "Allt som beslutet gäller är borta" in page
    client.force_login(person("sekreterare", Role.SECRETARY, "SN"))
    assert "Gallrat" in client.get("/underlag/").content.decode()
    assert "Underlaget är gallrat" in client.get(f"/underlag/{snapshot.hash}/").content.decode()
    answer = client.get(f"/SN/2020/?underlag={snapshot.hash[:12]}")
    assert answer.status_code == 404
    assert "Underlaget är gallrat" in answer.content.decode()
