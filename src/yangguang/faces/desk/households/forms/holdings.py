"""What a household owns, who owes it support, what it is recognised as; and what was a mistake."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from yangguang.faces.desk.households.forms.base import ChangeForm, DatedForm, StampedForm
from yangguang.faces.desk.households.forms.facts import STAMP
from yangguang.faces.desk.households.forms.family import choose_member
from yangguang.faces.desk.households.forms.fields import (
    Chosen,
    DayField,
    NameField,
    NumberField,
    YuanField,
    not_to_come,
    text_field,
)
from yangguang.faces.look.formats import day, money
from yangguang.families.registry.actions.facts import (
    record_asset,
    record_supporter,
    remove_record,
)
from yangguang.families.registry.actions.recognition import end_recognition, recognise
from yangguang.families.registry.queries.views import HouseholdPage
from yangguang.families.registry.rules.entries import AssetEntry, RecognitionEntry, SupporterEntry
from yangguang.families.registry.types import AssetKind, Category, ShockKind
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.walls.context import Actor


class AssetForm(StampedForm, ChangeForm):
    """A thing of value."""

    title = _("登记财产")
    intro = _("财产总额与当地财产限额的比较，请在“家庭状况”里一并更新。")
    sections = ((_("财产"), ("kind", "owner", "value_fen", "acquired", "mark")), STAMP)
    kind = Chosen(AssetKind, _("财产类别"))
    value_fen = YuanField(_("价值"), required=True)
    acquired = DayField(_("取得日期"), required=False)
    mark = text_field(
        _("说明"), most=100, hint=_("如车辆品牌型号、房屋坐落、开户行；不写账号和车牌全号。")
    )

    def first(self) -> dict[str, Any]:
        """Begin with today."""
        return {"as_of": self.on}

    def shape(self) -> None:
        """Offer the members as owners."""
        self.fields["owner"] = choose_member(
            _("所有人"), self.page.members, none=_("家庭共有或不清楚")
        )

    def clean_acquired(self) -> Any:
        """Refuse a day to come."""
        return not_to_come(self.cleaned_data["acquired"], self.on)

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Add it."""
        given = self.cleaned_data
        asset = AssetEntry(
            stamp=self.stamp,
            kind=given["kind"],
            value_fen=given["value_fen"],
            owner_id=given["owner"],
            detail={"mark": given["mark"]} if given["mark"] else {},
            acquired=given["acquired"],
        )
        record_asset(self.page.id, asset=asset, by=by, at=at)
        return self.page.id


