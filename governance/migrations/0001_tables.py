import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("governance", "0001_initial"),
        ("governance", "0002_steering"),
        ("governance", "0003_goals_are_written_by_several"),
        ("governance", "0004_alternatives_are_excluded_with_a_motive"),
        ("governance", "0005_subscriptions"),
        ("governance", "0006_each_thing_has_somebody_who_answers_for_it"),
        ("governance", "0007_routines_and_coverage_are_written_by_several"),
    ]

    initial = True

    dependencies = [
        ("committees", "0001_tables"),
        ("committees", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("measure", models.CharField(blank=True, max_length=100, verbose_name="mått")),
                ("variant", models.CharField(blank=True, max_length=100, verbose_name="variant")),
                ("selection", models.JSONField(blank=True, default=dict, verbose_name="urval")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="committees.unit",
                        verbose_name="enhet",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="åtgärd")),
                ("description", models.TextField(blank=True, verbose_name="beskrivning")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("target", "Mål som inte nås"),
                            ("risk", "Risk"),
                            ("control", "Avvikelse i intern kontroll"),
                            ("recommendation", "Revisorernas rekommendation"),
                            ("decision", "Beslut eller uppdrag"),
                            ("other", "Annat"),
                        ],
                        max_length=30,
                        verbose_name="orsak",
                    ),
                ),
                (
                    "cause_text",
                    models.CharField(blank=True, max_length=300, verbose_name="vad som gav upphov till den"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                ("due", models.DateField(verbose_name="klar senast")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planerad"),
                            ("ongoing", "Pågår"),
                            ("done", "Genomförd"),
                            ("cancelled", "Avbruten"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="klar den")),
                ("baseline", models.JSONField(blank=True, null=True, verbose_name="värde när åtgärden beslutades")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions_created",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="upplagd av",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="upplagd")),
            ],
            options={
                "verbose_name": "åtgärd",
                "verbose_name_plural": "åtgärder",
                "ordering": ("due", "pk"),
                "indexes": [
                    models.Index(fields=["committee", "state", "due"], name="action_register"),
                    models.Index(fields=["owner", "state"], name="action_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "ongoing", "done", "cancelled"])),
                        name="action_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause__in", ["target", "risk", "control", "recommendation", "decision", "other"])
                        ),
                        name="action_cause_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="action_done_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="governance.action",
                        verbose_name="åtgärd",
                    ),
                ),
                ("text", models.TextField(verbose_name="rapport")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planerad"),
                            ("ongoing", "Pågår"),
                            ("done", "Genomförd"),
                            ("cancelled", "Avbruten"),
                        ],
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("figure", models.JSONField(blank=True, null=True, verbose_name="värde när rapporten skrevs")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_reports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
            ],
            options={
                "verbose_name": "åtgärdsrapport",
                "verbose_name_plural": "åtgärdsrapporter",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Commission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("measure", models.CharField(blank=True, max_length=100, verbose_name="mått")),
                ("variant", models.CharField(blank=True, max_length=100, verbose_name="variant")),
                ("selection", models.JSONField(blank=True, default=dict, verbose_name="urval")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="nummer")),
                ("title", models.CharField(max_length=250, verbose_name="uppdrag")),
                ("background", models.TextField(blank=True, verbose_name="bakgrund")),
                ("purpose", models.TextField(blank=True, verbose_name="syfte")),
                ("perspectives", models.TextField(blank=True, verbose_name="perspektiv")),
                ("deliverable", models.TextField(blank=True, verbose_name="vad som ska lämnas")),
                ("closing", models.TextField(blank=True, verbose_name="så avslutas uppdraget")),
                ("proposals", models.TextField(blank=True, verbose_name="förslag som lämnats")),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="gavs")),
                ("due_text", models.CharField(blank=True, max_length=60, verbose_name="ska redovisas, som det står")),
                ("first_due", models.DateField(blank=True, null=True, verbose_name="skulle först redovisas")),
                ("due", models.DateField(blank=True, null=True, verbose_name="ska redovisas")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("given", "Givet"),
                            ("ongoing", "Pågår"),
                            ("reported", "Redovisat"),
                            ("closed", "Avslutat"),
                            ("withdrawn", "Återtaget"),
                        ],
                        default="given",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="avslutat")),
                ("caused_by", models.CharField(blank=True, max_length=300, verbose_name="orsak")),
                ("effect_claimed", models.TextField(blank=True, verbose_name="väntad effekt")),
                ("baseline", models.JSONField(blank=True, null=True, verbose_name="värde när uppdraget gavs")),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="governance.commission",
                        verbose_name="följer på",
                    ),
                ),
                (
                    "actions",
                    models.ManyToManyField(
                        blank=True, related_name="commissions", to="governance.action", verbose_name="åtgärder"
                    ),
                ),
            ],
            options={
                "verbose_name": "uppdrag",
                "verbose_name_plural": "uppdrag",
                "ordering": ("due", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["given", "ongoing", "reported", "closed", "withdrawn"])),
                        name="commission_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state__in", ("closed", "withdrawn"))),
                            models.Q(
                                models.Q(("state__in", ("closed", "withdrawn")), _negated=True),
                                ("closed_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="commission_closed_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommissionParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="governance.commission",
                        verbose_name="uppdrag",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("giver", "Uppdragsgivare"),
                            ("receiver", "Uppdragstagare"),
                            ("sent_to", "Får resultatet"),
                        ],
                        max_length=20,
                        verbose_name="som",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commissions",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="annan part")),
            ],
            options={
                "verbose_name": "part i uppdrag",
                "verbose_name_plural": "parter i uppdrag",
                "ordering": ("commission", "role", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["giver", "receiver", "sent_to"])),
                        name="commission_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("committee__isnull", False), ("name", "")),
                            models.Q(("committee__isnull", True), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="commission_party_is_one_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommissionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="governance.commission",
                        verbose_name="uppdrag",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commission_decisions",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="beslutat")),
                ("paragraph", models.CharField(blank=True, max_length=20, verbose_name="paragraf")),
                ("text", models.TextField(blank=True, verbose_name="beslut")),
            ],
            options={
                "verbose_name": "beslut i uppdrag",
                "verbose_name_plural": "beslut i uppdrag",
                "ordering": ("commission", "decided_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commission", "committee", "decided_on", "paragraph"), name="commission_decision_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_on__isnull", False), ("paragraph", ""), _connector="OR"),
                        name="commission_paragraph",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommissionEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="governance.commission",
                        verbose_name="uppdrag",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "Lägesrapport"),
                            ("clarified", "Förtydligande"),
                            ("premise", "Ändrad förutsättning"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("on", models.DateField(verbose_name="datum")),
                ("text", models.TextField(verbose_name="vad som hände")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commission_events",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
            ],
            options={
                "verbose_name": "händelse i uppdrag",
                "verbose_name_plural": "händelser i uppdrag",
                "ordering": ("commission", "on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["report", "clarified", "premise"])),
                        name="commission_event_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SteeringDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="titel")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("regulations", "Reglemente"),
                            ("delegation", "Delegationsordning"),
                            ("policy", "Policy eller strategi"),
                            ("guidelines", "Riktlinjer"),
                            ("routine", "Rutin"),
                            ("plan", "Plan"),
                            ("agreement", "Avtal eller överenskommelse"),
                        ],
                        max_length=30,
                        verbose_name="slag",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents_decided",
                        to="committees.committee",
                        verbose_name="beslutat av",
                    ),
                ),
                (
                    "decided_by_name",
                    models.CharField(blank=True, max_length=150, verbose_name="beslutat av någon annan"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beslutat")),
                ("paragraph", models.CharField(blank=True, max_length=20, verbose_name="paragraf")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="gäller från")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="gäller till")),
                ("review_by", models.DateField(blank=True, null=True, verbose_name="ses över senast")),
                ("counterparty", models.CharField(blank=True, max_length=200, verbose_name="motpart")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="governance.steeringdocument",
                        verbose_name="ersatt av",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="anteckning")),
                (
                    "committees",
                    models.ManyToManyField(
                        related_name="steering_documents", to="committees.committee", verbose_name="nämnder"
                    ),
                ),
                (
                    "units",
                    models.ManyToManyField(
                        blank=True, related_name="steering_documents", to="committees.unit", verbose_name="enheter"
                    ),
                ),
            ],
            options={
                "verbose_name": "styrdokument",
                "verbose_name_plural": "styrdokument",
                "ordering": ("title", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["regulations", "delegation", "policy", "guidelines", "routine", "plan", "agreement"],
                            )
                        ),
                        name="document_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_from__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="document_lapses_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_on__isnull", False), ("paragraph", ""), _connector="OR"),
                        name="document_paragraph",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by__isnull", True), ("decided_by_name", ""), _connector="OR"),
                        name="document_decided_by_one_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Routine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("measure", models.CharField(blank=True, max_length=100, verbose_name="mått")),
                ("variant", models.CharField(blank=True, max_length=100, verbose_name="variant")),
                ("selection", models.JSONField(blank=True, default=dict, verbose_name="urval")),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="kod")),
                ("name", models.CharField(max_length=250, verbose_name="namn")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routines",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="så ska det gå till")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routines",
                        to="governance.steeringdocument",
                        verbose_name="styrdokument",
                    ),
                ),
            ],
            options={
                "verbose_name": "rutin",
                "verbose_name_plural": "rutiner",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="RoutineParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "routine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="governance.routine",
                        verbose_name="rutin",
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        choices=[("carry_out", "Genomför"), ("follow_up", "Följer upp"), ("end", "Beslutar om avslut")],
                        max_length=20,
                        verbose_name="uppgift",
                    ),
                ),
                ("party", models.CharField(max_length=150, verbose_name="part")),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="källa")),
            ],
            options={
                "verbose_name": "ansvarig för rutin",
                "verbose_name_plural": "ansvariga för rutiner",
                "ordering": ("routine", "task", "party"),
                "constraints": [
                    models.UniqueConstraint(fields=("routine", "task", "party"), name="routine_party_once"),
                    models.CheckConstraint(
                        condition=models.Q(("task__in", ["carry_out", "follow_up", "end"])),
                        name="routine_task_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ControlPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_plans",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Utkast"), ("decided", "Beslutad"), ("reported", "Rapporterad")],
                        default="draft",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beslutad")),
                ("paragraph", models.CharField(blank=True, max_length=20, verbose_name="paragraf")),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="governance.controlplan",
                        verbose_name="kopierad från",
                    ),
                ),
            ],
            options={
                "verbose_name": "internkontrollplan",
                "verbose_name_plural": "internkontrollplaner",
                "ordering": ("-year", "committee"),
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "year"), name="one_control_plan_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "decided", "reported"])),
                        name="control_plan_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("decided_on__isnull", False), _connector="OR"),
                        name="control_plan_decided_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_on__isnull", False), ("paragraph", ""), _connector="OR"),
                        name="control_plan_paragraph",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="governance.controlplan",
                        verbose_name="plan",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("operations", "Verksamhet"),
                            ("economy", "Ekonomi"),
                            ("law", "Lag och regler"),
                            ("cooperation", "Samverkan"),
                            ("staff", "Personal"),
                            ("information", "Information och it"),
                        ],
                        max_length=30,
                        verbose_name="kategori",
                    ),
                ),
                ("description", models.TextField(verbose_name="risk")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="källa")),
                ("probability", models.PositiveSmallIntegerField(verbose_name="sannolikhet")),
                ("consequence", models.PositiveSmallIntegerField(verbose_name="konsekvens")),
            ],
            options={
                "verbose_name": "risk",
                "verbose_name_plural": "risker",
                "ordering": ("plan", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="risk_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("category__in", ["operations", "economy", "law", "cooperation", "staff", "information"])
                        ),
                        name="risk_category_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("probability__range", (1, 4))), name="risk_probability_one_to_four"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("consequence__range", (1, 4))), name="risk_consequence_one_to_four"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Control",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("measure", models.CharField(blank=True, max_length=100, verbose_name="mått")),
                ("variant", models.CharField(blank=True, max_length=100, verbose_name="variant")),
                ("selection", models.JSONField(blank=True, default=dict, verbose_name="urval")),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="controls",
                        to="governance.risk",
                        verbose_name="risk",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="kontroll")),
                ("method", models.TextField(blank=True, verbose_name="så görs kontrollen")),
                ("sample", models.CharField(blank=True, max_length=250, verbose_name="urval av ärenden")),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("monthly", "Varje månad"),
                            ("tertially", "Varje tertial"),
                            ("half_yearly", "Varje halvår"),
                            ("yearly", "Varje år"),
                        ],
                        max_length=20,
                        verbose_name="hur ofta",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="controls_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="controls",
                        to="governance.routine",
                        verbose_name="rutin",
                    ),
                ),
                ("criterion", models.CharField(blank=True, max_length=300, verbose_name="kriterium")),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[(">=", "minst"), (">", "mer än"), ("<=", "högst"), ("<", "mindre än")],
                        max_length=2,
                        verbose_name="jämförelse",
                    ),
                ),
                (
                    "limit",
                    models.DecimalField(blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="gräns"),
                ),
            ],
            options={
                "verbose_name": "kontroll",
                "verbose_name_plural": "kontroller",
                "ordering": ("risk", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("frequency__in", ["monthly", "tertially", "half_yearly", "yearly"])),
                        name="control_frequency_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("comparator", ""), ("limit__isnull", True), ("measure", "")),
                            models.Q(
                                models.Q(("measure", ""), _negated=True),
                                ("comparator__in", [">=", ">", "<=", "<"]),
                                ("limit__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="control_measured_has_a_limit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ControlResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "control",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="governance.control",
                        verbose_name="kontroll",
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[("interim", "Delårsrapport"), ("annual", "Årsrapport")],
                        max_length=20,
                        verbose_name="tillfälle",
                    ),
                ),
                ("performed_on", models.DateField(verbose_name="genomförd")),
                ("checked", models.PositiveIntegerField(blank=True, null=True, verbose_name="antal kontrollerade")),
                ("deviations", models.PositiveIntegerField(blank=True, null=True, verbose_name="antal avvikelser")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("passed", "Utan anmärkning"),
                            ("minor", "Mindre avvikelse"),
                            ("serious", "Allvarlig avvikelse"),
                            ("not_done", "Inte genomförd"),
                        ],
                        max_length=20,
                        verbose_name="bedömning",
                    ),
                ),
                ("comment", models.TextField(blank=True, verbose_name="kommentar")),
                ("figure", models.JSONField(blank=True, null=True, verbose_name="uppmätt värde")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_results",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
                (
                    "actions",
                    models.ManyToManyField(
                        blank=True, related_name="control_results", to="governance.action", verbose_name="åtgärder"
                    ),
                ),
            ],
            options={
                "verbose_name": "kontrollresultat",
                "verbose_name_plural": "kontrollresultat",
                "ordering": ("control", "performed_on"),
                "constraints": [
                    models.UniqueConstraint(fields=("control", "occasion"), name="one_control_result_an_occasion"),
                    models.CheckConstraint(
                        condition=models.Q(("occasion__in", ["interim", "annual"])), name="control_occasion_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["passed", "minor", "serious", "not_done"])),
                        name="control_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked__isnull", True), ("deviations__isnull", True)),
                            models.Q(
                                ("checked__isnull", False),
                                ("deviations__isnull", False),
                                ("deviations__lte", models.F("checked")),
                            ),
                            _connector="OR",
                        ),
                        name="control_deviations_within_checked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoverageEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverage",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                (
                    "aspect",
                    models.CharField(
                        choices=[
                            ("responsibility", "Ansvaret är fastställt"),
                            ("sub_goal", "Delmål är satta"),
                            ("action_plan", "Handlingsplan är antagen"),
                        ],
                        max_length=20,
                        verbose_name="vad",
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="beslutat")),
                ("reference", models.CharField(blank=True, max_length=250, verbose_name="beslut eller dokument")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverage",
                        to="governance.steeringdocument",
                        verbose_name="styrdokument",
                    ),
                ),
            ],
            options={
                "verbose_name": "täckning",
                "verbose_name_plural": "täckning",
                "ordering": ("committee", "year", "aspect"),
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "year", "aspect"), name="coverage_cell_once"),
                    models.CheckConstraint(
                        condition=models.Q(("aspect__in", ["responsibility", "sub_goal", "action_plan"])),
                        name="coverage_aspect_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="kod")),
                ("name", models.CharField(max_length=250, verbose_name="namn")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("first_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="gäller från år")),
                ("last_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="gäller till år")),
                (
                    "above",
                    models.ManyToManyField(
                        blank=True, related_name="below", to="governance.goal", verbose_name="mål som det bidrar till"
                    ),
                ),
            ],
            options={
                "verbose_name": "mål",
                "verbose_name_plural": "mål",
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_year__isnull", True),
                            ("last_year__isnull", True),
                            ("last_year__gte", models.F("first_year")),
                            _connector="OR",
                        ),
                        name="goal_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("measure", models.CharField(blank=True, max_length=100, verbose_name="mått")),
                ("variant", models.CharField(blank=True, max_length=100, verbose_name="variant")),
                ("selection", models.JSONField(blank=True, default=dict, verbose_name="urval")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="kod")),
                ("manual", models.BooleanField(default=False, verbose_name="rapporteras för hand")),
                ("name", models.CharField(blank=True, max_length=250, verbose_name="namn")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="måttenhet")),
                ("goals", models.ManyToManyField(related_name="indicators", to="governance.goal", verbose_name="mål")),
            ],
            options={
                "verbose_name": "indikator",
                "verbose_name_plural": "indikatorer",
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("manual", False), models.Q(("measure", ""), _negated=True)),
                            models.Q(
                                ("manual", True),
                                ("measure", ""),
                                ("variant", ""),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="indicator_is_measured_or_manual",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="governance.indicator",
                        verbose_name="indikator",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                (
                    "comparator",
                    models.CharField(
                        choices=[(">=", "minst"), (">", "mer än"), ("<=", "högst"), ("<", "mindre än")],
                        max_length=2,
                        verbose_name="jämförelse",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="värde"),
                ),
                ("kpi", models.CharField(blank=True, max_length=20, verbose_name="nyckeltal i Kolada")),
                ("group", models.CharField(blank=True, max_length=150, verbose_name="jämförelsegrupp")),
                ("copied", models.BooleanField(default=False, verbose_name="kopierat från året innan")),
            ],
            options={
                "verbose_name": "målvärde",
                "verbose_name_plural": "målvärden",
                "ordering": ("indicator", "year"),
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "year"), name="one_target_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("comparator__in", [">=", ">", "<=", "<"])),
                        name="target_comparator_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", ""), ("kpi", ""), ("value__isnull", False)),
                            models.Q(
                                ("value__isnull", True),
                                models.Q(("kpi", ""), _negated=True),
                                models.Q(("group", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="target_is_a_value_or_relative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scorecard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scorecards",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scorecards",
                        to="committees.department",
                        verbose_name="förvaltning",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scorecards",
                        to="committees.unit",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "indicators",
                    models.ManyToManyField(
                        blank=True, related_name="scorecards", to="governance.indicator", verbose_name="indikatorer"
                    ),
                ),
            ],
            options={
                "verbose_name": "styrkort",
                "verbose_name_plural": "styrkort",
                "ordering": ("committee", "department", "unit"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("department__isnull", True), ("unit__isnull", True)),
                        fields=("committee",),
                        name="one_scorecard_a_committee",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("department__isnull", False)),
                        fields=("committee", "department"),
                        name="one_scorecard_a_department",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("committee", "unit"),
                        name="one_scorecard_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("department__isnull", True), ("unit__isnull", True), _connector="OR"),
                        name="scorecard_is_of_one_level",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportedValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reported_values",
                        to="governance.indicator",
                        verbose_name="indikator",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reported_values",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("start", models.DateField(verbose_name="från")),
                ("end", models.DateField(verbose_name="till")),
                ("value", models.DecimalField(decimal_places=10, max_digits=20, verbose_name="värde")),
                ("source", models.CharField(max_length=300, verbose_name="källa")),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values_reported",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="rapporterat av",
                    ),
                ),
                ("reported_at", models.DateTimeField(verbose_name="rapporterat")),
                (
                    "attested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values_attested",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="attesterat av",
                    ),
                ),
                ("attested_at", models.DateTimeField(blank=True, null=True, verbose_name="attesterat")),
            ],
            options={
                "verbose_name": "rapporterat värde",
                "verbose_name_plural": "rapporterade värden",
                "ordering": ("indicator", "end"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "committee", "start", "end"), name="one_value_a_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="reported_value_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attested_at__isnull", True), ("attested_by__isnull", True)),
                            models.Q(
                                ("attested_at__isnull", False),
                                ("attested_by__isnull", False),
                                models.Q(("attested_by", models.F("reported_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reported_value_is_attested_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="governance.indicator",
                        verbose_name="indikator",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("start", models.DateField(verbose_name="från")),
                ("end", models.DateField(verbose_name="till")),
                ("text", models.TextField(verbose_name="förklaring")),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="governance.action",
                        verbose_name="åtgärd",
                    ),
                ),
                ("reason_for_none", models.TextField(blank=True, verbose_name="skäl till att ingen åtgärd behövs")),
                ("figure", models.JSONField(blank=True, null=True, verbose_name="utfall som förklaras")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
            ],
            options={
                "verbose_name": "förklaring",
                "verbose_name_plural": "förklaringar",
                "ordering": ("-end", "indicator"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "committee", "start", "end"), name="one_explanation_a_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="explanation_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__isnull", False), ("reason_for_none", "")),
                            models.Q(("action__isnull", True), models.Q(("reason_for_none", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="explanation_has_an_action_or_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Forum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="namn")),
                ("purpose", models.TextField(blank=True, verbose_name="syfte")),
                ("others", models.CharField(blank=True, max_length=300, verbose_name="andra parter")),
                ("interval_months", models.PositiveSmallIntegerField(verbose_name="månader mellan möten")),
                ("start", models.DateField(verbose_name="från")),
                ("end", models.DateField(blank=True, null=True, verbose_name="till")),
                (
                    "committees",
                    models.ManyToManyField(related_name="forums", to="committees.committee", verbose_name="nämnder"),
                ),
            ],
            options={
                "verbose_name": "forum",
                "verbose_name_plural": "forum",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("interval_months__gte", 1)), name="forum_meets_sometime")
                ],
            },
        ),
        migrations.CreateModel(
            name="ForumMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="governance.forum",
                        verbose_name="forum",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="datum")),
                ("minutes", models.CharField(blank=True, max_length=250, verbose_name="minnesanteckningar")),
            ],
            options={
                "verbose_name": "möte",
                "verbose_name_plural": "möten",
                "ordering": ("forum", "-held_on"),
                "constraints": [models.UniqueConstraint(fields=("forum", "held_on"), name="one_meeting_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="utredning")),
                ("question", models.TextField(blank=True, verbose_name="fråga")),
                ("conclusion", models.TextField(blank=True, verbose_name="slutsats")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="källa")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="datum")),
                (
                    "volume",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="antal"),
                ),
                ("volume_unit", models.CharField(blank=True, max_length=60, verbose_name="enhet för antal")),
                (
                    "committees",
                    models.ManyToManyField(related_name="inquiries", to="committees.committee", verbose_name="nämnder"),
                ),
            ],
            options={
                "verbose_name": "utredning",
                "verbose_name_plural": "utredningar",
                "ordering": ("-decided_on", "title"),
            },
        ),
        migrations.CreateModel(
            name="Alternative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alternatives",
                        to="governance.inquiry",
                        verbose_name="utredning",
                    ),
                ),
                ("number", models.CharField(max_length=10, verbose_name="nummer")),
                ("name", models.CharField(max_length=250, verbose_name="alternativ")),
                ("description", models.TextField(blank=True, verbose_name="beskrivning")),
                ("measures", models.TextField(blank=True, verbose_name="kompenserande åtgärder")),
                (
                    "excluded_after",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="avfört efter matris"),
                ),
                ("exclusion_motive", models.TextField(blank=True, verbose_name="motiv till att det avfördes")),
            ],
            options={
                "verbose_name": "alternativ",
                "verbose_name_plural": "alternativ",
                "ordering": ("inquiry", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "number"), name="alternative_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("excluded_after__isnull", True), ("exclusion_motive", "")),
                            models.Q(
                                ("excluded_after__isnull", False), models.Q(("exclusion_motive", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="alternative_excluded_with_motive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="governance.inquiry",
                        verbose_name="utredning",
                    ),
                ),
                ("matrix", models.PositiveSmallIntegerField(default=1, verbose_name="matris")),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                ("name", models.CharField(max_length=250, verbose_name="kriterium")),
                ("aspects", models.TextField(blank=True, verbose_name="delaspekter")),
                ("scale", models.JSONField(default=list, verbose_name="skala")),
            ],
            options={
                "verbose_name": "kriterium",
                "verbose_name_plural": "kriterier",
                "ordering": ("inquiry", "matrix", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "matrix", "number"), name="criterion_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "alternative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="governance.alternative",
                        verbose_name="alternativ",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="governance.criterion",
                        verbose_name="kriterium",
                    ),
                ),
                ("label", models.CharField(max_length=60, verbose_name="poäng")),
                ("motive", models.TextField(blank=True, verbose_name="motiv")),
            ],
            options={
                "verbose_name": "poäng",
                "verbose_name_plural": "poäng",
                "ordering": ("criterion", "alternative"),
                "constraints": [models.UniqueConstraint(fields=("alternative", "criterion"), name="score_once")],
            },
        ),
        migrations.CreateModel(
            name="AlternativeCost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "alternative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="governance.alternative",
                        verbose_name="alternativ",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="kostnad")),
                ("low", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="lägst")),
                ("high", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="högst")),
                ("per_place", models.BooleanField(verbose_name="per plats")),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="källa")),
            ],
            options={
                "verbose_name": "kostnad för alternativ",
                "verbose_name_plural": "kostnader för alternativ",
                "ordering": ("alternative", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("high__gte", models.F("low"))), name="alternative_cost_interval"
                    ),
                    models.CheckConstraint(condition=models.Q(("low__gte", 0)), name="alternative_cost_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                (
                    "secret_hash",
                    models.CharField(max_length=64, unique=True, verbose_name="SHA-256 av det hemliga i adressen"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="skapad")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="återkallad")),
            ],
            options={
                "verbose_name": "kalenderadress",
                "verbose_name_plural": "kalenderadresser",
                "ordering": ("-created_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("committee__isnull", False), ("revoked_at__isnull", True)),
                        fields=("user", "committee"),
                        name="calendar_feed_one_live_a_committee",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("committee__isnull", True), ("revoked_at__isnull", True)),
                        fields=("user",),
                        name="calendar_feed_one_live_of_ones_own",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminder_choice",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("wanted", models.BooleanField(default=True, verbose_name="påminnelser med e-post")),
            ],
            options={
                "verbose_name": "val om påminnelser",
                "verbose_name_plural": "val om påminnelser",
            },
        ),
        migrations.CreateModel(
            name="SentReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("key", models.CharField(max_length=200, verbose_name="sak")),
                ("due", models.DateField(verbose_name="datum")),
                (
                    "stage",
                    models.CharField(
                        choices=[("soon", "Snart"), ("late", "Försenad")], max_length=10, verbose_name="påminnelse"
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="skickad")),
            ],
            options={
                "verbose_name": "skickad påminnelse",
                "verbose_name_plural": "skickade påminnelser",
                "ordering": ("-sent_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "key", "due", "stage"), name="reminder_sent_once"),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["soon", "late"])), name="reminder_stage_is_known"
                    ),
                ],
            },
        ),
    ]
