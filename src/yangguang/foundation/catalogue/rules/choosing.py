"""Which version, and which line of it, holds for an area on a day."""

from collections.abc import Iterable

from yangguang.foundation.catalogue.types import (
    PolicyVersion,
    Standard,
    StandardGroup,
    StandardView,
)
from yangguang.foundation.kernel.policyfiles import build
from yangguang.foundation.kernel.refusals import Refusal


class MissingPolicy(Refusal):
    """No version of a policy holds for an area on a day."""

    def __init__(self, what: str, area_code: str, on: object) -> None:
        """Name what is missing, where and when."""
        super().__init__(
            f"政策库里没有{on}适用于区划{area_code or '全国'}的“{what}”。"
            "请由市级管理员录入该政策的有效版本后再试。"
        )


def closest[V: PolicyVersion](versions: Iterable[V], area_code: str) -> V | None:
    """Give the version that holds for an area: the longest prefix, then the latest start."""
    fitting = [version for version in versions if area_code.startswith(version.area_code)]
    return max(fitting, key=lambda v: (len(v.area_code), v.valid_from), default=None)


def newest_by_area(versions: Iterable[PolicyVersion]) -> list[PolicyVersion]:
    """Give the newest version of each area, the wider areas first."""
    newest: dict[str, PolicyVersion] = {}
    for version in sorted(versions, key=lambda v: v.valid_from):
        newest[version.area_code] = version
    return sorted(newest.values(), key=lambda v: (len(v.area_code), v.area_code))


def standard_lines(versions: Iterable[PolicyVersion]) -> list[StandardView]:
    """Give the lines of standards in force, one an area prefix and group.

    Of two instruments with the same line the one of the narrower area holds. For an area the line
    with the longest prefix counts.
    """
    lines: dict[tuple[str, StandardGroup], StandardView] = {}
    for version in newest_by_area(versions):
        for line in build(version.content, Standard).lines:
            lines[line.area, line.group] = StandardView(
                area=line.area,
                group=line.group,
                monthly=line.monthly,
                sample=version.sample,
                title=version.title,
                reference=version.reference,
                valid_from=version.valid_from,
            )
    return sorted(lines.values(), key=lambda view: (view.area, view.group.value))


def line_for(lines: Iterable[StandardView], area_code: str, group: str) -> StandardView | None:
    """Give the line of a group with the longest prefix of an area code."""
    fitting = [v for v in lines if v.group.value == group and area_code.startswith(v.area)]
    return max(fitting, key=lambda view: len(view.area), default=None)
