"""A roster with planted faults is reported fault by fault: each at its row, in its column."""

import pytest

from tests.families.registry.roster.sheets import AREA, HEADERS, ON, book, number, person
from yangguang.families.registry.queries.roster import check_roster
from yangguang.families.registry.rules.roster.reading import read_roster
from yangguang.foundation.walls.context import acting, system

# What is planted in the one row of a household: changes, column, level, words of the message.
PLANTED = [
    ({"身份证号": "37992119600305101"}, "身份证号", "error", "应为18位"),
    ({"身份证号": "37992119600305A017"}, "身份证号", "error", "只能由数字"),
    ({"身份证号": "379921196013051017"}, "身份证号", "error", "出生日期不存在"),
    ({"身份证号": number("19600305", 711)[:17] + "?"}, "身份证号", "error", "只能由数字"),
    ({"身份证号": number("19600305", 713)[:16] + "59"}, "身份证号", "error", "校验码"),
    ({"身份证号": 379921196003051017.0}, "身份证号", "error", "近似数"),
    ({"身份证号": "3.79921E+17"}, "身份证号", "error", "近似数"),
    ({"身份证号": ""}, "身份证号", "error", "没有填写身份证号"),
    ({"身份证号": number("20990101", 715)}, "身份证号", "error", "今天之后"),
    ({"性别": "女"}, "性别", "error", "不符"),
    ({"性别": "先生"}, "性别", "error", "不在可选项内"),
    ({"姓名": "", "户主": ""}, "姓名", "error", "没有填写姓名"),
    ({"姓名": "王2", "户主": "王2"}, "姓名", "error", "有数字"),
    ({"姓名": "王🙂", "户主": "王🙂"}, "姓名", "error", "不是文字"),
    ({"姓名": "王|强", "户主": "王|强"}, "姓名", "error", "不是文字"),
    ({"开户行": "农商行|1"}, "开户行", "error", "“|”"),
    ({"与户主关系": "子女"}, "与户主关系", "error", "没有户主"),
    ({"与户主关系": "朋友"}, "与户主关系", "error", "不在可选项内"),
    ({"户主": "李四"}, "户主", "error", "姓名不同"),
    ({"户编号": ""}, "户编号", "error", "没有填写户编号"),
    ({"户编号": "370112-000123"}, "户编号", "error", "系统没有发出过"),
    ({"婚姻": "保密"}, "婚姻", "error", "不在可选项内"),
    ({"健康": "发烧"}, "健康", "error", "看不懂健康状况"),
    ({"残疾": "肢体五级"}, "残疾类别/等级", "error", "一级至四级"),
    ({"残疾": "六指一级"}, "残疾类别/等级", "error", "看不懂残疾类别"),
    ({"残疾": "肢体"}, "残疾类别/等级", "error", "没有等级"),
    ({"就业": "神仙"}, "就业", "error", "不在可选项内"),
    ({"在读": "自学"}, "在读", "error", "不在可选项内"),
    ({"村": "没有的村"}, "村(居)", "error", "没有这个村"),
    ({"村": "370112999999"}, "村(居)", "error", "没有这个代码"),
    ({"村": ""}, "村(居)", "error", "没有填写村"),
    ({"户口性质": "蓝印"}, "户口性质", "error", "不在可选项内"),
    ({"户口性质": ""}, "户口性质", "error", "没有填写户口性质"),
    ({"家庭年收入": "不详"}, "家庭年收入", "error", "看不懂金额"),
    ({"家庭年收入": -100}, "家庭年收入", "error", "负数"),
    ({"医疗自付": "1,23元"}, "医疗自付", "error", "看不懂金额"),
    ({"教育自付": "0.001"}, "教育自付", "error", "精确不到分"),
    ({"住房": "自有E级"}, "住房", "error", "A、B、C、D级"),
    ({"住房": "山洞"}, "住房", "error", "看不懂住房"),
    ({"保障类别": "金卡"}, "保障类别", "error", "不在可选项内"),
    ({"保障类别": ""}, "保障类别", "error", "没有保障类别"),
    ({"月保障金额": "很多"}, "月保障金额", "error", "看不懂金额"),
    ({"开户行": ""}, "开户行", "error", "没有开户行"),
    ({"卡号": "6.22848E+18"}, "卡号", "error", "近似数"),
    ({"卡号": "卡在支书处"}, "卡号", "error", "8至30位"),
    ({"致困原因": "命不好"}, "致困原因", "error", "致困原因"),
    ({"审批日期": "2124-06-01"}, "审批日期", "error", "今天之后"),
    ({"审批日期": "2024-02-30"}, "审批日期", "error", "没有这一天"),
    ({"下次复核日期": "2020-01-01"}, "下次复核日期", "error", "不晚于审批日期"),
    ({"卡号": "6228480000000099999"}, "卡号", "warning", "校验位不符"),
    ({"电话": "12345"}, "电话", "warning", "位数"),
    ({"民族": "地球族"}, "民族", "warning", "56个民族"),
    ({"身份证号": number("19600305", 717, "379900")}, "身份证号", "warning", "县级区划"),
    ({"身份证号": number("19600305", 719, "993701")[:17], "_": 1}, "身份证号", "error", "应为18位"),
    ({"下次复核日期": "2026-01-01"}, "下次复核日期", "warning", "已过"),
    ({"审批日期": ""}, "审批日期", "warning", "没有填写审批日期"),
    ({"月保障金额": 0}, "月保障金额", "warning", "暂按0"),
    ({"月保障金额": 90000}, "月保障金额", "warning", "全年"),
    ({"在读": "小学"}, "在读", "warning", "不相称"),
    ({"婚姻": ""}, "婚姻", "warning", "暂按未婚"),
]  # fmt: skip


