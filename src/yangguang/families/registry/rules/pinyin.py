"""Pinyin and initials by which clerks search, with surnames read as surnames."""

import re
from functools import cache

from pypinyin import lazy_pinyin

# As surnames these signs are read otherwise than in running text (现代汉语词典, 姓 readings).
SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "朴": "piao", "区": "ou", "查": "zha",
    "盖": "ge", "尉迟": "yuchi", "万俟": "moqi", "覃": "qin", "翟": "zhai", "缪": "miao",
    "乐": "yue", "乐正": "yuezheng", "员": "yun", "折": "she", "种": "chong", "秘": "bi",
    "繁": "po", "郇": "xun", "么": "yao", "祭": "zhai", "能": "nai", "乜": "nie", "佴": "nai",
    "都": "du", "卜": "bu", "洗": "xian", "阚": "kan", "郄": "qie", "曲": "qu", "句": "gou",
    "角": "jue", "隽": "juan", "车": "che", "召": "shao", "黑": "he", "长孙": "zhangsun",
    "澹台": "tantai", "单于": "chanyu", "令狐": "linghu", "晟": "cheng", "訾": "zi", "逄": "pang",
    "仉": "zhang", "亓": "qi", "谌": "chen", "适": "kuo", "冼": "xian", "隗": "wei", "纪": "ji",
}  # fmt: skip
_BLANKS = re.compile(r"[\s·•.'’-]")
_LONGEST_PINYIN, _LONGEST_INITIALS = 160, 30


@cache
def _sign(sign: str) -> str:
    return str(lazy_pinyin(sign)[0]).lower() if not sign.isascii() else sign.lower()


@cache
def _surname(surname: str) -> tuple[str, str]:
    reading = SURNAMES[surname]
    if len(surname) == 1:
        return reading, reading[0]
    # Two signs: the second keeps its ordinary reading, the first is what remains before it.
    second = _sign(surname[1])
    return reading, reading[0] + (second if reading.endswith(second) else reading)[0]


def spell(name: str) -> tuple[str, str]:
    """Give a name's pinyin without tones or spaces, and its initials: 单小红 is shanxiaohong, sxh.

    ü is v, as it is typed. Signs of rare names that have no known reading stay as they are.
    """
    name = _BLANKS.sub("", name)
    length = next((n for n in (2, 1) if len(name) > n - 1 and name[:n] in SURNAMES), 0)
    pinyin, initials = _surname(name[:length]) if length else ("", "")
    rest = [_sign(sign) for sign in name[length:]]
    return (
        (pinyin + "".join(rest))[:_LONGEST_PINYIN],
        (initials + "".join(reading[0] for reading in rest))[:_LONGEST_INITIALS],
    )


def typed(text: str) -> str:
    """Bring what a clerk typed in letters into the stored form: no blanks, small, ü as v."""
    return _BLANKS.sub("", text).lower().replace("ü", "v")
