"""The ranking page of a whole city over HTTP, against its own statements replayed."""

import os
import subprocess
import sys

import msgspec

from bench.city import HOUSEHOLDS
from bench.measure import Result
from bench.webs import CLIENTS, ROWS
from yangguang.foundation.kernel.state import state_folder

TITLE = "网页"


def web() -> list[Result]:
    """Serve the demonstration's city from a state folder of its own, and measure its ranking."""
    state = state_folder().with_name(f"{state_folder().name}-city-{HOUSEHOLDS}")
    done = subprocess.run(
        [sys.executable, "-m", "bench.webs", str(HOUSEHOLDS)],
        env=os.environ | {"YANGGUANG_STATE": str(state)},
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    took = msgspec.json.decode(done.stdout, type=dict[str, float])
    page = f"{HOUSEHOLDS:,} 户的城市排序页（{ROWS} 行）"
    return [
        Result(
            f"{page}（p99 {took['page_p99'] * 1000:.1f} 毫秒）", took["page"], took["replay"],
            "granian 双进程，已登录，经 HTTP；裸操作为同样的语句和参数由 psycopg 在一条连接、"
            "一个事务里重放，含会话和上下文；都取 p50", most=3,
        ),
        Result(
            "排序页的查询数", took["queries"], None, "在驱动程序处数，含会话、人员和上下文",
            limit=8, unit="条",
        ),
        Result(
            f"{CLIENTS} 个客户端同时取：p99 与 p50（每秒 {took['pages_a_second']:.0f} 页）",
            took["crowd_p99"], took["crowd"], f"同一页，{CLIENTS} 条长连接；客户端与服务同机",
            most=3,
        ),
    ]  # fmt: skip


BENCHES = [web]
