"""The closed lists of steering."""

from __future__ import annotations

import datetime as dt

from django.db import models


class Comparator(models.TextChoices):
    """How an outcome is held against its target; `< 166` is not met at 166 (measures.md section 7)."""

    AT_LEAST = ">=", "minst"
    MORE_THAN = ">", "mer än"
    AT_MOST = "<=", "högst"
    LESS_THAN = "<", "mindre än"


class Cause(models.TextChoices):
    """What made a committee decide on an action."""

    TARGET = "target", "Mål som inte nås"
    RISK = "risk", "Risk"
    CONTROL = "control", "Avvikelse i intern kontroll"
    RECOMMENDATION = "recommendation", "Revisorernas rekommendation"
    DECISION = "decision", "Beslut eller uppdrag"
    OTHER = "other", "Annat"


class ActionState(models.TextChoices):
    """How far an action has come."""

    PLANNED = "planned", "Planerad"
    ONGOING = "ongoing", "Pågår"
    DONE = "done", "Genomförd"
    CANCELLED = "cancelled", "Avbruten"

    @classmethod
    def open(cls) -> tuple[ActionState, ...]:
        """The states in which something is still to be done."""
        return (cls.PLANNED, cls.ONGOING)


class ValueState(models.TextChoices):
    """Whether somebody else stands behind a value reported by hand."""

    REPORTED = "reported", "Rapporterat"
    ATTESTED = "attested", "Attesterat"


class PlanState(models.TextChoices):
    """How far the internal control of a year has come."""

    DRAFT = "draft", "Utkast"
    DECIDED = "decided", "Beslutad"
    REPORTED = "reported", "Rapporterad"


class RiskCategory(models.TextChoices):
    """What a risk would harm."""

    OPERATIONS = "operations", "Verksamhet"
    ECONOMY = "economy", "Ekonomi"
    LAW = "law", "Lag och regler"
    COOPERATION = "cooperation", "Samverkan"
    STAFF = "staff", "Personal"
    INFORMATION = "information", "Information och it"


class Frequency(models.TextChoices):
    """How often a control is done."""

    MONTHLY = "monthly", "Varje månad"
    TERTIALLY = "tertially", "Varje tertial"
    HALF_YEARLY = "half_yearly", "Varje halvår"
    YEARLY = "yearly", "Varje år"


class ControlOccasion(models.TextChoices):
    """When in the year a control is reported."""

    INTERIM = "interim", "Delårsrapport"
    ANNUAL = "annual", "Årsrapport"

    @property
    def short(self) -> str:
        """The occasion's name as a column's heading."""
        return {ControlOccasion.INTERIM: "Delår", ControlOccasion.ANNUAL: "Helår"}[self]


class ControlOutcome(models.TextChoices):
    """What a control showed. "Not done" is an outcome of its own, never a pass."""

    PASSED = "passed", "Utan anmärkning"
    MINOR = "minor", "Mindre avvikelse"
    SERIOUS = "serious", "Allvarlig avvikelse"
    NOT_DONE = "not_done", "Inte genomförd"


class RoutineTask(models.TextChoices):
    """What somebody answers for in a routine."""

    CARRY_OUT = "carry_out", "Genomför"
    FOLLOW_UP = "follow_up", "Följer upp"
    END = "end", "Beslutar om avslut"


class Aspect(models.TextChoices):
    """What PwC asks of every committee: the columns of the coverage matrix."""

    RESPONSIBILITY = "responsibility", "Ansvaret är fastställt"
    SUB_GOAL = "sub_goal", "Delmål är satta"
    ACTION_PLAN = "action_plan", "Handlingsplan är antagen"


class DocumentKind(models.TextChoices):
    """The kinds of steering documents and agreements."""

    REGULATIONS = "regulations", "Reglemente"
    DELEGATION = "delegation", "Delegationsordning"
    POLICY = "policy", "Policy eller strategi"
    GUIDELINES = "guidelines", "Riktlinjer"
    ROUTINE = "routine", "Rutin"
    PLAN = "plan", "Plan"
    AGREEMENT = "agreement", "Avtal eller överenskommelse"


class CommissionState(models.TextChoices):
    """How far a commission has come."""

    GIVEN = "given", "Givet"
    ONGOING = "ongoing", "Pågår"
    REPORTED = "reported", "Redovisat"
    CLOSED = "closed", "Avslutat"
    WITHDRAWN = "withdrawn", "Återtaget"

    @classmethod
    def closed(cls) -> tuple[CommissionState, ...]:
        """The states in which nothing more is owed."""
        return (cls.CLOSED, cls.WITHDRAWN)


class PartyRole(models.TextChoices):
    """What a body is to a commission."""

    GIVER = "giver", "Uppdragsgivare"
    RECEIVER = "receiver", "Uppdragstagare"
    SENT_TO = "sent_to", "Får resultatet"


class CommissionEventKind(models.TextChoices):
    """What can happen to a commission on its way."""

    REPORT = "report", "Lägesrapport"
    CLARIFIED = "clarified", "Förtydligande"
    PREMISE = "premise", "Ändrad förutsättning"


class ReminderStage(models.TextChoices):
    """How near a thing is when somebody is reminded of it."""

    SOON = "soon", "Snart"
    LATE = "late", "Försenad"

    @classmethod
    def of(cls, due: dt.date, today: dt.date) -> ReminderStage:
        """Return the stage of a thing due that day."""
        return cls.LATE if due < today else cls.SOON
