"""A province from a snapshot: scored and ranked, against PostgreSQL, and the same on Spark."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import narwhals as nw
import polars as pl
import psycopg

from bench.city import HOUSEHOLDS, load_city
from bench.measure import Result, timed
from bench.province import ON, gathered, write_province
from bench.sql import RANKS, ranking, scoring
from yangguang.aid.index.queries.gathering import Which, gather_frames
from yangguang.aid.index.rules.frames import score
from yangguang.aid.index.rules.gather import Frames, gather
from yangguang.aid.index.rules.loading import shipped
from yangguang.aid.index.rules.province import SCORES
from yangguang.aid.index.rules.ranking import ranked
from yangguang.aid.index.rules.tables import SCHEMAS
from yangguang.config import database
from yangguang.foundation.engines.sessions import Session, session
from yangguang.foundation.engines.snapshots import Stored
from yangguang.foundation.walls.context import acting, system

TITLE = "省级规模"
CITY = "3701"

MILLIONS = (1_000_000, 5_000_000)
ROUNDS = 3
LARGEST_GB = 1.5
LONG = 60.0
_NOTE = (
    "PostgreSQL：由同一模型文件生成的 SQL（CASE 折线、四个窗口），读同样的宽表，"
    "写同样的结果列到 UNLOGGED 表；work_mem 256MB。我方：核对 Parquet 快照的摘要，计算，"
    "写出全部结果列和四级名次"
)


def prepare() -> None:
    """Load the city that the province is made of."""
    with acting(system(CITY)):
        load_city(HOUSEHOLDS)


def _tidy() -> dict[str, pl.DataFrame]:
    with acting(system(CITY)):
        return gather_frames(Which(scope=CITY), ON)


def scale() -> list[Result]:
    """Score and rank a city, a million and five million households on both sides."""
    city = gathered(_tidy())
    results: list[Result] = []
    peaks: dict[int, float] = {}
    for households in (HOUSEHOLDS, *MILLIONS):
        with TemporaryDirectory(prefix="yangguang-bench-") as folder, _postgres() as server:
            stored = write_province(Path(folder) / "facts", city, households)
            _load(server, stored)
            ours, bare, peaks[households], runs = _in_turns(server, stored, Path(folder))
            if households == HOUSEHOLDS:
                _check(server, Path(folder) / "scores")
        results.append(
            Result(
                f"{households:,} 户，从快照计算并排四级名次", ours, bare,
                f"{_NOTE}。PostgreSQL 跑 {runs} 次",
                least=10 if households == MILLIONS[-1] else None,
                is_speed=True,
            )
        )  # fmt: skip
    return results + _memory(peaks)


def _memory(peaks: dict[int, float]) -> list[Result]:
    few, many = min(peaks), max(peaks)
    return [
        Result(
            f"{many:,} 户的内存峰值", peaks[many], None, "独立进程", limit=LARGEST_GB, unit="GB"
        ),
        Result(
            f"内存峰值之比（{many / few:.0f} 倍的户）", peaks[many], peaks[few],
            f"{few:,} 户的峰值；低于线性", most=many / few, unit="GB",
        ),
    ]  # fmt: skip


def _in_turns(
    server: psycopg.Connection, stored: Stored, folder: Path
) -> tuple[float, float, float, int]:
    """Give the medians of both sides, our largest peak in GB, and how often PostgreSQL ran.

    A side that takes over a minute runs once; ours still runs every round.
    """
    ours: list[float] = []
    bare: list[float] = []
    peaks: list[float] = []
    for _ in range(ROUNDS):
        seconds, peak = _child(stored.folder, folder / "scores")
        ours.append(seconds)
        peaks.append(peak)
        if not bare or bare[0] < LONG:
            bare.append(timed(lambda: _rank_there(server)))
    return median(ours), median(bare), max(peaks), len(bare)


def _child(source: Path, target: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.province", str(source), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak = (float(word) for word in done.stdout.split())
    return seconds, peak


@contextmanager
def _postgres() -> Iterator[psycopg.Connection]:
    """Open a schema of our own, and drop it at the end."""
    with psycopg.connect(database.owner_address().conninfo(), autocommit=True) as server:
        server.execute("DROP SCHEMA IF EXISTS bench CASCADE")
        server.execute("CREATE SCHEMA bench")
        server.execute("SET search_path = bench")
        server.execute("SET work_mem = '256MB'")
        server.execute("SET max_parallel_workers_per_gather = 2")
        try:
            yield server
        finally:
            server.execute("DROP SCHEMA bench CASCADE")


_KINDS = {
    pl.Int64: "bigint", pl.Int32: "integer", pl.Int8: "smallint", pl.String: "text",
    pl.Float64: "double precision", pl.Boolean: "boolean", pl.Date: "date",
}  # fmt: skip


def _load(server: psycopg.Connection, stored: Stored) -> None:
    """Bring the same facts into PostgreSQL, untimed, and let its planner know them."""
    for name in ("wide", "shocks"):
        frame = stored.frame(name)
        if name == "wide":
            frame = frame.with_columns(pl.col("area").cast(pl.Int64))
        kinds = {name: _KINDS[kind.base_type()] for name, kind in frame.collect_schema().items()}
        columns = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
        server.execute(f"CREATE UNLOGGED TABLE {name} ({columns})")
        copying = f"COPY {name} FROM STDIN (FORMAT csv)"
        with server.cursor() as cursor, cursor.copy(copying) as copy:
            for piece in frame.collect().iter_slices(100_000):
                copy.write(piece.write_csv(include_header=False))
        server.execute(f"VACUUM ANALYZE {name}")


def _rank_there(server: psycopg.Connection) -> None:
    server.execute("DROP TABLE IF EXISTS result")
    server.execute(f"CREATE UNLOGGED TABLE result AS {ranking(scoring(shipped()))}")


def _check(server: psycopg.Connection, scores: Path) -> None:
    """Assert that PostgreSQL has computed the same: values to 1e-6, ranks of all families."""
    names = [*SCORES, *RANKS]
    columns = ", ".join(f'"{name}"' for name in names)
    theirs = pl.read_database(
        f"SELECT {columns} FROM result", server, infer_schema_length=None
    ).sort("household")
    result = Stored(scores, ON)
    ours = result.frame("scores").collect().join(result.frame("ranks").collect(), on="household")
    ours = ours.sort("household")
    assert ours.height == theirs.height
    for name in names:
        pair = pl.DataFrame({"ours": ours[name], "theirs": theirs[name]})
        if ours.schema[name] == pl.Float64:
            apart = pair.filter((pl.col("ours") - pl.col("theirs")).abs() > 1e-6)
        else:
            apart = pair.filter(pl.col("ours").ne_missing(pl.col("theirs")))
        # Families whose numbers are equal but for the last digits may change places.
        allowed = ours.height // 10_000 if name in RANKS else 0
        assert apart.height <= allowed, f"{name}: {apart.height} rows differ, e.g. {apart.head(3)}"


def spark() -> list[Result]:
    """Score and rank the city on Spark and on Polars from the same tidy frames, and compare."""
    frames = _tidy()
    areas = frames["households"].select("household", pl.col("area_code").alias("area"))
    tidy = {name: frames[name].select(list(schema)) for name, schema in SCHEMAS.items()}
    with session("polars") as polars:
        start = perf_counter()
        ours = _scored_in(polars, tidy, areas)
        seconds = perf_counter() - start
    with session("spark") as cluster:
        start = perf_counter()
        theirs = _scored_in(cluster, tidy, areas)
        spark_seconds = perf_counter() - start
    same = ours.equals(theirs.select(ours.columns))
    note = f"{ours.height:,} 户、{ours.width} 列（含次序键和四级名次）逐位比较；Spark 为本机模式"
    return [
        Result(
            "Spark 与 Polars 同值（裸操作一列为 Spark）", seconds, spark_seconds, note,
            bar="各列全等", is_held=same,
        )
    ]  # fmt: skip


def _scored_in(engine: Session, tidy: dict[str, pl.DataFrame], areas: pl.DataFrame) -> pl.DataFrame:
    loaded = engine.load({**tidy, "areas": areas})
    places: nw.LazyFrame = loaded.pop("areas")
    scored = score(gather(Frames.of(loaded), ON, shipped().facts), shipped())
    return engine.fetch(ranked(scored.join(places, on="household", how="inner"))).sort("household")


BENCHES = [scale, spark]
