"""The demonstration's reports on their way: set up through the same actions, and only once."""

from __future__ import annotations

import pytest
from django.conf import settings

from committees.municipality_file import set_up
from demo.accounts import add_accounts
from demo.reports import REPORTS, add_reports
from reporting.documents.models import BoardReport, PartText
from reporting.documents.work.selectors import missing_parts
from reporting.enums import ReportState


@pytest.mark.django_db
def test_the_demonstration_has_reports_half_written_and_adds_them_once() -> None:
    set_up(settings.BASE_DIR / "demo" / "kommun.toml")
    add_accounts("words-that-only-tests-use")
    assert add_reports() == len(REPORTS)
    assert add_reports() == 0
    assert BoardReport.objects.filter(state=ReportState.DRAFT).count() == len(REPORTS)
    interim = BoardReport.objects.get(kind="delarsrapport")
    owed = {part.spec.code for part in missing_parts(interim)}
    # Written but not marked as ready: it is owed still.
    assert "framat-text" in owed
    assert "handelser-text" not in owed
    writers = set(PartText.objects.filter(part__report=interim).values_list("by__username", flat=True))
    assert writers == {"chef"}
