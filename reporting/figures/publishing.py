"""Figures on their way out of the committee: small numbers hidden, over all the tables of one publication together.

What has been published before is known, so each publication is entered in a register, and the next ones are protected against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings

from reporting.figures.keeping import workbench
from reporting.figures.model import Result
from reporting.snapshots.engine import Engine

_is_draft: ContextVar[bool] = ContextVar("is_draft", default=False)


@contextmanager
def in_draft() -> Iterator[None]:
    """Protect what is published inside the block as if it were published now, and tell the register nothing of it.

    For figures that only those see who may see them all: they are not known, so later publications need not hide more for them.
    """
    token = _is_draft.set(True)
    try:
        yield
    finally:
        _is_draft.reset(token)


def publish(engine: Engine, results: Sequence[Result]) -> list[Result]:
    """Return the results as they may be published, in their order, and enter them in the register of what has been published.

    They are one publication: what one of them shows never tells what another hides, nor what an earlier publication hid, nor a
    small difference to what an earlier one told. Published again they are the same. Limits and recorded exemptions are those of
    the engine's snapshots. What is asked `in_draft` is registered nowhere. Raises RegisterFault, and publishes nothing, when the
    register cannot be used.
    """
    folder = Path(settings.SNAPSHOT_ROOT) / REGISTER
    asked = tuple(result.request for result in results)
    key = ("in draft" if _is_draft.get() else "published", folder, asked)
    kept = workbench(engine).answers.get(key, lambda: _published(engine, results, folder))
    return list(kept)


def _published(engine: Engine, results: Sequence[Result], folder: Path) -> tuple[Result, ...]:
    from reporting.figures.disclosure.earlier import related
    from reporting.figures.disclosure.protecting import protect
    from reporting.figures.disclosure.register import Entry, Register
    from reporting.figures.disclosure.rules import SmallNumbers

    register = Register(folder)
    with register.held():
        earlier = related(engine, results, register.entries())
        public = protect(results, SmallNumbers.of(engine), earlier).results
        if not _is_draft.get():
            register.add(Entry.of(engine.municipalities, public))
    return public


REGISTER = ".published"
"""The folder of the register in SNAPSHOT_ROOT."""
