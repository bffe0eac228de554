"""The household in a roster: one head, one value for each of its columns."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import polars as pl

from yangguang.families.registry.rules.roster.columns import BY_KEY
from yangguang.families.registry.rules.roster.problems import Rule, gather, told
from yangguang.families.registry.rules.texts import PHONE
from yangguang.families.registry.types import Category, Relation

if TYPE_CHECKING:
    from yangguang.families.registry.rules.roster.checking import Places

# The values of a household, each with the column that tells it.
_VALUES: Final = {
    "head": "head",
    "area_code": "village",
    "address": "address",
    "register_type_read": "register_type",
    "phone": "phone",
    "income_fen": "income",
    "medical_fen": "medical",
    "education_fen": "education",
    "tenure": "dwelling",
    "safety": "dwelling",
    "category_read": "category",
    "monthly_fen": "monthly",
    "bank": "bank",
    "card": "card",
    "causes_read": "causes",
    "decided_date": "decided",
    "document": "document",
    "review_date": "review",
}
_USEFUL: Final = ("address", "phone", "income", "decided")
_ROUNDED: Final = r"^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$"
# What a spreadsheet leaves of a long number: fifteen digits, filled up with zeros.
_FILLED_UP: Final = r"^[0-9]{15}0{3,4}$"


def one_value(frame: pl.DataFrame, places: "Places") -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each household its first value of every column, and the rows that say another.

    A cell that could not be read says nothing here; its own problem is told already.
    """
    is_head = pl.col("relation_read") == Relation.HEAD.value
    texts = [key for key in dict.fromkeys(_VALUES.values()) if key not in _VALUES]
    families = frame.group_by("group", maintain_order=True).agg(
        pl.col("row").first(),
        is_head.sum().alias("heads"),
        pl.col("relation_read").null_count().alias("relations_unread"),
        pl.col("row").filter(is_head).first().alias("head_row"),
        pl.col("name").filter(is_head).first().alias("head_name"),
        pl.col("row").filter(is_head).last().alias("last_head_row"),
        *[pl.col(value).first(ignore_nulls=True) for value in _VALUES],
        *[pl.col(text).first(ignore_nulls=True) for text in texts],
    )
    conflicts = _conflicts(frame, families)
    named = families.rename(
        {"group": "household", "register_type_read": "register_type_code",
         "category_read": "category_code", "causes_read": "causes_codes"}
    )  # fmt: skip
    return named.with_columns(
        pl.col("area_code").fill_null(pl.lit(places.default, pl.String)),
        relation=pl.lit(""),
    ), conflicts


def _conflicts(frame: pl.DataFrame, families: pl.DataFrame) -> pl.DataFrame:
    first = families.select("group", *[pl.col(value).alias(f"{value}_first") for value in _VALUES])
    sizes = frame.group_by("group").len("size").filter(pl.col("size") > 1).select("group")
    told_by = dict.fromkeys(["row", "group", *_VALUES, *_VALUES.values()])
    both = (
        frame.select(*told_by)
        .join(sizes, on="group")
        .join(first, on="group", maintain_order="left")
    )
    found = []
    for value, key in _VALUES.items():
        differing = both.filter(pl.col(value) != pl.col(f"{value}_first"))
        if not differing.is_empty():
            label = BY_KEY[key].label
            message = f"同一户的“{label}”前后不同。请核对后改成一致，或只在第一行填写。"
            found.append(told(differing, key, "error", message))
    return gather(found).unique(["row", "key"], maintain_order=True)


def family_rules(on: date, headers: Mapping[str, str]) -> list[Rule]:
    """Give what must hold of each household of a roster; `headers` are the columns it has."""
    rules = [*_head_rules(), *_place_rules(), *_recognition_rules(on), *_card_rules()]
    # A column that the file lacks is told once, by `columns_missing`, not for every household.
    return [rule for rule in rules if rule.key in headers or rule.level == "error"]


def columns_missing(headers: Mapping[str, str], header_row: int) -> pl.DataFrame:
    """Tell at the header row which useful columns a file lacks."""
    rows = pl.DataFrame({"row": [header_row]}, schema={"row": pl.UInt32})
    return gather(
        told(rows, key, "warning", f"名册没有“{BY_KEY[key].label}”一列。请尽量补上后重新导入。")
        for key in _USEFUL
        if key not in headers
    )


def _head_rules() -> list[Rule]:
    return [
        Rule("relation", "error", (pl.col("heads") == 0) & (pl.col("relations_unread") == 0),
             "这一户没有户主。请把户主一行的“与户主关系”填为“户主”。"),
        Rule("relation", "error", pl.col("heads") > 1,
             pl.format("这一户有{}个户主（第{}行、第{}行）。请核对是否漏填了另一户的户编号。",
                       "heads", "head_row", "last_head_row")),
        Rule("head", "error",
             (pl.col("heads") == 1) & pl.col("head").is_not_null()
             & (pl.col("head") != pl.col("head_name")),
             pl.format("“户主”列与关系为户主的成员（第{}行）姓名不同。请核对改成一致。",
                       "head_row")),
    ]  # fmt: skip


