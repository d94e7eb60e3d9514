"""The demonstration's steering as papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from demo.accounts import add_accounts
from demo.steering_control import add_control_plans
from demo.steering_goals import add_goals
from demo.steering_registers import add_registers
from governance.documents.control import plan_pdf
from governance.documents.inquiries import inquiry_pdf
from governance.models import ControlPlan, Inquiry
from governance.selectors.inquiries import with_scores
from tests.verapdf import assert_meets_both_standards

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.verapdf]


def test_verapdf_finds_both_standards_met_by_every_control_plan_and_inquiry(
    tmp_path: Path, verapdf: list[str], record_property: Callable[[str, object], None]
) -> None:
    call_command("setup_municipality", str(settings.BASE_DIR / "demo" / "kommun.toml"), verbosity=0)
    add_accounts("words-that-only-tests-use")
    assert all(add() for add in (add_goals, add_registers, add_control_plans))
    today = timezone.localdate()
    papers = {f"plan-{plan.year}": plan_pdf(plan, today) for plan in ControlPlan.objects.select_related("committee")}
    for inquiry in with_scores(Inquiry.objects.all()):
        papers[f"utredning-{inquiry.pk}"] = inquiry_pdf(inquiry, today)
    assert len(papers) == 4
    assert_meets_both_standards(papers, "governance", folder=tmp_path, verapdf=verapdf, record=record_property)
