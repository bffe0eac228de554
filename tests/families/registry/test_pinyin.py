import pytest

from yangguang.families.registry.rules.pinyin import spell, typed


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("王秀英", "wangxiuying", "wxy"),
        ("单小红", "shanxiaohong", "sxh"),
        ("仇英", "qiuying", "qy"),
        ("曾国藩", "zengguofan", "zgf"),
        ("解珍", "xiezhen", "xz"),
        ("朴树", "piaoshu", "ps"),
        ("区家", "oujia", "oj"),
        ("查良镛", "zhaliangyong", "zly"),
        ("盖丽丽", "gelili", "gll"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟卨", "moqixie", "mqx"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("亓官平", "qiguanping", "qgp"),
        ("吕布", "lvbu", "lb"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, pinyin: str, initials: str):
    assert spell(name) == (pinyin, initials)


def test_the_same_sign_in_a_given_name_keeps_its_ordinary_reading():
    assert spell("王单")[0] == "wangdan"


def test_a_rare_sign_without_reading_stays_and_breaks_nothing():
    pinyin, initials = spell("王𬭎")
    assert pinyin.startswith("wang")
    assert len(initials) == 2


def test_what_is_typed_takes_the_stored_form():
    assert typed("Lü Bu") == "lvbu"
