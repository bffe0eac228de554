"""Reads policy files into versions with a digest, and writes a version back as the same file."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, make_dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from yangguang.foundation.catalogue.rules.checks import check_content, is_prefix
from yangguang.foundation.catalogue.types import (
    AidItem,
    HousingLine,
    IncomeLine,
    PolicyKind,
    PolicyVersion,
    PropertyLimit,
    ReviewCycle,
    Standard,
)
from yangguang.foundation.kernel.calendars import read_year
from yangguang.foundation.kernel.policyfiles import Lines, build, plain, read, write

POLICIES: Final = Path(__file__).parents[3] / "policies"
FOLDERS: Final = ("standards", "limits", "items", "reviews")
CONTENTS: Final[Mapping[PolicyKind, type[Any]]] = {
    PolicyKind.STANDARD: Standard,
    PolicyKind.PROPERTY_LIMIT: PropertyLimit,
    PolicyKind.INCOME_LINE: IncomeLine,
    PolicyKind.HOUSING_LINE: HousingLine,
    PolicyKind.REVIEW_CYCLE: ReviewCycle,
    PolicyKind.AID_ITEM: AidItem,
}
JINAN: Final = "3701"
INDEX_KEY: Final = "assistance-index"
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class _Head:
    """What stands above the content of every policy file."""

    kind: PolicyKind
    key: str
    area: str
    valid_from: date
    valid_until: date | None = None
    title: str
    reference: str
    sample: bool


def _with_content(shape: Any) -> type[Any]:
    return make_dataclass(
        "_File", [("content", shape)], bases=(_Head,), frozen=True, kw_only=True, module=__name__
    )


_ANY: Final = _with_content(Any)
_FILES: Final = {kind: _with_content(shape) for kind, shape in CONTENTS.items()}


def digest_of(content: Mapping[str, Any]) -> str:
    """Give the SHA-256, in hexadecimal, of content in canonical JSON."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def read_policy(text: str, source: str) -> PolicyVersion:
    """Read one policy file strictly. Raises PolicyFileError naming the line.

    Keys: kind, key, area (a code prefix in quotes, "" for the nation), valid_from, valid_until,
    title, reference, sample, content; the content's keys are the fields of its kind's class, and
    amounts are written in yuan, whole fen.
    """
    head, lines = read(text, source, _ANY)
    if head.kind not in CONTENTS:
        raise lines.error(("kind",), f"“{head.kind.label}”有自己的文件格式，不写成政策文件")
    file, lines = read(text, source, _FILES[head.kind])
    _check_head(file, lines)
    check_content(file.content, lines)
    return _version(file, plain(file.content))


def read_index_model(text: str, source: str, area: str) -> PolicyVersion:
    """Read an index model for an area; its numbers are checked where the index is computed.

    Raises PolicyFileError naming the line, when what a policy needs is missing.
    """
    content, lines = read(text, source, dict[str, Any])
    wanted = {"name": str, "effective": str, "sample": bool, "reference": str, "version": str}
    for key, kind in wanted.items():
        if type(content.get(key)) is not kind:
            raise lines.error((key,), "缺少这个键，或不是应有的写法")
    return PolicyVersion(
        kind=PolicyKind.INDEX_MODEL,
        key=INDEX_KEY,
        area_code=area,
        valid_from=date.fromisoformat(content["effective"]),
        valid_until=None,
        title=content["name"],
        reference=content["reference"],
        sample=content["sample"],
        digest=digest_of(content),
        content=content,
    )


def read_calendar(text: str, source: str) -> PolicyVersion:
    """Read one year's working calendar as a policy of the nation. Raises CalendarError."""
    year = read_year(text, source)
    content, _ = read(text, source, dict[str, Any])
    notices = (f"{notice.title}（{notice.number or '文号待核'}）" for notice in year.notices)
    return PolicyVersion(
        kind=PolicyKind.CALENDAR,
        key=str(year.year),
        area_code="",
        valid_from=date(year.year, 1, 1),
        valid_until=date(year.year + 1, 1, 1),
        title=f"{year.year}年工作日历",
        reference="；".join(notices),
        sample=False,
        digest=digest_of(content),
        content=content,
    )


def write_policy(version: PolicyVersion) -> str:
    """Write a version as the text of its file, which reads back to the same version."""
    if version.kind not in CONTENTS:
        return write(dict(version.content))
    return write(
        _FILES[version.kind](
            kind=version.kind,
            key=version.key,
            area=version.area_code,
            valid_from=version.valid_from,
            valid_until=version.valid_until,
            title=version.title,
            reference=version.reference,
            sample=version.sample,
            content=build(version.content, CONTENTS[version.kind]),
        )
    )


def policies_of(folder: Path) -> Iterator[PolicyVersion]:
    """Give all versions of a folder of policies: files, index models and calendars.

    The shipped index models are Jinan's. Raises PolicyFileError, CalendarError.
    """
    for name in FOLDERS:
        for path in sorted((folder / name).glob("*.yaml")):
            yield read_policy(path.read_text(encoding="utf-8"), path.name)
    for path in sorted((folder / "index").glob("*.yaml")):
        yield read_index_model(path.read_text(encoding="utf-8"), path.name, JINAN)
    for path in sorted((folder / "calendars").glob("*.yaml")):
        yield read_calendar(path.read_text(encoding="utf-8"), path.name)


def _check_head(file: Any, lines: Lines) -> None:
    if not _KEY.fullmatch(file.key) or len(file.key) > 40:
        raise lines.error(("key",), "编号应是小写字母、数字和连字符，不超过40个字符")
    if not is_prefix(file.area):
        raise lines.error(("area",), "适用区划应是2、4、6、9或12位代码前缀，全国写作空文字")
    if file.valid_until is not None and file.valid_until <= file.valid_from:
        raise lines.error(("valid_until",), "废止日期应晚于施行日期")
    for key in ("title", "reference"):
        if not getattr(file, key).strip():
            raise lines.error((key,), "不能空着")


def _version(file: Any, content: Mapping[str, Any]) -> PolicyVersion:
    return PolicyVersion(
        kind=file.kind,
        key=file.key,
        area_code=file.area,
        valid_from=file.valid_from,
        valid_until=file.valid_until,
        title=file.title,
        reference=file.reference,
        sample=file.sample,
        digest=digest_of(content),
        content=content,
    )
