"""The closed lists of areas and bodies, and what is told of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from yangguang.foundation.kernel.choices import Choices


class Level(IntEnum):
    """The five levels; the level fixes the prefix of the twelve-digit code."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5


PREFIX = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}
LEVEL_NAMES = {
    Level.PROVINCE: "省级",
    Level.CITY: "地级",
    Level.COUNTY: "县级",
    Level.TOWNSHIP: "乡级",
    Level.VILLAGE: "村级",
}


class ChangeKind(Choices):
    """区划变更."""

    SPLIT = "area_split", "拆分"
    MERGE = "area_merge", "合并"
    RENAME = "area_rename", "更名"
    REPARENT = "area_reparent", "变更隶属"
    RECODE = "area_recode", "变更代码"


class BodyKind(Choices):
    """服务机构."""

    CENTRE = "centre", "救助服务中心"
    STATION = "station", "救助服务站"
    POINT = "point", "救助服务点"


class Have(Choices):
    """六有: what a station or point must have, in the order of the rule."""

    OFFICE = "have_office", "办公场所"
    WINDOW = "have_window", "服务窗口"
    STAFF = "have_staff", "工作人员"
    COMPUTER = "have_computer", "专用计算机"
    PHONE = "have_phone", "监督服务电话"
    RULES = "have_rules", "规章制度"


class OrganisationKind(Choices):
    """组织机构."""

    LEADING_GROUP = "leading_group", "领导小组"
    OFFICE = "leading_office", "领导小组办公室"
    UNIT = "unit", "成员单位"
    DEPARTMENT = "department", "救助职能部门"


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area as queries tell it; `scope` is its prefix of 2, 4, 6, 9 or 12 digits."""

    code: str
    name: str
    level: Level
    parent: str | None
    valid_from: date
    valid_until: date | None = None

    @property
    def scope(self) -> str:
        """The code's prefix: what a scope and a range scan are made of."""
        return self.code[: PREFIX[self.level]]


@dataclass(frozen=True, slots=True)
class NewArea:
    """An area that a change makes, at the level of the one it comes from."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class VillageMatch:
    """What a name or code of a village may mean: one code, several, or none."""

    text: str
    codes: tuple[str, ...]

    @property
    def code(self) -> str | None:
        """The one code meant, or None when there is none or more than one."""
        return self.codes[0] if len(self.codes) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFacts:
    """A service body with what the six haves and the asset list need.

    `office_area` in square metres, `yearly_budget_fen` in fen a year, the others are counts.
    """

    kind: BodyKind
    area_code: str
    name: str
    opened_date: date
    address: str = ""
    office_area: Decimal = Decimal(0)
    windows: int = 0
    staff: int = 0
    computers: int = 0
    vehicles: int = 0
    phone: str = ""
    rules_posted: bool = False
    responsible: str = ""
    yearly_budget_fen: int = 0


@dataclass(frozen=True, slots=True)
class BodyView:
    """An open service body with its area's name and what it still lacks of the six haves."""

    id: int
    area_name: str
    facts: BodyFacts
    missing: tuple[Have, ...]


@dataclass(frozen=True, slots=True)
class BodyCount:
    """How many bodies of a kind are open, how many have all six, and their assets together."""

    kind: BodyKind
    open: int
    complete: int
    staff: int
    computers: int
    vehicles: int
    yearly_budget_fen: int


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """One organisation of an organisation file; `parent` is the code of another."""

    code: str
    name: str
    kind: OrganisationKind
    area: str
    parent: str | None = None
    responsible: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation with those that stand below it."""

    facts: OrganisationFacts
    members: tuple["OrganisationView", ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedAreas:
    """How many areas an import added, and how many were there already as the file says."""

    added: int
    unchanged: int
