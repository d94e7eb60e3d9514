"""Whether this machine has what Spark needs; the only module of this folder that can be imported without it."""

from __future__ import annotations

from reporting.snapshots.engine import Engine
from reporting.snapshots.faults import EngineMissing

_PACKAGES = ("pyspark", "py4j", "sqlglot")


def spark_engine() -> type[Engine]:
    """Return the engine that computes in Spark. EngineMissing (Swedish) when its packages are not installed."""
    try:
        from reporting.snapshots.spark.engine import SparkEngine
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise EngineMissing(
            f"Motorn spark behöver paketet {error.name}, som inte är installerat. "
            "Installera det som motorn behöver med: pip install -r requirements-spark.txt -c constraints.txt"
        ) from error
    return SparkEngine
