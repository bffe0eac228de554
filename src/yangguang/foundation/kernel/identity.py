"""Identity numbers (GB 11643-1999): read, checked, derived from, and lent where there is none.

Only form, check digit and date decide. The county code is never held against the year of birth:
counties were founded, renamed and merged long after the people this is for were born.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from operator import mul
from typing import Final, Literal

from yangguang.foundation.kernel.refusals import Refusal

type Sex = Literal["male", "female"]
type Fault = Literal["length", "characters", "date", "check_digit", "rounded"]

_WEIGHTS: Final = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECK_DIGITS: Final = "10X98765432"
# Provinces of GB/T 2260, residents of 港澳台 (81 to 83), and foreigners' cards (9).
_KNOWN_AREA = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9")
_REAL = re.compile(r"[0-9]{17}[0-9X]")
_LEGACY = re.compile(r"[0-9]{15}")
_SIGNS = re.compile(r"[0-9]*X?")
_ROUNDED = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+|[0-9]{15,}\.0*")
_TEMPORARY = re.compile(r"L[0-9]{17}[0-9X]")
_BLANKS = re.compile(r"[\s\u200b\ufeff'’]")
_OLDEST = 1850
_SERIALS = 499

_REASONS: Final[dict[Fault, str]] = {
    "length": "应为18位（旧证15位），实为{length}位。请对照证件补全",
    "characters": "只能由数字组成，末位可以是X。请对照证件改正",
    "date": "第7位起的出生日期不存在。请对照证件改正",
    "check_digit": "末位校验码不符，至少有一位抄错。请对照证件逐位核对",
    "rounded": "已被表格软件改成近似数，原号码已丢失。请把该列设为“文本”格式后重新填写原号码",
}


class IdentityNumberError(Refusal):
    """A text is no identity number; code says which rule it breaks, reason says it in Chinese.

    The message holds no part of the number, so that it may stand in a log.
    """

    def __init__(self, code: Fault, text: str) -> None:
        """Keep the code and word the reason."""
        self.code = code
        self.reason = _REASONS[code].format(length=len(text))
        super().__init__(f"身份证号有误：{self.reason}。")


class TemporaryNumberError(Refusal):
    """A temporary number cannot be made from what is given."""


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number in its canonical 18 digits (19 signs when temporary), and what it says."""

    number: str = field(repr=False)
    born: date
    sex: Sex
    area: str
    temporary: bool = False
    warnings: tuple[str, ...] = ()


def parse_number(text: str) -> IdentityNumber:
    """Read an identity number as it was typed: spaces, full-width digits, small x, 15 digits.

    Residence permits of 港澳台 (81, 82, 83) and foreigners' permanent residence cards (9) that
    follow the same standard are read alike, and so are our own temporary numbers. An unknown
    province is a warning. Raises IdentityNumberError.
    """
    written = text if _REAL.fullmatch(text) else _tidy(text)
    if _REAL.fullmatch(written):
        return _read(written)
    if _TEMPORARY.fullmatch(written):
        return _read(written[1:], temporary=True)
    if _ROUNDED.fullmatch(written):
        raise IdentityNumberError("rounded", written)
    if _LEGACY.fullmatch(written):
        return _read(_upgrade(written), warnings=("旧版15位号码，已按规则升为18位，请核对新证",))
    raise IdentityNumberError("length" if _SIGNS.fullmatch(written) else "characters", written)


def check_digit(first17: str) -> str:
    """Give the last sign that belongs to seventeen digits (ISO 7064 MOD 11-2)."""
    if len(first17) != len(_WEIGHTS):
        raise ValueError("the check digit belongs to seventeen digits")
    total = sum(map(mul, map(int, first17), _WEIGHTS))
    return _CHECK_DIGITS[total % 11]


def temporary_number(area: str, *, born: date, sex: Sex, serial: int) -> str:
    """Make a number for someone who has none yet, to be merged later into the real one.

    For newborns, foreign spouses, residents of 港澳台 and people without household register.
    L + county code (6) + birth date (8) + serial with the parity of the sex (3) + check digit:
    19 signs led by a letter, which no real number has. serial runs from 1 to 499 for each county,
    birth date and sex. Raises TemporaryNumberError.
    """
    if not re.fullmatch(r"[1-9][0-9]{5}", area):
        raise TemporaryNumberError(f"无法编临时号：区划代码“{area}”应为县级6位数字。请先选定县区。")
    if not 1 <= serial <= _SERIALS:
        raise TemporaryNumberError(
            f"无法编临时号：顺序号{serial}不在1至{_SERIALS}之间。"
            "请核对出生日期是否为统一填写的假日期。"
        )
    digits = f"{area}{born:%Y%m%d}{2 * serial - (sex == 'male'):03d}"
    return f"L{digits}{check_digit(digits)}"


def is_temporary(number: str) -> bool:
    """Tell a temporary number from a real one by its form."""
    return _TEMPORARY.fullmatch(number) is not None


def _tidy(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _upgrade(fifteen: str) -> str:
    digits = f"{fifteen[:6]}19{fifteen[6:]}"
    return digits + check_digit(digits)


def _read(
    number: str, *, temporary: bool = False, warnings: tuple[str, ...] = ()
) -> IdentityNumber:
    born = _birth(number)
    if check_digit(number[:17]) != number[17]:
        # A spreadsheet keeps fifteen digits of a number and fills up with zeros.
        raise IdentityNumberError("rounded" if number.endswith("000") else "check_digit", number)
    area = number[:6]
    if not _KNOWN_AREA.match(area):
        warnings = (*warnings, f"省级代码{area[:2]}不在国家标准内，请核对证件")
    if number.endswith("000"):
        warnings = (*warnings, "末三位为000，可能是表格软件改成的近似数，请核对证件")
    sex: Sex = "male" if int(number[16]) % 2 else "female"
    written = f"L{number}" if temporary else number
    return IdentityNumber(written, born, sex, area, temporary, warnings)


def _birth(number: str) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise IdentityNumberError("date", number) from error
    if born.year < _OLDEST:
        raise IdentityNumberError("date", number)
    return born
