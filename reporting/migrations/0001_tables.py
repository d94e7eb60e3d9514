import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from committees.append_only import append_only


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0001_initial"),
        ("reporting", "0002_choose_peer_group"),
        ("reporting", "0003_kolada_fetches"),
        ("reporting", "0004_reports_on_their_way"),
        ("reporting", "0005_texts_and_templates_only_grow"),
        ("reporting", "0006_disposal"),
        ("reporting", "0007_editions_know_their_report"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("committees", "0001_tables"),
        ("committees", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="kontrollsumma")),
                ("as_of", models.DateField(verbose_name="per")),
                ("label", models.CharField(blank=True, max_length=150, verbose_name="benämning")),
                ("frozen", models.BooleanField(default=False, verbose_name="fryst")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="skapat")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                (
                    "latest_delivery",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                        verbose_name="senaste leverans",
                    ),
                ),
                ("manifest", models.JSONField(verbose_name="innehåll")),
                (
                    "disposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="cases.disposal",
                        verbose_name="gallring",
                    ),
                ),
            ],
            options={
                "verbose_name": "underlag",
                "verbose_name_plural": "underlag",
                "ordering": ("-as_of", "-id"),
            },
        ),
        migrations.CreateModel(
            name="SmallNumberLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=100, unique=True, verbose_name="mått")),
                ("value", models.PositiveSmallIntegerField(verbose_name="gräns")),
            ],
            options={
                "verbose_name": "gräns för små tal",
                "verbose_name_plural": "gränser för små tal",
                "ordering": ("measure",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value__gte", 1)), name="small_number_limit_is_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosureExemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=100, verbose_name="mått")),
                (
                    "level",
                    models.CharField(
                        choices=[("kommun", "Hela kommunen")], default="kommun", max_length=20, verbose_name="nivå"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="skäl")),
                ("decision", models.CharField(max_length=100, verbose_name="beslut")),
            ],
            options={
                "verbose_name": "undantag från röjandekontroll",
                "verbose_name_plural": "undantag från röjandekontroll",
                "ordering": ("measure", "level"),
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "level"), name="one_exemption_a_measure_and_level"),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["kommun"])), name="exemption_level_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("decision", ""), _negated=True)
                        ),
                        name="exemption_has_a_reason_and_a_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Kpi",
            fields=[
                ("id", models.CharField(max_length=10, primary_key=True, serialize=False, verbose_name="id")),
                ("title", models.CharField(max_length=300, verbose_name="titel")),
                ("description", models.TextField(blank=True, verbose_name="beskrivning")),
                ("is_divided_by_gender", models.BooleanField(default=False, verbose_name="könsuppdelat")),
                ("municipality_type", models.CharField(blank=True, max_length=1, verbose_name="kommuntyp")),
                (
                    "published_period",
                    models.CharField(blank=True, max_length=10, verbose_name="period som publiceras härnäst"),
                ),
                ("preliminary_on", models.DateField(blank=True, null=True, verbose_name="publiceras preliminärt")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="publiceras")),
            ],
            options={
                "verbose_name": "nyckeltal",
                "verbose_name_plural": "nyckeltal",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="KoladaMunicipality",
            fields=[
                ("id", models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name="kommunkod")),
                ("title", models.CharField(max_length=100, verbose_name="namn")),
                ("type", models.CharField(max_length=1, verbose_name="typ")),
            ],
            options={
                "verbose_name": "kommun i Kolada",
                "verbose_name_plural": "kommuner i Kolada",
                "ordering": ("title",),
            },
        ),
        migrations.CreateModel(
            name="PeerGroup",
            fields=[
                ("id", models.CharField(max_length=12, primary_key=True, serialize=False, verbose_name="id")),
                ("title", models.CharField(max_length=200, verbose_name="titel")),
                ("model_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="modellår")),
                ("chosen", models.BooleanField(default=False, verbose_name="vald för jämförelse")),
            ],
            options={
                "verbose_name": "jämförelsegrupp",
                "verbose_name_plural": "jämförelsegrupper",
                "ordering": ("title",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("chosen", True)), fields=("chosen",), name="one_peer_group_is_chosen"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PeerGroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="reporting.peergroup",
                        verbose_name="grupp",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="reporting.koladamunicipality",
                        verbose_name="kommun",
                    ),
                ),
            ],
            options={
                "verbose_name": "medlem",
                "verbose_name_plural": "medlemmar",
                "ordering": ("group", "municipality"),
                "constraints": [
                    models.UniqueConstraint(fields=("group", "municipality"), name="one_membership_a_municipality")
                ],
            },
        ),
        migrations.CreateModel(
            name="KoladaValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kpi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="reporting.kpi",
                        verbose_name="nyckeltal",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="reporting.koladamunicipality",
                        verbose_name="kommun",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                (
                    "gender",
                    models.CharField(
                        choices=[("T", "Totalt"), ("K", "Kvinnor"), ("M", "Män")], max_length=1, verbose_name="kön"
                    ),
                ),
                ("value", models.FloatField(blank=True, null=True, verbose_name="värde")),
                ("status", models.CharField(blank=True, max_length=20, verbose_name="läge")),
                ("count", models.PositiveIntegerField(blank=True, null=True, verbose_name="antal")),
                ("fetched_at", models.DateTimeField(verbose_name="hämtat")),
            ],
            options={
                "verbose_name": "värde i Kolada",
                "verbose_name_plural": "värden i Kolada",
                "ordering": ("kpi", "municipality", "year", "gender"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kpi", "municipality", "year", "gender"),
                        name="one_value_a_kpi_municipality_year_gender",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gender__in", ["T", "K", "M"])), name="kolada_gender_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KoladaFetch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kpi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fetches",
                        to="reporting.kpi",
                        verbose_name="nyckeltal",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fetches",
                        to="reporting.koladamunicipality",
                        verbose_name="kommun",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("at", models.DateTimeField(verbose_name="när")),
            ],
            options={
                "verbose_name": "hämtning från Kolada",
                "verbose_name_plural": "hämtningar från Kolada",
                "ordering": ("kpi", "municipality", "year"),
                "constraints": [
                    models.UniqueConstraint(fields=("kpi", "municipality", "year"), name="one_fetch_a_value")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="kod")),
                ("name", models.CharField(max_length=150, verbose_name="namn")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("helarsrapport", "Helårsrapport"),
                            ("delarsrapport", "Delårsrapport"),
                            ("manadsblad", "Månadsblad"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("end", models.CharField(max_length=5, verbose_name="slut")),
                ("statutory", models.BooleanField(default=False, verbose_name="lagstadgad")),
            ],
            options={
                "verbose_name": "rapportperiod",
                "verbose_name_plural": "rapportperioder",
                "ordering": ("end", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["helarsrapport", "delarsrapport", "manadsblad"])),
                        name="report_period_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="kod")),
                ("title", models.CharField(max_length=150, verbose_name="titel")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("helarsrapport", "Helårsrapport"),
                            ("delarsrapport", "Delårsrapport"),
                            ("manadsblad", "Månadsblad"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
            ],
            options={
                "verbose_name": "rapportmall",
                "verbose_name_plural": "rapportmallar",
                "ordering": ("title", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["helarsrapport", "delarsrapport", "manadsblad"])),
                        name="report_template_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportTemplateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="reporting.reporttemplate",
                        verbose_name="rapportmall",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("text", models.TextField(verbose_name="innehåll")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="vad som ändrats")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
            ],
            options={
                "verbose_name": "mallversion",
                "verbose_name_plural": "mallversioner",
                "ordering": ("template", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("template", "number"), name="report_template_version_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "template_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reporting.reporttemplateversion",
                        verbose_name="mallversion",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("helarsrapport", "Helårsrapport"),
                            ("delarsrapport", "Delårsrapport"),
                            ("manadsblad", "Månadsblad"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titel")),
                ("period_code", models.CharField(blank=True, max_length=40, verbose_name="rapportperiod")),
                ("start", models.DateField(verbose_name="från")),
                ("end", models.DateField(verbose_name="till")),
                ("registry_number", models.CharField(blank=True, max_length=50, verbose_name="diarienummer")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Utkast"),
                            ("reviewed", "Granskad"),
                            ("approved", "Godkänd"),
                            ("prepared", "Beredd"),
                            ("decided", "Beslutad"),
                            ("adjusted", "Justerad"),
                            ("published", "Publicerad"),
                            ("archived", "Arkiverad"),
                            ("withdrawn", "Tillbakadragen"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="rapportversion")),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="reporting.boardreport",
                        verbose_name="rättar",
                    ),
                ),
                ("data_stop", models.DateField(verbose_name="datastopp")),
                ("text_stop", models.DateField(verbose_name="textstopp")),
                ("preparation", models.DateField(verbose_name="beredning")),
                ("dispatch", models.DateField(verbose_name="utskick")),
                ("due", models.DateField(blank=True, null=True, verbose_name="hos fullmäktige och revisorerna")),
                (
                    "snapshot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_reports",
                        to="reporting.snapshot",
                        verbose_name="underlag",
                    ),
                ),
                (
                    "content_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="innehållets kontrollsumma"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="upplagd av",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="upplagd")),
            ],
            options={
                "verbose_name": "rapport på väg",
                "verbose_name_plural": "rapporter på väg",
                "ordering": ("-end", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["helarsrapport", "delarsrapport", "manadsblad"])),
                        name="board_report_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "reviewed",
                                    "approved",
                                    "prepared",
                                    "decided",
                                    "adjusted",
                                    "published",
                                    "archived",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="board_report_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="board_report_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("text_stop__gte", models.F("data_stop")),
                            ("preparation__gte", models.F("text_stop")),
                            ("dispatch__gte", models.F("preparation")),
                        ),
                        name="board_report_stops_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content_sha256", ""), ("snapshot__isnull", True), ("state__in", ("draft",))),
                            models.Q(
                                models.Q(("state__in", ("draft",)), _negated=True),
                                models.Q(("content_sha256", ""), _negated=True),
                                ("snapshot__isnull", False),
                            ),
                            ("state", "withdrawn"),
                            _connector="OR",
                        ),
                        name="board_report_is_frozen_when_reviewed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("version", 1)),
                            models.Q(("corrects__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="board_report_correction_has_its_origin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardReportCommittee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="reporting.boardreport",
                        verbose_name="rapport på väg",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_meetings",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("meeting_on", models.DateField(verbose_name="sammanträde")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="godkänd av",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="godkänd")),
                ("approved_sha256", models.CharField(blank=True, max_length=64, verbose_name="godkänt innehåll")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beslutad")),
                ("paragraph", models.CharField(blank=True, max_length=20, verbose_name="paragraf")),
                ("adjusted_on", models.DateField(blank=True, null=True, verbose_name="protokollet justerat")),
            ],
            options={
                "verbose_name": "nämnd i rapport",
                "verbose_name_plural": "nämnder i rapport",
                "ordering": ("report", "committee__name"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "committee"), name="board_report_committee_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True), ("approved_by__isnull", True), ("approved_sha256", "")
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approved_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="board_report_approval_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("paragraph", "")),
                            models.Q(("decided_on__isnull", False), models.Q(("paragraph", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="board_report_decision_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adjusted_on__isnull", True), ("adjusted_on__gte", models.F("decided_on")), _connector="OR"
                        ),
                        name="board_report_adjusted_after_decision",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="boardreport",
            name="committees",
            field=models.ManyToManyField(
                related_name="board_reports",
                through="reporting.BoardReportCommittee",
                to="committees.committee",
                verbose_name="nämnder",
            ),
        ),
        migrations.CreateModel(
            name="ReportPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="reporting.boardreport",
                        verbose_name="rapport på väg",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="kod")),
                (
                    "writer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_parts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skribent",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "ready_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="klarmarkerad av",
                    ),
                ),
            ],
            options={
                "verbose_name": "rapportdel",
                "verbose_name_plural": "rapportdelar",
                "ordering": ("report", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "code"), name="report_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ready_by__isnull", True), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="report_part_ready_has_its_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="history",
                        to="reporting.reportpart",
                        verbose_name="rapportdel",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
            ],
            options={
                "verbose_name": "sparad text",
                "verbose_name_plural": "sparade texter",
                "ordering": ("part", "-number"),
                "constraints": [models.UniqueConstraint(fields=("part", "number"), name="part_text_number")],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("helarsrapport", "Helårsrapport"),
                            ("delarsrapport", "Delårsrapport"),
                            ("manadsblad", "Månadsblad"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("period_code", models.CharField(blank=True, max_length=40, verbose_name="period")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reporting.snapshot",
                        verbose_name="underlag",
                    ),
                ),
                ("registry_number", models.CharField(blank=True, max_length=50, verbose_name="diarienummer")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "I kö"),
                            ("rendering", "Skapas"),
                            ("ready", "Klar"),
                            ("failed", "Misslyckades"),
                        ],
                        default="queued",
                        max_length=12,
                        verbose_name="läge",
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("manifest", models.JSONField(blank=True, default=dict, verbose_name="innehåll")),
                ("error", models.TextField(blank=True, verbose_name="fel")),
                (
                    "board_report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="reporting.boardreport",
                        verbose_name="rapport på väg",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skapad av",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="skapad")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="klar")),
                (
                    "committees",
                    models.ManyToManyField(related_name="reports", to="committees.committee", verbose_name="nämnder"),
                ),
            ],
            options={
                "verbose_name": "rapport",
                "verbose_name_plural": "rapporter",
                "ordering": ("-year", "-created_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["helarsrapport", "delarsrapport", "manadsblad"])),
                        name="report_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "rendering", "ready", "failed"])),
                        name="report_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            models.Q(models.Q(("sha256", ""), _negated=True), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ready_report_has_a_pdf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "failed"), _negated=True),
                            models.Q(("error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="failed_report_says_why",
                    ),
                ],
            },
        ),
        append_only("reporting_reporttemplateversion"),
        append_only("reporting_parttext"),
    ]
