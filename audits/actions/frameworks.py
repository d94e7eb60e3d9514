"""Storing frameworks: a text that can be read becomes a new version, and every version stays."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

from audits.frameworks.reading import read
from audits.models import Framework, FrameworkVersion
from committees.models import User
from committees.permissions import Permission, access_of
from committees.toml_tables import Fault, TextFault
from committees.views.guards import refuse

DELIVERED = Path(__file__).parent.parent / "frameworks" / "delivered"
"""The frameworks that come with the application, one file each."""


class FrameworkOvertaken(Exception):
    """Somebody else saved a version while this was written; `latest` is it. Nothing was stored."""

    def __init__(self, latest: FrameworkVersion) -> None:
        """Keep the other's version."""
        self.latest = latest
        super().__init__(f"Någon annan har sparat version {latest.number} medan du skrev. Båda texterna visas nedan.")


@transaction.atomic
def store_framework(
    *, text: str, by: User | None, note: str = "", of: Framework | None = None, read_as: int = 0
) -> FrameworkVersion:
    """Store the text as the next version of its framework and return it; the very text that stands already is returned.

    `of` is the framework that was edited, whose code the text must keep, and `read_as` the number of the version that was
    edited; without `of` the code must be new. `by` is None when the installation itself delivers it. Raises PermissionDenied,
    TextFault with everything that is wrong with the text, or FrameworkOvertaken when another version came in between.
    """
    if by is not None and not access_of(by).may(Permission.CARRY_OUT_AUDITS):
        raise refuse(Permission.CARRY_OUT_AUDITS)
    text = text.replace("\r\n", "\n").strip() + "\n"
    content = read(text)
    known = Framework.objects.select_for_update().filter(code=content.code).first()
    if of is not None and of.code != content.code:
        raise TextFault(
            [Fault(0, f"Koden ska vara ”{of.code}”. Ett ramverk behåller sin kod; ett nytt läggs upp för sig.")]
        )
    if of is None and by is not None and known is not None:
        raise TextFault([Fault(0, f"Koden ”{content.code}” används redan av ramverket ”{known.title}”.")])
    latest = known.versions.first() if known else None
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if latest is not None and latest.sha256 == sha256:
        return latest
    if of is not None and latest is not None and latest.number != read_as:
        raise FrameworkOvertaken(latest)
    framework, _ = Framework.objects.update_or_create(
        code=content.code, defaults={"title": content.title, "origin": content.origin}
    )
    number = (latest.number if latest else 0) + 1
    return FrameworkVersion.objects.create(
        framework=framework, number=number, text=text, sha256=sha256, note=note.strip(), by=by
    )


def deliver_frameworks() -> list[FrameworkVersion]:
    """Store the frameworks that come with the application and return them; those that are there already stay as they are.

    A delivered framework that has been edited in the application keeps the edited version.
    """
    stored: list[FrameworkVersion] = []
    for path in sorted(DELIVERED.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        known = Framework.objects.filter(code=read(text).code).first()
        latest = known.versions.first() if known else None
        stored.append(latest or store_framework(text=text, by=None, note="Följer med Utfall"))
    return stored
