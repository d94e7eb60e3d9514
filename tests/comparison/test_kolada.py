"""Comparison with others: what Kolada publishes is kept as published, and what is missing stays missing."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.comparison.loading import KoladaFault, load_kolada_json
from reporting.comparison.models import KoladaMunicipality, KoladaValue, Kpi, PeerGroup
from reporting.comparison.selectors import Comparison, Mean, chosen_group, comparison

pytestmark = pytest.mark.django_db

FIRST = dt.datetime(2024, 2, 1, tzinfo=dt.UTC)
LATER = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)


def answer(*rows: dict[str, Any]) -> bytes:
    """Return rows as Kolada answers them."""
    return json.dumps({"values": rows, "count": len(rows), "next_url": None}).encode()


def value(municipality: str, year: int, number: float | None, **more: Any) -> dict[str, Any]:
    """Return one municipality's value of a year: women first, so that position does not help."""
    women = {"gender": "K", "value": 99.0, "status": "", "count": 1}
    total = {"gender": "T", "value": number, "status": "" if number is not None else "Missing", "count": 1, **more}
    return {"kpi": "U40455", "period": year, "municipality": municipality, "values": [women, total]}


METADATA = (
    answer({"id": "U40455", "title": "Börjat arbeta eller studera", "description": "", "is_divided_by_gender": True}),
    answer(
        *(
            {"id": code, "title": name, "type": "K"}
            for code, name in (("1489", "Alingsås"), ("1494", "Lidköping"), ("2417", "Norsjö"))
        )
    ),
    answer(
        {
            "id": "G1",
            "title": "Liknande kommuner, 2023",
            "members": [
                {"member_id": "1494", "member_title": "Lidköping"},
                {"member_id": "2417", "member_title": "Norsjö"},
                {"member_id": "0560", "member_title": "Boxholm"},
            ],
        }
    ),
)
VALUES = answer(
    value("1489", 2022, 30.0), value("1494", 2022, 40.0), value("2417", 2022, 20.0), value("2417", 2023, None)
)


def load(*sources: bytes, at: dt.datetime = FIRST, group: str | None = "G1") -> dict[str, int]:
    """Take in the metadata and these values."""
    return load_kolada_json([*METADATA, *sources], group=group, fetched_at=at)


def compared() -> Comparison:
    """Return the comparison of 2022 and 2023 with the chosen group."""
    group = chosen_group()
    assert group is not None
    found = comparison("U40455", group=group, years=(2022, 2023))
    assert found is not None
    return found


def test_files_are_taken_in_whatever_their_order() -> None:
    load_kolada_json([VALUES, *reversed(METADATA)], group="G1")
    assert KoladaValue.objects.count() == 8
    assert PeerGroup.objects.get(pk="G1").model_year == 2023


def test_taking_in_the_same_files_twice_changes_nothing() -> None:
    load(VALUES)
    before = list(KoladaValue.objects.values())
    assert set(load(VALUES, at=LATER).values()) == {0}
    assert list(KoladaValue.objects.values()) == before


def test_a_revised_value_replaces_the_old_one_and_knows_when_it_came() -> None:
    load(VALUES)
    assert load(answer(value("1489", 2022, 31.5)), at=LATER)["values"] == 1
    revised = KoladaValue.objects.get(municipality="1489", year=2022, gender="T")
    assert (revised.value, revised.fetched_at) == (31.5, LATER)


def test_a_deleted_value_is_not_kept() -> None:
    load(answer(value("1489", 2022, 30.0, isdeleted=True)))
    assert not KoladaValue.objects.filter(gender="T").exists()


def test_the_total_is_chosen_by_name_and_a_missing_value_is_missing() -> None:
    load(VALUES)
    found = compared()
    assert found.values == {"0560": (None, None), "1494": (40.0, None), "2417": (20.0, None)}


def test_means_are_unweighted_and_say_of_how_many() -> None:
    load(VALUES)
    found = compared()
    assert found.group_means == (Mean(30.0, 2), Mean(None, 0))
    assert found.country_means == (Mean(30.0, 3), Mean(None, 0))


def test_the_mean_is_the_countrys_only_when_nearly_all_municipalities_were_asked_for() -> None:
    load(VALUES)
    assert not compared().covers_country
    load(answer(value("0560", 2022, None)))
    assert compared().covers_country


