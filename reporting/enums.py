"""The closed lists of reporting: kinds of report, their way to being ready, levels of an exemption, genders in Kolada."""

from django.db import models


class ReportKind(models.TextChoices):
    """What a report is, by the name it has in commands and in kommun.toml."""

    ANNUAL = "helarsrapport", "Helårsrapport"
    INTERIM = "delarsrapport", "Delårsrapport"


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
