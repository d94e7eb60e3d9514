"""How an enrolment ended: the exit reason, and the dates and marks that decide its category (KAS A-E)."""

from datetime import date

from demo.dates import LAST_DAY, add_months, days
from demo.draw import Draw
from demo.files import Value

LOCAL_WORDS = {
    "arbete_osubventionerat": "Anställning utan stöd",
    "arbete_subventionerat": "Anställning med stöd",
    "annan_myndighet": "Överlämnad till annan myndighet",
    "franvaro": "Avslutad på grund av frånvaro",
}
"""Reasons the unit's system exports in its own words; kommun.toml maps them back."""

SUBSIDISED = 0.42
OTHER_REASONS = {
    "franvaro": 27,
    "avbrott": 19,
    "ej_aktuell": 15,
    "flyttat": 11,
    "kommunal_anstallning": 9,
    "kort_anstallning": 7,
    "ej_studiemedel": 6,
    "ovrigt": 4,
    "avliden": 2,
}
"""What category E consists of; a short job and studies without student aid are exits to work or studies that fall there."""

Fields = dict[str, Value]

PLAIN: dict[str, Fields] = {
    "B": {"avslutsorsak": "studier", "studiemedel": True},
    "C": {"avslutsorsak": LOCAL_WORDS["annan_myndighet"]},
    "D": {"avslutsorsak": "slutfort_uppdrag"},
}
"""The categories whose exits all look alike."""


def exit_fields(draw: Draw, category: str, end: date) -> Fields:
    """The columns from avslutsorsak on for an exit on the day that is to be counted in the category."""
    if category == "A":
        return _work(draw, end, lasts_a_month=True)
    if category == "E":
        return _other(draw, end)
    return dict(PLAIN[category])


def _other(draw: Draw, end: date) -> Fields:
    """An exit of category E, which keeps its sub-reason."""
    reason = draw.weighted(OTHER_REASONS)
    if reason == "kort_anstallning":
        return _work(draw, end, lasts_a_month=False)
    if reason == "ej_studiemedel":
        return {"avslutsorsak": "studier", "studiemedel": False if draw.chance(0.8) else None}
    if reason == "kommunal_anstallning":
        return {"avslutsorsak": reason, "anställning_från": end, "sysselsättningsgrad": 75}
    return {"avslutsorsak": LOCAL_WORDS.get(reason, reason)}


def gone_reason(fields: Fields) -> str | None:
    """``flyttat`` or ``avliden`` when the person ended by moving or dying."""
    reason = fields["avslutsorsak"]
    return reason if reason in {"flyttat", "avliden"} and isinstance(reason, str) else None


def _work(draw: Draw, end: date, *, lasts_a_month: bool) -> Fields:
    """Employment from about the exit, begun by New Year's Day so that the next 31 January can tell if it lasted."""
    first = min(end + days(draw.between(0, 9)), date(end.year + 1, 1, 1), LAST_DAY)
    reason = "arbete_subventionerat" if draw.chance(SUBSIDISED) else "arbete_osubventionerat"
    last = _last_day_of_work(draw, first, lasts_a_month=lasts_a_month)
    return {
        "avslutsorsak": LOCAL_WORDS[reason],
        "anställning_från": first,
        "anställning_till": last if last is not None and last <= LAST_DAY else None,
        "sysselsättningsgrad": draw.weighted({100: 6, 75: 3, 50: 2}),
    }


def _last_day_of_work(draw: Draw, first: date, *, lasts_a_month: bool) -> date | None:
    exact_month = add_months(first, 1) - days(1)
    if not lasts_a_month:
        return draw.pick([exact_month - days(1), first + days(20), first + days(9)])
    if draw.chance(0.6):
        return None
    return draw.pick([exact_month, add_months(first, 3), add_months(first, 6) - days(1), add_months(first, 11)])
