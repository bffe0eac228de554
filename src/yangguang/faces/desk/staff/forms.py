"""The forms by which a post is proposed, delegated and ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yangguang.foundation.accounts.rules.roles import ROLES
from yangguang.foundation.accounts.types import HeldPost, Proposal
from yangguang.foundation.divisions.types import AreaView


def _day(label: Any, *, required: bool) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class _PeriodForm(forms.Form):
    """Whom, and from when until when."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=39,
        help_text=_("已有账号的写其登录名；新人员由您定一个，小写字母开头。"),
    )
    from_date = _day(_("到岗日期"), required=True)
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("如任命文号、休假起止。"))


class PostForm(_PeriodForm):
    """A person as something in an area."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    role = forms.ChoiceField(label=_("岗位"))
    until_date = _day(_("离岗日期（可不填）"), required=False)
    field_order = ("username", "name", "role", "from_date", "until_date", "reason")

    def __init__(self, *args: Any, area: AreaView, **given: Any) -> None:
        """Offer the roles that exist at the area's level."""
        super().__init__(*args, **given)
        self.area = area
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (code, _(role.label)) for code, role in ROLES.items() if area.level in role.levels
        ]

    def proposal(self) -> Proposal:
        """Give what is proposed."""
        return Proposal(area_code=self.area.code, **self.cleaned_data)


class DelegationForm(_PeriodForm):
    """Somebody who stands in for a post's holder."""

    until_date = _day(_("委托截止日期（当日不再代行）"), required=True)
    field_order = ("username", "from_date", "until_date", "reason")

    def proposal(self, post: HeldPost) -> Proposal:
        """Give what is proposed: the post's role and area."""
        return Proposal(name="", role=post.role, area_code=post.area_code, **self.cleaned_data)


class EndForm(forms.Form):
    """Why a post ends."""

    reason = forms.CharField(label=_("离岗理由"), max_length=200, help_text=_("如调令文号。"))
