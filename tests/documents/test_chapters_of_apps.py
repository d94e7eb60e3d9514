"""What the apps above tell in a report: commissions and recommendations, each committee's own, each counted once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from django.utils import timezone

from audits.actions.audits import Body, set_response_due
from audits.actions.findings import recommend
from audits.actions.verifications import verify
from audits.documents.chapters import recommendation_blocks
from audits.enums import VerifiedStatus
from audits.models import Addressee, Audit
from committees.models import Committee, User
from governance.actions.commissions import give_commission
from governance.documents.chapters import commission_blocks
from governance.enums import CommissionState, PartyRole
from governance.models import Commission
from reporting.documents.annual.setting import Numbering
from reporting.documents.chapters import Subject, registered_chapters
from reporting.documents.content import Block, Table, Text
from reporting.documents.templates.model import FigureContent
from reporting.enums import ReportKind
from tests.audits.building import Reviewers, reviewers
from tests.audits.test_results import an_action, answer
from tests.documents.work import committee, secretary_of
from tests.factories import setup_small_municipality

pytestmark = pytest.mark.django_db

YEAR = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
INTERIM = (dt.date(2024, 1, 1), dt.date(2024, 8, 31))


def _subject(*codes: str, days: tuple[dt.date, dt.date] = YEAR) -> Subject:
    kind = ReportKind.ANNUAL if days == YEAR else ReportKind.INTERIM
    return Subject(kind, tuple(committee(code) for code in codes), *days)


def _lead_and_rows(blocks: Sequence[Block]) -> tuple[str, list[dict[str, str]]]:
    lead, table = blocks
    assert isinstance(lead, Text)
    assert isinstance(table, Table)
    heads = [column.heading for column in table.columns]
    return lead.text, [dict(zip(heads, [cell.text for cell in row], strict=True)) for row in table.rows]


@pytest.fixture
def secretary() -> User:
    """Who keeps the registers of both committees."""
    setup_small_municipality()
    return secretary_of("SN", "KUN")


def _given(
    by: User, title: str, *receivers: str, due: dt.date | None = None, closed: dt.date | None = None, **fields: object
) -> Commission:
    parties: list[tuple[PartyRole, Committee | str]] = [(PartyRole.GIVER, "Kommunfullmäktige")]
    parties += [(PartyRole.RECEIVER, committee(code)) for code in receivers]
    made = give_commission(parties=parties, by=by, title=title, due=due, **fields)
    if closed is not None:
        Commission.objects.filter(pk=made.pk).update(state=CommissionState.CLOSED, closed_on=closed)
    return made


def _commissions(*codes: str, days: tuple[dt.date, dt.date] = YEAR) -> tuple[str, list[dict[str, str]]]:
    return _lead_and_rows(commission_blocks(_subject(*codes, days=days), Numbering()))


def test_a_report_tells_the_commissions_of_its_own_committee_that_stood_open_in_its_period(secretary: User) -> None:
    _given(secretary, "Öppet", "SN", due=dt.date(2025, 3, 31))
    _given(secretary, "Avslutat i mars", "SN", due=dt.date(2024, 3, 31), closed=dt.date(2024, 3, 1))
    _given(secretary, "Avslutat året före", "SN", closed=dt.date(2023, 12, 31))
    _given(secretary, "Avslutat första dagen", "SN", closed=dt.date(2024, 1, 1))
    _given(secretary, "Givet på nyårsdagen", "SN", given_on=dt.date(2025, 1, 1))
    _given(secretary, "En annan nämnds", "KUN")
    _, rows = _commissions("SN")
    assert {row["Uppdrag"] for row in rows} == {"Öppet", "Avslutat i mars", "Avslutat första dagen"}


def test_a_commission_is_late_the_day_after_it_was_due_and_the_days_go_on_to_the_end_of_the_period(
    secretary: User,
) -> None:
    _given(secretary, "I tid", "SN", due=dt.date(2024, 8, 31))
    _given(secretary, "Sent", "SN", due=dt.date(2024, 8, 1))
    lead, rows = _commissions("SN", days=INTERIM)
    assert lead == "Nämnden har 2 uppdrag att redovisa. Ett av dem är försenat."
    # From 1 to 31 August there are thirty days.
    assert {row["Uppdrag"]: row["Dagar sent"] for row in rows} == {"I tid": "0", "Sent": "30"}


def test_a_moved_date_is_days_late_but_not_overdue_and_a_closed_one_counts_to_its_closing(secretary: User) -> None:
    moved = _given(secretary, "Flyttat", "SN", due=dt.date(2024, 6, 30))
    Commission.objects.filter(pk=moved.pk).update(due=dt.date(2025, 1, 31), due_text="januari 2025")
    _given(secretary, "Stängt", "SN", due=dt.date(2024, 5, 1), closed=dt.date(2024, 5, 11))
    lead, rows = _commissions("SN")
    assert lead == "Nämnden har 2 uppdrag att redovisa. Inget av dem är försenat."
    told = {row["Uppdrag"]: (row["Ska redovisas"], row["Läge"], row["Dagar sent"]) for row in rows}
    # 30 June to 31 January: 31 + 31 + 30 + 31 + 30 + 31 + 31 days.
    assert told == {"Flyttat": ("januari 2025", "Givet", "215"), "Stängt": ("2024-05-01", "Avslutat", "10")}


def test_a_commission_without_a_day_is_told_with_a_dash_and_is_never_late(secretary: User) -> None:
    _given(secretary, "Någon gång", "SN")
    lead, [row] = _commissions("SN")
    assert "Inget av dem är försenat." in lead
    assert (row["Ska redovisas"], row["Dagar sent"], row["Från"]) == ("–", "0", "Kommunfullmäktige")


def test_a_joint_report_tells_a_shared_commission_once_and_to_whom_each_was_given(secretary: User) -> None:
    _given(secretary, "Samordna", "SN", "KUN", due=dt.date(2024, 6, 30))
    _given(secretary, "Flytta", "KUN", due=dt.date(2024, 12, 31))
    lead, rows = _commissions("KUN", "SN")
    assert lead == "Nämnderna har 2 uppdrag att redovisa. Ett av dem är försenat."
    assert [(row["Uppdrag"], row["Till"]) for row in rows] == [
        ("Samordna", "Socialnämnden, Kultur- och utbildningsnämnden"),
        ("Flytta", "Kultur- och utbildningsnämnden"),
    ]
    _, [alone] = _commissions("SN")
    assert "Till" not in alone


def test_without_anything_to_tell_the_chapters_say_so(secretary: User) -> None:
    contents = (FigureContent.COMMISSIONS, FigureContent.RECOMMENDATIONS)
    commissions, recommendations = registered_chapters(contents, _subject("SN"))
    for chapter, said in (
        (commissions, "Nämnden har inga uppdrag att redovisa för perioden."),
        (recommendations, "Revisorerna har inga rekommendationer till nämnden som återstår att redovisa."),
    ):
        [block] = chapter.blocks
        assert isinstance(block, Text)
        assert block.text == said


DECIDED = dt.date(2024, 5, 15)


@pytest.fixture
def town() -> Reviewers:
    """A decided audit of both committees with one recommendation to SN and one to both, decided in May 2024."""
    town = reviewers()
    both = [Body(committee("SN")), Body(committee("KUN"))]
    recommend(audit=town.fresh(), text="Samverka.", addressees=both, questions=["2"], by=town.expert)
    set_response_due(body=town.body("KUN"), due=dt.date(2099, 6, 30), by=town.elected)
    town.prepare("decided")
    Audit.objects.update(decided_on=DECIDED)
    return town


def _recommendations(*codes: str, days: tuple[dt.date, dt.date] = YEAR) -> tuple[str, list[dict[str, str]]]:
    return _lead_and_rows(recommendation_blocks(_subject(*codes, days=days), Numbering()))


def _addressee(code: str, text: str) -> Addressee:
    return Addressee.objects.get(committee__code=code, recommendation__text=text)


def _verified(town: Reviewers, addressee: Addressee, status: VerifiedStatus) -> None:
    verify(addressee, status=status, grounds="Sett.", audit=town.fresh(), by=town.expert)


def test_a_recommendation_stands_with_what_is_answered_done_and_verified(town: Reviewers) -> None:
    mine = _addressee("SN", "Följ upp var och en varje månad.")
    an_action(town, answer(town, mine))
    _verified(town, mine, VerifiedStatus.PARTLY)
    lead, rows = _recommendations("SN")
    assert lead == (
        "2 rekommendationer från revisorerna återstår eller har avslutats under perioden. "
        "För 1 av dem är ingen åtgärd beslutad."
    )
    answered, waiting = sorted(rows, key=lambda row: row["Enligt nämnden"] == "Inte besvarad")
    assert answered["Åtgärder"] == "Månadslista (planerad)"
    assert (answered["Klart senast"], answered["Enligt revisorerna"]) == ("2099-06-30", "Delvis åtgärdad")
    assert (waiting["Åtgärder"], waiting["Klart senast"]) == ("ingen beslutad", "–")
    assert waiting["Enligt revisorerna"] == "Inte följd upp"


def test_a_draft_of_an_answer_tells_nothing(town: Reviewers) -> None:
    answer(town, _addressee("SN", "Följ upp var och en varje månad."), given=False)
    _, rows = _recommendations("SN")
    assert {row["Enligt nämnden"] for row in rows} == {"Inte besvarad"}


def test_a_joint_report_counts_a_recommendation_to_both_committees_once_with_a_row_for_each(town: Reviewers) -> None:
    lead, rows = _recommendations("KUN", "SN")
    assert lead.startswith("2 rekommendationer från revisorerna")
    shared = [row["Granskning"] for row in rows if row["Rekommendation"].endswith("Samverka.")]
    assert sorted(shared) == [
        f"{town.fresh()} (till Kultur- och utbildningsnämnden)",
        f"{town.fresh()} (till Socialnämnden)",
    ]
    assert len(rows) == 3


def test_a_single_recommendation_is_told_in_the_singular(town: Reviewers) -> None:
    lead, [row] = _recommendations("KUN")
    assert lead == (
        "En rekommendation från revisorerna återstår eller har avslutats under perioden. Ingen åtgärd är beslutad."
    )
    assert row["Rekommendation"].endswith("Samverka.")


def test_a_recommendation_of_an_audit_decided_after_the_period_is_left_out(town: Reviewers) -> None:
    by_the_day_before = (dt.date(2024, 1, 1), DECIDED - dt.timedelta(days=1))
    assert not recommendation_blocks(_subject("SN", days=by_the_day_before), Numbering())
    assert recommendation_blocks(_subject("SN", days=(dt.date(2024, 1, 1), DECIDED)), Numbering())


@pytest.mark.parametrize(("hour", "told"), [(12, 1), (23, 2)])
def test_what_was_settled_before_the_period_began_is_left_out(
    town: Reviewers, monkeypatch: pytest.MonkeyPatch, hour: int, told: int
) -> None:
    today = timezone.localdate()
    # At 23 by Greenwich the period, which begins the day after, has begun in Sweden.
    at = dt.datetime.combine(today, dt.time(hour, 30), tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: at)
    _verified(town, _addressee("SN", "Följ upp var och en varje månad."), VerifiedStatus.REMEDIED)
    start = today + dt.timedelta(days=1)
    _, rows = _recommendations("SN", days=(start, start + dt.timedelta(days=364)))
    assert len(rows) == told
    assert any(row["Rekommendation"].endswith("Samverka.") for row in rows)
