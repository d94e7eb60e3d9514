"""Storing report templates: a text that can be read becomes a new version, and every version stays."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

from committees.models import User
from committees.permissions import Permission, access_of
from committees.toml_tables import Fault, TextFault
from committees.views.guards import refuse
from reporting.documents.models import ReportTemplate, ReportTemplateVersion
from reporting.documents.templates.reading import read

DELIVERED = Path(__file__).parent / "delivered"
"""The templates that come with the application, one file each."""


class TemplateOvertaken(Exception):
    """Somebody else saved a version while this was written; `latest` is it. Nothing was stored."""

    def __init__(self, latest: ReportTemplateVersion) -> None:
        """Keep the other's version."""
        self.latest = latest
        super().__init__(f"Någon annan har sparat version {latest.number} medan du skrev. Båda texterna visas nedan.")


@transaction.atomic
def store_template(
    *, text: str, by: User | None, note: str = "", of: ReportTemplate | None = None, read_as: int = 0
) -> ReportTemplateVersion:
    """Store the text as the next version of its template and return it; the very text that stands already is returned.

    `of` is the template that was edited, whose code and kind the text must keep, and `read_as` the number of the version that
    was edited; without `of` the code must be new. `by` is None when the installation itself delivers it. Raises
    PermissionDenied, TextFault with everything that is wrong with the text, or TemplateOvertaken.
    """
    if by is not None and not access_of(by).may(Permission.MAKE_REPORTS):
        raise refuse(Permission.MAKE_REPORTS)
    text = text.replace("\r\n", "\n").strip() + "\n"
    content = read(text)
    known = ReportTemplate.objects.select_for_update().filter(code=content.code).first()
    if of is not None and (of.code, of.kind) != (content.code, content.kind):
        raise TextFault([Fault(0, f"Mallen behåller sin kod och sitt slag: ”{of.code}” och ”{of.kind}”.")])
    if of is None and by is not None and known is not None:
        raise TextFault([Fault(0, f"Koden ”{content.code}” används redan av mallen ”{known.title}”.")])
    latest = known.versions.first() if known else None
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if latest is not None and latest.sha256 == sha256:
        return latest
    if of is not None and latest is not None and latest.number != read_as:
        raise TemplateOvertaken(latest)
    template, _ = ReportTemplate.objects.update_or_create(
        code=content.code, defaults={"title": content.title, "kind": content.kind}
    )
    number = (latest.number if latest else 0) + 1
    return ReportTemplateVersion.objects.create(
        template=template, number=number, text=text, sha256=sha256, note=note.strip(), by=by
    )


def deliver_templates() -> list[ReportTemplateVersion]:
    """Store the templates that come with the application and return the newest version of each.

    A delivered text that has changed becomes the next version, unless the template has been edited in the application: then the
    edited version stays the newest.
    """
    known = {template.code: template for template in ReportTemplate.objects.prefetch_related("versions")}
    stored: list[ReportTemplateVersion] = []
    for path in sorted(DELIVERED.glob("*.toml")):
        # Each file is named by its template's code.
        template = known.get(path.stem)
        latest = template.versions.all()[0] if template else None
        if latest is None or latest.by_id is None:
            latest = store_template(text=path.read_text(encoding="utf-8"), by=None, note="Följer med Utfall")
        stored.append(latest)
    return stored
