"""What has been worked out for an engine and may be asked for again. A snapshot never changes, so neither does an answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from reporting.snapshots.engine import Engine

_Value = TypeVar("_Value")


class Shelf:
    """Keeps values by key, the least recently used let go. Safe to share between threads."""

    def __init__(self, room: int) -> None:
        """Begin empty, with room for so many values."""
        self._room = room
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._values: OrderedDict[Hashable, Any] = OrderedDict()

    def find(self, key: Hashable) -> Any:
        """Return what is kept under the key, None when there is nothing."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Hashable, value: object) -> None:
        """Keep a value, which is never None."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._room:
                self._values.popitem(last=False)

    def get(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """Return what is kept under the key, or make it and keep it; two threads never make the same at once."""
        found: _Value | None = self.find(key)
        if found is not None:
            return found
        with self._lock:
            lock = self._making.setdefault(key, threading.Lock())
        try:
            with lock:
                found = self.find(key)
                if found is None:
                    found = make()
                    self.put(key, found)
        finally:
            with self._lock:
                self._making.pop(key, None)
        return found


class Workbench:
    """What is kept for one engine: judged rows, which are large, and answers, which are small."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.judged = Shelf(room=128)
        self.answers = Shelf(room=8192)


_workbenches: WeakKeyDictionary[Engine, Workbench] = WeakKeyDictionary()
_workbenches_lock = threading.Lock()


def workbench(engine: Engine) -> Workbench:
    """Return the engine's workbench; it goes when the engine goes."""
    with _workbenches_lock:
        return _workbenches.setdefault(engine, Workbench())
