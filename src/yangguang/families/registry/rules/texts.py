"""What may stand in the texts of the e-file: how long each may be, which signs a name has."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, Final

from yangguang.families.registry.rules.refusals import InvalidEntry

LONGEST: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {
        "name": ("姓名", 60),
        "ethnic": ("民族", 20),
        "relation": ("与户主关系", 40),
        "area_of_living": ("现住地", 100),
        "school": ("学校", 80),
        "employer": ("单位", 80),
        "special": ("特定对象", 60),
        "address": ("居住地址", 200),
        "register_address": ("户籍地址", 200),
        "group_name": ("村民小组", 60),
        "bank": ("开户行", 80),
        "finish": ("装修情况", 40),
        "livestock": ("牲畜家禽", 100),
        "farm_machines": ("农机具", 100),
        "note": ("入户情况", 200),
        "detail": ("经过", 200),
        "document_number": ("批准文号", 80),
        "caption": ("说明", 100),
        "reason": ("理由", 200),
    }
)
"""The label of each text and the most signs that its column holds."""

PHONE: Final = r"^(1[3-9][0-9]{9}|(010|02[0-9]|0[3-9][0-9]{2})-?[2-9][0-9]{6,7}(-[0-9]{1,6})?)$"
"""A mobile, or a land line with its area code and, it may be, an extension."""

_WITHIN_NAMES: Final = "·•‧ .'’-"
_ZERO: Final = "〇"  # a numeral to Unicode, a given name to people
_IDEOGRAPHS: Final = (0x20000, 0x3FFFF)  # newer extensions than the tables of this Python know
_NO_TEXT: Final = re.compile(r"[|\x00-\x1f\x7f-\x9f]")


def is_phone(text: str) -> bool:
    """Tell whether a text is the number of a mobile or a land line with its area code."""
    return re.fullmatch(PHONE, text) is not None


def is_name(text: str) -> bool:
    """Tell whether a text may be a person's name: letters of any script, with · and the like.

    Blanks stand inside only. Rare ideographs of every extension are letters; digits, emoji, "|" and
    control signs are not.
    """
    ends = text[:1] + text[-1:]
    return (
        bool(text)
        and all(_is_letter(sign) for sign in ends[:1])
        and not ends.endswith(" ")
        and all(_is_letter(sign) or sign in _WITHIN_NAMES for sign in text)
    )


def _is_letter(sign: str) -> bool:
    kind = unicodedata.category(sign)
    low, high = _IDEOGRAPHS
    return kind[0] in "LM" or sign == _ZERO or low <= ord(sign) <= high


def is_plain(text: str) -> bool:
    """Tell whether a text can stand in a payment file: no "|", no control signs."""
    return _NO_TEXT.search(text) is None


def check_name(name: str) -> None:
    """Refuse what is no person's name. Raises `InvalidEntry`."""
    check_length("name", name)
    if not is_name(name):
        raise InvalidEntry("姓名里有数字、图形或“|”等符号，或者没有填写。请对照证件填写。")


def check_length(key: str, text: str) -> None:
    """Refuse a text longer than its column; `key` is one of `LONGEST`. Raises `InvalidEntry`."""
    label, most = LONGEST[key]
    if len(text) > most:
        raise InvalidEntry(f"“{label}”有{len(text)}个字，最多{most}个。请写得简短些。")


def check_texts(entry: Any) -> None:
    """Hold the texts of one entry, a dataclass, against their columns. Raises `InvalidEntry`."""
    for key, text in _texts_of(entry):
        check_length(key, text)
        if key == "name":
            check_name(text)
        elif key == "bank" and not is_plain(text):
            raise InvalidEntry("开户行里有“|”或看不见的符号。请删去后重新填写。")


def check_phone(phone: str) -> None:
    """Refuse what is no phone number; an empty one says that there is none."""
    if phone and not is_phone(phone):
        raise InvalidEntry("联系电话应为11位手机号，或带区号的固定电话。请核对后重新填写。")


def _texts_of(entry: Any) -> Iterator[tuple[str, str]]:
    for one in fields(entry):
        value = getattr(entry, one.name)
        if one.name in LONGEST and isinstance(value, str):
            yield one.name, value
