"""What a committee says of its goals stands in its report: values by hand, and explanations given and lacking."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from committees.enums import Role
from committees.models import Committee
from governance.actions.actions import Promise
from governance.actions.explanations import Answer, attest_value, explain, report_value
from governance.actions.goals import Aim, Content, create_indicator, set_target
from governance.enums import Cause
from governance.models import Goal, Indicator
from reporting.documents.content import Table
from reporting.figures.model import Period
from reporting.snapshots.models import Snapshot
from tests.documents.editions import annual_edition
from tests.web.town import person

pytestmark = pytest.mark.django_db

YEAR = Period.year(2023)


def tables(committees: list[Committee], snapshot: Snapshot) -> dict[str, Table]:
    return {each.name: each for each in annual_edition(committees, snapshot).document.tables}


def test_the_report_shows_values_by_hand_and_which_outcomes_nobody_has_explained(
    committees: list[Committee], provisional: Snapshot
) -> None:
    kun = next(committee for committee in committees if committee.code == "KUN")
    secretary, chief = person("sekreteraren", Role.SECRETARY, "KUN"), person("chefen", Role.MANAGER, "KUN")
    content = Content(name="Nöjda deltagare", unit="procent")
    satisfied = create_indicator(goals=Goal.objects.all(), content=content, by=secretary)
    set_target(satisfied, year=2023, aim=Aim(">=", Decimal(80)), by=secretary)
    value = report_value(
        satisfied, committee=kun, period=YEAR, value=Decimal("81.5"), source="Enkät, 41 svar", by=secretary
    )
    lacking = [cell.text for cell in tables(committees, provisional)["forklaringar"].rows[0]]
    assert lacking[0] == "Till arbete eller studier vid avslut"
    assert lacking[2] == "Saknas"

    attest_value(value, read_as=1, by=chief)
    promise = Promise(title="Fler platser", cause=Cause.TARGET, owner=chief, due=dt.date(2024, 6, 30))
    answer = Answer(text="Få platser hos arbetsgivare.", promise=promise)
    explain(Indicator.objects.get(code="vidare"), committee=kun, period=YEAR, answer=answer, by=secretary)
    found = tables(committees, provisional)
    by_hand = next(cells for cells in found["mal-och-indikatorer"].rows if cells[0].text == "Nöjda deltagare, procent")
    assert [cell.text for cell in by_hand][1:6] == ["–", "–", "81,5", "≥\u00a080", "✓ Uppfyllt"]
    assert "Enkät, 41 svar" in found["mal-och-indikatorer"].note
    explained = [cell.text for cell in found["forklaringar"].rows[0]]
    assert explained[2:] == ["Få platser hos arbetsgivare.", "Fler platser, klar senast 2024-06-30 (planerad)", "–"]
