"""Holds a roster against the register: who is known, where, and what the roster would change."""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from yangguang.families.registry.rules.roster.checking import Checked
from yangguang.families.registry.rules.roster.problems import Rule, find, gather
from yangguang.families.registry.rules.roster.report import Report
from yangguang.families.registry.types import Relation, Source

_FIRM: Final = {
    Source.VISITED.value: Source.VISITED.label,
    Source.CHECKED.value: Source.CHECKED.label,
}
STANDING_PERSONS: Final = {
    "number_blind": pl.Binary,
    "person_id": pl.Int64,
    "known_name": pl.String,
    "died_date": pl.Date,
    "known_household_id": pl.Int64,
    "known_household": pl.String,
    "known_head": pl.String,
    "known_place": pl.String,
    "known_source": pl.String,
    "known_as_of": pl.Date,
    "known_illness": pl.String,
    "known_disease": pl.String,
    "known_disability_kind": pl.String,
    "known_disability_grade": pl.Int64,
    "known_student": pl.String,
    "known_occupation": pl.String,
    "known_marital": pl.String,
}
STANDING_FAMILIES: Final = {
    "household": pl.String,
    "household_id": pl.Int64,
    "known_version": pl.Int64,
    "known_area_code": pl.String,
    "known_place": pl.String,
    "known_head_id": pl.Int64,
    "known_head": pl.String,
    "known_members": pl.Int64,
    "closed_date": pl.Date,
    "known_address": pl.String,
    "known_register_type_code": pl.String,
    "known_phone": pl.String,
    "income_source": pl.String,
    "known_income_fen": pl.Int64,
    "income_by_class": pl.Boolean,
    "medical_source": pl.String,
    "known_medical_fen": pl.Int64,
    "education_source": pl.String,
    "known_education_fen": pl.Int64,
    "dwelling_source": pl.String,
    "known_tenure": pl.String,
    "known_safety": pl.String,
    "causes_source": pl.String,
    "known_causes_codes": pl.String,
    "recognition_id": pl.Int64,
    "recognition_legacy": pl.Boolean,
    "known_monthly_fen": pl.Int64,
    "known_decided_date": pl.Date,
    "known_document": pl.String,
    "known_review_date": pl.Date,
    "has_card": pl.Boolean,
    "card_same": pl.Boolean,
}
# The form of the system's own household numbers (rules/numbers.py).
_OURS: Final = r"^[0-9]{6}-[0-9]{6,}$"
# What a person's facts are compared by, and at which place `said` tells whether the file has them.
_FACTS: Final = {
    "marital": 0,
    "occupation": 1,
    "illness": 2,
    "disease": 2,
    "disability_kind": 3,
    "disability_grade": 3,
    "student": 4,
}
# A household's facts: the column that tells them, what is written, and where its source stands.
_FAMILY_FACTS: Final = {
    "income": (("income_fen",), "income_source"),
    "medical": (("medical_fen",), "medical_source"),
    "education": (("education_fen",), "education_source"),
    "dwelling": (("tenure", "safety"), "dwelling_source"),
    "causes": (("causes_codes",), "causes_source"),
}
_RECOGNITION: Final = ("monthly_fen", "decided_date", "document", "review_date")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register holds of a roster's persons and households, in the frames named above."""

    persons: pl.DataFrame = field(repr=False)
    families: pl.DataFrame = field(repr=False)


def compare(checked: Checked, standing: Standing, *, area_code: str) -> Report:
    """Hold a checked roster against the register and say what taking it would do.

    `checked.persons` carries `number_blind`, by which persons are known. A person who stands in
    another household, a name that differs, another head, a household that has left: all stop.
    """
    persons = checked.persons.join(
        standing.persons, on="number_blind", how="left", maintain_order="left"
    )
    families = _families(checked, standing, persons)
    persons = persons.join(families.select("household", "household_id"), on="household", how="left",
                           maintain_order="left")  # fmt: skip
    persons = persons.with_columns(_facts_differ(persons).alias("facts_differ")).with_columns(
        (pl.col("facts_differ") & ~pl.col("known_source").is_in(list(_FIRM))).alias("facts_change"),
        is_new_member=pl.col("known_household_id").is_null(),
    )
    problems = gather([checked.problems, find(persons, _person_rules()),
                       find(families, _family_rules())])  # fmt: skip
    return _report(checked, persons, families, problems, area_code)


def _families(checked: Checked, standing: Standing, persons: pl.DataFrame) -> pl.DataFrame:
    heads = persons.filter(pl.col("relation") == Relation.HEAD.value).group_by("household").agg(
        pl.col("person_id").first().alias("head_person_id")
    )  # fmt: skip
    listed = (
        persons.filter(pl.col("known_household") == pl.col("household"))
        .group_by("household")
        .agg(pl.len().cast(pl.Int64).alias("listed"))
    )
    families = (
        checked.families.join(standing.families, on="household", how="left", maintain_order="left")
        .join(heads, on="household", how="left", maintain_order="left")
        .join(listed, on="household", how="left", maintain_order="left")
    )
    known = pl.col("household_id").is_not_null()
    changes = {key: known & _says_other(values) for key, (values, _) in _FAMILY_FACTS.items()}
    firm = {key: pl.col(source).is_in(list(_FIRM)) for key, (_, source) in _FAMILY_FACTS.items()}
    firm["income"] = firm["income"] | pl.col("income_by_class")
    return families.with_columns(
        *[(changes[key] & ~firm[key].fill_null(False)).alias(f"{key}_change") for key in changes],
        *[(changes[key] & firm[key].fill_null(False)).alias(f"{key}_kept") for key in changes],
        (known & _says_other(("address", "register_type_code", "phone"))).alias("self_change"),
        (known & pl.col("category_code").is_not_null() & pl.col("recognition_id").is_null()).alias(
            "recognition_new"
        ),
        (pl.col("recognition_id").is_not_null() & _says_other(_RECOGNITION)).alias(
            "recognition_differs"
        ),
        (known & pl.col("card").is_not_null() & ~pl.col("has_card")).alias("card_new"),
    ).with_columns(
        recognition_change=pl.col("recognition_differs") & pl.col("recognition_legacy"),
    )


