"""Starting Spark: where it runs, what it must be able to, and nothing of what it says on the way."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path

from django.conf import settings
from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from reporting.snapshots.faults import EngineMissing

_MEANING = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.legacy.sizeOfNull": "false",
    "spark.sql.debug.maxToStringFields": "1000000",  # a plan that is looked at has to tell everything
}
"""What the same SQL would mean something else without; it holds whatever a cluster is set up with."""


@cache
def session() -> SparkSession:
    """Return this process's connection to Spark at settings.SPARK_MASTER, started when first asked for.

    EngineMissing (Swedish) when there is no Java or Spark does not start.
    """
    if not _java():
        raise EngineMissing(
            "Motorn spark behöver Java 17 eller senare, som inte finns på datorn. "
            "Installera det, till exempel med: sudo apt-get install -y default-jre-headless"
        )
    conf = SparkConf(loadDefaults=False).setAppName("Utfall").setMaster(settings.SPARK_MASTER)
    conf.setAll(_MEANING.items()).set("spark.ui.enabled", "false")
    # Nothing is ever written there, but Spark would make a folder for it where the command was given.
    conf.set("spark.sql.warehouse.dir", tempfile.gettempdir())
    if settings.SPARK_MASTER.startswith("local"):
        # One machine that talks to itself needs no name of its own and no door to others.
        conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
    # Faults are told by whoever asked; pyspark would print them once more, as JSON.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    # It warns of the pandas that statsmodels brings, which Spark gets nothing from.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    with tempfile.TemporaryFile() as said:
        try:
            gateway = launch_gateway(conf, {"stderr": said})
            context = SparkContext(conf=conf, gateway=gateway)
        except (PySparkException, Py4JError) as error:
            said.seek(0)
            raise EngineMissing(_did_not_start(error, said.read().decode("utf-8", "replace"))) from error
    context.setLogLevel("OFF")
    return SparkSession(context)


def _java() -> str | None:
    """The program that Spark would start."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which(Path(home) / "bin/java") if home else shutil.which("java")


def _did_not_start(error: Exception, said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if "rror" in line or "xception" in line] or [str(error)]
    cause = lines[-1].removeprefix("Caused by: ")
    return f"Spark startar inte på {settings.SPARK_MASTER} (Java 17 eller senare behövs): {cause}"
