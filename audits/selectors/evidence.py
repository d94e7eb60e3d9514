"""Live evidence: what figures and registers say today of what a question calls for. It is shown, and never decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from audits.enums import PinnedKind
from audits.frameworks.model import (
    ControlEvidence,
    DocumentEvidence,
    ForumEvidence,
    MeasureEvidence,
    Question,
    SampleEvidence,
)
from audits.models import Audit, AuditedBody, Sample
from audits.selectors.measured import series_of
from audits.selectors.samples import CriterionResult, result_of
from committees.models import Committee, User
from committees.permissions import access_of
from governance.figures import NoFigure, PinnedFigure, may_see_figures
from governance.models import Control, ControlPlan, ControlResult, Forum, SteeringDocument
from governance.selectors.documents import begins, findings, with_organisation
from governance.selectors.forums import keeping, with_meetings
from reporting.figures.swedish import lower_first, number, percent
from reporting.measures.catalogue import measure as measure_named
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot


@dataclass(frozen=True)
class Evidence:
    """What one thing says, in Swedish. `key` names it within the question; `url` leads to what it rests on.

    `body` is the audited body it is about, None for what is about several. `figures` are the figure of the audited period, then
    those of its years and of the years since. `speaks_for` is the word of the scale that the framework's rules give the audited
    period's figure.
    """

    key: str
    kind: PinnedKind
    title: str
    body: AuditedBody | None
    sentences: tuple[str, ...]
    url: str = ""
    speaks_for: str = ""
    figures: tuple[PinnedFigure, ...] = ()
    snapshot: Snapshot | None = field(default=None, compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"sentences": list(self.sentences), "figures": [figure.as_json() for figure in self.figures]}


def evidence_of(audit: Audit, question: Question, user: User) -> list[Evidence]:
    """Return what is known of the question today, for each audited committee whose matters the user may see."""
    found: list[Evidence] = []
    bodies = [(body, body.committee) for body in audit.bodies.select_related("committee") if body.committee]
    snapshot = latest_snapshot()
    for place, wanted in enumerate(question.evidence):
        for body, committee in bodies:
            key = f"{place}-{body.pk}"
            if isinstance(wanted, MeasureEvidence):
                found.append(_measured(key, wanted, audit, body, committee, user, snapshot))
            elif isinstance(wanted, DocumentEvidence):
                found += _documents(key, wanted, audit, body, committee, user)
            elif isinstance(wanted, ForumEvidence):
                found += _forums(key, wanted, body, committee, user)
            elif isinstance(wanted, ControlEvidence):
                found += _controls(key, wanted, audit, body, committee, user)
    return [*found, *_samples(audit, question, user)]


def _measured(
    key: str,
    wanted: MeasureEvidence,
    audit: Audit,
    body: AuditedBody,
    committee: Committee,
    user: User,
    snapshot: Snapshot | None,
) -> Evidence:
    title = measure_named(wanted.measure).name
    if not may_see_figures(access_of(user), committee):
        said = "Du ser inte siffran. Det kräver behörighet att läsa nämndens siffror och ärenden."
        return Evidence(key, PinnedKind.MEASURE, title, body, (said,))
    try:
        found = series_of(wanted, audit, committee, snapshot)
    except NoFigure as fault:
        return Evidence(key, PinnedKind.MEASURE, title, body, (str(fault),))
    word = wanted.speaks_for(found.whole.value)
    return Evidence(
        key, PinnedKind.MEASURE, title, body, found.sentences, found.whole.url, word, found.figures, snapshot
    )


def _documents(
    key: str, wanted: DocumentEvidence, audit: Audit, body: AuditedBody, committee: Committee, user: User
) -> Iterator[Evidence]:
    listed = SteeringDocument.objects.visible_to(user).filter(kind=wanted.kind, committees=committee)
    none = True
    for document in with_organisation(listed):
        if not wanted.is_about(document.title):
            continue
        none = False
        url = reverse("steering_document", args=[document.pk])
        said = tuple(_then_and_now(document, audit.period_end, timezone.localdate()))
        yield Evidence(f"{key}-{document.pk}", PinnedKind.DOCUMENT, document.title, body, said, url)
    if none:
        nothing = "Inget sådant styrdokument finns i registret."
        yield Evidence(key, PinnedKind.DOCUMENT, wanted.about or wanted.kind.label, body, (nothing,))


def _then_and_now(document: SteeringDocument, end: dt.date, today: dt.date) -> Iterator[str]:
    """Yield how the document stands to the organisation of the audited period's last day, and to that of today."""
    now = _standing(document, today)
    if end >= today:
        yield from now
        return
    then = _standing(document, end)
    last = f"Vid den granskade periodens slut, {end.isoformat()}"
    for sentence in then:
        yield f"{last}{', och i dag' if sentence in now else ''}: {lower_first(sentence)}"
    yield from (f"I dag: {lower_first(sentence)}" for sentence in now if sentence not in then)


