"""A mapping profile: what a source system's files say, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from cases.deliveries.rules import AS_IT_IS, FileRules


@dataclass(frozen=True)
class Profile:
    """What a profile's text says. `name` is what a call names it by."""

    name: str
    system: str
    description: str
    files: tuple[FileRules, ...]

    def rules(self, kind: str) -> FileRules:
        """Return the rules for a kind of file; one that the profile does not name is read as it is."""
        return next((rules for rules in self.files if rules.kind == kind), AS_IT_IS)


CANONICAL = Profile("", "", "", ())
"""Files as the formats describe them."""
