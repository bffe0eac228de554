"""Reads and writes policy files by frozen dataclasses: every fault is named by its line."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import yaml

from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.money import Fen, MoneyError, fen_from_yuan, format_fen
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.yamltexts import LOADER, first_fault

type Path = tuple[str | int, ...]


class PolicyFileError(Refusal):
    """A policy file cannot be used; names the file, the line and the key."""

    def __init__(self, source: str, line: int, path: Path, why: str) -> None:
        """Keep where it is (lines from 1) and say in Chinese what is wrong."""
        self.source, self.line, self.path = source, line, path
        where = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in path)
        super().__init__(
            f"政策文件“{source}”第{line}行（{where.lstrip('.') or '全文'}）：{why}。请改正后再用。"
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each value of a file stands."""

    source: str
    of: Mapping[Path, int]

    def error(self, path: Path, why: str) -> PolicyFileError:
        """Make the error for a value, at its line or at that of what holds it."""
        held = path
        while held not in self.of:
            held = held[:-1]
        return PolicyFileError(self.source, self.of[held], path, why)


def read[T](text: str, source: str, shape: type[T]) -> tuple[T, Lines]:
    """Read YAML text as a frozen dataclass: keys exactly its fields, values exactly their types.

    Fields may be str, bool, int, float, date, a closed list, another dataclass, tuples of these,
    any of them or None, and Any or dict (plain values, dates as ISO text). A field of type Fen is
    written in yuan and must be whole fen. A field with a default may be left out.
    Raises PolicyFileError with the line.
    """
    root = _compose(text, source)
    reader = _Reader(source, {})
    value = reader.value(root, shape, ())
    return value, Lines(source, reader.lines)


def plain(value: Any) -> Any:
    """Give a value of a shape as JSON holds it: Fen as a whole number of fen, dates as text."""
    return msgspec.json.decode(msgspec.json.encode(value))


def build[T](value: Any, shape: type[T]) -> T:
    """Give back, as a value of the shape, what `plain` made of it."""
    return msgspec.convert(value, shape)


def write(value: Any) -> str:
    """Write a value of a shape as the YAML that `read` reads back to the same value."""
    return yaml.safe_dump(_shown(value), allow_unicode=True, sort_keys=False, width=100)


def _compose(text: str, source: str) -> yaml.Node:
    try:
        if fault := first_fault(text):
            raise PolicyFileError(source, fault.line, (), fault.why)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PolicyFileError(source, line, (), "不是有效的 YAML") from error
    except yaml.YAMLError as error:
        raise PolicyFileError(source, 1, (), "有不能用的字符") from error
    if root is None:
        raise PolicyFileError(source, 1, (), "文件是空的")
    return root


def _without_none(wanted: Any) -> tuple[Any, bool]:
    """Split `X | None` into X and whether None will do."""
    if get_origin(wanted) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(wanted) if kind is not type(None)]
        return kinds[0], True
    return wanted, False


