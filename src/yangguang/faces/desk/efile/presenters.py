"""What the page of a household shows: e-file, index, aid, and the facts as lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self

from django.utils.translation import gettext as _

from yangguang.aid.index.queries import Ranks, explanation_of, rank_of
from yangguang.aid.index.rules.explain import Explanation
from yangguang.aid.ledger.queries.history import History, aid_history
from yangguang.faces.desk.efile.words import word
from yangguang.faces.look.formats import day, money
from yangguang.families.registry.queries.page import household_page
from yangguang.families.registry.queries.views import HouseholdPage, MemberView


class Said(Protocol):
    """What every recorded fact carries."""

    @property
    def source(self) -> str:
        """Give who said it, as a code."""

    @property
    def as_of(self) -> date:
        """Give the day on which it held."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One recorded fact: which, what, who said so, as of when."""

    group: str
    name: str
    value: str
    source: str
    as_of: date


@dataclass(frozen=True)
class EFile:
    """Everything on the page of one household; `index` and `ranks` are None before scoring."""

    family: HouseholdPage
    index: Explanation | None
    ranks: Ranks | None
    aid: History

    @classmethod
    def of(cls, household_id: int, *, on: date) -> Self:
        """Read it as of a day. Raises `NotFound` outside the scope."""
        return cls(
            family=household_page(household_id, on),
            index=explanation_of(household_id, on),
            ranks=rank_of(household_id),
            aid=aid_history(household_id, on=on),
        )

    @property
    def title(self) -> str:
        """Name the household by its head."""
        return _("%(name)s家庭") % {"name": self.family.head_name or self.family.number}

    @property
    def places(self) -> list[tuple[str, int, int]]:
        """Give (level, rank, of how many), village first."""
        ranks = self.ranks
        if ranks is None:
            return []
        return [
            (_("村（社区）"), ranks.village, ranks.of_village),
            (_("镇（街道）"), ranks.town, ranks.of_town),
            (_("区县"), ranks.county, ranks.of_county),
            (_("全市"), ranks.city, ranks.of_city),
        ]

    @property
    def facts(self) -> list[Fact]:
        """Give the facts by class, each with its source and day."""
        family = self.family
        return [*_home(family), *_life(family), *_sums(family), *_events(family)]

    def state(self, member: MemberView) -> list[str]:
        """Give the words on health, study and work of a member."""
        facts = member.facts
        if facts is None:
            return []
        said = [word("illness", facts.illness)] if facts.illness else []
        if facts.disability_kind:
            grade = _("%(n)s级") % {"n": facts.disability_grade}
            said.append(word("disability", facts.disability_kind) + grade)
        if facts.student:
            said.append(word("student", facts.student))
        return [*said, word("occupation", facts.occupation), word("marital", facts.marital)]


def _home(family: HouseholdPage) -> Iterator[Fact]:
    home = family.dwelling
    if home is None:
        return
    group = _("住房")
    yield _fact(group, _("房屋来源"), word("tenure", home.tenure), home)
    if home.grade:
        yield _fact(group, _("危房鉴定等级"), word("grade", home.grade), home)
    if home.floor_area is not None:
        yield _fact(group, _("建筑面积"), _("%(n)s 平方米") % {"n": home.floor_area}, home)


def _life(family: HouseholdPage) -> Iterator[Fact]:
    life = family.circumstances
    if life is None:
        return
    group = _("家庭情况")
    yield _fact(group, _("财产状况"), word("property", life.property_status), life)
    if life.causes:
        causes = _("、").join(word("cause", cause) for cause in life.causes)
        yield _fact(group, _("致困原因"), causes, life)
    if life.single_parent:
        yield _fact(group, _("单亲家庭"), _("是"), life)
    if life.only_child_lost:
        yield _fact(group, _("失独家庭"), _("是"), life)


def _sums(family: HouseholdPage) -> Iterator[Fact]:
    group = _("收入（近一年，元）")
    for income in family.incomes:
        fen = income.declared_fen if income.verified_fen is None else income.verified_fen
        yield _fact(group, word("income", income.kind), money(fen), income)
    group = _("刚性支出（近一年自付，元）")
    for spending in family.spendings:
        yield _fact(group, word("spending", spending.kind), money(spending.amount_fen), spending)
    group = _("财产（元）")
    for asset in family.assets:
        yield _fact(group, word("asset", asset.kind), money(asset.value_fen), asset)


def _events(family: HouseholdPage) -> Iterator[Fact]:
    for shock in family.shocks:
        loss = _("%(day)s，损失 %(yuan)s 元") % {
            "day": day(shock.on),
            "yuan": money(shock.loss_fen),
        }
        yield _fact(_("突发事件"), word("shock", shock.kind), loss, shock)


def _fact(group: str, name: str, value: str, said: Said) -> Fact:
    return Fact(group, name, value, word("source", said.source), said.as_of)
