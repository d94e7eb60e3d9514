"""A report on its way, for tests: two committees with their people, the templates, a calendar and a snapshot."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from committees.actions.people import assign_role
from committees.enums import Role
from committees.models import Committee, User
from reporting.documents import storage
from reporting.documents.actions import render_queued
from reporting.documents.annual.manifest import tables_of
from reporting.documents.content import Cover, Document
from reporting.documents.models import BoardReport, Report, ReportPart, ReportPeriod, ReportTemplateVersion
from reporting.documents.publication.keeping import keep_document
from reporting.documents.templates.storing import deliver_templates
from reporting.documents.work.moving import adjust, approve, decide, move_report
from reporting.documents.work.setting_up import Assignment, set_up_report
from reporting.documents.work.writing import mark_ready, write_text
from reporting.enums import ReportStatus
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.factories import deliver, setup_small_municipality
from tests.web.town import person

CALENDAR = """
[[rapportperiod]]
kod = "delar"
namn = "Delårsrapport"
slag = "delarsrapport"
slut = "08-31"
lagstadgad = true
[[rapportperiod]]
kod = "helar"
namn = "Helårsrapport"
slag = "helarsrapport"
slut = "12-31"
"""
MEETING = dt.date(2024, 10, 22)
REPORTED = dt.date(2024, 8, 31)


def prepare() -> None:
    """Set up the municipality with its calendar and the templates that come with the application."""
    setup_small_municipality(CALENDAR)
    deliver_templates()


def template(code: str) -> ReportTemplateVersion:
    """Return the newest version of a template."""
    return ReportTemplateVersion.objects.filter(template__code=code).order_by("-number")[0]


def committee(code: str) -> Committee:
    """Return the committee."""
    return Committee.objects.get(code=code)


def secretary_of(*codes: str) -> User:
    """Return somebody who is secretary of the committees."""
    return _with_roles("sekreteraren", Role.SECRETARY, codes)


def manager_of(*codes: str, name: str = "chefen") -> User:
    """Return somebody who heads the departments of the committees."""
    return _with_roles(name, Role.MANAGER, codes)


def _with_roles(name: str, role: Role, codes: tuple[str, ...]) -> User:
    user = person(name, role, codes[0])
    for code in codes[1:]:
        assign_role(person=user, role=role, committee=committee(code))
    return user


def interim(by: User, **changes: object) -> BoardReport:
    """Set up SN's statutory interim report of 2024."""
    fields: dict[str, object] = {
        "template_version": template("delarsrapport"),
        "meetings": {committee("SN"): MEETING},
        "period": ReportPeriod.objects.get(code="delar"),
        "year": 2024,
        "registry_number": "SN 2024/118",
    }
    return set_up_report(Assignment(**{**fields, **changes}), by=by)  # type: ignore[arg-type]  # named above


def joint(by: User, year: int = 2024) -> BoardReport:
    """Set up the joint follow-up of the year by SN and KUN."""
    meetings = {committee("SN"): dt.date(year + 1, 3, 11), committee("KUN"): dt.date(year + 1, 3, 18)}
    period = ReportPeriod.objects.get(code="helar")
    wanted = Assignment(template("samlad-uppfoljning"), meetings, period=period, year=year)
    return set_up_report(wanted, by=by)


def part(report: BoardReport, code: str) -> ReportPart:
    """Return a part as it now stands."""
    return report.parts.select_related("report").get(code=code)


def write_all(report: BoardReport, by: User) -> None:
    """Write every part of the report and mark it ready."""
    for one in report.parts.select_related("report"):
        written = write_text(one, text=f"Text om {one.code}.", read_as=one.revision, by=by)
        mark_ready(written, read_as=written.revision, by=by)


def snapshot(as_of: dt.date = dt.date(2024, 9, 15)) -> Snapshot:
    """Return a snapshot of one person's enrolment, which began the year before."""
    deliver(
        personer=[{"person": "P1", "födelsedatum": dt.date(1990, 5, 5), "kön": "K"}],
        inskrivningar=[{"inskrivning": "I1", "person": "P1", "enhet": "AME", "start": dt.date(2023, 2, 1)}],
    )
    return freeze(as_of=as_of)


def the_worker_makes_the_pdf(report: BoardReport) -> Report:
    """Let the worker make the PDF that was ordered when the report was frozen, and return it."""
    edition = report.editions.get(status=ReportStatus.QUEUED)
    render_queued(edition)
    edition.refresh_from_db()
    return edition


def as_if_made(report: BoardReport, document: Document | None = None) -> BoardReport:
    """Say that the PDF that was ordered is made, of the document, where what is tested is what then becomes of the report."""
    cover = Cover(report.title, "Ämne", "Nämnden", "Kommunen", report.registry_number, "1", "", "", "")
    document = document or Document(cover, ())
    sha256 = storage.store(f"%PDF-1.7 {report.content_sha256}".encode())
    keep_document(sha256, document)
    manifest = {"content": report.content_sha256, "tables": tables_of(document), "figures": []}
    made = {"sha256": sha256, "manifest": manifest, "finished_at": timezone.now()}
    report.editions.filter(status=ReportStatus.QUEUED).update(status=ReportStatus.READY, **made)
    return report


def published(report: BoardReport, secretary: User, *, on: dt.date = MEETING) -> BoardReport:
    """Take a report whose PDF is made from its approval to its publication."""
    [code] = [meeting.committee.code for meeting in report.meetings.all()]
    report = approve(report, sha256=report.content_sha256, by=manager_of(code))
    report = move_report(report, name="prepare", read_as=report.revision, by=secretary)
    report = decide(report, committee=committee(code), on=on, paragraph="87", by=secretary)
    report = adjust(report, committee=committee(code), on=on, by=secretary)
    return move_report(report, name="publish", read_as=report.revision, by=secretary)


def person_in(name: str, code: str) -> User:
    """Return the secretary of one committee, by that name."""
    return _with_roles(name, Role.SECRETARY, (code,))