def _says_other(values: tuple[str, ...]) -> pl.Expr:
    """Tell whether the file fills one of the values and the register holds another."""
    return pl.any_horizontal(
        pl.col(value).is_not_null() & pl.col(value).ne_missing(pl.col(f"known_{value}"))
        for value in values
    )


def _facts_differ(persons: pl.DataFrame) -> pl.Series:
    known = pl.col("known_source").is_not_null()
    differ = pl.any_horizontal(
        pl.col("said").list.get(place) & pl.col(fact).ne_missing(pl.col(f"known_{fact}"))
        for fact, place in _FACTS.items()
    )
    return persons.select((known & differ).fill_null(False)).to_series()


def _firm_source(source: str) -> pl.Expr:
    return pl.col(source).replace_strict(_FIRM, default="分类收入")


def _person_rules() -> list[Rule]:
    elsewhere = pl.col("known_household").is_not_null() & (
        pl.col("known_household") != pl.col("household")
    )
    return [
        Rule("number", "error", elsewhere,
             pl.format("此人已在另一户：户编号{}，户主{}，{}；名册中为户编号{}。"
                       "请核对属于哪一户；确需转入的，先在原户办理成员退出。",
                       "known_household", pl.col("known_head").fill_null("（未载）"),
                       pl.col("known_place").fill_null("（未载）"), "household")),
        Rule("name", "error", pl.col("known_name") != pl.col("name"),
             "与登记的同一身份证号姓名不同。请对照证件核对姓名和身份证号。"),
        Rule("number", "error", pl.col("died_date").is_not_null(),
             pl.format("此人登记为{}死亡。请核对身份证号；登记有误的先在系统更正。", "died_date")),
        Rule("name", "warning", pl.col("facts_differ") & ~pl.col("facts_change"),
             pl.format("健康、残疾、在读、就业或婚姻与登记不同；登记来自{}（{}），已保留。请核对。",
                       _firm_source("known_source"), "known_as_of")),
    ]  # fmt: skip


def _family_rules() -> list[Rule]:
    known = pl.col("household_id").is_not_null()
    missing = pl.col("known_members") - pl.col("listed").fill_null(0)
    other_head = known & (pl.col("head_person_id").ne_missing(pl.col("known_head_id")))
    return [
        Rule("household", "error", pl.col("closed_date").is_not_null(),
             pl.format("该户已于{}退出登记。请核对户编号；重新纳入的，用新户编号。",
                       "closed_date")),
        Rule("household", "error", ~known & pl.col("household").str.contains(_OURS),
             "是系统编号的样式，但系统没有发出过。请改用本地编号。"),
        Rule("head", "error", other_head & (pl.col("heads") == 1),
             pl.format("该户登记的户主是{}，与名册不同。请核对户编号；确已变更的，先办理户主变更。",
                       pl.col("known_head").fill_null("（未载）"))),
        Rule("village", "warning",
             known & (pl.col("area_code") != pl.col("known_area_code")),
             pl.format("登记的村（居）是{}，与名册不同，未更改。确已迁移的，请办理家庭迁移。",
                       pl.col("known_place").fill_null("（未载）"))),
        Rule("household", "warning", known & (missing > 0),
             pl.format("登记的成员有{}人不在名册中，未更改。已退出的请办理成员变动。", missing)),
        Rule("card", "warning", pl.col("has_card") & ~pl.col("card_same"),
             "卡号与登记不同，未更改。确需换卡的，请在系统办理，由另一人复核。"),
        Rule("monthly", "warning",
             pl.col("recognition_differs") & ~pl.col("recognition_legacy"),
             "保障金额或日期与系统内的审批决定不同，已保留决定。请核对。"),
        *[Rule(key, "warning", pl.col(f"{key}_kept"),
               pl.format("与登记不同；登记来自{}，已保留。请核对。", _firm_source(source)))
          for key, (_, source) in _FAMILY_FACTS.items()],
    ]  # fmt: skip


def _report(
    checked: Checked,
    persons: pl.DataFrame,
    families: pl.DataFrame,
    problems: pl.DataFrame,
    area_code: str,
) -> Report:
    """Sort the households into faulty, new, changed and the same."""
    faulty_rows = problems.filter(pl.col("level") == "error").select("row").unique()
    faulty = persons.join(faulty_rows, on="row", how="semi")["household"].unique()
    known = pl.col("household_id").is_not_null()
    changed_by_person = persons.filter(
        pl.col("household_id").is_not_null() & (pl.col("facts_change") | pl.col("is_new_member"))
    )["household"].unique()
    changed = pl.any_horizontal(
        pl.col("self_change", "recognition_new", "recognition_change", "card_new",
               *[f"{key}_change" for key in _FAMILY_FACTS])
    ).fill_null(False) | pl.col("household").is_in(changed_by_person.implode())  # fmt: skip
    state = (
        pl.when(pl.col("household").is_in(faulty.implode()))
        .then(pl.lit("faulty"))
        .when(~known)
        .then(pl.lit("new"))
        .when(changed)
        .then(pl.lit("changed"))
        .otherwise(pl.lit("same"))
    )
    families = families.with_columns(state.alias("state"))
    persons = persons.join(families.select("household", "state"), on="household", how="left",
                           maintain_order="left")  # fmt: skip
    return Report(checked.sheet, checked.on, area_code, persons, families, problems)
