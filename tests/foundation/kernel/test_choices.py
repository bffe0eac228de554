"""Closed lists: the code is stored, the label is shown."""

from yangguang.foundation.kernel.choices import Choices


class Window(Choices):
    OPEN = "open", "开放"
    SHUT = "shut", "关闭"


def test_a_member_equals_its_code_and_knows_its_label():
    assert Window("open") is Window.OPEN
    assert Window.OPEN == "open"
    assert f"{Window.OPEN}" == "open"
    assert Window.OPEN.label == "开放"


def test_a_list_gives_its_pairs_and_codes_in_order():
    assert Window.pairs() == [("open", "开放"), ("shut", "关闭")]
    assert Window.codes() == ["open", "shut"]
