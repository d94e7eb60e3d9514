"""The demonstration's people who log in: one a role, each for the committees where the role has something to do."""

from __future__ import annotations

from dataclasses import dataclass

from committees.actions.people import add_person
from committees.enums import Role
from committees.models import Committee, User


@dataclass(frozen=True)
class Account:
    """One log-in. `committees` are codes of kommun.toml; none for a role that holds for the whole municipality."""

    username: str
    role: Role
    committees: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """The role and where it holds, as the log-in list says it."""
        return f"{self.role.label.lower()}, {' och '.join(self.committees) or 'hela kommunen'}"


ACCOUNTS = (
    Account("sekreterare", Role.SECRETARY, ("SN", "KUN")),
    Account("kommunsekreterare", Role.SECRETARY, ("KS",)),
    Account("fortroendevald", Role.ELECTED_AUDITOR, ("KS", "SN", "KUN")),
    Account("revisor", Role.AUDITOR, ("SN", "KUN")),
    Account("chef", Role.MANAGER, ("SN",)),
    Account("systemforvaltare", Role.DATA_STEWARD),
    Account("administrator", Role.ADMINISTRATOR),
)


def add_accounts(password: str) -> int:
    """Make the accounts that are not there yet, all with the same password, and return how many that were.

    Raises ValidationError, in Swedish, when the password is too weak.
    """
    before = User.objects.count()
    committees = Committee.objects.in_bulk(field_name="code")
    for account in ACCOUNTS:
        places: list[Committee | None] = [committees[code] for code in account.committees]
        for committee in places or [None]:
            add_person(username=account.username, password=password, role=account.role, committee=committee)
    return User.objects.count() - before