def _place_rules() -> list[Rule]:
    phone = pl.col("phone")
    return [
        Rule("village", "error", pl.col("area_code").is_null() & pl.col("village").is_null(),
             "没有填写村（居）。请补填名称或12位区划代码。"),
        Rule("register_type", "error",
             pl.col("register_type_code").is_null() & pl.col("register_type").is_null(),
             "没有填写户口性质，无法确定适用的标准。请填城镇或农村。"),
        Rule("address", "warning", pl.col("address").is_null(), "没有填写住址。请补填，便于入户。"),
        Rule("address", "error", pl.col("address").str.len_chars() > 200,
             "住址超过200个字。请核对是否串列。"),
        Rule("phone", "warning", phone.is_null(), "没有填写电话。请补填，便于联系和回访。"),
        Rule("phone", "warning",
             ~phone.str.contains(PHONE),
             "不像手机号，也不像带区号的固定电话。请核对位数。"),
    ]  # fmt: skip


def _recognition_rules(on: date) -> list[Rule]:
    category, monthly = pl.col("category_code"), pl.col("monthly_fen")
    in_money = [c.value for c in (Category.DIBAO, Category.TEKUN)]
    no_category = category.is_null() & pl.col("category").is_null()
    return [
        Rule("category", "error", no_category & (monthly > 0),
             "有月保障金额而没有保障类别。请补填保障类别。"),
        Rule("monthly", "warning", category.is_in(in_money) & (monthly.fill_null(0) == 0)
             & (pl.col("monthly").is_null() | (monthly == 0)),
             "没有填写月保障金额，暂按0登记。请补填。"),
        Rule("monthly", "warning", monthly > 2_000_000,
             "月保障金额超过2万元。请核对是否填成了全年金额。"),
        Rule("decided", "warning", category.is_not_null() & pl.col("decided").is_null(),
             "没有填写审批日期。请按原批件补填。"),
        Rule("document", "error", pl.col("document").str.len_chars() > 80,
             "文号超过80个字。请核对是否串列。"),
        Rule("review", "error", pl.col("review_date") <= pl.col("decided_date"),
             "下次复核日期不晚于审批日期。请核对两个日期。"),
        Rule("review", "warning",
             (pl.col("review_date") < on)
             & (pl.col("review_date") > pl.col("decided_date")).fill_null(True),
             "下次复核日期已过。请尽快安排复核。"),
        Rule("income", "warning", pl.col("income").is_null(),
             "没有填写家庭年收入，暂按0计。请入户时核实。"),
    ]  # fmt: skip


def _card_rules() -> list[Rule]:
    card = pl.col("card")
    readable = card.str.contains(r"^[0-9]{8,30}$|^[0-9]{2,6}-[0-9-]{6,24}$")
    is_filled_up = card.str.contains(_FILLED_UP) & ~_luhn(card)
    rounded = card.str.contains(_ROUNDED) | is_filled_up
    return [
        Rule("card", "error", rounded,
             "卡号已被表格软件改成近似数，原卡号已丢失。请把该列设为“文本”格式后重新填写。"),
        Rule("card", "error", ~readable & ~rounded,
             "卡号只能是8至30位数字。请对照存折或卡片改正。"),
        Rule("card", "warning", readable & ~rounded & ~_luhn(card),
             "卡号校验位不符，可能抄错；存折账号可不管。请对照卡片逐位核对。"),
        Rule("bank", "error", card.is_not_null() & pl.col("bank").is_null(),
             "有卡号而没有开户行。请补填开户行。"),
        Rule("card", "warning", card.is_null() & pl.col("bank").is_not_null(),
             "有开户行而没有卡号。请补填卡号。"),
        Rule("bank", "error", pl.col("bank").str.len_chars() > 80,
             "开户行超过80个字。请核对是否串列。"),
        Rule("bank", "error", pl.col("bank").str.contains(r"[|\p{Cc}]"),
             "开户行里有“|”或看不见的符号。请删去后重新填写。"),
    ]  # fmt: skip


def _luhn(card: pl.Expr) -> pl.Expr:
    """Tell whether a card passes the Luhn check; beyond nineteen digits it is no card."""
    digits = pl.when(card.str.len_chars() <= 19).then(card).cast(pl.UInt64, strict=False)
    total = pl.lit(0)
    for place in range(19):
        digit = digits // 10**place % 10
        total = total + (digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4).cast(pl.UInt64))
    return (total % 10 == 0).fill_null(False)
