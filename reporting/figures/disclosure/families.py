"""Which measures count the same cases: what a reader can add and subtract across measures and variants.

A family's counts have names. Where two measures use one name, for the same days and the same split, they state the same count;
the compositions say which counts are parts of which. What is not declared here stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from reporting.measures.model import Kind, Measure

EXIT_RESULTS = "exit_results"


class OverTime(Enum):
    """What can be said of a count for some days and the same count for a part of them."""

    ADDS_UP = auto()
    """Every case belongs to one day: the parts add up to the whole."""
    BEGINNING = auto()
    """The cases of a first part are among those of the whole; what comes after does not add up."""
    NOTHING = auto()


@dataclass(frozen=True)
class Names:
    """What a measure's counts are called within its family.

    `excluded`: the names of left-out cases that others count too. `persons`: what the distinct persons beside the figure are
    called, where another figure of the family counts them as well.
    """

    family: str
    numerator: str
    denominator: str
    over_time: OverTime = OverTime.NOTHING
    excluded: Mapping[str, str] | None = None
    persons: str = ""


def _exits(numerator: str, denominator: str = "all") -> Names:
    gone = {"moved": "moved", "deceased": "deceased"} if denominator != "all" else None
    return Names("exits", numerator, denominator, OverTime.ADDS_UP, gone)


def _closings(variant: str) -> Names:
    gone = {"moved": "moved", "deceased": "deceased"} if variant else None
    return Names("closings", f"met{variant}", f"closed{variant}", OverTime.BEGINNING, gone)


_LONG_TERM = Names("support", "long term", "recipients")
_AFTER_DAYS = ("91", "183", "365", "730")
_DECLARED: Mapping[tuple[str, str], Names] = {
    **{
        (code, variant): Names(code, *names, OverTime.ADDS_UP, {"window_open": "young"})
        for code in ("referral_lead_time", "application_to_decision")
        for variant, names in {"standard": ("ended", "all"), "standard+within": ("in_time", "old_enough")}.items()
    },
    **{
        ("time_to_work", f"standard+{day}{side}"): Names("time_to_work", f"{day}{side}", "all", OverTime.ADDS_UP)
        for day in _AFTER_DAYS
        for side in ("", " at_risk")
    },
    **{
        ("participants", f"standard+{part}"): Names(
            "participants",
            part,
            "persons" if part == "workplace_share" else "",
            persons="persons" if part == "active" else "",
        )
        for part in (
            "active",
            "new_starts",
            "exits",
            "left_before_end",
            "active_at_end",
            "workplace_share",
            "assessed",
            "drop_in_visits",
        )
    },
    **{
        ("sfi_reach", f"standard+{part}"): Names("sfi_reach", part, "referred", OverTime.ADDS_UP)
        for part in ("referred", "begun", "passed")
    },
    (EXIT_RESULTS, "standard"): _exits("all"),
    ("work_or_study_at_exit", "kolada"): _exits("A+B"),
    ("work_or_study_at_exit", "resident"): _exits("A+B", "resident"),
    ("work_or_study_at_exit", "unsubsidised"): _exits("unsubsidised+B"),
    ("work_at_exit", "kolada"): _exits("A"),
    ("work_at_exit", "resident"): _exits("A", "resident"),
    ("work_at_exit", "unsubsidised"): _exits("unsubsidised"),
    ("study_at_exit", "kolada"): _exits("B"),
    ("study_at_exit", "resident"): _exits("B", "resident"),
    ("cost_per_result", "standard"): _exits("", "A+B"),
    ("cost_per_result", "net_of_grants"): _exits("", "A+B"),
    ("sfi_dropout", "participants"): Names("sfi", "dropouts", "participations"),
    ("sfi_dropout", "ended"): Names("sfi", "dropouts", "ended"),
    ("sfi_dropout_reasons", "standard"): Names("sfi", "dropouts", "dropouts"),
    ("sfi_completed", "standard"): Names("sfi", "passed", "ended"),
    ("sfi_not_started", "standard"): Names("sfi_not_started", "met", "referrals", OverTime.ADDS_UP),
    ("long_term_support", "standard"): _LONG_TERM,
    ("long_term_support", "rolling"): _LONG_TERM,
    ("recipients", "standard"): Names("support", "recipients", "recipients"),
    ("support_paid", "standard"): Names("support", "", "recipients"),
    ("support_paid", "standard+without_refugees"): Names("support", "", "recipients without refugees"),
    ("workplace_share", "standard"): Names("participants", "workplace_share", "persons"),
    ("plan_coverage", "standard"): Names("plan_coverage", "implementation plan", "active"),
    ("plan_coverage", "any_plan"): Names("plan_coverage", "any plan", "active"),
    **{
        ("not_returned_within_year", variant + addition): _closings(addition)
        for variant in ("kolada", "full_year", "period")
        for addition in ("", "+resident")
    },
}

_TIMED = (("all", ("old_enough", "young")), ("ended", ("in_time",)))

COMPOSITIONS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "exits": (
        ("unsubsidised+B", ("unsubsidised", "B")),
        ("A", ("unsubsidised",)),
        ("A+B", ("unsubsidised+B",)),
        ("all", ("resident", "moved", "deceased")),
    ),
    "closings": (
        ("met", ("met+resident",)),
        ("closed", ("closed+resident", "moved", "deceased")),
        ("closed", ("closed+resident",)),
    ),
    "sfi": (("participations", ("ended",)), ("ended", ("passed", "dropouts"))),
    "support": (("recipients", ("recipients without refugees",)),),
    "plan_coverage": (("any plan", ("implementation plan",)),),
    "referral_lead_time": _TIMED,
    "application_to_decision": _TIMED,
    "participants": (
        ("active", ("left_before_end", "active_at_end")),
        ("exits", ("left_before_end",)),
        *(("active", (part,)) for part in ("new_starts", "exits", "assessed")),
    ),
    "sfi_reach": (("begun", ("passed",)),),
    "time_to_work": (
        *(("all", (day, f"{day} at_risk")) for day in _AFTER_DAYS),
        *((later, (day,)) for day, later in pairwise(_AFTER_DAYS)),
        *((f"{day} at_risk", (f"{later} at_risk",)) for day, later in pairwise(_AFTER_DAYS)),
    ),
}
"""By family: a count and some of its parts, at the same days and in the same split. What is left over is a count too."""

PARTITIONS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "exits": (("all", ("A", "B", "C", "D", "E")), ("A+B", ("A", "B"))),
}
"""By family: a count and all of its parts. They add up everywhere, also where only some of them are stated."""

_MADE_OF_CATEGORIES = frozenset(
    {
        (EXIT_RESULTS, "standard"),
        ("work_or_study_at_exit", "kolada"),
        ("work_at_exit", "kolada"),
        ("study_at_exit", "kolada"),
    }
)


def family_of(code: str) -> str:
    """Return the family that the measure's counts belong to."""
    return next((names.family for (declared, _), names in _DECLARED.items() if declared == code), code)


def names_of(measure: Measure, variant: str) -> Names:
    """Return what the counts of the measure in the variant are called."""
    declared = _DECLARED.get((measure.code, variant))
    if declared:
        return declared
    if measure.kind is Kind.RATIO:
        return Names(measure.code, "", "denominator")
    return Names(measure.code, f"numerator {variant}", f"denominator {variant}")


def is_exempt(measure: Measure, variant: str, exemptions: frozenset[str]) -> bool:
    """Return whether a recorded exemption covers the measure: its own, or that of `exit_results` for what its categories make."""
    if EXIT_RESULTS in exemptions and (measure.code, variant) in _MADE_OF_CATEGORIES:
        return True
    return measure.code in exemptions
