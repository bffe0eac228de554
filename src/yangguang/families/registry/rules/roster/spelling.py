"""Pinyin and initials of many names at once: each sign is looked up a single time."""

from functools import cache
from typing import Final

import polars as pl
from pypinyin import Style, pinyin

_LONGEST: Final = 160
_MOST_INITIALS: Final = 30


@cache
def _syllable(sign: str, is_surname: bool) -> str:
    if is_surname and sign in _SURNAMES:
        return _SURNAMES[sign]
    found: str = pinyin(sign, style=Style.NORMAL, errors=lambda rest: rest)[0][0]
    return found.lower()


# Signs that read otherwise at the head of a name.
_SURNAMES: Final = {
    "单": "shan", "解": "xie", "曾": "zeng", "查": "zha", "仇": "qiu", "区": "ou", "朴": "piao",
    "任": "ren", "华": "hua", "盖": "ge", "缪": "miao", "乐": "yue", "翟": "zhai", "尉": "wei",
    "覃": "qin", "繁": "po", "员": "yun", "召": "shao", "洗": "xian", "冼": "xian", "逄": "pang",
    "种": "chong", "重": "chong", "黑": "he", "折": "she", "秘": "bi", "葛": "ge", "宓": "mi",
    "万": "wan", "燕": "yan", "纪": "ji", "褚": "chu", "车": "che", "隗": "wei", "宁": "ning",
}  # fmt: skip


def spell(names: pl.Series) -> pl.DataFrame:
    """Give `pinyin` (张伟: zhangwei) and `initials` (zw) of names, row for row."""
    unique = names.unique().drop_nulls()
    spelled = [[_syllable(sign, place == 0) for place, sign in enumerate(name)] for name in unique]
    lookup = pl.DataFrame(
        {
            "name": unique,
            "pinyin": ["".join(parts)[:_LONGEST] for parts in spelled],
            "initials": ["".join(part[:1] for part in parts)[:_MOST_INITIALS] for parts in spelled],
        },
        schema={"name": pl.String, "pinyin": pl.String, "initials": pl.String},
    )
    rows = pl.DataFrame({"name": names}).join(lookup, on="name", how="left", maintain_order="left")
    return rows.select("pinyin", "initials")
