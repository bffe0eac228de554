"""The kinds of policy, what the content of each is, and what is told of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.money import Fen


class PolicyKind(Choices):
    """政策类别."""

    STANDARD = "standard", "保障标准"
    PROPERTY_LIMIT = "property_limit", "财产限额"
    INCOME_LINE = "income_line", "人均可支配收入"
    HOUSING_LINE = "housing_line", "住房面积标准"
    INDEX_MODEL = "index_model", "救助指数模型"
    AID_ITEM = "aid_item", "救助事项"
    CALENDAR = "calendar", "工作日历"
    REVIEW_CYCLE = "review_cycle", "复核周期"


class AidType(Choices):
    """困难类型: the nine types by which departments draw their lists."""

    LIVING = "living", "基本生活"
    MEDICAL = "medical", "医疗"
    DISABILITY = "disability", "残疾"
    EDUCATION = "education", "教育"
    HOUSING = "housing", "住房"
    EMPLOYMENT = "employment", "就业"
    ELDERLY = "elderly", "养老"
    FAMILY = "family", "婚姻家庭"
    DISASTER = "disaster", "受灾"


class AidKind(Choices):
    """救助方式."""

    CASH = "cash", "现金"
    GOODS = "goods", "实物"
    SERVICE = "service", "服务"
    FEE_CUT = "fee_cut", "减免"


class AidBasis(Choices):
    """给付依据: by decision to all who qualify, or by rank within a budget."""

    ENTITLEMENT = "entitlement", "按决定发放"
    BUDGET = "budget", "按预算限额"


class StandardGroup(Choices):
    """保障标准的对象: by register, by care needed (特困), by kind of orphan."""

    URBAN = "urban", "城镇"
    RURAL = "rural", "农村"
    CARE_NONE = "care_none", "全自理"
    CARE_HALF = "care_half", "半护理"
    CARE_FULL = "care_full", "全护理"
    ORPHAN_INSTITUTION = "orphan_institution", "机构养育孤儿"
    ORPHAN_SCATTERED = "orphan_scattered", "社会散居孤儿"
    UNSUPPORTED_CHILD = "unsupported_child", "事实无人抚养儿童"


class AmountPer(Choices):
    """计发单位."""

    PERSON = "per_person", "每人"
    HOUSEHOLD = "per_household", "每户"


class AmountEvery(Choices):
    """计发周期."""

    MONTH = "every_month", "每月"
    YEAR = "every_year", "每年"
    TIME = "each_time", "每次"


@dataclass(frozen=True, slots=True)
class StandardLine:
    """What one group in one area (a prefix) is guaranteed: fen a person and month."""

    area: str
    group: StandardGroup
    monthly: Fen


@dataclass(frozen=True, slots=True)
class Standard:
    """保障标准: the lines of one instrument."""

    unit: str
    lines: tuple[StandardLine, ...]


@dataclass(frozen=True, slots=True)
class PropertyLimit:
    """财产限额 of one category of family.

    `money_months` and `vehicle_months` are multiples of the monthly standard a head; `vehicles` and
    `homes` are numbers a household.
    """

    unit: str
    money_months: int
    vehicles: int
    homes: int
    vehicle_months: int | None = None


@dataclass(frozen=True, slots=True)
class IncomeLineOf:
    """Last year's disposable income of one group in one area: fen a person and year."""

    area: str
    group: StandardGroup
    yearly: Fen


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """人均可支配收入 of one year."""

    unit: str
    year: int
    lines: tuple[IncomeLineOf, ...]


@dataclass(frozen=True, slots=True)
class HousingLine:
    """住房面积标准: below so many square metres a person a dwelling counts as small."""

    unit: str
    square_metres: float


@dataclass(frozen=True, slots=True)
class Cycle:
    """After how many months a category is reviewed; `needs` names the words of the rule."""

    category: str
    months: int
    needs: str


@dataclass(frozen=True, slots=True)
class ReviewCycle:
    """复核周期."""

    unit: str
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True)
class AidItem:
    """救助事项: what a department gives; an amount left blank is set by decision or plan.

    `department` is the code of an organisation; `counted` tells whether it lowers the index;
    `continuing` whether it is paid each period until it ends; `amount` is in fen.
    """

    department: str
    kind: AidKind
    type: AidType
    basis: AidBasis
    counted: bool
    continuing: bool
    per: AmountPer
    every: AmountEvery
    whom: str
    fund: str
    amount: Fen | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of one policy: what a file says, and what a row keeps.

    `area_code` is a prefix, empty for the whole nation; `content` is plain JSON, amounts in fen.
    """

    kind: PolicyKind
    key: str
    area_code: str
    valid_from: date
    valid_until: date | None
    title: str
    reference: str
    sample: bool
    digest: str
    content: Mapping[str, Any]

    @property
    def identity(self) -> tuple[str, str, str, date]:
        """What makes it one and the same version."""
        return (self.kind.value, self.key, self.area_code, self.valid_from)


@dataclass(frozen=True, slots=True)
class StandardView:
    """A low-income standard in force: fen a person and month; `area` is a prefix."""

    area: str
    group: StandardGroup
    monthly: Fen
    sample: bool
    title: str
    reference: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class AidItemView:
    """An aid item in force, with its name and legal ground."""

    code: str
    name: str
    ground: str
    sample: bool
    area_code: str
    digest: str
    item: AidItem


@dataclass(frozen=True, slots=True)
class IndexModelView:
    """The index model in force: `text` is the YAML that the model's own reader takes."""

    version: str
    title: str
    sample: bool
    digest: str
    content: Mapping[str, Any]
    text: str
