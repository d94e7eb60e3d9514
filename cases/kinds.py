"""The kinds of file a municipality delivers: one declaration each, read by everything that reads, checks, stores or freezes.

A kind ties together the delivered file (import-formats), the model that keeps its row versions and the table of a snapshot.
Columns have one English name in models, snapshots and measures. Which dates are *events*, and what hangs on them, stands here
(measures.md rule 2); the masking itself is done by `reporting.snapshots`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cases import enums
from cases.columns import Column, ColumnType, Kind
from committees.enums import UnitKind

if TYPE_CHECKING:
    from django.db.models import TextChoices

    Choices = type[TextChoices]

__all__ = ["KINDS", "Column", "ColumnType", "Kind", "kind_named"]


def _text(header: str, field: str, *, required: bool = False, known_from: str | None = None) -> Column:
    return Column(header, field, ColumnType.TEXT, required=required, known_from=known_from)


def _event(header: str, field: str, *, required: bool = False) -> Column:
    return Column(header, field, ColumnType.DATE, required=required, known_from=field)


def _planned(header: str, field: str, *, required: bool = False) -> Column:
    return Column(header, field, ColumnType.DATE, required=required)


def _code(
    header: str,
    field: str,
    choices: Choices,
    *,
    required: bool = False,
    default: str | None = None,
    known_from: str | None = None,
    months_after: int = 0,
) -> Column:
    return Column(
        header,
        field,
        ColumnType.CODE,
        required=required,
        choices=choices,
        default=default,
        known_from=known_from,
        months_after=months_after,
    )


_PERSON = Column("person", "person", ColumnType.PERSON, required=True)
_MONTH = Column("månad", "month", ColumnType.MONTH, required=True, known_from="month")
_UNIT = Column("enhet", "unit", ColumnType.UNIT, required=True)
_SUPPORT_UNIT = Column("enhet", "unit", ColumnType.UNIT, unit_kind=UnitKind.SUPPORT)
_SFI_UNIT = Column("enhet", "unit", ColumnType.UNIT, unit_kind=UnitKind.SFI)

PERSONS = Kind(
    "personer",
    "person",
    "personer",
    ("person",),
    (
        _PERSON,
        _planned("födelsedatum", "birth_date"),
        _code("kön", "sex", enums.Sex),
        _event("mottagen", "received"),
        _code("grund", "ground", enums.Ground),
        _event("utflyttad", "moved"),
        _event("avliden", "died"),
        Column("flyktinghushåll", "refugee_household", ColumnType.YES_NO),
        Column("skyddad", "protected", ColumnType.YES_NO),
    ),
)
ENROLMENTS = Kind(
    "inskrivningar",
    "enrolment",
    "inskrivningar",
    ("enrolment",),
    (
        _text("inskrivning", "enrolment", required=True),
        _PERSON,
        _UNIT,
        _code("anvisare", "referrer", enums.Referrer),
        _event("remissdatum", "referred"),
        _event("återtagen", "withdrawn"),
        _event("uppstartsmöte", "start_meeting"),
        _event("utredning", "assessed"),
        _event("start", "start"),
        _event("slut", "ended"),
        Column("avslutsorsak", "exit_reason", ColumnType.EXIT_REASON, choices=enums.ExitReason, known_from="ended"),
        _event("anställning_från", "employed_from"),
        _event("anställning_till", "employed_to"),
        Column("studiemedel", "study_aid", ColumnType.YES_NO, known_from="ended"),
        Column("sysselsättningsgrad", "employment_rate", ColumnType.NUMBER, known_from="ended", minimum=0, maximum=100),
    ),
    own_dates=("referred", "start"),
)
ACTIVITIES = Kind(
    "insatser",
    "activity",
    "insatser",
    ("enrolment", "activity_type", "start"),
    (
        _text("inskrivning", "enrolment", required=True),
        Column("insats", "activity_type", ColumnType.ACTIVITY_TYPE, required=True),
        _event("start", "start", required=True),
        _event("slut", "ended"),
        Column("arbetsplats", "workplace", ColumnType.YES_NO),
        Column("timmar_per_vecka", "hours_per_week", ColumnType.NUMBER, minimum=0, maximum=168),
    ),
    own_dates=("start",),
)
PLANS = Kind(
    "planer",
    "plan",
    "planer",
    ("enrolment", "kind", "drawn_up"),
    (
        _text("inskrivning", "enrolment", required=True),
        _code("plan", "kind", enums.PlanKind, required=True),
        _event("upprättad", "drawn_up", required=True),
        _planned("giltig_till", "valid_to"),
    ),
    own_dates=("drawn_up",),
)
FOLLOW_UPS = Kind(
    "uppfoljningar",
    "follow_up",
    "uppföljningar",
    ("enrolment", "held", "kind"),
    (
        _text("inskrivning", "enrolment", required=True),
        _event("datum", "held", required=True),
        _code("slag", "kind", enums.FollowUpKind, default=enums.FollowUpKind.FOLLOW_UP),
        _text("form", "form"),
    ),
    own_dates=("held",),
)
PAUSES = Kind(
    "pauser",
    "pause",
    "pauser",
    ("enrolment", "start"),
    (
        _text("inskrivning", "enrolment", required=True),
        _event("från", "start", required=True),
        _event("till", "ended"),
        _code("orsak", "reason", enums.PauseReason, required=True),
    ),
    own_dates=("start",),
)
VISITS = Kind(
    "besok",
    "visit",
    "besök",
    ("month", "unit", "activity_type"),
    (
        _MONTH,
        _UNIT,
        Column("insats", "activity_type", ColumnType.ACTIVITY_TYPE, required=True),
        Column("antal", "visits", ColumnType.INTEGER, required=True, minimum=0),
    ),
    own_dates=("month",),
)
SUPPORT_CASES = Kind(
    "stodarenden",
    "support_case",
    "stödärenden",
    ("support_case", "person"),
    (
        _text("ärende", "support_case", required=True),
        _text("hushåll", "household", required=True),
        _PERSON,
        _code("roll", "role", enums.HouseholdRole, required=True),
        _event("ansökan", "applied", required=True),
        _code("beslut", "decision", enums.SupportDecision, known_from="decided"),
        _event("beslutsdatum", "decided"),
        _event("öppnat", "opened"),
        _event("avslutat", "closed"),
        _text("avslutsorsak", "closing_reason", known_from="closed"),
        _SUPPORT_UNIT,
    ),
    own_dates=("applied",),
)
SUPPORT_MONTHS = Kind(
    "stodmanader",
    "support_month",
    "stödmånader",
    ("person", "month"),
    (
        _text("hushåll", "household", required=True),
        _PERSON,
        _MONTH,
        Column("belopp", "amount", ColumnType.AMOUNT, required=True, minimum=0),
        _code("roll", "role", enums.HouseholdRole),
        _event("utbetald", "paid"),
        _code("försörjningshinder", "hinder", enums.Hinder),
        _SUPPORT_UNIT,
    ),
    own_dates=("month",),
)
SFI_REFERRALS = Kind(
    "sfi_anvisningar",
    "sfi_referral",
    "sfi-anvisningar",
    ("referral",),
    (
        _text("anvisning", "referral", required=True),
        _PERSON,
        _event("anvisad", "referred", required=True),
        _planned("planerad_start", "planned_start", required=True),
        _code("anvisare", "referrer", enums.Referrer),
        _event("återkallad", "withdrawn"),
        _code("återkallad_orsak", "withdrawal_reason", enums.ReferralWithdrawal, known_from="withdrawn"),
        _SFI_UNIT,
    ),
    own_dates=("referred",),
)
SFI_PARTICIPATIONS = Kind(
    "sfi_deltaganden",
    "sfi_participation",
    "sfi-deltaganden",
    ("participation",),
    (
        _text("deltagande", "participation", required=True),
        _PERSON,
        _event("start", "start", required=True),
        _text("anvisning", "referral"),
        Column("studieväg", "study_path", ColumnType.INTEGER, minimum=1, maximum=3),
        _code("kurs", "course", enums.Course),
        _event("slut", "ended"),
        _code("resultat", "result", enums.SfiResult, known_from="ended"),
        _code("avbrottsorsak", "dropout_reason", enums.DropoutReason, known_from="ended"),
        _code("efter_ett_år", "after_year", enums.AfterYear, known_from="ended", months_after=12),
        _SFI_UNIT,
    ),
    own_dates=("start",),
)
COSTS = Kind(
    "kostnader",
    "cost",
    "kostnader",
    ("month", "unit", "activity_type", "kind", "account"),
    (
        _MONTH,
        _UNIT,
        Column("insats", "activity_type", ColumnType.ACTIVITY_TYPE),
        _code("slag", "kind", enums.CostKind, required=True),
        _text("konto", "account"),
        Column("utfall", "outcome", ColumnType.AMOUNT, required=True),
        Column("budget", "budget", ColumnType.AMOUNT),
    ),
    own_dates=("month",),
)
FORECASTS = Kind(
    "prognoser",
    "forecast",
    "prognoser",
    ("year", "made", "unit", "activity_type", "kind"),
    (
        Column("år", "year", ColumnType.YEAR, required=True),
        _event("per", "made", required=True),
        _UNIT,
        Column("insats", "activity_type", ColumnType.ACTIVITY_TYPE),
        _code("slag", "kind", enums.CostKind, required=True),
        Column("prognos", "forecast", ColumnType.AMOUNT, required=True),
    ),
    own_dates=("made",),
)
POPULATION = Kind(
    "befolkning",
    "population",
    "befolkning",
    ("year",),
    (
        Column("år", "year", ColumnType.YEAR, required=True, known_from="year"),
        Column("antal", "inhabitants", ColumnType.INTEGER, required=True, minimum=0),
        Column("antal_18plus", "adults", ColumnType.INTEGER, required=True, minimum=0),
    ),
    own_dates=("year",),
)
STAFF = Kind(
    "personal",
    "staff",
    "personal",
    ("month", "unit"),
    (
        _MONTH,
        _UNIT,
        Column("tillsvidareanställda", "permanent", ColumnType.INTEGER, minimum=0),
        Column("årsarbetare", "full_time_equivalents", ColumnType.NUMBER, minimum=0),
        Column("sjukfrånvaro", "sick_leave", ColumnType.NUMBER, minimum=0, maximum=100),
        Column("sjukfrånvaro_lång", "long_sick_leave", ColumnType.NUMBER, minimum=0, maximum=100),
        Column("slutat", "departed", ColumnType.INTEGER, minimum=0),
    ),
    own_dates=("month",),
)
HISTORY = Kind(
    "historik",
    "history",
    "historik",
    ("measure", "variant", "year", "committee"),
    (
        _text("mått", "measure", required=True),
        _text("variant", "variant"),
        Column("år", "year", ColumnType.YEAR, required=True, known_from="year"),
        Column("nämnd", "committee", ColumnType.COMMITTEE),
        Column("värde", "value", ColumnType.NUMBER, required=True),
        Column("täljare", "numerator", ColumnType.NUMBER),
        Column("nämnare", "denominator", ColumnType.NUMBER),
        _text("källa", "source", required=True),
        _text("namn_då", "name_then"),
    ),
    own_dates=("year",),
)

KINDS: tuple[Kind, ...] = (
    PERSONS,
    ENROLMENTS,
    ACTIVITIES,
    PLANS,
    FOLLOW_UPS,
    PAUSES,
    VISITS,
    SUPPORT_CASES,
    SUPPORT_MONTHS,
    SFI_REFERRALS,
    SFI_PARTICIPATIONS,
    COSTS,
    FORECASTS,
    POPULATION,
    STAFF,
    HISTORY,
)


@cache
def kind_named(name: str) -> Kind:
    """Return the kind of that file name (without its ending); KeyError when there is none."""
    return {kind.name: kind for kind in KINDS}[name]
