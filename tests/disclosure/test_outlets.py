"""Nothing that leaves the committee tells a hidden number: were it another, every page, file and sentence would be the same.

Two states of the data differ in one person only: there are three women in the one and four in the other, or three who went to
studies and four, with one to work the less. Both are hidden, and so is what would tell them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from committees.enums import Role
from committees.models import Committee
from reporting.documents.layout import embedded_files, html_of
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot, short_hash
from tests.command_line import run
from tests.documents.conftest import TARGETS, deliver_exits, exits
from tests.documents.editions import annual_edition
from tests.factories import deliver, setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.of_snapshots

AS_OF = dt.date(2024, 1, 31)
FEW = 3
TO_STUDIES = {"avslutsorsak": "studier", "studiemedel": "ja", "anställning_från": None, "anställning_till": None}
CODES = ("work_or_study_at_exit", "exit_results", "participants", "time_to_work", "workplace_share")
Outlet = Callable[[Snapshot], str]


@pytest.fixture(params=[pytest.param("sex", marks=pytest.mark.slow), "result"])
def told_by_each(
    request: pytest.FixtureRequest, db: None, settings: Settings, tmp_path: Path
) -> Callable[[Outlet], tuple[str, str]]:
    """Return what an outlet says of the two states, the names of their snapshots left out."""
    setup_small_municipality(TARGETS)
    earlier = [row for year in range(2019, 2023) for row in exits(year, work=20, other=30, women=50)]
    *others, one, two, three = exits(2023, work=12, other=28, women=FEW)
    rows = [*others, *(row | TO_STUDIES for row in (one, two, three))]
    deliver_exits([*earlier, *rows])

    def each(outlet: Outlet) -> tuple[str, str]:
        first = _of_snapshot(outlet, settings, tmp_path / "few")
        if request.param == "sex":
            deliver(personer=[{"person": f"P2023-{FEW}", "födelsedatum": "1985-05-05", "kön": "K"}])
        else:
            changed = {name: value for name, value in rows[FEW].items() if name != "_kön"}
            deliver(inskrivningar=[changed | TO_STUDIES])
        return first, _of_snapshot(outlet, settings, tmp_path / "more")

    return each


def _of_snapshot(outlet: Outlet, settings: Settings, root: Path) -> str:
    settings.SNAPSHOT_ROOT = root
    snapshot = freeze(as_of=AS_OF)
    text = outlet(snapshot)
    for name in (snapshot.hash, snapshot.hash[:12], short_hash(snapshot.hash)):
        text = text.replace(name, "underlag")
    return text


def test_the_report_is_the_same_in_text_charts_alternative_texts_and_files(
    told_by_each: Callable[[Outlet], tuple[str, str]],
) -> None:
    def report(snapshot: Snapshot) -> str:
        edition = annual_edition(list(Committee.objects.all()), snapshot)
        files = embedded_files(edition.document, edition.manifest)
        return "\n".join([html_of(edition.document), *(repr(file) for file in files), json.dumps(edition.manifest)])

    few, more = told_by_each(report)
    assert ".." in few
    assert few == more


def test_the_command_says_the_same_in_every_format(told_by_each: Callable[[Outlet], tuple[str, str]]) -> None:
    def command(snapshot: Snapshot) -> str:
        said = []
        for code, form, by in product(CODES, ("table", "json", "csv"), ((), ("--by", "kon"))):
            asked = ["--year", "2023", *by, "--snapshot", snapshot.hash, "--format", form]
            open_answer, answer = run("measure", code, *asked), run("measure", code, *asked, "--publish")
            assert (answer.code, open_answer.code) == (0, 0)
            assert not by or answer.out != open_answer.out
            said.append(answer.out)
        return "\n".join(said)

    few, more = told_by_each(command)
    assert few == more


def test_the_published_tables_of_a_page_say_the_same(
    told_by_each: Callable[[Outlet], tuple[str, str]], client: Client
) -> None:
    def page(snapshot: Snapshot) -> str:
        user = person(f"granne-{snapshot.pk}", Role.SECRETARY, "SN")
        client.force_login(user)
        content = client.get("/KUN/2023/").content.decode()
        return content[content.index("<main") : content.index("</main>")]

    few, more = told_by_each(page)
    assert ".." in few
    assert few == more
