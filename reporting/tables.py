"""Tables of what the figures rest on, of reports and of cases."""

from __future__ import annotations

import django_tables2 as tables

from cases.models import Delivery, DeliveryWarning
from reporting.documents.models import Report
from reporting.figures.swedish import number
from reporting.snapshots.models import Snapshot

_NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class NumberColumn(tables.Column):
    """A whole number, to the right and with Swedish thousands."""

    def __init__(self, verbose_name: str, **options: object) -> None:
        super().__init__(verbose_name=verbose_name, attrs=_NUMBER, **options)

    def render(self, value: int) -> str:
        """Return the number as a reader sees it."""
        return number(value)


class SnapshotTable(tables.Table):
    """The snapshots: what was known on a day."""

    as_of = tables.DateColumn(verbose_name="Uppgifter till och med", format="Y-m-d")
    label = tables.Column(verbose_name="Benämning", default="–")
    hash = tables.Column(
        verbose_name="Beteckning", orderable=False, linkify=("source_snapshot", {"fingerprint": tables.A("hash")})
    )
    frozen = tables.Column(verbose_name="Läge")
    report_count = NumberColumn("Rapporter", orderable=False)
    created_at = tables.DateTimeColumn(verbose_name="Taget", format="Y-m-d H:i")

    class Meta:
        model = Snapshot
        fields = ("as_of", "label", "hash", "frozen", "report_count", "created_at")
        attrs = {"caption": "Underlag"}

    def render_hash(self, record: Snapshot) -> str:
        """Return the hash as a reader sees it."""
        return record.short_hash

    def render_frozen(self, *, value: bool, record: Snapshot) -> str:
        """Say whether the snapshot stays for ever, or has been disposed of."""
        if record.disposal_id is not None:
            return "Gallrat"
        return "Låst" if value else "Tillfälligt"


class DeliveryTable(tables.Table):
    """The deliveries and what they changed."""

    id = tables.Column(verbose_name="Leverans", linkify=("source_delivery", {"pk": tables.A("pk")}))
    at = tables.DateTimeColumn(verbose_name="Inläst", format="Y-m-d H:i")
    by = tables.Column(verbose_name="Av", accessor="by__username", default="kommandoraden")
    file_count = NumberColumn("Filer")
    new = NumberColumn("Nya rader")
    changed = NumberColumn("Ändrade")
    ended = NumberColumn("Avslutade")

    class Meta:
        model = Delivery
        fields = ("id", "at", "by", "file_count", "new", "changed", "ended")
        attrs = {"caption": "Leveranser"}

    def render_id(self, record: Delivery) -> str:
        """Return the delivery's name."""
        return str(record)


class WarningTable(tables.Table):
    """What was taken although it looked odd. Values of persons were masked when the file was read."""

    kind = tables.Column(verbose_name="Fil")
    row = NumberColumn("Rad")
    column = tables.Column(verbose_name="Kolumn")
    value = tables.Column(verbose_name="Värde", default="–")
    message = tables.Column(verbose_name="Vad som är ovanligt", orderable=False)

    class Meta:
        model = DeliveryWarning
        fields = ("kind", "row", "column", "value", "message")
        attrs = {"caption": "Varningar"}


class ReportTable(tables.Table):
    """The reports that have been made or are being made."""

    year = tables.Column(verbose_name="Rapport", linkify=("report_detail", {"pk": tables.A("pk")}))
    committees = tables.ManyToManyColumn(verbose_name="Nämnd", transform=lambda committee: committee.name)
    registry_number = tables.Column(verbose_name="Diarienummer", default="–")
    version = NumberColumn("Version", orderable=False)
    status = tables.Column(verbose_name="Läge")
    created_at = tables.DateTimeColumn(verbose_name="Skapad", format="Y-m-d H:i")

    class Meta:
        model = Report
        fields = ("year", "committees", "registry_number", "version", "status", "created_at")
        attrs = {"caption": "Rapporter"}

    def render_year(self, record: Report) -> str:
        """Return the report's kind and year."""
        return f"{record.get_kind_display()} {record.year}"
