"""The closed lists of areas and bodies."""

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


class OrganisationKind(Choices):
    """组织机构."""

    LEADING_GROUP = "leading_group", "领导小组"
    OFFICE = "leading_office", "领导小组办公室"
    UNIT = "unit", "成员单位"
    DEPARTMENT = "department", "救助职能部门"
