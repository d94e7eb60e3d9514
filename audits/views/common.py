"""What the pages of audits share: finding what may be seen, and what this reader may do there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404

from audits.enums import AuditState
from audits.frameworks.reading import content_of
from audits.models import Audit
from audits.permissions import held_for
from audits.policies import may_write, moves_of
from committees.middleware import UserRequest
from committees.models import User
from committees.permissions import Permission
from committees.views.guards import refuse
from committees.workflows import Move


@dataclass(frozen=True)
class Shell:
    """What stands around every page of an audit, and what this reader may do there."""

    audit: Audit
    held: frozenset[Permission]
    may_write: bool
    moves: tuple[Move, ...]

    @property
    def goes_on(self) -> bool:
        """Whether the auditors still have something to do in the audit itself."""
        return self.audit.state not in AuditState.over()

    @property
    def carries_out(self) -> bool:
        """Whether the reader is one of the auditors."""
        return Permission.CARRY_OUT_AUDITS in self.held

    @property
    def decides(self) -> bool:
        """Whether the reader is one of the audit's elected auditors."""
        return Permission.DECIDE_AUDITS in self.held

    @property
    def responds(self) -> bool:
        """Whether the reader answers for an audited committee."""
        return Permission.RESPOND_TO_AUDITS in self.held


def audit_or_404(user: User, pk: int) -> Audit:
    """Return the audit if the user may read it; otherwise the page does not exist."""
    visible = Audit.objects.visible_to(user).select_related("framework_version__framework", "follows")
    return get_object_or_404(visible, pk=pk)


def own_audit_or_404(user: User, pk: int) -> Audit:
    """Return the audit for one who carries it out. Raises PermissionDenied for others who may read it."""
    audit = audit_or_404(user, pk)
    if Permission.CARRY_OUT_AUDITS not in held_for(user, audit):
        raise refuse(Permission.CARRY_OUT_AUDITS)
    return audit


def shell_of(request: UserRequest, audit: Audit) -> dict[str, Any]:
    """Return the context that every page of an audit begins with."""
    shell = Shell(audit, held_for(request.user, audit), may_write(request.user, audit), moves_of(request.user, audit))
    return {"audit": audit, "shell": shell, "content": content_of(audit.framework_version)}
