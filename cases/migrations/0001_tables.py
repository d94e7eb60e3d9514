import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from committees.append_only import append_only


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_initial"),
        ("cases", "0003_mapping_profiles"),
        ("cases", "0004_profiles_only_grow"),
        ("cases", "0005_disposal"),
        ("cases", "0006_waiting_deliveries"),
        ("cases", "0007_accounts_of_files"),
    ]

    initial = True

    dependencies = [
        ("committees", "0001_tables"),
        ("committees", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="kod")),
                ("name", models.CharField(max_length=150, verbose_name="namn")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_types",
                        to="committees.unit",
                        verbose_name="enhet",
                    ),
                ),
                ("target_group", models.CharField(blank=True, max_length=300, verbose_name="målgrupp")),
                ("funding", models.CharField(blank=True, max_length=100, verbose_name="finansiering")),
                (
                    "provider",
                    models.CharField(
                        choices=[("egen", "Egen regi"), ("avtal", "Enligt avtal"), ("annan", "Annan utförare")],
                        default="egen",
                        max_length=10,
                        verbose_name="utförare",
                    ),
                ),
                ("drop_in", models.BooleanField(default=False, verbose_name="utan föranmälan")),
                ("assesses_work_capacity", models.BooleanField(default=False, verbose_name="bedömer arbetsförmåga")),
            ],
            options={
                "verbose_name": "insats",
                "verbose_name_plural": "insatser",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="ExitReasonText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=150, unique=True, verbose_name="text")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("arbete_osubventionerat", "Arbete utan stöd"),
                            ("arbete_subventionerat", "Arbete med stöd"),
                            ("studier", "Studier"),
                            ("annan_myndighet", "Annan myndighet"),
                            ("slutfort_uppdrag", "Slutfört uppdrag"),
                            ("kommunal_anstallning", "Kommunal arbetsmarknadsanställning"),
                            ("flyttat", "Flyttat"),
                            ("avliden", "Avliden"),
                            ("franvaro", "Frånvaro"),
                            ("ej_aktuell", "Inte längre aktuell"),
                            ("avbrott", "Avbrott"),
                            ("ovrigt", "Övrigt"),
                        ],
                        max_length=40,
                        verbose_name="kod",
                    ),
                ),
            ],
            options={
                "verbose_name": "avslutsorsak",
                "verbose_name_plural": "avslutsorsaker",
                "ordering": ("text",),
            },
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("arbetsmarknad", "Inskrivningar och insatser"),
                            ("ekonomiskt_bistand", "Ekonomiskt bistånd"),
                            ("sfi", "Sfi"),
                        ],
                        max_length=30,
                        verbose_name="område",
                    ),
                ),
                ("last_day", models.DateField(verbose_name="sista anteckning senast")),
                ("body", models.CharField(max_length=150, verbose_name="beslutad av")),
                ("decided_on", models.DateField(verbose_name="beslutsdatum")),
                ("paragraph", models.CharField(max_length=50, verbose_name="paragraf")),
                ("persons", models.PositiveIntegerField(verbose_name="personer")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="listans kontrollsumma")),
                ("proposed", models.JSONField(default=dict, verbose_name="rader i förslaget")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registrerad av",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="registrerad")),
                (
                    "carried_out_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utförd av",
                    ),
                ),
                ("carried_out_at", models.DateTimeField(blank=True, null=True, verbose_name="utförd")),
                ("removed", models.JSONField(blank=True, default=dict, verbose_name="borttagna versioner")),
            ],
            options={
                "verbose_name": "gallring",
                "verbose_name_plural": "gallringar",
                "ordering": ("-recorded_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("area__in", ["arbetsmarknad", "ekonomiskt_bistand", "sfi"])),
                        name="disposal_area_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", ""), _negated=True), models.Q(("paragraph", ""), _negated=True)
                        ),
                        name="disposal_has_its_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("carried_out_at__isnull", True), ("carried_out_by__isnull", True)),
                            models.Q(("carried_out_at__isnull", False), ("carried_out_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="disposal_is_carried_out_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("carried_out_by__isnull", True),
                            models.Q(("carried_out_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="disposal_takes_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MappingProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="namn")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("system", models.CharField(max_length=60, verbose_name="system")),
                ("text", models.TextField(verbose_name="text")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sparad av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="sparad")),
            ],
            options={
                "verbose_name": "profil",
                "verbose_name_plural": "profiler",
                "ordering": ("name", "-version"),
                "constraints": [models.UniqueConstraint(fields=("name", "version"), name="one_profile_a_version")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="inläst av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="inläst")),
                ("replaces", models.BooleanField(default=False, verbose_name="ersätter")),
                (
                    "profile",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="cases.mappingprofile",
                        verbose_name="profil",
                    ),
                ),
            ],
            options={
                "verbose_name": "leverans",
                "verbose_name_plural": "leveranser",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="DeliveredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="cases.delivery",
                        verbose_name="leverans",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("personer", "Personer"),
                            ("inskrivningar", "Inskrivningar"),
                            ("insatser", "Insatser"),
                            ("planer", "Planer"),
                            ("uppfoljningar", "Uppföljningar"),
                            ("pauser", "Pauser"),
                            ("besok", "Besök"),
                            ("stodarenden", "Stödärenden"),
                            ("stodmanader", "Stödmånader"),
                            ("sfi_anvisningar", "Sfi-anvisningar"),
                            ("sfi_deltaganden", "Sfi-deltaganden"),
                            ("kostnader", "Kostnader"),
                            ("prognoser", "Prognoser"),
                            ("befolkning", "Befolkning"),
                            ("personal", "Personal"),
                            ("historik", "Historik"),
                        ],
                        max_length=30,
                        verbose_name="slag",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="filnamn")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("rows", models.PositiveIntegerField(verbose_name="rader")),
                ("new", models.PositiveIntegerField(verbose_name="nya")),
                ("changed", models.PositiveIntegerField(verbose_name="ändrade")),
                ("unchanged", models.PositiveIntegerField(verbose_name="oförändrade")),
                ("ended", models.PositiveIntegerField(verbose_name="avslutade")),
                ("accounts", models.JSONField(blank=True, default=dict, verbose_name="konton")),
            ],
            options={
                "verbose_name": "levererad fil",
                "verbose_name_plural": "levererade filer",
                "ordering": ("delivery", "kind"),
                "constraints": [models.UniqueConstraint(fields=("delivery", "kind"), name="one_file_a_kind")],
            },
        ),
        migrations.CreateModel(
            name="DeliveryWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="warnings",
                        to="cases.delivery",
                        verbose_name="leverans",
                    ),
                ),
                ("check_id", models.CharField(max_length=60, verbose_name="kontroll")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("personer", "Personer"),
                            ("inskrivningar", "Inskrivningar"),
                            ("insatser", "Insatser"),
                            ("planer", "Planer"),
                            ("uppfoljningar", "Uppföljningar"),
                            ("pauser", "Pauser"),
                            ("besok", "Besök"),
                            ("stodarenden", "Stödärenden"),
                            ("stodmanader", "Stödmånader"),
                            ("sfi_anvisningar", "Sfi-anvisningar"),
                            ("sfi_deltaganden", "Sfi-deltaganden"),
                            ("kostnader", "Kostnader"),
                            ("prognoser", "Prognoser"),
                            ("befolkning", "Befolkning"),
                            ("personal", "Personal"),
                            ("historik", "Historik"),
                        ],
                        max_length=30,
                        verbose_name="slag",
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="rad")),
                ("column", models.CharField(max_length=60, verbose_name="kolumn")),
                ("value", models.CharField(max_length=200, verbose_name="värde")),
                ("message", models.CharField(max_length=500, verbose_name="meddelande")),
            ],
            options={
                "verbose_name": "varning",
                "verbose_name_plural": "varningar",
                "ordering": ("delivery", "kind", "row"),
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("enrolment", models.CharField(max_length=100, verbose_name="inskrivning")),
                ("person", models.CharField(max_length=32, verbose_name="person")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "referrer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("af", "Arbetsförmedlingen"),
                            ("fk", "Försäkringskassan"),
                            ("region", "Regionen"),
                            ("socialtjanst", "Socialtjänsten"),
                            ("egen", "Egen remiss"),
                            ("annan", "Annan"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="anvisare",
                    ),
                ),
                ("referred", models.DateField(blank=True, null=True, verbose_name="remissdatum")),
                ("withdrawn", models.DateField(blank=True, null=True, verbose_name="återtagen")),
                ("start_meeting", models.DateField(blank=True, null=True, verbose_name="uppstartsmöte")),
                ("assessed", models.DateField(blank=True, null=True, verbose_name="utredning")),
                ("start", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ended", models.DateField(blank=True, null=True, verbose_name="slut")),
                (
                    "exit_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("arbete_osubventionerat", "Arbete utan stöd"),
                            ("arbete_subventionerat", "Arbete med stöd"),
                            ("studier", "Studier"),
                            ("annan_myndighet", "Annan myndighet"),
                            ("slutfort_uppdrag", "Slutfört uppdrag"),
                            ("kommunal_anstallning", "Kommunal arbetsmarknadsanställning"),
                            ("flyttat", "Flyttat"),
                            ("avliden", "Avliden"),
                            ("franvaro", "Frånvaro"),
                            ("ej_aktuell", "Inte längre aktuell"),
                            ("avbrott", "Avbrott"),
                            ("ovrigt", "Övrigt"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="avslutsorsak",
                    ),
                ),
                ("employed_from", models.DateField(blank=True, null=True, verbose_name="anställning från")),
                ("employed_to", models.DateField(blank=True, null=True, verbose_name="anställning till")),
                ("study_aid", models.BooleanField(blank=True, null=True, verbose_name="studiemedel")),
                (
                    "employment_rate",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="sysselsättningsgrad"
                    ),
                ),
            ],
            options={
                "verbose_name": "inskrivningar",
                "verbose_name_plural": "inskrivningar",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_enrolment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended__isnull", True), ("ended__gte", models.F("start")), _connector="OR"),
                        name="enrolment_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended__isnull", True), ("start__isnull", False), _connector="OR"),
                        name="enrolment_ends_only_if_begun",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exit_reason__isnull", True), ("ended__isnull", False), _connector="OR"),
                        name="enrolment_exit_reason_needs_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("enrolment", models.CharField(max_length=100, verbose_name="inskrivning")),
                (
                    "activity_type",
                    models.ForeignKey(
                        db_column="activity_type",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.activitytype",
                        to_field="code",
                        verbose_name="insats",
                    ),
                ),
                ("start", models.DateField(verbose_name="start")),
                ("ended", models.DateField(blank=True, null=True, verbose_name="slut")),
                ("workplace", models.BooleanField(blank=True, null=True, verbose_name="arbetsplats")),
                (
                    "hours_per_week",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="timmar per vecka"
                    ),
                ),
            ],
            options={
                "verbose_name": "insatser",
                "verbose_name_plural": "insatser",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_activity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended__isnull", True), ("ended__gte", models.F("start")), _connector="OR"),
                        name="activity_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("enrolment", models.CharField(max_length=100, verbose_name="inskrivning")),
                (
                    "kind",
                    models.CharField(
                        choices=[("arbetsplan", "Arbetsplan"), ("genomforandeplan", "Genomförandeplan")],
                        max_length=40,
                        verbose_name="plan",
                    ),
                ),
                ("drawn_up", models.DateField(verbose_name="upprättad")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="giltig till")),
            ],
            options={
                "verbose_name": "planer",
                "verbose_name_plural": "planer",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_plan",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("enrolment", models.CharField(max_length=100, verbose_name="inskrivning")),
                ("held", models.DateField(verbose_name="datum")),
                (
                    "kind",
                    models.CharField(
                        choices=[("uppfoljning", "Uppföljning"), ("sexmanadersprovning", "Sexmånadersprövning")],
                        max_length=40,
                        verbose_name="slag",
                    ),
                ),
                ("form", models.CharField(blank=True, max_length=200, null=True, verbose_name="form")),
            ],
            options={
                "verbose_name": "uppföljningar",
                "verbose_name_plural": "uppföljningar",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_followup",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("enrolment", models.CharField(max_length=100, verbose_name="inskrivning")),
                ("start", models.DateField(verbose_name="från")),
                ("ended", models.DateField(blank=True, null=True, verbose_name="till")),
                (
                    "reason",
                    models.CharField(
                        choices=[("sjukdom", "Sjukdom"), ("foraldraledighet", "Föräldraledighet"), ("annat", "Annat")],
                        max_length=40,
                        verbose_name="orsak",
                    ),
                ),
            ],
            options={
                "verbose_name": "pauser",
                "verbose_name_plural": "pauser",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_pause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended__isnull", True), ("ended__gte", models.F("start")), _connector="OR"),
                        name="pause_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("month", models.DateField(verbose_name="månad")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "activity_type",
                    models.ForeignKey(
                        db_column="activity_type",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.activitytype",
                        to_field="code",
                        verbose_name="insats",
                    ),
                ),
                ("visits", models.PositiveIntegerField(verbose_name="antal")),
            ],
            options={
                "verbose_name": "besök",
                "verbose_name_plural": "besök",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_visit",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("person", models.CharField(max_length=32, verbose_name="person")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="födelsedatum")),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("K", "Kvinna"), ("M", "Man")],
                        max_length=40,
                        null=True,
                        verbose_name="kön",
                    ),
                ),
                ("received", models.DateField(blank=True, null=True, verbose_name="mottagen")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kvot", "Kvotflykting"),
                            ("etablering", "Etablering"),
                            ("massflykt", "Massflykt"),
                            ("anhorig", "Anhörig"),
                            ("annan", "Annan grund"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="grund",
                    ),
                ),
                ("moved", models.DateField(blank=True, null=True, verbose_name="utflyttad")),
                ("died", models.DateField(blank=True, null=True, verbose_name="avliden")),
                ("refugee_household", models.BooleanField(blank=True, null=True, verbose_name="flyktinghushåll")),
                ("protected", models.BooleanField(blank=True, null=True, verbose_name="skyddad")),
            ],
            options={
                "verbose_name": "personer",
                "verbose_name_plural": "personer",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("month", models.DateField(verbose_name="månad")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "activity_type",
                    models.ForeignKey(
                        blank=True,
                        db_column="activity_type",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.activitytype",
                        to_field="code",
                        verbose_name="insats",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("direkt", "Direkt kostnad"),
                            ("gemensam", "Gemensam kostnad"),
                            ("intern_intakt", "Interna intäkter"),
                            ("forsaljning", "Försäljning till andra kommuner"),
                            ("statsbidrag", "Statsbidrag"),
                        ],
                        max_length=40,
                        verbose_name="slag",
                    ),
                ),
                ("account", models.CharField(blank=True, max_length=100, null=True, verbose_name="konto")),
                ("outcome", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="utfall")),
                (
                    "budget",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="budget"),
                ),
            ],
            options={
                "verbose_name": "kostnader",
                "verbose_name_plural": "kostnader",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_cost",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("made", models.DateField(verbose_name="per")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "activity_type",
                    models.ForeignKey(
                        blank=True,
                        db_column="activity_type",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.activitytype",
                        to_field="code",
                        verbose_name="insats",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("direkt", "Direkt kostnad"),
                            ("gemensam", "Gemensam kostnad"),
                            ("intern_intakt", "Interna intäkter"),
                            ("forsaljning", "Försäljning till andra kommuner"),
                            ("statsbidrag", "Statsbidrag"),
                        ],
                        max_length=40,
                        verbose_name="slag",
                    ),
                ),
                ("forecast", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="prognos")),
            ],
            options={
                "verbose_name": "prognoser",
                "verbose_name_plural": "prognoser",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_forecast",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("inhabitants", models.PositiveIntegerField(verbose_name="antal")),
                ("adults", models.PositiveIntegerField(verbose_name="antal 18plus")),
            ],
            options={
                "verbose_name": "befolkning",
                "verbose_name_plural": "befolkning",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_population",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("month", models.DateField(verbose_name="månad")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
                ("permanent", models.PositiveIntegerField(blank=True, null=True, verbose_name="tillsvidareanställda")),
                (
                    "full_time_equivalents",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="årsarbetare"
                    ),
                ),
                (
                    "sick_leave",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="sjukfrånvaro"
                    ),
                ),
                (
                    "long_sick_leave",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="sjukfrånvaro lång"
                    ),
                ),
                ("departed", models.PositiveIntegerField(blank=True, null=True, verbose_name="slutat")),
            ],
            options={
                "verbose_name": "personal",
                "verbose_name_plural": "personal",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_staff",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="History",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("measure", models.CharField(max_length=100, verbose_name="mått")),
                ("variant", models.CharField(blank=True, max_length=100, null=True, verbose_name="variant")),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        db_column="committee",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.committee",
                        to_field="code",
                        verbose_name="nämnd",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=10, max_digits=20, verbose_name="värde")),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="täljare"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=20, null=True, verbose_name="nämnare"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="källa")),
                ("name_then", models.CharField(blank=True, max_length=200, null=True, verbose_name="namn då")),
            ],
            options={
                "verbose_name": "historik",
                "verbose_name_plural": "historik",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_history",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SfiReferral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("referral", models.CharField(max_length=100, verbose_name="anvisning")),
                ("person", models.CharField(max_length=32, verbose_name="person")),
                ("referred", models.DateField(verbose_name="anvisad")),
                ("planned_start", models.DateField(verbose_name="planerad start")),
                (
                    "referrer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("af", "Arbetsförmedlingen"),
                            ("fk", "Försäkringskassan"),
                            ("region", "Regionen"),
                            ("socialtjanst", "Socialtjänsten"),
                            ("egen", "Egen remiss"),
                            ("annan", "Annan"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="anvisare",
                    ),
                ),
                ("withdrawn", models.DateField(blank=True, null=True, verbose_name="återkallad")),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tackat_nej", "Tackat nej"),
                            ("arbete", "Arbete"),
                            ("flyttat", "Flyttat"),
                            ("annat", "Annat"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="återkallad orsak",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "sfi-anvisningar",
                "verbose_name_plural": "sfi-anvisningar",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_sfireferral",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SfiParticipation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("participation", models.CharField(max_length=100, verbose_name="deltagande")),
                ("person", models.CharField(max_length=32, verbose_name="person")),
                ("start", models.DateField(verbose_name="start")),
                ("referral", models.CharField(blank=True, max_length=200, null=True, verbose_name="anvisning")),
                ("study_path", models.PositiveIntegerField(blank=True, null=True, verbose_name="studieväg")),
                (
                    "course",
                    models.CharField(
                        blank=True,
                        choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                        max_length=40,
                        null=True,
                        verbose_name="kurs",
                    ),
                ),
                ("ended", models.DateField(blank=True, null=True, verbose_name="slut")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("godkand", "Godkänd"),
                            ("utan_godkant", "Avslutad utan godkänt"),
                            ("avbrott", "Avbrott"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="resultat",
                    ),
                ),
                (
                    "dropout_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("arbete", "Arbete"),
                            ("praktik", "Praktik"),
                            ("studier", "Studier"),
                            ("privata_skal", "Privata skäl"),
                            ("flytt", "Flytt"),
                            ("sjukdom", "Sjukdom"),
                            ("foraldraledighet", "Föräldraledighet"),
                            ("franvaro", "Frånvaro"),
                            ("ej_framsteg", "Gör inte framsteg"),
                            ("annat", "Annat"),
                            ("okant", "Okänt"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="avbrottsorsak",
                    ),
                ),
                (
                    "after_year",
                    models.CharField(
                        blank=True,
                        choices=[("arbete", "Arbete"), ("studier", "Studier"), ("annat", "Annat"), ("okant", "Okänt")],
                        max_length=40,
                        null=True,
                        verbose_name="efter ett år",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "sfi-deltaganden",
                "verbose_name_plural": "sfi-deltaganden",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_sfiparticipation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended__isnull", True), ("ended__gte", models.F("start")), _connector="OR"),
                        name="sfi_participation_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("support_case", models.CharField(max_length=100, verbose_name="ärende")),
                ("household", models.CharField(max_length=200, verbose_name="hushåll")),
                ("person", models.CharField(max_length=32, verbose_name="person")),
                (
                    "role",
                    models.CharField(
                        choices=[("huvudsokande", "Huvudsökande"), ("medsokande", "Medsökande"), ("barn", "Barn")],
                        max_length=40,
                        verbose_name="roll",
                    ),
                ),
                ("applied", models.DateField(verbose_name="ansökan")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bifall", "Bifall"),
                            ("delavslag", "Delavslag"),
                            ("avslag", "Avslag"),
                            ("aterkallad", "Återkallad"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="beslut",
                    ),
                ),
                ("decided", models.DateField(blank=True, null=True, verbose_name="beslutsdatum")),
                ("opened", models.DateField(blank=True, null=True, verbose_name="öppnat")),
                ("closed", models.DateField(blank=True, null=True, verbose_name="avslutat")),
                (
                    "closing_reason",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="avslutsorsak"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "stödärenden",
                "verbose_name_plural": "stödärenden",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_supportcase",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=400)),
                ("content", models.CharField(max_length=64)),
                ("source_row", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.delivery"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.delivery",
                    ),
                ),
                ("household", models.CharField(max_length=200, verbose_name="hushåll")),
                ("person", models.CharField(max_length=32, verbose_name="person")),
                ("month", models.DateField(verbose_name="månad")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="belopp")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[("huvudsokande", "Huvudsökande"), ("medsokande", "Medsökande"), ("barn", "Barn")],
                        max_length=40,
                        null=True,
                        verbose_name="roll",
                    ),
                ),
                ("paid", models.DateField(blank=True, null=True, verbose_name="utbetald")),
                (
                    "hinder",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("arbetslos_ingen_ersattning", "Arbetslös, ingen ersättning"),
                            ("arbetslos_otillracklig", "Arbetslös, otillräcklig ersättning"),
                            ("arbetslos_vantar", "Arbetslös, väntar på ersättning"),
                            ("arbetslos_etablering", "Arbetslös, etableringsersättning"),
                            ("sjukskriven", "Sjukskriven med läkarintyg"),
                            ("sjuk_aktivitetsersattning", "Sjuk- eller aktivitetsersättning"),
                            ("pension", "Pension"),
                            ("sociala_skal", "Arbetshinder av sociala skäl"),
                            ("foraldraledig", "Föräldraledig"),
                            ("heltid", "Arbetar heltid"),
                            ("deltid", "Arbetar deltid"),
                            ("saknas", "Försörjningshinder saknas"),
                            ("okant", "Okänt"),
                        ],
                        max_length=40,
                        null=True,
                        verbose_name="försörjningshinder",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.unit",
                        to_field="code",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "stödmånader",
                "verbose_name_plural": "stödmånader",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("row_key",),
                        name="one_current_supportmonth",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WaitingDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="inlämnad")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Väntar"),
                            ("checking", "Kontrolleras"),
                            ("taking", "Läses in"),
                            ("stopping", "Avbryts"),
                            ("checked", "Kontrollerad"),
                            ("taken", "Inläst"),
                            ("unchanged", "Inget nytt"),
                            ("refused", "Har fel"),
                            ("thrown_away", "Kastad"),
                            ("failed", "Misslyckades"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.mappingprofile",
                        verbose_name="profil",
                    ),
                ),
                ("replaces", models.BooleanField(default=False, verbose_name="ersätter")),
                ("rows_read", models.PositiveIntegerField(default=0, verbose_name="lästa rader")),
                ("moved_at", models.DateTimeField(auto_now=True, verbose_name="senast ändrad")),
                ("outcome", models.JSONField(blank=True, default=dict, verbose_name="utfall")),
                (
                    "delivery",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.delivery",
                        verbose_name="leverans",
                    ),
                ),
            ],
            options={
                "verbose_name": "inlämning",
                "verbose_name_plural": "inlämningar",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="WaitingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "handed_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="cases.waitingdelivery",
                        verbose_name="inlämning",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personer", "Personer"),
                            ("inskrivningar", "Inskrivningar"),
                            ("insatser", "Insatser"),
                            ("planer", "Planer"),
                            ("uppfoljningar", "Uppföljningar"),
                            ("pauser", "Pauser"),
                            ("besok", "Besök"),
                            ("stodarenden", "Stödärenden"),
                            ("stodmanader", "Stödmånader"),
                            ("sfi_anvisningar", "Sfi-anvisningar"),
                            ("sfi_deltaganden", "Sfi-deltaganden"),
                            ("kostnader", "Kostnader"),
                            ("prognoser", "Prognoser"),
                            ("befolkning", "Befolkning"),
                            ("personal", "Personal"),
                            ("historik", "Historik"),
                        ],
                        default="",
                        max_length=30,
                        verbose_name="slag",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="filnamn")),
                ("size", models.PositiveBigIntegerField(verbose_name="storlek")),
                ("place", models.UUIDField(unique=True, verbose_name="plats")),
            ],
            options={
                "verbose_name": "inlämnad fil",
                "verbose_name_plural": "inlämnade filer",
                "ordering": ("handed_in", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", ""), _negated=True),
                        fields=("handed_in", "kind"),
                        name="one_waiting_file_a_kind",
                    )
                ],
            },
        ),
        append_only("cases_mappingprofile"),
    ]
