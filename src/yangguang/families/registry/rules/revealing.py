"""Who may see a masked value whole, and for what reason."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from yangguang.families.registry.rules.refusals import InvalidChange
from yangguang.families.registry.types import Purpose, Secret
from yangguang.foundation.accounts.rules.roles import Permission, demand, permits

NEEDED: Mapping[Secret, Permission] = MappingProxyType(
    {
        Secret.NUMBER: Permission.REVEAL_PERSONAL,
        Secret.CARD: Permission.REVEAL_PERSONAL,
        Secret.DISEASE: Permission.REVEAL_PERSONAL,
        Secret.PHONE: Permission.REVEAL_PHONE,
    }
)
OF_PERSON = frozenset({Secret.NUMBER, Secret.DISEASE})
"""What is a member's own; the others are the household's."""

_LEAST = 4
_NUMBER = re.compile(r"\d{7}")


def may_reveal(role: str, secret: Secret) -> bool:
    """Tell whether a role may see a kind of masked value whole."""
    return permits(role, NEEDED[secret])


def demand_reveal(role: str, secret: Secret) -> None:
    """Raise `NotPermitted` unless a role may see a kind of masked value whole."""
    demand(role, NEEDED[secret])


def reason_of(secret: Secret, *, purpose: Purpose, words: str) -> str:
    """Give the reason as the trail keeps it: what was shown, for which work, in whose words.

    Raises `InvalidChange` for fewer than four signs, which say nothing, and for a number among
    them: the trail must not hold what it guards.
    """
    words = words.strip()
    if len(words) < _LEAST:
        raise InvalidChange("查看完整内容须写明具体事由，至少四个字。请填写后再查看。")
    if _NUMBER.search(words):
        raise InvalidChange("事由里不能写证件号码、卡号或电话。请改用文字说明后再查看。")
    return f"{secret.label}；{purpose.label}；{words}"
