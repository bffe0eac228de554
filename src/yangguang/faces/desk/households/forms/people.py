"""Who lives in a household: a person's facts, joining, leaving, what somebody is to the head."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from yangguang.faces.desk.households.forms.base import (
    ChangeForm,
    DatedForm,
    Sectioned,
    StampedForm,
)
from yangguang.faces.desk.households.forms.fields import (
    Chosen,
    DayField,
    NameField,
    NumberField,
    YuanField,
    not_to_come,
    text_field,
    tick,
)
from yangguang.families.registry.actions.facts import correct_person, correct_person_facts
from yangguang.families.registry.actions.members import (
    add_member,
    correct_membership,
    end_membership,
)
from yangguang.families.registry.actions.recognition import replace_temporary_number
from yangguang.families.registry.queries.views import MemberView
from yangguang.families.registry.rules.entries import (
    MemberEntry,
    PersonEntry,
    PersonFactsEntry,
    Stamp,
)
from yangguang.families.registry.rules.membership import ADDING, ENDING
from yangguang.families.registry.types import (
    DisabilityKind,
    Illness,
    Marital,
    MembershipEnd,
    MembershipStart,
    Occupation,
    Relation,
    Sex,
    Student,
)
from yangguang.foundation.kernel.identity import parse_number
from yangguang.foundation.walls.context import Actor

FACTS = (
    (_("健康和残疾"), ("illness", "disease", "disability_kind", "disability_grade",
                  "disability_card", "unable_to_work", "self_care_failed")),
    (_("就业和收入"), ("occupation", "employed", "employer", "monthly_income_fen")),
    (_("教育和婚姻"), ("student", "school", "marital", "unsupported_child")),
)  # fmt: skip
GRADES = [("", _("无")), ("1", _("一级")), ("2", _("二级")), ("3", _("三级")), ("4", _("四级"))]


class PersonFields(Sectioned):
    """Who somebody is; `on` is today."""

    on: date

    name = NameField(hint=_("与证件一致。"), short=True)
    number = NumberField(hint=_("没有的（如新生儿）留空，系统给临时编号，以后再补。"))
    sex = Chosen(Sex, _("性别"), only=(Sex.MALE, Sex.FEMALE), required=False, none=_("按身份证号"))
    born = DayField(_("出生日期"), required=False, hint=_("有身份证号的不用填。"))
    ethnic = text_field(_("民族"), most=20, required=True, short=True)

    def clean_born(self) -> date | None:
        """Refuse a day to come."""
        return not_to_come(self.cleaned_data["born"], self.on)

    def clean(self) -> dict[str, Any]:
        """Hold sex and birth against the number, or ask for them where there is none."""
        given = super().clean() or self.cleaned_data
        number = given.get("number")
        if number is None:
            return given
        read = parse_number(number) if number else None
        for name in ("sex", "born"):
            if read and given.get(name) not in (None, getattr(read, name)):
                self.add_error(name, say("与身份证号不符。请对照证件改正，或留空。"))
            elif not read and not given.get(name) and name not in self.errors:
                self.add_error(name, say("没有身份证号时须填写。"))
        return given

    def person(self) -> PersonEntry:
        """Give the person as the verbs take it."""
        given = self.cleaned_data
        return PersonEntry(
            name=given["name"],
            number=given["number"],
            sex=given["sex"],
            born=given["born"],
            ethnic=given["ethnic"],
        )


class PersonFactsFields(Sectioned):
    """A person's health, work, schooling and family state."""

    illness = Chosen(Illness, _("健康状况"), required=False, none=_("健康或一般"))
    disease = text_field(_("病名"), most=100, hint=_("只存档，页面和名单上不显示。"))
    disability_kind = Chosen(DisabilityKind, _("残疾类别"), required=False, none=_("无残疾"))
    disability_grade = forms.TypedChoiceField(
        label=_("残疾等级"), choices=GRADES, coerce=int, empty_value=None, required=False
    )
    disability_card = tick(_("持有残疾人证"))
    unable_to_work = tick(_("经鉴定无劳动能力"))
    self_care_failed = forms.TypedChoiceField(
        label=_("生活自理能力"),
        choices=[
            ("", _("自理")),
            *((str(n), format_lazy("{}{}", n, _("项不能自理"))) for n in range(1, 7)),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("吃饭、穿衣、上下床、如厕、室内行走、洗澡六项。"),
    )
    occupation = Chosen(Occupation, _("职业状况"))
    employed = tick(_("正在就业"))
    employer = text_field(_("单位"), most=80)
    monthly_income_fen = YuanField(_("月收入"))
    student = Chosen(Student, _("在读"), required=False, none=_("不在读"))
    school = text_field(_("学校"), most=80)
    marital = Chosen(Marital, _("婚姻状况"))
    unsupported_child = tick(_("孤儿或事实无人抚养儿童"))

    def clean(self) -> dict[str, Any]:
        """Ask for kind and grade of a disability together."""
        given = super().clean() or self.cleaned_data
        kind, grade = given.get("disability_kind"), given.get("disability_grade")
        if kind and not grade:
            self.add_error("disability_grade", say("已选残疾类别，请按残疾人证选择等级。"))
        if grade and not kind:
            self.add_error("disability_kind", say("已选残疾等级，请按残疾人证选择类别。"))
        return given

    def facts(self, stamp: Stamp, known: MemberView | None = None) -> PersonFactsEntry:
        """Give the facts as the verbs take them; an empty disease keeps the one that is known."""
        given = {name: self.cleaned_data[name] for name in PersonFactsFields.base_fields}
        before = known.facts if known else None
        kept = before.disease if before else ""
        given["disease"] = (given["disease"] or kept) if given["illness"] else ""
        given["monthly_income_fen"] = given["monthly_income_fen"] or 0
        return PersonFactsEntry(stamp=stamp, special=before.special if before else "", **given)


class MemberFields(PersonFields, PersonFactsFields):
    """A person as a member, with facts."""

    sections = (
        (_("身份"), ("name", "number", "relation", "sex", "born", "ethnic")),
        *FACTS,
    )
    relation = Chosen(Relation, _("与户主关系"))
    is_counted = tick(_("共同生活"), hint=_("在外服刑、失踪的不算。"))

    def entry(self, stamp: Stamp) -> MemberEntry:
        """Give the member as the verbs take it."""
        given = self.cleaned_data
        return MemberEntry(
            person=self.person(),
            relation=given["relation"],
            facts=self.facts(stamp),
            is_counted=given["is_counted"],
        )


class AddMemberForm(StampedForm, MemberFields, DatedForm):
    """Somebody new comes into the household."""

    title = _("添加成员")
    submit = _("添加")
    how = Chosen(MembershipStart, _("加入原因"), only=ADDING)
    reason = None  # type: ignore[assignment]  # Django takes a field away so
    sections = (  # type: ignore[assignment]
        (_("加入"), ("how", "day")),
        *MemberFields.sections,
        (_("来源和日期"), ("is_counted", "source", "as_of")),
    )

    def first(self) -> dict[str, Any]:
        """Begin with today, counted, 汉族."""
        return {"day": self.on, "as_of": self.on, "is_counted": True, "ethnic": "汉族"}

    def shape(self) -> None:
        """Offer every relation but the head's."""
        others = [one for one in Relation if one != Relation.HEAD]
        self.fields["relation"] = Chosen(Relation, _("与户主关系"), only=others)

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Add the member."""
        add_member(
            self.page.id,
            member=self.entry(self.stamp),
            how=self.cleaned_data["how"],
            on=self.cleaned_data["day"],
            expected_version=self.version,
            by=by,
            at=at,
        )
        return self.page.id


class PersonFactsForm(StampedForm, PersonFactsFields, ChangeForm):
    """Correct a member's facts."""

    title = _("更正成员情况")
    of_person = True
    sections = ((_("来源和日期"), ("source", "as_of")), *FACTS)

    def first(self) -> dict[str, Any]:
        """Start from the facts that are known; a disease is never shown."""
        known = self.somebody.facts
        names = [name for name in PersonFactsFields.base_fields if name != "disease"]
        return {"as_of": self.on} | {name: getattr(known, name) for name in names if known}

    def shape(self) -> None:
        """Say that an empty disease stays as it is."""
        if self.somebody.facts and self.somebody.facts.disease:
            self.fields["disease"].help_text = _("已登记，不显示。留空则不变。")

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Replace the facts."""
        facts = self.facts(self.stamp, self.somebody)
        correct_person_facts(
            self.somebody.person_id, facts=facts, expected_version=self.version, by=by, at=at
        )
        return self.page.id


class PersonForm(ChangeForm):
    """Correct a member's name, ethnic group and place in the household."""

    title = _("更正成员身份")
    of_person = True
    name = NameField(hint=_("与证件一致。"), short=True)
    ethnic = text_field(_("民族"), most=20, required=True, short=True)
    relation = Chosen(Relation, _("与户主关系"), hint=_("更换户主请办理户主变更。"))
    is_counted = tick(_("共同生活"), hint=_("在外服刑、失踪的不算。"))
    is_protected = tick(_("保障对象"))

    def first(self) -> dict[str, Any]:
        """Start from what is known."""
        names = ("name", "ethnic", "relation", "is_counted", "is_protected")
        return {name: getattr(self.somebody, name) for name in names}

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Correct the membership and then the person."""
        given, person = self.cleaned_data, self.somebody.person_id
        household = correct_membership(
            self.page.id,
            person_id=person,
            relation=given["relation"],
            is_counted=given["is_counted"],
            is_protected=given["is_protected"],
            expected_version=self.version,
            by=by,
            at=at,
        )
        correct_person(
            person, name=given["name"], ethnic=given["ethnic"],
            expected_version=household.facts_version, by=by, at=at,
        )  # fmt: skip
        return self.page.id


class NumberForm(ChangeForm):
    """A person with a temporary number gets the real one."""

    title = _("补登身份证号")
    of_person = True
    number = NumberField(required=True, hint=_("对照证件填写；性别和出生日期随号码改正。"))

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Replace the number."""
        number = self.cleaned_data["number"]
        replace_temporary_number(
            self.somebody.person_id, number=number, expected_version=self.version, by=by, at=at
        )
        return self.page.id


class EndForm(DatedForm):
    """A member leaves the household."""

    title = _("办理成员退出")
    submit = _("确认退出")
    of_person = True
    how = Chosen(MembershipEnd, _("退出原因"), only=ENDING)

    def shape(self) -> None:
        """Ask for a new head where the head leaves others behind."""
        others = [one for one in self.page.members if one.person_id != self.somebody.person_id]
        if self.somebody.person_id == self.page.head_id and others:
            self.fields["new_head"] = forms.TypedChoiceField(
                label=_("新户主"),
                choices=[("", _("请选择")), *((str(o.person_id), o.name) for o in others)],
                coerce=int,
                empty_value=None,
                help_text=_("户主退出后，由谁当户主。"),
            )
        self.order_fields(["how", "day", "new_head", "reason"])

    def apply(self, *, by: Actor, at: datetime) -> int:
        """End the membership."""
        given = self.cleaned_data
        end_membership(
            self.page.id,
            person_id=self.somebody.person_id,
            how=given["how"],
            on=given["day"],
            new_head=given.get("new_head"),
            reason=given["reason"],
            expected_version=self.version,
            by=by,
            at=at,
        )
        return self.page.id
