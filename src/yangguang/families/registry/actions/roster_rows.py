"""A report's rows made ready for the tables: keys reserved, numbers, phones and cards sealed."""

import polars as pl

from yangguang.families.registry.actions.bulk import reserve_ids
from yangguang.families.registry.rules.pinyin import spell
from yangguang.families.registry.rules.roster.report import Report
from yangguang.families.registry.types import Category, NumberKind, Occupation, Relation
from yangguang.foundation.walls.sealing import seal

_EMPLOYED = [Occupation.EMPLOYED.value, Occupation.FLEXIBLE.value]
_ORPHANS = [Category.ORPHAN.value, Category.UNSUPPORTED_CHILD.value]
# At which place `said` tells whether the file fills the cell behind a fact.
_SAID = {"marital": 0, "occupation": 1, "illness": 2, "disease": 2, "disability_kind": 3,
         "disability_grade": 3, "student": 4}  # fmt: skip


def rows_to_write(report: Report) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the families and the persons that taking the report writes, with keys and seals."""
    taken = pl.col("state").is_in(["new", "changed"])
    families = _families(report.families.filter(taken))
    keys = families.select("household", pl.col("household_id").alias("family_id"), "area_code",
                           "category_code")  # fmt: skip
    persons = _persons(
        report.persons.filter(taken).join(keys, on="household", maintain_order="left"), report
    )
    heads = persons.filter(pl.col("relation") == Relation.HEAD.value)
    head_ids = heads.select("household_id", pl.col("person_id").alias("head_id"))
    return families.join(head_ids, on="household_id", how="left"), persons


def _families(families: pl.DataFrame) -> pl.DataFrame:
    is_new = pl.col("state") == "new"
    with_card = (is_new & pl.col("card").is_not_null()) | pl.col("card_new")
    families = families.with_columns(
        _keys("registry_household", families, is_new, "household_id"),
        with_card.fill_null(False).alias("with_card"),
        # A village that differs is told and not taken: a family moves by its own verb.
        pl.coalesce("known_area_code", "area_code").alias("area_code"),
    )
    return families.with_columns(
        _sealed(families, "phone", "household_id", "household.phone"),
        _sealed(families, "card", "household_id", "bankaccount.card"),
    )


def _persons(persons: pl.DataFrame, report: Report) -> pl.DataFrame:
    adult_on = report.on.replace(year=report.on.year - 18, day=min(report.on.day, 28))
    is_new = pl.col("person_id").is_null()
    known_facts = pl.col("known_source").is_not_null()
    persons = persons.with_columns(
        is_new.alias("is_new"),
        (~known_facts).alias("facts_new"),
        _keys("registry_person", persons, is_new, "person_id"),
        pl.col("family_id").alias("household_id"),
        pl.when("temporary").then(pl.lit(NumberKind.TEMPORARY.value))
        .otherwise(pl.lit(NumberKind.RESIDENT.value)).alias("number_kind"),
        *[pl.when(known_facts & ~pl.col("said").list.get(place)).then(f"known_{fact}")
          .otherwise(fact).alias(fact) for fact, place in _SAID.items()],
    ).with_columns(
        pl.col("occupation").is_in(_EMPLOYED).alias("employed"),
        (pl.col("category_code").is_in(_ORPHANS) & (pl.col("born_date") > adult_on))
        .fill_null(False).alias("unsupported_child"),
    )  # fmt: skip
    return persons.with_columns(
        _sealed(persons, "number", "person_id", "person.number"),
        _sealed(persons, "disease", "person_id", "personfacts.illness").alias("illness_sealed"),
        *_spelled(persons["name"]),
    )


def _keys(table: str, frame: pl.DataFrame, wanted: pl.Expr, column: str) -> pl.Series:
    """Fill a key column where `wanted` with keys reserved from the table's sequence."""
    empty = pl.Series(column, [None], dtype=pl.Int64).new_from_index(0, frame.height)
    known = frame[column] if column in frame.columns else empty
    places = frame.select(wanted.fill_null(False).arg_true()).to_series()
    return known.clone().scatter(places, reserve_ids(table, len(places))).alias(column)


def _sealed(frame: pl.DataFrame, column: str, key: str, place: str) -> pl.Series:
    """Seal a text column, each cell for its own row; an empty one stays empty."""
    pairs = zip(frame[column], frame[key], strict=True)
    cells = [seal(text, place=f"{place}.{of}") if text else b"" for text, of in pairs]
    return pl.Series(f"{column}_sealed", cells, dtype=pl.Binary)


def _spelled(names: pl.Series) -> list[pl.Series]:
    """Give pinyin and initials row for row; each different name is spelled once."""
    spelled = {name: spell(name) for name in names.unique()}
    return [
        pl.Series(column, [spelled[name][place] for name in names], dtype=pl.String)
        for place, column in enumerate(("pinyin", "initials"))
    ]