@pytest.mark.requirement(28)
@pytest.mark.requirement(30)
@pytest.mark.slow
@pytest.mark.django_db
def test_every_planted_fault_is_reported_at_its_row_in_its_column_and_nothing_else() -> None:
    rows = [person(serial, **changes) for serial, (changes, *_) in enumerate(PLANTED, start=1)]
    first = len(rows) + 2
    rows += [
        person(401),
        person(402, 身份证号=person(401)["身份证号"]),
        person(403),
        person(
            403, 与户主关系="父母", 姓名="王老汉", 身份证号=number("19350101", 901), 家庭年收入=9000
        ),
        person(404),
        person(404, 身份证号=number("19610101", 903)),
    ]
    with acting(system("3701")):
        report = check_roster(read_roster(book(rows)), area_code=AREA, on=ON)
    expected = {
        (row, column, level): words
        for row, (_, column, level, words) in enumerate(PLANTED, start=2)
    } | {
        (first + 1, "身份证号", "error"): f"与第{first}行",
        (first + 3, "家庭年收入", "error"): "前后不同",
        (first + 4, "与户主关系", "error"): "有2个户主",
    }
    found = {
        (problem.row, problem.column, level): problem.message
        for level, problems in (("error", report.errors), ("warning", report.warnings))
        for problem in problems
    }
    assert set(found) == set(expected)
    assert [key for key, words in expected.items() if words not in found[key]] == []
    assert len(PLANTED) + 3 >= 30


@pytest.mark.django_db
def test_a_fault_shows_neither_number_nor_card_in_full() -> None:
    rows = [person(1, 身份证号=number("19600305", 3)[:17] + "?", 卡号="6228480000000099999")]
    with acting(system("3701")):
        report = check_roster(read_roster(book(rows)), area_code=AREA, on=ON)
    assert report.errors[0].value == "379921***********?"
    assert report.warnings[0].value == "***************9999"


def test_the_planted_faults_use_the_headers_of_the_template() -> None:
    columns = {column for _, column, *_ in PLANTED}
    assert columns <= set(HEADERS)
