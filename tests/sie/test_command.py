"""`inspect_sie`: one JSON document that other programs rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FILE = """#FLAGGA 0
#SIETYP 4
#RAR 0 20240101 20241231
#KONTO 5010 "Lokalhyra"
#KONTO 1930 "Bank"
#DIM 1 "Resultatenhet"
#OBJEKT 1 Nord "Kontor Nord"
#VER A 14 20240314 "Hyra"
{
#TRANS 5010 {1 Nord} 1234.50
#TRANS 1930 {} -1234.49
}
"""


def test_the_document_is_the_one_other_programs_rely_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bok.se"
    path.write_bytes(FILE.encode("cp437"))
    call_command("inspect_sie", str(path), format="json")
    assert json.loads(capsys.readouterr().out) == {
        "sietyp": 4,
        "encoding": "cp437",
        "checksum": "none",
        "vouchers": 1,
        "transactions": 2,
        "accounts": 2,
        "dimensions": {"1": {"name": "Resultatenhet", "objects": 1}},
        "result": {"1930": -1234.49, "5010": 1234.5},
        "unbalanced": [{"line": 8, "series": "A", "number": "14", "sum": 0.01}],
        "warnings": ["Verifikation A 14 på rad 8 går inte jämnt ut."],
    }


def test_lines_that_cannot_be_read_give_exit_code_one_and_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "bok.se"
    path.write_text(FILE.replace("1234.50", "1234,50"))
    with pytest.raises(CommandError, match="Rad 10: ”1234,50” är inte ett belopp") as fault:
        call_command("inspect_sie", str(path), format="json")
    assert fault.value.returncode == 1


def test_a_missing_or_foreign_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Det går inte att läsa"):
        call_command("inspect_sie", str(tmp_path / "saknas.se"))
    (tmp_path / "bild.se").write_bytes(b"\x89PNG\x00\x00")
    with pytest.raises(CommandError, match="ingen SIE-fil"):
        call_command("inspect_sie", str(tmp_path / "bild.se"))


def test_a_reader_is_told_what_the_file_holds_in_swedish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bok.se"
    path.write_text(FILE)
    call_command("inspect_sie", str(path))
    shown = capsys.readouterr().out
    assert "1 verifikation, 2 transaktioner, 2 konton" in shown
    assert "Kontrollsumma: saknas (det är tillåtet)" in shown
    assert "Obs: Verifikation A 14 på rad 8 går inte jämnt ut." in shown
