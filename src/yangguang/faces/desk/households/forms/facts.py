"""Facts of the household: front page, home, incomes, spendings, circumstances, events."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yangguang.faces.desk.households.forms.base import (
    BY_HAND,
    ChangeForm,
    Sectioned,
    StampedForm,
)
from yangguang.faces.desk.households.forms.fields import (
    Chosen,
    DayField,
    PhoneField,
    YuanField,
    not_to_come,
    text_field,
    tick,
)
from yangguang.families.registry.actions.facts import (
    correct_household,
    correct_household_facts,
    record_shock,
)
from yangguang.families.registry.queries.views import IncomeView, SpendingView
from yangguang.families.registry.rules.entries import (
    CircumstancesEntry,
    DwellingEntry,
    IncomeEntry,
    ShockEntry,
    SpendingEntry,
    Stamp,
)
from yangguang.families.registry.types import (
    Cause,
    DwellingGrade,
    IncomeClass,
    PropertyStatus,
    RegisterType,
    ShockKind,
    Source,
    SpendingKind,
    Tenure,
)
from yangguang.foundation.walls.context import Actor

STAMP = (_("来源和日期"), ("source", "as_of"))


class FrontForm(ChangeForm):
    """What the first page of the e-file says."""

    title = _("更正基本信息")
    register_type = Chosen(RegisterType, _("户口性质"))
    address = text_field(_("居住地址"), most=200, hint=_("村（居）以下，写到门牌。"))
    group_name = text_field(_("村民小组"), most=60, short=True)
    register_address = text_field(_("户籍地址"), most=200, hint=_("与居住地址不同时填写。"))
    phone = PhoneField()

    def first(self) -> dict[str, Any]:
        """Start from the page; the phone is never shown in full."""
        names = ("register_type", "address", "group_name", "register_address")
        return {name: getattr(self.page, name) for name in names}

    def shape(self) -> None:
        """Say which phone is kept when the field stays empty."""
        if self.page.phone_masked:
            kept = _("现登记 %(phone)s。留空则不变。")
            self.fields["phone"].help_text = kept % {"phone": self.page.phone_masked}

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Correct the first page."""
        given = self.cleaned_data
        correct_household(
            self.page.id,
            register_type=given["register_type"],
            address=given["address"],
            group_name=given["group_name"],
            register_area_code=self.page.register_area_code,
            register_address=given["register_address"],
            phone=given["phone"] or None,
            expected_version=self.version,
            by=by,
            at=at,
        )
        return self.page.id


