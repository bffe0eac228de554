"""Holds a roster against itself: numbers, sexes, heads, one value a household, and doubts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from yangguang.families.registry.rules.roster.columns import BY_KEY
from yangguang.families.registry.rules.roster.family import (
    columns_missing,
    family_rules,
    one_value,
)
from yangguang.families.registry.rules.roster.problems import Rule, find, gather
from yangguang.families.registry.rules.roster.reading import Sheet
from yangguang.families.registry.rules.roster.values import (
    Reader,
    read_values,
    village_reader,
)
from yangguang.families.registry.rules.texts import is_name
from yangguang.families.registry.types import Marital, Occupation, Relation, Sex

_PEOPLES: Final = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
]  # GB/T 3304
_ETHNIC: Final = [f"{people}族" for people in _PEOPLES]
_WHY_NUMBER: Final = "没有填写身份证号。请对照证件补填；确无证件的，请先在系统登记取得临时编号。"


@dataclass(frozen=True, slots=True)
class Places:
    """The villages of an area: what a text may mean, and the one that goes without saying."""

    find: Callable[[str], tuple[str, ...]]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A roster held against itself: its persons, its families, and what was found.

    `persons` (a row a person): row, household, name, number, sex, born_date, ethnic, relation,
    marital, occupation, illness, disease, disability_kind, disability_grade, student.
    `families` (a row a household): household, row, area_code, register_type, address, phone,
    income_fen, medical_fen, education_fen, tenure, safety, category, monthly_fen, bank, card,
    causes, decided_date, document, review_date.
    `problems`: row, key, value (not masked), message, level.
    """

    sheet: Sheet
    on: date
    persons: pl.DataFrame = field(repr=False)
    families: pl.DataFrame = field(repr=False)
    problems: pl.DataFrame = field(repr=False)


def check_sheet(sheet: Sheet, *, places: Places, on: date) -> Checked:
    """Read every cell of a roster and hold the rows against one another; `on` is today."""
    frame = _with_all_columns(sheet.frame)
    reader: Reader = village_reader(places.find)
    frame, faults = read_values(frame, on, reader)
    frame = _grouped(_settled(frame, on))
    families, conflicts = one_value(frame, places)
    problems = gather(
        [
            find(frame, [*faults, *_row_rules(on), _name_rule(frame), *_doubts(on)]),
            columns_missing(sheet.headers, sheet.header_row),
            conflicts,
            find(families, family_rules(on, sheet.headers)),
        ]
    )
    return Checked(sheet, on, _persons(frame), families, problems)


def _with_all_columns(frame: pl.DataFrame) -> pl.DataFrame:
    missing = [key for key in BY_KEY if key not in frame.columns]
    blank = r"[\s\u3000]"
    return frame.with_columns(pl.lit(None, pl.String).alias(key) for key in missing).with_columns(
        pl.col("household", "card", "phone").str.normalize("NFKC").str.replace_all(blank, ""),
        pl.col("name", "head").str.normalize("NFC").str.replace_all(blank, ""),
    )


def _settled(frame: pl.DataFrame, on: date) -> pl.DataFrame:
    """Give each row the values that follow from others where the cell is empty."""
    is_head = pl.col("relation").is_null() & (pl.col("name") == pl.col("head"))
    relation = pl.when(is_head).then(pl.lit(Relation.HEAD.value)).otherwise("relation_read")
    age = on.year - pl.col("born_read").dt.year()
    marital = pl.when(relation == Relation.SPOUSE.value).then(pl.lit(Marital.MARRIED.value))
    work = (
        pl.when(age < 16)
        .then(pl.lit(Occupation.MINOR.value))
        .when(age >= 60)
        .then(pl.lit(Occupation.ELDERLY.value))
        .otherwise(pl.lit(Occupation.UNREGISTERED_UNEMPLOYED.value))
    )
    ethnic = pl.col("ethnic").str.strip_suffix("族") + "族"
    return frame.with_columns(
        relation.alias("relation_read"),
        pl.coalesce("sex_read", "sex_of_number").alias("sex_settled"),
        pl.coalesce("marital_read", marital.otherwise(pl.lit(Marital.SINGLE.value))).alias(
            "marital_settled"
        ),
        pl.coalesce("occupation_read", work).alias("occupation_settled"),
        pl.coalesce(ethnic, pl.lit("汉族")).alias("ethnic_settled"),
        pl.coalesce("grade_beside", "grade_within").alias("disability_grade_read"),
        pl.coalesce("medical_fen", "medical_within").alias("medical_fen"),
        pl.coalesce("education_fen", "education_within").alias("education_fen"),
        age.alias("age"),
    )


def _grouped(frame: pl.DataFrame) -> pl.DataFrame:
    """Give every row its household: its own number, or the one above in a merged cell."""
    starts = pl.col("household").is_null() & (pl.col("relation_read") == Relation.HEAD.value)
    alone = pl.format("?{}", "row")
    group = pl.when(starts.fill_null(False)).then(alone).otherwise("household")
    return frame.with_columns(
        group.forward_fill().fill_null(alone).alias("group"),
    ).with_columns(
        pl.col("row").min().over("number_read").alias("first_row"),
        pl.when(pl.col("relation_read") == Relation.HEAD.value)
        .then("born_read").max().over("group").alias("head_born"),
    )  # fmt: skip


