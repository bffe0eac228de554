"""Giving out a list as a workbook: who took it, and when, is a record."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from django.db import transaction

from yangguang.aid.plans.actions.requesting import take_consent
from yangguang.aid.plans.actions.shared import audit
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.queries.exports import plan_subject
from yangguang.aid.plans.queries.pages import LineRow, export_rows
from yangguang.aid.plans.rules import NotInArea
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.files.sheets import Cell, write_sheet
from yangguang.foundation.walls.context import Actor

HEADERS = (
    "名次",
    "户编号",
    "户主",
    "村（居）",
    "区划代码",
    "指数",
    "金额（元）",
    "纳入方式",
    "理由",
    "导出人",
    "导出时间",
)


@transaction.atomic
def export_list(plan_id: int, *, by: Actor, at: datetime) -> bytes:
    """Give the families on a plan's list by rank as a workbook, amounts in yuan.

    Each row carries who took it and when, so that a stray sheet tells where it came from. More than
    500 rows are given once, with another person's consent. Raises `NotPermitted`, `NotInArea`,
    `SecondPersonNeeded`.
    """
    demand(by.role, Permission.EXPORT_LISTS)
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is None:
        raise NotInArea("没有找到这份方案，或不在您的辖区。请从方案列表重新进入。")
    take_consent(plan_subject(plan), by=by, at=at)
    file = BytesIO()
    taken = f"{at:%Y-%m-%d %H:%M}"
    rows = _cells(export_rows(plan_id), name=by.name, taken=taken)
    write_sheet(file, title=plan.number[:31], headers=HEADERS, rows=rows)
    audit("export_list", plan, by=by, at=at)
    return file.getvalue()


def _cells(rows: Iterator[LineRow], *, name: str, taken: str) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            row.position,
            row.number,
            row.head,
            row.village,
            row.village_code,
            row.value,
            row.amount_fen / 100,
            row.origin.label,
            row.reason,
            name,
            taken,
        )
