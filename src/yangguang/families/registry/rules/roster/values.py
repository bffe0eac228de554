"""Turns the texts of a roster into values, each different text being read once."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

import polars as pl

from yangguang.families.registry.rules.roster import cells
from yangguang.families.registry.rules.roster.cells import UnreadableCell, Values, read_word, tidy
from yangguang.families.registry.rules.roster.problems import Rule
from yangguang.families.registry.types import (
    Category,
    Marital,
    Occupation,
    RegisterType,
    Relation,
    Sex,
)
from yangguang.foundation.kernel.identity import parse_number
from yangguang.foundation.kernel.refusals import Refusal

type Reader = Callable[[str], Values]
type Dtypes = Mapping[str, pl.DataType | type[pl.DataType]]

_PLAIN_AMOUNT: Final = r"^[0-9]{1,8}(\.[0-9]{1,2})?$"
_WEIGHTS: Final = tuple(pow(2, 17 - place, 11) for place in range(17))
_KNOWN_PROVINCE: Final = r"^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9)"
_NUMBER_OUTS: Final[Dtypes] = {
    "number_read": pl.String,
    "born_read": pl.Date,
    "sex_of_number": pl.String,
    "temporary": pl.Boolean,
    "number_doubt": pl.String,
}


def _person_readers() -> dict[str, tuple[Dtypes, Reader]]:
    word, text = read_word, pl.String
    return {
        "relation": (
            {"relation_read": text},
            partial(word, words=cells.RELATION, choices=Relation),
        ),
        "sex": ({"sex_read": text}, partial(word, words=cells.SEX, choices=Sex)),
        "born": ({"born_written": pl.Date}, cells.read_day),
        "marital": (
            {"marital_read": text},
            partial(word, words=cells.MARITAL, choices=Marital),
        ),
        "health": ({"illness": text, "disease": text}, cells.read_health),
        "disability": (
            {"disability_kind": text, "grade_within": pl.Int64},
            cells.read_disability,
        ),
        "disability_grade": ({"grade_beside": pl.Int64}, cells.read_grade),
        "occupation": (
            {"occupation_read": text},
            partial(word, words=cells.OCCUPATION, choices=Occupation),
        ),
        "student": ({"student_read": text}, cells.read_student),
    }


def _household_readers(on: date) -> dict[str, tuple[Dtypes, Reader]]:
    word, text, fen = read_word, pl.String, pl.Int64
    return {
        "register_type": (
            {"register_type_read": text},
            partial(word, words=cells.REGISTER, choices=RegisterType),
        ),
        "income": ({"income_fen": fen}, cells.read_amount),
        "medical": ({"medical_fen": fen}, cells.read_amount),
        "education": ({"education_fen": fen}, cells.read_amount),
        "medical_education": (
            {"medical_within": fen, "education_within": fen},
            cells.read_two_amounts,
        ),
        "dwelling": ({"tenure": text, "safety": text}, cells.read_dwelling),
        "category": (
            {"category_read": text},
            partial(word, words=cells.CATEGORY, choices=Category),
        ),
        "monthly": ({"monthly_fen": fen}, cells.read_amount),
        "causes": ({"causes_read": text}, cells.read_causes),
        "decided": ({"decided_date": pl.Date}, partial(cells.read_past, on=on)),
        "review": ({"review_date": pl.Date}, cells.read_day),
    }


def _readers(on: date) -> dict[str, tuple[Dtypes, Reader]]:
    return _person_readers() | _household_readers(on)


def read_values(frame: pl.DataFrame, on: date, villages: Reader) -> tuple[pl.DataFrame, list[Rule]]:
    """Add to each row the values of its texts, and give a rule for each column that may fail.

    `frame` has `row` and the texts by key; a column that the file lacks becomes null. `villages`
    reads a village's name or code into its code.
    """
    readers = _readers(on) | {"village": ({"area_code": pl.String}, villages)}
    rules: list[Rule] = []
    for key, (outs, read) in readers.items():
        if key not in frame.columns:
            frame = frame.with_columns(pl.lit(None, kind).alias(out) for out, kind in outs.items())
            continue
        frame = _read_column(frame, key, outs, read)
        rules.append(_fault_rule(key))
    return _read_numbers(frame), [*rules, _fault_rule("number")]


def _fault_rule(key: str) -> Rule:
    fault = pl.col(f"{key}_fault")
    return Rule(key, "error", fault.is_not_null(), fault)


def _read_column(frame: pl.DataFrame, key: str, outs: Dtypes, read: Reader) -> pl.DataFrame:
    """Read a column: plain amounts as a whole, whatever else once for each different text."""
    fault = f"{key}_fault"
    plain_out = next(iter(outs)) if read is cells.read_amount else None
    texts = frame[key].unique().drop_nulls()
    plain = texts.str.contains(_PLAIN_AMOUNT) if plain_out else None
    odd = texts.filter(~plain) if plain is not None else texts
    frame = _looked_up(frame, key, _lookup(odd, key, outs, read, fault))
    if plain_out is None:
        return frame
    fen = (pl.col(key).cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64, strict=False)
    is_plain = pl.col(key).str.contains(_PLAIN_AMOUNT)
    return frame.with_columns(pl.when(is_plain).then(fen).otherwise(pl.col(plain_out))
                              .alias(plain_out))  # fmt: skip


def _looked_up(frame: pl.DataFrame, key: str, lookup: pl.DataFrame) -> pl.DataFrame:
    # Only the key is joined: a join copies every column it is given.
    found = frame.select(key).join(lookup, on=key, how="left", maintain_order="left")
    return frame.hstack(found.drop(key))


def _lookup(texts: pl.Series, key: str, outs: Dtypes, read: Reader, fault: str) -> pl.DataFrame:
    rows = []
    for text in texts:
        try:
            rows.append((text, *read(text), None))
        except Refusal as refusal:
            rows.append((text, *[None] * len(outs), str(refusal)))
    schema = {key: pl.String, **outs, fault: pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _read_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Read identity numbers: the clean ones column-wise, the others one by one by the kernel."""
    frame = frame.with_columns(_clean_numbers())
    odd = frame.filter(~pl.col("clean") & pl.col("number").is_not_null())["number"].unique()
    lookup = _lookup(odd, "number", _NUMBER_OUTS, _read_number, "number_fault")
    frame = _looked_up(frame, "number", lookup)
    text, clean = pl.col("number"), pl.col("clean")
    born = text.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    odd_digit = text.str.slice(16, 1).is_in(["1", "3", "5", "7", "9"])
    sex = pl.when(odd_digit).then(pl.lit(Sex.MALE.value)).otherwise(pl.lit(Sex.FEMALE.value))
    return frame.with_columns(
        pl.when(clean).then(text).otherwise("number_read").alias("number_read"),
        pl.when(clean).then(born).otherwise("born_read").alias("born_read"),
        pl.when(clean).then(sex).otherwise("sex_of_number").alias("sex_of_number"),
        pl.col("temporary").fill_null(False),
    ).drop("clean")


