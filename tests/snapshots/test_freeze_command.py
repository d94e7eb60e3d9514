"""`freeze` on the command line: what is written, where, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reporting.management.commands.freeze import Command
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.models import Snapshot

DAY = "--as-of=2024-01-31"


def test_json_holds_the_hash_the_day_and_the_tables(delivered: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("freeze", DAY, "--format=json")
    document = json.loads(capsys.readouterr().out)
    snapshot = Snapshot.objects.get()
    assert list(document) == ["snapshot", "as_of", "tables"]
    assert (document["snapshot"], document["as_of"]) == (snapshot.hash, "2024-01-31")
    assert document["tables"]["enrolment"]["rows"] == 3
    assert set(document["tables"]["enrolment"]) == {"rows", "sha256"}


def test_a_person_reads_plain_swedish(delivered: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("freeze", DAY, "--label=Bokslut 2023")
    text = capsys.readouterr().out
    assert f"Underlaget {Snapshot.objects.get().short_hash} är fryst per 31 januari 2024." in text.replace(
        "\u00a0", " "
    )
    assert "Benämning: Bokslut 2023" in text
    assert "3 inskrivningar" in text


def test_the_copy_is_a_whole_snapshot(delivered: None, tmp_path: Path) -> None:
    target = tmp_path / "ny" / "mapp"
    call_command("freeze", DAY, f"--out={target}", "--format=json")
    assert SnapshotFolder.open(target).hash == Snapshot.objects.get().hash
    assert [path.name for path in target.parent.iterdir()] == ["mapp"]


def test_an_older_copy_is_replaced(delivered: None, tmp_path: Path) -> None:
    call_command("freeze", "--as-of=2023-12-31", f"--out={tmp_path / 'kopia'}")
    call_command("freeze", DAY, f"--out={tmp_path / 'kopia'}")
    assert SnapshotFolder.open(tmp_path / "kopia").as_of.isoformat() == "2024-01-31"
    assert [path.name for path in tmp_path.iterdir()] == ["kopia"]


def test_a_folder_with_something_else_in_it_is_left_alone(delivered: None, tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("hej")
    with pytest.raises(CommandError, match="är inget underlag") as refused:
        call_command("freeze", DAY, f"--out={tmp_path}")
    assert refused.value.returncode == 1
    assert (tmp_path / "brev.txt").read_text() == "hej"
    assert not Snapshot.objects.exists()


def test_a_day_to_come_is_a_fault_of_the_input(delivered: None) -> None:
    with pytest.raises(CommandError, match="har inte varit än") as refused:
        call_command("freeze", "--as-of=2100-01-01")
    assert refused.value.returncode == 1


def test_a_day_that_is_no_date_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "freeze", "--as-of=31/1 2024"])
    assert ended.value.code == 2
    assert "är inget datum" in capsys.readouterr().err
