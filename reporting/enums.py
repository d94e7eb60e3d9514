"""The closed lists of reporting: kinds of report, their way to being ready, levels of an exemption, genders in Kolada."""

from __future__ import annotations

from django.db import models


class ReportKind(models.TextChoices):
    """What a report is, by the name it has in commands and in kommun.toml."""

    ANNUAL = "helarsrapport", "Helårsrapport"
    INTERIM = "delarsrapport", "Delårsrapport"
    MONTHLY = "manadsblad", "Månadsblad"
    BRIEF = "kortversion", "Kortversion"
    MEMO = "tjansteskrivelse", "Tjänsteskrivelse"

    @classmethod
    def written(cls) -> tuple[ReportKind, ...]:
        """Return the kinds that have templates and periods of their own; the others are made of one of these."""
        return (cls.ANNUAL, cls.INTERIM, cls.MONTHLY)


class ReportState(models.TextChoices):
    """How far a report has come on its way from the first draft to the archive (domain.md)."""

    DRAFT = "draft", "Utkast"
    REVIEWED = "reviewed", "Granskad"
    APPROVED = "approved", "Godkänd"
    PREPARED = "prepared", "Beredd"
    DECIDED = "decided", "Beslutad"
    ADJUSTED = "adjusted", "Justerad"
    PUBLISHED = "published", "Publicerad"
    ARCHIVED = "archived", "Arkiverad"
    WITHDRAWN = "withdrawn", "Tillbakadragen"

    @classmethod
    def in_writing(cls) -> tuple[ReportState, ...]:
        """Return the states in which texts are written and figures move."""
        return (cls.DRAFT,)

    @classmethod
    def open(cls) -> tuple[ReportState, ...]:
        """Return the states on the way to a decision."""
        return (cls.DRAFT, cls.REVIEWED, cls.APPROVED, cls.PREPARED)

    @classmethod
    def decided_on(cls) -> tuple[ReportState, ...]:
        """Return the states in which the committees have decided."""
        return (cls.DECIDED, cls.ADJUSTED, cls.PUBLISHED, cls.ARCHIVED)


class ReportStatus(models.TextChoices):
    """How far the making of a report's PDF has come."""

    QUEUED = "queued", "I kö"
    RENDERING = "rendering", "Skapas"
    READY = "ready", "Klar"
    FAILED = "failed", "Misslyckades"


class ExemptionLevel(models.TextChoices):
    """What a disclosure exemption may cover: the total for the whole municipality, never a further split (measures.md rule 7)."""

    MUNICIPALITY = "kommun", "Hela kommunen"


class KoladaGender(models.TextChoices):
    """Kolada's genders, always read by name."""

    TOTAL = "T", "Totalt"
    WOMEN = "K", "Kvinnor"
    MEN = "M", "Män"
