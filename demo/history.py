"""Figures from before the system: what the municipality had published, each with its source."""

from decimal import Decimal

from demo.files import Row

_KOLADA = "Kolada, nyckeltal U40455"
_KOLADA_NAME = "Deltagare som börjat arbeta eller studera, andel av avslutade"
_RETURNED_NAME = "Ej återaktualiserade vuxna ett år efter avslutat försörjningsstöd"
_LONG_TERM_NAME = "Vuxna med ekonomiskt bistånd i minst tio av tolv månader"

HISTORY = (
    ("work_or_study_at_exit", "kolada", 2016, None, "52.96296296", _KOLADA, _KOLADA_NAME),
    ("work_or_study_at_exit", "kolada", 2017, None, "47.88732395", _KOLADA, _KOLADA_NAME),
    ("not_returned_within_year", "full_year", 2017, "SN", "83", "Socialnämndens årsbokslut 2017", _RETURNED_NAME),
    ("not_returned_within_year", "full_year", 2018, "SN", "82", "Socialnämndens årsbokslut 2018", _RETURNED_NAME),
    ("long_term_support", "standard", 2016, "SN", "187", "Socialnämndens årsbokslut 2016", _LONG_TERM_NAME),
    ("long_term_support", "standard", 2017, "SN", "182", "Socialnämndens årsbokslut 2017", _LONG_TERM_NAME),
    (
        "sfi_dropout",
        "participants",
        2017,
        "KUN",
        "14.7",
        "Kultur- och utbildningsnämndens årsbokslut 2017",
        "Kursdeltagare som avbrutit påbörjad kurs i sfi",
    ),
)
"""Measure, variant, year, committee (None: the whole municipality), value, source, what the figure was called.

The shares to work or studies are Kolada's for Alingsås; the others are invented.
"""


def history_rows() -> list[Row]:
    """The rows of historik.csv."""
    return [
        {
            "mått": measure,
            "variant": variant,
            "år": year,
            "nämnd": committee,
            "värde": Decimal(value),
            "källa": source,
            "namn_då": name,
        }
        for measure, variant, year, committee, value, source, name in HISTORY
    ]
