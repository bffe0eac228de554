"""What the content of a policy must be beyond its shape."""

import re
from collections.abc import Sequence
from functools import singledispatch

from yangguang.foundation.catalogue.types import (
    AidItem,
    HousingLine,
    IncomeLine,
    PropertyLimit,
    ReviewCycle,
    Standard,
)
from yangguang.foundation.kernel.policyfiles import Lines

_PREFIX = re.compile(r"|\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", re.ASCII)


def is_prefix(code: str) -> bool:
    """Tell whether a code is a prefix of an area code at one of the five levels, or empty."""
    return _PREFIX.fullmatch(code) is not None


@singledispatch
def check_content(content: object, lines: Lines) -> None:
    """Raise PolicyFileError at the line of the first value that cannot be."""
    raise TypeError(type(content))


@check_content.register
def _(content: Standard, lines: Lines) -> None:
    _check_lines([(line.area, line.group.value) for line in content.lines], lines)
    for place, line in enumerate(content.lines):
        if line.monthly <= 0:
            raise lines.error(("content", "lines", place, "monthly"), "标准应大于0")


@check_content.register
def _(content: IncomeLine, lines: Lines) -> None:
    _check_lines([(line.area, line.group.value) for line in content.lines], lines)
    for place, line in enumerate(content.lines):
        if line.yearly <= 0:
            raise lines.error(("content", "lines", place, "yearly"), "收入应大于0")


@check_content.register
def _(content: PropertyLimit, lines: Lines) -> None:
    for key in ("money_months", "vehicles", "homes"):
        if getattr(content, key) < 0:
            raise lines.error(("content", key), "不能小于0")
    if content.vehicles and content.vehicle_months is None:
        raise lines.error(("content", "vehicle_months"), "允许有车时，应写明车价的倍数")


@check_content.register
def _(content: HousingLine, lines: Lines) -> None:
    if content.square_metres <= 0:
        raise lines.error(("content", "square_metres"), "面积应大于0")


@check_content.register
def _(content: ReviewCycle, lines: Lines) -> None:
    seen: set[str] = set()
    for place, cycle in enumerate(content.cycles):
        if not 1 <= cycle.months <= 36:
            raise lines.error(("content", "cycles", place, "months"), "周期应在1至36个月之间")
        if cycle.category in seen:
            raise lines.error(("content", "cycles", place, "category"), "这一类写了两遍")
        seen.add(cycle.category)


@check_content.register
def _(content: AidItem, lines: Lines) -> None:
    if content.amount == 0:
        raise lines.error(("content", "amount"), "金额应大于0；没有统一标准的请留空")
    for key in ("department", "whom", "fund"):
        if not getattr(content, key).strip():
            raise lines.error(("content", key), "不能空着")


def _check_lines(keys: Sequence[tuple[str, str]], lines: Lines) -> None:
    """Each line is of a code prefix, and none is written twice."""
    if not keys:
        raise lines.error(("content", "lines"), "至少要有一行标准")
    for place, key in enumerate(keys):
        if not is_prefix(key[0]):
            raise lines.error(("content", "lines", place, "area"), "应是区划代码前缀")
        if key in keys[:place]:
            raise lines.error(("content", "lines", place), "同一区划、同一对象写了两遍")
