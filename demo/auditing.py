"""The demonstration's audits: the two published ones and an invented follow-up, built through the actions that people use."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from audits.actions.audits import Body, Commission, add_source, revise_audit, set_response_due, start_audit
from audits.actions.audits import write_cover_letter as write_letter
from audits.actions.fact_checks import answer_comment, comment
from audits.actions.findings import add_observation, assess, recommend
from audits.actions.frameworks import deliver_frameworks, store_framework
from audits.actions.moves import move_audit
from audits.enums import ObservationKind
from audits.models import Audit, Framework, FrameworkVersion, Observation, Recommendation
from committees.models import Committee, User
from demo.audit_answers import answer

_DATA = settings.BASE_DIR / "demo" / "audit_data"
FILES = {"pwc": "pwc-2019.toml", "kpmg": "kpmg-2024.toml", "followup": "followup-2025.toml"}
"""The audits in the order they were made, by the name the files call each other."""

ELECTED = "fortroendevald"
"""The account that lays up and decides."""


@transaction.atomic
def add_audits() -> int:
    """Add the audits, the answers and what was verified, and return how many audits that were; 0 when they are there.

    The accounts and a snapshot must be there: an action's measure is pinned as it stands.
    """
    told = {name: tomllib.loads((_DATA / file).read_text(encoding="utf-8")) for name, file in FILES.items()}
    titles = [data["commission"]["title"] for data in told.values()]
    if Audit.objects.filter(title__in=titles).exists():
        return 0
    deliver_frameworks()
    by = User.objects.get(username=ELECTED)
    made: dict[str, Audit] = {}
    for name, data in told.items():
        made[name] = _audit(data, made, by)
    for name, data in told.items():
        answer(data, made[name], made, by)
    return len(made)


def _audit(data: Mapping[str, Any], earlier: Mapping[str, Audit], by: User) -> Audit:
    commission = dict(data["commission"])
    if "follows" in data:
        commission["follows"] = earlier[data["follows"]]
    audit = start_audit(
        framework_version=_framework(data, by),
        commission=Commission(**commission),
        bodies=[Body(Committee.objects.get(code=code)) for code in data["bodies"]],
        by=by,
        start=data["decided_on"] - dt.timedelta(days=120),
    )
    due = data.get("fact_check_due", data["decided_on"] - dt.timedelta(days=14))
    written = {**data["written"], "fact_check_due": due, "report_date": data["decided_on"]}
    audit = revise_audit(audit, read_as=audit.revision, by=by, **written)
    for source in data.get("sources", ()):
        add_source(audit=audit, by=by, **source)
    _write_findings(data, audit, earlier, by)
    return _take_to_publication(data, audit, by)


def _framework(data: Mapping[str, Any], by: User) -> FrameworkVersion:
    if "framework_text" in data:
        return store_framework(text=data["framework_text"], by=by)
    return Framework.objects.get(code=data["framework"]).versions.order_by("-number")[0]


def _write_findings(data: Mapping[str, Any], audit: Audit, earlier: Mapping[str, Audit], by: User) -> None:
    bodies = {body.code: body for body in audit.bodies.select_related("committee")}
    for found in data["observations"]:
        add_observation(audit=audit, by=by, **{**found, "body": bodies.get(found.get("body", ""))})
    for found in data["assessments"]:
        assess(audit=audit, by=by, **{**found, "body": bodies.get(found.get("body", ""))})
    for found in data["recommendations"]:
        recommend(
            audit=audit,
            by=by,
            number=found["number"],
            text=found["text"],
            questions=found["questions"],
            addressees=[Body(bodies[code].committee) for code in found["to"]],
            takes_over=_named(found.get("takes_over"), earlier),
            repeats=_named(found.get("repeats"), earlier),
        )


def _named(name: str | None, audits: Mapping[str, Audit]) -> Recommendation | None:
    """Return the recommendation that "kpmg:6" names."""
    if name is None:
        return None
    audit, _, number = name.partition(":")
    return audits[audit].recommendations.get(number=number, removed=False)


def _take_to_publication(data: Mapping[str, Any], audit: Audit, by: User) -> Audit:
    audit = move_audit(audit, name="send_to_fact_check", by=by)
    for said in data.get("comments", ()):
        _fact_check(said, audit, by)
    for name in ("close_fact_check", "submit"):
        audit = move_audit(audit, name=name, by=by)
    audit = write_letter(audit, text=data["cover_letter"].strip(), read_as=audit.revision, by=by)
    for body in audit.bodies.select_related("committee", "audit"):
        if body.code in data["response_due"]:
            set_response_due(body=body, due=data["response_due"][body.code], by=by)
    audit = move_audit(audit, name="decide", by=by, on=data["decided_on"], paragraph=data["paragraph"])
    return move_audit(audit, name="publish", by=by, on=data["published_on"])


def _fact_check(said: Mapping[str, str], audit: Audit, by: User) -> None:
    """Let the committee comment on the weakness seen under the question, and the auditors take it."""
    observation = Observation.objects.get(audit=audit, question=said["question"], kind=ObservationKind.WEAKNESS)
    body = audit.bodies.get(committee__code=said["body"])
    made = comment(
        audit=audit,
        body=body,
        text=said["text"],
        by=User.objects.get(username="sekreterare"),
        finding=observation,
    )
    answer_comment(
        made, take=True, reason=said["reason"], by=by, new_text=said["new_text"], read_as=observation.revision
    )
