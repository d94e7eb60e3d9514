"""What figures can be split by: the names that stand in definitions, commands and addresses, with their Swedish labels.

How a row gets its value for a dimension is the business of `reporting.figures.dimensions`.
"""

from __future__ import annotations

from enum import StrEnum


class Dimension(StrEnum):
    """A way to split a figure (measures.md, "Dimensions that make sense for most"); the value is its name in commands.

    HINDER is for the measures of financial assistance: what keeps the person from self-support.
    """

    ACTIVITY_TYPE = "insats"
    PROVIDER = "utforare"
    UNIT = "enhet"
    COMMITTEE = "namnd"
    REFERRER = "anvisare"
    SEX = "kon"
    AGE = "alder"
    NEWLY_ARRIVED = "nyanland"
    GROUND = "grund"
    HINDER = "hinder"
    YEAR = "ar"
    MONTH = "manad"
    MUNICIPALITY = "kommun"

    @property
    def label(self) -> str:
        """The Swedish heading."""
        return _LABELS[self]

    @property
    def fans_out(self) -> bool:
        """Whether a case can have several values, so that the split does not add up."""
        return self in {Dimension.ACTIVITY_TYPE, Dimension.PROVIDER}

    @property
    def below_unit(self) -> bool:
        """Whether it tells persons at one unit apart: protected persons have no value in such a split."""
        return self not in _ORGANISATION_AND_TIME


_LABELS = {
    Dimension.ACTIVITY_TYPE: "Insats",
    Dimension.PROVIDER: "Utförare",
    Dimension.UNIT: "Enhet",
    Dimension.COMMITTEE: "Nämnd",
    Dimension.REFERRER: "Anvisare",
    Dimension.SEX: "Kön",
    Dimension.AGE: "Ålder",
    Dimension.NEWLY_ARRIVED: "Nyanländ",
    Dimension.GROUND: "Grund för mottagande",
    Dimension.HINDER: "Försörjningshinder",
    Dimension.YEAR: "År",
    Dimension.MONTH: "Månad",
    Dimension.MUNICIPALITY: "Kommun",
}
_ORGANISATION_AND_TIME = {
    Dimension.UNIT,
    Dimension.COMMITTEE,
    Dimension.YEAR,
    Dimension.MONTH,
    Dimension.MUNICIPALITY,
}
