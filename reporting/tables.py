"""Tables of what the figures rest on, of reports and of cases."""

from __future__ import annotations

import datetime as dt

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html

from cases.models import Delivery, DeliveryWarning
from reporting.documents.models import BoardReport, Report
from reporting.documents.work.under_way import UnderWay
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
        attrs = {"caption": "Rapporter, tjänsteskrivelser och kortversioner"}

    def render_year(self, record: Report) -> str:
        """Return the report's kind and year."""
        return f"{record.get_kind_display()} {record.year}"


class UnderWayTable(tables.Table):
    """The reports on their way, with what each waits for."""

    report = tables.Column(
        verbose_name="Rapport", order_by="report__title", linkify=("report_work", {"pk": tables.A("report__pk")})
    )
    committees = tables.Column(verbose_name="Nämnd", accessor="report", orderable=False)
    state = tables.Column(verbose_name="Läge", accessor="report__get_state_display", order_by="report__state")
    step = tables.Column(verbose_name="Nästa steg", orderable=False)
    by = tables.Column(verbose_name="Senast", default="–")

    class Meta:
        attrs = {"caption": "Rapporter på väg, det mest brådskande först"}

    def render_report(self, value: BoardReport) -> str:
        """Return the report's title, with its version when it corrects another."""
        return f"{value.title}, version {value.version}" if value.version > 1 else value.title

    def render_committees(self, value: BoardReport) -> str:
        """Return the committees by their names."""
        return ", ".join(meeting.committee.name for meeting in value.meetings.all())

    def render_step(self, value: str, record: UnderWay) -> str:
        """Return the step, or how many texts have to be ready before it, and how many of them are the reader's."""
        if not record.owed:
            return value
        texts = "1 text saknas" if record.owed == 1 else f"{record.owed} texter saknas"
        if not record.own:
            return texts
        return f"{texts}, {record.own} är {'din' if record.own == 1 else 'dina'}"

    def render_by(self, value: dt.date) -> str:
        """Return the day, and that it has passed where it has."""
        if value >= timezone.localdate():
            return value.isoformat()
        return format_html('{} <strong class="late">passerat</strong>', value.isoformat())
