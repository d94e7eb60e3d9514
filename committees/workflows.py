"""Ways of work as data: the states something can be in, and who may move it from which to which.

A workflow is a table. Policies ask it what a person may do now, pages draw its buttons from it, docs/workflows.md is drawn from
it, and a test walks every state, move and role of every workflow. What a person holds for one thing (an audit, an action) is for
the app to say; here a move only names the permission it asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import TextChoices

from committees.permissions import Permission


@dataclass(frozen=True)
class Move:
    """One step of a workflow. `label` is the button's text, `asks_why` whether a reason must be written.

    `permission` is what the person must hold for the thing that is moved.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    permission: Permission
    asks_why: bool = False


class MoveFault(Exception):
    """A move that cannot be made, in words for the user: each of `faults` says one thing that is wanting."""

    def __init__(self, *faults: str) -> None:
        """Hold what is wanting, in Swedish."""
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Workflow:
    """The states of one kind of thing and the moves between them.

    Raises ValueError when it is made with a state that no move reaches or that is not among its states, or two moves of one name.
    """

    name: str
    title: str
    states: type[TextChoices]
    initial: str
    moves: tuple[Move, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse a table that does not hang together."""
        named = {state for move in self.moves for state in (*move.sources, move.target)} | {self.initial}
        unknown = named - set(self.states.values)
        unreached = set(self.states.values) - {move.target for move in self.moves} - {self.initial}
        if unknown or unreached:
            raise ValueError(
                f"{self.name}: unknown states {sorted(unknown)}, states no move reaches {sorted(unreached)}"
            )
        if len({move.name for move in self.moves}) != len(self.moves):
            raise ValueError(f"{self.name}: two moves have the same name")

    def move(self, name: str) -> Move:
        """Return the move of that name. Raises MoveFault when there is none."""
        for move in self.moves:
            if move.name == name:
                return move
        raise MoveFault("Steget finns inte.")

    def open_to(self, state: str, held: Collection[Permission]) -> tuple[Move, ...]:
        """Return the moves that can be made from the state by who holds these permissions, in the table's order."""
        return tuple(move for move in self.moves if state in move.sources and move.permission in held)

    def onward(self, state: str) -> Move | None:
        """Return the move that takes the thing to the next of its states, in their order; None where the way ends."""
        order: list[str] = self.states.values
        ahead = [move for move in self.moves if state in move.sources and order.index(move.target) > order.index(state)]
        return min(ahead, key=lambda move: order.index(move.target), default=None)

    def check(self, name: str, *, state: str, held: Collection[Permission], why: str = "") -> Move:
        """Return the move when it may be made. Raises MoveFault, in Swedish, when state, person or reason is wanting."""
        move = self.move(name)
        if move.permission not in held:
            raise MoveFault(f"Du får inte göra detta. Det kräver behörigheten att {move.permission.value}.")
        if state not in move.sources:
            label = self.states(state).label
            raise MoveFault(f"Det går inte längre: läget är nu ”{label}”. Läs in sidan igen för att se vad som gäller.")
        if move.asks_why and not why.strip():
            raise MoveFault("Skriv varför.")
        return move

    def drawn(self) -> str:
        """Return the workflow as a Mermaid state diagram, the states in their Swedish words."""
        names = {state.value: f"s{number}" for number, state in enumerate(self.states)}
        lines = ["stateDiagram-v2", *(f'    state "{state.label}" as {names[state.value]}' for state in self.states)]
        lines.append(f"    [*] --> {names[self.initial]}")
        for move in self.moves:
            lines += [
                f"    {names[source]} --> {names[move.target]}: {move.label}"
                for source in self.states.values
                if source in move.sources
            ]
        return "\n".join(lines)


_registered: dict[str, Workflow] = {}


def register(workflow: Workflow) -> Workflow:
    """Make the workflow known to docs/workflows.md and to the test that walks them all; return it."""
    _registered[workflow.name] = workflow
    return workflow


def registered() -> Iterator[Workflow]:
    """Yield every workflow of the house by name."""
    for name in sorted(_registered):
        yield _registered[name]


def states(*values: str) -> frozenset[str]:
    """Return the states as a move takes them."""
    return frozenset(values)


def document(workflows: Iterable[Workflow]) -> str:
    """Return docs/workflows.md: each workflow as a drawing and as a table of who may do what."""
    parts = ["# Ways of work", "", "Made from the code by `manage.py workflows`; a test holds the two together."]
    for workflow in workflows:
        parts += ["", f"## {workflow.title}", "", "```mermaid", workflow.drawn(), "```", ""]
        parts += ["| steg | från | till | kräver behörigheten att | skäl |", "|---|---|---|---|---|"]
        for move in workflow.moves:
            sources = ", ".join(state.label for state in workflow.states if state.value in move.sources)
            target = workflow.states(move.target).label
            why = "ja" if move.asks_why else "nej"
            parts.append(f"| {move.label} | {sources} | {target} | {move.permission.value} | {why} |")
    return "\n".join(parts) + "\n"