def _standing(document: SteeringDocument, day: dt.date) -> list[str]:
    begun = begins(document)
    if begun is not None and begun > day:
        return [f"Dokumentet gällde inte än. Det gäller från {begun.isoformat()}."]
    return [one.sentence for one in findings(document, day)] or ["Inga brister i registret."]


def _forums(key: str, wanted: ForumEvidence, body: AuditedBody, committee: Committee, user: User) -> Iterator[Evidence]:
    today = timezone.localdate()
    none = True
    for forum in with_meetings(Forum.objects.visible_to(user).filter(committees=committee)):
        if not wanted.is_about(forum.name, forum.purpose, forum.others):
            continue
        none = False
        url = reverse("steering_forum", args=[forum.pk])
        yield Evidence(f"{key}-{forum.pk}", PinnedKind.FORUM, forum.name, body, tuple(_kept(forum, today)), url)
    if none:
        yield Evidence(key, PinnedKind.FORUM, wanted.about, body, ("Inget sådant forum finns i registret.",))


def _kept(forum: Forum, day: dt.date) -> Iterator[str]:
    kept = keeping(forum, day)
    yield f"Senaste mötet hölls {kept.last.isoformat()}." if kept.last else "Inget möte är registrerat."
    for first, last in kept.gaps:
        yield f"Längre uppehåll än intervallet: {first.isoformat()} till {last.isoformat()}."


def _controls(
    key: str, wanted: ControlEvidence, audit: Audit, body: AuditedBody, committee: Committee, user: User
) -> Iterator[Evidence]:
    """The controls of the plans of the audited years, and of no other committee's."""
    years = (audit.period_start.year, audit.period_end.year)
    listed = Control.objects.filter(
        risk__plan__committee=committee,
        risk__plan__year__range=years,
        risk__plan__in=ControlPlan.objects.visible_to(user),
    )
    results = Prefetch("results", queryset=ControlResult.objects.order_by("performed_on", "pk"))
    none = True
    for control in listed.select_related("risk").prefetch_related(results):
        if not wanted.is_about(control.title, control.risk.description, control.criterion):
            continue
        none = False
        said = tuple(_shown(one) for one in control.results.all()) or ("Inget resultat än.",)
        url = reverse("steering_control_plan", args=[control.risk.plan_id])
        yield Evidence(f"{key}-{control.pk}", PinnedKind.CONTROL, control.title, body, said, url)
    if none:
        said = ("Ingen sådan kontroll finns i planerna för de granskade åren.",)
        yield Evidence(key, PinnedKind.CONTROL, wanted.about, body, said)


def _shown(result: ControlResult) -> str:
    said = f"{result.performed_on.isoformat()}: {lower_first(result.get_outcome_display())}"
    if result.checked is not None:
        return f"{said}, {number(result.deviations)} avvikelser av {number(result.checked)} kontrollerade."
    return f"{said}."


def _samples(audit: Audit, question: Question, user: User) -> Iterator[Evidence]:
    """The samples drawn for the question, and those that the framework asks for and nobody has drawn."""
    drawn = list(Sample.objects.visible_to(user).filter(audit=audit, question=question.number))
    for sample in drawn:
        url = reverse("audit_sample", args=[sample.pk])
        yield Evidence(f"sample-{sample.pk}", PinnedKind.SAMPLE, sample.title, None, tuple(_found(sample)), url)
    for place, wanted in enumerate(question.evidence):
        if isinstance(wanted, SampleEvidence) and wanted.measure not in {sample.measure for sample in drawn}:
            title = wanted.about or measure_named(wanted.measure).name
            url = f"{reverse('audit_sample_draw', args=[audit.pk])}?{urlencode({'fraga': question.number})}"
            yield Evidence(
                f"sample-{place}-wanted", PinnedKind.SAMPLE, title, None, ("Inget stickprov är draget.",), url
            )


def _found(sample: Sample) -> Iterator[str]:
    result = result_of(sample)
    yield (
        f"{number(sample.size)} av {number(sample.population_size)} ärenden är dragna och {number(result.marked)} granskade."
    )
    for one in result.criteria:
        yield f"{one.criterion.text}: {_held(one)}"
    if sample.conclusion:
        yield sample.conclusion


def _held(one: CriterionResult) -> str:
    said = f"{number(one.not_met)} av {number(one.met + one.not_met)} uppfyller det inte."
    if one.deviation is None:
        return said
    return (
        f"{said} Bland alla ärenden är det {percent(one.deviation)}, "
        f"med {percent(one.low)} och {percent(one.high)} som gränser för osäkerheten."
    )
