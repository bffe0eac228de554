"""Loads a model file strictly: what it says must be a model, or the line at fault is named."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from yangguang.aid.index.rules.model import DIMENSIONS, Content, Indicator, Indicators, Model
from yangguang.aid.index.rules.reading import Lines, read
from yangguang.foundation.catalogue.types import AidType

SHIPPED = Path(__file__).parents[3] / "policies" / "index" / "jinan-2026.yaml"


def load(path: Path = SHIPPED) -> Model:
    """Load a model file. Raises ModelError, naming the line."""
    return parse(path.read_text(encoding="utf-8"))


@cache
def shipped() -> Model:
    """Give the model that comes with the system (示例)."""
    return load()


def parse(text: str) -> Model:
    """Read and check a model's YAML text. Raises ModelError, naming the line."""
    content, lines = read(text, Content)
    _check_weights(content, lines)
    _check_local(content, lines)
    _check_numbers(content, lines)
    _check_order(content, lines)
    canonical = msgspec.json.encode(asdict(content), order="sorted")
    values = {part.name: getattr(content, part.name) for part in fields(Content)}
    return Model(**values, digest=sha256(canonical).hexdigest())


def _check_weights(content: Content, lines: Lines) -> None:
    """The nine weights make 100; each names one of the seven dimensions."""
    for part in fields(Indicators):
        indicator: Indicator = getattr(content.indicators, part.name)
        if indicator.dimension not in DIMENSIONS:
            raise lines.error(
                ("indicators", part.name, "dimension"), f"维度应是{'、'.join(DIMENSIONS)}之一"
            )
        if indicator.weight < 0:
            raise lines.error(("indicators", part.name, "weight"), "权重不能为负")
    total = sum(indicator.weight for indicator in content.indicators)
    if abs(total - 100) > 1e-9:
        raise lines.error(("indicators",), f"九个指标的权重合计应为100，现为{total:g}")


def _check_local(content: Content, lines: Lines) -> None:
    """Local indicators are measures of the list and weigh at most 10 in all."""
    for place, local in enumerate(content.local):
        if local.measure not in AidType.codes():
            raise lines.error(("local", place, "measure"), f"应是{'、'.join(AidType.codes())}之一")
        if local.weight < 0:
            raise lines.error(("local", place, "weight"), "权重不能为负")
    total = sum(local.weight for local in content.local)
    if total > 10:
        raise lines.error(("local",), f"县级加设指标的权重合计不得超过10，现为{total:g}")


def _check_numbers(content: Content, lines: Lines) -> None:
    """Shares lie in 0 to 1, points in 0 to 100, and nothing that divides is zero."""
    for path in _SHARES:
        if not 0 <= _at(content, path) <= 1:
            raise lines.error(path, "应在0与1之间")
    for path in _POSITIVE:
        if _at(content, path) <= 0:
            raise lines.error(path, "应大于0")
    for path, value in _points(content):
        if not 0 <= value <= 100:
            raise lines.error(path, "分应在0与100之间")
    if not 0 <= content.rounding.decimals <= 9:
        raise lines.error(("rounding", "decimals"), "应在0与9之间")


def _check_order(content: Content, lines: Lines) -> None:
    """Bands fall; curves of need fall with income and rise with trouble."""
    bands = content.bands
    ends = (bands.extreme, bands.heavy, bands.moderate, bands.ordinary)
    if list(ends) != sorted(ends, reverse=True):
        raise lines.error(("bands",), "级别的界线应由高到低")
    for path, rising in _CURVES:
        heights = [height for _, height in _at(content, path).points]
        if not all(0 <= height <= 100 for height in heights):
            raise lines.error(path, "分应在0与100之间")
        pairs = pairwise(heights if rising else reversed(heights))
        if any(later < earlier for earlier, later in pairs):
            raise lines.error(path, f"折线应一路{'上升' if rising else '下降'}")


_SHARES: tuple[tuple[str, ...], ...] = (
    ("indicators", "illness", "others"),
    ("indicators", "disability", "others"),
    ("gate", "within"),
    ("gate", "edge"),
    ("gate", "over"),
    ("floor", "share"),
    ("aid", "cap"),
    ("types", "cap"),
)
_POSITIVE: tuple[tuple[str, ...], ...] = (
    ("facts", "fade_days"),
    ("facts", "income_floor_months"),
    ("aid", "slope"),
    ("aid", "need_floor_months"),
    ("types", "slope"),
    ("types", "medical", "points"),
    ("types", "medical", "ratio"),
    ("types", "education", "points"),
    ("types", "education", "ratio"),
)
_CURVES: tuple[tuple[tuple[str, ...], bool], ...] = (
    (("facts", "spending"), True),
    (("indicators", "living", "knots"), False),
    (("indicators", "shock", "knots"), True),
    (("bonus", "knots"), True),
)
_NOT_POINTS = ("weight", "others")


def _at(content: Content, path: tuple[str, ...]) -> Any:
    """Give the value at a path of keys."""
    value: Any = content
    for key in path:
        value = getattr(value, key)
    return value


def _points(content: Content) -> Iterator[tuple[tuple[str, ...], float]]:
    """Give every value that is points, with its path."""
    for part in fields(Indicators):
        indicator = getattr(content.indicators, part.name)
        for inner in fields(indicator):
            value = getattr(indicator, inner.name)
            if isinstance(value, float) and inner.name not in _NOT_POINTS:
                yield ("indicators", part.name, inner.name), value
    for table in ("elderly", "family"):
        for inner in fields(getattr(content.types, table)):
            yield ("types", table, inner.name), getattr(getattr(content.types, table), inner.name)
    yield ("floor", "base"), content.floor.base
