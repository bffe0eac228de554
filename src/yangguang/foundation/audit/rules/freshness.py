"""When the trail is anchored too long ago for money to be decided on."""

from datetime import datetime, timedelta
from typing import Final

from yangguang.foundation.kernel.refusals import Refusal

LIMIT: Final = timedelta(hours=48)
RELEASED_FOR: Final = timedelta(hours=24)


class AnchorTooOld(Refusal):
    """The newest anchored head is too old: approvals and payments stop, reading goes on."""


class OnePerson(Refusal):
    """A release needs two named persons."""


class ReasonMissing(Refusal):
    """A release came without a reason."""


class HeadBehind(Refusal):
    """A head would be older than the one before it: a clock is wrong."""


class AnchorTaken(Refusal):
    """Another head is anchored already in the place of the one to be written."""


def demand_fresh(anchored_at: datetime | None, *, at: datetime) -> None:
    """Accept a head that is at most 48 hours old. Raises `AnchorTooOld`."""
    if anchored_at is not None and at - anchored_at <= LIMIT:
        return
    last = "从未锚定" if anchored_at is None else f"最近一次在{anchored_at:%Y-%m-%d %H:%M}"
    raise AnchorTooOld(
        f"留痕链头已超过48小时没有锚定（{last}），审批和发放暂停，查询照常。"
        "请系统管理员运行 yangguang audit head；确需先办的，由两名负责人写明理由后放行。"
    )


def demand_two(by_id: int, second_id: int) -> None:
    """Accept two different persons, neither of them the system. Raises `OnePerson`."""
    if by_id == second_id or 0 in (by_id, second_id):
        raise OnePerson("放行须由两名不同的负责人共同作出，未放行。请另请一名负责人。")


def demand_reason(reason: str) -> str:
    """Give the reason without its blanks. Raises `ReasonMissing`."""
    if text := reason.strip():
        return text
    raise ReasonMissing("放行须写明理由，下一个链头会公布。请补写理由。")
