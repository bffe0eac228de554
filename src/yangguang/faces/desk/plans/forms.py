"""The form by which a plan is drawn."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from yangguang.aid.plans.rules import Amount, AmountUnfit
from yangguang.aid.plans.types import AmountRule
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.money import MoneyError, fen_from_yuan

MOST_A_FAMILY: Final = 10**10
MOST_BUDGET: Final = 10**13
"""Fen: a hundred million yuan for a family, a hundred thousand million for a budget."""


def _said(kind: type[Choices]) -> list[tuple[str, Any]]:
    return [(one.value, _(one.label)) for one in kind]


class FenField(forms.CharField):
    """An amount in yuan, kept as fen."""

    def __init__(self, label: Any, *, most: int, required: bool = True) -> None:
        """Accept amounts of at most so many fen."""
        self.most = most
        super().__init__(label=label, required=required)

    def to_python(self, value: object) -> Any:
        """Read yuan; an empty text is nothing."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            fen = fen_from_yuan(text.replace(",", ""))
        except MoneyError as error:
            raise forms.ValidationError(str(error)) from error
        if not 0 <= fen <= self.most:
            raise forms.ValidationError(
                _("金额须在0元至%(most)s元之间。请核对数额和单位。")
                % {"most": f"{self.most // 100:,}"}
            )
        return fen


class BudgetForm(forms.Form):
    """Another budget for a draft."""

    budget = FenField(_("预算（元）"), most=MOST_BUDGET)

    @classmethod
    def fen(cls, data: Any) -> int:
        """Read the budget, fen. Raises `AmountUnfit` in the words of the field."""
        form = cls(data)
        if not form.is_valid():
            raise AmountUnfit(" ".join(map(str, form.errors["budget"])))
        return int(form.cleaned_data["budget"])


class PlanForm(forms.Form):
    """What a list is drawn from: item, area, type, amount and budget."""

    title = forms.CharField(
        label=_("方案名称"), max_length=100, required=False, help_text=_("不填就用事项名称。")
    )
    item_code = forms.ChoiceField(label=_("救助事项"))
    area_code = forms.ChoiceField(label=_("范围"))
    type = forms.ChoiceField(label=_("按哪种困难排序"), required=False)
    rule = forms.ChoiceField(label=_("金额规则"))
    value = forms.DecimalField(
        label=_("每户或每人金额（元）；按比例时填百分数"),
        min_value=0,
        max_value=MOST_A_FAMILY // 100,
        decimal_places=2,
    )
    budget_fen = FenField(_("预算（元）"), most=MOST_BUDGET)
    floor_fen = FenField(_("最低金额（元，按比例时）"), most=MOST_A_FAMILY, required=False)
    cap_fen = FenField(_("最高金额（元，按比例时）"), most=MOST_A_FAMILY, required=False)

    def __init__(
        self, *args: Any, items: list[tuple[str, str]], areas: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Take the items that are given by budget and the areas within the officer's scope."""
        super().__init__(*args, **kwargs)
        choices: dict[str, list[Any]] = {
            "item_code": items,
            "area_code": areas,
            "type": [("", _("综合（救助指数）")), *_said(AidType)],
            "rule": _said(AmountRule),
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = pairs

    def amount(self) -> Amount:
        """Give the amount rule: fen, or per mille of spending for a share."""
        given = self.cleaned_data
        rule = AmountRule(given["rule"])
        scale = 10 if rule is AmountRule.SHARE_OF_SPENDING else 100
        return Amount(
            rule=rule,
            value=int(given["value"] * scale),
            floor_fen=given["floor_fen"] or 0,
            cap_fen=given["cap_fen"] or 0,
        )

    def kind(self) -> AidType | None:
        """Give the type by which the list is ordered, None for the assistance index."""
        return AidType(self.cleaned_data["type"]) if self.cleaned_data["type"] else None
