"""A SIE file becomes costs by a saved profile, every krona is accounted for, and what is wrong stops it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cases.actions.profiles import store_profile
from cases.deliveries.accounts import Patterns
from cases.models import Cost, DeliveredFile
from cases.profiles.reading import read_profile
from committees.enums import Role
from committees.toml_tables import TextFault
from tests.factories import setup_small_municipality
from tests.web.town import person

PROFILE = """
[profil]
namn = "ekonomi"
system = "Ekonomisystemet"

[[fil]]
slag = "kostnader"
[fil.sie]
enhetsdimension = "Ansvar"
insatsdimension = "22"
[fil.sie.konton]
"5*" = "direkt"
"6000-6999" = "gemensam"
"6992" = ""
"3510" = "statsbidrag"
"36*" = "forsaljning"
[fil.sie.enheter]
"410*" = "AME"
"900" = ""
[fil.sie.insatser]
"77" = "verkstad"
"""
HEAD = """#FLAGGA 0
#FORMAT PC8
#SIETYP {type}
#RAR 0 20240101 20241231
#DIM 20 "Ansvar"
#DIM 22 "Aktivitet"
"""
VOUCHERS = """#RES 0 5010 3000.50
#RES 0 6110 100.00
#RES 0 6992 40.00
#RES 0 7010 60.00
#RES 0 3510 -500.00
#VER A 1 20240314 "Hyra"
{
#TRANS 5010 {20 4101 22 77} 1000.50
#TRANS 5010 {20 4102} 1000.00
#TRANS 5010 {20 900} 400.00
#TRANS 5010 {20 555} 300.00
#TRANS 5010 {} 300.00
#TRANS 1930 {} -3000.50
}
#VER A 2 20240402 "Bidrag"
{
#TRANS 3510 {20 4101} -500.00
#TRANS 6110 {20 4101} 100.00
#TRANS 6992 {20 4101} 40.00
#TRANS 7010 {20 4101} 60.00
#TRANS 1930 {} 300.00
}
"""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saved_profile() -> None:
    setup_small_municipality()
    store_profile(text=PROFILE, by=None)


def _file(folder: Path, text: str, *, kind: int = 4) -> Path:
    path = folder / "bokslut.se"
    path.write_bytes((HEAD.replace("{type}", str(kind)) + text).encode("cp437"))
    return path


def _take(path: Path, capsys: pytest.CaptureFixture[str], **options: object) -> dict[str, object]:
    call_command("import_files", str(path), format="json", **{"profile": "ekonomi", **options})
    (file,) = json.loads(capsys.readouterr().out)["files"]
    return dict(file)


def _costs() -> set[tuple[str, str, str | None, str, str | None, Decimal]]:
    rows = Cost.objects.current().values_list("month", "unit_id", "activity_type_id", "kind", "account", "outcome")
    return {(month.isoformat()[:7], *rest) for month, *rest in rows}  # type: ignore[misc]  # six fields, in order


def test_transactions_become_costs_of_unit_activity_and_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _take(_file(tmp_path, VOUCHERS), capsys)
    assert _costs() == {
        ("2024-03", "AME", "verkstad", "direkt", "5010", Decimal("1000.50")),
        ("2024-03", "AME", None, "direkt", "5010", Decimal("1000.00")),
        ("2024-04", "AME", None, "gemensam", "6110", Decimal("100.00")),
        ("2024-04", "AME", None, "statsbidrag", "3510", Decimal("500.00")),
    }


def test_every_krona_is_read_or_left_out_for_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accounts = _take(_file(tmp_path, VOUCHERS), capsys)["accounts"]
    assert isinstance(accounts, dict)
    assert {one["reason"]: (one["accounts"], one["amount"]) for one in accounts["left_out"]} == {
        "Kontot saknas i profilen": (1, 60.0),
        "Objektet 555 saknas i profilen": (1, 300.0),
        "Utan objekt i enhetens dimension": (1, 300.0),
        "Utanför enligt profilen": (2, 440.0),
    }
    assert (accounts["read"], accounts["in_file"], accounts["stated"]) == (1600.5, 2700.5, 2700.5)
    assert accounts["in_file"] == accounts["read"] + sum(one["amount"] for one in accounts["left_out"])
    assert accounts["differences"] == []


def test_the_deliverys_page_and_the_command_show_what_was_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    call_command("import_files", str(_file(tmp_path, VOUCHERS)), profile="ekonomi")
    said = capsys.readouterr().out
    client.force_login(person("förvaltare", Role.DATA_STEWARD))
    page = client.get(f"/underlag/leveranser/{DeliveredFile.objects.get().delivery_id}/").content.decode()
    for text in (said, page):
        assert "Inläst: 1\u00a0600,50\u00a0kr" in text
        assert "Utelämnat: 300,00\u00a0kr på 1 konto. Objektet 555 saknas i profilen." in text
        assert "stämmer med raderna" in text


def test_balances_that_say_otherwise_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = VOUCHERS.replace("#RES 0 6110 100.00", "#RES 0 6110 175.25")
    accounts = _take(_file(tmp_path, text), capsys)["accounts"]
    assert isinstance(accounts, dict)
    assert accounts["differences"] == [{"account": "6110", "rows": 100.0, "stated": 175.25}]


def test_the_same_file_again_changes_nothing_and_a_changed_one_is_a_new_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _take(_file(tmp_path, VOUCHERS), capsys)
    assert _take(_file(tmp_path, VOUCHERS), capsys)["unchanged"] == 4
    changed = VOUCHERS.replace("6110 {20 4101} 100.00", "6110 {20 4101} 90.00").replace(
        "1930 {} 300.00", "1930 {} 310.00"
    )
    assert _take(_file(tmp_path, changed), capsys)["changed"] == 1


PERIOD_CHANGES = """#RES 0 5010 900.00
#PSALDO 0 202401 5010 {} 900.00
#PSALDO 0 202401 5010 {20 4101} 600.00
#PSALDO 0 202401 5010 {22 77} 250.00
#PSALDO 0 202401 5010 {20 4101 22 77} 200.00
"""


def test_period_changes_repeated_for_each_dimension_are_read_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = _take(_file(tmp_path, PERIOD_CHANGES, kind=3), capsys)["accounts"]
    assert isinstance(accounts, dict)
    assert _costs() == {("2024-01", "AME", "verkstad", "direkt", "5010", Decimal("200.00"))}
    assert accounts["left_out"] == [{"reason": "Utan objekt i enhetens dimension", "accounts": 1, "amount": 700.0}]


def test_of_a_type_4_file_the_period_changes_are_not_read_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_both = VOUCHERS + "#PSALDO 0 202403 5010 {20 4101} 1000.50\n"
    assert _take(_file(tmp_path, with_both), capsys)["rows"] == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            VOUCHERS.replace("#TRANS 1930 {} 300.00", "#TRANS 1930 {} 300.01"),
            "går jämnt ut. Raderna i A 2 blir tillsammans 0,01\u00a0kr",
        ),
        (VOUCHERS.replace("#TRANS 5010 {} 300.00", "#TRANS 5010 {} tre"), "är inte ett belopp"),
        (VOUCHERS.replace("20 4101", "20 1").replace("20 4102", "20 2"), "leder till en enhet"),
        ("#KONTO 5010 Hyra\n", "leder till en enhet"),
    ],
)
def test_a_file_with_faults_is_refused_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    with pytest.raises(CommandError):
        call_command("import_files", str(_file(tmp_path, text)), profile="ekonomi")
    assert said in capsys.readouterr().err
    assert not Cost.objects.exists()


def test_without_a_profile_for_accounts_it_says_what_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("import_files", str(_file(tmp_path, VOUCHERS)))
    assert "--profile" in capsys.readouterr().err


def test_the_most_exact_pattern_decides() -> None:
    patterns = Patterns({"5*": "a", "50*": "b", "5010": "c", "5000-5999": "d", "6000-6999": "e", "6100-6199": "f"})
    assert [patterns.of(code) for code in ("5010", "5011", "5900", "6150", "6500", "61500", "7")] == [
        "c",
        "b",
        "a",
        "f",
        "e",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('"5*" = "direkt"', '"5*" = "indirekt"', "något av direkt"),
        ('"5*" = "direkt"', '"5*1" = "direkt"', "en början som"),
        ('enhetsdimension = "Ansvar"', "", "enhetsdimension"),
        ('insatsdimension = "22"', "", "insatsdimension"),
        ('slag = "kostnader"', 'slag = "personal"', "hör till slaget kostnader"),
    ],
)
def test_what_is_wrong_in_a_profile_is_said(was: str, becomes: str, said: str) -> None:
    with pytest.raises(TextFault) as fault:
        read_profile(PROFILE.replace(was, becomes))
    assert said in " ".join(fault.value.messages)