class SupporterForm(StampedForm, ChangeForm):
    """Somebody elsewhere who owes the household support."""

    title = _("登记赡养义务人")
    intro = _("赡养、抚养、扶养义务人不与本户共同生活；只登记核算赡养费所需的内容。")
    sections = (
        (_("赡养义务人"), ("relation", "name", "number", "area_of_living")),
        (_("赡养能力"), ("family_size", "family_income_fen", "monthly_support_fen")),
        STAMP,
    )
    name = NameField()
    relation = text_field(_("与户主关系"), most=20, required=True, hint=_("如长子、次女、前夫。"))
    number = NumberField(hint=_("没有可以不填；保存后不再显示。"))
    area_of_living = text_field(_("现住地"), most=100)
    family_size = forms.IntegerField(label=_("其家庭人数"), min_value=1, max_value=30, initial=1)
    family_income_fen = YuanField(_("其家庭年收入"), required=True)
    monthly_support_fen = YuanField(_("每月赡养费"), required=True)

    def first(self) -> dict[str, Any]:
        """Begin with today."""
        return {"as_of": self.on}

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Add the supporter."""
        given = self.cleaned_data
        supporter = SupporterEntry(
            stamp=self.stamp,
            name=given["name"],
            relation=given["relation"],
            number=given["number"],
            area_of_living=given["area_of_living"],
            family_size=given["family_size"],
            family_income_fen=given["family_income_fen"],
            monthly_support_fen=given["monthly_support_fen"],
        )
        record_supporter(self.page.id, supporter=supporter, by=by, at=at)
        return self.page.id


class RecognitionForm(ChangeForm):
    """What the household was recognised as before the system (存量); new ones come by a case."""

    title = _("登记存量保障认定")
    intro = _("只登记系统启用前已经批准、仍在享受的保障，以批准文书为准。")
    category = Chosen(Category, _("保障类别"))
    document_number = text_field(_("批准文号"), most=60, required=True)
    decided = DayField(_("批准日期"))
    started = DayField(_("开始享受日期"))
    monthly_fen = YuanField(_("月保障金额（全户）"), required=True)
    next_review = DayField(_("下次复核日期"), required=False)

    def clean_decided(self) -> Any:
        """Refuse a day to come."""
        return not_to_come(self.cleaned_data["decided"], self.on)

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Enter it, as a roster would: by the same right."""
        demand(by.role, Permission.IMPORT_ROSTER)
        given = self.cleaned_data
        recognition = RecognitionEntry(
            category=given["category"],
            started=given["started"],
            decided=given["decided"],
            document_number=given["document_number"],
            monthly_fen=given["monthly_fen"],
            next_review=given["next_review"],
            is_legacy=True,
        )
        recognise(self.page.id, recognition=recognition, by=by, at=at)
        return self.page.id


class EndRecognitionForm(DatedForm):
    """A recognition in force ends."""

    title = _("终止保障认定")
    intro = _("终止的理由会告知家庭。")
    done = _("已终止。")

    def shape(self) -> None:
        """Offer what is in force, and ask for the reason without fail."""
        held = [one for one in Category if one in in_force(self.page)]
        self.fields["category"] = Chosen(Category, _("保障类别"), only=held)
        self.fields["reason"].required = True
        self.fields["reason"].label = _("理由")
        self.order_fields(["category", "day", "reason"])

    def apply(self, *, by: Actor, at: datetime) -> int:
        """End it."""
        demand(by.role, Permission.IMPORT_ROSTER)
        given = self.cleaned_data
        end_recognition(
            self.page.id, category=given["category"], on=given["day"],
            reason=given["reason"], by=by, at=at,
        )  # fmt: skip
        return self.page.id


class RemoveForm(ChangeForm):
    """An event, a thing of value or a supporter that was entered by mistake."""

    title = _("删除误登记录")
    intro = _("只删除登记错误的记录；情况变化请另行登记。删除会留痕。")
    submit = _("删除")
    done = _("已删除。")
    reason = text_field(_("理由"), most=200, required=True)

    def shape(self) -> None:
        """Offer what can be taken out."""
        self.fields["which"] = forms.ChoiceField(
            label=_("记录"), choices=[("", _("请选择")), *removable(self.page)]
        )
        self.order_fields(["which", "reason"])

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Take it out."""
        kind, key = self.cleaned_data["which"].split("-")
        remove_record(
            self.page.id, kind=kind, key=int(key), reason=self.cleaned_data["reason"], by=by, at=at
        )
        return self.page.id


def in_force(page: HouseholdPage) -> set[str]:
    """Give the categories that a household is recognised as today."""
    return {one.category for one in page.recognitions if one.ended is None}


def removable(page: HouseholdPage) -> list[tuple[str, str]]:
    """Give what a clerk may take out as entered by mistake: a key, and words that tell it apart."""
    found = [
        (f"shock-{one.id}", f"{say(ShockKind(one.kind).label)} {day(one.on)}")
        for one in page.shocks
    ]
    found += [
        (f"asset-{one.id}", f"{say(AssetKind(one.kind).label)} {money(one.value_fen)}")
        for one in page.assets
    ]
    return found + [
        (f"supporter-{one.id}", f"{one.relation} {one.name_masked}") for one in page.supporters
    ]
