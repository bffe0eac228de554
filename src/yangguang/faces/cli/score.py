"""`yangguang score`: scores households that are in no database, one JSON line each."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from itertools import batched
from pathlib import Path
from typing import Any, BinaryIO, Final, get_args

import click
import msgspec

from yangguang.aid.index.rules.household import score as score_one
from yangguang.aid.index.rules.loading import load, shipped
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.types import Household, Score

type Engine = Callable[[list[Household]], list[Score]]

EXAMPLE: Final = Path(__file__).with_name("household.example.jsonl")
"""One household of the index model's worked cases, every field of it."""

BATCHES: Final = {"plain": 1_000, "polars": 20_000, "spark": 100_000}


class Misfit(Exception):  # noqa: N818 - a line that does not fit is foreseen
    """A line does not fit; names the field and says why in Chinese."""

    def __init__(self, field: str, why: str) -> None:
        """Keep the field's path and the reason."""
        self.field, self.why = field, why
        super().__init__(f"{field or '整行'}：{why}")


@click.command(
    help=(
        "从标准输入逐行读取家庭（JSON），按救助指数模型计分，逐行写到标准输出。"
        "不需要数据库。有误的行写明行号和字段，其余照常计分，结束时退出码为 2。"
    )
)
@click.option(
    "--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="计分日期，如 2026-11-24。"
)
@click.option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, wanted: _show_example(context) if wanted else None,
    help="写出一行完整的家庭（指数说明中的算例一之二），可直接用来计分，然后退出。",
)
@click.option(
    "--model",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="模型文件；不写则用随系统附带的示例模型。",
)
@click.option(
    "--engine",
    type=click.Choice(list(BATCHES)),
    default="plain",
    show_default=True,
    help="计算引擎：逐户计算，或成批用 polars、spark 计算，结果相同。",
)
@click.pass_context
def score(context: click.Context, on: datetime, path: Path | None, engine: str) -> None:
    """Score standard input to standard output; exits 2 when some line did not fit."""
    model, day = load(path) if path else shipped(), on.date()
    faults = 0

    def refuse(line: int, misfit: Misfit) -> None:
        nonlocal faults
        faults += 1
        click.echo(f"第{line}行，{misfit}", err=True)

    with ExitStack() as stack:
        run = _engine(engine, day, model, stack)
        households = fitting(sys.stdin.buffer, day, refuse)
        for batch in batched(households, BATCHES[engine]):
            write(run(list(batch)), sys.stdout.buffer)
    if faults:
        context.exit(2)


def _show_example(context: click.Context) -> None:
    """Write the example, a line that fits, and stop."""
    click.echo(EXAMPLE.read_text("utf-8"), nl=False)
    context.exit()


def fitting(
    lines: BinaryIO, on: date, refuse: Callable[[int, Misfit], None]
) -> Iterator[Household]:
    """Give the households of the lines that fit, in order; the others go to `refuse`."""
    for number, line in enumerate(lines, start=1):
        try:
            yield household_of(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, on)
        except Misfit as misfit:
            refuse(number, misfit)


_decoder = msgspec.json.Decoder(Household)


