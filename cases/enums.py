"""The closed lists of the delivered files (import-formats), with the codes as delivered and Swedish labels."""

from django.db import models


class Sex(models.TextChoices):
    WOMAN = "K", "Kvinna"
    MAN = "M", "Man"


class Ground(models.TextChoices):
    """Ground of reception as newly arrived."""

    QUOTA = "kvot", "Kvotflykting"
    ESTABLISHMENT = "etablering", "Etablering"
    MASS_FLIGHT = "massflykt", "Massflykt"
    FAMILY = "anhorig", "Anhörig"
    OTHER = "annan", "Annan grund"


class Referrer(models.TextChoices):
    """Who refers a person to an activity or to SFI."""

    EMPLOYMENT_SERVICE = "af", "Arbetsförmedlingen"
    SOCIAL_INSURANCE = "fk", "Försäkringskassan"
    REGION = "region", "Regionen"
    SOCIAL_SERVICES = "socialtjanst", "Socialtjänsten"
    OWN = "egen", "Egen remiss"
    OTHER = "annan", "Annan"


class ExitCategory(models.TextChoices):
    """Result at exit, the five categories of KAS (Kolada U40406–U40418)."""

    WORK = "A", "Arbete"
    STUDIES = "B", "Studier"
    OTHER_AUTHORITY = "C", "Annan myndighet"
    COMPLETED = "D", "Slutfört uppdrag"
    OTHER = "E", "Övrigt"


class ExitReason(models.TextChoices):
    """Why an enrolment ended, as delivered or mapped; EXIT_CATEGORY gives the category before any reclassification."""

    UNSUBSIDISED_WORK = "arbete_osubventionerat", "Arbete utan stöd"
    SUBSIDISED_WORK = "arbete_subventionerat", "Arbete med stöd"
    STUDIES = "studier", "Studier"
    OTHER_AUTHORITY = "annan_myndighet", "Annan myndighet"
    COMPLETED = "slutfort_uppdrag", "Slutfört uppdrag"
    MUNICIPAL_EMPLOYMENT = "kommunal_anstallning", "Kommunal arbetsmarknadsanställning"
    MOVED = "flyttat", "Flyttat"
    DECEASED = "avliden", "Avliden"
    ABSENCE = "franvaro", "Frånvaro"
    NOT_ELIGIBLE = "ej_aktuell", "Inte längre aktuell"
    DROPOUT = "avbrott", "Avbrott"
    OTHER = "ovrigt", "Övrigt"


EXIT_CATEGORY: dict[ExitReason, ExitCategory] = {
    ExitReason.UNSUBSIDISED_WORK: ExitCategory.WORK,
    ExitReason.SUBSIDISED_WORK: ExitCategory.WORK,
    ExitReason.STUDIES: ExitCategory.STUDIES,
    ExitReason.OTHER_AUTHORITY: ExitCategory.OTHER_AUTHORITY,
    ExitReason.COMPLETED: ExitCategory.COMPLETED,
    ExitReason.MUNICIPAL_EMPLOYMENT: ExitCategory.OTHER,
    ExitReason.MOVED: ExitCategory.OTHER,
    ExitReason.DECEASED: ExitCategory.OTHER,
    ExitReason.ABSENCE: ExitCategory.OTHER,
    ExitReason.NOT_ELIGIBLE: ExitCategory.OTHER,
    ExitReason.DROPOUT: ExitCategory.OTHER,
    ExitReason.OTHER: ExitCategory.OTHER,
}


class Provider(models.TextChoices):
    """Who provides an activity."""

    OWN = "egen", "Egen regi"
    AGREEMENT = "avtal", "Enligt avtal"
    OTHER = "annan", "Annan utförare"


class PlanKind(models.TextChoices):
    WORK_PLAN = "arbetsplan", "Arbetsplan"
    IMPLEMENTATION_PLAN = "genomforandeplan", "Genomförandeplan"


class FollowUpKind(models.TextChoices):
    FOLLOW_UP = "uppfoljning", "Uppföljning"
    SIX_MONTH_REVIEW = "sexmanadersprovning", "Sexmånadersprövning"


class PauseReason(models.TextChoices):
    SICKNESS = "sjukdom", "Sjukdom"
    PARENTAL_LEAVE = "foraldraledighet", "Föräldraledighet"
    OTHER = "annat", "Annat"


class HouseholdRole(models.TextChoices):
    APPLICANT = "huvudsokande", "Huvudsökande"
    CO_APPLICANT = "medsokande", "Medsökande"
    CHILD = "barn", "Barn"


class SupportDecision(models.TextChoices):
    GRANTED = "bifall", "Bifall"
    PARTLY_GRANTED = "delavslag", "Delavslag"
    REFUSED = "avslag", "Avslag"
    WITHDRAWN = "aterkallad", "Återkallad"


