"""Why each check is there and how what it finds is mended, in Swedish, for those who deliver files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """`why` a fault matters to the figures, and how to `mend` it."""

    why: str
    mend: str


_NOT_FOUND = "Raden kan inte knytas till något och skulle falla bort ur måtten."
_ORDER = "Tider räknas mellan datumen och blir fel när de står i omvänd ordning."
_DATES = "Kontrollera båda datumen i systemet som filen kommer från och rätta det som är fel."
_EXPORT = "Ta ut filen igen ur systemet."

OF_ROWS: Mapping[str, Advice] = {
    "required": Advice("Utan uppgiften går raden inte att räkna.", "Fyll i cellen."),
    "person_number": Advice(
        "Ett felaktigt nummer pekar på en annan person eller ingen, så samma person räknas två gånger.",
        "Skriv hela numret med tio eller tolv siffror som i folkbokföringen.",
    ),
    "type": Advice("Ett värde som inte går att läsa kan inte räknas.", "Skriv värdet i den form som väntades."),
    "code": Advice(
        "Ett ord utan betydelse hamnar i ingen grupp.",
        "Skriv en av koderna, eller säg i profilen vad ordet betyder.",
    ),
    "birth_date_missing": Advice("Utan ålder kan barn inte skiljas från vuxna.", "Fyll i födelsedatumet."),
    "sex_missing": Advice("Utan kön kan siffrorna inte delas upp på kvinnor och män.", "Skriv K eller M."),
    "born_in_future": Advice("Åldern skulle bli negativ.", "Rätta födelsedatumet."),
    "died_before_birth": Advice(_ORDER, _DATES),
    "duplicate_key": Advice(
        "Två rader med samma nyckel säger olika saker om samma sak, och ingen vet vilken som gäller.",
        "Ta bort den ena raden, eller rätta nyckeln om raderna gäller olika saker.",
    ),
    "differs_from_number": Advice(
        "Filen och personnumret säger olika. Numrets uppgift används.", "Rätta uppgiften, eller lämna cellen tom."
    ),
    "too_long": Advice("En längre text ryms inte och skulle kapas.", "Korta texten."),
    "unknown_unit": Advice(
        "Utan känd enhet vet ingen vilken nämnd som ansvarar.",
        "Skriv enhetens kod, lägg in enheten i kommun.toml eller säg i profilen vad ordet betyder.",
    ),
    "range": Advice("Ett tal utanför gränserna är oftast ett skrivfel.", "Rätta talet."),
    "end_before_start": Advice(_ORDER, _DATES),
    "end_without_start": Advice(
        "Det som inte har börjat kan inte sluta, och tiden går inte att räkna.",
        "Fyll i startdagen, eller ta bort slutet.",
    ),
    "employed_to_without_from": Advice(
        "En anställnings längd går inte att räkna utan första dagen.", "Fyll i anställningens första dag."
    ),
    "exit_reason_without_end": Advice(
        "Avslutet kan inte räknas till något år.", "Fyll i slutdagen, eller ta bort avslutsorsaken."
    ),
    "end_without_exit_reason": Advice(
        "Resultatet av insatsen går inte att räkna utan orsak.", "Fyll i avslutsorsaken."
    ),
    "start_before_referral": Advice("Tiden från remiss till start räknas och kan inte vara negativ.", _DATES),
    "end_in_future": Advice(
        "Ett avslut räknas först när det har skett.", "Rätta dagen, eller lämna tomt tills det har skett."
    ),
    "start_meeting_missing": Advice(
        "Ledtiden till uppstartsmötet kan inte följas upp.", "Fyll i dagen för uppstartsmötet."
    ),
    "work_without_employment": Advice(
        "Om anställningen är för kort räknas avslutet inte som arbete, och det går inte att pröva.",
        "Fyll i anställningens dagar.",
    ),
    "employment_ended_before_exit": Advice("Den som inte längre är anställd har inte gått till arbete.", _DATES),
    "employment_backwards": Advice(_ORDER, _DATES),
    "person_unknown": Advice(
        "Ett lokalt id säger varken ålder eller kön.", "Lägg till personen i personer.csv, eller skriv personnumret."
    ),
    "number_in_text": Advice(
        "Personnummer får bara stå i kolumnen person, där de görs oläsliga.", "Ta bort numret ur texten."
    ),
    "gone_before_start": Advice("Den som har flyttat eller avlidit kan inte börja.", _DATES),
    "overlaps_open_enrolment": Advice(
        "Så länge en inskrivning är öppen har personen inte slutat, så avslutet räknas inte.",
        "Avsluta den gamla inskrivningen om den är slut.",
    ),
    "overlaps_enrolment": Advice("Inskrivningar som överlappar räknas som en.", _DATES),
    "unknown_activity_type": Advice(
        "Insatsen hamnar i ingen grupp.",
        "Skriv insatsens kod, lägg in den i kommun.toml eller säg i profilen vad ordet betyder.",
    ),
    "unknown_enrolment": Advice(_NOT_FOUND, "Rätta inskrivningens nummer, eller lämna in inskrivningen också."),
    "plan_ends_before_drawn_up": Advice(_ORDER, _DATES),
    "no_only_unit": Advice(
        "Kommunen har ingen eller flera enheter av slaget, så raden hör ingenstans hemma.", "Skriv enhetens kod."
    ),
    "unit_of_other_kind": Advice("Raden räknas till en verksamhet av ett annat slag.", "Rätta enhetens kod."),
    "decided_before_applied": Advice("Tiden från ansökan till beslut kan inte vara negativ.", _DATES),
    "decision_undated": Advice("Utan dag vet ingen när beslutet blev känt.", "Fyll i beslutsdatumet."),
    "closed_before_opened": Advice(_ORDER, _DATES),
    "several_applicants": Advice(
        "Ärendet räknas efter sin huvudsökande, och det kan bara vara en.",
        "Låt en vara huvudsökande och de andra medsökande.",
    ),
    "aid_after_gone": Advice("Den som har flyttat eller avlidit får sällan bistånd.", _DATES),
    "withdrawal_undated": Advice("Utan dag räknas återkallelsen inte.", "Fyll i dagen då anvisningen återkallades."),
    "end_without_result": Advice("Resultatet går inte att räkna.", "Fyll i resultatet."),
    "result_without_end": Advice("Resultatet kan inte räknas till något år.", "Fyll i slutdagen."),
    "dropout_reason_without_dropout": Advice(
        "Orsaken räknas bara för avbrott.", "Rätta resultatet, eller ta bort orsaken."
    ),
    "unknown_sfi_referral": Advice(_NOT_FOUND, "Rätta anvisningens nummer, eller lämna in anvisningen också."),
    "referral_of_another": Advice(
        "Tiden från anvisning till start räknas mellan två olika personer.", "Rätta anvisningens nummer."
    ),
    "adults_exceed_inhabitants": Advice("Andelar av befolkningen blir fel.", "Rätta talen."),
    "unknown_committee": Advice(
        "Siffran hör till ingen nämnd.", "Skriv nämndens kod, eller lägg in den i kommun.toml."
    ),
}
"""By the ids of the checks of rows."""

OF_FILES: Mapping[str, Advice] = {
    "empty_file": Advice("I en tom fil finns inget att läsa.", _EXPORT),
    "not_csv": Advice("Bara CSV, XLSX och SIE går att läsa.", "Spara filen som XLSX eller CSV UTF-8."),
    "binary_file": Advice("Filen är ingen textfil.", _EXPORT),
    "long_line": Advice("En så lång rad är ingen rad i en tabell.", _EXPORT),
    "encoding": Advice("Å, ä och ö skulle bli fel tecken.", "Spara filen som CSV UTF-8."),
    "broken_row": Advice(
        "Efter ett ensamt citattecken vet ingen var fälten börjar och slutar.",
        "Rätta citattecknen, eller lämna in XLSX.",
    ),
    "row_width": Advice(
        "Med fler eller färre fält än rubriker hamnar värden i fel kolumn.", "Flytta värdena till rätt kolumner."
    ),
    "header": Advice("Utan rubriken vet ingen vad kolumnen är.", "Skriv rubriken, eller koppla kolumnen i en profil."),
    "repeated_header": Advice("Två kolumner säger sig vara samma uppgift.", "Ta bort eller döp om den ena."),
    "missing_sheet": Advice("Profilen säger vilket blad som läses.", "Döp om bladet, eller ändra profilen."),
    "several_sheets": Advice(
        "Flera blad kan vara det rätta.", "Ta bort de andra bladen, eller döp det rätta efter slaget."
    ),
    "broken_workbook": Advice("Filen är skadad.", "Öppna den i Excel och spara om den."),
    "heavy_workbook": Advice("Filen blir för stor när den packas upp.", "Spara bladet som CSV UTF-8."),
    "large_file": Advice(
        "Så stora filer kommer inte ur en kommuns system.", "Dela upp filen, eller ta ut den för kortare tid."
    ),
    "unreadable_file": Advice("Filen gick inte att öppna.", "Lämna in den igen."),
    "empty_replacement": Advice("En tom fil skulle avsluta allt.", "Lämna in hela filen, eller avsluta inget."),
    "error_cell": Advice("Cellen visar ett fel i stället för ett värde.", "Rätta formeln, eller skriv värdet."),
    "formula_without_value": Advice(
        "Formeln är inte uträknad.", "Öppna filen i Excel, räkna om och spara, eller skriv värdet."
    ),
    "merged_cells": Advice("I sammanfogade celler hör värdet till flera rader.", "Dela cellerna och fyll i varje."),
    "digits_lost": Advice("Excel sparar bara femton siffror av ett tal.", "Skriv numret som text."),
    "control_character": Advice("Cellen innehåller tecken som inte syns.", "Skriv om värdet."),
    "long_cell": Advice("Excel tillåter inte så lång text.", "Korta texten."),
    "sie_profile": Advice("Kontona betyder inget utan en profil.", "Välj eller skriv en profil för SIE-filer."),
    "not_sie": Advice("Filen följer inte formatet SIE.", _EXPORT),
    "sie_type": Advice("Typ 1 har inga månader.", "Ta ut filen som typ 2, 3 eller 4."),
    "sie_nothing_mapped": Advice("Inget i filen leder till en enhet.", "Lägg till konton och objekt i profilen."),
    "sie_dimension": Advice("Enheten går inte att läsa ut.", "Rätta dimensionen i profilen."),
    "sie_line": Advice("Raden går inte att läsa och beloppet faller bort.", _EXPORT),
    "sie_unbalanced": Advice("En verifikation ska gå jämnt ut.", _EXPORT),
    "sie_checksum": Advice("Filen har ändrats sedan den togs ut.", _EXPORT),
}
"""By the ids of the faults that a file itself can have; all of them are errors."""


def advice_on(check: str) -> Advice | None:
    """Return why a check is there and how to mend what it finds, None for an id that there is no check of."""
    return OF_ROWS.get(check) or OF_FILES.get(check)