def household_of(line: bytes, on: date) -> Household:
    """Read one line as of a date. Raises Misfit, naming the field."""
    try:
        household = _decoder.decode(line)
    except msgspec.ValidationError as error:
        lacking = _lacking_of(line)
        raise _all_lacking(lacking) if len(lacking) > 1 else _misfit(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Misfit("", "不是一行完整的 JSON") from error
    if household.tenure == "none" and household.dwelling_grade is not None:
        raise Misfit("dwelling_grade", "没有住房（tenure 为 none）时应为 null")
    for place, member in enumerate(household.members):
        if (member.disability_kind is None) != (member.disability_grade is None):
            raise Misfit(
                f"members[{place}].disability_grade", "残疾类别和等级应同时填写或同时为 null"
            )
        if member.born > on:
            raise Misfit(f"members[{place}].born", f"出生日期晚于计分日期 {on}")
    return household


def _lacking_of(line: bytes) -> list[str]:
    """List every field that a line lacks; a line with a number beyond all bounds has its own."""
    try:
        return _lacking(msgspec.json.decode(line), Household)
    except msgspec.ValidationError:
        return []


def _lacking(given: object, kind: type, path: str = "") -> list[str]:
    """List every field that a line lacks, the places of lists included."""
    if not isinstance(given, dict):
        return []
    found = []
    for one in msgspec.structs.fields(kind):
        where = f"{path}{one.encode_name}"
        if one.encode_name not in given:
            found.append(where)
            continue
        inner, value = _struct_in(one.type), given[one.encode_name]
        if inner is None:
            continue
        parts = (
            [(f"{where}[{place}].", part) for place, part in enumerate(value)]
            if isinstance(value, list)
            else [(f"{where}.", value)]
        )
        found += [lack for prefix, part in parts for lack in _lacking(part, inner, prefix)]
    return found


def _struct_in(kind: Any) -> type | None:
    """Give the struct that a field holds, one or many of; None for plain values."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    return next((inner for part in get_args(kind) if (inner := _struct_in(part))), None)


def _all_lacking(paths: list[str]) -> Misfit:
    return Misfit(paths[0], f"缺少这个字段；这一行共缺{len(paths)}个字段：{'、'.join(paths)}")


def _misfit(message: str) -> Misfit:
    """Turn the decoder's complaint into Chinese, keeping the path of the field."""
    what, _, where = message.partition(" - at `$")
    path = where.rstrip("`").lstrip(".")
    for pattern, chinese, names_field in _COMPLAINTS:
        if found := re.fullmatch(pattern, what):
            named = [_WORDS.get(part, part) for part in found.groups()]
            if names_field:
                return Misfit(f"{path}.{named[0]}".lstrip("."), chinese)
            return Misfit(path, chinese.format(*named))
    return Misfit(path, "内容不符合格式")


_COMPLAINTS: Final = (
    (r"Object contains unknown field `(.*)`", "没有这个字段", True),
    (r"Object missing required field `(.*)`", "缺少这个字段", True),
    (r"Invalid enum value '?(.*?)'?", "没有“{0}”这个值", False),
    (r"Invalid RFC3339 encoded date", "日期应写成 2026-11-24 的样子，并且存在这一天", False),
    (r"Expected `(?:int|float)(?: \| null)?` >= (\S+)", "不能小于 {0}", False),
    (r"Expected `(?:int|float)(?: \| null)?` <= (\S+)", "不能大于 {0}", False),
    (r"Expected `(?:int|float)(?: \| null)?` > (\S+)", "应大于 {0}", False),
    (r"Expected `array` of length >= 1", "至少要有一名成员", False),
    (r"Expected `str` of length >= 1", "不能为空", False),
    (r"Expected `array` of length 2(?:, got \d+)?", "应是[日期, 金额]两项", False),
    (r"Expected `([^`]*)`, got `([^`]*)`", "应是{0}，却是{1}", False),
    (r"Number out of range", "数太大", False),
)
_WORDS: Final = {
    "float": "数",
    "int": "整数",
    "str": "文字",
    "bool": "true 或 false",
    "date": "日期",
    "object": "对象",
    "array": "列表",
    "null": "null",
    "float | null": "数或 null",
    "int | null": "整数或 null",
    "str | null": "文字或 null",
    "date | null": "日期或 null",
}


def write(scores: list[Score], out: BinaryIO) -> None:
    """Write one JSON line a score."""
    for result in scores:
        out.write(_encoder.encode(result) + b"\n")
    out.flush()


_encoder = msgspec.json.Encoder()


def _engine(name: str, on: date, model: Model, stack: ExitStack) -> Engine:
    """Give the function that scores a batch; frame engines are imported only when asked for."""
    if name == "plain":
        return lambda batch: [score_one(household, on, model) for household in batch]
    from yangguang.aid.index.rules.lines import scores
    from yangguang.foundation.engines.sessions import session

    running: Any = stack.enter_context(session(name))
    return lambda batch: scores(running, batch, on, model)
