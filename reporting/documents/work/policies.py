"""Who may do what with a report on its way, asked where it is done."""

from __future__ import annotations

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse
from committees.workflows import MoveFault
from reporting.documents.models import BoardReport, ReportPart
from reporting.enums import ReportState


def codes_of(report: BoardReport) -> list[str]:
    """Return the codes of the report's committees."""
    return sorted(meeting.committee.code for meeting in report.meetings.all())


def held_for_report(user: User, report: BoardReport) -> frozenset[Permission]:
    """Return what the user holds for the report: for all of its committees, in all their units."""
    access, codes = access_of(user), codes_of(report)
    return frozenset(permission for permission in Permission if access.may_for(permission, codes))


def held_for_some(user: User, report: BoardReport) -> frozenset[Permission]:
    """Return what the user holds for at least one of the report's committees, in all its units.

    Each committee of a joint report has its own approval and its own decision.
    """
    access, codes = access_of(user), codes_of(report)
    return frozenset(
        permission for permission in Permission if any(access.may_for(permission, [code]) for code in codes)
    )


def may_see_figures(user: User, report: BoardReport) -> bool:
    """Whether the user may see what the report shows: who has the figures of one of its committees, as of finished ones."""
    return bool(set(access_of(user).committees_with(Permission.SEE_FIGURES)) & set(codes_of(report)))


def may_see_changes(user: User, report: BoardReport) -> bool:
    """Whether the user may see how the figures of a draft change: who may see all figures of all of its committees.

    Two versions of a draft are not protected against each other, so what differs between them may be a single person.
    """
    return Permission.SEE_FIGURES in held_for_report(user, report)


def own_committees(user: User, report: BoardReport, permission: Permission) -> list[Committee]:
    """Return those of the report's committees that the user holds the permission for, in all their units."""
    access = access_of(user)
    committees = [meeting.committee for meeting in report.meetings.all()]
    return [committee for committee in committees if access.may_for(permission, [committee.code])]


def may_write(user: User, part: ReportPart) -> bool:
    """Whether the user may write the part: its writer or the report's secretary; while nobody is named, all who write there.

    A writer without a role in any of the committees any more writes nothing.
    """
    access, codes = access_of(user), codes_of(part.report)
    if access.may_for(Permission.MAKE_REPORTS, codes):
        return True
    has_role = bool(set(access.committees_with(Permission.WRITE_REPORTS)) & set(codes))
    return has_role and part.writer_id in (None, user.pk)


def require_writing(part: ReportPart, *, by: User) -> None:
    """Raise PermissionDenied unless the user may write the part, and MoveFault when the report is no longer a draft."""
    if not may_write(by, part):
        raise refuse(Permission.WRITE_REPORTS)
    require_draft(part.report)


def require_draft(report: BoardReport) -> None:
    """Raise MoveFault, in Swedish, when the report's texts are frozen."""
    if report.state not in ReportState.in_writing():
        raise MoveFault(
            f"Texterna är låsta: rapportens läge är ”{report.get_state_display()}”. "
            "Sekreteraren kan öppna rapporten för ändringar så länge den inte är beslutad."
        )


def require_secretary(report: BoardReport, *, by: User) -> None:
    """Raise PermissionDenied unless the user may make reports for all of its committees."""
    if Permission.MAKE_REPORTS not in held_for_report(by, report):
        raise refuse(Permission.MAKE_REPORTS)
