"""Knots: linear between, flat outside, and nothing that is no curve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.kernel.knots import KnotsError, check_knots, knots

LEFT_TO_LIVE_ON = check_knots([(0, 100), (0.5, 85), (1.0, 60), (1.5, 30), (2.0, 10), (3.0, 0)])


@pytest.mark.parametrize(
    ("x", "y"),
    [(-1, 100), (0, 100), (0.25, 92.5), (0.5, 85), (1.25, 45), (2.5, 5), (3.0, 0), (9, 0)],
)
def test_a_value_between_two_knots_lies_on_the_line(x, y):
    assert knots(x, LEFT_TO_LIVE_ON) == pytest.approx(y, abs=1e-12)


def test_a_single_knot_is_a_level():
    level = check_knots([(1, 7)])
    assert [knots(x, level) for x in (0, 1, 2)] == [7, 7, 7]


@given(st.floats(-1, 4), st.floats(-1, 4))
def test_a_falling_curve_never_rises(one, other):
    low, high = sorted([one, other])
    assert knots(low, LEFT_TO_LIVE_ON) >= knots(high, LEFT_TO_LIVE_ON) - 1e-9


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ([], "一对数"),
        ([(0, 1, 2)], "一对数"),
        ([(0, float("nan"))], "有限"),
        ([(float("inf"), 0)], "有限"),
        ([(0, 1), (0, 2)], "横坐标0之后应更大，却是0"),
        ([(1, 1), (0.5, 2)], "横坐标1之后应更大，却是0.5"),
    ],
)
def test_what_is_no_curve_is_refused(points, why):
    with pytest.raises(KnotsError, match=why):
        check_knots(points)
