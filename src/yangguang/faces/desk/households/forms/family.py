"""Changes of the household as such: another head, split, merged, moved, closed; card and photos."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from yangguang.faces.desk.households.forms.base import ChangeForm, DatedForm
from yangguang.faces.desk.households.forms.fields import (
    BankField,
    Chosen,
    DayField,
    not_to_come,
    text_field,
)
from yangguang.faces.desk.households.forms.places import VillageField
from yangguang.families.registry.actions.households import (
    change_head,
    close_household,
    merge_households,
    move_household,
    split_household,
)
from yangguang.families.registry.actions.photos import add_photo
from yangguang.families.registry.actions.recognition import set_account
from yangguang.families.registry.queries.page import members
from yangguang.families.registry.queries.search import search
from yangguang.families.registry.queries.views import MemberView
from yangguang.families.registry.types import PhotoKind, RegisterType, Relation
from yangguang.foundation.kernel.masks import luhn_ok
from yangguang.foundation.walls.context import Actor


def choose_member(
    label: Any, people: tuple[MemberView, ...], hint: Any = "", *, none: Any = None
) -> forms.TypedChoiceField:
    """Ask for one of some members, by name; `none` names what choosing nobody means."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", none or _("请选择")), *((str(one.person_id), one.name) for one in people)],
        coerce=int,
        empty_value=None,
        required=none is None,
        help_text=hint,
    )


def ask_relation(who: MemberView, *, none: Any = None, required: bool = True) -> Chosen[Relation]:
    """Ask what somebody is to the head, who is never the head already."""
    others = [one for one in Relation if one != Relation.HEAD]
    return Chosen(Relation, who.name, only=others, required=required, none=none)


class HeadForm(DatedForm):
    """Another member becomes the head."""

    title = _("户主变更")
    intro = _("其他成员与户主的关系会随之改写；看不准的记为“其他关系”，请随后逐一核对。")

    def shape(self) -> None:
        """Offer everybody but the head."""
        others = tuple(one for one in self.page.members if one.person_id != self.page.head_id)
        self.fields["new_head"] = choose_member(_("新户主"), others)
        self.order_fields(["new_head", "day", "reason"])

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Change the head."""
        given = self.cleaned_data
        change_head(
            self.page.id, new_head=given["new_head"], on=given["day"], reason=given["reason"],
            expected_version=self.version, by=by, at=at,
        )  # fmt: skip
        return self.page.id


class SplitForm(DatedForm):
    """Some members found a household of their own."""

    title = _("分户")
    intro = _("给分出的成员选择与新户主的关系。新户的住房、收入和支出须重新调查登记。")
    submit = _("确认分户")
    done = _("已分户。下面是新户，请登记它的住房、收入和支出。")
    address = text_field(_("新户居住地址"), most=200, hint=_("留空则与原户相同。"))
    register_type = Chosen(RegisterType, _("新户户口性质"), required=False, none=_("与原户相同"))

    def shape(self) -> None:
        """Ask of everybody whether he or she goes, and as what."""
        everybody = self.page.members
        for one in everybody:
            self.fields[f"leaving_{one.person_id}"] = ask_relation(
                one, none=_("留在原户"), required=False
            )
        self.fields["head_of_new"] = choose_member(
            _("新户户主"), everybody, _("必须是分出的成员。")
        )
        self.fields["new_head"] = choose_member(
            _("原户新户主"), everybody, _("只在原户主分出时填写。"), none=_("不变")
        )
        leaving = [f"leaving_{one.person_id}" for one in everybody]
        self.order_fields(["head_of_new", *leaving, "new_head", "address"])

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Split the household and show the new one."""
        given = self.cleaned_data
        ids = [one.person_id for one in self.page.members]
        leaving = {key: given[f"leaving_{key}"] for key in ids if given[f"leaving_{key}"]}
        leaving.setdefault(given["head_of_new"], Relation.OTHER)
        new = split_household(
            self.page.id,
            leaving=leaving,
            head_of_new=given["head_of_new"],
            new_head=given["new_head"],
            address=given["address"],
            register_type=given["register_type"],
            on=given["day"],
            reason=given["reason"],
            expected_version=self.version,
            by=by,
            at=at,
        )
        return new.pk


