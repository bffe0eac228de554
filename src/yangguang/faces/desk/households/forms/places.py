"""Asking for a village of the scope, grouped by township."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yangguang.foundation.divisions.queries import names, villages


class VillageField(forms.ChoiceField):
    """One village of a scope; the only one where the scope is a village. Two queries."""

    def __init__(self, label: Any, scope: str) -> None:
        """Read the villages of a scope, a prefix."""
        choices = village_choices(scope)
        only = choices[0][0] if len(choices) == 1 else None
        super().__init__(label=label, choices=choices, initial=only)


def village_choices(scope: str) -> list[tuple[Any, Any]]:
    """Give the choices: plain within a township, grouped by township above."""
    found = villages(scope)
    if len(scope) >= 9:
        plain = [(one.code, one.name) for one in found]
        return plain if len(plain) == 1 else [("", _("请选择")), *plain]
    towns: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        towns.setdefault(f"{one.code[:9]}000", []).append((one.code, one.name))
    named = names(towns)
    return [("", _("请选择")), *((named.get(code, code), group) for code, group in towns.items())]
