"""Who: the municipality, its committees, departments and units, responsibility in time, and the people with their roles."""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from committees.append_only import AppendOnlyQuerySet, NeverChanged
from committees.enums import CasePurpose, Role, UnitKind
from committees.permissions import Permission, access_of


class Municipality(models.Model):
    """The one municipality of an installation, with the limits it has set (kommun.toml: [kommun] and [granser])."""

    code = models.CharField("kommunkod", max_length=8, unique=True)
    name = models.CharField("namn", max_length=100)
    small_number_limit = models.PositiveSmallIntegerField("gräns för små tal", default=5)
    sfi_start_days = models.PositiveSmallIntegerField("dagar till sfi-start", default=42)
    sfi_early_dropout_days = models.PositiveSmallIntegerField("dagar för tidigt avbrott", default=14)
    referral_days = models.PositiveSmallIntegerField("dagar från remiss till startmöte", default=14)
    plan_days = models.PositiveSmallIntegerField("dagar till genomförandeplan", default=30)

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"

    def __str__(self) -> str:
        return self.name


class CommitteeQuerySet(models.QuerySet["Committee"]):
    """Committees."""

    def those_with_units_first(self) -> CommitteeQuerySet:
        """Return them by name, those that answer or have answered for a unit before those that never have."""
        answering = Exists(Responsibility.objects.filter(committee=OuterRef("pk")))
        return self.order_by(answering.desc(), "name")