class MergeForm(DatedForm):
    """Another household's members come in, and that household closes."""

    title = _("合户")
    intro = _(
        "把另一户的全部成员并入本户，另一户随即退出登记。先填另一户的户编号，再选各人与本户户主的关系。"
    )
    submit = _("下一步")
    number = text_field(_("另一户的户编号"), most=40, required=True, short=True)

    def shape(self) -> None:
        """Once the other household is named, ask what its members are to the head."""
        self.other_id, self.comers = self._other()
        for one in self.comers:
            self.fields[f"relation_{one.person_id}"] = ask_relation(one)
        relations = [f"relation_{one.person_id}" for one in self.comers]
        self.order_fields(["number", *relations, "day", "reason"])
        if self.comers:
            self.submit = _("确认合户")

    def _other(self) -> tuple[int, tuple[MemberView, ...]]:
        number = (self.data.get("number") or "").strip()
        hits = search(number, actor=self.by, limit=1) if number else []
        if not hits or hits[0].household_number != number or hits[0].is_closed:
            return 0, ()
        return hits[0].household_id, members(hits[0].household_id, self.on)

    def clean_number(self) -> str:
        """Refuse a number that names no open household within the scope."""
        number: str = self.cleaned_data["number"]
        if not self.other_id:
            raise forms.ValidationError(
                say("辖区内没有这个户编号的在册家庭。请核对编号；跨辖区合户请由上级办理。")
            )
        return number

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Merge the households."""
        given = self.cleaned_data
        merge_households(
            self.page.id,
            other_id=self.other_id,
            relations={o.person_id: given[f"relation_{o.person_id}"] for o in self.comers},
            on=given["day"],
            reason=given["reason"],
            expected_version=self.version,
            by=by,
            at=at,
        )
        return self.page.id


class MoveForm(DatedForm):
    """The household moves to another village of the scope."""

    title = _("迁移")
    address = text_field(_("新居住地址"), most=200, required=True, hint=_("写到门牌。"))
    register_stays = forms.BooleanField(label=_("户籍留在原地（人户分离）"), required=False)

    def shape(self) -> None:
        """Offer the villages of the scope."""
        self.fields["village"] = VillageField(_("迁入村（居）"), self.by.scope)
        self.order_fields(["village", "address", "register_stays", "day", "reason"])

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Move the household."""
        given = self.cleaned_data
        move_household(
            self.page.id,
            area_code=given["village"],
            address=given["address"],
            register_stays=given["register_stays"],
            on=given["day"],
            reason=given["reason"],
            expected_version=self.version,
            by=by,
            at=at,
        )
        return self.page.id


class CloseForm(DatedForm):
    """The household leaves the register."""

    title = _("退出登记")
    intro = _("退出后不再计算指数，认定和一卡通账户同时终止。档案保留，可以查询。")
    submit = _("确认退出登记")
    done = _("已退出登记。")

    def shape(self) -> None:
        """Ask for the reason without fail."""
        self.fields["reason"].required = True
        self.fields["reason"].label = _("理由")

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Close the household."""
        given = self.cleaned_data
        close_household(
            self.page.id, reason=given["reason"], on=given["day"],
            expected_version=self.version, by=by, at=at,
        )  # fmt: skip
        return self.page.id


class AccountForm(ChangeForm):
    """The card to which aid is paid."""

    title = _("登记一卡通账户")
    intro = _("一户一卡。登记新卡后，原卡即停用。")
    bank = BankField(required=True)
    card = text_field(_("卡号或存折号"), most=40, required=True, hint=_("保存后只显示后四位。"))
    day = DayField(_("启用日期"))

    def first(self) -> dict[str, Any]:
        """Begin with today and the bank that is known; the card is never shown."""
        return {"day": self.on, "bank": self.page.account.bank if self.page.account else ""}

    def shape(self) -> None:
        """Offer the members as holders."""
        self.fields["holder"] = choose_member(_("持卡人"), self.page.members)
        self.order_fields(["holder", "bank", "card", "day"])

    def clean_day(self) -> Any:
        """Refuse a day to come."""
        return not_to_come(self.cleaned_data["day"], self.on)

    def warnings(self) -> Iterator[str]:
        """Tell a card that fails its check sum; passbooks often do."""
        if not luhn_ok(self.cleaned_data["card"].replace(" ", "")):
            yield say("卡号没有通过银行卡校验，可能抄错。请再核对一遍；存折号可以不理会这条提示。")

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Set the card."""
        given = self.cleaned_data
        set_account(
            self.page.id, holder_id=given["holder"], bank=given["bank"], card=given["card"],
            on=given["day"], by=by, at=at,
        )  # fmt: skip
        return self.page.id


class PhotoForm(ChangeForm):
    """A picture of a member, the home or a paper."""

    title = _("上传照片")
    intro = _("照片会缩成三种尺寸保存，拍摄地点等隐含信息一律去掉。")
    submit = _("上传")
    done = _("照片已保存。")
    file = forms.FileField(
        label=_("照片"),
        help_text=_("JPEG、PNG、WebP 或 HEIC，不超过 20 MB。"),
        widget=forms.FileInput({"accept": "image/*"}),
    )
    kind = Chosen(PhotoKind, _("照片类别"))
    caption = text_field(_("说明"), most=100, hint=_("如“北屋漏雨处”。不写身份证号和病名。"))

    def shape(self) -> None:
        """Offer the members, for portraits."""
        hint = _("人像必选，其他照片可不选。")
        self.fields["person"] = choose_member(
            _("照片中的人"), self.page.members, hint, none=_("不指定")
        )
        self.order_fields(["file", "kind", "person", "caption"])

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Add the picture."""
        given = self.cleaned_data
        add_photo(
            self.page.id,
            data=given["file"].read(),
            kind=given["kind"],
            person_id=given["person"],
            caption=given["caption"],
            by=by,
            at=at,
        )
        return self.page.id
