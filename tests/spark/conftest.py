"""Spark, started once in the one process that runs these tests, and the folders it reads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.test import override_settings

from reporting.snapshots.engine import Engine
from reporting.snapshots.folder import SnapshotFolder
from tests.figures.town import town_rows
from tests.grouping import keep_in_one_process
from tests.spark.folders import every_example, write_folder

_SETTINGS = (
    "spark.driver.memory=2g",  # the plans of every measure stay in the one process
    "spark.sql.shuffle.partitions=2",
    "spark.sql.adaptive.enabled=false",  # rows this few need no replanning on the way
    "spark.sql.codegen.wholeStage=false",  # and no code of their own
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
    "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep Spark in one process."""
    for item in items:
        if item.get_closest_marker("slow") and item.path.is_relative_to(Path(__file__).parent):
            keep_in_one_process(item, "spark")


@pytest.fixture(scope="session")
def spark() -> Iterator[None]:
    """Let Spark be small and on this machine, whatever the environment says."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java (script/test installs it)")
    before = os.environ.get("PYSPARK_SUBMIT_ARGS")
    os.environ["PYSPARK_SUBMIT_ARGS"] = " ".join([*(f"--conf {each}" for each in _SETTINGS), "pyspark-shell"])
    with override_settings(SPARK_MASTER="local[2]"):
        yield
    if before is None:
        del os.environ["PYSPARK_SUBMIT_ARGS"]
    else:
        os.environ["PYSPARK_SUBMIT_ARGS"] = before


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Sequence[SnapshotFolder]:
    """A snapshot folder of the town and one of a municipality with every worked example."""
    root = tmp_path_factory.mktemp("länet runt")
    return [write_folder(root, "1001", town_rows()), write_folder(root, "1002", every_example())]


@pytest.fixture(scope="session")
def by_duckdb(folders: Sequence[SnapshotFolder]) -> Iterator[Engine]:
    """The engine that everything else is computed by."""
    engine = Engine.open(folders)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def by_spark(spark: None, folders: Sequence[SnapshotFolder]) -> Iterator[Engine]:
    """The engine that is to give the same."""
    from reporting.snapshots.spark.engine import SparkEngine

    engine = SparkEngine.open(folders)
    yield engine
    engine.close()
