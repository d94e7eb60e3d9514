"""Making people and giving and ending their roles."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.enums import Role
from committees.models import Committee, PeopleChange, RoleAssignment, Unit, User

_START_OF_TIME = dt.date(2000, 1, 1)


@transaction.atomic
def add_person(
    *,
    username: str,
    password: str,
    role: Role | str,
    committee: Committee | None = None,
    unit: Unit | None = None,
    by: User | None = None,
) -> User:
    """Make a person with one role and return them; `assign_role` gives more roles. The same call twice changes nothing.

    Raises ValidationError, in Swedish, for a weak password, and for a role without the committee it needs. `by` is None when
    the installation itself makes its first people.
    """
    person = User.objects.filter(username=username).first()
    if person is None:
        person = User(username=username)
        validate_password(password, person)
        person.set_password(password)
        person.save()
        PeopleChange.objects.create(person=person, by=by, what=PeopleChange.What.ADDED)
    assign_role(person=person, role=role, committee=committee, unit=unit, by=by)
    return person


@transaction.atomic
def assign_role(
    *,
    person: User,
    role: Role | str,
    committee: Committee | None = None,
    unit: Unit | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    by: User | None = None,
) -> RoleAssignment:
    """Give the person a role and return the assignment; one that is already held without an end is returned as it is.

    Without a start the role has always held. Raises ValidationError, in Swedish, for a role without the committee it needs, a
    unit without a committee, an end before the start, or a role that someone gives themselves.
    """
    role = Role(role)
    if by is not None and by.pk == person.pk:
        raise ValidationError("Du kan inte ge dig själv en roll. Be en annan administratör.")
    if committee is None and role not in {Role.DATA_STEWARD, Role.ADMINISTRATOR}:
        raise ValidationError(f"Rollen {role.label.lower()} gäller alltid en nämnd. Välj vilken.")
    if unit is not None and committee is None:
        raise ValidationError("En roll som gäller en enhet behöver också en nämnd. Välj vilken.")
    start = start or _START_OF_TIME
    if end is not None and end < start:
        raise ValidationError("Rollen kan inte sluta innan den börjar. Ändra något av datumen.")
    same = RoleAssignment.objects.filter(user=person, role=role, committee=committee, unit=unit, end__isnull=True)
    held = same.filter(start__lte=start).order_by("pk").first()
    if held is not None and end is None:
        return held
    assignment = RoleAssignment.objects.create(
        user=person, role=role, committee=committee, unit=unit, start=start, end=end
    )
    PeopleChange.objects.create(
        person=person, by=by, what=PeopleChange.What.ROLE_GIVEN, detail=f"{assignment} från {start.isoformat()}"
    )
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, by: User) -> None:
    """Take the role away at once: its last day was yesterday. One given today goes; the log keeps that it was given.

    One that has ended already stays as it is: when it held is part of who could see what.
    """
    today = timezone.localdate()
    if assignment.end is not None and assignment.end < today:
        return
    said = str(assignment)
    if assignment.start >= today:
        assignment.delete()
    else:
        assignment.end = today - dt.timedelta(days=1)
        assignment.save(update_fields=["end"])
    PeopleChange.objects.create(person=assignment.user, by=by, what=PeopleChange.What.ROLE_ENDED, detail=said)
