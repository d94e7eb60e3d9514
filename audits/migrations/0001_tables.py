import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from committees.append_only import append_only


class Migration(migrations.Migration):
    replaces = [("audits", "0001_audits"), ("audits", "0002_what_only_grows")]

    initial = True

    dependencies = [
        ("committees", "0001_tables"),
        ("committees", "__first__"),
        ("governance", "0001_tables"),
        ("reporting", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="kod")),
                ("title", models.CharField(max_length=250, verbose_name="titel")),
                ("origin", models.CharField(blank=True, max_length=150, verbose_name="upphov")),
            ],
            options={
                "verbose_name": "ramverk",
                "verbose_name_plural": "ramverk",
                "ordering": ("title", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FrameworkVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="audits.framework",
                        verbose_name="ramverk",
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
                "verbose_name": "ramverksversion",
                "verbose_name_plural": "ramverksversioner",
                "ordering": ("framework", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "number"), name="framework_version_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "framework_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audits",
                        to="audits.frameworkversion",
                        verbose_name="ramverk",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="titel")),
                ("registry_number", models.CharField(blank=True, max_length=50, verbose_name="diarienummer")),
                ("commissioner", models.CharField(max_length=200, verbose_name="uppdragsgivare")),
                ("firm", models.CharField(blank=True, max_length=150, verbose_name="granskare")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overview", "Översiktlig granskning"),
                            ("in_depth", "Fördjupad granskning"),
                            ("follow_up", "Uppföljande granskning"),
                            ("supervision", "Tillsyn"),
                            ("study", "Utredning eller konsultstudie"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("background", models.TextField(blank=True, verbose_name="bakgrund")),
                ("purpose", models.TextField(verbose_name="syfte")),
                ("purpose_in_summary", models.TextField(blank=True, verbose_name="syftet i sammanfattningen")),
                ("scope", models.TextField(blank=True, verbose_name="avgränsning")),
                ("method", models.TextField(blank=True, verbose_name="metod")),
                ("period_start", models.DateField(verbose_name="granskad period från")),
                ("period_end", models.DateField(verbose_name="granskad period till")),
                ("overall_grade", models.CharField(blank=True, max_length=60, verbose_name="samlad bedömning")),
                ("overall_text", models.TextField(blank=True, verbose_name="den samlade bedömningen i ord")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Granskning pågår"),
                            ("fact_check", "Faktakontroll"),
                            ("completing", "Färdigställs"),
                            ("submitted", "Väntar på beslut"),
                            ("decided", "Beslutad"),
                            ("published", "Publicerad"),
                            ("cancelled", "Avbruten"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("fact_check_due", models.DateField(blank=True, null=True, verbose_name="faktakontroll senast")),
                ("report_date", models.DateField(blank=True, null=True, verbose_name="rapportens datum")),
                ("signatories", models.TextField(blank=True, verbose_name="undertecknas av")),
                ("cover_letter", models.TextField(blank=True, verbose_name="missiv")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beslutad")),
                ("paragraph", models.CharField(blank=True, max_length=20, verbose_name="paragraf")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="publicerad")),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="audits.audit",
                        verbose_name="följer upp",
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
                        verbose_name="av",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="upplagd")),
            ],
            options={
                "verbose_name": "granskning",
                "verbose_name_plural": "granskningar",
                "ordering": ("-report_date", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["overview", "in_depth", "follow_up", "supervision", "study"])),
                        name="audit_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "fact_check", "completing", "submitted", "decided", "published", "cancelled"],
                            )
                        ),
                        name="audit_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_end__gte", models.F("period_start"))),
                        name="audit_period_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", False), ("state__in", ("decided", "published"))),
                            models.Q(
                                models.Q(("state__in", ("decided", "published")), _negated=True),
                                ("decided_on__isnull", True),
                                ("paragraph", ""),
                            ),
                            _connector="OR",
                        ),
                        name="audit_decided_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", False), ("state", "published")),
                            models.Q(models.Q(("state", "published"), _negated=True), ("published_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="audit_published_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditedBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bodies",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audited_as",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="annat organ")),
                ("short_name", models.CharField(blank=True, max_length=20, verbose_name="kortnamn")),
                ("response_due", models.DateField(blank=True, null=True, verbose_name="svar senast")),
            ],
            options={
                "verbose_name": "granskat organ",
                "verbose_name_plural": "granskade organ",
                "ordering": ("audit", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "committee"), name="committee_is_audited_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("committee__isnull", False), ("name", ""), ("short_name", "")),
                            models.Q(
                                ("committee__isnull", True),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("short_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="audited_body_is_one_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Dokument"),
                            ("interview", "Intervju"),
                            ("fact_check", "Faktakontrollerad av"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="källa")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="audits.auditedbody",
                        verbose_name="hos",
                    ),
                ),
                ("dated", models.DateField(blank=True, null=True, verbose_name="datum")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.steeringdocument",
                        verbose_name="styrdokument",
                    ),
                ),
            ],
            options={
                "verbose_name": "källa",
                "verbose_name_plural": "källor",
                "ordering": ("audit", "kind", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["document", "interview", "fact_check"])),
                        name="source_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("expert", "Sakkunnig"), ("elected", "Förtroendevald revisor")],
                        max_length=20,
                        verbose_name="som",
                    ),
                ),
                ("start", models.DateField(verbose_name="från")),
                ("end", models.DateField(verbose_name="till")),
                (
                    "assignments",
                    models.ManyToManyField(
                        blank=True, related_name="engagements", to="committees.roleassignment", verbose_name="roller"
                    ),
                ),
            ],
            options={
                "verbose_name": "uppdrag i granskning",
                "verbose_name_plural": "uppdrag i granskningar",
                "ordering": ("audit", "start", "pk"),
                "indexes": [models.Index(fields=["user", "start", "end"], name="engagement_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["expert", "elected"])), name="engagement_part_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="engagement_ends_after_start"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="audits.auditedbody",
                        verbose_name="till",
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=20, verbose_name="fråga")),
                ("title", models.CharField(max_length=250, verbose_name="underlag")),
                ("description", models.TextField(blank=True, verbose_name="beskrivning")),
                ("due", models.DateField(verbose_name="lämnas senast")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Utkast"),
                            ("sent", "Skickad"),
                            ("delivered", "Besvarad"),
                            ("accepted", "Klar"),
                            ("withdrawn", "Återtagen"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="skickad")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
            ],
            options={
                "verbose_name": "begäran om underlag",
                "verbose_name_plural": "begäranden om underlag",
                "ordering": ("due", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "sent", "delivered", "accepted", "withdrawn"])),
                        name="request_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("sent_at__isnull", False), _connector="OR"),
                        name="request_sent_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="audits.evidencerequest",
                        verbose_name="begäran",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="svar")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="fil")),
                ("file_sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
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
                (
                    "documents",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="governance.steeringdocument", verbose_name="styrdokument"
                    ),
                ),
            ],
            options={
                "verbose_name": "lämnat underlag",
                "verbose_name_plural": "lämnade underlag",
                "ordering": ("-at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file_name", ""), ("file_sha256", "")),
                            models.Q(
                                models.Q(("file_name", ""), _negated=True), models.Q(("file_sha256", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="delivered_file_has_its_hash",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PinnedEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                ("question", models.CharField(max_length=20, verbose_name="fråga")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="audits.auditedbody",
                        verbose_name="organ",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("measure", "Mått"),
                            ("document", "Styrdokument"),
                            ("forum", "Samverkansforum"),
                            ("control", "Kontroll"),
                            ("sample", "Stickprov"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="underlag")),
                ("measure", models.CharField(blank=True, max_length=100, verbose_name="mått")),
                ("variant", models.CharField(blank=True, max_length=100, verbose_name="variant")),
                ("content", models.JSONField(default=dict, verbose_name="innehåll")),
                (
                    "snapshot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.snapshot",
                        verbose_name="underlag",
                    ),
                ),
                ("speaks_for", models.CharField(blank=True, max_length=60, verbose_name="talar för")),
                ("note", models.TextField(blank=True, verbose_name="anteckning")),
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
                "verbose_name": "bevarat underlag",
                "verbose_name_plural": "bevarade underlag",
                "ordering": ("audit", "question", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["measure", "document", "forum", "control", "sample"])),
                        name="pinned_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "measure"), _negated=True),
                            models.Q(("snapshot__isnull", False), models.Q(("measure", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="pinned_figure_has_its_snapshot",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=20, verbose_name="fråga")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="audits.auditedbody",
                        verbose_name="organ",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("strength", "Styrka"), ("weakness", "Brist"), ("neutral", "Iakttagelse")],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("text", models.TextField(verbose_name="iakttagelse")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="källa")),
                ("removed", models.BooleanField(default=False, verbose_name="struken")),
            ],
            options={
                "verbose_name": "iakttagelse",
                "verbose_name_plural": "iakttagelser",
                "ordering": ("audit", "question", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["strength", "weakness", "neutral"])),
                        name="observation_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                ("question", models.CharField(max_length=20, verbose_name="fråga")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="audits.auditedbody",
                        verbose_name="organ",
                    ),
                ),
                ("grade", models.CharField(blank=True, max_length=60, verbose_name="bedömning")),
                ("grounds", models.TextField(blank=True, verbose_name="motivering")),
            ],
            options={
                "verbose_name": "bedömning",
                "verbose_name_plural": "bedömningar",
                "ordering": ("audit", "question", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "question", "body"), name="one_assessment_a_body"),
                    models.UniqueConstraint(
                        condition=models.Q(("body__isnull", True)),
                        fields=("audit", "question"),
                        name="one_assessment_of_all_bodies",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                ("number", models.CharField(max_length=10, verbose_name="nummer")),
                ("text", models.TextField(verbose_name="rekommendation")),
                ("questions", models.JSONField(blank=True, default=list, verbose_name="frågor")),
                (
                    "takes_over",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_over_by",
                        to="audits.recommendation",
                        verbose_name="tar över",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="audits.recommendation",
                        verbose_name="upprepar",
                    ),
                ),
                ("removed", models.BooleanField(default=False, verbose_name="struken")),
            ],
            options={
                "verbose_name": "rekommendation",
                "verbose_name_plural": "rekommendationer",
                "ordering": ("audit", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed", False)), fields=("audit", "number"), name="recommendation_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("takes_over__isnull", True),
                            models.Q(("takes_over", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="takes_over_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeats__isnull", True),
                            models.Q(("repeats", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="repeats_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Addressee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressees",
                        to="audits.recommendation",
                        verbose_name="rekommendation",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressed_in",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="annat organ")),
                ("removed", models.BooleanField(default=False, verbose_name="struken")),
            ],
            options={
                "verbose_name": "mottagare",
                "verbose_name_plural": "mottagare",
                "ordering": ("recommendation", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("recommendation", "committee"), name="committee_is_addressed_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("committee__isnull", False), ("name", "")),
                            models.Q(("committee__isnull", True), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="addressee_is_one_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactCheckComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="audits.auditedbody",
                        verbose_name="från",
                    ),
                ),
                (
                    "observation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="audits.observation",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="audits.assessment",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="audits.recommendation",
                    ),
                ),
                ("text", models.TextField(verbose_name="synpunkt")),
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
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Inte besvarad"), ("taken", "Inarbetad"), ("refused", "Inte inarbetad")],
                        default="open",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="skäl")),
                ("before", models.TextField(blank=True, verbose_name="före")),
                ("after", models.TextField(blank=True, verbose_name="efter")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="besvarad")),
            ],
            options={
                "verbose_name": "synpunkt",
                "verbose_name_plural": "synpunkter",
                "ordering": ("audit", "at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("after", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("reason", ""),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ["taken", "refused"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comment_answered_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assessment__isnull", True), ("observation__isnull", True)),
                            models.Q(("observation__isnull", True), ("recommendation__isnull", True)),
                            models.Q(("assessment__isnull", True), ("recommendation__isnull", True)),
                            _connector="OR",
                        ),
                        name="comment_is_on_one_finding",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "addressee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="response",
                        to="audits.addressee",
                        verbose_name="mottagare",
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agrees", "Instämmer"),
                            ("partly", "Instämmer delvis"),
                            ("disagrees", "Instämmer inte"),
                        ],
                        max_length=20,
                        verbose_name="ståndpunkt",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="svar")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="klart senast")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="nämndens beslut")),
                ("paragraph", models.CharField(blank=True, max_length=20, verbose_name="paragraf")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Utkast"), ("given", "Lämnat")],
                        default="draft",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="lämnat")),
                (
                    "given_by",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("not_begun", "Inte påbörjad"),
                            ("ongoing", "Pågår"),
                            ("done", "Genomförd"),
                            ("will_not", "Genomförs inte"),
                        ],
                        default="not_begun",
                        max_length=20,
                        verbose_name="nämndens status",
                    ),
                ),
                ("status_on", models.DateField(blank=True, null=True, verbose_name="status satt")),
                ("status_text", models.TextField(blank=True, verbose_name="om statusen")),
                (
                    "actions",
                    models.ManyToManyField(
                        blank=True, related_name="responses", to="governance.action", verbose_name="åtgärder"
                    ),
                ),
            ],
            options={
                "verbose_name": "svar på rekommendation",
                "verbose_name_plural": "svar på rekommendationer",
                "ordering": ("addressee",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "given"])), name="response_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["not_begun", "ongoing", "done", "will_not"])),
                        name="response_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at__isnull", True), ("given_by__isnull", True), ("state", "draft")),
                            models.Q(
                                ("given_at__isnull", False),
                                ("given_by__isnull", False),
                                ("state", "given"),
                                models.Q(("position", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="response_given_has_its_position",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_on__isnull", False), ("paragraph", ""), _connector="OR"),
                        name="response_paragraph_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="audits.addressee",
                        verbose_name="mottagare",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("remains", "Kvarstår"),
                            ("partly", "Delvis åtgärdad"),
                            ("remedied", "Åtgärdad"),
                            ("not_relevant", "Inte längre aktuell"),
                        ],
                        max_length=20,
                        verbose_name="verifierad status",
                    ),
                ),
                ("grounds", models.TextField(verbose_name="motivering")),
                (
                    "audit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="audits.audit",
                        verbose_name="i granskningen",
                    ),
                ),
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
                "verbose_name": "verifiering",
                "verbose_name_plural": "verifieringar",
                "ordering": ("-at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["remains", "partly", "remedied", "not_relevant"])),
                        name="verified_status_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="audits.audit",
                        verbose_name="granskning",
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=20, verbose_name="fråga")),
                ("title", models.CharField(max_length=250, verbose_name="stickprov")),
                ("measure", models.CharField(max_length=100, verbose_name="mått")),
                ("variant", models.CharField(blank=True, max_length=100, verbose_name="variant")),
                ("request", models.JSONField(default=dict, verbose_name="urval")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.snapshot",
                        verbose_name="underlag",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("all", "Alla"),
                            ("number", "Bestämt antal"),
                            ("share", "Bestämd andel"),
                            ("attribute", "Attributurval"),
                        ],
                        max_length=20,
                        verbose_name="storlek bestäms av",
                    ),
                ),
                ("parameters", models.JSONField(default=dict, verbose_name="villkor")),
                ("strata", models.CharField(blank=True, max_length=60, verbose_name="delas upp efter")),
                ("seed", models.CharField(max_length=64, verbose_name="slumpfrö")),
                ("population_size", models.PositiveIntegerField(verbose_name="ärenden att dra ur")),
                ("size", models.PositiveIntegerField(verbose_name="dragna ärenden")),
                (
                    "state",
                    models.CharField(
                        choices=[("drawn", "Granskas"), ("closed", "Avslutat")],
                        default="drawn",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("conclusion", models.TextField(blank=True, verbose_name="slutsats")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="draget av",
                    ),
                ),
                ("drawn_at", models.DateTimeField(auto_now_add=True, verbose_name="draget")),
            ],
            options={
                "verbose_name": "stickprov",
                "verbose_name_plural": "stickprov",
                "ordering": ("audit", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rule__in", ["all", "number", "share", "attribute"])),
                        name="sample_rule_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["drawn", "closed"])), name="sample_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__lte", models.F("population_size"))),
                        name="sample_fits_its_population",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="audits.sample",
                        verbose_name="stickprov",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="ordning")),
                ("text", models.CharField(max_length=300, verbose_name="kriterium")),
            ],
            options={
                "verbose_name": "kriterium",
                "verbose_name_plural": "kriterier",
                "ordering": ("sample", "position"),
                "constraints": [models.UniqueConstraint(fields=("sample", "position"), name="criterion_position")],
            },
        ),
        migrations.CreateModel(
            name="SampleItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="audits.sample",
                        verbose_name="stickprov",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="ordning")),
                ("key", models.CharField(max_length=200, verbose_name="nyckel")),
                ("pseudonym", models.CharField(max_length=64, verbose_name="pseudonym")),
                ("case_number", models.CharField(blank=True, max_length=100, verbose_name="ärendenummer")),
                ("stratum", models.CharField(blank=True, max_length=150, verbose_name="del")),
                ("comment", models.TextField(blank=True, verbose_name="kommentar")),
            ],
            options={
                "verbose_name": "draget ärende",
                "verbose_name_plural": "dragna ärenden",
                "ordering": ("sample", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "position"), name="item_position"),
                    models.UniqueConstraint(fields=("sample", "key"), name="case_is_drawn_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="audits.sampleitem",
                        verbose_name="ärende",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="audits.samplecriterion",
                        verbose_name="kriterium",
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("met", "Uppfyllt"),
                            ("not_met", "Inte uppfyllt"),
                            ("not_applicable", "Inte tillämpligt"),
                        ],
                        max_length=20,
                        verbose_name="resultat",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now=True, verbose_name="när")),
            ],
            options={
                "verbose_name": "resultat av kriterium",
                "verbose_name_plural": "resultat av kriterier",
                "ordering": ("item", "criterion"),
                "constraints": [
                    models.UniqueConstraint(fields=("item", "criterion"), name="one_mark_a_criterion"),
                    models.CheckConstraint(
                        condition=models.Q(("mark__in", ["met", "not_met", "not_applicable"])), name="mark_is_known"
                    ),
                ],
            },
        ),
        append_only("audits_frameworkversion"),
        append_only("audits_verification"),
    ]
