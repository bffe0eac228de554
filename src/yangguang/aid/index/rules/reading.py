"""Reads a policy file into frozen dataclasses: every key known, every fault with its line."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from math import isfinite
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from yangguang.foundation.kernel.knots import KnotsError, check_knots, knots
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.yamltexts import first_fault

type Path = tuple[str | int, ...]


class ModelError(Refusal):
    """A model file cannot be used; names the line and the key."""

    def __init__(self, line: int, path: Path, why: str) -> None:
        """Keep the line (from 1) and the path of keys, and say in Chinese what is wrong."""
        self.line, self.path = line, path
        where = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
        super().__init__(
            f"模型文件第{line}行（{where.lstrip('.') or '全文'}）：{why}。请改正后再用。"
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each value of a file stands."""

    of: Mapping[Path, int]

    def error(self, path: Path, why: str) -> ModelError:
        """Make the error for a value, at its line."""
        return ModelError(self.of[path], path, why)


def read[T](text: str, whole: type[T]) -> tuple[T, Lines]:
    """Read YAML text as a frozen dataclass, keys exactly its fields, values exactly their types.

    Fields may be str, bool, int, float, date, nested dataclasses, Knots and tuples of these; a list
    of pairs in a field annotated `Curve` must be knots with x strictly rising.
    Raises ModelError with the line.
    """
    try:
        if fault := first_fault(text):
            raise ModelError(fault.line, (), fault.why)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ModelError(line, (), "不是有效的 YAML") from error
    if root is None:
        raise ModelError(1, (), "文件是空的")
    reader = _Reader({})
    value = reader.value(root, whole, ())
    return value, Lines(reader.lines)


@dataclass(frozen=True, slots=True)
class Curve:
    """The knots of a piecewise linear curve, checked."""

    points: tuple[tuple[float, float], ...]

    def __call__(self, x: float) -> float:
        """Give the height of the curve at x."""
        return knots(x, self.points)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One pass over the node tree, noting lines on the way."""

    lines: dict[Path, int]

    def value(self, node: yaml.Node, wanted: Any, path: Path) -> Any:
        """Give the node as a value of the wanted type."""
        self.lines[path] = node.start_mark.line + 1
        if wanted is Curve:
            return self.curve(node, path)
        if is_dataclass(wanted):
            return self.mapping(node, wanted, path)
        if get_origin(wanted) is tuple:
            item = get_args(wanted)[0]
            parts = enumerate(self.items(node, path))
            return tuple(self.value(part, item, (*path, place)) for place, part in parts)
        return self.scalar(node, wanted, path)

    def mapping(self, node: yaml.Node, wanted: Any, path: Path) -> Any:
        """Give a mapping as a dataclass with exactly its keys."""
        if not isinstance(node, yaml.MappingNode):
            raise ModelError(self.lines[path], path, "这里应是一组键和值")
        hints = get_type_hints(wanted)
        names = [field.name for field in fields(wanted)]
        found: dict[str, Any] = {}
        for key, part in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name not in names:
                raise ModelError(line, (*path, name), "没有这个键")
            if name in found:
                raise ModelError(line, (*path, name), "这个键写了两遍")
            found[name] = self.value(part, hints[name], (*path, name))
        for name in names:
            if name not in found:
                raise ModelError(self.lines[path], (*path, name), "缺少这个键")
        return wanted(**found)

    def items(self, node: yaml.Node, path: Path) -> list[yaml.Node]:
        """Give the parts of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise ModelError(self.lines[path], path, "这里应是一个列表")
        parts: list[yaml.Node] = node.value
        return parts

    def curve(self, node: yaml.Node, path: Path) -> Curve:
        """Give a list of pairs as knots."""
        pairs = [
            [self.value(part, float, (*path, place)) for part in self.items(pair, path)]
            for place, pair in enumerate(self.items(node, path))
        ]
        try:
            return Curve(check_knots(pairs))
        except KnotsError as error:
            raise ModelError(self.lines[path], path, str(error).rstrip("。")) from error

    def scalar(self, node: yaml.Node, wanted: type, path: Path) -> Any:
        """Give a scalar of exactly the wanted type; a whole number will do for a float."""
        value: Any = None
        if isinstance(node, yaml.ScalarNode):
            try:
                value = yaml.SafeLoader("").construct_object(node)
            except ValueError as error:
                raise ModelError(self.lines[path], path, "没有这一天") from error
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted or (isinstance(value, float) and not isfinite(value)):
            raise ModelError(self.lines[path], path, f"这里应是{_KINDS[wanted]}")
        return value


_KINDS: dict[type, str] = {
    str: "文字",
    bool: "true 或 false",
    int: "整数",
    float: "数",
    date: "日期",
}
