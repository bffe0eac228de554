"""`yangguang workdays START N`: the date N working days after START, and how it was counted."""

from datetime import date
from pathlib import Path

import click

from yangguang.foundation.kernel.calendars import load_calendar
from yangguang.foundation.kernel.dates import read_date
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.workdays import add_workdays, explain, may_still_change

WEEKDAYS = "一二三四五六日"


class NotWholeError(Refusal):
    """The number of working days is no whole number."""


def whole_number(text: str) -> int:
    """Read the number of working days. Raises NotWholeError."""
    try:
        return int(text)
    except ValueError as error:
        raise NotWholeError(f"天数“{text}”不是整数。请写工作日的个数，如15。") from error


@click.command(
    help="从 START 的次日起数 N 个工作日，打印到期日。START 可写作 2026-02-10 或 2026年2月10日。",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("start")
@click.argument("n")
@click.option("--explain", "explained", is_flag=True, help="逐日列出每一天是否计入、为什么。")
@click.option(
    "--calendar",
    "extra",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="补充或替换某年工作日历的文件或目录，可多次使用。",
)
def workdays(start: str, n: str, explained: bool, extra: tuple[Path, ...]) -> None:
    """Print the due date first, then its weekday and the span; with --explain day by day."""
    calendar = load_calendar(*extra)
    first = read_date(start)
    count = whole_number(n)
    due = add_workdays(first, count, calendar)
    click.echo(f"{due} {weekday(due)} {span(first, due, count)}")
    if explained:
        for day in explain(first, count, calendar):
            click.echo(f"  {day.day} {weekday(day.day)} {day.why}")
    if may_still_change(due, calendar):
        click.echo(f"注意：{due.year + 1}年放假通知尚未录入，年末几天可能另有调休。", err=True)


def weekday(day: date) -> str:
    """Name the day of the week in Chinese."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def span(start: date, due: date, n: int) -> str:
    """Say the counted span in words."""
    if n == 0:
        return f"（{start}当日，不计工作日）"
    days = (due - start).days
    return f"（自{start}次日起第{n}个工作日，共{days}个自然日）"
