"""Documents that people write as TOML and keep in versions: a text that can be read becomes the next one, and every one stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from django.conf import settings
from django.db import models, transaction

from committees.models import User
from committees.permissions import Permission, access_of
from committees.toml_tables import Fault, TextFault
from committees.views.guards import refuse


class VersionedText(models.Model):
    """A document whose contents stand in its versions."""

    code = models.SlugField("kod", max_length=60, unique=True)

    class Meta:
        abstract = True


class TextVersion(models.Model):
    """One version of a document, its text kept as it was written; `by` is None when it came with the application."""

    number = models.PositiveIntegerField("version")
    text = models.TextField("innehåll")
    sha256 = models.CharField("SHA-256", max_length=64)
    note = models.CharField("vad som ändrats", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        abstract = True


class TextOvertaken(Exception):
    """Somebody else saved a version while this was written; `latest` is it. Nothing was stored."""

    def __init__(self, latest: TextVersion) -> None:
        """Keep the other's version."""
        self.latest = latest
        super().__init__(f"Någon annan har sparat version {latest.number} medan du skrev. Båda texterna visas nedan.")


class TextContent(Protocol):
    """What a text says. The code is what its document is known by."""

    @property
    def code(self) -> str:
        """The document's code."""


Document = TypeVar("Document", bound=VersionedText)
Version = TypeVar("Version", bound=TextVersion)
Content = TypeVar("Content", bound=TextContent)


@dataclass(frozen=True)
class Shelf(Generic[Document, Version, Content]):
    """The documents of one kind: where their rows are, who may write them, how a text is read and what comes delivered.

    `link` is the version's field that points to its document, `named` the kind in Swedish with its article ("mallen"). `read`
    raises TextFault with everything that is wrong. `fields` are what the document's row repeats of its newest version, and `kept`
    says in Swedish what an edit has changed that it must not, or nothing. `delivered` holds the texts that come with the
    application, each named by its document's code.
    """

    documents: type[Document]
    versions: type[Version]
    link: str
    named: str
    permission: Permission
    read: Callable[[str], Content]
    fields: Callable[[Content], Mapping[str, Any]]
    kept: Callable[[Document, Content], str]
    delivered: Path

    @transaction.atomic
    def store(
        self, *, text: str, by: User | None, note: str = "", of: Document | None = None, read_as: int = 0
    ) -> Version:
        """Store the text as the next version of its document and return it; the very text that stands already is returned.

        `of` is the document that was edited, and `read_as` the number of the version that was edited; without `of` the code must
        be new. `by` is None when the installation itself delivers it. Raises PermissionDenied, TextFault with everything that is
        wrong with the text, or TextOvertaken when another version came in between.
        """
        if by is not None and not access_of(by).may(self.permission):
            raise refuse(self.permission)
        text = text.replace("\r\n", "\n").strip() + "\n"
        content = self.read(text)
        known = self.documents._default_manager.select_for_update().filter(code=content.code).first()
        if of is not None and (fault := self.kept(of, content)):
            raise TextFault([Fault(0, fault)])
        if of is None and by is not None and known is not None:
            raise TextFault([Fault(0, f"Koden ”{content.code}” används redan av {self.named} ”{known}”.")])
        latest = self.latest(known) if known else None
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        if latest is not None and latest.sha256 == sha256:
            return latest
        if of is not None and latest is not None and latest.number != read_as:
            raise TextOvertaken(latest)
        document, _ = self.documents._default_manager.update_or_create(code=content.code, defaults=self.fields(content))
        number = (latest.number if latest else 0) + 1
        return self.versions._default_manager.create(
            number=number, text=text, sha256=sha256, note=note.strip(), by=by, **{self.link: document}
        )

    def latest(self, document: Document) -> Version | None:
        """Return the newest version of a document."""
        return self.versions._default_manager.filter(**{self.link: document}).order_by("-number").first()

    def deliver(self) -> list[Version]:
        """Store the texts that come with the application and return the newest version of each.

        A delivered text that has changed becomes the next version, unless somebody has edited the document: then the edited
        version stays the newest.
        """
        newest: dict[str, Version] = {}
        rows = self.versions._default_manager.select_related(self.link).order_by("number")
        for version in rows.filter(**{f"{self.link}__code__in": self.delivered_codes()}):
            newest[getattr(version, self.link).code] = version
        stored: list[Version] = []
        for path in sorted(self.delivered.glob("*.toml")):
            latest = newest.get(path.stem)
            if latest is None or latest.by_id is None:
                latest = self.store(text=path.read_text(encoding="utf-8"), by=None, note="Följer med Utfall")
            stored.append(latest)
        return stored

    def delivered_codes(self) -> set[str]:
        """Return the codes of the documents that come with the application."""
        return {path.stem for path in self.delivered.glob("*.toml")}
