"""Each publication is entered in a register, and the next one is protected against all that stands there."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from reporting.figures.computing import compute_many
from reporting.figures.disclosure.register import Entry, Register, RegisterFault
from reporting.figures.model import Request
from reporting.figures.publishing import REGISTER, publish
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.snapshots.engine import Engine
from tests.figures.town import SIZE, town_rows
from tests.measures.tiny import tiny_engine

LIMIT = 5
AS_OF = dt.date(2024, 12, 31)
LATER = dt.date(2025, 1, 31)
_IDENTITIES = ("person", "enrolment", "support_case", "household", "referral", "participation")
_ORGANISATION = ("municipality", "committee", "unit", "responsibility", "activity_type", "cost", "population")
_NUMBERS = frozenset({"numerator", "denominator", "persons", "at_risk", "events", "n"})


def city_rows(*, times: int = 4, late: int = 0) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the town so many times over. Of the last town, the last `late` persons have not been delivered yet."""
    rows = town_rows()
    found: dict[str, Sequence[Mapping[str, object]]] = {name: rows[name] for name in _ORGANISATION}
    for table in rows.keys() - set(_ORGANISATION):
        last = [row for row in rows[table] if _number(row) < SIZE - late]
        towns = [*[rows[table]] * (times - 1), last]
        found[table] = [_copy(row, number) for number, town in enumerate(towns) for row in town]
    return found


def _number(row: Mapping[str, object]) -> int:
    """Whose row it is."""
    identity = next(str(row[name]) for name in _IDENTITIES if name in row)
    return int("".join(sign for sign in identity if sign.isdigit()))


def _copy(row: Mapping[str, object], number: int) -> Mapping[str, object]:
    return {name: f"{value}-{number}" if name in _IDENTITIES and value else value for name, value in row.items()}


def published(engine: Engine, *requests: Request) -> list[dict[str, Any]]:
    """Publish the results and return what everybody sees."""
    return [json.loads(json.dumps(one.as_json())) for one in publish(engine, compute_many(engine, requests))]


def counts(document: object, place: tuple[object, ...] = ()) -> Iterator[tuple[tuple[object, ...], int]]:
    """Yield every count in a document, with where it stands."""
    if isinstance(document, dict):
        key = tuple(sorted((document.get("key") or {}).items(), key=repr))
        for name, value in document.items():
            is_count = name in _NUMBERS or place[-1:] in {("flags",), ("excluded",)}
            if is_count and isinstance(value, int) and not isinstance(value, bool):
                yield (*place, key, name), value
            else:
                yield from counts(value, (*place, key, name))
    elif isinstance(document, list):
        for value in document:
            yield from counts(value, place)


def small_differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[tuple[object, ...], int]:
    """Return what a reader who subtracts the one from the other learns of a few."""
    later = dict(counts(second))
    found = {place: later[place] - count for place, count in counts(first) if place in later}
    return {place: number for place, number in found.items() if 0 < abs(number) < LIMIT}


_VERSIONS = ((city_rows(late=3), AS_OF), (city_rows(), AS_OF), (city_rows(), LATER))


@pytest.fixture(scope="module")
def versions() -> list[Engine]:
    """Three successive snapshots: in the second a few rows came late, in the third a month has passed."""
    return [tiny_engine(rows, day) for rows, day in _VERSIONS]


@pytest.mark.slow
@pytest.mark.parametrize("code", [one.code for one in measures()])
def test_two_published_versions_subtracted_show_no_small_count(code: str, versions: list[Engine]) -> None:
    measure = next(one for one in measures() if one.code == code)
    names = [name.value for name in measure.dimensions]
    splits = [(), *[(name,) for name in ("enhet", "kon", "nyanland", "insats") if name in names]]
    splits += [("enhet", "kon")] if "kon" in names else [("enhet", "insats")]
    seen: list[list[dict[str, Any]]] = []
    for engine in versions:
        asked = [request(code, year=2023, variant=variant, by=by) for variant in measure.variants for by in splits]
        seen.append([document for one in asked for document in published(engine, one)])
    for number, earlier in enumerate(seen):
        for later in seen[number + 1 :]:
            for one, other in zip(earlier, later, strict=True):
                assert small_differences(one, other) == {}, (one["by"], one["variant"])
    assert any(dict(counts(document)) for documents in seen for document in documents)


