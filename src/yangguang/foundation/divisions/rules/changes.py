"""When an area may be renamed, split, merged or moved; and who follows it."""

from collections.abc import Iterable, Sequence
from datetime import date

from yangguang.foundation.divisions.rules.codes import code_fault, parent_fault
from yangguang.foundation.divisions.types import PREFIX, AreaView, Level, NewArea
from yangguang.foundation.kernel.refusals import Refusal


class AreaRefused(Refusal):
    """An area is not there, or cannot change like this."""


def in_force(area: AreaView | None, code: str, on: date) -> AreaView:
    """Give the area when it can change on a day. Raises AreaRefused: unknown, ended, too early."""
    if area is None:
        raise AreaRefused(f"没有代码为{code}的区划。请核对代码后再试。")
    if area.valid_until is not None:
        raise AreaRefused(
            f"{area.name}（{code}）已于{area.valid_until}终止，不能再变更。请改用它的后继区划。"
        )
    if on <= area.valid_from:
        raise AreaRefused(
            f"变更日期{on}不晚于{area.name}的起始日期{area.valid_from}。请填写更晚的日期。"
        )
    return area


def check_rename(area: AreaView, name: str, on: date, last_renamed: date | None) -> None:
    """Raise AreaRefused for an empty, overlong or unchanged name, or a day before the last one."""
    if not 1 <= len(name) <= 60:
        raise AreaRefused("新名称应为1至60个字。请改正后再试。")
    if name == area.name:
        raise AreaRefused(f"新名称与现名“{name}”相同，不需要更名。")
    if last_renamed is not None and on <= last_renamed:
        raise AreaRefused(f"{area.name}已于{last_renamed}变更过，变更日期应晚于这一天。")


def check_new(new: NewArea, level: Level, parent: AreaView | None, used: Iterable[str]) -> None:
    """Raise AreaRefused when a code is wrong for the level or the parent, or was ever used."""
    fault = code_fault(new.code, level)
    if not fault and parent is not None:
        fault = parent_fault(new.code, level, parent.code, parent.level)
    if not fault and new.code in used:
        fault = f"代码{new.code}已经用过；区划代码不重复使用"
    if not fault and not 1 <= len(new.name) <= 60:
        fault = f"代码{new.code}的名称应为1至60个字"
    if fault:
        raise AreaRefused(f"不能设立新区划：{fault}。请改正后再试。")


def check_split(area: AreaView, parts: Sequence[NewArea], has_children: bool) -> None:
    """Raise AreaRefused unless an area becomes two or more, and takes no children with it.

    The area lives on when its own code is among the parts.
    """
    codes = [part.code for part in parts]
    if len(set(codes)) < 2 or len(set(codes)) < len(codes):
        raise AreaRefused(f"{area.name}应拆分为两个以上代码不同的区划。请改正后再试。")
    if area.code not in codes:
        check_childless(area, has_children)


def check_merge(areas: Sequence[AreaView], into: str) -> None:
    """Raise AreaRefused unless two or more areas of one level and parent become one."""
    codes = {area.code for area in areas}
    if len(codes | {into}) < 2 or len(codes) < len(areas):
        raise AreaRefused("合并至少要有两个不同的区划。请改正后再试。")
    if len({(area.level, area.parent) for area in areas}) > 1:
        raise AreaRefused("合并的区划应为同一级别、同一上级。请先办理变更隶属。")


def check_childless(area: AreaView, has_children: bool) -> None:
    """Raise AreaRefused for an area that would end above areas still in force."""
    if has_children:
        raise AreaRefused(f"{area.name}还有下辖区划，不能终止。请先变更其下辖区划的隶属。")


def check_reparent(area: AreaView, parent: AreaView | None, code: str, on: date) -> AreaView:
    """Give the new parent when an area can move under it on a day, be it the parent's first.

    Raises AreaRefused: unknown, ended, not yet begun, or the parent it has.
    """
    if parent is None:
        raise AreaRefused(f"没有代码为{code}的区划。请核对上级代码后再试。")
    if parent.valid_until is not None or on < parent.valid_from:
        raise AreaRefused(
            f"{parent.name}（{code}）在{on}不是有效的区划，不能作为上级。请另选上级。"
        )
    if area.parent == parent.code:
        raise AreaRefused(f"{area.name}已隶属于{parent.name}，不需要变更。")
    return parent


def moved_code(code: str, top: AreaView, new_code: str) -> str:
    """Give the code that an area below `top` has after `top` takes a new code."""
    length = PREFIX[top.level]
    return new_code[:length] + code[length:]


def follow(code: str, changes: Iterable[tuple[date, str, str]]) -> list[str]:
    """List a code and all that came of it, given the changes (day, old, new) in order of days.

    What an area became before another joined it is nothing to the one that joined.
    """
    since = {code: date.min}
    for on, old, new in changes:
        if old in since and since[old] <= on:
            since.setdefault(new, on)
    return list(since)
