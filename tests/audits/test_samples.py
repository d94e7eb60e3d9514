"""Samples of cases: drawn so that anybody can draw them again, for the auditors' eyes only, and never of the protected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from audits.actions.engagements import end_engagement
from audits.actions.samples import (
    SampleOrder,
    close_sample,
    draw_sample,
    drawn_again,
    mark_case,
    reopen_sample,
)
from audits.enums import AuditState, Mark, SampleRule
from audits.models import Sample, SampleItem, SampleMark
from audits.selectors.samples import result_of
from committees.enums import CasePurpose
from committees.models import CaseAccess, Change, User
from committees.revising import Overtaken
from committees.workflows import MoveFault
from reporting.figures.model import Period
from reporting.snapshots.freezing import freeze
from tests.audits.building import Reviewers, reviewers
from tests.governance.test_matrix import is_done
from tests.web.town import build_town

pytestmark = pytest.mark.django_db

CRITERIA = ("Utredningen är daterad", "Planen är underskriven")


@pytest.fixture
def town(db: None) -> Reviewers:
    """The small municipality with frozen cases, under audit."""
    build_town()
    return reviewers()


def order(**more: object) -> SampleOrder:
    given: dict[str, object] = {
        "title": "Utredningar",
        "measure": "work_or_study_at_exit",
        "period": Period.year(2024),
        "criteria": CRITERIA,
        "rule": SampleRule.NUMBER,
        "number": 5,
        "committees": ["SN"],
        "question": "1",
    }
    return SampleOrder(**{**given, **more})  # type: ignore[arg-type]  # the fields by name


def sample_of(town: Reviewers, **more: object) -> Sample:
    return draw_sample(audit=town.fresh(), order=order(**more), by=town.expert)


def mark_all(town: Reviewers, sample: Sample, *, bad: int = 0) -> None:
    for item in sample.items.all():
        mark = Mark.NOT_MET if item.position <= bad else Mark.MET
        marks = {one.pk: mark.value for one in sample.criteria.all()}
        mark_case(item=item, marks=marks, comment="", read_as=item.revision, by=town.expert)


def test_a_sample_is_drawn_again_from_its_snapshot_when_newer_data_have_come(town: Reviewers) -> None:
    sample = sample_of(town, seed="ett frö")
    freeze(as_of=date(2024, 6, 30), label="Halvår")
    freeze(as_of=date(2025, 2, 28), label="Senare")
    assert drawn_again(sample) == list(sample.items.values_list("key", flat=True))
    again = draw_sample(audit=town.fresh(), order=order(seed="ett frö"), by=town.expert, snapshot=sample.snapshot)
    assert [item.key for item in again.items.all()] == [item.key for item in sample.items.all()]


def test_protected_persons_are_counted_and_never_drawn(town: Reviewers) -> None:
    sample = sample_of(town, rule=SampleRule.ALL)
    keys = set(sample.items.values_list("key", flat=True))
    assert "SN-01" not in keys
    assert sample.parameters["protected"] == 1
    assert len(keys) == sample.population_size == 11
    assert all(key.startswith("SN-") for key in keys if key.startswith(("SN-", "KUN-")))


def test_cases_show_the_source_systems_number_and_a_pseudonym_that_is_cut_short(town: Reviewers) -> None:
    item = sample_of(town).items.get(position=1)
    assert item.case_number == item.key
    assert 0 < len(item.pseudonym) <= 8


def test_a_sample_reaches_only_committees_that_are_audited_and_readable(town: Reviewers) -> None:
    with pytest.raises(ValidationError):
        sample_of(town, committees=["BUN"])
    with pytest.raises(PermissionDenied):
        draw_sample(audit=town.fresh(), order=order(), by=town.elected)
    with pytest.raises(PermissionDenied):
        draw_sample(audit=town.fresh(), order=order(), by=town.secretary)


def _try_everything(town: Reviewers) -> None:
    """Draw a sample, mark its case, close it and open it again."""
    sample = sample_of(town, number=1)
    mark_all(town, sample)
    closed = close_sample(sample=sample, conclusion="Inga brister.", read_as=1, by=town.elected)
    reopen_sample(sample=closed, read_as=2, by=town.expert, why="Ett ärende ska ses om")


def _nothing_goes(town: Reviewers, sample: Sample) -> None:
    with pytest.raises(MoveFault):
        sample_of(town)
    with pytest.raises(MoveFault):
        mark_all(town, sample)
    with pytest.raises(MoveFault):
        close_sample(sample=sample, conclusion="Inga brister.", read_as=1, by=town.expert)


def test_samples_are_drawn_marked_and_closed_while_the_audit_goes_on_and_never_after(town: Reviewers) -> None:
    sample = Sample.objects.get(pk=sample_of(town).pk)
    town.prepare(AuditState.DRAFT)
    _try_everything(town)
    for step in ("send_to_fact_check", "close_fact_check", "submit"):
        town.move(step)
        _try_everything(town)
    for step in ("decide", "publish"):
        town.move(step)
        _nothing_goes(town, Sample.objects.get(pk=sample.pk))


def test_nothing_is_done_with_samples_of_a_cancelled_audit(town: Reviewers) -> None:
    sample = sample_of(town)
    town.move("cancel")
    _nothing_goes(town, Sample.objects.get(pk=sample.pk))


def test_only_the_auditors_move_a_sample_and_only_when_all_is_marked(town: Reviewers) -> None:
    sample = sample_of(town)
    with pytest.raises(MoveFault, match="saknas 10"):
        close_sample(sample=sample, conclusion="Klart", read_as=1, by=town.expert)
    mark_all(town, sample)
    for stranger in (town.secretary, town.manager, town.steward):
        with pytest.raises(PermissionDenied):
            close_sample(sample=sample, conclusion="Klart", read_as=1, by=stranger)
    closed = close_sample(sample=sample, conclusion="Klart", read_as=1, by=town.expert)
    with pytest.raises(MoveFault):
        reopen_sample(sample=closed, read_as=2, by=town.expert, why="")
    with pytest.raises(MoveFault, match="avslutat"):
        mark_case(item=sample.items.get(position=1), marks={}, comment="Mer", read_as=2, by=town.expert)


EXPECTED = {
    "mark": (frozenset({"expert"}), "drawn"),
    "close": (frozenset({"elected", "expert"}), "drawn"),
    "reopen": (frozenset({"elected", "expert"}), "closed"),
}
"""Who may do what, in which state. The elected auditors read no cases, so they mark none."""


def test_every_role_can_do_exactly_what_the_table_says_with_a_sample_in_every_state(town: Reviewers) -> None:
    sample = sample_of(town, number=1)
    mark_all(town, sample)

    def now() -> Sample:
        return Sample.objects.get(pk=sample.pk)

    def mark(by: User) -> None:
        item = now().items.get()
        mark_case(item=item, marks={}, comment="Sett igen", read_as=item.revision, by=by)

    tries: dict[str, Callable[[User], object]] = {
        "mark": mark,
        "close": lambda by: close_sample(sample=now(), conclusion="Klart.", read_as=now().revision, by=by),
        "reopen": lambda by: reopen_sample(sample=now(), read_as=now().revision, by=by, why="Fel"),
    }
    roles = ("elected", "expert", "secretary", "manager", "other_secretary", "steward")
    for state in ("drawn", "closed"):
        if state == "closed":
            tries["close"](town.expert)
        done = {(role, name) for role in roles for name, act in tries.items() if is_done(act, getattr(town, role))}
        assert done == {(role, name) for name, (who, when) in EXPECTED.items() if when == state for role in who}


def test_a_mark_that_is_set_changes_only_with_a_reason_and_leaves_its_trace(town: Reviewers) -> None:
    sample = sample_of(town)
    item, criterion = sample.items.get(position=1), sample.criteria.get(position=1)
    saved = mark_case(item=item, marks={criterion.pk: "met"}, comment="", read_as=1, by=town.expert)
    with pytest.raises(ValidationError):
        mark_case(item=saved, marks={criterion.pk: "not_met"}, comment="", read_as=2, by=town.expert)
    with pytest.raises(Overtaken):
        mark_case(item=saved, marks={}, comment="Sen", read_as=1, by=town.expert)
    mark_case(item=saved, marks={criterion.pk: "not_met"}, comment="", read_as=2, by=town.expert, why="Såg fel")
    assert SampleMark.objects.get(item=item).mark == Mark.NOT_MET
    last = Change.objects.of(item).get(why="Såg fel")
    assert (last.before, last.after, last.by) == ("Uppfyllt", "Inte uppfyllt", town.expert)


def test_a_whole_population_leaves_no_doubt_and_a_part_of_it_leaves_some(town: Reviewers) -> None:
    whole = sample_of(town, rule=SampleRule.ALL)
    assert result_of(whole).criteria[0].deviation is None
    mark_all(town, whole, bad=1)
    said = result_of(whole).criteria[0]
    assert (said.deviation, said.low, said.high) == pytest.approx((100 / 11, 100 / 11, 100 / 11))
    part = sample_of(town)
    mark_all(town, part, bad=1)
    said = result_of(part).criteria[0]
    assert said.deviation == pytest.approx(20)
    assert said.low is not None
    assert said.high is not None
    assert said.low < 20 < said.high


def test_an_attribute_sample_says_whether_the_limit_is_kept(town: Reviewers) -> None:
    sample = sample_of(town, rule=SampleRule.ATTRIBUTE, tolerable=0.3, confidence=0.9)
    mark_all(town, sample)
    said = result_of(sample).criteria[0]
    assert said.limit is not None
    assert said.limit <= 30
    assert said.within is True


def test_a_divided_sample_weighs_its_parts_and_says_nothing_of_all_when_some_cases_do_not_apply(
    town: Reviewers,
) -> None:
    sample = sample_of(town, rule=SampleRule.ALL, strata="kon")
    assert sum(part["cases"] for part in sample.parameters["strata"].values()) == 11
    mark_all(town, sample, bad=1)
    assert result_of(sample).criteria[0].deviation == pytest.approx(100 / 11)
    item, criterion = sample.items.get(position=2), sample.criteria.get(position=1)
    mark_case(
        item=item,
        marks={criterion.pk: "not_applicable"},
        comment="",
        read_as=item.revision,
        by=town.expert,
        why="Gäller inte",
    )
    said = result_of(sample).criteria[0]
    assert said.deviation is None
    assert said.needs_parts


def test_a_sample_is_drawn_marked_and_read_through_its_pages_and_each_look_is_logged(town: Reviewers) -> None:
    client = Client()
    client.force_login(town.expert)
    asked = {
        "title": "Utredningar",
        "question": "1",
        "measure": "work_or_study_at_exit",
        "committees": ["SN"],
        "start": "2024-01-01",
        "end": "2024-12-31",
        "criteria": "\n".join(CRITERIA),
        "rule": "number",
        "number": 3,
        "confidence": 95,
    }
    answer = client.post(reverse("audit_sample_draw", args=[town.audit.pk]), asked)
    assert answer.status_code == 302, answer.content.decode()
    sample = Sample.objects.get()
    page = client.get(reverse("audit_sample", args=[sample.pk]), {"kontroll": "1"}).content.decode()
    keys = list(sample.items.values_list("key", flat=True))
    assert all(key in page for key in keys)
    assert "Det gav samma ärenden." in page
    item = reverse("audit_sample_item", args=[sample.pk, 1])
    assert client.get(item).status_code == 200
    form = {"kriterium_1": "not_met", "kriterium_2": "met", "comment": "=Datum saknas", "read_as": 1}
    assert client.post(item, form).status_code == 302
    late = client.post(item, {**form, "kriterium_1": "not_applicable", "why": "Nytt"})
    assert late.status_code == 409
    assert "Inte uppfyllt" in late.content.decode()
    file = client.get(reverse("audit_sample_file", args=[sample.pk])).content.decode("utf-8-sig")
    assert "'=Datum saknas" in file
    looks = CaseAccess.objects.filter(purpose=CasePurpose.SAMPLE, user=town.expert).order_by("pk")
    assert looks[0].shown == keys
    assert looks[1].shown == [keys[0]]
    assert [one.code for one in looks[0].committees.all()] == ["SN"]


def test_who_may_not_read_cases_sees_the_result_only_and_others_see_no_sample(town: Reviewers) -> None:
    sample = sample_of(town)
    page = reverse("audit_sample", args=[sample.pk])
    readers = {town.elected: 200, town.secretary: 404, town.manager: 404, town.steward: 404}
    key = SampleItem.objects.filter(sample=sample, position=1).get().key
    for reader, status in readers.items():
        client = Client()
        client.force_login(reader)
        answer = client.get(page)
        assert answer.status_code == status
        assert key not in answer.content.decode()
        for name in ("audit_sample_item", "audit_sample_file"):
            more = [1] if name == "audit_sample_item" else []
            assert client.get(reverse(name, args=[sample.pk, *more])).status_code in (403, 404)
    assert not CaseAccess.objects.exists()
    engagement = town.audit.engagements.get(user=town.expert)
    end_engagement(engagement=engagement, by=town.elected, why="Uppdraget är slut")
    client = Client()
    client.force_login(town.expert)
    assert client.get(page).status_code == 404
