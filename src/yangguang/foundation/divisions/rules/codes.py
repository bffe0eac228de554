"""The twelve-digit code: which level it can be of, and under which code it may stand."""

import re

from yangguang.foundation.divisions.types import LEVEL_NAMES, PREFIX, Level

_CODE = re.compile(r"[0-9]{12}", re.ASCII)


def code_fault(code: str, level: Level) -> str:
    """Say in Chinese why a code cannot be of a level, or give an empty string.

    The code has twelve digits, zeros behind the level's prefix, and a number of its own within it
    (统计用区划代码: 两位省、两位市、两位县、三位乡、三位村).
    """
    if not _CODE.fullmatch(code):
        return f"区划代码“{code}”不是12位数字"
    length = PREFIX[level]
    own = code[PREFIX[Level(level - 1)] if level > Level.PROVINCE else 0 : length]
    if set(code[length:]) - {"0"}:
        return f"代码{code}不是{LEVEL_NAMES[level]}代码：第{length}位之后应全为0"
    if not set(own) - {"0"}:
        return f"代码{code}不是{LEVEL_NAMES[level]}代码：本级的{len(own)}位不能全为0"
    return ""


def parent_fault(code: str, level: Level, parent: str, parent_level: Level) -> str:
    """Say in Chinese why an area cannot stand under another, or give an empty string.

    The parent is of a higher level and its prefix begins the code; a level may be skipped, as in
    cities without counties.
    """
    if parent_level >= level:
        return f"上级{parent}是{LEVEL_NAMES[parent_level]}，不能下辖{LEVEL_NAMES[level]}区划"
    if not code.startswith(parent[: PREFIX[parent_level]]):
        return f"代码{code}不在上级{parent}的代码之下"
    return ""