class Committee(models.Model):
    """A nämnd: the political body that answers for units and receives reports."""

    code = models.CharField("kod", max_length=20, unique=True)
    name = models.CharField("namn", max_length=150)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = "nämnd"
        verbose_name_plural = "nämnder"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A förvaltning: the civil servants under one or several committees."""

    code = models.CharField("kod", max_length=20, unique=True)
    name = models.CharField("namn", max_length=150)
    committees = models.ManyToManyField(Committee, related_name="departments", verbose_name="nämnder", blank=True)

    class Meta:
        verbose_name = "förvaltning"
        verbose_name_plural = "förvaltningar"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An enhet: where the cases are. Its committee changes in time, see Responsibility."""

    code = models.CharField("kod", max_length=20, unique=True)
    name = models.CharField("namn", max_length=150)
    kind = models.CharField("slag", max_length=20, choices=UnitKind)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="units", verbose_name="förvaltning"
    )

    class Meta:
        verbose_name = "enhet"
        verbose_name_plural = "enheter"
        ordering = ("name",)
        constraints = [models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_is_known")]

    def __str__(self) -> str:
        return self.name


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    """Responsibilities of committees for units."""

    def on(self, day: dt.date) -> ResponsibilityQuerySet:
        """Return the responsibilities in force on the day (both ends included)."""
        return self.filter(Q(start__lte=day), Q(end__isnull=True) | Q(end__gte=day))


class Responsibility(models.Model):
    """Which committee answers for a unit from one day to another, and by what decision.

    A figure belongs to the committee responsible on the figure's attribution date (measures.md).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="responsibilities", verbose_name="enhet")
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="responsibilities", verbose_name="nämnd"
    )
    start = models.DateField("från")
    end = models.DateField("till", null=True, blank=True)
    decision = models.CharField("beslut", max_length=100, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = "ansvar"
        verbose_name_plural = "ansvar"
        ordering = ("unit", "start")
        constraints = [
            models.UniqueConstraint(fields=("unit", "start"), name="responsibility_starts_once"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="responsibility_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.committee} från {self.start}"


class User(AbstractUser):
    """A person who logs in. What they may do follows from their role assignments, never from flags on the user."""

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Assignments of roles to people."""

    def in_force(self, day: dt.date) -> RoleAssignmentQuerySet:
        """Return the assignments that hold on the day (both ends included)."""
        return self.filter(Q(start__lte=day), Q(end__isnull=True) | Q(end__gte=day))


class RoleAssignment(models.Model):
    """One person's role for a committee, possibly narrowed to one of its units, from one day to another.

    An administrator or data steward without a committee has the whole municipality's set-up, but no committee's cases.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments", verbose_name="användare")
    role = models.CharField("roll", max_length=20, choices=Role)
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="nämnd"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="enhet"
    )
    start = models.DateField("från")
    end = models.DateField("till", null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "roll"
        verbose_name_plural = "roller"
        ordering = ("user", "start")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="assignment_role_is_known"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="assignment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(committee__isnull=False) | Q(role__in=[Role.DATA_STEWARD, Role.ADMINISTRATOR]),
                name="assignment_of_case_roles_has_a_committee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.committee or 'hela kommunen'}"


class PeopleChange(models.Model):
    """The log of who was given a log-in or a role, by whom and when: never changed or removed."""

    class What(models.TextChoices):
        """What was done."""

        ADDED = "added", "Inloggning skapad"
        ROLE_GIVEN = "role_given", "Roll given"
        ROLE_ENDED = "role_ended", "Roll avslutad"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="changes", verbose_name="användare")
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="changes_made", verbose_name="av"
    )
    at = models.DateTimeField("när", auto_now_add=True)
    what = models.CharField("vad", max_length=20, choices=What)
    detail = models.CharField("uppgift", max_length=300, blank=True)

    class Meta:
        verbose_name = "behörighetsändring"
        verbose_name_plural = "behörighetsändringar"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_what_display()}"


class CaseAccessQuerySet(models.QuerySet["CaseAccess"]):
    """Records of who looked at which cases."""

    def visible_to(self, user: User) -> CaseAccessQuerySet:
        """Return the records the user may read: all, or those whose every committee is wholly the user's to follow."""
        access = access_of(user)
        if access.may_everywhere(Permission.SEE_ACCESS_LOG):
            return self
        permission = Permission.SEE_ACCESS_LOG
        codes = [code for code in access.committees_with(permission) if access.may_for(permission, [code])]
        within = self.filter(committees__code__in=codes).values("pk")
        beyond = self.filter(committees__in=Committee.objects.exclude(code__in=codes)).values("pk")
        return self.filter(pk__in=within).exclude(pk__in=beyond)


class CaseAccess(models.Model):
    """The log of who looked at which cases: written in the same transaction as the look, never changed or removed.

    `shown` holds the keys of the cases shown, `filters` the dimensions and values they were narrowed to.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_accesses", verbose_name="användare")
    at = models.DateTimeField("när", auto_now_add=True)
    purpose = models.CharField("vad", max_length=40, choices=CasePurpose)
    measure = models.CharField("mått", max_length=100)
    snapshot = models.CharField("underlag", max_length=64)
    committees = models.ManyToManyField(Committee, related_name="case_accesses", verbose_name="nämnder")
    filters = models.JSONField("urval", default=dict)
    shown = models.JSONField("visade ärenden", default=list)

    objects = CaseAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "ärendeläsning"
        verbose_name_plural = "ärendeläsningar"
        ordering = ("-at", "-pk")
        constraints = [models.CheckConstraint(condition=Q(purpose__in=CasePurpose.values), name="case_access_purpose")]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M} {self.measure}"


class FailedLogIn(models.Model):
    """A failed log-in, kept for as long as it slows down whoever guesses passwords. `name` is a hash of what was typed."""

    name = models.CharField("namn", max_length=64, db_index=True)
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "misslyckad inloggning"
        verbose_name_plural = "misslyckade inloggningar"

    def __str__(self) -> str:
        return f"{self.name[:8]} {self.at:%Y-%m-%d %H:%M}"


class ChangeQuerySet(AppendOnlyQuerySet["Change"]):
    """Records of changes."""

    def of(self, *subjects: models.Model) -> ChangeQuerySet:
        """Return the changes of one thing, or of several together, newest first."""
        by_type: dict[str, list[int]] = {}
        for subject in subjects:
            by_type.setdefault(subject._meta.label_lower, []).append(subject.pk)
        about = Q(pk__in=[])
        for subject_type, subject_ids in by_type.items():
            about |= Q(subject_type=subject_type, subject_id__in=subject_ids)
        return self.filter(about).order_by("-at", "-pk")


class Change(models.Model):
    """The log of what people changed: who, when, from what to what, and why.

    Append-only: the database itself refuses to change a row (see append_only). Who may read a record is whoever may see
    its subject, which is asked of the subject and never here.
    """

    subject_type = models.CharField("slag", max_length=100)
    subject_id = models.BigIntegerField("nummer")
    field = models.CharField("uppgift", max_length=100)
    before = models.TextField("före", blank=True)
    after = models.TextField("efter", blank=True)
    why = models.TextField("varför", blank=True)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="changes_logged", verbose_name="av"
    )
    at = models.DateTimeField("när", auto_now_add=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "ändring"
        verbose_name_plural = "ändringar"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=("subject_type", "subject_id"), name="change_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.field}"

    @property
    def field_in_words(self) -> str:
        """What was changed, as the subject's model calls it: "klar senast", or "rekommendationer" for what others tie to it."""
        try:
            field = apps.get_model(self.subject_type)._meta.get_field(self.field)
        except (LookupError, FieldDoesNotExist):
            return self.field
        if isinstance(field, models.ForeignObjectRel):
            return str(field.related_model._meta.verbose_name_plural)  # type: ignore[union-attr]  # a model, once all are loaded
        return str(field.verbose_name)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: raises NeverChanged."""
        raise NeverChanged("committees.Change is only added to")
