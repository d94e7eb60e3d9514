"""Live evidence: what figures and registers say today of what a question calls for. It is shown, and never decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from audits.enums import PinnedKind
from audits.frameworks.model import ControlEvidence, DocumentEvidence, ForumEvidence, MeasureEvidence, Question
from audits.models import Audit, AuditedBody
from committees.models import Committee, User
from committees.permissions import access_of
from governance.figures import NoFigure, PinnedFigure, may_see_figures, movement, pinned
from governance.models import Control, ControlPlan, ControlResult, Forum, SteeringDocument
from governance.selectors.documents import findings, with_organisation
from governance.selectors.forums import keeping, with_meetings
from reporting.figures.computing import compute
from reporting.figures.model import Period, RequestFault
from reporting.figures.requests import last_full_year, request
from reporting.measures.catalogue import measure as measure_named
from reporting.snapshots.engine import engine_for
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot


@dataclass(frozen=True)
class Evidence:
    """What one thing says, in Swedish. `key` names it within the question; `url` leads to what it rests on.

    `figures` are the figure of the audited period and, where there is one, of the last full year since. `speaks_for` is the
    word of the scale that the framework's rules give the audited period's figure.
    """

    key: str
    kind: PinnedKind
    title: str
    body: AuditedBody
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
    for number, wanted in enumerate(question.evidence):
        for body, committee in bodies:
            key = f"{number}-{body.pk}"
            if isinstance(wanted, MeasureEvidence):
                found.append(_measured(key, wanted, audit, body, committee, user, snapshot))
            elif isinstance(wanted, DocumentEvidence):
                found += _documents(key, wanted, body, committee, user)
            elif isinstance(wanted, ForumEvidence):
                found += _forums(key, wanted, body, committee, user)
            elif isinstance(wanted, ControlEvidence):
                found += _controls(key, wanted, audit, body, committee, user)
    return found


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
        then = _figure(wanted, committee, _audited_period(audit), snapshot)
        figures = [then]
        sentences = [f"{then.period}: {then.in_words}."]
        since = last_full_year(snapshot.as_of) if snapshot else None
        if since is not None and since.start > _audited_period(audit).end:
            now = _figure(wanted, committee, since, snapshot)
            figures.append(now)
            sentences.append(movement(then, now).sentence)
    except NoFigure as fault:
        return Evidence(key, PinnedKind.MEASURE, title, body, (str(fault),))
    word = wanted.speaks_for(then.value)
    return Evidence(key, PinnedKind.MEASURE, title, body, tuple(sentences), then.url, word, tuple(figures), snapshot)


def _audited_period(audit: Audit) -> Period:
    return Period(audit.period_start, audit.period_end)


def _figure(wanted: MeasureEvidence, committee: Committee, period: Period, snapshot: Snapshot | None) -> PinnedFigure:
    if snapshot is None:
        raise NoFigure("Det finns inget underlag än.")
    selection: Mapping[str, tuple[str, ...]] = wanted.selection or {}
    try:
        where = {**selection, "namnd": (committee.code,)}
        asked = request(wanted.measure, period=period, variant=wanted.variant or None, where=where)
        return pinned(compute(engine_for(snapshot), asked), selection, committee)
    except (RequestFault, SnapshotFault) as fault:
        raise NoFigure(str(fault)) from fault


def _documents(
    key: str, wanted: DocumentEvidence, body: AuditedBody, committee: Committee, user: User
) -> Iterator[Evidence]:
    today = timezone.localdate()
    listed = SteeringDocument.objects.visible_to(user).filter(kind=wanted.kind, committees=committee)
    none = True
    for document in with_organisation(listed):
        none = False
        flaws = tuple(one.sentence for one in findings(document, today)) or ("Inga brister i registret.",)
        url = reverse("steering_document", args=[document.pk])
        yield Evidence(f"{key}-{document.pk}", PinnedKind.DOCUMENT, document.title, body, flaws, url)
    if none:
        said = "Inget sådant styrdokument finns i registret."
        yield Evidence(key, PinnedKind.DOCUMENT, wanted.about or wanted.kind.label, body, (said,))


def _forums(key: str, wanted: ForumEvidence, body: AuditedBody, committee: Committee, user: User) -> Iterator[Evidence]:
    today = timezone.localdate()
    none = True
    for forum in with_meetings(Forum.objects.visible_to(user).filter(committees=committee)):
        none = False
        url = reverse("steering_forum", args=[forum.pk])
        yield Evidence(f"{key}-{forum.pk}", PinnedKind.FORUM, forum.name, body, tuple(_kept(forum, today)), url)
    if none:
        yield Evidence(key, PinnedKind.FORUM, wanted.about, body, ("Inget forum finns i registret.",))


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
    for control in listed.prefetch_related(results):
        none = False
        said = tuple(f"{one.performed_on.isoformat()}: {one.get_outcome_display()}." for one in control.results.all())
        yield Evidence(f"{key}-{control.pk}", PinnedKind.CONTROL, control.title, body, said or ("Inget resultat än.",))
    if none:
        yield Evidence(key, PinnedKind.CONTROL, wanted.about, body, ("Ingen kontroll finns i planerna.",))