class DwellingFields(Sectioned):
    """The home."""

    tenure = Chosen(Tenure, _("住房来源"), hint=_("为什么问：租住、借住、无房计入住房指标。"))
    grade = Chosen(DwellingGrade, _("房屋安全等级"), required=False, none=_("未鉴定"))
    floor_area = forms.DecimalField(
        label=_("建筑面积（平方米）"),
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=1,
        help_text=_("按房产证或租约填写，整套面积。"),
        widget=forms.TextInput({"inputmode": "decimal", "class": "short", "autocomplete": "off"}),
    )
    rooms = forms.IntegerField(
        label=_("间数"),
        required=False,
        min_value=0,
        max_value=99,
        widget=forms.TextInput({"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )
    finish = text_field(_("装修情况"), most=40, short=True)

    def dwelling(self, stamp: Stamp) -> DwellingEntry:
        """Give the home as the verbs take it."""
        given = self.cleaned_data
        names = ("tenure", "grade", "floor_area", "rooms", "finish")
        return DwellingEntry(stamp=stamp, **{name: given[name] for name in names})


class DwellingForm(StampedForm, DwellingFields, ChangeForm):
    """Correct the home."""

    title = _("更正住房")
    sections = (STAMP, (_("住房"), ("tenure", "grade", "floor_area", "rooms", "finish")))

    def first(self) -> dict[str, Any]:
        """Start from the home that is known."""
        names = ("tenure", "grade", "floor_area", "rooms", "finish")
        known = self.page.dwelling
        return {"as_of": self.on} | {name: getattr(known, name) for name in names if known}

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Replace the home."""
        home = self.dwelling(self.stamp)
        correct_household_facts(
            self.page.id, dwelling=home, expected_version=self.version, by=by, at=at
        )
        return self.page.id


class CircumstancesFields(Sectioned):
    """What the survey adds; `on` is today."""

    on: date

    reviewed = DayField(_("复核日期"), hint=_("最近一次入户或核对的日期，决定何时再复核。"))
    property_status = Chosen(PropertyStatus, _("财产状况"))
    causes = forms.TypedMultipleChoiceField(
        label=_("致困原因"),
        choices=[(one.value, _(one.label)) for one in Cause],
        coerce=Cause,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    single_parent = tick(_("单亲家庭"))
    only_child_lost = tick(_("独生子女死亡或伤残"))
    cadre_relative = tick(_("与村（居）干部或经办人员有近亲属关系"), hint=_("须备案并入户复核。"))
    utilities_fen = YuanField(_("每月水电燃气费"))
    phone_fen = YuanField(_("每月通讯费"))
    livestock = text_field(_("牲畜家禽"), most=100)
    farm_machines = text_field(_("农机具"), most=100)
    land_mu = forms.DecimalField(
        label=_("承包土地（亩）"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "class": "short", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("入户情况"), max_length=200, required=False, widget=forms.Textarea({"rows": 3})
    )

    def clean_reviewed(self) -> Any:
        """Refuse a day to come."""
        return not_to_come(self.cleaned_data["reviewed"], self.on)

    def circumstances(self, stamp: Stamp) -> CircumstancesEntry:
        """Give the circumstances as the verbs take them."""
        given = self.cleaned_data
        same = ("reviewed", "property_status", "single_parent", "only_child_lost",
                "cadre_relative", "livestock", "farm_machines", "note")  # fmt: skip
        return CircumstancesEntry(
            stamp=stamp,
            causes=tuple(given["causes"]),
            utilities_fen=given["utilities_fen"] or 0,
            phone_fen=given["phone_fen"] or 0,
            land_mu=given["land_mu"] or Decimal(0),
            **{name: given[name] for name in same},
        )


class CircumstancesForm(StampedForm, CircumstancesFields, ChangeForm):
    """Correct the circumstances."""

    title = _("更正家庭状况")
    sections = (
        STAMP,
        (_("复核"), ("reviewed",)),
        (_("财产和原因"), ("property_status", "causes", "single_parent", "only_child_lost",
                      "cadre_relative")),
        (_("生活情况"), ("utilities_fen", "phone_fen", "livestock", "farm_machines", "land_mu",
                     "note")),
    )  # fmt: skip

    def first(self) -> dict[str, Any]:
        """Start from what the last survey found."""
        known = self.page.circumstances
        found = {name: getattr(known, name) for name in CircumstancesFields.base_fields if known}
        return found | {"as_of": self.on, "reviewed": self.on}

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Replace the circumstances."""
        found = self.circumstances(self.stamp)
        correct_household_facts(
            self.page.id, circumstances=found, expected_version=self.version, by=by, at=at
        )
        return self.page.id


def income_fields() -> dict[str, forms.Field]:
    """Make two fields a class of income: declared, verified."""
    fields: dict[str, forms.Field] = {}
    for kind in IncomeClass:
        fields[f"declared_{kind}"] = YuanField(_("申报全年"))
        fields[f"verified_{kind}"] = YuanField(_("核定全年"), hint=_("尚未核对就留空。"))
    return fields


def income_entries(
    given: dict[str, Any], stamp: Stamp, known: tuple[IncomeView, ...] = ()
) -> tuple[IncomeEntry, ...]:
    """Give the incomes that were filled in; a class that stayed the same keeps source and day."""
    before = {one.kind: one for one in known}
    entries = []
    for kind in IncomeClass:
        declared, verified = given[f"declared_{kind}"], given.get(f"verified_{kind}")
        if declared is None and verified is None:
            continue
        was = before.get(kind)
        same = was and (was.declared_fen, was.verified_fen) == (declared or 0, verified)
        of = Stamp(Source(was.source), was.as_of) if was and same else stamp
        entries.append(
            IncomeEntry(stamp=of, kind=kind, declared_fen=declared or 0, verified_fen=verified)
        )
    return tuple(entries)


class IncomesForm(StampedForm, ChangeForm):
    """Correct the incomes, all classes on one page."""

    title = _("更正收入")
    intro = _("近12个月全家合计。没有的项目留空；有核定数的，指数按核定数计算。")

    def first(self) -> dict[str, Any]:
        """Start from the incomes that are known."""
        found: dict[str, Any] = {"as_of": self.on}
        for one in self.page.incomes:
            found[f"declared_{one.kind}"] = one.declared_fen
            found[f"verified_{one.kind}"] = one.verified_fen
        return found

    def shape(self) -> None:
        """Ask for each class."""
        self.fields.update(income_fields())

    def drawn(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        """Give a section a class."""
        yield STAMP[0], [self[name] for name in STAMP[1]]
        for kind in IncomeClass:
            yield _(kind.label), [self[f"declared_{kind}"], self[f"verified_{kind}"]]

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Replace the incomes."""
        incomes = income_entries(self.cleaned_data, self.stamp, self.page.incomes)
        correct_household_facts(
            self.page.id, incomes=incomes, expected_version=self.version, by=by, at=at
        )
        return self.page.id


def spending_fields() -> dict[str, forms.Field]:
    """Make a field for each kind of spending."""
    return {f"spent_{kind}": YuanField(_(kind.label)) for kind in SpendingKind}


def spending_entries(
    given: dict[str, Any], stamp: Stamp, known: tuple[SpendingView, ...] = ()
) -> tuple[SpendingEntry, ...]:
    """Give the spendings that were filled in; a kind that stayed the same keeps source and day."""
    before = {one.kind: one for one in known}
    entries = []
    for kind in SpendingKind:
        amount = given[f"spent_{kind}"]
        if amount is None:
            continue
        was = before.get(kind)
        same = was is not None and was.amount_fen == amount
        of = Stamp(Source(was.source), was.as_of) if was and same else stamp
        entries.append(SpendingEntry(stamp=of, kind=kind, amount_fen=amount))
    return tuple(entries)


class SpendingsForm(StampedForm, ChangeForm):
    """Correct the rigid spendings."""

    title = _("更正刚性支出")
    intro = _("近12个月全家自付部分：医保报销、救助之后自己承担的钱。没有的项目留空。")

    def first(self) -> dict[str, Any]:
        """Start from the spendings that are known."""
        known = {f"spent_{one.kind}": one.amount_fen for one in self.page.spendings}
        return {"as_of": self.on} | known

    def shape(self) -> None:
        """Ask for each kind."""
        self.fields.update(spending_fields())

    def drawn(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        """Give the stamp and then the kinds."""
        yield STAMP[0], [self[name] for name in STAMP[1]]
        yield _("近12个月自付支出"), [self[f"spent_{kind}"] for kind in SpendingKind]

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Replace the spendings."""
        spendings = spending_entries(self.cleaned_data, self.stamp, self.page.spendings)
        correct_household_facts(
            self.page.id, spendings=spendings, expected_version=self.version, by=by, at=at
        )
        return self.page.id


class ShockForm(ChangeForm):
    """A sudden event."""

    title = _("登记突发事件")
    source = Chosen(Source, _("来源"), only=BY_HAND)
    kind = Chosen(ShockKind, _("突发事件"))
    day = DayField(_("发生日期"))
    loss_fen = YuanField(_("损失"), required=True)
    main_worker_died = tick(_("主要劳动力死亡"))
    detail = text_field(_("经过"), most=200, hint=_("不写病名和他人姓名。"))

    def clean_day(self) -> Any:
        """Refuse a day to come."""
        return not_to_come(self.cleaned_data["day"], self.on)

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Add the event."""
        given = self.cleaned_data
        shock = ShockEntry(
            stamp=Stamp(given["source"], self.on),
            kind=given["kind"],
            on=given["day"],
            loss_fen=given["loss_fen"],
            main_worker_died=given["main_worker_died"],
            detail=given["detail"],
        )
        record_shock(self.page.id, shock=shock, by=by, at=at)
        return self.page.id
