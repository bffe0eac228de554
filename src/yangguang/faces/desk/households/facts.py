"""The facts of a household by class, each with where it comes from and as of which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yangguang.faces.look.formats import day, money
from yangguang.faces.look.words import how_many, mark_chinese
from yangguang.families.registry.queries.views import HouseholdPage
from yangguang.families.registry.types import (
    AssetKind,
    Category,
    Cause,
    DwellingGrade,
    IncomeClass,
    PropertyStatus,
    Secret,
    ShockKind,
    Source,
    SpendingKind,
    Tenure,
)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: its class, what it says, source, day; `change` is the word of its form or "".

    `secret` is what of it is masked and may be asked for.
    """

    kind: str
    words: str
    source: str
    as_of: date | None
    change: str = ""
    secret: Secret | None = None

    @property
    def shown(self) -> str:
        """Give the words with what people typed marked as Chinese; a name, bank or note."""
        return mark_chinese(self.words)


def fact_rows(file: HouseholdPage) -> list[FactRow]:
    """List all facts of a household by class; a class without facts says so."""
    return [
        *_dwelling(file), *_incomes(file), *_spendings(file), *_circumstances(file),
        *_shocks(file), *_assets(file), *_supporters(file), *_recognitions(file), *_account(file),
    ]  # fmt: skip


def _none(kind: str, change: str = "") -> FactRow:
    return FactRow(kind, _("未登记"), "", None, change)


def _dwelling(file: HouseholdPage) -> Iterator[FactRow]:
    home = file.dwelling
    if home is None:
        yield _none(_("住房"), "dwelling")
        return
    words = [_(Tenure(home.tenure).label)]
    if home.grade:
        words.append(_("房屋安全%(grade)s") % {"grade": _(DwellingGrade(home.grade).label)})
    if home.floor_area is not None:
        words.append(_("建筑面积 %(n)s 平方米") % {"n": home.floor_area})
    if home.rooms is not None:
        words.append(how_many("%(n)s 间", home.rooms))
    if home.finish:
        words.append(home.finish)
    yield FactRow(_("住房"), _("，").join(words), _source(home.source), home.as_of, "dwelling")


def _incomes(file: HouseholdPage) -> Iterator[FactRow]:
    if not file.incomes:
        yield _none(_("收入"), "incomes")
    for one in file.incomes:
        words = _("%(kind)s：申报 %(declared)s 元/年") % {
            "kind": _(IncomeClass(one.kind).label),
            "declared": money(one.declared_fen),
        }
        if one.verified_fen is not None:
            words += _("，核定 %(verified)s 元/年") % {"verified": money(one.verified_fen)}
        yield FactRow(_("收入"), words, _source(one.source), one.as_of, "incomes")


def _spendings(file: HouseholdPage) -> Iterator[FactRow]:
    if not file.spendings:
        yield _none(_("刚性支出"), "spendings")
    for one in file.spendings:
        words = _("%(kind)s：%(amount)s 元/年") % {
            "kind": _(SpendingKind(one.kind).label),
            "amount": money(one.amount_fen),
        }
        yield FactRow(_("刚性支出"), words, _source(one.source), one.as_of, "spendings")


def _circumstances(file: HouseholdPage) -> Iterator[FactRow]:
    found = file.circumstances
    if found is None:
        yield _none(_("家庭状况"), "circumstances")
        return
    words = [_(PropertyStatus(found.property_status).label)]
    words += [_(Cause(code).label) for code in found.causes]
    ticked = (
        (found.single_parent, _("单亲家庭")),
        (found.only_child_lost, _("独生子女死亡或伤残")),
        (found.cadre_relative, _("与村（居）干部或经办人员有近亲属关系，已备案")),
        (bool(found.livestock), _("牲畜家禽：%(what)s") % {"what": found.livestock}),
        (bool(found.farm_machines), _("农机具：%(what)s") % {"what": found.farm_machines}),
        (bool(found.land_mu), _("承包土地 %(n)s 亩") % {"n": found.land_mu}),
    )
    words += [text for holds, text in ticked if holds]
    words.append(_("最近复核 %(day)s") % {"day": day(found.reviewed)})
    source = _source(found.source)
    yield FactRow(_("家庭状况"), _("，").join(words), source, found.as_of, "circumstances")
    if found.note:
        yield FactRow(_("入户情况"), found.note, source, found.as_of, "circumstances")


def _shocks(file: HouseholdPage) -> Iterator[FactRow]:
    for one in file.shocks:
        words = _("%(day)s %(kind)s，损失 %(loss)s 元") % {
            "day": day(one.on),
            "kind": _(ShockKind(one.kind).label),
            "loss": money(one.loss_fen),
        }
        if one.main_worker_died:
            words += _("，主要劳动力死亡")
        yield FactRow(_("突发事件"), words, _source(one.source), one.as_of)


def _assets(file: HouseholdPage) -> Iterator[FactRow]:
    for one in file.assets:
        words = _("%(kind)s：%(value)s 元") % {
            "kind": _(AssetKind(one.kind).label),
            "value": money(one.value_fen),
        }
        yield FactRow(_("财产"), words, _source(one.source), one.as_of)


def _supporters(file: HouseholdPage) -> Iterator[FactRow]:
    for one in file.supporters:
        words = _("%(relation)s %(name)s，月赡养费 %(support)s 元") % {
            "relation": one.relation,
            "name": one.name_masked,
            "support": money(one.monthly_support_fen),
        }
        yield FactRow(_("赡养义务人"), words, _source(one.source), one.as_of)


def _recognitions(file: HouseholdPage) -> Iterator[FactRow]:
    for one in file.recognitions:
        words = [_(Category(one.category).label)]
        if one.monthly_fen:
            words.append(_("月保障金额 %(fen)s 元") % {"fen": money(one.monthly_fen)})
        if one.document_number:
            words.append(one.document_number)
        if one.is_legacy:
            words.append(_("存量"))
        if one.ended:
            words.append(_("%(day)s终止") % {"day": day(one.ended)})
        yield FactRow(_("保障认定"), _("，").join(words), _("审批决定"), one.started)


def _account(file: HouseholdPage) -> Iterator[FactRow]:
    held = file.account
    if held is None:
        yield _none(_("一卡通"), "account")
        return
    words = f"{held.bank} {held.card_masked}{_('，')}{held.holder_name}"
    yield FactRow(_("一卡通"), words, _("本人申报"), held.started, "account", Secret.CARD)


def _source(code: str) -> str:
    return _(Source(code).label)
