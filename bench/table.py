"""What was measured, on the screen and in docs/benchmarks.md, and on which machine."""

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.measure import Result

_HEADERS = ("操作", "我方", "裸操作", "比值", "目标", "结果", "裸操作是什么，怎样测的")
_INTRO = """# 测得的速度和内存

由 `make bench` 写成。两边在同一次运行里交替进行，取中位数；比值是我方与裸操作之比，标“倍速”的为
裸操作与我方之比。绝对值随机器而变，比值才可比较。`make bench BENCH=名称` 只重测一节。
"""
_PACKAGES = ("polars", "narwhals", "pyspark", "psycopg", "django", "openpyxl")


def show(title: str, results: Iterable[Result]) -> None:
    """Print a table; a bar that is missed stands out."""
    shown = Table(*_HEADERS[:-1], title=title)
    for result in results:
        *cells, held, _ = row(result)
        style = {"未达到": "[bold red]", "达到": "[green]"}.get(held, "")
        shown.add_row(*cells, f"{style}{held}")
    Console().print(shown)


def write(path: Path, title: str, results: Iterable[Result], server: str, on: date) -> None:
    """Put a section in the place of the one of the same title, and leave the others as they are."""
    sections = _sections(path)
    lines = [_line(_HEADERS), _line(["---"] * len(_HEADERS))]
    for result in results:
        cells = row(result)
        lines.append(_line(f"**{cell}**" if cell == "未达到" else cell for cell in cells))
    sections[title] = f"{machine(server, on)}\n\n" + "\n".join(lines)
    parts = [f"## {name}\n\n{sections[name]}\n" for name in sorted(sections)]
    path.write_text("\n".join([_INTRO, *parts]), encoding="utf-8")


def _sections(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    _, *parts = path.read_text(encoding="utf-8").split("\n## ")
    found = (part.split("\n", 1) for part in parts)
    return {title: text.strip() for title, text in found}


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def row(result: Result) -> list[str]:
    """Give the cells of one row."""
    sign = " 倍速" if result.shows_speed else ""
    ratio = "" if result.ratio is None else f"{result.ratio:.3g}{sign}"
    held = ("达到" if result.is_met else "未达到") if result.has_bar else ""
    bare = "" if result.bare is None else amount(result.bare, result.unit)
    return [
        result.name, amount(result.ours, result.unit), bare, ratio, bar(result), held, result.note,
    ]  # fmt: skip


def bar(result: Result) -> str:
    """Give what was asked."""
    parts = [result.bar] if result.bar else []
    if result.limit is not None:
        parts.append(f"≤ {amount(result.limit, result.unit)}")
    if result.most is not None:
        parts.append(f"≤ {result.most:.3g} 倍")
    if result.least is not None:
        parts.append(f"≥ {result.least:g} 倍速")
    return "，".join(parts)


def amount(number: float, unit: str) -> str:
    """Give a number with its unit, seconds as people read them."""
    if unit != "秒":
        return f"{number:.3g} {unit}"
    if number < 0.001:
        return f"{number * 1e6:.1f} 微秒"
    return f"{number * 1000:.1f} 毫秒" if number < 1 else f"{number:.2f} 秒"


def machine(server: str, on: date) -> str:
    """Name the day, the machine and the versions; no path, no host."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = "、".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"测于 {on}：{os.cpu_count()} 核，{memory:.0f} GB 内存，{_processor()}，{_system()}；"
        f"Python {platform.python_version()}，PostgreSQL {server}，{packages}。"
    )


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform(terse=True)


def _processor() -> str:
    text = Path("/proc/cpuinfo")
    lines = text.read_text().splitlines() if text.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
