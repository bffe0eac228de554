"""Household numbers (户编号): readable, given once, never changed."""

import re

from yangguang.families.registry.rules.refusals import HouseholdNumberTaken

_OURS = re.compile(r"[0-9]{6}-[0-9]{6,}")
_LONGEST = 40


def household_number(area_code: str, serial: int) -> str:
    """Write the number of a household first registered in an area: 370112-000123.

    County code (6) and the serial of the whole system. It keeps the county where the household was
    first registered when the household moves.
    """
    return f"{area_code[:6]}-{serial:06d}"


def own_number(text: str) -> str:
    """Accept the number that a roster brings. Raises `HouseholdNumberTaken`.

    A number of the system's own form that the system has not given would sooner or later be given
    to somebody else.
    """
    number = text.strip()
    if _OURS.fullmatch(number):
        raise HouseholdNumberTaken(
            f"户编号“{number}”是系统编号的样式，但系统没有发出过。请改用本地编号，或留空由系统编号。"
        )
    if not number or len(number) > _LONGEST:
        raise HouseholdNumberTaken(f"户编号应为1至{_LONGEST}个字符。请核对后重新填写。")
    return number
