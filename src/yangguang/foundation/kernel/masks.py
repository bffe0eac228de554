"""What a screen shows of a name, a number, a phone or a card when it may not show all."""

import re

_COMPOUND_SURNAME = re.compile(
    r"欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|"
    r"澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|"
    r"司空|闾丘|子车|亓官|司寇|巫马|公西|颛孙|壤驷|公良|漆雕|乐正|宰父|谷梁|拓跋|"
    r"夹谷|轩辕|令狐|段干|百里|呼延|东郭|南门|羊舌|微生|梁丘|左丘|东门|西门|第五"
)


def mask_number(number: str) -> str:
    """Mask an identity number for staff screens: county code and last sign stay.

    What the public sees holds no identity number at all, masked or not.
    """
    return _veil(number, 7 if number.startswith("L") else 6, 1)


def mask_name(name: str) -> str:
    """Mask a name where the text of the rule lets it be shown: surname and last sign stay.

    张三 is 张*, 张小强 is 张*强, 欧阳修 is 欧阳*. A name of one sign is hidden.
    """
    surname = _surname(name)
    given = len(name) - surname
    return _veil(name, surname, 1 if given > 1 else 0)


def mask_phone(phone: str) -> str:
    """Mask a phone: of eleven digits the first three and last four stay, else the last two.

    A text of less than seven signs is no phone and is hidden as a whole.
    """
    if len(phone) < 7:
        return "*" * len(phone)
    return _veil(phone, 3, 4) if len(phone) == 11 else _veil(phone, 0, 2)


def mask_card(card: str) -> str:
    """Mask a bank card or passbook: the last four digits stay."""
    return _veil(card, 0, 4)


def surname_of(name: str) -> str:
    """Give the surname of a Chinese name, compound ones whole: 欧阳修 is 欧阳."""
    return name[: _surname(name)]


def luhn_ok(card: str) -> bool:
    """Tell whether a card number passes the Luhn check (ISO/IEC 7812-1).

    Some cards and most passbooks do not follow it: a failure is a warning, never an error.
    """
    if not (card.isascii() and card.isdigit()):
        return False
    digits = [int(digit) for digit in reversed(card)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _surname(name: str) -> int:
    return 2 if len(name) > 2 and _COMPOUND_SURNAME.match(name) else 1


def _veil(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden <= 0:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[len(text) - tail :]
