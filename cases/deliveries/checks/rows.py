"""The checks within a row: dates in order, what goes with what (import-formats)."""

from __future__ import annotations

from cases.deliveries.checks.model import Check
from cases.deliveries.findings import Level
from cases.enums import ExitReason, SfiResult
from cases.kinds import (
    ACTIVITIES,
    ENROLMENTS,
    PAUSES,
    PERSONS,
    PLANS,
    POPULATION,
    SFI_PARTICIPATIONS,
    SFI_REFERRALS,
    SUPPORT_CASES,
    Kind,
)

TODAY = "(SELECT today FROM clock)"
_WORK = f"('{ExitReason.UNSUBSIDISED_WORK.value}', '{ExitReason.SUBSIDISED_WORK.value}')"


def _check(level: Level, name: str, kind: Kind, field: str, expected: str, condition: str) -> Check:
    header = kind.column(field).header
    return Check(name, level, kind, header, expected, condition=condition, value=f'"raw_{field}"')


def _error(name: str, kind: Kind, field: str, expected: str, condition: str) -> Check:
    return _check(Level.ERROR, name, kind, field, expected, condition)


def _warning(name: str, kind: Kind, field: str, expected: str, condition: str) -> Check:
    return _check(Level.WARNING, name, kind, field, expected, condition)


PERSON_ROWS = (
    _error(
        "birth_date_missing",
        PERSONS,
        "birth_date",
        "ett födelsedatum, eftersom person inte är ett personnummer eller samordningsnummer",
        "person IS NOT NULL AND birth_date IS NULL AND raw_birth_date IS NULL",
    ),
    _error(
        "sex_missing",
        PERSONS,
        "sex",
        "K eller M, eftersom person inte är ett personnummer eller samordningsnummer",
        "person IS NOT NULL AND sex IS NULL AND raw_sex IS NULL",
    ),
    _error("born_in_future", PERSONS, "birth_date", "ett födelsedatum som har varit", f"birth_date > {TODAY}"),
    _warning("died_before_birth", PERSONS, "died", "en dag efter födelsedatumet", "died < birth_date"),
)

ENROLMENT_ROWS = (
    _error("end_before_start", ENROLMENTS, "ended", "samma dag som start eller senare", "ended < start"),
    _error(
        "end_without_start",
        ENROLMENTS,
        "start",
        "en startdag, eftersom slut finns",
        "ended IS NOT NULL AND raw_start IS NULL",
    ),
    _error(
        "employed_to_without_from",
        ENROLMENTS,
        "employed_from",
        "en första dag, eftersom anställning_till finns",
        "employed_to IS NOT NULL AND raw_employed_from IS NULL",
    ),
    _error(
        "exit_reason_without_end",
        ENROLMENTS,
        "ended",
        "en slutdag, eftersom avslutsorsak finns",
        "raw_exit_reason IS NOT NULL AND raw_ended IS NULL",
    ),
    _error(
        "end_without_exit_reason",
        ENROLMENTS,
        "exit_reason",
        "en avslutsorsak, eftersom slut finns",
        "ended IS NOT NULL AND raw_exit_reason IS NULL",
    ),
    _warning(
        "start_before_referral", ENROLMENTS, "start", "samma dag som remissdatum eller senare", "start < referred"
    ),
    _warning("end_in_future", ENROLMENTS, "ended", "en dag som har varit", f"ended > {TODAY}"),
    _warning(
        "start_meeting_missing",
        ENROLMENTS,
        "start_meeting",
        "ett uppstartsmöte, eftersom inskrivningen har börjat",
        "start IS NOT NULL AND raw_start_meeting IS NULL",
    ),
    _warning(
        "work_without_employment",
        ENROLMENTS,
        "employed_from",
        "anställningens dagar, eftersom avslutet är till arbete",
        f"exit_reason IN {_WORK} AND raw_employed_from IS NULL AND raw_employed_to IS NULL",
    ),
    _warning(
        "employment_ended_before_exit",
        ENROLMENTS,
        "employed_to",
        "samma dag som slut eller senare",
        "employed_to < ended",
    ),
    _warning(
        "employment_backwards",
        ENROLMENTS,
        "employed_to",
        "samma dag som anställning_från eller senare",
        "employed_to < employed_from",
    ),
)

WITHIN_ENROLMENT_ROWS = (
    _error("end_before_start", ACTIVITIES, "ended", "samma dag som start eller senare", "ended < start"),
    _error("end_before_start", PAUSES, "ended", "samma dag som från eller senare", "ended < start"),
    _warning(
        "plan_ends_before_drawn_up", PLANS, "valid_to", "samma dag som upprättad eller senare", "valid_to < drawn_up"
    ),
)

SUPPORT_ROWS = (
    _warning(
        "decided_before_applied", SUPPORT_CASES, "decided", "samma dag som ansökan eller senare", "decided < applied"
    ),
    _warning(
        "decision_undated",
        SUPPORT_CASES,
        "decided",
        "dagen för beslutet, eftersom beslut finns: utan den räknas beslutet som känt från första dagen",
        "decision IS NOT NULL AND raw_decided IS NULL",
    ),
    _warning("closed_before_opened", SUPPORT_CASES, "closed", "samma dag som öppnat eller senare", "closed < opened"),
)

SFI_ROWS = (
    _error("end_before_start", SFI_PARTICIPATIONS, "ended", "samma dag som start eller senare", "ended < start"),
    _error(
        "end_without_result",
        SFI_PARTICIPATIONS,
        "result",
        "ett resultat, eftersom slut finns",
        "ended IS NOT NULL AND raw_result IS NULL",
    ),
    _error(
        "result_without_end",
        SFI_PARTICIPATIONS,
        "ended",
        "en slutdag, eftersom resultat finns",
        "raw_result IS NOT NULL AND raw_ended IS NULL",
    ),
    _warning(
        "dropout_reason_without_dropout",
        SFI_PARTICIPATIONS,
        "dropout_reason",
        "tomt, eftersom deltagandet inte slutade med avbrott",
        f"dropout_reason IS NOT NULL AND coalesce(result, '') <> '{SfiResult.DROPOUT.value}'",
    ),
    _warning(
        "withdrawal_undated",
        SFI_REFERRALS,
        "withdrawn",
        "dagen då anvisningen återkallades, eftersom orsaken finns: utan den räknas återkallelsen inte",
        "withdrawal_reason IS NOT NULL AND raw_withdrawn IS NULL",
    ),
)

OTHER_ROWS = (
    _error(
        "adults_exceed_inhabitants",
        POPULATION,
        "adults",
        "högst lika många som antal",
        "adults > inhabitants",
    ),
)

ROW_CHECKS = (*PERSON_ROWS, *ENROLMENT_ROWS, *WITHIN_ENROLMENT_ROWS, *SUPPORT_ROWS, *SFI_ROWS, *OTHER_ROWS)
