"""Reads a list of areas from CSV: every fault with its line, all or nothing."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from yangguang.foundation.divisions.rules.codes import code_fault, parent_fault
from yangguang.foundation.divisions.types import AreaView, Level
from yangguang.foundation.kernel.refusals import Refusal

_HEADERS: Final = {
    "code": "code", "区划代码": "code", "代码": "code",
    "name": "name", "名称": "name", "区划名称": "name",
    "level": "level", "级别": "level",
    "parent": "parent", "上级": "parent", "上级代码": "parent",
}  # fmt: skip
_COLUMNS = ("code", "name", "level", "parent")
_LEVELS = {str(int(level)): level for level in Level}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area of a list, with the line on which it stands (the header is line 1)."""

    line: int
    code: str
    name: str
    level: Level
    parent: str | None


@dataclass(frozen=True, slots=True, order=True)
class AreaFault:
    """What is wrong on a line."""

    line: int
    what: str

    def __str__(self) -> str:
        """Write the fault with its line."""
        return f"第{self.line}行：{self.what}"


class AreaFileError(Refusal):
    """A list of areas has faults; nothing of it is taken."""

    def __init__(self, source: str, faults: Iterable[AreaFault]) -> None:
        """Keep all faults in the order of lines, and show the first twenty."""
        self.source, self.faults = source, sorted(faults)
        shown = "\n".join(str(fault) for fault in self.faults[:_SHOWN])
        rest = len(self.faults) - _SHOWN
        more = f"\n……另有{rest}处。" if rest > 0 else ""
        super().__init__(
            f"区划文件“{source}”有{len(self.faults)}处错误，未导入任何一行：\n{shown}{more}\n"
            "请改正后重新导入。"
        )


def decode(data: bytes, source: str) -> str:
    """Read the bytes of a CSV as UTF-8 (with or without mark), else as GB 18030 (GBK included).

    Raises AreaFileError when neither fits.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AreaFileError(source, [AreaFault(1, "文字编码既不是UTF-8，也不是GBK；请另存为UTF-8")])


def read_areas(data: bytes, source: str, known: Mapping[str, Level] | None = None) -> list[AreaRow]:
    """Read the areas of a CSV with the columns code, name, level, parent, parents before children.

    `known` gives the level of codes already loaded, under which areas of the file may stand.
    Raises AreaFileError with every fault of the file.
    """
    faults: list[AreaFault] = []
    rows = list(_rows(decode(data, source), source, faults))
    faults.extend(_tree_faults(rows, known or {}))
    if not rows and not faults:
        faults.append(AreaFault(1, "文件里没有一个区划"))
    if faults:
        raise AreaFileError(source, faults)
    return sorted(rows, key=lambda row: (row.level, row.code))


def scope_of(data: bytes, source: str) -> str:
    """Give the province prefix of the first code of a CSV: where its import stands in the trail.

    Raises AreaFileError when there is no code at all.
    """
    found = re.search(r"\b(\d{2})\d{10}\b", decode(data, source), re.ASCII)
    if not found:
        raise AreaFileError(source, [AreaFault(1, "没有一个12位区划代码")])
    return found[1]


def check_against(rows: Iterable[AreaRow], held: Mapping[str, AreaView], source: str) -> None:
    """Raise AreaFileError where a file contradicts areas already there: those change by verbs."""
    faults = []
    for row in rows:
        there = held.get(row.code)
        if there is None or (there.name, there.level, there.parent, there.valid_until) == (
            row.name,
            row.level,
            row.parent,
            None,
        ):
            continue
        what = f"代码{row.code}已有，是“{there.name}”，与文件不一致；更名、撤并请用区划变更"
        faults.append(AreaFault(row.line, what))
    if faults:
        raise AreaFileError(source, faults)


def _rows(text: str, source: str, faults: list[AreaFault]) -> Iterator[AreaRow]:
    reader = csv.reader(io.StringIO(text))
    header = [_HEADERS.get(cell.strip(), "") for cell in next(reader, [])]
    missing = [column for column in _COLUMNS if column not in header]
    if missing:
        what = f"缺少列：{'、'.join(missing)}；首行应为 code,name,level,parent"
        raise AreaFileError(source, [AreaFault(1, what)])
    places = [header.index(column) for column in _COLUMNS]
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) <= max(places):
            faults.append(AreaFault(reader.line_num, f"只有{len(cells)}列，应有{len(header)}列"))
            continue
        row = _row(reader.line_num, [cells[place].strip() for place in places], faults)
        if row:
            yield row


def _row(line: int, cells: list[str], faults: list[AreaFault]) -> AreaRow | None:
    code, name, level_text, parent = cells
    level = _LEVELS.get(level_text)
    if level is None:
        what = f"级别“{level_text}”应为1至5（1省 2市 3县 4乡 5村）"
    elif not 1 <= len(name) <= 60:
        what = "没有名称" if not name else f"名称超过60个字：{name}"
    else:
        what = code_fault(code, level)
    if what or level is None:
        faults.append(AreaFault(line, what))
        return None
    return AreaRow(line, code, name, level, parent or None)


def _tree_faults(rows: list[AreaRow], known: Mapping[str, Level]) -> Iterator[AreaFault]:
    first: dict[str, int] = {}
    levels = dict(known)
    for row in rows:
        if row.code in first:
            yield AreaFault(row.line, f"代码{row.code}与第{first[row.code]}行重复")
        first.setdefault(row.code, row.line)
        levels.setdefault(row.code, row.level)
    for row in rows:
        what = _parent_fault(row, levels)
        if what:
            yield AreaFault(row.line, what)


def _parent_fault(row: AreaRow, levels: Mapping[str, Level]) -> str:
    if row.parent is None:
        return "" if row.level == Level.PROVINCE else f"{row.name}没有写上级代码"
    if row.parent not in levels:
        return f"上级{row.parent}不在文件里，也不在已有区划里"
    return parent_fault(row.code, row.level, row.parent, levels[row.parent])