@dataclass(frozen=True, slots=True)
class _Reader:
    """One pass over the node tree, noting lines on the way."""

    source: str
    lines: dict[Path, int]

    def fault(self, path: Path, why: str) -> PolicyFileError:
        """Make the error at the line of a path already seen."""
        return PolicyFileError(self.source, self.lines[path], path, why)

    def value(self, node: yaml.Node, wanted: Any, path: Path) -> Any:
        """Give the node as a value of the wanted type."""
        self.lines[path] = node.start_mark.line + 1
        wanted, may_lack = _without_none(wanted)
        if may_lack and node.tag == "tag:yaml.org,2002:null":
            return None
        if wanted is Any:
            return self.anything(node, path)
        if get_origin(wanted) is dict:
            pairs = self.pairs(node, path)
            return {name: self.value(part, Any, (*path, name)) for name, part in pairs}
        if is_dataclass(wanted) and isinstance(wanted, type):
            return self.mapping(node, wanted, path)
        if get_origin(wanted) is tuple:
            item = get_args(wanted)[0]
            parts = enumerate(self.items(node, path))
            return tuple(self.value(part, item, (*path, place)) for place, part in parts)
        return self.scalar(node, wanted, path)

    def mapping(self, node: yaml.Node, wanted: type[Any], path: Path) -> Any:
        """Give a mapping as a dataclass with its keys, those with a default optional."""
        hints = get_type_hints(wanted)
        found: dict[str, Any] = {}
        for name, part in self.pairs(node, path):
            if name not in hints:
                raise self.fault((*path, name), "没有这个键")
            found[name] = self.value(part, hints[name], (*path, name))
        for field in fields(wanted):
            if field.name not in found and _is_needed(field):
                line = self.lines[path]
                raise PolicyFileError(self.source, line, (*path, field.name), "缺少这个键")
        return wanted(**found)

    def pairs(self, node: yaml.Node, path: Path) -> list[tuple[str, yaml.Node]]:
        """Give the keys and parts of a mapping, each key once, its line noted."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(path, "这里应是一组键和值")
        found: dict[str, yaml.Node] = {}
        for key, part in node.value:
            name = str(key.value)
            self.lines[*path, name] = key.start_mark.line + 1
            if name in found:
                raise self.fault((*path, name), "这个键写了两遍")
            found[name] = part
        return list(found.items())

    def items(self, node: yaml.Node, path: Path) -> list[yaml.Node]:
        """Give the parts of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.fault(path, "这里应是一个列表")
        parts: list[yaml.Node] = node.value
        return parts

    def anything(self, node: yaml.Node, path: Path) -> Any:
        """Give a node as plain values."""
        if isinstance(node, yaml.MappingNode):
            return self.value(node, dict[str, Any], path)
        if isinstance(node, yaml.SequenceNode):
            parts = enumerate(node.value)
            return [self.value(part, Any, (*path, place)) for place, part in parts]
        return plain(self.construct(node, path))

    def scalar(self, node: yaml.Node, wanted: Any, path: Path) -> Any:
        """Give a scalar of exactly the wanted type; a whole number will do for a float."""
        if wanted is Fen:
            return self.money(node, path)
        value = self.construct(node, path) if isinstance(node, yaml.ScalarNode) else None
        if isinstance(wanted, type) and issubclass(wanted, Choices):
            return self.choice(value, wanted, path)
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted or (isinstance(value, float) and not isfinite(value)):
            raise self.fault(path, f"这里应是{_KINDS[wanted]}")
        return value

    def money(self, node: yaml.Node, path: Path) -> Fen:
        """Give an amount written in yuan as fen, exactly as it is written."""
        try:
            if node.tag not in _NUMBERS:
                raise InvalidOperation
            fen = fen_from_yuan(Decimal(str(node.value)))
        except (InvalidOperation, MoneyError) as error:
            raise self.fault(path, f"“{node.value}”不是精确到分的金额（单位元）") from error
        if fen < 0:
            raise self.fault(path, "金额不能小于0")
        return fen

    def choice(self, value: Any, wanted: type[Choices], path: Path) -> Choices:
        """Give a code of a closed list as its member."""
        for member in wanted:
            if member.value == value:
                return member
        raise self.fault(path, f"“{value}”应是{'、'.join(wanted.codes())}之一")

    def construct(self, node: yaml.Node, path: Path) -> Any:
        """Give a scalar as plainly as it is written: no octal numbers, no times, no yes and no."""
        reads = _SCALARS.get(node.tag)
        try:
            if reads is None:
                raise ValueError(node.tag)
            return reads(node.value)
        except (ValueError, KeyError) as error:
            raise self.fault(path, f"看不懂“{node.value}”，或没有这一天") from error


def _whole(text: str) -> int:
    if text.lstrip("+-").startswith("0") and text.lstrip("+-") != "0":
        raise ValueError(text)
    return int(text)


def _is_needed(part: "Field[Any]") -> bool:
    return part.default is MISSING and part.default_factory is MISSING


def _shown(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        return {
            part.name: _shown_as(hints[part.name], getattr(value, part.name))
            for part in fields(value)
            if _is_needed(part) or getattr(value, part.name) != part.default
        }
    if isinstance(value, dict):
        return {key: _shown(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_shown(part) for part in value]
    return value.value if isinstance(value, Choices) else _date_if_one(value)


def _shown_as(hint: Any, value: Any) -> Any:
    """Write fen as yuan: a whole number where there are no odd fen."""
    if _without_none(hint)[0] is not Fen or value is None:
        return _shown(value) if hint is not str else value
    return value // 100 if value % 100 == 0 else _Yuan(format_fen(value).replace(",", ""))


class _Yuan(str):
    """An amount with odd fen: written as a number, digit by digit."""

    __slots__ = ()


yaml.SafeDumper.add_representer(
    _Yuan, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:float", str(text))
)


def _date_if_one(value: Any) -> Any:
    if not isinstance(value, str) or len(value) != 10 or value[4] != "-":
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:int": _whole,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:bool": {"true": True, "false": False}.__getitem__,
    "tag:yaml.org,2002:null": lambda text: None,
    "tag:yaml.org,2002:timestamp": date.fromisoformat,
}
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_KINDS: dict[Any, str] = {
    str: "文字（数字做文字时请加引号）",
    bool: "true 或 false",
    int: "整数",
    float: "数",
    date: "日期（写成2026-01-01的样子）",
}
