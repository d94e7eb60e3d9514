"""The closed lists of audits."""

from __future__ import annotations

from django.db import models


class AuditKind(models.TextChoices):
    """What kind of review it is. The last two are by others than the municipality's own auditors."""

    OVERVIEW = "overview", "Översiktlig granskning"
    IN_DEPTH = "in_depth", "Fördjupad granskning"
    FOLLOW_UP = "follow_up", "Uppföljande granskning"
    SUPERVISION = "supervision", "Tillsyn"
    STUDY = "study", "Utredning eller konsultstudie"


class AuditState(models.TextChoices):
    """How far an audit has come. `committees.workflows` and docs/workflows.md say who moves it."""

    DRAFT = "draft", "Granskning pågår"
    FACT_CHECK = "fact_check", "Faktakontroll"
    COMPLETING = "completing", "Färdigställs"
    SUBMITTED = "submitted", "Väntar på beslut"
    DECIDED = "decided", "Beslutad"
    PUBLISHED = "published", "Publicerad"
    CANCELLED = "cancelled", "Avbruten"

    @classmethod
    def open_to_the_audited(cls) -> tuple[AuditState, ...]:
        """The states in which the audited see the findings: from the fact check on."""
        return (cls.FACT_CHECK, cls.COMPLETING, cls.SUBMITTED, cls.DECIDED, cls.PUBLISHED)

    @classmethod
    def written_in(cls) -> tuple[AuditState, ...]:
        """The states in which the auditors write freely; during the fact check a finding changes only by its comments."""
        return (cls.DRAFT, cls.COMPLETING)

    @classmethod
    def decided(cls) -> tuple[AuditState, ...]:
        """The states in which the audit is answered and followed up."""
        return (cls.DECIDED, cls.PUBLISHED)

    @classmethod
    def over(cls) -> tuple[AuditState, ...]:
        """The states in which the auditors do no more in the audit itself."""
        return (*cls.decided(), cls.CANCELLED)


class SourceKind(models.TextChoices):
    """What an audit was built on."""

    DOCUMENT = "document", "Dokument"
    INTERVIEW = "interview", "Intervju"
    FACT_CHECK = "fact_check", "Faktakontrollerad av"


class EngagementPart(models.TextChoices):
    """What a person is in an audit."""

    EXPERT = "expert", "Sakkunnig"
    ELECTED = "elected", "Förtroendevald revisor"


class RequestState(models.TextChoices):
    """How far an evidence request has come."""

    DRAFT = "draft", "Utkast"
    SENT = "sent", "Skickad"
    DELIVERED = "delivered", "Besvarad"
    ACCEPTED = "accepted", "Klar"
    WITHDRAWN = "withdrawn", "Återtagen"

    @classmethod
    def owed(cls) -> tuple[RequestState, ...]:
        """The states in which the audited still have something to hand over."""
        return (cls.SENT,)


class ObservationKind(models.TextChoices):
    """Which way an observation points."""

    STRENGTH = "strength", "Styrka"
    WEAKNESS = "weakness", "Brist"
    NEUTRAL = "neutral", "Iakttagelse"


class CommentState(models.TextChoices):
    """What became of a comment in the fact check."""

    OPEN = "open", "Inte besvarad"
    TAKEN = "taken", "Inarbetad"
    REFUSED = "refused", "Inte inarbetad"


class Position(models.TextChoices):
    """What the audited body thinks of a recommendation."""

    AGREES = "agrees", "Instämmer"
    PARTLY = "partly", "Instämmer delvis"
    DISAGREES = "disagrees", "Instämmer inte"


class ResponseState(models.TextChoices):
    """How far a response has come."""

    DRAFT = "draft", "Utkast"
    GIVEN = "given", "Lämnat"


class CommitteeStatus(models.TextChoices):
    """What the committee itself says has become of a recommendation."""

    NOT_BEGUN = "not_begun", "Inte påbörjad"
    ONGOING = "ongoing", "Pågår"
    DONE = "done", "Genomförd"
    WILL_NOT = "will_not", "Genomförs inte"


class VerifiedStatus(models.TextChoices):
    """What the auditors have found has become of a recommendation."""

    REMAINS = "remains", "Kvarstår"
    PARTLY = "partly", "Delvis åtgärdad"
    REMEDIED = "remedied", "Åtgärdad"
    NOT_RELEVANT = "not_relevant", "Inte längre aktuell"

    @classmethod
    def open(cls) -> tuple[VerifiedStatus, ...]:
        """The statuses in which the auditors still wait for something."""
        return (cls.REMAINS, cls.PARTLY)


class PinnedKind(models.TextChoices):
    """What kind of evidence is kept with a question."""

    MEASURE = "measure", "Mått"
    DOCUMENT = "document", "Styrdokument"
    FORUM = "forum", "Samverkansforum"
    CONTROL = "control", "Kontroll"
    SAMPLE = "sample", "Stickprov"


class SampleRule(models.TextChoices):
    """How the size of a sample was decided."""

    ALL = "all", "Alla"
    NUMBER = "number", "Bestämt antal"
    SHARE = "share", "Bestämd andel"
    ATTRIBUTE = "attribute", "Attributurval"


class SampleState(models.TextChoices):
    """How far a sample has come."""

    DRAWN = "drawn", "Granskas"
    CLOSED = "closed", "Avslutat"


class Mark(models.TextChoices):
    """Whether a case meets a criterion."""

    MET = "met", "Uppfyllt"
    NOT_MET = "not_met", "Inte uppfyllt"
    NOT_APPLICABLE = "not_applicable", "Inte tillämpligt"
