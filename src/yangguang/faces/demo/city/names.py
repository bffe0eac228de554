"""Names by generation and sex, surnames by frequency, some with characters few fonts hold."""

from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import Table
from yangguang.families.registry.types import Sex

# 示例: common surnames in about the order of the public-security yearbooks, Shandong's put first.
_SURNAMES: Final = Table(
    [
        (name, 100 / (place + 4))
        for place, name in enumerate(
            "王李张刘孙陈杨赵马高徐朱于宋韩郭姜吕崔冯"
            "曹董袁苏魏田贾任范孟程丁杜邵石丛谭秦侯邹"
            "薛尹史郝毛段夏龚白单解曾仇朴盖卜牟逄綦亓"
        )
    ]
)
_COMPOUND: Final = ("欧阳", "上官", "司马", "诸葛", "皇甫", "东方", "令狐", "淳于", "公孙", "夏侯")
# 生僻字: in civil registers, and missing from many fonts and systems.
_RARE: Final = (
    "䶮",
    "㛃",
    "𬭎",
    "𫖯",
    "龘",
    "堃",
    "喆",
    "㼆",
    "𬀩",
    "𫍯",
    "㙦",
    "犇",
    "赟",
    "翀",
    "祎",
    "𪸩",
)
_RARE_SURNAMES: Final = ("亓", "綦", "逄", "丌", "爨", "璩", "禚", "庹")
_ETHNIC: Final = Table(
    [
        ("汉族", 975),
        ("回族", 18),
        ("满族", 3),
        ("蒙古族", 1),
        ("朝鲜族", 1),
        ("苗族", 0.6),
        ("壮族", 0.5),
        ("土家族", 0.4),
        ("维吾尔族", 0.3),
        ("彝族", 0.2),
    ]
)
_HUI: Final = ("马", "丁", "金", "米", "白", "杨", "沙", "穆", "法", "王")

_MALE: Final = {
    1950: ("德学传兆振善玉庆洪延广承继恒宝金云长宗茂", "福贵山林海河田仁义礼忠厚堂法伦胜友平才成"),
    1970: ("建国卫志永明文世光新红学立克爱庆春振绪保", "军民华强国平生利明刚东勇兵胜峰成林亮伟波"),
    1990: ("志晓海文小俊建立永春少同国长玉金新庆宗学", "鹏磊超涛斌飞强龙刚伟亮勇杰波辉健峰宁凯帅"),
    2030: ("子浩宇梓俊家一明嘉皓奕文博天思泽瑞景书志", "轩涵睿宇泽豪辰然博杰航霖硕铭洋阳乐诚恒琪"),
}
_FEMALE: Final = {
    1950: ("秀桂玉凤兰淑月翠素爱金云延传庆瑞学兆春美", "英兰珍芝荣香花莲云梅芳美真菊叶贞清娥凤玲"),
    1970: ("秀爱玉桂淑建红丽春月翠延庆素金美凤艳新学", "红霞华芳玲丽英萍云香梅珍霞兰花娟敏平燕芹"),
    1990: ("晓丽海红艳小春燕文雪玉秀婷慧美莉静娜亚金", "娟燕霞丽敏静娜婷倩雪玲艳莉萍慧芳颖洁琳蕾"),
    2030: ("梓欣雨子思诗佳梦一雅语若可嘉奕书紫馨怡依", "涵琪萱怡桐妍彤然宁瑶瑜雯琳晴悦菲诺汐乐宸"),
}


def surname(rng: Random) -> str:
    """Draw a family's surname: mostly common, now and then compound or rare."""
    luck = rng.random()
    if luck < 0.002:
        return rng.choice(_COMPOUND)
    if luck < 0.004:
        return rng.choice(_RARE_SURNAMES)
    return _SURNAMES.draw(rng)


def ethnicity(rng: Random) -> tuple[str, str | None]:
    """Draw a family's ethnic group (GB/T 3304), and a surname usual in it or None."""
    ethnic = _ETHNIC.draw(rng)
    return ethnic, rng.choice(_HUI) if ethnic == "回族" else None


def given(rng: Random, sex: Sex, born: int) -> str:
    """Draw a given name of one or two signs as parents of that year liked them."""
    table = _MALE if sex is Sex.MALE else _FEMALE
    first, second = table[next(until for until in table if born < until or until == 2030)]
    if rng.random() < 0.005:
        return rng.choice(first) + rng.choice(_RARE)
    alone = 0.3 if 1970 <= born < 2000 else 0.1
    if rng.random() < alone:
        return rng.choice(second)
    return rng.choice(first) + rng.choice(second)