def test_published_one_by_one_is_as_safe_as_together(versions: list[Engine]) -> None:
    first, _, last = versions
    asked = request("work_or_study_at_exit", year=2023, by=("kon",))
    [before], [after] = published(first, asked), published(last, asked)
    assert small_differences(before, after) == {}
    assert not before["total"]["suppressed"]
    assert after["total"]["suppressed"]


def test_the_same_publication_is_the_same_for_ever(versions: list[Engine], settings: Settings) -> None:
    first, second, _ = versions
    asked = [request("work_or_study_at_exit", year=2023, by=by) for by in ((), ("kon",), ("enhet", "kon"))]
    once = published(first, *asked)
    published(second, *asked)
    published(first, request("work_at_exit", year=2023, by=("alder",)), request("exit_results", year=2023))
    anew = tiny_engine(*_VERSIONS[0])
    assert published(anew, *asked) == once
    assert len(list(_folder(settings).glob("*.json"))) == 3


def test_the_register_holds_what_was_shown_and_nothing_else(versions: list[Engine], settings: Settings) -> None:
    [document] = published(versions[0], request("work_or_study_at_exit", year=2023, by=("alder", "kon")))
    hidden = [group for group in document["groups"] if group["suppressed"]]
    assert hidden
    [path] = _folder(settings).glob("*.json")
    [entered] = json.loads(path.read_text(encoding="utf-8"))["results"]
    assert dict(counts(entered)) == dict(counts(document))
    assert [group["numerator"] for group in entered["groups"] if group["suppressed"]] == [None] * len(hidden)


def _folder(settings: Settings) -> Path:
    return Path(settings.SNAPSHOT_ROOT) / REGISTER


def test_nothing_is_published_when_the_register_cannot_be_kept(versions: list[Engine], settings: Settings) -> None:
    Path(settings.SNAPSHOT_ROOT).mkdir(parents=True, exist_ok=True)
    _folder(settings).write_text("in the way")
    with pytest.raises(RegisterFault, match="Inget har publicerats"):
        published(versions[0], request("low_hours", year=2023))


def test_nothing_is_published_when_the_register_is_damaged(versions: list[Engine], settings: Settings) -> None:
    published(versions[1], request("exit_results", year=2023))
    [path] = _folder(settings).glob("*.json")
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace("2023", "2022"), encoding="utf-8")
    with pytest.raises(RegisterFault, match="skadad"):
        published(versions[1], request("study_at_exit", year=2023))


def test_two_that_publish_at_once_see_each_other(tmp_path: Path, versions: list[Engine]) -> None:
    register, inside, most = Register(tmp_path), [0], [0]

    def publish_one(number: int) -> None:
        with register.held():
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            result = compute_many(versions[0], [request("exit_results", year=2020 + number)])
            register.add(Entry.of(("9999",), result))
            inside[0] -= 1

    threads = [threading.Thread(target=publish_one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert len(register.entries()) == 4


def test_a_country_and_its_municipalities_are_weighed_against_each_other() -> None:
    # Published for both together and then for one alone: the other's few would be the difference.
    from tests.measures.tiny import tiny_engine_of

    large, few = city_rows(times=2), {**city_rows(times=1), "enrolment": town_rows()["enrolment"][:3]}
    together = tiny_engine_of({"1111": large, "2222": few}, AS_OF)
    alone = tiny_engine_of({"1111": large}, AS_OF)
    asked = request("exit_results", year=2023)
    [country] = published(together, asked)
    [one] = published(alone, asked)
    assert not country["total"]["suppressed"]
    assert one["total"]["denominator"] == 120
    [split] = published(together, request("exit_results", year=2023, by=("kommun",)))
    assert all(group["suppressed"] for group in split["groups"] if group["key"]["kommun"] == "2222")
