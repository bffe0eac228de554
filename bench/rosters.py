"""A roster of any size, made by code, and what a child process does with it."""

import os
import resource
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from time import perf_counter

import xlsxwriter

from bench.measure import peak_gb
from yangguang.foundation.kernel.identity import check_digit

HEADERS = [
    *["户编号", "户主", "与户主关系", "姓名", "身份证号", "性别", "民族", "婚姻", "健康"],
    *["残疾类别/等级", "就业", "在读", "村(居)", "住址", "户口性质", "电话", "家庭年收入"],
    *["医疗自付", "教育自付", "住房", "保障类别", "月保障金额", "开户行", "卡号", "致困原因"],
]
AREA = "370100000000"
ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=8)))
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def make_roster(path: Path, rows: int, villages: list[str]) -> None:
    """Write a clean roster of so many persons; numbers are of county codes never issued."""
    rng = Random(2011)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, HEADERS)
        line = household = 0
        while line < rows:
            household += 1
            own = _of_household(rng, household, rng.choice(villages))
            for place in range(min(rng.choice([1, 1, 2, 2, 2, 3]), rows - line)):
                line += 1
                person = _of_person(rng, line, place == 0)
                if place == 0:
                    head = person[1]
                sheet.write_row(line, 0, [f"BR-{household:06d}", head, *person, *own])


def _of_person(rng: Random, serial: int, is_head: bool) -> list[str]:
    years = (1940, 1975) if is_head else (1995, 2015)
    born = date(rng.randint(*years), 1, 1) + timedelta(days=rng.randrange(365))
    # County and serial together are different for every row.
    digits = f"37{9101 + serial // 997}{born:%Y%m%d}{serial % 997 + 1:03d}"
    number = digits + check_digit(digits)
    name = rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN)
    return [
        "户主" if is_head else "子女",
        name,
        number,
        "男" if int(number[16]) % 2 else "女",
        "汉族",
        rng.choice(["已婚", "丧偶", "离异"]) if is_head else "未婚",
        rng.choice(["健康", "健康", "慢性病", "重病"]),
        rng.choice(["", "", "", "肢体一级", "智力三级"]),
        rng.choice(["灵活就业", "无就业条件"]),
        "",
    ]


def _of_household(rng: Random, serial: int, village: str) -> list[object]:
    card = f"62284800{serial:010d}"
    total = sum(
        sum(divmod(2 * int(digit), 10)) if place % 2 == 0 else int(digit)
        for place, digit in enumerate(reversed(card))
    )
    return [
        village,
        f"村东头{serial}号",
        rng.choice(["农村", "城镇"]),
        f"139{rng.randrange(10**8):08d}",
        rng.randrange(60_000),
        rng.randrange(30_000),
        rng.choice([0, 0, 1200, 5000]),
        "自有",
        "最低生活保障",
        rng.randrange(200, 1500),
        "农商银行",
        f"{card}{-total % 10}",
        rng.choice(["因病", "因残", "因病、因残"]),
    ]


def take(path: Path) -> None:
    """Read, check and commit a roster, then roll it back; print seconds and peak GB."""
    from yangguang.config.command import ready

    ready()
    from django.db import transaction

    from yangguang.families.registry.actions.roster import commit_roster
    from yangguang.families.registry.queries.roster import check_roster
    from yangguang.families.registry.rules.roster.apart import read_apart
    from yangguang.foundation.walls.context import acting, system

    start = perf_counter()
    with acting(system("3701")) as actor:
        report = check_roster(read_apart(path), area_code=AREA, on=ON)
        taken = commit_roster(report, by=actor, at=AT)
        seconds = perf_counter() - start
        transaction.set_rollback(True)
    # The reader is a process of its own: both count, though they are never large together.
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    peak = max(peak_gb(), reader)
    print(seconds, peak, taken.created)


def parse(path: Path) -> None:
    """Walk through a roster with openpyxl, read-only; print the seconds."""
    import openpyxl

    start = perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    print(perf_counter() - start)


if __name__ == "__main__":
    os.environ.setdefault("YANGGUANG_DEMO", "1")
    {"take": take, "parse": parse}[sys.argv[1]](Path(sys.argv[2]))