def test_a_member_that_leaves_its_group_is_no_longer_compared_with() -> None:
    load(VALUES)
    smaller = {
        "id": "G1",
        "title": "Liknande kommuner, 2023",
        "members": [{"member_id": "1494", "member_title": "Lidköping"}],
    }
    load_kolada_json([answer(smaller)])
    assert list(compared().members) == ["1494"]


def test_choosing_another_group_lets_go_of_the_first() -> None:
    load(VALUES)
    load_kolada_json([answer({"id": "G2", "title": "Andra kommuner", "members": []})], group="G2")
    assert list(PeerGroup.objects.filter(chosen=True).values_list("pk", flat=True)) == ["G2"]


def test_nothing_is_compared_when_nothing_is_known() -> None:
    load()
    assert comparison("U40455", group=PeerGroup.objects.get(pk="G1"), years=(2022,)) is None
    assert comparison("N00000", group=PeerGroup.objects.get(pk="G1"), years=(2022,)) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01", "inte ett svar från Kolada"),
        (b"[]", "inte ett svar från Kolada"),
        (b'{"values": [{"a": 1}]}', "varken nyckeltal"),
        (answer(value("9998", 2022, 1.0)), "Kommunerna 9998"),
    ],
)
def test_what_is_not_kolada_is_refused_and_nothing_is_kept(content: bytes, said: str) -> None:
    with pytest.raises(KoladaFault, match=said):
        load(content)
    assert not Kpi.objects.exists()
    assert not KoladaMunicipality.objects.exists()


_STRANGE = (
    st.none() | st.booleans() | st.sampled_from([-1, 10**30, 1e308, "", "X" * 400, "\x00", [], {}, [[]], "NaN", 1.5])
)


def _changed(document: Any, place: int, strange: object) -> Any:
    """Return the document with the place:th of its parts, counted from the outside, made something else."""
    parts = [document]
    for part in parts:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        parts += inner
    chosen = parts[place % len(parts)]

    def copy(part: Any) -> Any:
        if part is chosen:
            return strange
        if isinstance(part, dict):
            return {name: copy(inner) for name, inner in part.items()}
        return [copy(inner) for inner in part] if isinstance(part, list) else part

    return copy(document)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 3), st.integers(0, 60), _STRANGE)
def test_an_answer_of_any_other_shape_is_taken_in_or_refused_in_words(which: int, place: int, strange: object) -> None:
    answers = [json.loads(content) for content in (*METADATA, VALUES)]
    answers[which] = _changed(answers[which], place, strange)
    with transaction.atomic():
        try:
            load_kolada_json([json.dumps(one).encode() for one in answers])
        except KoladaFault as fault:
            assert str(fault).endswith(".")  # noqa: PT017 - either outcome is right, no other is
        transaction.set_rollback(True)


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    broken = VALUES.replace(b"30.0", number.encode())
    with pytest.raises(KoladaFault, match="JSON"):
        load(broken)


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(KoladaFault, match="G9"):
        load(VALUES, group="G9")
    assert not PeerGroup.objects.exists()


def test_the_published_values_of_the_demonstration_are_taken_in_by_the_command(project_root: Path) -> None:
    out = StringIO()
    call_command("load_kolada", project_root / "demo" / "kolada", "--group", "G175906", stdout=out)
    group = chosen_group()
    assert group is not None
    found = comparison("U40455", group=group, years=range(2019, 2024))
    assert found is not None
    assert "115 värden" in out.getvalue()
    assert sorted(found.members.values()) == [
        "Boxholm",
        "Lidköping",
        "Mullsjö",
        "Norsjö",
        "Vadstena",
        "Åtvidaberg",
        "Östhammar",
    ]
    # 2023: Östhammar 23,33, Vadstena 14,29, Mullsjö 100, Lidköping 56,5; the other three are missing.
    assert found.group_means[4].value == pytest.approx((23.33333333 + 14.28571428 + 100 + 56.5) / 4)
    assert found.group_means[4].count == 4


def test_a_file_that_is_not_there_is_said_in_swedish(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"saknas\.json går inte att läsa") as fault:
        call_command("load_kolada", tmp_path / "saknas.json")
    assert fault.value.returncode == 1
