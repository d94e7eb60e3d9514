"""DuckDB is opened one way, and writes nothing by itself."""

from pathlib import Path

from committees.engine import in_memory


def test_a_query_draws_no_bar_among_the_output_of_a_command() -> None:
    with in_memory({}) as engine:
        assert engine.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(False,)]


def test_every_room_opens_it_that_way(project_root: Path) -> None:
    rooms = ("audits", "bench", "cases", "committees", "config", "demo", "governance", "reporting", "sie")
    opening = [
        path.relative_to(project_root).as_posix()
        for room in rooms
        for path in (project_root / room).rglob("*.py")
        if "duckdb.connect(" in path.read_text(encoding="utf-8")
    ]
    assert opening == ["committees/engine.py"]
