"""Forums of cooperation: who meets about what, how often, and whether they did."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.models.owned import Owned


class ForumQuerySet(models.QuerySet["Forum"]):
    """Forums."""

    def visible_to(self, user: User) -> ForumQuerySet:
        """Return the forums of the committees whose steering the user may see."""
        codes = access_of(user).committees_with(Permission.SEE_STEERING)
        return self.filter(pk__in=self.model._default_manager.filter(committees__code__in=codes).values("pk"))


class Forum(Revisable, Owned):
    """A standing meeting. `interval_months` is how often it is to meet; `others` the parties outside the committees."""

    name = models.CharField("namn", max_length=200)
    purpose = models.TextField("syfte", blank=True)
    committees = models.ManyToManyField(Committee, related_name="forums", verbose_name="nämnder")
    others = models.CharField("andra parter", max_length=300, blank=True)
    interval_months = models.PositiveSmallIntegerField("månader mellan möten")
    start = models.DateField("från")
    end = models.DateField("till", null=True, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = "forum"
        verbose_name_plural = "forum"
        ordering = ("name", "pk")
        constraints = [models.CheckConstraint(condition=Q(interval_months__gte=1), name="forum_meets_sometime")]

    def __str__(self) -> str:
        return self.name


class ForumMeeting(models.Model):
    """One meeting that was held, and where its minutes are."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="meetings", verbose_name="forum")
    held_on = models.DateField("datum")
    minutes = models.CharField("minnesanteckningar", max_length=250, blank=True)

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ("forum", "-held_on")
        constraints = [models.UniqueConstraint(fields=("forum", "held_on"), name="one_meeting_a_day")]

    def __str__(self) -> str:
        return f"{self.forum} {self.held_on}"
