"""The figures that the demonstration data is built to give; all else in it is chance.

Published figures: the shares to work or studies 2018-2023 (Kolada U40455, Alingsås), and for 2023 the split into work
and studies, the share not returned (and that of 2022), the number who returned, the share of dropouts from SFI and its
reasons (KPMG's audit of 2024-09-26). The other numbers are invented to go with them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exits:
    """Exits from the labour-market unit in a year by result; ``work + studies`` of ``total`` is U40455."""

    work: int
    studies: int
    other_authority: int
    completed: int
    other: int

    @property
    def total(self) -> int:
        """All exits of the year."""
        return self.work + self.studies + self.other_authority + self.completed + self.other


EXITS = {
    2018: Exits(100, 18, 28, 56, 31),  # 118/233
    2019: Exits(95, 20, 40, 75, 59),  # 115/289
    2020: Exits(56, 13, 29, 44, 40),  # 69/182
    2021: Exits(49, 12, 31, 39, 41),  # 61/172
    2022: Exits(46, 12, 36, 40, 48),  # 58/182
    2023: Exits(21, 4, 29, 31, 42),  # 25/127
    2024: Exits(27, 6, 31, 35, 42),  # 33/141
    2025: Exits(2, 1, 2, 3, 3),  # January only
}


@dataclass(frozen=True)
class Support:
    """Financial assistance in a year, in persons of 18 or more.

    ``closed`` are those with a support case closed in the year, ``returned`` those of them who applied again within
    twelve months, ``moved`` and ``died`` those who did not and were gone within the same time.
    """

    recipients: int
    long_term: int
    closed: int
    returned: int
    moved: int
    died: int


SUPPORT = {
    2018: Support(438, 179, 131, 23, 4, 1),
    2019: Support(431, 176, 128, 23, 6, 0),
    2020: Support(436, 174, 121, 21, 3, 2),
    2021: Support(424, 171, 126, 24, 4, 1),
    2022: Support(419, 168, 127, 38, 5, 1),
    2023: Support(412, 163, 122, 34, 4, 1),
    2024: Support(404, 158, 124, 19, 3, 0),
}
"""Closings of year T-1 give ``not_returned_within_year`` of year T: 89/127 for 2023 and 102/126 for 2022."""


@dataclass(frozen=True)
class Sfi:
    """Course participations at SFI: active at any time in the year, and of those ended by dropout in it.

    ``carried`` is how many go on into the next year.
    """

    active: int
    dropouts: int
    carried: int


SFI = {
    2018: Sfi(566, 86, 196),
    2019: Sfi(551, 85, 190),
    2020: Sfi(498, 79, 182),
    2021: Sfi(512, 83, 188),
    2022: Sfi(524, 88, 197),
    2023: Sfi(541, 92, 192),
    2024: Sfi(527, 85, 184),
}

DROPOUT_REASONS_2023 = {
    "arbete": 38,
    "praktik": 7,
    "privata_skal": 22,
    "flytt": 7,
    "sjukdom": 6,
    "foraldraledighet": 6,
    "franvaro": 6,
}
"""Work or placement 45/92 = 48,9 %, private reasons 22/92 = 23,9 %. Other years draw from the same proportions."""

SFI_NOT_STARTED = {2018: 0.15, 2019: 0.16, 2020: 0.20, 2021: 0.18, 2022: 0.17, 2023: 0.18, 2024: 0.17}
"""About this share of the year's referrals do not begin in time."""
