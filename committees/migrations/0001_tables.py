import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from committees.append_only import append_only


class Migration(migrations.Migration):
    replaces = [
        ("committees", "0001_initial"),
        ("committees", "0002_who_saw_what"),
        ("committees", "0003_changes"),
        ("committees", "0004_changes_only_grow"),
        ("committees", "0005_samples_are_logged"),
        ("committees", "0006_register_extracts_are_logged"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="kommunkod")),
                ("name", models.CharField(max_length=100, verbose_name="namn")),
                ("small_number_limit", models.PositiveSmallIntegerField(default=5, verbose_name="gräns för små tal")),
                ("sfi_start_days", models.PositiveSmallIntegerField(default=42, verbose_name="dagar till sfi-start")),
                (
                    "sfi_early_dropout_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="dagar för tidigt avbrott"),
                ),
                (
                    "referral_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="dagar från remiss till startmöte"),
                ),
                ("plan_days", models.PositiveSmallIntegerField(default=30, verbose_name="dagar till genomförandeplan")),
            ],
            options={
                "verbose_name": "kommun",
                "verbose_name_plural": "kommuner",
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kod")),
                ("name", models.CharField(max_length=150, verbose_name="namn")),
            ],
            options={
                "verbose_name": "nämnd",
                "verbose_name_plural": "nämnder",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kod")),
                ("name", models.CharField(max_length=150, verbose_name="namn")),
                (
                    "committees",
                    models.ManyToManyField(
                        blank=True, related_name="departments", to="committees.committee", verbose_name="nämnder"
                    ),
                ),
            ],
            options={
                "verbose_name": "förvaltning",
                "verbose_name_plural": "förvaltningar",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kod")),
                ("name", models.CharField(max_length=150, verbose_name="namn")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ame", "Arbetsmarknad"),
                            ("integration", "Integration"),
                            ("ekonomiskt_bistand", "Ekonomiskt bistånd"),
                            ("sfi", "Sfi"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="committees.department",
                        verbose_name="förvaltning",
                    ),
                ),
            ],
            options={
                "verbose_name": "enhet",
                "verbose_name_plural": "enheter",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ame", "integration", "ekonomiskt_bistand", "sfi"])),
                        name="unit_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="committees.unit",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="committees.committee",
                        verbose_name="nämnd",
                    ),
                ),
                ("start", models.DateField(verbose_name="från")),
                ("end", models.DateField(blank=True, null=True, verbose_name="till")),
                ("decision", models.CharField(blank=True, max_length=100, verbose_name="beslut")),
            ],
            options={
                "verbose_name": "ansvar",
                "verbose_name_plural": "ansvar",
                "ordering": ("unit", "start"),
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "start"), name="responsibility_starts_once"),
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                        name="responsibility_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "användare",
                "verbose_name_plural": "användare",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="användare",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("secretary", "Nämndsekreterare"),
                            ("auditor", "Revisor"),
                            ("elected_auditor", "Förtroendevald revisor"),
                            ("manager", "Chef"),
                            ("data_steward", "Systemförvaltare"),
                            ("administrator", "Administratör"),
                        ],
                        max_length=20,
                        verbose_name="roll",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
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
                        related_name="assignments",
                        to="committees.unit",
                        verbose_name="enhet",
                    ),
                ),
                ("start", models.DateField(verbose_name="från")),
                ("end", models.DateField(blank=True, null=True, verbose_name="till")),
            ],
            options={
                "verbose_name": "roll",
                "verbose_name_plural": "roller",
                "ordering": ("user", "start"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["secretary", "auditor", "elected_auditor", "manager", "data_steward", "administrator"],
                            )
                        ),
                        name="assignment_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                        name="assignment_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("committee__isnull", False),
                            ("role__in", ["data_steward", "administrator"]),
                            _connector="OR",
                        ),
                        name="assignment_of_case_roles_has_a_committee",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeopleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="användare",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes_made",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("added", "Inloggning skapad"),
                            ("role_given", "Roll given"),
                            ("role_ended", "Roll avslutad"),
                        ],
                        max_length=20,
                        verbose_name="vad",
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300, verbose_name="uppgift")),
            ],
            options={
                "verbose_name": "behörighetsändring",
                "verbose_name_plural": "behörighetsändringar",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="CaseAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_accesses",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="användare",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("cases", "Ärendelista"),
                            ("left_out", "Lista över utelämnade"),
                            ("export", "Hämtad fil"),
                            ("sample", "Stickprov i granskning"),
                            ("register_extract", "Registerutdrag"),
                        ],
                        max_length=40,
                        verbose_name="vad",
                    ),
                ),
                ("measure", models.CharField(max_length=100, verbose_name="mått")),
                ("snapshot", models.CharField(max_length=64, verbose_name="underlag")),
                ("filters", models.JSONField(default=dict, verbose_name="urval")),
                ("shown", models.JSONField(default=list, verbose_name="visade ärenden")),
                (
                    "committees",
                    models.ManyToManyField(
                        related_name="case_accesses", to="committees.committee", verbose_name="nämnder"
                    ),
                ),
            ],
            options={
                "verbose_name": "ärendeläsning",
                "verbose_name_plural": "ärendeläsningar",
                "ordering": ("-at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["cases", "left_out", "export", "sample", "register_extract"])
                        ),
                        name="case_access_purpose",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FailedLogIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(db_index=True, max_length=64, verbose_name="namn")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
            ],
            options={
                "verbose_name": "misslyckad inloggning",
                "verbose_name_plural": "misslyckade inloggningar",
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=100, verbose_name="slag")),
                ("subject_id", models.BigIntegerField(verbose_name="nummer")),
                ("field", models.CharField(max_length=100, verbose_name="uppgift")),
                ("before", models.TextField(blank=True, verbose_name="före")),
                ("after", models.TextField(blank=True, verbose_name="efter")),
                ("why", models.TextField(blank=True, verbose_name="varför")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes_logged",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="när")),
            ],
            options={
                "verbose_name": "ändring",
                "verbose_name_plural": "ändringar",
                "ordering": ("-at", "-pk"),
                "indexes": [models.Index(fields=["subject_type", "subject_id"], name="change_subject")],
            },
        ),
        append_only("committees_change"),
    ]
