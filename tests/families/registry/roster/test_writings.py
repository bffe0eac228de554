"""The same thing written in many ways means the same."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.families.registry.roster.conftest import Check
from tests.families.registry.roster.sheets import HEADERS, VILLAGE, number, person
from yangguang.families.registry.rules.roster.values import read_values
from yangguang.foundation.kernel.identity import IdentityNumberError, check_digit, parse_number

pytestmark = pytest.mark.requirement(30)
WITH_X = next(
    number(f"196003{day:02d}", 11)
    for day in range(1, 28)
    if number(f"196003{day:02d}", 11).endswith("X")
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "written", "key", "meant"),
    [
        ("村(居)", "韩官庄村民委员会", "area_code", VILLAGE),
        ("村(居)", "３７０１１２０２０２１５", "area_code", VILLAGE),
        ("家庭年收入", "1,234.5元", "income_fen", 123_450),
        ("家庭年收入", "0.3万", "income_fen", 300_000),
        ("家庭年收入", "１２００", "income_fen", 120_000),
        ("家庭年收入", 1234.5, "income_fen", 123_450),
        ("家庭年收入", "无", "income_fen", 0),
        ("审批日期", "2024年6月1日", "decided_date", date(2024, 6, 1)),
        ("审批日期", "2024.6.1", "decided_date", date(2024, 6, 1)),
        ("审批日期", 45444, "decided_date", date(2024, 6, 1)),
        ("审批日期", "2024/06/01", "decided_date", date(2024, 6, 1)),
        ("住房", "租房", "tenure", "rented"),
        ("住房", "自有 C级", "safety", "C"),
        ("保障类别", "农村低保", "category_code", "dibao"),
        ("保障类别", "五保", "category_code", "tekun"),
        ("户口性质", "非农业", "register_type_code", "urban"),
        ("致困原因", "因病、因残", "causes_codes", "cause_illness,cause_disability"),
        ("卡号", "6228 4800 0000 0000 013", "card", "6228480000000000013"),
    ],
)  # fmt: skip
def test_a_household_value_is_understood(
    check: Check, header: str, written: object, key: str, meant: object
) -> None:
    report = check([person(1, **{header: written})])
    assert report.errors == []
    assert report.families[key][0] == meant


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "written", "key", "meant"),
    [
        ("身份证号", WITH_X.lower(), "number", WITH_X),
        ("身份证号", " ".join(WITH_X), "number", WITH_X),
        ("身份证号", "".join(chr(ord(sign) + 0xFEE0) for sign in WITH_X), "number", WITH_X),
        ("残疾", "肢体一级", "disability_grade", 1),
        ("残疾", "肢体/1级", "disability_kind", "physical"),
        ("残疾", "智力残疾（三级）", "disability_kind", "intellectual"),
        ("健康", "良好", "illness", None),
        ("健康", "重病（尿毒症）", "illness", "severe"),
        ("健康", "重病（尿毒症）", "disease", "尿毒症"),
        ("婚姻", "离婚", "marital", "divorced"),
        ("就业", "务农", "occupation", "flexible"),
        ("姓名", "王 建　国", "name", "王建国"),
        ("民族", "回", "ethnic", "回族"),
        ("与户主关系", "本人", "relation", "head"),
    ],
)
def test_a_personal_value_is_understood(
    check: Check, header: str, written: str, key: str, meant: object
) -> None:
    report = check([person(1, **{header: written})])
    assert report.errors == []
    assert report.persons[key][0] == meant


@pytest.mark.django_db
def test_the_township_before_a_village_name_tells_which_of_the_same_name(check: Check) -> None:
    from yangguang.foundation.divisions.queries import names, villages

    by_name: dict[str, list[str]] = {}
    for view in villages("370112"):
        by_name.setdefault(view.name, []).append(view.code)
    name, codes = next((name, codes) for name, codes in by_name.items() if len(codes) > 1)
    township = names([codes[0][:9] + "000"])[codes[0][:9] + "000"]
    assert "同名" in check([person(1, 村=name)]).errors[0].message
    assert check([person(1, 村=township + name)]).families["area_code"][0] == codes[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "is_lost"),
    [("6228480000000180000", False), ("6228480000000190000", True), (6228480000000180000.0, True)],
)
def test_a_card_whose_last_digits_excel_has_dropped_is_an_error(
    check: Check, written: object, is_lost: bool
) -> None:
    errors = check([person(1, 卡号=written)]).errors
    assert [problem.column for problem in errors] == ["卡号"] * is_lost


@pytest.mark.django_db
def test_merged_cells_tell_the_whole_household(check: Check) -> None:
    child = dict.fromkeys(HEADERS, "") | {
        "与户主关系": "儿子", "姓名": "王小国", "身份证号": number("19900101", 11), "性别": "男",
    }  # fmt: skip
    report = check([person(1), child, person(2)])
    assert report.errors == []
    assert report.persons["household"].to_list() == ["YG-0001", "YG-0001", "YG-0002"]


@pytest.mark.django_db
def test_grade_and_kind_of_disability_may_stand_in_two_columns(check: Check) -> None:
    rows = [person(1, 残疾="视力残疾") | {"残疾等级": "二级"}]
    report = check(rows, [*HEADERS, "残疾等级"])
    assert report.persons.select("disability_kind", "disability_grade").row(0) == ("visual", 2)


@pytest.mark.django_db
def test_a_birth_date_that_the_number_does_not_hold_is_doubted_not_believed(check: Check) -> None:
    report = check([person(1) | {"出生日期": "1961-03-05"}], [*HEADERS, "出生日期"])
    assert [problem.column for problem in report.warnings] == ["出生日期"]
    assert report.persons["born_date"][0] == date(1960, 3, 5)


@pytest.mark.django_db
def test_a_column_that_the_file_lacks_is_told_once_at_the_header(check: Check) -> None:
    headers = [header for header in HEADERS if header != "审批日期"]
    warnings = check([person(1), person(2)], headers).warnings
    assert [(problem.row, problem.column) for problem in warnings] == [(1, "审批日期")]


_DATES = st.dates(date(1840, 1, 1), date(2030, 1, 1)).map("{:%Y%m%d}".format)
_FIRST_17 = st.builds(
    "{}{}{:03d}".format, st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
    _DATES | st.just("19991340"), st.integers(0, 999),
)  # fmt: skip


@given(_FIRST_17.map(lambda seventeen: seventeen + check_digit(seventeen)), st.integers(0, 10))
def test_numbers_read_by_column_are_those_the_kernel_reads(valid: str, turn: int) -> None:
    texts = [valid, valid[:17] + "0123456789X"[turn], valid.lower(), valid[:15]]
    frame = pl.DataFrame({"row": range(4), "number": texts}, schema_overrides={"row": pl.UInt32})
    read, _ = read_values(frame, date(2026, 11, 24), lambda text: (text,))
    for text, value, born, sex in read.select(
        pl.Series(texts).alias("text"), "number_read", "born_read", "sex_of_number"
    ).iter_rows():
        try:
            known = parse_number(text)
        except IdentityNumberError:
            assert (value, born, sex) == (None, None, None)
        else:
            assert (value, born, sex) == (known.number, known.born, known.sex)
