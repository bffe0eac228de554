"""Every text can be read on its ground: contrast at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

import itertools
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[3] / "src/yangguang/faces/look/static/look/tokens.css"
COLOURS = dict(re.findall(r"--yg-([\w-]+): (#[0-9a-f]{3,6});", TOKENS.read_text()))
PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "blue", "stop", "ok", "warn")
      for ground in ("paper", "paper-2", "ground")),
    *((f"need-ink-{step}", f"need-{step}") for step in range(1, 6)),
    ("bar-ink", "bar"), ("ok", "ok-soft"), ("warn", "warn-soft"), ("stop", "stop-soft"),
    ("sun-ink", "sun-soft"), ("sun-ink", "warn-soft"), ("blue", "blue-soft"), ("ink", "sun-soft"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour as WCAG defines it."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(ink: str, ground: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[ground]) >= 4.5


def test_the_five_steps_of_need_darken_in_order() -> None:
    shades = [luminance(COLOURS[f"need-{step}"]) for step in range(1, 6)]
    assert shades == sorted(shades, reverse=True)
    assert all(lighter > darker * 1.3 for lighter, darker in itertools.pairwise(shades))
