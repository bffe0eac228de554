"""The steps of need and their words."""

from enum import Enum

import pytest

from yangguang.faces.look.words import need_step, need_word


class Band(Enum):
    """A choice with a label, as the index gives it."""

    SEVERE = "severe"

    @property
    def label(self) -> str:
        """Give the word that people read."""
        return "重度"


@pytest.mark.parametrize(
    ("band", "step"), [("关注", 1), ("一般", 2), ("中度", 3), ("重度", 4), ("极度", 5), (3, 3)]
)
def test_a_band_is_drawn_in_the_step_of_its_word(band: object, step: int) -> None:
    assert need_step(band) == step


def test_a_choice_is_read_by_its_label() -> None:
    assert need_step(Band.SEVERE) == 4
    assert need_word(Band.SEVERE) == "重度"


@pytest.mark.parametrize("band", ["轻度", 0, 6, None])
def test_an_unknown_band_is_refused_and_never_drawn_in_a_wrong_colour(band: object) -> None:
    with pytest.raises(ValueError, match="困难程度"):
        need_step(band)
