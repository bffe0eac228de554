"""The forms by which a body is kept up and an area renamed."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yangguang.foundation.divisions.types import BodyFacts


def _count(label: Any, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most)


class BodyForm(forms.Form):
    """What a body has now; kind, area and opening stay."""

    name = forms.CharField(label=_("名称"), max_length=100)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    office_area = forms.DecimalField(
        label=_("办公面积（平方米）"), min_value=0, max_value=99999, decimal_places=1
    )
    windows = _count(_("服务窗口（个）"), 999)
    staff = _count(_("工作人员（人）"), 9999)
    computers = _count(_("专用计算机（台）"), 9999)
    vehicles = _count(_("车辆（辆）"), 999)
    phone = forms.CharField(label=_("监督服务电话"), max_length=20, required=False)
    rules_posted = forms.BooleanField(label=_("规章制度已上墙公开"), required=False)
    responsible = forms.CharField(label=_("负责人"), max_length=50, required=False)
    budget = forms.DecimalField(
        label=_("年度工作经费（元）"), min_value=0, max_value=10**10, decimal_places=2
    )

    @classmethod
    def of(cls, facts: BodyFacts) -> "BodyForm":
        """Fill the form with what is written down."""
        given = {name: getattr(facts, name) for name in cls.base_fields if name != "budget"}
        return cls(initial=given | {"budget": Decimal(facts.yearly_budget_fen) / 100})

    def facts(self, before: BodyFacts) -> BodyFacts:
        """Give the body as it now is; the budget in fen."""
        given = dict(self.cleaned_data)
        fen = int(given.pop("budget") * 100)
        return replace(before, **given, yearly_budget_fen=fen)


class RenameForm(forms.Form):
    """A new name, its day and the document it comes from."""

    name = forms.CharField(label=_("新名称"), max_length=60)
    on = forms.DateField(
        label=_("施行日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(label=_("批准文号"), max_length=200)