class Hinder(models.TextChoices):
    """Hinder for self-support (försörjningshinder, Socialstyrelsen's grouping)."""

    UNEMPLOYED_NO_BENEFIT = "arbetslos_ingen_ersattning", "Arbetslös, ingen ersättning"
    UNEMPLOYED_INSUFFICIENT = "arbetslos_otillracklig", "Arbetslös, otillräcklig ersättning"
    UNEMPLOYED_WAITING = "arbetslos_vantar", "Arbetslös, väntar på ersättning"
    UNEMPLOYED_ESTABLISHMENT = "arbetslos_etablering", "Arbetslös, etableringsersättning"
    SICK_NOTE = "sjukskriven", "Sjukskriven med läkarintyg"
    SICKNESS_BENEFIT = "sjuk_aktivitetsersattning", "Sjuk- eller aktivitetsersättning"
    PENSION = "pension", "Pension"
    SOCIAL_REASONS = "sociala_skal", "Arbetshinder av sociala skäl"
    PARENTAL_LEAVE = "foraldraledig", "Föräldraledig"
    FULL_TIME = "heltid", "Arbetar heltid"
    PART_TIME = "deltid", "Arbetar deltid"
    NONE = "saknas", "Försörjningshinder saknas"
    UNKNOWN = "okant", "Okänt"


class ReferralWithdrawal(models.TextChoices):
    DECLINED = "tackat_nej", "Tackat nej"
    WORK = "arbete", "Arbete"
    MOVED = "flyttat", "Flyttat"
    OTHER = "annat", "Annat"


class Course(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


class SfiResult(models.TextChoices):
    PASSED = "godkand", "Godkänd"
    NOT_PASSED = "utan_godkant", "Avslutad utan godkänt"
    DROPOUT = "avbrott", "Avbrott"


class DropoutReason(models.TextChoices):
    WORK = "arbete", "Arbete"
    PLACEMENT = "praktik", "Praktik"
    STUDIES = "studier", "Studier"
    PRIVATE = "privata_skal", "Privata skäl"
    MOVE = "flytt", "Flytt"
    SICKNESS = "sjukdom", "Sjukdom"
    PARENTAL_LEAVE = "foraldraledighet", "Föräldraledighet"
    ABSENCE = "franvaro", "Frånvaro"
    NO_PROGRESS = "ej_framsteg", "Gör inte framsteg"
    OTHER = "annat", "Annat"
    UNKNOWN = "okant", "Okänt"


class AfterYear(models.TextChoices):
    """What a person did one year after the last SFI course."""

    WORK = "arbete", "Arbete"
    STUDIES = "studier", "Studier"
    OTHER = "annat", "Annat"
    UNKNOWN = "okant", "Okänt"


class CostKind(models.TextChoices):
    """Amounts are positive in every kind; the measures know which are revenue."""

    DIRECT = "direkt", "Direkt kostnad"
    SHARED = "gemensam", "Gemensam kostnad"
    INTERNAL_REVENUE = "intern_intakt", "Interna intäkter"
    SALES = "forsaljning", "Försäljning till andra kommuner"
    STATE_GRANT = "statsbidrag", "Statsbidrag"


class DeliveredFileKind(models.TextChoices):
    """The kinds of file, by the name of the file (import-formats)."""

    PERSONS = "personer", "Personer"
    ENROLMENTS = "inskrivningar", "Inskrivningar"
    ACTIVITIES = "insatser", "Insatser"
    PLANS = "planer", "Planer"
    FOLLOW_UPS = "uppfoljningar", "Uppföljningar"
    PAUSES = "pauser", "Pauser"
    VISITS = "besok", "Besök"
    SUPPORT_CASES = "stodarenden", "Stödärenden"
    SUPPORT_MONTHS = "stodmanader", "Stödmånader"
    SFI_REFERRALS = "sfi_anvisningar", "Sfi-anvisningar"
    SFI_PARTICIPATIONS = "sfi_deltaganden", "Sfi-deltaganden"
    COSTS = "kostnader", "Kostnader"
    FORECASTS = "prognoser", "Prognoser"
    POPULATION = "befolkning", "Befolkning"
    STAFF = "personal", "Personal"
    HISTORY = "historik", "Historik"


class DisposalArea(models.TextChoices):
    """What is disposed of together, as personal files are kept apart."""

    LABOUR_MARKET = "arbetsmarknad", "Inskrivningar och insatser"
    SUPPORT = "ekonomiskt_bistand", "Ekonomiskt bistånd"
    SFI = "sfi", "Sfi"


class WaitingState(models.TextChoices):
    """How far files that were handed in have come."""

    WAITING = "waiting", "Väntar"
    CHECKING = "checking", "Kontrolleras"
    TAKING = "taking", "Läses in"
    STORING = "storing", "Sparas"
    STOPPING = "stopping", "Avbryts"
    CHECKED = "checked", "Kontrollerad"
    TAKEN = "taken", "Inläst"
    UNCHANGED = "unchanged", "Inget nytt"
    REFUSED = "refused", "Har fel"
    THROWN_AWAY = "thrown_away", "Kastad"
    FAILED = "failed", "Misslyckades"


class DeliveryInterval(models.TextChoices):
    """How often a kind of file is expected: once for every period of the calendar that ends."""

    MONTH = "manad", "Varje månad"
    QUARTER = "kvartal", "Varje kvartal"
    TERTIAL = "tertial", "Varje tertial"
    YEAR = "ar", "Varje år"

    @property
    def months(self) -> int:
        """How long a period is."""
        return {"manad": 1, "kvartal": 3, "tertial": 4, "ar": 12}[self.value]
