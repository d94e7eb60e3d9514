"""Every workflow of the house: who may move what, drawn from the same table that decides."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import pytest
from django.db.models import TextChoices

from committees.permissions import Permission
from committees.workflows import Move, MoveFault, Workflow, document, registered, states


class Light(TextChoices):
    RED = "red", "Rött"
    GREEN = "green", "Grönt"


GO = Move("go", "Kör", states("red"), "green", Permission.STEER)
HALT = Move("halt", "Stanna", states("green"), "red", Permission.ATTEST, asks_why=True)
CROSSING = Workflow("crossing", "Övergång", Light, "red", (GO, HALT))


def test_only_who_holds_the_permission_sees_the_move_and_only_in_its_state() -> None:
    assert CROSSING.open_to("red", {Permission.STEER}) == (GO,)
    assert CROSSING.open_to("green", {Permission.STEER}) == ()
    assert CROSSING.open_to("red", set()) == ()


def test_a_move_in_the_wrong_state_is_refused_in_words() -> None:
    with pytest.raises(MoveFault, match="läget är nu ”Grönt”"):
        CROSSING.check("go", state="green", held={Permission.STEER})


def test_a_move_without_its_reason_is_refused() -> None:
    with pytest.raises(MoveFault, match="Skriv varför"):
        CROSSING.check("halt", state="green", held={Permission.ATTEST}, why="  ")
    assert CROSSING.check("halt", state="green", held={Permission.ATTEST}, why="Barn på vägen") is HALT


def test_a_move_nobody_has_heard_of_is_refused() -> None:
    with pytest.raises(MoveFault, match="finns inte"):
        CROSSING.check("fly", state="red", held=set(Permission))


def test_a_table_that_does_not_hang_together_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="no move reaches"):
        Workflow("broken", "Trasig", Light, "red", ())


def _sets(members: list[Permission]) -> list[set[Permission]]:
    return [set(one) for one in chain.from_iterable(combinations(members, size) for size in range(len(members) + 1))]


def test_every_state_move_and_set_of_permissions_of_every_workflow_is_allowed_exactly_by_the_table() -> None:
    for workflow in [CROSSING, *registered()]:
        asked = sorted({move.permission for move in workflow.moves}, key=lambda one: one.name)
        for state in workflow.states.values:
            for held in _sets(asked):
                for move in workflow.moves:
                    expected = state in move.sources and move.permission in held
                    assert (move in workflow.open_to(state, held)) is expected
                    if expected:
                        assert workflow.check(move.name, state=state, held=held, why="Därför") is move
                    else:
                        with pytest.raises(MoveFault):
                            workflow.check(move.name, state=state, held=held, why="Därför")


def test_the_drawing_names_every_state_and_every_move() -> None:
    assert CROSSING.drawn().splitlines() == [
        "stateDiagram-v2",
        '    state "Rött" as s0',
        '    state "Grönt" as s1',
        "    [*] --> s0",
        "    s0 --> s1: Kör",
        "    s1 --> s0: Stanna",
    ]


def test_the_document_is_the_one_the_code_draws(project_root: Path) -> None:
    assert (project_root / "docs" / "workflows.md").read_text() == document(registered())
