"""Live evidence: what the figures speak for is shown to the auditors, and what is used is kept with its snapshot."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import PinnedEvidence
from reporting.snapshots.freezing import freeze
from tests.audits.building import FIVE_GRADES, reviewers
from tests.web.town import build_town

pytestmark = pytest.mark.django_db

FRAMEWORK = (
    FIVE_GRADES.replace("follow_up_compliance", "work_or_study_at_exit")
    .replace("minst = 90", 'minst = 0\n[[avsnitt.fragor.underlag]]\nslag = "styrdokument"\ndokumentslag = "rutin"', 1)
    .replace('[[avsnitt.fragor.underlag.regler]]\ntalar_for = "Svag"\n', "", 1)
)


def test_a_kept_figure_stays_when_newer_data_come_and_only_auditors_see_evidence() -> None:
    snapshot = build_town()
    town = reviewers(FRAMEWORK)
    client = Client()
    client.force_login(town.expert)
    page = reverse("audit_evidence", args=[town.audit.pk, "1"])
    shown = client.get(page).content.decode()
    assert "Underlaget talar för <strong>God</strong>" in shown
    assert "Inget sådant styrdokument finns i registret." in shown
    pin = reverse("audit_evidence_pin", args=[town.audit.pk, "1"])
    assert client.post(pin, {"key": f"0-{town.body('SN').pk}"}).status_code == 302
    kept = PinnedEvidence.objects.get()
    before = kept.content
    freeze(as_of=date(2025, 3, 31), label="Senare")
    kept.refresh_from_db()
    assert (kept.content, kept.snapshot) == (before, snapshot)
    assert (kept.measure, kept.speaks_for, kept.by) == ("work_or_study_at_exit", "God", town.expert)
    client.force_login(town.elected)
    assert "Du ser inte siffran" in client.get(page).content.decode()
    assert before["sentences"][0] not in client.get(page).content.decode()
    client.force_login(town.secretary)
    assert client.get(page).status_code == 404
    town.move("cancel")
    client.force_login(town.expert)
    client.post(pin, {"key": f"0-{town.body('SN').pk}"})
    assert PinnedEvidence.objects.count() == 1
