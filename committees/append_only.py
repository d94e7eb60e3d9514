"""Tables that only grow: the database itself refuses to change or remove what a log holds."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_Logged = TypeVar("_Logged", bound=models.Model)


class NeverChanged(Exception):
    """Code of ours tried to change or remove what a log holds."""


class AppendOnlyQuerySet(models.QuerySet[_Logged]):
    """Rows that are added and read, never changed or removed."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: raises NeverChanged."""
        raise NeverChanged(f"{self.model._meta.label} is only added to")

    def delete(self) -> NoReturn:
        """Refuse: raises NeverChanged."""
        raise NeverChanged(f"{self.model._meta.label} is only added to")


def let_only_grow(table: str, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the database refuse changes of the table's rows, and on PostgreSQL their removal too."""
    name = f"{table}_only_grows"
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is only added to'; END $$"
        )
        editor.execute(
            f'CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
        )
    else:
        # Removing is left to the QuerySet here: Django empties SQLite's tables with DELETE between tests.
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
        )


def _remove(table: str, editor: BaseDatabaseSchemaEditor) -> None:
    name = f"{table}_only_grows"
    if editor.connection.vendor == "postgresql":
        editor.execute(f'DROP TRIGGER {name} ON "{table}"')
        editor.execute(f"DROP FUNCTION {name}()")
    else:
        editor.execute(f"DROP TRIGGER {name}")


def append_only(table: str) -> migrations.RunPython:
    """Return the migration operation that lets the table grow and nothing else; it can be undone.

    A later migration that alters the table must undo and redo it, since SQLite then builds the table anew.
    """

    def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        del apps
        let_only_grow(table, editor)

    def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        del apps
        _remove(table, editor)

    return migrations.RunPython(install, remove)
