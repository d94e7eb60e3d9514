"""Write the demonstration municipality's delivery: ``python -m demo.generate DIRECTORY``.

Plain Python, no Django; the same seed gives the same bytes.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from demo import economy, history, integration, labour_market
from demo.draw import Draw
from demo.enrolments import Contents, Enrolment
from demo.files import Row, write_kind
from demo.people import Register
from demo.sfi import School
from demo.support import SupportHistory
from demo.support_rows import MonthRows, case_rows

SEED = 20240131


def generate(directory: Path, seed: int = SEED) -> None:
    """Write one canonical CSV file of every kind into the directory, which is made if it does not exist."""
    directory.mkdir(parents=True, exist_ok=True)
    for kind, rows in delivery(seed).items():
        write_kind(directory, kind, rows)


def delivery(seed: int = SEED) -> dict[str, Sequence[Row]]:
    """The rows of every kind of file."""
    register = Register(Draw(seed, "people"))
    newly_arrived = integration.receive(Draw(seed, "reception"), register)
    introductions = integration.enrol(Draw(seed, "integration"), newly_arrived)
    support = SupportHistory(Draw(seed, "support"), register, newly_arrived)
    support.build()
    school = School(Draw(seed, "sfi"), register, newly_arrived)
    school.build()
    draw = Draw(seed, "labour market")
    participants = labour_market.Participants(draw, register, support.cases, newly_arrived)
    at_labour_market = labour_market.enrol(draw, participants)
    labour_market.add_faults(draw, at_labour_market)
    referrals = labour_market.referrals_only(draw, register)
    enrolments = _numbered([*introductions, *at_labour_market, *referrals])
    return {
        "personer": [person.as_row() for person in register.people],
        "inskrivningar": [enrolment.as_row() for enrolment in enrolments],
        **_contents(Draw(seed, "contents"), enrolments),
        "besok": economy.visit_rows(Draw(seed, "visits")),
        "stodarenden": case_rows(Draw(seed, "cases"), support.cases),
        "stodmanader": MonthRows(Draw(seed, "months"), support, {}).rows(),
        "sfi_anvisningar": school.referrals,
        "sfi_deltaganden": school.course_rows(),
        "kostnader": economy.cost_rows(Draw(seed, "costs")),
        "prognoser": economy.forecast_rows(Draw(seed, "forecasts")),
        "befolkning": economy.population_rows(),
        "personal": economy.staff_rows(Draw(seed, "staff")),
        "historik": history.history_rows(),
    }


def _numbered(enrolments: list[Enrolment]) -> list[Enrolment]:
    """The enrolments in the order their units heard of them, with codes that follow it."""
    ordered = sorted(enrolments, key=lambda item: (item.referred or item.start, item.person.code, item.start is None))
    for number, enrolment in enumerate(ordered, start=1):
        enrolment.code = f"{enrolment.unit}-{number:05d}"
    return ordered


def _contents(draw: Draw, enrolments: list[Enrolment]) -> dict[str, Sequence[Row]]:
    contents = Contents(draw)
    for enrolment in enrolments:
        if enrolment.start is not None:
            at_integration = enrolment.unit == "INT"
            contents.fill(
                enrolment,
                integration.activities_for(draw, enrolment.person)
                if at_integration
                else labour_market.activities_for(draw, enrolment),
            )
    return {
        "insatser": contents.activities,
        "planer": contents.plans,
        "uppfoljningar": contents.follow_ups,
        "pauser": contents.pauses,
    }


def main() -> int:
    """Write the files into the directory given on the command line."""
    if len(sys.argv) != 2:
        print("Usage: python -m demo.generate DIRECTORY", file=sys.stderr)
        return 2
    generate(Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
