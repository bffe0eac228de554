"""Which engine runs an expression: Polars on this machine, Spark on a cluster."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from yangguang.foundation.kernel.refusals import Refusal

type Lazy = nw.LazyFrame[Any]


class EngineMissing(Refusal):
    """The cluster extra is not installed."""

    def __init__(self) -> None:
        """Say what to install."""
        super().__init__(
            "本机没有安装 Spark。请安装 yangguang 的 cluster 部分和 Java 17，或改用 polars。"
        )


class Session(Protocol):
    """A place where frames live: takes Polars frames in, gives them back."""

    def load(self, frames: Mapping[str, pl.DataFrame]) -> dict[str, Lazy]:
        """Bring Polars frames into the engine, lazily."""

    def fetch(self, frame: Lazy) -> pl.DataFrame:
        """Run a lazy frame and bring the result back."""


class OnPolars:
    """Polars in this process."""

    def load(self, frames: Mapping[str, pl.DataFrame]) -> dict[str, Lazy]:
        """Bring Polars frames into the engine, lazily."""
        return {name: nw.from_native(frame.lazy()) for name, frame in frames.items()}

    def fetch(self, frame: Lazy) -> pl.DataFrame:
        """Run a lazy frame and bring the result back."""
        result: pl.DataFrame = frame.collect(backend="polars").to_native()
        return result


class OnSpark:
    """Spark, local or a cluster; frames go in as Parquet, which every worker can read."""

    def __init__(self, spark: Any, shelf: Path) -> None:
        """Keep a running Spark session and a folder that its workers can read."""
        self.spark, self.shelf, self._count = spark, shelf, 0

    def load(self, frames: Mapping[str, pl.DataFrame]) -> dict[str, Lazy]:
        """Bring Polars frames into the engine, lazily."""
        self._count += 1
        loaded: dict[str, Lazy] = {}
        for name, frame in frames.items():
            path = self.shelf / f"{self._count}-{name}.parquet"
            frame.write_parquet(path)
            loaded[name] = nw.from_native(self.spark.read.parquet(str(path)))
        return loaded

    def fetch(self, frame: Lazy) -> pl.DataFrame:
        """Run a lazy frame and bring the result back."""
        result = pl.from_arrow(frame.to_native().toArrow())
        assert isinstance(result, pl.DataFrame)
        return result


@contextmanager
def session(engine: str) -> Iterator[Session]:
    """Open a session by name, "polars" or "spark" (local), and close what was opened.

    Raises EngineMissing.
    """
    if engine == "polars":
        yield OnPolars()
        return
    with TemporaryDirectory(prefix="yangguang-") as shelf, _spark() as spark:
        yield OnSpark(spark, Path(shelf))


@contextmanager
def _spark() -> Iterator[Any]:
    """Start a local Spark on all cores, quiet and without a web page, and stop it."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineMissing from error
    builder = SparkSession.builder.master("local[*]").appName("yangguang")
    for key, value in _SETTINGS.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    # Steps that read each other's columns must not be written out into one another: the whole would
    # be copied once for every segment of every curve.
    "spark.sql.optimizer.excludedRules": (
        "org.apache.spark.sql.catalyst.optimizer.CollapseProject"
    ),
    "spark.sql.execution.arrow.maxRecordsPerBatch": "50000",
}


def is_polars(frame: Lazy) -> bool:
    """Tell whether a lazy frame lives in Polars."""
    return frame.implementation.is_polars()


def day_number(column: str, frame: Lazy) -> nw.Expr:
    """Give the ordinal of a date column (1 is 0001-01-01), as `date.toordinal` does; null if null.

    Polars reads its own days; Spark, which will not cast a date, reckons from year and day.
    """
    day = nw.col(column)
    if is_polars(frame):
        return day.cast(nw.Int32).cast(nw.Int64) + 719_163
    past = day.dt.year().cast(nw.Int64) - 1
    leaps = past // 4 - past // 100 + past // 400
    return past * 365 + leaps.cast(nw.Int64) + day.dt.ordinal_day().cast(nw.Int64)
