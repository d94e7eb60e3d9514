"""A small municipality with enough exits to report on: most years are large, one number is small."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from committees.models import Committee
from reporting.figures.publishing import REGISTER
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.factories import deliver, setup_small_municipality

TARGETS = """
[[mal]]
kod = "KUN-1"
namn = "Fler ska gå vidare"
namnd = "KUN"
[[indikator]]
kod = "vidare"
mal = ["KUN-1"]
matt = "work_or_study_at_exit"
[[malvarde]]
indikator = "vidare"
ar = 2023
jamforelse = ">="
varde = 40
"""

Exits = dict[str, object]


@pytest.fixture(scope="session")
def snapshots_of_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the snapshots of these tests: the same data is the same snapshot, and its engine stays warm."""
    return tmp_path_factory.mktemp("document_snapshots")


@pytest.fixture(autouse=True)
def _warm_snapshots(settings: Settings, snapshots_of_documents: Path, _folders_of_its_own: None) -> None:
    settings.SNAPSHOT_ROOT = snapshots_of_documents
    # What another test published is not known to this one.
    shutil.rmtree(snapshots_of_documents / REGISTER, ignore_errors=True)


def exits(year: int, *, work: int, other: int, women: int) -> list[Exits]:
    """Return exits of a year: so many to lasting work and so many otherwise; the first are women."""
    return [
        {
            "inskrivning": f"{year}-{at}",
            "person": f"P{year}-{at}",
            "enhet": "AME",
            "start": f"{year}-02-01",
            "slut": f"{year}-06-30",
            "avslutsorsak": "arbete_osubventionerat" if at < work else "slutfort_uppdrag",
            "anställning_från": f"{year}-07-01" if at < work else None,
            "anställning_till": f"{year}-12-31" if at < work else None,
            "_kön": "K" if at < women else "M",
        }
        for at in range(work + other)
    ]


def deliver_exits(rows: list[Exits]) -> None:
    """Take the enrolments with their persons and an activity each."""
    deliver(
        personer=[{"person": row["person"], "födelsedatum": "1985-05-05", "kön": row["_kön"]} for row in rows],
        inskrivningar=[{name: value for name, value in row.items() if name != "_kön"} for row in rows],
        insatser=[{"inskrivning": row["inskrivning"], "insats": "sprakpraktik", "start": row["start"]} for row in rows],
    )


def five_years() -> list[Committee]:
    """Set up the municipality's two committees with five years of exits, three of them women in 2023, and return them."""
    setup_small_municipality(TARGETS)
    rows = [row for year in range(2019, 2023) for row in exits(year, work=20, other=30, women=50)]
    deliver_exits([*rows, *exits(2023, work=12, other=28, women=3)])
    return list(Committee.objects.order_by("code"))


@pytest.fixture
def committees(db: None) -> list[Committee]:
    """The two committees of the municipality, set up and with five years of exits: three women to work in 2023."""
    return five_years()


@pytest.fixture
def provisional(committees: list[Committee]) -> Snapshot:
    """What was known on 31 January 2024, not frozen yet."""
    return freeze(as_of=dt.date(2024, 1, 31), frozen=False)


@pytest.fixture
def change_target(committees: list[Committee]) -> Callable[[int], None]:
    """Set another target for 2023."""

    def change(value: int) -> None:
        from governance.models import Target

        Target.objects.filter(year=2023).update(value=value)

    return change
