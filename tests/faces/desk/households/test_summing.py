"""The shown figures of an index add up as they are shown."""

from hypothesis import given
from hypothesis import strategies as st

from yangguang.faces.desk.households.changes import moved
from yangguang.faces.desk.households.summing import rounded

PARTS = st.lists(st.floats(-60, 60), min_size=1, max_size=12)


@given(PARTS)
def test_the_law_of_the_sum_holds_to_the_hundredth(parts: list[float]) -> None:
    total = round(sum(parts), 2)
    shown = rounded(parts, total)
    assert round(sum(shown), 2) == total


@given(PARTS)
def test_the_law_that_no_part_moves_by_a_hundredth_or_more(parts: list[float]) -> None:
    shown = rounded(parts, round(sum(parts), 2))
    assert all(abs(new - old) <= 0.01 + 1e-9 for new, old in zip(shown, parts, strict=True))


def test_what_is_even_stays_as_it_is() -> None:
    assert rounded([36.77, 10.0, 3.5], 50.27) == [36.77, 10.0, 3.5]


def test_the_move_of_an_index_is_said_at_the_decimal_that_is_shown() -> None:
    assert moved(34.8, 41.2) == "救助指数由 34.8 升为 41.2。"
    assert moved(41.2, 34.8) == "救助指数由 41.2 降为 34.8。"
    assert moved(34.81, 34.84) == "救助指数不变，仍为 34.8。"
    assert moved(None, 34.8) == "救助指数为 34.8。"
    assert moved(34.8, None) == ""