def _row_rules(on: date) -> list[Rule]:
    born, number = pl.col("born_read"), pl.col("number_read")
    kind, grade = pl.col("disability_kind"), pl.col("disability_grade_read")
    return [
        Rule("household", "error", pl.col("group").str.starts_with("?"),
             "没有填写户编号。请补填；同一户各行填同一编号。"),
        Rule("household", "error", pl.col("household").str.len_chars() > 40,
             "户编号超过40个字。请核对是否串列。"),
        Rule("name", "error", pl.col("name").is_null(), "没有填写姓名。请补填。"),
        Rule("name", "error", pl.col("name").str.contains(r"[0-9０-９]"),
             "姓名里有数字。请核对是否串列。"),
        Rule("name", "error", pl.col("name").str.len_chars() > 60, "姓名过长。请核对是否串列。"),
        Rule("number", "error", pl.col("number").is_null(), _WHY_NUMBER),
        Rule("number", "error", born > on, "身份证号中的出生日期在今天之后。请对照证件改正。"),
        Rule("number", "error", number.is_not_null() & (pl.col("first_row") != pl.col("row")),
             pl.format("与第{}行是同一个身份证号。一人只能登记一次，请核对后删去或改正。",
                       "first_row")),
        Rule("sex", "error",
             pl.col("sex_read").is_not_null() & (pl.col("sex_read") != pl.col("sex_of_number")),
             "性别与身份证号第17位不符。请对照证件，改正性别或身份证号。"),
        Rule("relation", "error", pl.col("relation").is_null() & pl.col("relation_read").is_null(),
             "没有填写与户主关系。请补填。"),
        Rule("disability", "error", kind.is_not_null() & grade.is_null(),
             "有残疾类别而没有等级。请对照残疾人证补填一级至四级。"),
        Rule("disability_grade", "error", kind.is_null() & grade.is_not_null(),
             "有残疾等级而没有类别。请对照残疾人证补填类别。"),
        Rule("disability_grade", "error", pl.col("grade_beside") != pl.col("grade_within"),
             "残疾等级与残疾类别列里写的等级不同。请对照残疾人证改正。"),
    ]  # fmt: skip


def _name_rule(frame: pl.DataFrame) -> Rule:
    """Give the rule of a person's name; each different name is read once."""
    has_digit = pl.col("name").str.contains(r"[0-9０-９]")
    odd = [name for name in frame["name"].unique().drop_nulls() if not is_name(name)]
    return Rule("name", "error", ~has_digit & pl.col("name").is_in(odd),
                "姓名里有图形、“|”或其他不是文字的符号。请对照证件改正。")  # fmt: skip


def _doubts(on: date) -> list[Rule]:
    age, relation = pl.col("age"), pl.col("relation_read")
    county = pl.col("number_read").str.replace("^L", "").str.slice(0, 6)
    years_after_head = pl.col("born_read").dt.year() - pl.col("head_born").dt.year()
    married = pl.col("marital_read").is_in([m.value for m in Marital if m != Marital.SINGLE])
    youngest = pl.when(pl.col("sex_of_number") == Sex.MALE.value).then(22).otherwise(20)
    return [
        Rule("number", "warning", pl.col("number_doubt").is_not_null(),
             pl.format("{}。", "number_doubt")),
        Rule("number", "warning", county.str.ends_with("00") & pl.col("number_doubt").is_null(),
             "前六位不是县级区划代码。请对照证件核对。"),
        Rule("born", "warning", pl.col("born_written") != pl.col("born_read"),
             "出生日期与身份证号不符，已按身份证号登记。请对照证件核对。"),
        Rule("number", "warning", age > 110, "按身份证号已超过110岁。请核对是否健在。"),
        Rule("ethnic", "warning", ~pl.col("ethnic_settled").is_in(_ETHNIC),
             "不是56个民族之一。请核对写法。"),
        Rule("marital", "warning", married & (age < youngest),
             "未到法定婚龄而填为已婚等。请核对。"),
        Rule("marital", "warning", pl.col("marital").is_null() & (age >= 22) &
             (relation != Relation.SPOUSE.value),
             "没有填写婚姻状况，暂按未婚登记。请入户时核实。"),
        Rule("occupation", "warning",
             pl.col("occupation").is_null() & age.is_between(16, 59),
             "没有填写就业状况，暂按未登记失业登记。请入户时核实。"),
        Rule("student", "warning", pl.col("student_read").is_not_null() & ~age.is_between(2, 35),
             "年龄与在读学段不相称。请核对。"),
        Rule("relation", "warning",
             (relation == Relation.CHILD.value) & (years_after_head < 13),
             "子女与户主年龄相差不足13岁。请核对关系和身份证号。"),
        Rule("relation", "warning",
             (relation == Relation.PARENT.value) & (years_after_head > -13),
             "父母与户主年龄相差不足13岁。请核对关系和身份证号。"),
        Rule("relation", "warning", (relation == Relation.HEAD.value) & age.is_between(0, 15),
             "户主未满16周岁。请核对，并注明监护人。"),
    ]  # fmt: skip


def _persons(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        "row",
        pl.col("group").alias("household"),
        "name",
        pl.col("number_read").alias("number"),
        pl.col("sex_settled").alias("sex"),
        pl.col("born_read").alias("born_date"),
        pl.col("ethnic_settled").alias("ethnic"),
        pl.col("relation_read").alias("relation"),
        pl.col("marital_settled").alias("marital"),
        pl.col("occupation_settled").alias("occupation"),
        "illness",
        pl.col("disease").fill_null(""),
        "disability_kind",
        pl.col("disability_grade_read").alias("disability_grade"),
        pl.col("student_read").alias("student"),
        "temporary",
        # An empty cell says nothing; what is then assumed for a new person changes nobody known.
        said=pl.concat_list(
            [pl.col(key).is_not_null() for key in ("marital", "occupation", "health",
                                                   "disability", "student")]
        ),
    )  # fmt: skip
