"""What a YAML text from outside may hold, told from its events before anything is built of it.

The C composer calls itself once a level: a text of brackets alone would overflow its stack and end
the process. Its event parser keeps its levels on the heap, and is left at the first fault.
"""

from dataclasses import dataclass
from typing import Final

import yaml

MOST_BYTES: Final = 256 * 1024
DEEPEST: Final = 20
"""Levels of lists and keys; the deepest shipped file has five."""

# Written in C where libyaml is built in: all policy files are read at each start of a command.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_OPENS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSES = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, in Chinese, and in which line, from 1."""

    line: int
    why: str


def first_fault(text: str) -> Fault | None:
    """Find what a plain text of at most 256 kB and 20 levels, without names and tags, never has.

    An alias lets a short text stand for one without end; a tag asks for a value that the text is
    not. Raises yaml.YAMLError where the text is no YAML.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return Fault(1, f"文件超过{MOST_BYTES // 1024}KB")
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, _OPENS) - isinstance(event, _CLOSES)
        if why := _why(event, depth):
            return Fault(event.start_mark.line + 1 if event.start_mark else 1, why)
    return None


def _why(event: yaml.Event, depth: int) -> str:
    if depth > DEEPEST:
        return f"层数超过{DEEPEST}层"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "不能使用引用（& 和 *）"
    if getattr(event, "tag", None):
        return "不能使用类型标记（!）"
    return ""