def _clean_numbers() -> pl.Expr:
    """Tell which texts are numbers that the kernel would take without a word."""
    text = pl.col("number")
    digits = text.str.slice(0, 17).cast(pl.Int64, strict=False)
    total = pl.sum_horizontal(
        (digits // 10 ** (16 - place) % 10) * weight for place, weight in enumerate(_WEIGHTS)
    )
    due = pl.lit("10X98765432").str.slice(total % 11, 1)
    born = text.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    return (
        text.str.contains(r"^[0-9]{17}[0-9X]$")
        & text.str.contains(_KNOWN_PROVINCE)
        & (text.str.slice(17, 1) == due)
        & (born.dt.year() >= 1850)
        & ~text.str.ends_with("000")
    ).fill_null(False).alias("clean")  # fmt: skip


def _read_number(text: str) -> Values:
    found = parse_number(text)
    doubt = "；".join(found.warnings) or None
    return (found.number, found.born, found.sex, found.temporary, doubt)


def village_reader(find: Callable[[str], tuple[str, ...]]) -> Reader:
    """Make what reads a village out of `find`: which codes may a name or code mean?"""

    def read(text: str) -> Values:
        written = tidy(text)
        codes = find(written)
        if len(codes) == 1:
            return codes
        if codes:
            raise UnreadableCell(
                f"辖区内有{len(codes)}个同名的村（居）。"
                "请在前面写上乡镇（街道）名，或改填12位区划代码。"
            )
        if written.isdigit():
            raise UnreadableCell("辖区内没有这个代码的村（居）。请核对12位区划代码。")
        raise UnreadableCell("辖区内没有这个村（居）。请核对名称，或改填12位区划代码。")

    return read
