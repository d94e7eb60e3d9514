"""The demonstration's registers say what the published documents say, and are entered once."""

import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from demo.accounts import add_accounts
from demo.steering_actions import add_actions
from demo.steering_registers import add_registers
from governance.enums import Cause
from governance.models import Commission, Inquiry, SteeringDocument
from governance.selectors.commissions import undecided, with_everything
from governance.selectors.documents import Flaw, findings, with_organisation
from governance.selectors.inquiries import weigh, with_scores
from tests.demonstration import DEMO_PASSWORD

DAY = dt.date(2025, 1, 31)


@pytest.mark.django_db
def test_the_registers_hold_the_facts_and_a_second_time_adds_nothing() -> None:
    call_command("setup_municipality", settings.BASE_DIR / "demo" / "kommun.toml", stdout=StringIO())
    add_accounts(DEMO_PASSWORD)
    assert add_registers() == 13
    assert add_registers() == 0

    assert add_actions() == 4
    assert add_actions() == 0
    model = Commission.objects.get(title="Ta fram en Alingsåsmodell")
    assert [action.cause for action in model.actions.all()] == [Cause.DECISION]

    directive = Commission.objects.get(due_text="Q1 2025")
    assert directive.due == dt.date(2025, 3, 31)
    shared = with_everything(Commission.objects.all()).get(number="# 2.1")
    assert [committee.code for committee in undecided(shared)] == ["SN"]

    flaws = {
        document.title: {finding.flaw for finding in findings(document, DAY)}
        for document in with_organisation(SteeringDocument.objects.all())
    }
    assert flaws["Avtal om praktisk verksamhet"] == {Flaw.OLDER_THAN_ORGANISATION, Flaw.WRONG_BODY}
    assert {title for title, found in flaws.items() if Flaw.UNDATED in found} == {
        "Rutin för uppdragsdialog mellan integrationsenheten och arbetsmarknadsenheten"
    }
    assert not flaws["Socialnämndens reglemente"]

    weighed = weigh(with_scores(Inquiry.objects.all()).get(source__contains="KS 2017-515"))
    assert weighed.matrices[1].sums == (Decimal(8), Decimal(15))
    assert len(weighed.warnings) == 2
    assert "motivet säger ”svagare”" in weighed.warnings[0]
    assert "poängen utesluter alternativet (”Stämma med kommunens övriga förvaltningar”)" in weighed.warnings[1]
