"""Templates say nothing they do not know, and none lies about unused."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from committees.enums import Role
from reporting.snapshots.models import Snapshot
from tests.web.town import YEAR, person

pytestmark = pytest.mark.of_snapshots

_NAMED = re.compile(r"""["']((?:[\w-]+/)*[\w-]+\.html)["']""")
# Django asks for these itself, by these names.
_KNOWN_TO_DJANGO = {"400.html", "403_csrf.html", "500.html"}
PAGES = {
    Role.SECRETARY: (
        f"/SN/{YEAR}/",
        f"/SN/{YEAR}/matt/",
        f"/SN/{YEAR}/matt/work_or_study_at_exit/",
        f"/SN/{YEAR}/matt/work_or_study_at_exit/?kon=K&variant=resident",
        f"/SN/{YEAR}/matt/work_or_study_at_exit/uppdelning/",
        f"/SN/{YEAR}/matt/work_or_study_at_exit/uppdelning/?by=insats",
        f"/SN/{YEAR}/matt/work_or_study_at_exit/metod/",
        f"/SN/{YEAR}/matt/work_or_study_at_exit/arenden/",
        f"/SN/{YEAR}/matt/work_or_study_at_exit/utelamnade/",
        f"/SN/{YEAR}/matt/sfi_dropout_reasons/",
        f"/KUN/{YEAR}/",
        "/KUN/2023/",
        "/finns/inte/",
        "/konto/",
        "/konto/losenord/",
        "/rapporter/",
        "/rapporter/ny/",
        "/underlag/",
        "/underlag/leveranser/1/",
    ),
    # KUN has no goals here, and no cases of 2024.
    Role.MANAGER: (
        f"/KUN/{YEAR}/",
        f"/KUN/{YEAR}/matt/work_or_study_at_exit/",
        f"/KUN/{YEAR}/matt/work_or_study_at_exit/uppdelning/?by=insats",
        f"/KUN/{YEAR}/matt/work_or_study_at_exit/arenden/",
        f"/SN/{YEAR}/",
        "/rapporter/",
    ),
    Role.ADMINISTRATOR: ("/personer/", "/personer/ny/", "/laslogg/"),
}


_COMMITTEES = {Role.SECRETARY: "SN", Role.MANAGER: "KUN"}


class _Undefined(str):
    """What Django puts where a variable is not defined; putting it in fails."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template asks for {name}, which nobody gives it")

    def __contains__(self, _text: object) -> bool:
        return True


def test_no_page_asks_for_a_variable_that_is_not_there(client: Client, town: Snapshot, settings: Settings) -> None:
    strict = copy.deepcopy(settings.TEMPLATES)
    strict[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")
    settings.TEMPLATES = strict
    for role, addresses in PAGES.items():
        client.force_login(person(role, role, _COMMITTEES.get(role)))
        for address in addresses:
            assert client.get(address).status_code in {200, 403, 404}, address


def test_every_template_is_used(project_root: Path, settings: Settings) -> None:
    folder = project_root / "templates"
    kept = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    sources = [
        path.read_text(encoding="utf-8")
        for app in ("config", "committees", "cases", "reporting", "governance", "audits", "templates")
        for pattern in ("*.py", "*.html")
        for path in (project_root / app).rglob(pattern)
    ]
    named = {name for source in sources for name in _NAMED.findall(source)} | _KNOWN_TO_DJANGO
    assert kept - named == set()


@pytest.mark.parametrize("name", ["500.html", "400.html", "403_csrf.html"])
def test_the_pages_for_when_all_else_fails_need_nothing(name: str) -> None:
    from django.template.loader import render_to_string

    page = render_to_string(name)
    assert "<h1>" in page
    assert "{" not in page.replace('{"includeIndicatorStyles": false, "allowEval": false, "historyCacheSize": 0}', "")
